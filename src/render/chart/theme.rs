//! Colours, type and margins of all charts, in one place.
//!
//! The colours are from the palette of Okabe and Ito (2008, "Color Universal Design"), which people
//! with any kind of colour vision can tell apart; pale ones are the same hues mixed with white.
//! Text in colour is darkened until its contrast on white is above 4.5 : 1 (WCAG 2.2, 1.4.3).
//! Lengths are CSS pixels; a PNG has [`PNG_SCALE`] dots for each.

use plotters_backend::BackendColor;

/// What a chart is drawn for. Every chart has the width of its canvas, and its height unless its rows need more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Size {
    /// 16:9, 1280 x 720 px.
    #[default]
    Slide,
    /// The proportions of A4, upright: 900 x 1273 px.
    Page,
    /// 960 x 960 px.
    Square,
}

impl Size {
    pub(super) const fn width(self) -> f64 {
        match self {
            Size::Slide => 1280.0,
            Size::Page => 900.0,
            Size::Square => 960.0,
        }
    }

    pub(super) const fn height(self) -> f64 {
        match self {
            Size::Slide => 720.0,
            Size::Page => 1273.0,
            Size::Square => 960.0,
        }
    }
}

/// Empty border around everything.
pub(super) const MARGIN: f64 = 28.0;
/// Dots of a PNG for each pixel here; small text needs two.
pub(super) const PNG_SCALE: u32 = 2;

/// Fonts that a viewer of the SVG may have, best first; the PNG carries its own.
pub(super) const FAMILY: &str = "\"Voronka Sans\", Inter, \"Segoe UI\", Roboto, \"Helvetica Neue\", \
                                 Arial, \"Noto Sans\", sans-serif";
/// How much wider regular text may be in the viewer's font: `DejaVu` Sans, the usual last resort.
pub(super) const WIDER_REGULAR: f64 = 1.08;
/// How much wider semi-bold text may be in the viewer's font: `DejaVu` Sans has only bold.
pub(super) const WIDER_SEMI_BOLD: f64 = 1.18;

/// Size of the finding on top.
pub(super) const TITLE: f64 = 24.0;
/// Size of the line below the title.
pub(super) const SUBTITLE: f64 = 15.0;
/// Size of the names of things.
pub(super) const LABEL: f64 = 15.0;
/// Size of everything else; nothing is smaller.
pub(super) const SMALL: f64 = 13.0;

/// Behind everything.
pub(super) const PAPER: BackendColor = colour(0xFF_FF_FF);
/// Titles, names and numbers.
pub(super) const INK: BackendColor = colour(0x1B_1F_24);
/// Words of less weight.
pub(super) const GREY: BackendColor = colour(0x5B_64_6E);
/// Lines of a grid.
pub(super) const GRID: BackendColor = colour(0xE3_E6_EA);
/// Axes.
pub(super) const AXIS: BackendColor = colour(0x9A_A2_AB);
/// What the process does, deals that went on: Okabe and Ito's blue.
pub(super) const ON: BackendColor = colour(0x00_72_B2);
/// Open or partial figures: deals that are still there, cut periods, the load of a busy window.
pub(super) const OPEN: BackendColor = colour(0xA9_CD_E3);
/// Deals that went another way than to the next row: Okabe and Ito's reddish purple.
pub(super) const ELSEWHERE: BackendColor = colour(0xCC_79_A7);
/// The client's time, and past clients: Okabe and Ito's yellow, mixed with white.
pub(super) const CLIENT: BackendColor = colour(0xF5_EC_83);
/// The way from one bar to the next.
pub(super) const WAY: BackendColor = colour(0xE8_F2_F8);
/// Behind a lane of a map.
pub(super) const BAND: BackendColor = colour(0xF6_F8_FA);
/// Lost deals: Okabe and Ito's vermilion, mixed with white.
pub(super) const LOST: BackendColor = colour(0xF2_C7_A5);
/// Words about lost deals: the same hue, darkened.
pub(super) const LOST_INK: BackendColor = colour(0xA3_47_00);
/// Won deals: Okabe and Ito's bluish green.
pub(super) const WON: BackendColor = colour(0x00_9E_73);
/// Words about won deals: the same hue, darkened.
pub(super) const WON_INK: BackendColor = colour(0x00_73_53);

/// What hurts and can be mended: Okabe and Ito's vermilion.
pub(super) const ALARM: BackendColor = colour(0xD5_5E_00);
/// Words about overload: the same hue, darkened.
pub(super) const ALARM_INK: BackendColor = colour(0xA3_47_00);
/// What nobody can help: closed hours; deals that are done.
pub(super) const CLOSED: BackendColor = colour(0xC9_CE_D4);
/// Parts of a stack, from the bottom: neighbours differ in hue and in lightness.
pub(super) const STACK: [BackendColor; 8] = [
    colour(0x00_45_73),
    colour(0x56_B4_E9),
    colour(0x00_73_53),
    colour(0x8F_D3_BC),
    colour(0xB3_5C_00),
    colour(0xF0_C0_6B),
    colour(0x8A_4F_74),
    colour(0xC9_CE_D4),
];

/// A colour between two: the first at 0, the second at 1.
pub(super) fn mixed(from: BackendColor, to: BackendColor, part: f64) -> BackendColor {
    let part = part.clamp(0.0, 1.0);
    let mix = |a: u8, b: u8| (f64::from(a) + (f64::from(b) - f64::from(a)) * part).round() as u8;
    let rgb = (mix(from.rgb.0, to.rgb.0), mix(from.rgb.1, to.rgb.1), mix(from.rgb.2, to.rgb.2));
    BackendColor { alpha: 1.0, rgb }
}

const fn colour(rgb: u32) -> BackendColor {
    BackendColor { alpha: 1.0, rgb: ((rgb >> 16) as u8, (rgb >> 8) as u8, rgb as u8) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance of WCAG 2.2.
    fn luminance(colour: BackendColor) -> f64 {
        let part = |byte: u8| {
            let c = f64::from(byte) / 255.0;
            if c <= 0.040_45 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        };
        let (r, g, b) = colour.rgb;
        0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b)
    }

    #[test]
    fn every_text_can_be_read_on_paper() {
        for ink in [INK, GREY, LOST_INK, WON_INK, ALARM_INK] {
            let contrast = (luminance(PAPER) + 0.05) / (luminance(ink) + 0.05);
            assert!(contrast > 4.5, "{:?} has {contrast:.2} : 1", ink.rgb);
        }
    }

    #[test]
    fn parts_of_a_bar_differ_in_lightness_too() {
        let stack = STACK.windows(2).map(|pair| (pair[0], pair[1]));
        let parts = [
            (ON, OPEN),
            (ON, LOST),
            (OPEN, WAY),
            (WON, LOST),
            (ALARM, CLOSED),
            (ON, ELSEWHERE),
            (ELSEWHERE, LOST),
            (ELSEWHERE, OPEN),
        ];
        for (a, b) in parts.into_iter().chain(stack) {
            let (a, b) = (luminance(a), luminance(b));
            assert!((a.max(b) + 0.05) / (a.min(b) + 0.05) > 1.4);
        }
    }
}
