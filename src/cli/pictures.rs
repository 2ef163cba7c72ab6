//! Charts as the files of a folder.

use rayon::prelude::*;

use super::content::Content;
use super::failure::Failure;
use super::fonts;
use super::interrupt::Interrupt;
use super::terminal::language;
use crate::render::chart::{self, ChartError, Size, StandIns};
use crate::report::chart::NamedChart;

/// The format of a chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum ChartFormat {
    Svg,
    Png,
}

impl ChartFormat {
    /// The extension of its files.
    pub(super) fn word(self) -> &'static str {
        match self {
            ChartFormat::Svg => "svg",
            ChartFormat::Png => "png",
        }
    }
}

/// Draws each chart in each format.
pub(super) fn draw(
    pictures: &[NamedChart],
    formats: &[ChartFormat],
    size: Size,
) -> Result<Vec<Content>, Failure> {
    let fonts = if formats.contains(&ChartFormat::Png) {
        fonts::stand_ins(pictures.iter().map(|picture| &picture.chart)).map_err(|error| {
            Failure::Output { path: "the charts".to_owned(), reason: error.to_string() }
        })?
    } else {
        StandIns::default()
    };
    let (interrupt, language) = (Interrupt::listen(), language());
    let file = |(NamedChart { file_stem, chart }, format): &(&NamedChart, ChartFormat)| {
        interrupt.check()?;
        let name = format!("{file_stem}.{}", format.word());
        let failed =
            |error: ChartError| Failure::Output { path: name.clone(), reason: error.to_string() };
        let bytes = match format {
            ChartFormat::Svg => chart::svg(chart, size, language).map_err(failed)?.into_bytes(),
            ChartFormat::Png => chart::png_with(chart, size, language, &fonts).map_err(failed)?,
        };
        Ok(Content { name, bytes })
    };
    let of = |picture| formats.iter().map(move |format| (picture, *format));
    pictures.iter().flat_map(of).collect::<Vec<_>>().par_iter().map(file).collect()
}
