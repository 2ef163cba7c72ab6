//! The `voronka` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    #[cfg(panic = "abort")]
    end_panics_alike();
    voronka::cli::main()
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
