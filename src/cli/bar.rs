//! The progress of a run on a terminal; nothing where the feature `progress` is left out.

#[cfg(not(feature = "progress"))]
pub(super) use none::{Bar, ShareBar};
#[cfg(feature = "progress")]
pub(super) use shown::{Bar, ShareBar};

/// The replications of the other runs of a series, and the deals of those that are done.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Others {
    pub(super) done: u64,
    pub(super) open: u64,
    pub(super) deals: u64,
}

#[cfg(feature = "progress")]
mod shown {
    use std::io::IsTerminal;
    use std::sync::atomic::Ordering;

    use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

    use super::Others;
    use crate::cli::terminal::language;
    use crate::records::Watch;
    use crate::study::simulate::Progress;

    /// A bar on stderr, which is seen on a terminal only.
    pub(in crate::cli) struct Bar(ProgressBar);

    /// A bar of the share of some work that is done.
    pub(in crate::cli) struct ShareBar(ProgressBar);

    impl ShareBar {
        /// A bar that shows nothing yet.
        pub(in crate::cli) fn new() -> ShareBar {
            let is_terminal = std::io::stderr().is_terminal();
            let target = if is_terminal {
                ProgressDrawTarget::stderr()
            } else {
                ProgressDrawTarget::hidden()
            };
            let bar = ProgressBar::with_draw_target(Some(1), target);
            let style = ProgressStyle::with_template("{bar:30} {percent} %, {eta}");
            bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
            ShareBar(bar)
        }

        /// Shows how far the reading of a file is.
        pub(in crate::cli) fn show(&self, watch: &Watch) {
            self.show_part(watch.done.load(Ordering::Relaxed), watch.all.load(Ordering::Relaxed));
        }

        /// Shows that so much of all is done.
        pub(in crate::cli) fn show_part(&self, done: u64, all: u64) {
            self.0.set_length(all.max(1));
            self.0.set_position(done);
        }

        /// Takes the bar away.
        pub(in crate::cli) fn clear(&self) {
            self.0.finish_and_clear();
        }
    }

    impl Bar {
        /// The bar of so many replications.
        pub(in crate::cli) fn new(replications: u64) -> Bar {
            let target = if std::io::stderr().is_terminal() {
                ProgressDrawTarget::stderr()
            } else {
                ProgressDrawTarget::hidden()
            };
            let bar = ProgressBar::with_draw_target(Some(replications), target);
            let words = language().progress();
            let style =
                ProgressStyle::with_template(&format!("{{bar:30}} {{pos}}/{{len}} {words}"));
            bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
            Bar(bar)
        }

        /// Shows how far a run is; of several runs, with what the others have done or will do.
        pub(in crate::cli) fn show(&self, progress: &Progress, others: Others) {
            let Bar(bar) = self;
            bar.set_length(progress.goal.load(Ordering::Relaxed) + others.done + others.open);
            bar.set_position(progress.done.load(Ordering::Relaxed) + others.done);
            let deals = (progress.deals.load(Ordering::Relaxed) + others.deals) as f64;
            let seconds = bar.elapsed().as_secs_f64().max(1e-3);
            bar.set_message(language().fixed(deals / seconds / 1e6, 1));
        }

        /// Takes the bar away.
        pub(in crate::cli) fn clear(&self) {
            self.0.finish_and_clear();
        }
    }
}

#[cfg(not(feature = "progress"))]
mod none {
    use super::Others;
    use crate::records::Watch;
    use crate::study::simulate::Progress;

    /// No bar.
    pub(in crate::cli) struct Bar;

    /// No bar of a share.
    pub(in crate::cli) struct ShareBar;

    impl ShareBar {
        pub(in crate::cli) fn new() -> ShareBar {
            ShareBar
        }

        pub(in crate::cli) fn show(&self, _: &Watch) {}

        pub(in crate::cli) fn show_part(&self, _: u64, _: u64) {}

        pub(in crate::cli) fn clear(&self) {}
    }

    impl Bar {
        pub(in crate::cli) fn new(_: u64) -> Bar {
            Bar
        }

        pub(in crate::cli) fn show(&self, _: &Progress, _: Others) {}

        pub(in crate::cli) fn clear(&self) {}
    }
}
