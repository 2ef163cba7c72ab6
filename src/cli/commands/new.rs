//! `voronka new`: a model to begin with.

use std::io::{BufRead, IsTerminal};
use std::path::PathBuf;
use std::process::ExitCode;

use crate::cli::failure::Failure;
use crate::cli::files::write_one;
use crate::cli::terminal::{diagnostic_style, print, table_style, tell};
use crate::model::{TEMPLATES, load, nearest, smallest};
use crate::render::{diagnostics, terminal};
use crate::report::{Block, Cell, Table};

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Arguments {
    /// A shipped model to copy; without it, three questions are asked on a terminal
    #[arg(value_name = "TEMPLATE")]
    template: Option<String>,
    /// The templates, a line each
    #[arg(long, conflicts_with = "template")]
    list: bool,
    /// The file to write, instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Writes over a file that is there
    #[arg(long)]
    force: bool,
}

pub(in crate::cli) fn new(arguments: &Arguments) -> Result<ExitCode, Failure> {
    if arguments.list {
        let mut table = Table::new(&["template", "what it is about"]);
        for template in TEMPLATES {
            table.rows.push(vec![Cell::text(template.name), Cell::text(template.summary())]);
        }
        print(&terminal::show(&[Block::Table(table)], table_style()))?;
        return Ok(ExitCode::SUCCESS);
    }
    let text = match &arguments.template {
        Some(name) => template(name)?.to_owned(),
        None if std::io::stdin().is_terminal() => {
            let text = ask()?;
            let loaded = load("new.yaml", &text, &[], None);
            if loaded.model.is_none() {
                let style = diagnostic_style(false);
                tell(&diagnostics::draw(&loaded.sources, &loaded.diagnostics, style));
                return Ok(ExitCode::from(2));
            }
            text
        }
        None => {
            return Err(Failure::Usage(
                "no template is named, and there is no terminal to ask: `voronka new --list` \
                 shows the templates"
                    .to_owned(),
            ));
        }
    };
    match &arguments.output {
        None => print(&text)?,
        Some(path) => {
            write_one(path, text.into_bytes(), arguments.force)?;
            tell(&format!("wrote {0}\nNext: voronka run {0}\n", path.display()));
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn template(name: &str) -> Result<&'static str, Failure> {
    let found = TEMPLATES.iter().find(|template| template.name == name);
    found.map(|template| template.text).ok_or_else(|| {
        let known = TEMPLATES.iter().map(|template| template.name);
        let hint = match nearest(name, known) {
            Some(nearest) => format!("did you mean `{nearest}`?"),
            None => "`voronka new --list` shows them".to_owned(),
        };
        Failure::Usage(format!("there is no template `{name}`; {hint}"))
    })
}

/// The smallest model from three answers; an empty one takes what is proposed.
fn ask() -> Result<String, Failure> {
    let stages = answer("The stages in their order, with commas between", "lead, demo, offer")?;
    let share = answer("What share of deals goes on from each", "40%")?;
    let leads = answer("How many leads a month", "100")?;
    let names = stages.split(',').map(|name| name.trim().to_owned());
    let names: Vec<String> = names.filter(|name| !name.is_empty()).collect();
    let share = share.trim_end_matches('%').trim().to_owned() + "%";
    Ok(smallest(&names, &share, &leads))
}

fn answer(question: &str, proposal: &str) -> Result<String, Failure> {
    // The model itself may go to standard output.
    tell(&format!("{question} [{proposal}]: "));
    let mut line = String::new();
    let read = std::io::stdin().lock().read_line(&mut line);
    read.map_err(|error| Failure::Usage(format!("standard input: {error}")))?;
    let line = line.trim();
    Ok(if line.is_empty() { proposal.to_owned() } else { line.to_owned() })
}
