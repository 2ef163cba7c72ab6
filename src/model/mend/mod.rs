//! How a finding is mended in the text of its model.
//!
//! A mend follows from the typed problem and from the text at its place; nothing else of the file is touched. It is
//! certain if it is clear what was meant, as `60%` for `60`. Otherwise it is a guess, which is applied only on request.

mod clock;
mod expect;
mod form;
mod lists;
mod order;
mod quotes;
mod shares;
mod word;

pub(super) use word::is_rest;

use std::cell::OnceCell;

use super::yaml::{self, Node};
use crate::diagnostic::meant;
use crate::diagnostic::{
    Diagnostic, Doubt, Edit, ExpectationFault, FileFault, Findings, Home, Mend, Place, Problem,
    Slip, Sources, StructureFault, SyntaxFault, ValueFault, Warning,
};
use crate::random::distribution::BadDistribution;

/// Gives every finding in the text of a model the mend that is known for it.
pub fn attach(found: &mut [Diagnostic], sources: &Sources) {
    let Some(source) = sources.iter().next() else { return };
    let text = source.text.as_str();
    let tree = OnceCell::new();
    for found in found.iter_mut().filter(|found| found.mend.is_none()) {
        let place = found.place;
        if usize::from(place.file.0) > 0 || text.get(range(place)).is_none() {
            continue;
        }
        let read = || yaml::parse(text, place.file, &mut Findings::default());
        let root = || -> Option<&Node> { tree.get_or_init(read).as_ref() };
        found.mend = match &found.problem {
            Problem::Value(ValueFault::SharesSum { sum, .. }) => {
                root().and_then(|root| shares::mend(root, text, place, *sum))
            }
            Problem::Structure(StructureFault::WrongKind { wanted, found }) => {
                root().and_then(|root| form::kind(root, Spot { text, place }, *wanted, *found))
            }
            Problem::Expectation(ExpectationFault::Contradiction) => {
                root().and_then(|root| order::limits(root, Spot { text, place }))
            }
            Problem::Value(ValueFault::BadParameters {
                fault: BadDistribution::OutOfOrder { low, high, .. },
                ..
            }) => {
                root().and_then(|root| order::parameters(root, Spot { text, place }, (low, high)))
            }
            Problem::Structure(StructureFault::NamesInList { .. }) => {
                root().and_then(|root| lists::keyed(root, Spot { text, place }))
            }
            Problem::Structure(StructureFault::OtherForm { text: old, written, certain }) => root()
                .and_then(|root| form::other(root, Spot { text, place }, (old, written, *certain))),
            Problem::Expectation(ExpectationFault::Shorthand { written, certain, .. }) => {
                root().and_then(|root| expect::in_keys(root, place, written, *certain))
            }
            Problem::Value(ValueFault::UnknownStage { as_reason: Some(written), .. }) => {
                root().and_then(|root| form::as_reason(root, place, written))
            }
            problem => mend(problem, Spot { text, place }),
        };
    }
}

/// A place in a text.
#[derive(Clone, Copy)]
struct Spot<'t> {
    text: &'t str,
    place: Place,
}

fn range(place: Place) -> std::ops::Range<usize> {
    place.start as usize..place.end as usize
}

impl Spot<'_> {
    /// What is written there.
    fn written(&self) -> &str {
        self.text.get(range(self.place)).unwrap_or_default()
    }

    /// Whether one of these values stands behind the key there.
    fn has_value(&self, values: &[&str]) -> bool {
        let rest = self.text.get(self.place.end as usize..).unwrap_or_default();
        let line = rest.lines().next().unwrap_or_default().split(" #").next().unwrap_or_default();
        values.contains(&line.trim_start_matches(':').trim())
    }

    /// The mend that writes something else instead of this text and the quotes around it.
    fn whole(&self, old: &str, new: String) -> Option<Mend> {
        let written = self.written().trim_end();
        let bare =
            ['"', '\''].iter().find_map(|quote| written.strip_prefix(*quote)?.strip_suffix(*quote));
        let end = self.place.start + written.len() as u32;
        (bare.unwrap_or(written) == old).then(|| Mend::new(Place { end, ..self.place }, new, true))
    }

    /// The mend that writes something else instead of this word or text, between the same quotes.
    fn replace(&self, old: &str, new: &str, certain: bool) -> Option<Mend> {
        let written = self.written();
        let quote = written.chars().next().filter(|c| matches!(c, '"' | '\''));
        let inner = match quote {
            Some(quote) => written.strip_prefix(quote)?.strip_suffix(quote)?,
            None => written.trim_end(),
        };
        // What is escaped, folded or comes from elsewhere is not replaced.
        if inner != old || new == old {
            return None;
        }
        let text = match quote {
            Some('"') if new.contains(['"', '\\']) => return None,
            Some('\'') if new.contains('\'') => return None,
            Some(quote) if !new.starts_with('{') => format!("{quote}{new}{quote}"),
            _ if is_plain(new) => new.to_owned(),
            _ => return None,
        };
        let end = self.place.start + (if quote.is_some() { written } else { inner }).len() as u32;
        Some(Mend::new(Place { end, ..self.place }, text, certain))
    }
}

