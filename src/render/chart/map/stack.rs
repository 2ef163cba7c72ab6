//! Maps one above the other, with one key, one scale of colours and one of the width of lines.

use super::layout::Layout;
use super::words::key;
use crate::render::chart::ChartError;
use crate::render::chart::canvas::{Area, Canvas, Head, Pen};
use crate::render::chart::key::Key;
use crate::render::chart::spoken;
use crate::render::chart::text::{Face, Fonts, clean_name};
use crate::render::chart::theme::{GRID, LABEL, MARGIN};
use crate::report::chart::{MapChart, MapsChart};

/// Room for the name of a map.
const NAME: f64 = 24.0;

/// Where a map is drawn, and the flow of its widest line.
#[derive(Clone, Copy)]
pub(super) struct Place {
    pub(super) top: f64,
    pub(super) bottom: f64,
    pub(super) most: f64,
    /// Whether it has a key of its own.
    pub(super) is_alone: bool,
}

/// Maps with their sizes.
pub(in crate::render::chart) struct Stack<'a> {
    key: Key,
    /// Each with its name and its upper edge.
    maps: Vec<(f64, String, Layout<'a>)>,
}

impl<'a> Stack<'a> {
    pub(in crate::render::chart) fn new(chart: &'a MapsChart, fonts: &Fonts, head: &Head) -> Self {
        let charts: Vec<&MapChart> = chart.maps.iter().map(|map| &map.chart).collect();
        let key = key(&charts, fonts, head);
        let flows = charts.iter().flat_map(|map| &map.flows).flatten();
        let most = flows.copied().fold(0.0, f64::max);
        let mut top = head.bottom() + key.height();
        let each = (head.size.height() - top) / chart.maps.len().max(1) as f64;
        let mut maps = Vec::new();
        for map in &chart.maps {
            let place = Place { top: top + NAME, bottom: top + each, most, is_alone: false };
            let layout = Layout::within(&map.chart, fonts, head, place);
            let name = clean_name(&spoken(&map.name, head.language));
            let name = fonts.shorten(&name, head.right() - MARGIN, LABEL, Face::SemiBold);
            let bottom = layout.height().max(place.bottom);
            maps.push((top, name, layout));
            top = bottom;
        }
        Self { key, maps }
    }

    pub(in crate::render::chart) fn height(&self) -> f64 {
        self.maps.last().map_or(0.0, |(_, _, map)| map.height())
    }

    pub(in crate::render::chart) fn draw(
        &self,
        canvas: &mut Canvas<'_>,
        fonts: &Fonts,
        head: &Head,
    ) -> Result<(), ChartError> {
        self.key.draw(canvas, fonts, head.bottom())?;
        for (top, name, map) in &self.maps {
            let line = Area { left: MARGIN, top: *top, right: head.right(), bottom: top + 1.0 };
            canvas.fill(line, GRID)?;
            canvas.write(name, MARGIN, top + NAME - 6.0, Pen::LABEL)?;
            map.draw(canvas, fonts, head, map.height())?;
        }
        Ok(())
    }
}
