//! Files that cannot be read: what is refused, where, and what is said to be needed.

use super::{read_bytes, refused, sound, with};
use voronka::records::options::{DateOrder, DecimalMark, Options, Role};
use voronka::records::refusal::{CellFault, Place, Refusal, RowFault};
use voronka::records::understood::Odd;

const HEAD: &str = "id,created,closed date,stage,amount\n";

fn of(rows: &str) -> Refusal {
    refused(&format!("{HEAD}{rows}"))
}

fn skipping(rows: &str) -> voronka::records::Reading {
    let options = Options { skip_bad_rows: true, ..Options::default() };
    with(&format!("{HEAD}{rows}"), &options)
}

fn at_line(line: u64) -> Place {
    Place { row: line, line: Some(line) }
}

#[test]
fn a_decimal_comma_is_never_a_separator_of_thousands() {
    let file = |sums: [&str; 2]| {
        format!(
            "id;created;stage;amount\n1;2026-01-05;Won;{}\n2;2026-01-05;Demo;{}\n",
            sums[0], sums[1]
        )
    };
    let first = |text: &str| sound(text).deals.deals[0].amount;
    assert_eq!(first(&file(["1,5", "2"])), Some(1.5));
    assert_eq!(first(&file(["1 234,50", "2"])), Some(1234.5));
    assert_eq!(first(&file(["1.5", "2"])), Some(1.5));
    assert_eq!(first(&file(["1,234", "5,5"])), Some(1.234));
    assert_eq!(first(&file(["1.234", "5.678.900"])), Some(1234.0));
    let refusal = refused(&file(["1,234", "2,345"]));
    assert!(
        matches!(&refusal, Refusal::AmbiguousNumbers { cell, .. } if cell == "1,234"),
        "{refusal:?}"
    );
    let told = |mark| {
        let options = Options { decimal: Some(mark), ..Options::default() };
        with(&file(["1,234", "2,345"]), &options).deals.deals[0].amount
    };
    assert_eq!(told(DecimalMark::Comma), Some(1.234));
    assert_eq!(told(DecimalMark::Point), Some(1234.0));
    let refusal = refused(&file(["1,5", "2.5"]));
    let expected = (at_line(3), at_line(2));
    assert!(
        matches!(refusal, Refusal::MixedNumbers { point, comma, .. } if (point, comma) == expected)
    );
}

#[test]
fn headings_that_are_missing_double_or_foreign_are_told_with_what_is_there() {
    let refusal = refused("1,2026-01-05,Won\n2,2026-01-06,Lost\n");
    assert!(matches!(refusal, Refusal::NoHeadings { found } if found.len() == 3));
    let refusal = refused("A1,2026-01-05,Won\nA2,2026-01-06,Lost\n");
    assert!(matches!(refusal, Refusal::NoHeadings { .. }));
    assert_eq!(sound("id,created,stage,2025\n1,2026-01-05,Won,7\n").deals.deals.len(), 1);
    let refusal = refused("αα,ββ,γγ\n1,2026-01-05,Won\n");
    let Refusal::NoRoles { needed, found } = refusal else { panic!("{refusal:?}") };
    assert_eq!(needed[0], [Role::Id]);
    assert_eq!(found, ["αα", "ββ", "γγ"]);
    let map = [(Role::Id, "αα"), (Role::Created, "ββ"), (Role::Stage, "γγ")];
    let map = map.map(|(role, column)| (role, column.to_owned())).to_vec();
    let reading = with("αα,ββ,γγ\n1,2026-01-05,Won\n", &Options { map, ..Options::default() });
    assert_eq!(reading.understood.kinds.won.count, 1);
    let map = vec![(Role::Amount, "summe".to_owned())];
    let options = Options { map, ..Options::default() };
    let refusal =
        read_bytes("a.csv", b"id,created,stage\n1,2026-01-05,Won\n", &options).unwrap_err();
    assert!(matches!(refusal, Refusal::NoColumn { role: Role::Amount, .. }), "{refusal:?}");
}

#[test]
fn short_and_long_rows_are_told_by_row_and_can_be_left_out() {
    let short = "1,2026-01-05,,Won,5\n2,2026-01-05,,Won\n3,2026-01-05,,Demo,5\n";
    let fault = RowFault::Cells { found: 4, needed: 5 };
    assert_eq!(of(short), Refusal::BadRow { place: at_line(3), fault });
    let reading = skipping(short);
    assert_eq!((reading.deals.deals.len(), reading.understood.count(Odd::BadRow)), (2, 1));
    let long = "1,2026-01-05,,Won,5,6\n";
    let fault = RowFault::Cells { found: 6, needed: 5 };
    assert_eq!(of(long), Refusal::BadRow { place: at_line(2), fault });
    // Cells beyond the headings that are empty do no harm.
    assert_eq!(sound(&format!("{HEAD}1,2026-01-05,,Won,5,,\n")).deals.deals.len(), 1);
}

