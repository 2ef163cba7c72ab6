//! Russian messages are completely in Russian, and templates differ only in words.
//!
//! `tests/bad/messages.ru.txt` holds all messages of the bad models and of the reference of codes.
//! `UPDATE_GOLDEN=1` accepts new texts; read the difference.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use voronka::diagnostic::{
    Bounds, ColumnFault, Encoding, ExpectationFault, FigureFault, FileFault, IgnoreFault, Measure,
    Measured, PatternFault, Problem, SettingKind, SettingsFault, SyntaxFault, ValueFault, Warning,
    codes,
};
use voronka::lint::lint;
use voronka::model::{Loaded, TEMPLATES, load, opening_sentence};
use voronka::quantity::NumberFault;
use voronka::render::findings::{Checked, Style, draw, json, line};
use voronka::render::words::{Kept, Language, Message, Summary, Told, message};

/// Words that are the same in Russian.
const INTERNATIONAL: [&str; 8] = ["CRM", "CSV", "IANA", "KPI", "TOML", "UTF", "Windows", "YAML"];

fn checked(name: &str, text: &str) -> Loaded {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bad");
    let mut loaded = load(name, text, &[], Some(&folder));
    let found: Vec<_> = loaded.model.iter().flat_map(lint).collect();
    loaded.diagnostics.extend(found);
    loaded
}

/// The bad models and the examples of the reference of codes, by name.
fn bad_models() -> BTreeMap<String, Loaded> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bad");
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let models = paths.filter(|path| path.extension().is_some_and(|word| word == "yaml"));
    let models = models.map(|path: PathBuf| {
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let loaded = checked(&name, &fs::read_to_string(path).unwrap());
        (name, loaded)
    });
    let examples = codes::CODES.iter().filter(|entry| !entry.example.is_empty());
    let examples =
        examples.map(|entry| (entry.code.to_owned(), checked(entry.code, entry.example)));
    models.chain(examples).collect()
}

