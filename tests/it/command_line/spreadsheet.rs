//! CSV for spreadsheets, opened with LibreOffice in Russian, German and English.
//!
//! LibreOffice is not part of the build: without `soffice` the test reports that it was skipped.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::Command;

use quick_xml::Reader;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesStart, Event};
use tempfile::TempDir;

use super::{csv_rows, text};

/// Names with characters that could end a cell, letters beyond ASCII, and figures of every kind.
const MODEL: &str = r#"
name: Spreadsheet
currency: EUR
horizon: 3 months
value: {lognormal: {mean: 90000, sd: 50000}}
attributes: {segment: {"малый; \"ООО\"": 70%, "=cmd()": rest}}
sources: {site: {rate: 20/week, cost: 4.5}}
roles: {seller: {people: 2, cost: 4500/month}}
stages:
  lead: {work: {role: seller, time: 45 min}, next: {"показ, \"Б\"; в": 40%, lost: {"цена; срок": rest}}}
  "показ, \"Б\"; в": {wait: {gamma: {mean: 5d, sd: 3d}}, next: 50%}
"#;

/// A cell as LibreOffice reads it: its type, and its value or text.
#[derive(Debug, Clone, PartialEq, Default)]
struct Taken {
    kind: String,
    value: String,
}

impl Taken {
    /// Whether it equals the cell of a plain file: numbers by value, texts exactly.
    fn is(&self, plain: &str) -> bool {
        let number = |text: &str| text.parse::<f64>().ok().filter(|number| number.is_finite());
        match self.kind.as_str() {
            "float" => number(plain).is_some_and(|plain| {
                let found = number(&self.value).unwrap();
                (found - plain).abs() <= 1e-12 * plain.abs()
            }),
            "date" => plain.starts_with(&self.value),
            "string" => plain == self.value && number(plain).is_none(),
            _ => plain.is_empty(),
        }
    }
}

/// A cell, and how often it is repeated.
fn opened(start: &BytesStart) -> (Taken, usize) {
    let attribute =
        |name: &str| start.try_get_attribute(name).unwrap().map(|found| found.value.into_owned());
    let value = attribute("office:value").or(attribute("office:date-value"));
    let kind = attribute("office:value-type").unwrap_or_default();
    let times = attribute("table:number-columns-repeated");
    let cell = Taken { kind, value: value.unwrap_or_default() };
    (cell, times.map_or(1, |times| times.parse().unwrap()))
}

/// The cells of a sheet in a flat OpenDocument file.
fn taken(document: &str) -> Vec<Vec<Taken>> {
    let mut reader = Reader::from_str(document);
    let mut rows: Vec<Vec<Taken>> = Vec::new();
    let (mut cell, mut times) = (Taken::default(), 0);
    let mut in_text = false;
    loop {
        let event = reader.read_event().unwrap();
        let name = match &event {
            Event::Start(start) | Event::Empty(start) => start.name().as_ref().to_owned(),
            Event::End(end) => end.name().as_ref().to_owned(),
            _ => String::new(),
        };
        match (&event, name.as_str()) {
            (Event::Eof, _) => return rows,
            (Event::Start(_), "table:table-row") => rows.push(Vec::new()),
            (Event::Start(start), "table:table-cell") => (cell, times) = opened(start),
            (Event::Empty(start), "table:table-cell") => {
                let (cell, times) = opened(start);
                rows.last_mut().unwrap().extend(vec![cell; times]);
            }
            (Event::End(_), "table:table-cell") => {
                rows.last_mut().unwrap().extend(vec![cell.clone(); times]);
            }
            // The text of a number is its display form.
            (Event::Start(_), "text:p") => in_text = cell.kind == "string",
            (Event::End(_), "text:p") => in_text = false,
            (Event::Text(part), _) if in_text => cell.value += part,
            (Event::GeneralRef(entity), _) if in_text => {
                cell.value += resolve_xml_entity(entity).unwrap();
            }
            _ => {}
        }
    }
}

/// Opens CSV files and saves them as flat OpenDocument files, with this locale.
fn convert(locale: &str, delimiter: u8, files: &[String], folder: &Path) {
    let profile = folder.join("profile");
    fs::create_dir_all(profile.join("user")).unwrap();
    let settings = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"><item oor:path="/org.openoffice.Setup/L10N"
><prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>{locale}</value></prop></item></oor:items>"#
    );
    fs::write(profile.join("user/registrymodifications.xcu"), settings).unwrap();
    // Delimiter, quote, UTF-8, first line, no column formats, the language of the profile.
    let output = Command::new("soffice")
        .arg(format!("-env:UserInstallation=file://{}", profile.display()))
        .args(["--headless", &format!("--infilter=CSV:{delimiter},34,76,1,,0")])
        .args(["--convert-to", "fods", "--outdir", folder.to_str().unwrap()])
        .args(files)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", text(&output.stderr));
}

fn run(model: &Path, out: &Path, locale: &str, more: &[&str]) {
    let log = out.join("events.csv");
    let output = Command::new(env!("CARGO_BIN_EXE_voronka"))
        .env("LC_ALL", locale)
        .args(["run", model.to_str().unwrap(), "-n", "2", "--by", "segment", "--charts", "none"])
        .args(["-o", out.to_str().unwrap(), "--events", log.to_str().unwrap()])
        .args(more)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", text(&output.stderr));
}

#[test]
fn a_spreadsheet_of_any_language_finds_numbers_dates_and_names() {
    if Command::new("soffice").arg("--version").output().is_err() {
        // Not with a macro, because the test harness captures its output.
        let skipped = "skipped: LibreOffice (soffice) is not installed, no CSV is opened by it\n";
        std::io::stderr().write_all(skipped.as_bytes()).unwrap();
        return;
    }
    let folder = TempDir::new().unwrap();
    let model = folder.path().join("model.yaml");
    fs::write(&model, MODEL).unwrap();
    let plain = folder.path().join("plain");
    run(&model, &plain, "C", &[]);
    let names = ["kpis", "replications", "stages", "losses", "roles", "timeline", "events"];
    let comma = ["--csv", "excel", "--csv-delimiter", "comma"];
    for (language, delimiter, more) in [
        ("ru-RU", b';', &comma[..2]),
        ("de-DE", b';', &comma[..2]),
        ("en-US", b';', &comma[..2]),
        ("de-DE", b',', &comma),
        ("ru-RU", b'\t', &["--csv-delimiter", "tab", "--csv-decimal", "comma"]),
    ] {
        let out = folder.path().join(format!("{language}-{delimiter}"));
        run(&model, &out, &format!("{}.UTF-8", language.replace('-', "_")), more);
        let path = |name: &&str| out.join(format!("{name}.csv")).display().to_string();
        convert(language, delimiter, &names.iter().map(path).collect::<Vec<_>>(), &out);
        for name in names {
            let expected =
                csv_rows(&fs::read_to_string(plain.join(format!("{name}.csv"))).unwrap());
            let found = taken(&fs::read_to_string(out.join(format!("{name}.fods"))).unwrap());
            assert_eq!(found.len(), expected.len(), "{language} {name}");
            let nothing = Taken::default();
            for (found, expected) in found.iter().zip(&expected) {
                for at in 0..found.len().max(expected.len()) {
                    let cell = found.get(at).unwrap_or(&nothing);
                    let expected = expected.get(at).map_or("", String::as_str);
                    assert!(cell.is(expected), "{language} {name}: {expected} is {cell:?}");
                }
            }
        }
    }
}
