//! `voronka completions` and `voronka man`: what a shell and a manual need to know of the command line.

use std::process::ExitCode;

use clap_complete::Shell;

use crate::cli::failure::Failure;
use crate::cli::terminal::print;

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Arguments {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

/// Completions of a shell.
pub(in crate::cli) fn completions(
    arguments: &Arguments,
    mut command: clap::Command,
) -> Result<ExitCode, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut command, "voronka", &mut script);
    print(&String::from_utf8_lossy(&script))?;
    Ok(ExitCode::SUCCESS)
}

/// The manual page: the program, then each command.
pub(in crate::cli) fn man(mut command: clap::Command) -> Result<ExitCode, Failure> {
    command.build();
    let mut page = Vec::new();
    let written = clap_mangen::Man::new(command.clone()).render(&mut page);
    written.map_err(|error| Failure::output("the manual page", &error))?;
    for part in command.get_subcommands().filter(|part| part.get_name() != "help") {
        let man = clap_mangen::Man::new(part.clone());
        let section = |page: &mut Vec<u8>| -> std::io::Result<()> {
            page.extend(format!(".SH \"VORONKA {}\"\n", part.get_name().to_uppercase()).bytes());
            man.render_synopsis_section(page)?;
            man.render_description_section(page)?;
            man.render_options_section(page)
        };
        section(&mut page).map_err(|error| Failure::output("the manual page", &error))?;
    }
    print(&String::from_utf8_lossy(&page))?;
    Ok(ExitCode::SUCCESS)
}
