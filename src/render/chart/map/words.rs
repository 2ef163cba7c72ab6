//! The words of a map: names in boxes, numbers of ways, the key.

use plotters_backend::BackendColor;

use crate::render::chart::canvas::{Head, Pen};
use crate::render::chart::key::Key;
use crate::render::chart::text::{Face, Fonts, Room, clean};
use crate::render::chart::theme::{
    ALARM, AXIS, GREY, LOST, LOST_INK, MARGIN, ON, PAPER, WAY, WON, WON_INK, mixed,
};
use crate::render::map::{chances, why};
use crate::render::words::Language;
use crate::render::words::drawn::{Drawn, IDLE_STEPS};
use crate::report::chart::MapChart;
use crate::report::{Case, Cause, NodeKind, Transition};

/// Lines of a text: more letters are not kept.
pub(super) const MOST_LINES: usize = 8;
/// The strength of the last colour of the scale; words on it can still be read.
const WARMEST: f64 = 0.75;

/// How large and how dense a map is written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Sizes {
    /// Size of the names of stages.
    pub(super) name: f64,
    /// Size of everything else.
    pub(super) small: f64,
    /// From one line of words to the next.
    pub(super) line: f64,
    /// Above and below the words of a stage, together.
    pub(super) border: f64,
    /// Between two rows.
    pub(super) between: f64,
}

impl Sizes {
    /// For a map that leaves most of its canvas empty otherwise.
    pub(super) const LARGE: Sizes =
        Sizes { name: 18.0, small: 15.0, line: 18.0, border: 40.0, between: 24.0 };
    pub(super) const USUAL: Sizes =
        Sizes { name: 14.0, small: 13.0, line: 15.0, border: 18.0, between: 12.0 };
    /// For a map that does not fit its canvas otherwise.
    pub(super) const DENSE: Sizes =
        Sizes { name: 13.0, small: 12.0, line: 13.0, border: 4.0, between: 2.0 };

    pub(super) fn pen(self) -> Pen {
        Pen { size: self.small, ..Pen::SMALL }
    }
}

/// Fonts at the sizes of a map.
pub(super) struct Ink<'a> {
    pub(super) fonts: &'a Fonts,
    pub(super) sizes: Sizes,
    pub(super) language: Language,
}

impl Ink<'_> {
    /// Breaks words into lines of small type; a number keeps its percent sign.
    pub(super) fn lines(&self, words: &str, width: f64) -> Vec<String> {
        self.few_lines(words, width, MOST_LINES)
    }

    /// The same in so many lines at most; the last one may be shortened.
    pub(super) fn few_lines(&self, words: &str, width: f64, lines: usize) -> Vec<String> {
        let words = clean(words).replace(" %", "\u{a0}%");
        let room = Room { width, lines };
        let lines = self.fonts.wrap(&words, room, self.sizes.small, Face::Regular);
        lines.iter().map(|line| line.replace("\u{a0}%", " %")).collect()
    }

    /// Whether a word is wider than the room for it, so that it must be broken.
    pub(super) fn tears(&self, words: &str, width: f64) -> bool {
        clean(words).split(' ').any(|word| self.width(word) > width)
    }

    /// The widest of some lines of small type.
    pub(super) fn widest(&self, lines: &[String]) -> f64 {
        lines.iter().map(|line| self.width(line)).fold(0.0, f64::max)
    }

    fn width(&self, line: &str) -> f64 {
        self.fonts.width(line, self.sizes.small, Face::Regular)
    }

    /// Height of some lines of small type.
    pub(super) fn height(&self, lines: &[String]) -> f64 {
        lines.len() as f64 * self.sizes.line
    }
}

/// What stands at a way.
pub(super) struct Said {
    /// The probability; after a run the share and the number of deals, or the number alone.
    pub(super) amount: Vec<String>,
    /// Conditions of variants: with their probabilities, or those without which nobody takes it.
    cases: Vec<String>,
    /// Reasons of a loss, lost patience.
    why: String,
}

