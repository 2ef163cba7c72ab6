//! What the charts of a comparison say.

use super::{Language, sweep};
use crate::render::words::piece::{Piece, capital, name, pieces};
use crate::render::words::plural::english as plural;
use crate::report::phrase::difference::Verdict;
use crate::report::phrase::{Changes, Contrast, Sum};

pub(super) fn contrast(contrast: &Contrast) -> Vec<Piece> {
    match contrast {
        Contrast::Differences(all) => {
            let mut words = Vec::new();
            for (at, changes) in all.iter().enumerate() {
                words.extend(pieces![";"].into_iter().filter(|_| at > 0));
                words.extend(self::changes(changes));
            }
            capital(words)
        }
        Contrast::NoDifference => pieces!["No figure differs beyond chance"],
        Contrast::Relative { base, other, level, compared, replications } => pieces![
            name(&format!("“{other}”")),
            "against the base",
            name(&format!("“{base}”:")),
            "difference in %, with its interval at",
            level,
            format!(
                ". Colours are verdicts that hold for all {compared} figures together; {replications} replications of each model."
            ),
        ],
        Contrast::NotDrawn(count) => {
            let figures = plural(*count as u64, ["figure has", "figures have"]);
            pieces![format!("{count} {figures} no relative difference and no row.")]
        }
        Contrast::Gathered { of, other, amount, more } => {
            let more = if *more { "more than the base" } else { "less than the base" };
            let mut words = pieces!["By the end of the window,"];
            words.extend(alternative(other.as_deref()));
            let does = match of {
                Sum::Bookings => "books",
                Sum::Profit => "earns",
            };
            words.extend(pieces![does, amount, more]);
            words
        }
        Contrast::GatheredAlike(Sum::Bookings) => {
            pieces!["By the end of the window, bookings do not differ beyond chance"]
        }
        Contrast::GatheredAlike(Sum::Profit) => {
            pieces!["By the end of the window, profit does not differ beyond chance"]
        }
        Contrast::Since { of, base, other, level, replications } => {
            let what = match of {
                Sum::Bookings => "bookings",
                Sum::Profit => "profit",
            };
            let (who, interval) = match other {
                Some(other) => (name(&format!("“{other}”")), "The band is"),
                None => ("Alternatives".into(), "Thin lines are"),
            };
            let base = name(&format!("“{base}”:"));
            let runs = format!("({replications} replications of each model).");
            pieces![
                who,
                "less",
                base,
                format!("{what} since the start of the window. {interval} the interval at"),
                level,
                runs
            ]
        }
        Contrast::Reached { stage, base, share, other } => {
            let mut words = match stage {
                Some(stage) => pieces![name(stage), "is reached by"],
                None => pieces!["Won:"],
            };
            words.extend(pieces![base, "of the deals in the base and", share, "in"]);
            words.extend(alternative(other.as_deref()));
            words
        }
        Contrast::FunnelsAlike(most) => pieces!["The funnels differ by at most", most],
        Contrast::Won => pieces!["Won"],
        Contrast::SharesOfArrived => {
            pieces!["Deals that reach a stage, as a share of those that arrive,"]
        }
        Contrast::IdleMoved { stage, before, after } => {
            let stage = name(&format!("{stage}:"));
            pieces!["Idle time changes most at", stage, before, "→", after, "a visit"]
        }
        Contrast::Idle([(base, long), (other, longer)]) => pieces![
            "Deals lie idle longest at",
            name(base),
            "—",
            long,
            "a visit; in the alternative at",
            name(other),
            "—",
            longer,
        ],
        Contrast::LeftWon([base, other]) => pieces![
            "Of the deals that left,",
            base,
            "were won in the base and",
            other,
            "in the alternative",
        ],
        Contrast::Both([base, other]) => pieces![name(base), "—", name(other)],
        Contrast::Base(text) => pieces!["Base:", name(text)],
        Contrast::Alternative(text) => pieces!["Alternative:", name(text)],
    }
}

fn alternative(other: Option<&str>) -> Vec<Piece> {
    let mut words = pieces!["the alternative"];
    words.extend(other.map(|other| name(&format!("“{other}”"))));
    words
}

fn changes(changes: &Changes) -> Vec<Piece> {
    let mut words = pieces![match changes.verdict {
        Verdict::Better => "better:",
        Verdict::Worse => "worse:",
        Verdict::Changed => "different:",
        Verdict::NotBeyondChance => "not beyond chance:",
    }];
    for (at, (figure, change)) in changes.first.iter().enumerate() {
        words.extend(pieces![","].into_iter().filter(|_| at > 0));
        words.extend(sweep::figure(figure));
        words.push(Language::English.signed(change).into());
    }
    if changes.more > 0 {
        words.push(format!("and {} more", changes.more).into());
    }
    words
}
