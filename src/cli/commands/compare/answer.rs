//! What a comparison answers: text on standard output, and the files of a folder.

use super::Arguments;
use crate::cli::arguments::Format;
use crate::cli::content::Content;
use crate::cli::failure::Failure;
use crate::cli::manifest;
use crate::cli::pictures;
use crate::cli::terminal::{language, table_style};
use crate::render::csv::{self, Dialect};
use crate::render::{json, markdown, terminal};
use crate::report::chart::{ChartName, NamedChart};
use crate::report::{Compared, compare_document};

/// The table of all figures.
const TABLE: &str = "compare.csv";
/// The document, which also lists the files.
pub(super) const LIST: &str = "compare.json";

/// The files that the folder will hold for so many alternatives.
pub(super) fn file_names(arguments: &Arguments, alternatives: usize) -> Vec<String> {
    let each = [ChartName::CompareDifference, ChartName::CompareMap].into_iter();
    let each = each.flat_map(|name| (0..alternatives).map(move |at| name.numbered(at)));
    let together = [ChartName::CompareBookings, ChartName::CompareProfit, ChartName::CompareFunnel];
    let charts = each.chain(together.map(|name| name.numbered(0)));
    let formats = &arguments.chart_format;
    let charts = charts
        .flat_map(|stem| formats.iter().map(move |format| format!("{stem}.{}", format.word())));
    [TABLE, LIST].map(str::to_owned).into_iter().chain(charts).collect()
}

/// All that a comparison has to tell.
pub(super) struct Report<'a> {
    pub(super) arguments: &'a Arguments,
    pub(super) dialect: Dialect,
    pub(super) compared: Compared<'a>,
}

impl Report<'_> {
    /// What standard output holds.
    pub(super) fn text(&self) -> String {
        let blocks = || self.compared.screen();
        match self.arguments.format {
            Format::Table => terminal::show(&blocks(), table_style()),
            Format::Markdown => markdown::show(&blocks(), language()),
            Format::Csv => self.table(),
            Format::Json => self.json(&[]),
        }
    }

    fn table(&self) -> String {
        csv::write(&self.compared.table(self.arguments.time_unit.time()), self.dialect)
    }

    fn json(&self, beside: &[Content]) -> String {
        let unit = self.arguments.time_unit.time();
        json::document(&compare_document(&self.compared, unit, &manifest::list(beside)))
    }

    /// All files of the folder; the last one lists the others.
    pub(super) fn files(&self, charts: &[NamedChart]) -> Result<Vec<Content>, Failure> {
        let Arguments { chart_format, chart_size, .. } = self.arguments;
        let table = Content { name: TABLE.to_owned(), bytes: self.table().into_bytes() };
        let mut contents = vec![table];
        contents.extend(pictures::draw(charts, chart_format, chart_size.size())?);
        let list = self.json(&contents).into_bytes();
        contents.push(Content { name: LIST.to_owned(), bytes: list });
        Ok(contents)
    }
}
