//! What is said of an export, in English.

use super::oddities;
use crate::render::words::piece::{Piece, code, name, pieces};
use crate::report::phrase::{
    DateOrder, DealOutcome, DecimalMark, FileFormat, Inspected, KnownBy, Preset, Shape, Use,
    WhyUsed,
};

#[allow(clippy::too_many_lines)] // one arm per phrase: a table
pub(super) fn line(line: &Inspected) -> Vec<Piece> {
    match line {
        Inspected::Title { file, shape, rows } => {
            let what = match shape {
                Shape::Deals => "rows, one for each deal",
                Shape::StageHistory => "rows, one for each stage that a deal entered",
                Shape::EventLog => "rows, one for each event",
            };
            pieces![name(&format!("{file}:")), format!("{rows} {what}")]
        }
        Inspected::File { .. } => file(line),
        Inspected::System(preset) => pieces!["Headings as in", system(*preset), "."],
        Inspected::NoSystem => {
            pieces!["The headings match no known system;", code("--preset"), "names one."]
        }
        Inspected::Facts { first, last } => pieces![format!("Facts from {first} to {last}.")],
        Inspected::Events { events, deals, stages, people } => pieces![format!(
            "{events} events of {deals} deals, {stages} different stages or activities, {people} people."
        )],
        Inspected::ColumnsHeading => pieces!["Columns"],
        Inspected::DealsHeading => pieces!["Deals"],
        Inspected::WordsHeading => pieces!["How deals ended"],
        Inspected::FunnelsHeading => pieces!["Pipelines"],
        Inspected::MonthsHeading => pieces!["By month"],
        Inspected::OddHeading => pieces!["What looks wrong, or was left out"],
        Inspected::ColumnTitle => pieces!["column"],
        Inspected::UsedTitle => pieces!["used as"],
        Inspected::WhyTitle => pieces!["why"],
        Inspected::FilledTitle => pieces!["filled"],
        Inspected::WordsTitle => pieces!["words"],
        Inspected::OutcomeTitle => pieces!["outcome"],
        Inspected::DealsTitle => pieces!["deals"],
        Inspected::WithAmountTitle => pieces!["with an amount"],
        Inspected::SumTitle => pieces!["sum"],
        Inspected::WordTitle => pieces!["word"],
        Inspected::WhereTitle => pieces!["role"],
        Inspected::MeansTitle => pieces!["means"],
        Inspected::KnownTitle => pieces!["known by"],
        Inspected::RowsTitle => pieces!["rows"],
        Inspected::FunnelTitle => pieces!["pipeline"],
        Inspected::MonthTitle => pieces!["month"],
        Inspected::CreatedTitle => pieces!["created"],
        Inspected::WonTitle => pieces!["won"],
        Inspected::WonSumTitle => pieces!["sum of won"],
        Inspected::LostTitle => pieces!["lost"],
        Inspected::OddTitle => pieces!["what"],
        Inspected::FirstRowsTitle => pieces!["first rows"],
        Inspected::Used(used, order) => {
            let order = order.map_or("", |order| match order {
                DateOrder::Dmy => ", day first",
                DateOrder::Mdy => ", month first",
                DateOrder::Ymd => ", year first",
            });
            match used {
                Use::Role(role) => pieces![format!("{}{order}", role.word())],
                Use::Segment => pieces!["segment"],
                Use::StageDate => pieces![format!("date of a stage{order}")],
                Use::Unused => pieces!["not used"],
            }
        }
        Inspected::Why(why) => self::why(*why),
        Inspected::Role(role) => pieces![role.word()],
        Inspected::Outcome(outcome) => pieces![match outcome {
            DealOutcome::Open => "open",
            DealOutcome::Won => "won",
            DealOutcome::Lost => "lost",
        }],
        Inspected::Known(known) => pieces![match known {
            KnownBy::Told => "you",
            KnownBy::Usual => "its usual meaning",
            KnownBy::Unknown => "not known",
        }],
        Inspected::Odd(odd) => pieces![oddities::odd(*odd)],
        Inspected::MoreWords(count) => {
            pieces![format!("{count} more words are in"), code("--format csv")]
        }
        Inspected::MoreMonths(count) => {
            pieces![format!("{count} earlier months are in"), code("--format csv")]
        }
        Inspected::UnknownWords => pieces![
            "Words that are not known count as open. If some of them end deals, say so with",
            code("--won WORD"),
            "and",
            code("--lost WORD"),
            "."
        ],
        Inspected::NothingOdd => pieces!["Nothing."],
        Inspected::NoEnds => pieces![
            "No activity is known as the end of a deal. Say which are:",
            code("--won WORD"),
            "and",
            code("--lost WORD"),
            "."
        ],
        Inspected::NoDeals => pieces!["The file has no deals that can be used."],
        Inspected::NoneEnded => {
            pieces!["No deal is known to have ended, so nothing can be learned from this file."]
        }
    }
}

/// How the file is written.
fn file(line: &Inspected) -> Vec<Piece> {
    let Inspected::File { format, packed, encoding, delimiter, decimal, sheet } = line else {
        return Vec::new();
    };
    let mut words = pieces![match format {
        FileFormat::Csv => "CSV",
        FileFormat::Workbook => "Workbook",
        FileFormat::Html => "Web page with a table",
        FileFormat::Xes => "XES event log",
    }];
    if *packed {
        words.push(", packed with gzip".into());
    }
    if let Some(encoding) = encoding {
        words.push(format!(", {encoding}").into());
    }
    if let Some(delimiter) = delimiter {
        words.push(", separator".into());
        words.push(match delimiter {
            '\t' => "tab".into(),
            sign => code(&sign.to_string()),
        });
    }
    if let Some(sheet) = sheet {
        words.extend(pieces![", sheet", name(sheet)]);
    }
    match decimal {
        Some(DecimalMark::Point) => words.push(", decimal point".into()),
        Some(DecimalMark::Comma) => words.push(", decimal comma".into()),
        None => {}
    }
    words.push(".".into());
    words
}

fn system(preset: Preset) -> &'static str {
    match preset {
        Preset::Bitrix24 => "Bitrix24",
        Preset::AmoCrm => "amoCRM (Kommo)",
        Preset::HubSpot => "HubSpot",
        Preset::Salesforce => "Salesforce",
        Preset::Pipedrive => "Pipedrive",
        Preset::Zoho => "Zoho CRM",
    }
}

fn why(why: WhyUsed) -> Vec<Piece> {
    match why {
        WhyUsed::Told => pieces!["you say so"],
        WhyUsed::Known(preset) => pieces!["heading of", system(preset)],
        WhyUsed::Heading => pieces!["heading"],
        WhyUsed::Repeated => pieces!["same heading as before"],
        WhyUsed::Words => pieces!["few different words"],
        WhyUsed::Empty => pieces!["empty"],
        WhyUsed::OneWord => pieces!["one word only"],
        WhyUsed::ManyWords => pieces!["too many different words"],
        WhyUsed::Numbers => pieces!["numbers"],
        WhyUsed::Dates => pieces!["dates without a role"],
        WhyUsed::Texts => pieces!["long texts"],
        WhyUsed::Leak { open, ended } => pieces![format!(
            "changes when a deal ends: empty in {open} % of open deals, in {ended} % of the others"
        )],
        WhyUsed::OfAnother => pieces!["about people or firms"],
        WhyUsed::OfEvents => pieces!["about events"],
    }
}