/// Whether a text can stand in YAML without quotes.
fn is_plain(text: &str) -> bool {
    let is_map = text.starts_with('{') && text.ends_with('}');
    let is_open = |c: char| c.is_alphanumeric() || c == '-' || c == '_' || c == '.';
    let breaks = text.contains(": ")
        || text.contains(" #")
        || text.contains([',', '[', ']', '{', '}', '\n']);
    is_map || text.starts_with(is_open) && !breaks && !text.ends_with(':')
}

fn mend(problem: &Problem, spot: Spot<'_>) -> Option<Mend> {
    match problem {
        Problem::File(FileFault::Syntax { fault }) => of_syntax(fault, spot),
        Problem::Structure(StructureFault::UnknownKey { key, nearest, known }) => {
            let nearest = nearest.as_ref()?;
            let is_sure = nearest.replacen(": ", ":", 1) == *key
                || word::is_sure(key, nearest)
                || word::is_only(key, nearest, known)
                || nearest == "voronka" && spot.has_value(&["1", "1.0"]);
            spot.replace(key, nearest, is_sure)
        }
        Problem::Structure(StructureFault::TooDeep { .. }) => form::dedented(spot, 0),
        Problem::Structure(StructureFault::NotIndented { parent, .. }) => {
            form::indented(spot, parent)
        }
        Problem::Structure(StructureFault::MisplacedKey {
            home: Home::Beside(section), ..
        }) => form::beside(spot, section),
        // `*1.2` without quotes is an alias in YAML.
        Problem::Structure(StructureFault::UndefinedAnchor { name }) => {
            let written = spot.written();
            let is_factor = name.parse::<f64>().is_ok() && written == format!("*{name}");
            is_factor.then(|| Mend::new(spot.place, format!("\"{written}\""), true))
        }
        Problem::Structure(StructureFault::QuotedMap { text }) => spot.whole(text, text.clone()),
        Problem::Structure(StructureFault::Factor { text, written }) => {
            spot.whole(text, format!("\"{written}\""))
        }
        Problem::Structure(StructureFault::Rewritten { text, written, .. }) => {
            spot.whole(text, written.clone())
        }
        Problem::Structure(StructureFault::UnknownPath { path, nearest: Some(near) }) => {
            let name = path.rsplit('.').next()?;
            spot.replace(name, near, word::is_sure(name, near))
        }
        Problem::Structure(StructureFault::NoColon { key, value }) => {
            let is_it = spot.written() == format!("{key} {value}");
            is_it.then(|| Mend::new(spot.place, format!("{key}: {value}"), true))
        }
        Problem::Value(fault) => of_value(fault, spot),
        Problem::Warning(Warning::DayOfWork) => {
            let days = clock::working_days(spot.written())?;
            spot.replace(spot.written(), &days, false)
        }
        Problem::Expectation(
            ExpectationFault::UnknownKpi { name, nearest }
            | ExpectationFault::UnknownStat { name, nearest, .. },
        ) => word::nearest(spot, name, nearest.as_deref()),
        Problem::Warning(Warning::UnusedReason { reason, nearest: Some(near) }) => {
            spot.replace(reason, near, word::is_sure(reason, near))
        }
        // Either of the two may be the slip.
        Problem::Warning(Warning::NoClass { reason, nearest }) => {
            spot.replace(reason, nearest.as_ref()?, false)
        }
        Problem::Warning(Warning::PlainShare { text, share }) => {
            spot.replace(text, &format!("{}%", share * 100.0), false)
        }
        Problem::Doubt(
            Doubt::PointOfThousands { text, meant }
            | Doubt::TinyShare { text, meant }
            | Doubt::TinyMargin { text, meant },
        ) => spot.replace(text, meant, false),
        Problem::Doubt(Doubt::RestAsReason { text }) => spot.replace(text, "rest", true),
        Problem::Doubt(Doubt::CutText { text, rest }) => quotes::cut(text, rest, spot),
        Problem::Warning(Warning::UnaskedAttribute { name, nearest }) => {
            spot.replace(name, nearest, false)
        }
        Problem::Warning(Warning::LonelyValue { value, nearest, .. }) => {
            spot.replace(value, nearest, false)
        }
        _ => None,
    }
}