/// Problems that a model alone does not give: files, judged expectations, rare faults of numbers.
fn other_problems() -> Vec<Problem> {
    let least = |least: f64, measure| Bounds { at_least: Some(least), at_most: None, measure };
    let measured = |chance_of| Measured {
        subject: "win_rate, stage demo".to_owned(),
        value: Some(0.4234),
        half_width: Some(0.021),
        bounds: least(0.5, Measure::Share),
        chance_of,
    };
    let lost = measured(None);
    let chance = measured(Some(least(1.2e6, Measure::Money("₽".to_owned()))));
    let alone = Measured { half_width: None, ..lost.clone() };
    let undecided = |measured: &Measured, needed| ExpectationFault::Undecided {
        measured: Box::new(measured.clone()),
        needed,
        allowed: false,
    };
    let known = || vec!["win_rate".to_owned(), "bookings".to_owned()];
    let (month, stage) = (|| "month".to_owned(), || "stage".to_owned());
    let figures = [
        FigureFault::NoStatistic,
        FigureFault::Scope { statistic: "mean".to_owned(), scope: None, known: known() },
        FigureFault::Scope { statistic: "mean".to_owned(), scope: Some(stage()), known: known() },
        FigureFault::Scope { statistic: "mean".to_owned(), scope: Some(stage()), known: vec![] },
        FigureFault::SeveralScopes,
        FigureFault::NotDivided { scope: "source".to_owned() },
        FigureFault::NoChance { statistic: "mean".to_owned(), known: known() },
        FigureFault::ChanceOfPeriod { per: month(), known: known() },
        FigureFault::ChanceOfQuantile,
        FigureFault::NotATotal { statistic: "mean".to_owned(), per: month() },
        FigureFault::NotATime { known: known() },
        FigureFault::WorkingTime { known: known() },
        FigureFault::TooManyTimes { most: 16 },
        FigureFault::NoFullPeriod { per: month() },
    ];
    let figures = figures.map(|fault| {
        Problem::from(ExpectationFault::NoSuchFigure { kpi: "win_rate".to_owned(), fault })
    });
    let columns = [
        ColumnFault::Outside,
        ColumnFault::NotAFile { most_mib: 16 },
        ColumnFault::Unreadable { reason: "No such file".to_owned() },
        ColumnFault::NoColumn { column: "a".to_owned(), found: known() },
        ColumnFault::BadRow { row: 2, reason: "unequal lengths".to_owned() },
        ColumnFault::NegativeTime { row: 3 },
        ColumnFault::BadCell { row: 4, cell: "x".to_owned(), fault: NumberFault::NotANumber },
    ];
    let columns = columns.map(|fault| Problem::from(ValueFault::DataFile { fault }));
    let file = "deals 2.yaml".to_owned();
    let files = [
        FileFault::NoSuchFile { nearest: vec![] },
        FileFault::NoSuchFile { nearest: known() },
        FileFault::NotAFile,
        FileFault::CannotRead { reason: "Permission denied".to_owned() },
        FileFault::TooLarge { limit_mib: 16 },
        FileFault::EmptyModel,
        FileFault::NotText,
        FileFault::NotUtf8 { likely: Encoding::Utf16, file: file.clone() },
        FileFault::NotUtf8 { likely: Encoding::Windows1251, file: file.clone() },
        FileFault::NotUtf8 { likely: Encoding::Unknown, file },
        FileFault::Syntax { fault: SyntaxFault::Tab },
        FileFault::Syntax { fault: SyntaxFault::TooComplex },
    ];
    let expectations = [
        ExpectationFault::Fails(Box::new(lost.clone())),
        ExpectationFault::Fails(Box::new(chance)),
        ExpectationFault::NothingObserved { subject: "win_rate".to_owned(), fewest: None },
        ExpectationFault::NothingObserved {
            subject: "lead_to_win within 90d".to_owned(),
            fewest: Some(30),
        },
        ExpectationFault::NoFigure { subject: "win_rate".to_owned() },
        undecided(&lost, Some(6_400)),
        undecided(&lost, None),
        undecided(&alone, None),
    ];
    let stages = ["a", "b", "c", "d", "e"].map(str::to_owned).to_vec();
    let warnings = [
        Warning::NothingPromised,
        Warning::NoLossBranch { stages: stages[..3].to_vec() },
        Warning::NoLossBranch { stages: stages.clone() },
        Warning::NoLossBranch { stages: stages[..2].to_vec() },
        Warning::NoLossBranch { stages: vec![] },
        Warning::ManyVisits { stage: "a".to_owned(), visits: 21.0 },
    ];
    let all = files.map(Problem::from).into_iter().chain(columns).chain(figures);
    all.chain(expectations.map(Problem::from))
        .chain(warnings.map(Problem::from))
        .chain(of_the_checker())
        .collect()
}

/// What is wrong with ignores and settings.
fn of_the_checker() -> Vec<Problem> {
    let (code, near) = (|| "V999".to_owned(), || Some("V691".to_owned()));
    let ignores = [
        IgnoreFault::HidesNothing { code: code() },
        IgnoreFault::OfError { code: code() },
        IgnoreFault::UnknownCode { code: code(), nearest: near() },
        IgnoreFault::UnknownCode { code: code(), nearest: None },
        IgnoreFault::NotUnderstood,
    ];
    let unknown = |nearest| SettingsFault::BadCode {
        code: "V999".to_owned(),
        fault: PatternFault::Unknown { nearest },
    };
    let key = || "strickt".to_owned();
    let settings = [
        SettingsFault::NotToml { message: "invalid string".to_owned() },
        SettingsFault::UnknownKey {
            key: key(),
            nearest: Some("strict".to_owned()),
            known: vec!["strict".to_owned()],
        },
        SettingsFault::UnknownKey { key: key(), nearest: None, known: vec!["strict".to_owned()] },
        SettingsFault::WrongKind { wanted: SettingKind::Truth },
        SettingsFault::WrongKind { wanted: SettingKind::Paths },
        SettingsFault::WrongKind { wanted: SettingKind::Codes },
        SettingsFault::WrongKind { wanted: SettingKind::PerPath },
        SettingsFault::BadPath { reason: "unclosed class".to_owned() },
        unknown(near()),
        unknown(None),
        SettingsFault::BadCode { code: "V301".to_owned(), fault: PatternFault::OnlyErrors },
    ];
    ignores.map(Problem::from).into_iter().chain(settings.map(Problem::from)).collect()
}