#[test]
fn a_line_break_in_a_cell_is_read_and_rows_behind_it_know_their_lines() {
    let rows = "1,2026-01-05,,\"Won\",5\n\"2\n3\",2026-01-05,,Demo,5\n4,soon,,Demo,5\n";
    let refusal = of(rows);
    let place = Place { row: 4, line: Some(5) };
    assert!(
        matches!(&refusal, Refusal::BadCell { place: found, fault: CellFault::NotADate, .. } if *found == place),
        "{refusal:?}"
    );
}

#[test]
fn a_quote_that_is_never_closed_is_told_with_its_row() {
    let refusal = of(
        "1,2026-01-05,,Won,5\n2,2026-01-05,,Demo,\"5\n3,2026-01-05,,Demo,5\n4,2026-01-06,,Demo,5\n",
    );
    assert_eq!(refusal, Refusal::BadRow { place: at_line(3), fault: RowFault::OpenQuote });
}

#[test]
fn a_quote_that_swallows_rows_is_told_with_its_row() {
    for between in ["", "3,2026-01-05,,Demo,5\n", "3,2026-01-05,,Demo,5\n4,2026-01-05,,Demo,5\n"] {
        let rows = format!(
            "1,2026-01-05,,Won,5\n2,2026-01-05,,\"Demo,5\n{between}8,2026-01-05,,\"Demo,5\n9,2026-01-05,,Demo,5\n"
        );
        let refusal = of(&rows);
        assert_eq!(refusal, Refusal::BadRow { place: at_line(3), fault: RowFault::SwallowsRows });
    }
    // A title of two cells above the heading is narrower than the table.
    let rows = "1,2026-01-05,,Won,5\n2,2026-01-05,,\"Demo,5\n3,2026-01-05,,Demo,5\n8,2026-01-05,,\"Demo,5\n";
    let refusal = refused(&format!("Deals of the year,2026\n{HEAD}{rows}"));
    assert_eq!(refusal, Refusal::BadRow { place: at_line(4), fault: RowFault::SwallowsRows });
    // A comment of two lines with as many commas as the table is no row.
    let comment = "1,2026-01-05,,\"Won, late, after\ntwo, or three, talks\",5\n";
    assert_eq!(sound(&format!("{HEAD}{comment}")).deals.deals.len(), 1);
}

#[test]
fn a_nul_character_is_told_with_its_row() {
    let refusal = of("1,2026-01-05,,Won,5\n2,2026-01-05,,De\0mo,5\n");
    assert_eq!(refusal, Refusal::BadRow { place: at_line(3), fault: RowFault::Nul });
}

#[test]
fn cells_that_hold_no_date_or_amount_are_told_and_can_be_left_out() {
    for (row, fault) in [
        ("1,n/a,,Won,5", CellFault::NotADate),
        ("1,#REF!,,Won,5", CellFault::NotADate),
        ("1,2026-02-30,,Won,5", CellFault::NotADate),
        ("1,2026-01-05,,Won,n/a", CellFault::NotANumber),
        ("1,2026-01-05,,Won,#REF!", CellFault::NotANumber),
    ] {
        let refusal = of(&format!("{row}\n2,2026-01-05,,Demo,5\n"));
        assert!(
            matches!(&refusal, Refusal::BadCell { place, fault: found, .. } if *place == at_line(2) && *found == fault),
            "{row}: {refusal:?}"
        );
        let reading = skipping(&format!("{row}\n2,2026-01-05,,Demo,5\n"));
        assert_eq!(
            (reading.deals.deals.len(), reading.understood.count(Odd::BadRow)),
            (1, 1),
            "{row}"
        );
    }
    let chance = "id,created,stage,probability\n1,2026-01-05,Won,n/a\n";
    assert!(matches!(refused(chance), Refusal::BadCell { fault: CellFault::NotAShare, .. }));
    // An empty cell is unknown, not wrong.
    assert_eq!(sound(&format!("{HEAD}1,2026-01-05,,Won,\n")).deals.deals[0].amount, None);
}

#[test]
fn dates_in_both_orders_are_asked_about() {
    let file =
        |dates: [&str; 2]| format!("id,created,stage\n1,{},Won\n2,{},Demo\n", dates[0], dates[1]);
    let refusal = refused(&file(["03/04/2026", "05/06/2026"]));
    assert!(
        matches!(&refusal, Refusal::AmbiguousDates { column, cell } if column == "created" && cell == "03/04/2026")
    );
    let day = |text: &str, dates| {
        let options = Options { dates, ..Options::default() };
        with(text, &options).deals.deals[0].created
    };
    let text = file(["03/04/2026", "05/06/2026"]);
    assert_eq!(day(&text, Some(DateOrder::Dmy)), super::at("2026-04-03"));
    assert_eq!(day(&text, Some(DateOrder::Mdy)), super::at("2026-03-04"));
    // One date above twelve tells the order of its column.
    assert_eq!(day(&file(["03/04/2026", "25/06/2026"]), None), super::at("2026-04-03"));
    assert_eq!(day(&file(["03/04/2026", "06/25/2026"]), None), super::at("2026-03-04"));
    let refusal = refused(&file(["25/06/2026", "06/25/2026"]));
    assert!(
        matches!(refusal, Refusal::MixedDates { day_first, month_first, .. } if (day_first, month_first) == (at_line(2), at_line(3)))
    );
    // Day and month are the same number.
    assert_eq!(day(&file(["04/04/2026", "05/05/2026"]), None), super::at("2026-04-04"));
}

