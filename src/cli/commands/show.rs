//! `voronka show`: what does this process look like?

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::cli::arguments::{ChangeArguments, ChartSize, LaneBy};
use crate::cli::failure::Failure;
use crate::cli::reading::{folder, model_of, read};
use crate::cli::terminal::{language, print_bytes};
use crate::cli::{files, fonts};
use crate::model::{Model, resolved};
use crate::render::words::Refusal;
use crate::render::{chart, map, markdown};
use crate::report;

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Arguments {
    /// Model file; `-` is standard input
    model: String,
    #[command(flatten)]
    changes: ChangeArguments,
    /// Prints the model as understood instead, with overrides applied and defaults written out
    #[arg(long, conflicts_with = "format")]
    resolved: bool,
    /// Format of the map; the default follows the extension of --output
    #[arg(long, value_enum)]
    format: Option<Format>,
    /// Size of the picture
    #[arg(long, value_enum, value_name = "SIZE", default_value_t)]
    chart_size: ChartSize,
    /// Groups the stages of the picture into lanes, instead of rows
    #[arg(long, value_enum, value_name = "BY")]
    lanes: Option<LaneBy>,
    /// The file to write, instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Overwrites an existing file
    #[arg(long)]
    force: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// For code hosts, wikis and notebooks, which display it; files end in .mmd
    Mermaid,
    /// The process card and the map on one page
    Markdown,
    /// For Graphviz: `voronka show deal.yaml --format dot | dot -Tsvg`
    Dot,
    /// A vector image
    Svg,
    /// A pixel image
    Png,
}

impl Format {
    fn of(arguments: &Arguments) -> Result<Format, Failure> {
        let extension = arguments.output.as_deref().and_then(Path::extension);
        let extension = extension.map(|extension| extension.to_string_lossy().to_lowercase());
        match (arguments.format, extension.as_deref()) {
            (Some(format), _) => Ok(format),
            (None, Some("svg")) => Ok(Format::Svg),
            (None, Some("png")) => Ok(Format::Png),
            (None, Some("dot" | "gv")) => Ok(Format::Dot),
            (None, Some("md" | "markdown")) => Ok(Format::Markdown),
            (None, Some("mmd" | "mermaid")) => Ok(Format::Mermaid),
            (None, _) if arguments.output.is_none() => Ok(Format::Mermaid),
            (None, _) => Err(Failure::usage(Refusal::MapFormat)),
        }
    }

    fn draw(self, model: &Model, arguments: &Arguments) -> Result<Vec<u8>, Failure> {
        let process = || report::map(model);
        let failed = |error: chart::ChartError| Failure::Output {
            path: "the map".to_owned(),
            reason: error.to_string(),
        };
        let lanes = arguments.lanes.map(LaneBy::lanes);
        let (size, picture) = (arguments.chart_size.size(), || report::bare_map(model, lanes));
        Ok(match self {
            Format::Mermaid => map::mermaid(&process(), language()).into_bytes(),
            Format::Markdown => markdown::process(&process(), language()).into_bytes(),
            Format::Dot => map::dot(&process(), language()).into_bytes(),
            Format::Svg => chart::svg(&picture(), size, language()).map_err(failed)?.into_bytes(),
            Format::Png => {
                let map = picture();
                let document = chart::svg(&map, size, language()).map_err(failed)?;
                let fonts = fonts::stand_ins(std::iter::once(document.as_str())).map_err(failed)?;
                chart::png_with(&map, size, language(), &fonts).map_err(failed)?
            }
        })
    }
}

pub(in crate::cli) fn show(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let changes = arguments.changes.all(None);
    if let Some(path) = &arguments.output {
        files::refuse_input(path, &arguments.model)?;
    }
    let loaded = read(&arguments.model, &changes);
    let model = match model_of(&loaded) {
        Ok(model) => model,
        Err(code) => return Ok(code),
    };
    let bytes = if arguments.resolved {
        let text = loaded.sources.iter().next().map_or("", |source| source.text.as_str());
        resolved(model, text, &changes, folder(&arguments.model)).unwrap_or_default().into_bytes()
    } else {
        Format::of(arguments)?.draw(model, arguments)?
    };
    match &arguments.output {
        None => print_bytes(&bytes)?,
        Some(path) => files::write_one(path, bytes, arguments.force)?,
    }
    Ok(ExitCode::SUCCESS)
}
