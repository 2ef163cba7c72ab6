//! What a sweep answers: text on standard output, and the files of a folder.

use super::Arguments;
use crate::cli::arguments::Format;
use crate::cli::content::Content;
use crate::cli::failure::Failure;
use crate::cli::manifest;
use crate::cli::pictures;
use crate::cli::study::StudyArguments;
use crate::cli::terminal::{language, table_style};
use crate::render::csv::{self, Dialect};
use crate::render::{json, markdown, terminal};
use crate::report;
use crate::report::{sweep_charts, sweep_document, sweep_table};
use crate::study::sweep::Sweep;

/// The table of all figures.
const TABLE: &str = "sweep.csv";
/// The document, which also lists the files.
pub(super) const LIST: &str = "sweep.json";

/// The files that the folder will hold, without the charts.
pub(super) fn file_names() -> [&'static str; 2] {
    [TABLE, LIST]
}

/// All that a sweep has to tell.
pub(super) struct Report<'a> {
    pub(super) arguments: &'a Arguments,
    pub(super) dialect: Dialect,
    pub(super) sweep: &'a Sweep,
}

impl Report<'_> {
    /// What standard output holds.
    pub(super) fn text(&self) -> String {
        let blocks = || report::sweep(self.sweep);
        match self.arguments.study.format {
            Format::Table => terminal::show(&blocks(), table_style()),
            Format::Markdown => markdown::show(&blocks(), language()),
            Format::Csv => self.table(),
            Format::Json => self.json(&[]),
        }
    }

    fn table(&self) -> String {
        csv::write(&sweep_table(self.sweep, self.arguments.study.time_unit.time()), self.dialect)
    }

    fn json(&self, beside: &[Content]) -> String {
        let unit = self.arguments.study.time_unit.time();
        let beside = manifest::list(beside);
        json::document(&sweep_document(self.sweep, &self.arguments.study.model, unit, &beside))
    }

    /// All files of the folder; the last one lists the others.
    pub(super) fn files(&self) -> Result<Vec<Content>, Failure> {
        let StudyArguments { chart_format, chart_size, .. } = &self.arguments.study;
        let charts = sweep_charts(self.sweep);
        let table = Content { name: TABLE.to_owned(), bytes: self.table().into_bytes() };
        let mut contents = vec![table];
        contents.extend(pictures::draw(&charts, chart_format, chart_size.size())?);
        let list = self.json(&contents).into_bytes();
        contents.push(Content { name: LIST.to_owned(), bytes: list });
        Ok(contents)
    }
}
