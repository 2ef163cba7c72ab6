//! The `voronka` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    voronka::cli::main()
}
