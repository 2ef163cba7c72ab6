//! The `voronka` command.

use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};

/// Whether standard output was closed when the program started.
///
/// Rust's runtime opens `/dev/null` in its place before `main`, and printing there would seem to
/// succeed. So it is checked before the runtime starts.
static STDOUT_IS_CLOSED: AtomicBool = AtomicBool::new(false);

#[cfg(unix)]
#[ctor::ctor]
fn check_stdout() {
    let is_closed = rustix::io::fcntl_getfd(rustix::stdio::stdout()).is_err();
    STDOUT_IS_CLOSED.store(is_closed, Ordering::Relaxed);
}

fn main() -> ExitCode {
    #[cfg(panic = "abort")]
    end_panics_alike();
    voronka::cli::main(STDOUT_IS_CLOSED.load(Ordering::Relaxed))
}

/// Makes a panic end with the same exit code in every build.
#[cfg(panic = "abort")]
fn end_panics_alike() {
    let tell = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        tell(panic);
        std::process::exit(101);
    }));
}