impl Said {
    pub(super) fn of(chart: &MapChart, transition: usize, language: Language) -> Said {
        let way = &chart.map.transitions[transition];
        let known = |values: &[Option<f64>]| values.get(transition).copied().flatten();
        let (mut amount, mut cases): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
        let flow = known(&chart.flows).map(|flow| language.count(flow));
        match known(&chart.shares) {
            // Deals that a limit turns away are no part of the visits that ended: they have no share.
            None if matches!(way.cause, Cause::Limit(_)) => amount.extend(flow),
            Some(share) => {
                amount.push(language.percent(share));
                amount.extend(flow);
                // A branch of some deals only.
                if way.cases.first().is_some_and(|case| case.probability == 0.0) {
                    let when = |case: &Case| language.draw(Drawn::When(&case.when));
                    cases.extend(way.cases[1..].iter().map(when));
                }
            }
            None => {
                let mut chances = chances(way, language).into_iter();
                amount.extend(chances.next());
                cases.extend(chances);
            }
        }
        Said { amount, cases, why: why(way, language) }
    }

    /// All of it after a word, in as few lines as the width allows; numbers are not broken.
    pub(super) fn lines(&self, ink: &Ink, word: &str, width: f64) -> Vec<String> {
        let fits = |words: &str| ink.width(words) <= width;
        let amount = format!("{word} {}", self.amount.join(" · ")).trim().to_owned();
        let remarks = self.remarks();
        let separator = match (amount.is_empty() || remarks.is_empty(), self.cases.is_empty()) {
            (true, _) => "",
            (false, false) => ",",
            (false, true) if self.amount.is_empty() => "",
            (false, true) => ":",
        };
        let whole = format!("{amount}{separator} {remarks}");
        if self.amount.is_empty() || fits(whole.trim()) {
            return ink.lines(&whole, width);
        }
        let first = format!("{amount}{separator}");
        let amounts = if fits(&first) {
            vec![first]
        } else {
            let mut amounts = self.amount.clone();
            match amounts.first_mut() {
                Some(first) => format!("{word} {first}").trim().clone_into(first),
                None => amounts.push(word.to_owned()),
            }
            amounts
        };
        let amounts = amounts.iter().flat_map(|amount| ink.lines(amount, width));
        amounts.chain(ink.lines(&remarks, width)).collect()
    }

    /// Everything but the numbers.
    pub(super) fn remarks(&self) -> String {
        let parts = [self.cases.join(", "), self.why.clone()];
        let parts = parts.into_iter().filter(|part| !part.is_empty());
        parts.collect::<Vec<_>>().join(": ")
    }
}

/// How an end of the process is drawn.
pub(super) struct Outcome {
    pub(super) line: BackendColor,
    pub(super) ink: BackendColor,
    pub(super) kind: NodeKind,
}

impl Outcome {
    pub(super) fn of(kind: NodeKind) -> Option<Outcome> {
        let (line, ink) = match kind {
            NodeKind::Won => (WON, WON_INK),
            NodeKind::Done => (AXIS, GREY),
            NodeKind::Lost => (LOST, LOST_INK),
            _ => return None,
        };
        Some(Outcome { line, ink, kind })
    }
}

/// The colour of a stage: the longer deals lie idle there, the warmer.
pub(super) fn warmth(chart: &MapChart, node: usize) -> BackendColor {
    let Some(wait) = chart.waits.get(node).copied().flatten() else { return WAY };
    let step = IDLE_STEPS.iter().position(|most| wait < *most).unwrap_or(IDLE_STEPS.len() - 1);
    colour(step)
}

fn colour(step: usize) -> BackendColor {
    mixed(PAPER, ALARM, WARMEST * step as f64 / (IDLE_STEPS.len() - 1) as f64)
}

/// The key of maps: the colours of lines that occur and, after a run, the scale of waits.
pub(super) fn key(charts: &[&MapChart], fonts: &Fonts, head: &Head) -> Key {
    let mut entries = vec![(Drawn::WayOn, ON)];
    let leads_back = |chart: &&MapChart| {
        let kind = |way: &Transition| chart.map.nodes[way.from].kind;
        let is_of_stage = |way: &Transition| matches!(kind(way), NodeKind::Stage | NodeKind::Sale);
        chart.map.transitions.iter().any(|way| way.to <= way.from && is_of_stage(way))
    };
    if charts.iter().any(leads_back) {
        entries.push((Drawn::WayBack, GREY));
    }
    if charts.iter().flat_map(|chart| &chart.map.nodes).any(|node| node.kind == NodeKind::Sale) {
        entries.push((Drawn::ASale, WON));
    }
    if charts.iter().flat_map(|chart| &chart.waits).any(Option::is_some) {
        entries.extend((0..IDLE_STEPS.len()).map(|step| (Drawn::IdleScale(step), colour(step))));
    }
    Key::of(&entries, MARGIN, head, fonts)
}
