//! Mends of slips that are made on purpose in every shipped model.
//!
//! A certain mend gives the text back, touches nothing else, and never does harm; mending twice changes nothing.

use std::fs;
use std::path::{Path, PathBuf};

use voronka::diagnostic::{FileId, Findings, Severity};
use voronka::lint::examine;
use voronka::model::yaml::{self, Kind, Node};
use voronka::study::mend::{Mended, Origin, mend};

fn models() -> Vec<(PathBuf, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("models");
    let folders = [folder.clone(), folder.join("ru")];
    let paths = folders.iter().flat_map(|folder| fs::read_dir(folder).unwrap());
    let mut paths: Vec<PathBuf> = paths.map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| crate::models::is_model_file(path));
    paths.sort();
    paths.into_iter().map(|path| (path.clone(), fs::read_to_string(path).unwrap())).collect()
}

fn mended(path: &Path, text: &str, guesses: bool) -> Mended {
    let name = path.to_str().unwrap();
    mend(text, Origin { name, changes: &[], folder: path.parent() }, guesses)
}

/// Errors, then warnings.
fn counts(path: &Path, text: &str) -> (usize, usize) {
    let found = examine(path.to_str().unwrap(), text, &[], path.parent()).diagnostics;
    let errors = found.iter().filter(|found| found.severity() > Severity::Warning).count();
    (errors, found.len() - errors)
}

/// Where keys and values stand: start, end.
fn spots(node: &Node, keys: &mut Vec<(usize, usize)>, values: &mut Vec<(usize, usize)>) {
    let span = |place: voronka::diagnostic::Place| (place.start as usize, place.end as usize);
    match &node.kind {
        Kind::Map(entries) => {
            for entry in entries {
                keys.push(span(entry.place));
                spots(&entry.value, keys, values);
            }
        }
        Kind::List(items) => items.iter().for_each(|item| spots(item, keys, values)),
        Kind::Scalar(_) => values.push(span(node.place)),
        Kind::Null => {}
    }
}

/// A slip in a word or number: its name, and what is written instead.
type Slip = (&'static str, fn(&str) -> Option<String>);

const SLIPS: [Slip; 7] = [
    ("letters swapped", |word| {
        let mut letters: Vec<char> = word.chars().collect();
        let plain =
            letters.len() > 4 && letters.iter().all(|c| c.is_ascii_lowercase() || *c == '_');
        plain.then(|| letters.swap(2, 3))?;
        Some(letters.into_iter().collect())
    }),
    ("a letter missing", |word| {
        let plain = word.len() > 4 && word.chars().all(|c| c.is_ascii_lowercase() || c == '_');
        plain.then(|| format!("{}{}", &word[..2], &word[3..]))
    }),
    ("percent missing", |value| {
        let number = value.strip_suffix('%')?;
        (number.parse::<f64>().ok()? > 1.0).then(|| number.to_owned())
    }),
    ("percent in words", |value| Some(format!("{} процентов", value.strip_suffix('%')?))),
    ("a decimal comma", |value| {
        let number = value.trim_end_matches(|c: char| !c.is_ascii_digit());
        let plain = number.parse::<f64>().is_ok() && number.contains('.');
        plain.then(|| format!("\"{}\"", value.replacen('.', ",", 1)))
    }),
    ("days in Russian", |value| {
        let number = value.strip_suffix('d')?;
        number.parse::<f64>().ok().map(|_| format!("{number} дней"))
    }),
    ("a date from day to year", |value| {
        let parts: Vec<&str> = value.split('-').collect();
        let [year, month, day] = parts[..] else { return None };
        (year.len() == 4 && year.parse::<u16>().is_ok()).then(|| format!("{day}.{month}.{year}"))
    }),
];

#[test]
fn slips_of_shipped_models_are_mended_without_harm_and_once_for_all() {
    for (slip, write) in SLIPS {
        let (mut tried, mut back) = (0, 0);
        for (number, (path, text)) in models().into_iter().enumerate() {
            let root = yaml::parse(&text, FileId(0), &mut Findings::default()).unwrap();
            let (mut keys, mut values) = (Vec::new(), Vec::new());
            spots(&root, &mut keys, &mut values);
            let places = if slip.contains("letter") { keys } else { values };
            let slips = places
                .into_iter()
                .filter_map(|(start, end)| Some((start, end, write(text.get(start..end)?)?)));
            // A sample of them: one in fifteen, others in every model.
            for (start, end, written) in slips.skip(number % 15).step_by(15) {
                let bad = format!("{}{written}{}", &text[..start], &text[end..]);
                let before = counts(&path, &bad);
                if before.0 == 0 {
                    continue;
                }
                let found = mended(&path, &bad, false);
                let after = counts(&path, &found.text);
                assert!(after <= before, "{slip}, {}: {written}: {after:?}", path.display());
                assert_eq!(found.count > 0, found.text != bad);
                let again = mended(&path, &found.text, false);
                assert_eq!((again.count, &again.text), (0, &found.text), "{slip}: {written}");
                let quoted = format!("\"{}\"", &text[start..end]);
                let is_back = found.text == text
                    || found.text == format!("{}{quoted}{}", &text[..start], &text[end..]);
                (tried, back) = (tried + 1, back + usize::from(is_back));
            }
        }
        // Names that a model gives itself have no known spelling.
        println!("{slip}: {back} of {tried}");
        assert!(tried >= 5 && back as f64 >= 0.7 * f64::from(tried), "{slip}: {back} of {tried}");
    }
}

#[test]
fn guesses_never_do_harm_either() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bad");
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let Ok(text) = fs::read_to_string(&path) else { continue };
        if path.extension().is_none_or(|extension| extension != "yaml") {
            continue;
        }
        for guesses in [false, true] {
            let found = mended(&path, &text, guesses);
            assert!(counts(&path, &found.text) <= counts(&path, &text), "{}", path.display());
            let again = mended(&path, &found.text, guesses);
            assert_eq!(again.text, found.text, "{}", path.display());
        }
    }
}
