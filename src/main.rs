//! The `voronka` command.

use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};

/// Whether standard output was closed when the program started.
///
/// Rust's runtime opens `/dev/null` in its place before `main`, and what is printed there would seem
/// to have arrived; so a look is taken before the runtime starts.
static STDOUT_IS_CLOSED: AtomicBool = AtomicBool::new(false);

#[cfg(unix)]
#[ctor::ctor]
fn look_at_stdout() {
    let is_closed = rustix::io::fcntl_getfd(rustix::stdio::stdout()).is_err();
    STDOUT_IS_CLOSED.store(is_closed, Ordering::Relaxed);
}

fn main() -> ExitCode {
    #[cfg(panic = "abort")]
    end_panics_alike();
    voronka::cli::main(STDOUT_IS_CLOSED.load(Ordering::Relaxed))
}

/// A panic is a fault of the program: it ends with the same code in every build.
#[cfg(panic = "abort")]
fn end_panics_alike() {
    let tell = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        tell(panic);
        std::process::exit(101);
    }));
}
