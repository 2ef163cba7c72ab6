//! What is said of an export is complete in Russian: Latin words stand in back quotes.

use voronka::records::understood::{KnownBy, Odd, Shape, Why};
use voronka::render::words::{Language, Refusal, text};
use voronka::report::phrase::{
    CellFault, DealOutcome, ExportRefusal, Inspected, Phrase, Place, Role, RowFault,
};

/// Words that are the same in Russian.
const INTERNATIONAL: [&str; 1] = ["CSV"];

/// Latin words outside of back quotes.
fn latin(text: &str) -> Vec<String> {
    let prose = text.split('`').step_by(2).collect::<Vec<_>>().join(" ");
    let words = prose.split(|letter: char| !letter.is_ascii_alphabetic());
    let words = words.filter(|word| !word.is_empty() && !INTERNATIONAL.contains(word));
    words.map(str::to_owned).collect()
}

fn russian_only(russian: &str, english: &str) {
    assert!(latin(russian).is_empty(), "{russian}: {:?}", latin(russian));
    assert_ne!(russian, english);
}

#[test]
fn phrases_have_russian_words_only() {
    let whys = [
        Why::Told,
        Why::Heading,
        Why::Repeated,
        Why::Words,
        Why::Empty,
        Why::OneWord,
        Why::ManyWords,
        Why::Numbers,
        Why::Dates,
        Why::Texts,
        Why::Leak { open: 68, ended: 0 },
        Why::OfAnother,
        Why::OfEvents,
    ];
    let phrases = Odd::ALL.map(Inspected::Odd).into_iter();
    let phrases = phrases.chain(whys.map(Inspected::Why));
    let phrases = phrases.chain(Role::PUBLIC.map(Inspected::Role)).chain([
        Inspected::NoSystem,
        Inspected::UnknownWords,
        Inspected::NothingOdd,
        Inspected::NoEnds,
        Inspected::NoDeals,
        Inspected::NoneEnded,
        Inspected::MoreWords(3),
        Inspected::MoreMonths(21),
        Inspected::Outcome(DealOutcome::Won),
        Inspected::Known(KnownBy::Unknown),
        Inspected::Title { file: "7".to_owned(), shape: Shape::StageHistory, rows: 22 },
    ]);
    for phrase in phrases {
        let phrase = Phrase::from(phrase);
        russian_only(&text(&phrase, Language::Russian), &text(&phrase, Language::English));
    }
}

#[test]
fn refusals_have_russian_words_only() {
    let (place, column, cell) = (Place { row: 4, line: Some(5) }, "дата", "03/04/2026");
    let (column, cell) = (column.to_owned(), cell.to_owned());
    let found = vec!["номер".to_owned()];
    let bad_cell =
        |fault| ExportRefusal::BadCell { place, column: column.clone(), cell: cell.clone(), fault };
    let cells =
        [CellFault::NotADate, CellFault::NotANumber, CellFault::NotAShare, CellFault::NotATruth];
    let rows = [
        RowFault::Cells { found: 1, needed: 2 },
        RowFault::OpenQuote,
        RowFault::SwallowsRows,
        RowFault::Nul,
        RowFault::Undecodable,
    ];
    let refusals = cells.map(bad_cell).into_iter();
    let refusals = refusals.chain(rows.map(|fault| ExportRefusal::BadRow { place, fault }));
    let refusals = refusals.chain([
        ExportRefusal::IsAFolder,
        ExportRefusal::CannotReread,
        ExportRefusal::IsAnArchive,
        ExportRefusal::Empty,
        ExportRefusal::NotATable,
        ExportRefusal::CannotRead { reason: "no".to_owned() },
        ExportRefusal::BadWorkbook { reason: "no".to_owned() },
        ExportRefusal::BadLog { reason: "no".to_owned() },
        ExportRefusal::NoSuchSheet { sheet: "7".to_owned(), found: found.clone() },
        ExportRefusal::NoHeadings { found: found.clone() },
        ExportRefusal::NoColumn { role: Role::Id, column: column.clone(), found: found.clone() },
        ExportRefusal::NoRoles {
            needed: vec![vec![Role::Id], vec![Role::Stage, Role::Status]],
            found: found.clone(),
        },
        ExportRefusal::AmbiguousDates { column: column.clone(), cell: cell.clone() },
        ExportRefusal::MixedDates { column: column.clone(), day_first: place, month_first: place },
        ExportRefusal::AmbiguousNumbers { column: column.clone(), cell: cell.clone() },
        ExportRefusal::MixedNumbers { column: column.clone(), point: place, comma: place },
        ExportRefusal::NoSuchWord { word: "7".to_owned(), found: found.clone() },
        ExportRefusal::RoundedIds { rounded: 7, repeated: 5 },
        ExportRefusal::NoSuchPipeline { pipeline: "7".to_owned(), found: Vec::new() },
        ExportRefusal::NoSuchPipeline { pipeline: "7".to_owned(), found },
    ]);
    for refusal in refusals {
        let say =
            |language: Language| language.refuse(Refusal::Export { file: "7", refusal: &refusal });
        russian_only(&say(Language::Russian), &say(Language::English));
    }
}