#[test]
fn none_one_and_only_open_rows_have_clear_answers() {
    assert_eq!(refused(""), Refusal::Empty);
    let none = sound(HEAD).understood;
    assert_eq!((none.rows, none.is_useful()), (0, false));
    let one = sound(&format!("{HEAD}1,2026-01-05,,Demo,5\n")).understood;
    assert_eq!((one.rows, one.count(Odd::AllOpen), one.is_useful()), (1, 1, false));
}

#[test]
fn what_is_no_table_is_refused() {
    let of = |name: &str, bytes: &[u8]| read_bytes(name, bytes, &Options::default()).unwrap_err();
    assert_eq!(of("a.pdf", b"%PDF-1.7 ..."), Refusal::NotATable);
    assert_eq!(of("a.csv", &[0; 100]), Refusal::NotATable);
    assert_eq!(of("a.xml", b"<?xml version=\"1.0\"?><books/>"), Refusal::NotATable);
    assert!(matches!(of("a.xlsx", b"PK\x03\x04 broken"), Refusal::BadWorkbook { .. }));
    let missing = std::path::Path::new("/no/such/file.csv");
    let refusal = voronka::records::read(missing, &Options::default()).unwrap_err();
    assert!(matches!(refusal, Refusal::CannotRead { .. }));
    let folder = voronka::records::read(std::path::Path::new("/"), &Options::default());
    assert_eq!(folder.unwrap_err(), Refusal::IsAFolder);
}

#[test]
fn a_pipeline_that_the_file_lacks_is_told_with_those_that_it_has() {
    let text = b"id,created,stage,pipeline\n1,2026-01-05,Won,Sales\n";
    let options = Options { pipeline: Some("Salse".to_owned()), ..Options::default() };
    let refusal = read_bytes("a.csv", text, &options).unwrap_err();
    let expected =
        Refusal::NoSuchPipeline { pipeline: "Salse".to_owned(), found: super::words(&["Sales"]) };
    assert_eq!(refusal, expected);
}

#[test]
fn a_pipeline_is_found_in_any_spelling() {
    let text = b"id,created,stage,pipeline\n1,2026-01-05,Won,Sales\n2,2026-01-05,Won,sales \n";
    let options = Options { pipeline: Some("SALES".to_owned()), ..Options::default() };
    assert_eq!(read_bytes("a.csv", text, &options).unwrap().deals.deals.len(), 2);
}

#[test]
fn a_word_of_the_user_that_no_row_has_is_told() {
    let text = b"id,created,stage\n1,2026-01-05,Signed\n2,2026-01-05,Demo\n";
    let options = Options { won: super::words(&["Singed"]), ..Options::default() };
    let found = super::words(&["Signed", "Demo"]);
    let refusal = read_bytes("a.csv", text, &options).unwrap_err();
    assert_eq!(refusal, Refusal::NoSuchWord { word: "Singed".to_owned(), found });
    let options = Options { won: super::words(&["SIGNED"]), ..Options::default() };
    assert!(read_bytes("a.csv", text, &options).is_ok());
}

/// The cell stands on line 5: cells and empty lines before it have line ends too.
#[test]
fn lines_are_counted_whatever_ends_them() {
    for end in ["\n", "\r\n"] {
        let rows = [
            "id,created,stage",
            "1,2026-01-05,\"De",
            "mo\"",
            "",
            "2,soon,Demo",
            "3,2026-01-05,Demo",
        ];
        let text = rows.join(end) + end;
        let refusal = read_bytes("a.csv", text.as_bytes(), &Options::default()).unwrap_err();
        let Refusal::BadCell { place, .. } = refusal else { panic!("{refusal:?}") };
        assert_eq!((place.row, place.line), (3, Some(5)), "{end:?}");
    }
}

#[test]
fn an_archive_is_no_workbook_and_a_device_is_not_read_twice() {
    // An archive with the empty file `a`: its local heading, its entry in the list, the end of the list.
    let mut local = b"PK\x03\x04\x14".to_vec();
    local.resize(26, 0);
    local.extend([1, 0, 0, 0, b'a']);
    let mut list = b"PK\x01\x02\x14\x00\x14".to_vec();
    list.resize(28, 0);
    list.extend([1, 0]);
    list.resize(46, 0);
    list.push(b'a');
    let mut end = b"PK\x05\x06\x00\x00\x00\x00\x01\x00\x01\x00".to_vec();
    end.extend([list.len() as u8, 0, 0, 0, local.len() as u8, 0, 0, 0, 0, 0]);
    let archive = [local, list, end].concat();
    let refusal = read_bytes("deals.zip", &archive, &Options::default()).err();
    assert_eq!(refusal, Some(Refusal::IsAnArchive));
    let device = voronka::records::read(std::path::Path::new("/dev/null"), &Options::default());
    assert_eq!(device.err(), Some(Refusal::CannotReread));
}
