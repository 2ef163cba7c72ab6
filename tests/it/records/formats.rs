//! The same table in every format and encoding is understood alike.

use std::io::Write;

use encoding_rs::{Encoding, UTF_16LE, WINDOWS_1251, WINDOWS_1252};
use flate2::{Compression, Crc, write::GzEncoder};

use super::{at, deal, read_bytes, sound, with};
use voronka::records::Reading;
use voronka::records::deals::Outcome;
use voronka::records::options::Options;
use voronka::records::refusal::Refusal;
use voronka::records::understood::{Format, Odd, Shape};

const TEXT: &str = "ID;Стадия сделки;Дата создания;Сумма\n1;Сделка успешна;05.01.2026 10:00:00;1500,50\n2;Новая;06.01.2026 11:00:00;\n";

fn read(name: &str, bytes: &[u8]) -> Reading {
    read_bytes(name, bytes, &Options::default()).unwrap()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn encoded(text: &str, encoding: &'static Encoding) -> Vec<u8> {
    if encoding == UTF_16LE {
        return text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    }
    let (bytes, _, has_lost) = encoding.encode(text);
    assert!(!has_lost);
    bytes.into_owned()
}

#[test]
fn encodings_and_gzip_change_nothing() {
    let expected = sound(TEXT).deals;
    assert_eq!(expected.deals[0].outcome, Outcome::Won);
    let with_mark = format!("\u{feff}{TEXT}");
    for (name, bytes, encoding) in [
        ("a mark", with_mark.clone().into_bytes(), "UTF-8"),
        ("windows-1251", encoded(TEXT, WINDOWS_1251), "windows-1251"),
        ("UTF-16 with a mark", encoded(&with_mark, UTF_16LE), "UTF-16LE"),
        ("UTF-16", encoded(TEXT, UTF_16LE), "UTF-16LE"),
    ] {
        let reading = read("a.csv", &bytes);
        assert_eq!(reading.deals, expected, "{name}");
        assert_eq!(reading.understood.encoding, Some(encoding), "{name}");
        let packed = read("a.csv.gz", &gzip(&bytes));
        assert_eq!(packed.deals, expected, "{name}");
        assert!(packed.understood.packed);
    }
}

#[test]
fn an_encoding_can_be_given() {
    let text = "id,created,stage,owner\n1,2026-01-05,Won,Jos\u{e9}\n";
    let bytes = encoded(text, WINDOWS_1252);
    let options = Options { encoding: Some(WINDOWS_1252), ..Options::default() };
    let reading = read_bytes("a.csv", &bytes, &options).unwrap();
    assert_eq!(reading.deals.owners.words(), ["Jos\u{e9}"]);
    let wrong = Options { encoding: Some(WINDOWS_1251), ..Options::default() };
    let reading = read_bytes("a.csv", &bytes, &wrong).unwrap();
    assert_ne!(reading.deals.owners.words(), ["Jos\u{e9}"]);
    let impossible = Options { encoding: Some(encoding_rs::UTF_8), ..Options::default() };
    let refusal = read_bytes("a.csv", &bytes, &impossible).unwrap_err();
    assert!(matches!(refusal, Refusal::BadRow { place, .. } if place.row == 2), "{refusal:?}");
}

#[test]
fn separators_are_found_or_given() {
    let expected = sound("id,created,stage\n1,2026-01-05,Won\n2,2026-01-06,Demo\n").deals;
    for sign in [';', '\t', '|'] {
        let text = format!(
            "id{sign}created{sign}stage\n1{sign}2026-01-05{sign}Won\n2{sign}2026-01-06{sign}Demo\n"
        );
        assert_eq!(sound(&text).deals, expected, "{sign:?}");
    }
    let with_note = "sep=;\nid;created;stage\n1;2026-01-05;Won\n2;2026-01-06;Demo\n";
    assert_eq!(sound(with_note).deals, expected);
    let tilde = "id~created~stage\n1~2026-01-05~Won\n2~2026-01-06~Demo\n";
    let options = Options { delimiter: Some(b'~'), ..Options::default() };
    assert_eq!(with(tilde, &options).deals, expected);
    for ends in ["\r\n", "\r"] {
        let text = "id,created,stage\n1,2026-01-05,Won\n2,2026-01-06,Demo\n".replace('\n', ends);
        assert_eq!(sound(&text).deals, expected, "{ends:?}");
    }
}

#[test]
fn headings_that_are_repeated_below_and_titles_above_are_passed_over() {
    let text = "Report of deals\n\nid,created,stage\n1,2026-01-05,Won\nid,created,stage\n2,2026-01-06,Demo\nTotal,,\n";
    let reading = sound(text);
    assert_eq!(reading.deals.deals.len(), 2);
    assert_eq!(reading.understood.count(Odd::RepeatedHeadings), 1);
    assert_eq!(reading.understood.count(Odd::Total), 1);
}

/// What Bitrix24 and Salesforce name `.xls`.
#[test]
fn a_web_page_with_a_table_is_read() {
    let page = "<html><head><meta charset=\"utf-8\"></head><body><table border=\"1\">\
                <tr><td>ID</td><td>Стадия сделки</td><td>Дата создания</td><td>Сумма</td></tr>\
                <tr><td>1</td><td>Сделка успешна</td><td>05.01.2026 10:00:00</td><td>1500.50</td></tr>\
                <tr><td>2</td><td>Новая</td><td>06.01.2026 11:00:00</td><td></td></tr></table></body></html>";
    let reading = read("deals.xls", page.as_bytes());
    assert_eq!(reading.understood.format, Format::Html);
    assert_eq!(
        (deal(&reading, "1").outcome, deal(&reading, "1").amount),
        (Outcome::Won, Some(1500.5))
    );
}

/// A ZIP archive whose files are not packed.
fn archive(files: &[(&str, &str)]) -> Vec<u8> {
    let (mut bytes, mut list) = (Vec::new(), Vec::new());
    for (name, text) in files {
        let mut crc = Crc::new();
        crc.update(text.as_bytes());
        let (size, begin) = (text.len() as u32, bytes.len() as u32);
        let mut about = vec![20, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        about.extend(crc.sum().to_le_bytes());
        about.extend(size.to_le_bytes());
        about.extend(size.to_le_bytes());
        about.extend((name.len() as u16).to_le_bytes());
        about.extend([0, 0]);
        bytes.extend(b"PK\x03\x04");
        bytes.extend(&about);
        bytes.extend(name.as_bytes());
        bytes.extend(text.as_bytes());
        list.extend(b"PK\x01\x02\x14\x00");
        list.extend(&about);
        list.extend([0; 10]);
        list.extend(begin.to_le_bytes());
        list.extend(name.as_bytes());
    }
    let (begin, count) = (bytes.len() as u32, files.len() as u16);
    bytes.extend(&list);
    bytes.extend(b"PK\x05\x06\0\0\0\0");
    bytes.extend(count.to_le_bytes());
    bytes.extend(count.to_le_bytes());
    bytes.extend((list.len() as u32).to_le_bytes());
    bytes.extend(begin.to_le_bytes());
    bytes.extend([0, 0]);
    bytes
}

/// A workbook with a sheet of notes and a sheet of deals; style 1 is a date.
fn workbook() -> Vec<u8> {
    let main = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
    let relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"";
    let text = |cell: &str, text: &str| {
        format!("<c r=\"{cell}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
    };
    let number = |cell: &str, number: &str| format!("<c r=\"{cell}\"><v>{number}</v></c>");
    let date = |cell: &str, number: &str| format!("<c r=\"{cell}\" s=\"1\"><v>{number}</v></c>");
    let rows = [
        [
            text("A1", "Record Id"),
            text("B1", "Stage"),
            text("C1", "Created Time"),
            text("D1", "Amount"),
        ],
        [
            number("A2", "4876876000000333001"),
            text("B2", "Closed Won"),
            date("C2", "46027.5"),
            number("D2", "1500.5"),
        ],
        [number("A3", "17"), text("B3", "Demo"), date("C3", "46028"), text("D3", "€ 3.500,00")],
    ];
    let rows: String = rows
        .iter()
        .enumerate()
        .map(|(at, cells)| format!("<row r=\"{}\">{}</row>", at + 1, cells.concat()))
        .collect::<Vec<_>>()
        .concat();
    let sheet = |rows: &str| format!("<worksheet {main}><sheetData>{rows}</sheetData></worksheet>");
    let notes = sheet(&format!("<row r=\"1\">{}</row>", text("A1", "Notes")));
    archive(&[
        (
            "[Content_Types].xml",
            "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>",
        ),
        (
            "_rels/.rels",
            &format!(
                "<Relationships {package}><Relationship Id=\"r0\" Type=\"{relations}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml",
            &format!(
                "<workbook {main} xmlns:r=\"{relations}\"><sheets><sheet name=\"Notes\" sheetId=\"1\" r:id=\"r1\"/><sheet name=\"Deals\" sheetId=\"2\" r:id=\"r2\"/></sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            &format!(
                "<Relationships {package}><Relationship Id=\"r1\" Type=\"{relations}/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"r2\" Type=\"{relations}/worksheet\" Target=\"worksheets/sheet2.xml\"/><Relationship Id=\"r3\" Type=\"{relations}/styles\" Target=\"styles.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/styles.xml",
            &format!(
                "<styleSheet {main}><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"22\"/></cellXfs></styleSheet>"
            ),
        ),
        ("xl/worksheets/sheet1.xml", &notes),
        ("xl/worksheets/sheet2.xml", &sheet(&rows)),
    ])
}

/// Serial numbers are dates by their style, 46027 is 2026-01-05; an id of 19 digits has lost some; numbers have a
/// decimal point, and texts a comma.
#[test]
fn a_sheet_of_a_workbook_is_read() {
    let reading = read("deals.xlsx", &workbook());
    let understood = &reading.understood;
    assert_eq!((understood.format, understood.sheet.as_deref()), (Format::Workbook, Some("Deals")));
    let [won, open] = &reading.deals.deals[..] else { panic!("{reading:?}") };
    assert_eq!((won.outcome, won.created), (Outcome::Won, at("2026-01-05T12:00")));
    assert_eq!((won.amount, open.amount), (Some(1500.5), Some(3500.0)));
    assert_eq!((open.id.as_str(), understood.count(Odd::RoundedId)), ("17", 1));
    let missing = Options { sheet: Some("Sales".to_owned()), ..Options::default() };
    let refusal = read_bytes("deals.xlsx", &workbook(), &missing).unwrap_err();
    assert!(matches!(refusal, Refusal::NoSuchSheet { found, .. } if found == ["Notes", "Deals"]));
}

/// A log of one deal with begins and ends, in a zone of its own.
#[test]
fn a_log_in_xes_is_read() {
    let event = |name: &str, phase: &str, time: &str| {
        format!(
            "<event><string key=\"concept:name\" value=\"{name}\"/><string key=\"org:resource\" value=\"Ann &amp; Bob\"/>\
             <date key=\"time:timestamp\" value=\"{time}\"/><string key=\"lifecycle:transition\" value=\"{phase}\"/></event>"
        )
    };
    let log = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><log xes.version=\"1.0\" xmlns=\"http://www.xes-standard.org/\">\
         <string key=\"concept:name\" value=\"the log\"/><global scope=\"event\"><string key=\"concept:name\" value=\"?\"/></global>\
         <trace><string key=\"concept:name\" value=\"case 1\"/><string key=\"region\" value=\"North\"/>{}{}{}{}</trace>\
         <trace><string key=\"concept:name\" value=\"case 2\"/>{}</trace></log>",
        event("call", "START", "2026-01-05T10:00:00.000+03:00"),
        event("call", "COMPLETE", "2026-01-05T10:30:00.000+03:00"),
        event("offer", "SCHEDULE", "2026-01-05T11:00:00.000+03:00"),
        event("won", "COMPLETE", "2026-01-06T11:00:00.000+04:00"),
        event("call", "START", "2026-01-07T10:00:00.000+03:00"),
    );
    for bytes in [log.clone().into_bytes(), gzip(log.as_bytes())] {
        let reading = read("log.xes", &bytes);
        let understood = &reading.understood;
        assert_eq!((understood.format, understood.shape), (Format::Xes, Shape::EventLog));
        assert_eq!(reading.deals.owners.words(), ["Ann & Bob"]);
        // The offer waits from its schedule on, but the deal has ended.
        let [call, won, open] = &reading.deals.visits[..] else {
            panic!("{:?}", reading.deals.visits)
        };
        // The clock is that of the first event.
        assert_eq!((call.started, call.left), (at("2026-01-05T10:00"), at("2026-01-05T10:30")));
        assert_eq!(
            (won.entered, won.left),
            (at("2026-01-05T10:30").unwrap(), at("2026-01-06T10:00"))
        );
        assert_eq!((open.started, open.left), (at("2026-01-07T10:00"), None));
        assert_eq!(deal(&reading, "case 1").outcome, Outcome::Won);
        assert_eq!(deal(&reading, "case 1").closed, at("2026-01-06T10:00"));
        assert_eq!(understood.count(Odd::OtherEvent), 0);
        assert_eq!(understood.count(Odd::Unpaired), 1);
    }
}

#[test]
fn what_is_scheduled_waits_until_it_is_begun() {
    let event = |name: &str, phase: &str, hour: u32| {
        format!(
            "<event><string key=\"concept:name\" value=\"{name}\"/><date key=\"time:timestamp\" \
             value=\"2026-01-05T{hour}:00:00Z\"/><string key=\"lifecycle:transition\" value=\"{phase}\"/></event>"
        )
    };
    let events = [("call", "schedule", 10), ("call", "start", 12), ("call", "complete", 13)];
    let mut events: String = events.map(|(name, phase, hour)| event(name, phase, hour)).concat();
    events.push_str(&event("offer", "schedule", 14));
    let log =
        format!("<log><trace><string key=\"concept:name\" value=\"1\"/>{events}</trace></log>");
    let reading = read("log.xes", log.as_bytes());
    let [call, offer] = &reading.deals.visits[..] else { panic!("{:?}", reading.deals.visits) };
    assert_eq!(Some(call.entered), at("2026-01-05T10:00"));
    assert_eq!((call.started, call.left), (at("2026-01-05T12:00"), at("2026-01-05T13:00")));
    assert_eq!(Some(offer.entered), at("2026-01-05T14:00"));
    assert_eq!((offer.started, offer.left), (None, None));
}

#[test]
fn traces_of_one_name_are_different_cases() {
    let event = "<event><string key=\"concept:name\" value=\"call\"/><date key=\"time:timestamp\" \
                 value=\"2026-01-05T10:00:00Z\"/></event>";
    let trace = format!("<trace><string key=\"concept:name\" value=\"deal\"/>{event}</trace>");
    let reading = read("log.xes", format!("<log>{trace}{trace}{trace}</log>").as_bytes());
    let ids: Vec<&str> = reading.deals.deals.iter().map(|deal| deal.id.as_str()).collect();
    assert_eq!(ids, ["deal", "deal (2)", "deal (3)"]);
}

#[test]
fn a_log_that_is_damaged_is_refused() {
    let log = "<?xml version=\"1.0\"?><log><trace><event><string key=\"concept:name\" value=\"a\"</event></trace></log>";
    let refusal = read_bytes("log.xes", log.as_bytes(), &Options::default()).unwrap_err();
    assert!(matches!(refusal, Refusal::BadLog { .. }), "{refusal:?}");
}
