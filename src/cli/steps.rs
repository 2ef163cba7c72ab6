//! A bar for work that is done in a known number of steps; nothing where the feature `progress` is
//! left out.

#[cfg(not(feature = "progress"))]
pub(super) use none::StepBar;
#[cfg(feature = "progress")]
pub(super) use shown::StepBar;

#[cfg(feature = "progress")]
mod shown {
    use std::io::IsTerminal;

    use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

    /// A bar on stderr, which is seen on a terminal only.
    pub(in crate::cli) struct StepBar(ProgressBar);

    impl StepBar {
        /// A bar that shows nothing yet.
        pub(in crate::cli) fn new() -> StepBar {
            let target = if std::io::stderr().is_terminal() {
                ProgressDrawTarget::stderr()
            } else {
                ProgressDrawTarget::hidden()
            };
            let bar = ProgressBar::with_draw_target(None, target);
            let style = ProgressStyle::with_template("{bar:30} {pos}/{len}");
            bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
            StepBar(bar)
        }

        /// Shows how many steps are done.
        pub(in crate::cli) fn show(&self, done: usize, of: usize) {
            self.0.set_length(of as u64);
            self.0.set_position(done as u64);
        }

        /// Takes the bar away.
        pub(in crate::cli) fn clear(&self) {
            self.0.finish_and_clear();
        }
    }
}

#[cfg(not(feature = "progress"))]
mod none {
    /// No bar.
    pub(in crate::cli) struct StepBar;

    impl StepBar {
        pub(in crate::cli) fn new() -> StepBar {
            StepBar
        }

        pub(in crate::cli) fn show(&self, _: usize, _: usize) {}

        pub(in crate::cli) fn clear(&self) {}
    }
}
