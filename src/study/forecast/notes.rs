//! What is said of a forecast where data are too few, or where a part of them was not used.

use super::by_model::Assumed;
use super::choice::Choice;
use super::draws::Setting;
use crate::fit::amounts::{Agreed, is_known};
use crate::fit::hazards::months_seen;
use crate::fit::log::{Day, Undated};
use crate::fit::season::{Classes, Season};
use crate::fit::segments::{self, Column, Empty, title};

/// A limit of a forecast.
#[derive(Debug, Clone, PartialEq)]
pub enum Note {
    /// Too few closed deals to use ages.
    Few {
        /// Wins before the cut-off.
        wins: u64,
        /// Losses before it.
        losses: u64,
    },
    /// Closings were recorded for fewer days than the horizon has.
    Unproven {
        /// Days of closings.
        history: f64,
        /// Days of the horizon.
        horizon: f64,
    },
    /// Too few past forecasts to correct this one.
    NotCalibrated {
        /// How many there are.
        past: usize,
    },
    /// The season was seen only once, so its class has no factor.
    SeasonSeenOnce,
    /// Deals without a date.
    Undated(Undated),
    /// A column is filled when a deal closes, so it was not used.
    Leak {
        /// Its heading; empty for the amount.
        column: String,
        /// Shares of empty cells.
        empty: Empty,
    },
    /// Open deals have no amounts of their own here: those of earlier wins were used.
    AmountsOfWins,
    /// No win has an amount.
    NoAmounts,
    /// Amounts of open deals were asked for: they are multiplied by what was agreed of such ones.
    Agreed(Agreed),
    /// Levels of this column have chances of their own.
    Segment(String),
    /// The forecast was asked for a later day than the file knows: the first unknown day of both.
    AtLater {
        /// That was asked for.
        asked: Day,
        /// That was used.
        used: Day,
    },
    /// No deal has closed before the cut-off.
    NoClosings,
    /// A limit of a forecast that follows a model.
    ByModel(Assumed),
}

/// The limits of a forecast.
pub fn notes(setting: &Setting, wanted: Option<Day>) -> Vec<Note> {
    let Setting { deals, log, fitted, choice, amounts, days, .. } = *setting;
    let hazards = &fitted.hazards;
    let mut notes = Vec::new();
    if let Some(asked) = wanted.filter(|asked| *asked > fitted.cut) {
        notes.push(Note::AtLater { asked, used: fitted.cut });
    }
    let history = (fitted.cut - log.first_close.floor()).max(0.0);
    if hazards.wins + hazards.losses == 0 {
        notes.push(Note::NoClosings);
    } else if hazards.is_few() {
        notes.push(Note::Few { wins: hazards.wins, losses: hazards.losses });
    }
    if history < days as f64 {
        notes.push(Note::Unproven { history, horizon: days as f64 });
    }
    if !choice.open.is_calibrated() {
        notes.push(Note::NotCalibrated { past: choice.open.n });
    }
    if is_seen_once(choice, &fitted.classes, (log.first_close, fitted.cut)) {
        notes.push(Note::SeasonSeenOnce);
    }
    if log.undated.open + log.undated.closed > 0 {
        notes.push(Note::Undated(log.undated));
    }
    notes.extend(segments::columns(deals).into_iter().filter_map(|column| {
        let Column::Segment(index) = column else { return None };
        let empty = |row| segments::level(deals, column, row).is_none();
        let empty = segments::empty(log, fitted.cut, empty);
        let column = deals.segments[index].name.clone();
        empty.is_leak().then_some(Note::Leak { column, empty })
    }));
    if let Some(column) = choice.segment {
        notes.push(Note::Segment(title(deals, column).to_owned()));
    }
    let has_asked = |row: usize| deals.deals[row].asked.is_some();
    if let Some(agreed) = amounts.agreed.filter(|_| amounts.own) {
        notes.push(Note::Agreed(agreed));
    }
    if !amounts.is_known() {
        notes.push(Note::NoAmounts);
    } else if !amounts.own {
        let empty =
            segments::empty(log, fitted.cut, |row| !is_known(deals, row) && !has_asked(row));
        let leak = Note::Leak { column: String::new(), empty };
        notes.push(if empty.is_leak() { leak } else { Note::AmountsOfWins });
    }
    notes
}

fn is_seen_once(choice: &Choice, classes: &Classes, (first, cut): (f64, f64)) -> bool {
    choice.season != Season::None && months_seen(classes, first, cut).iter().any(|seen| *seen < 2)
}