fn of_value(fault: &ValueFault, spot: Spot<'_>) -> Option<Mend> {
    match fault {
        ValueFault::Number { text, wanted, fault } => word::number(spot, text, *wanted, fault),
        ValueFault::PercentOfRate { text, written } => spot.replace(text, written, true),
        ValueFault::Unnamed { written, certain, .. } if !written.contains('…') => {
            Some(Mend::new(spot.place, written.clone(), *certain))
        }
        ValueFault::DateSpan { text, written } => spot.whole(text, written.clone()),
        ValueFault::BadDate { text } if let Some(date) = meant::date_in_words(text) => {
            spot.whole(text, date)
        }
        ValueFault::BadDate { text } => match (clock::date(text), meant::two_dates(text)) {
            (Some(date), _) => spot.replace(text, &date, true),
            (None, Some([day_first, month_first])) => {
                (day_first == month_first).then(|| spot.replace(text, &day_first, true))?
            }
            (None, None) => spot.replace(text, &meant::exchanged(text)?, false),
        },
        ValueFault::BadHours { text, .. } => {
            let (hours, certain) = clock::hours(text)?;
            spot.replace(text, &hours, certain)
        }
        ValueFault::BadMoment { text } => spot.replace(text, &clock::moment(text)?, true),
        ValueFault::UnknownWord { text, wanted, nearest, .. } => match clock::word(text, *wanted) {
            Some(word) => spot.replace(text, &word, true),
            None => word::nearest(spot, text, nearest.as_deref()),
        },
        ValueFault::UnknownStage { name, nearest, as_reason, .. } => {
            match (as_reason, meant::share(name)) {
                (Some(_), _) => None,
                (None, Some(share)) => spot.replace(name, &share, true),
                (None, None) => word::nearest(spot, name, nearest.as_deref()),
            }
        }
        // An abbreviation or an offset belongs to several zones.
        ValueFault::UnknownZone { name, place: Some(place), .. } => {
            spot.replace(name, place, false)
        }
        ValueFault::UnknownZone { name, nearest, .. }
        | ValueFault::UnknownName { name, nearest, .. }
        | ValueFault::UnknownFamily { name, nearest, .. } => {
            word::nearest(spot, name, nearest.as_deref())
        }
        _ => None,
    }
}

/// The signs that a slip left out or put in.
fn of_slip(slip: &Slip, place: Place) -> Option<Mend> {
    let text = match slip {
        Slip::NoSpaceAfterColon { .. } => ": ",
        Slip::NoSpaceAfterDash => "- ",
        Slip::Star => "-",
        Slip::Semicolon => ",",
        Slip::NoComma { .. } => ", ",
        Slip::OneTooMany { .. } => "",
        Slip::Comparison { written, .. } | Slip::MapInMap { written, .. } => written.as_str(),
        Slip::NoColon { .. }
        | Slip::QuoteInText { .. }
        | Slip::BracketInText { .. }
        | Slip::TextAndBlock { .. } => return None,
    };
    Some(Mend::new(place, text.to_owned(), true))
}

/// Spaces for characters at the beginning of lines that only look like a space.
fn of_syntax(fault: &SyntaxFault, spot: Spot<'_>) -> Option<Mend> {
    let (letter, spaces) = match fault {
        SyntaxFault::Tab => ('\t', "  "),
        SyntaxFault::Invisible { letter } => (*letter, " "),
        SyntaxFault::Slip(Slip::QuoteInText { quote }) => return quotes::other(spot, *quote),
        SyntaxFault::Slip(Slip::NoColon { .. }) => return quotes::no_colon(spot),
        SyntaxFault::Slip(slip) => return of_slip(slip, spot.place),
        SyntaxFault::ColonInText => return quotes::colon(spot),
        SyntaxFault::Indentation { found, siblings } => {
            let place = Place { end: spot.place.start + *found as u32, ..spot.place };
            return Some(Mend::new(place, " ".repeat(*siblings), true));
        }
        SyntaxFault::Foreign { mark } => return form::foreign(spot, mark),
        _ => return None,
    };
    let mut edits = Vec::new();
    let mut start = 0;
    for line in spot.text.split_inclusive('\n') {
        let body = line.trim_start_matches([' ', letter]);
        for (at, found) in line[..line.len() - body.len()].char_indices() {
            if found == letter {
                let from = (start + at) as u32;
                let place =
                    Place { start: from, end: from + letter.len_utf8() as u32, ..spot.place };
                edits.push(Edit { place, text: spaces.to_owned() });
            }
        }
        start += line.len();
    }
    (!edits.is_empty()).then_some(Mend { edits, certain: true })
}