fn all_problems() -> Vec<Problem> {
    let models = bad_models().into_values();
    let of_models = models.flat_map(|loaded| loaded.diagnostics).map(|found| found.problem);
    of_models.chain(other_problems()).collect()
}

/// The text outside backticks and double quotes.
fn prose(text: &str) -> String {
    let outside: String = text.split('`').step_by(2).collect::<Vec<_>>().join(" ");
    outside.split('"').step_by(2).collect::<Vec<_>>().join(" ")
}

fn latin_words(text: &str) -> BTreeSet<String> {
    let prose = prose(text);
    // A code point is a number.
    let tokens = prose.split_whitespace().filter(|token| !token.starts_with("U+"));
    let words = tokens.flat_map(|token| token.split(|letter: char| !letter.is_ascii_alphabetic()));
    let words = words.filter(|word| !word.is_empty() && !INTERNATIONAL.contains(word));
    words.map(str::to_owned).collect()
}

fn has_cyrillic(text: &str) -> bool {
    prose(text).chars().any(|letter| ('а'..='я').contains(&letter.to_ascii_lowercase()))
}

fn texts(message: &Message) -> Vec<&str> {
    std::iter::once(message.title.as_str()).chain(message.help.as_deref()).collect()
}

#[test]
fn every_message_has_russian_words_only() {
    let mut wrong = BTreeSet::new();
    for problem in all_problems() {
        let (russian, english) =
            (message(&problem, Language::Russian), message(&problem, Language::English));
        assert_eq!(russian.help.is_some(), english.help.is_some(), "{russian:?}");
        for (text, other) in texts(&russian).into_iter().zip(texts(&english)) {
            if !has_cyrillic(text) || !latin_words(text).is_empty() || text == other {
                wrong.insert(format!("{text} {:?}", latin_words(text)));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Numbers for people have a decimal comma; literal ones are in backticks.
#[test]
fn no_russian_message_has_a_decimal_point() {
    for problem in all_problems() {
        let message = message(&problem, Language::Russian);
        for text in texts(&message) {
            let prose: Vec<char> = prose(text).chars().collect();
            let is_point = |three: &[char]| {
                three[1] == '.' && three[0].is_ascii_digit() && three[2].is_ascii_digit()
            };
            assert!(!prose.windows(3).any(is_point), "{text}");
        }
    }
}

#[test]
fn russian_messages_are_those_that_were_read() {
    let mut found = BTreeSet::new();
    for problem in all_problems() {
        let Message { title, help } = message(&problem, Language::Russian);
        let help = help.map_or_else(String::new, |help| format!("\n     {help}"));
        found.insert(format!("{} {title}{help}\n", problem.code()));
    }
    let found: String = found.into_iter().collect();
    golden("messages.ru.txt", &found);
}

#[test]
fn findings_are_drawn_in_russian() {
    let style = Style { language: Language::Russian, ..Style::default() };
    for name in ["86_russian_habits", "11_duplicate_keys", "30_look_alikes"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/bad/{name}.yaml"));
        let loaded = checked(&format!("{name}.yaml"), &fs::read_to_string(path).unwrap());
        golden(&format!("{name}.ru.txt"), &draw(&loaded.sources, &loaded.diagnostics, style));
    }
}

fn golden(name: &str, found: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bad").join(name);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&path, found).unwrap();
    }
    assert_eq!(fs::read_to_string(&path).unwrap_or_default(), found, "{name}");
}

/// Lines are for people; JSON is for programs.
#[test]
fn lines_follow_the_language_and_objects_are_english() {
    let loaded = checked("m.yaml", "stages: {lead: {wait: 1d, nxt: 30%}}");
    let (sources, found) = (&loaded.sources, &loaded.diagnostics[0]);
    let russian = line(sources, found, Language::Russian);
    assert_eq!(russian, "m.yaml:1:27: ошибка[V105]: неизвестный ключ `nxt` (stages.lead.nxt)");
    let diagnostics = &loaded.diagnostics;
    let checked =
        Checked { sources, label: None, diagnostics, judged: &[], tested: &[], strict: false };
    let objects = json(&[checked]);
    assert!(objects.contains("\"severity\":") && !has_cyrillic(&objects), "{objects}");
}

#[test]
fn the_last_line_of_a_check_counts_in_both_languages() {
    let said = |summary: Summary| {
        Language::ALL.map(|language| language.tell(Told::Summary(&summary)).trim_end().to_owned())
    };
    let one = Summary { files: 1, ..Summary::default() };
    for (summary, english, russian) in [
        (one, "1 file: no errors, no warnings", "1 файл: ошибок нет, предупреждений нет"),
        (
            Summary { files: 3, errors: 2, warnings: 1, ..one },
            "3 files: 2 errors, 1 warning",
            "3 файла: 2 ошибки, 1 предупреждение",
        ),
        (
            Summary { files: 5, errors: 21, kept: Some(Kept::NotJudged), unreadable: 2, ..one },
            "5 files: 21 errors, no warnings; no expectations were judged; 2 cannot be used as a model",
            "5 файлов: 21 ошибка, предупреждений нет; ожидания не проверялись; нельзя использовать как модель: 2 файла",
        ),
        (
            Summary { warnings: 11, strict: true, kept: Some(Kept::Hold(1)), undecided: 2, ..one },
            "1 file: no errors, 11 warnings; 1 expectation holds; 2 undecided, which is allowed; \
             warnings count as errors",
            "1 файл: ошибок нет, 11 предупреждений; 1 ожидание выполняется; 2 ожидания не решены, это разрешено; \
             предупреждения считаются ошибками",
        ),
        (
            Summary { kept: Some(Kept::Hold(0)), ..one },
            "1 file: no errors, no warnings; no expectations hold",
            "1 файл: ошибок нет, предупреждений нет; ни одно ожидание не выполняется",
        ),
        (
            Summary { others: 2, settings: 1, ..one },
            "1 file: no errors, no warnings; voronka.toml cannot be used as it is; 2 other YAML files are no models",
            "1 файл: ошибок нет, предупреждений нет; в voronka.toml есть ошибки; не модели: 2 файла YAML",
        ),
        (
            Summary { unreadable: 1, ..one },
            "1 file cannot be used as a model",
            "файл нельзя использовать как модель",
        ),
        (
            Summary { files: 2, unreadable: 2, ..one },
            "2 files cannot be used as a model",
            "2 файла: ни один нельзя использовать как модель",
        ),
    ] {
        assert_eq!(said(summary), [english, russian]);
    }
}

/// A model without its comments.
fn without_comments(text: &str) -> String {
    let code = text.lines().map(|line| match line.split_once('#') {
        Some((before, _)) if before.is_empty() || before.ends_with(' ') => before.trim_end(),
        _ => line,
    });
    code.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

/// A model without its words.
fn skeleton(text: &str) -> String {
    let counts = |letter: &char| letter.is_ascii_digit() || "{}[]:,%.&*\n".contains(*letter);
    without_comments(text).chars().filter(counts).collect()
}

#[test]
fn russian_templates_are_good_models_that_differ_from_the_english_in_words_only() {
    for template in TEMPLATES {
        let russian = template.russian;
        let loaded = load(template.name, russian, &[], None);
        assert_eq!(loaded.diagnostics, [], "{}", template.name);
        let model = loaded.model.unwrap();
        assert_eq!(lint(&model), [], "{}", template.name);
        assert!(model.stages.iter().all(|stage| has_cyrillic(&stage.name)), "{}", template.name);
        assert!(has_cyrillic(&opening_sentence(russian)), "{}", template.name);
        assert_eq!(skeleton(russian), skeleton(template.english), "{}", template.name);
        // Latin words are keys of the language.
        let english = without_comments(template.english);
        let code = without_comments(russian);
        let words = code.split(|letter: char| !letter.is_ascii_alphabetic());
        let unknown: Vec<&str> = words.filter(|word| !english.contains(word)).collect();
        assert!(unknown.is_empty(), "{}: {unknown:?}", template.name);
    }
}
