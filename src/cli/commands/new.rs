//! `voronka new`: a model to begin with.

use std::io::{BufRead, IsTerminal};
use std::path::PathBuf;
use std::process::ExitCode;

use crate::cli::failure::Failure;
use crate::cli::files::write_one;
use crate::cli::offered;
use crate::cli::terminal::{language, print, table_style, tell};
use crate::model::{TEMPLATES, Template, load, nearest, opening_sentence, smallest};
use crate::render::terminal;
use crate::render::words::{Language, Refusal, Told, message};
use crate::report::{Block, Cell, Table};

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Arguments {
    /// The shipped model to copy; without it, voronka asks three questions on a terminal
    #[arg(value_name = "TEMPLATE", value_parser = offered::template(), hide_possible_values = true)]
    template: Option<String>,
    /// Lists the templates, one per line
    #[arg(long, conflicts_with = "template")]
    list: bool,
    /// The file to write, instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Overwrites an existing file
    #[arg(long)]
    force: bool,
}

pub(in crate::cli) fn new(arguments: &Arguments) -> Result<ExitCode, Failure> {
    if arguments.list {
        let (name, about) = (say(Told::Template), say(Told::About));
        let mut table = Table::new(&[&name, &about]);
        for template in TEMPLATES {
            let about = opening_sentence(text_of(template));
            table.rows.push(vec![Cell::text(template.name), Cell::text(about)]);
        }
        print(&terminal::show(&[Block::Table(table)], table_style()))?;
        return Ok(ExitCode::SUCCESS);
    }
    let text = match &arguments.template {
        Some(name) => {
            let text = template(name)?;
            // Commands in comments name the file that is written.
            let shipped = [format!("models/{name}.yaml"), format!("models/ru/{name}.yaml")];
            let file = arguments.output.as_ref().map(|path| path.display().to_string());
            let file = file.unwrap_or_else(|| format!("{name}.yaml"));
            shipped.iter().rev().fold(text.to_owned(), |text, path| text.replace(path, &file))
        }
        None if std::io::stdin().is_terminal() => ask()?,
        None => {
            return Err(Failure::usage(Refusal::NobodyToAsk));
        }
    };
    match &arguments.output {
        None => print(&text)?,
        Some(path) => {
            write_one(path, text.into_bytes(), arguments.force)?;
            tell(&say(Told::Wrote { file: &path.display().to_string() }));
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn say(phrase: Told<'_>) -> String {
    language().tell(phrase)
}

/// A template in the language of its reader.
fn text_of(template: &Template) -> &'static str {
    match language() {
        Language::English => template.english,
        Language::Russian => template.russian,
    }
}

fn template(name: &str) -> Result<&'static str, Failure> {
    let found = TEMPLATES.iter().find(|template| template.name == name);
    found.map(text_of).ok_or_else(|| {
        let known = TEMPLATES.iter().map(|template| template.name);
        Failure::usage(Refusal::NoTemplate(name, nearest(name, known).as_deref()))
    })
}

/// The smallest model from three answers. An empty answer takes the proposal; one that makes no model is asked again.
fn ask() -> Result<String, Failure> {
    let stages = |text: &str| -> Vec<String> {
        let names = text.split([',', ';']).map(|name| name.trim().to_owned());
        names.filter(|name| !name.is_empty()).collect()
    };
    let model = |names: &[String], share: &str, leads: &str| {
        let body = smallest(&say(Told::LeadSource), leads, names, share);
        format!("{}{body}{}", say(Told::ModelBegins), say(Told::ModelEnds))
    };
    let proposed = say(Told::SomeStages);
    let names = answer(Told::AskStages, &proposed, &|text| model(&stages(text), "40%", "100"))?;
    let names = stages(&names);
    let percent = |text: &str| match text.parse::<f64>() {
        Ok(share) if share > 1.0 => format!("{text}%"),
        _ => text.to_owned(),
    };
    let share = answer(Told::AskShare, "40%", &|text| model(&names, &percent(text), "100"))?;
    let share = percent(&share);
    let leads = answer(Told::AskLeads, "100", &|text| model(&names, &share, text))?;
    Ok(model(&names, &share, &leads))
}

/// An answer of which a model can be made.
fn answer(
    question: Told<'_>,
    proposal: &str,
    model: &dyn Fn(&str) -> String,
) -> Result<String, Failure> {
    loop {
        // The model itself may go to standard output.
        tell(&format!("{} [{proposal}]: ", say(question)));
        let mut line = String::new();
        let read = std::io::stdin().lock().read_line(&mut line);
        if read.map_err(|error| Failure::Usage(format!("standard input: {error}")))? == 0 {
            return Err(Failure::usage(Refusal::InputEnded));
        }
        let line = if line.trim().is_empty() { proposal } else { line.trim() };
        let loaded = load("new.yaml", &model(line), &[], None);
        let Some(problem) = loaded.diagnostics.first().filter(|_| loaded.model.is_none()) else {
            return Ok(line.to_owned());
        };
        let message = message(&problem.problem, language());
        let help = message.help.map_or(String::new(), |help| format!("; {help}"));
        tell(&format!("{}{help}\n", message.title));
    }
}
