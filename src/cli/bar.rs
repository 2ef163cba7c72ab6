//! The progress of a run on a terminal; nothing where the feature `progress` is left out.

#[cfg(not(feature = "progress"))]
pub(super) use none::Bar;
#[cfg(feature = "progress")]
pub(super) use shown::Bar;

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
    use crate::study::simulate::Progress;

    /// A bar on stderr, which is seen on a terminal only.
    pub(in crate::cli) struct Bar(ProgressBar);

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
    use crate::study::simulate::Progress;

    /// No bar.
    pub(in crate::cli) struct Bar;

    impl Bar {
        pub(in crate::cli) fn new(_: u64) -> Bar {
            Bar
        }

        pub(in crate::cli) fn show(&self, _: &Progress, _: Others) {}

        pub(in crate::cli) fn clear(&self) {}
    }
}
