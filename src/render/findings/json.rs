//! All findings as a JSON array, and with them the expectations that hold and the tests that pass.

use serde_json::{Value, json};

use super::{Checked, help};
use crate::diagnostic::{
    Bounds, Diagnostic, FileId, Judged, Measure, Mend, Place, Relation, Tested, Verdict,
};
use crate::render::json as document;
use crate::render::words::{self, Language, message};

/// The findings of all files as an array of objects, those of a file before its expectations that
/// hold and its tests that pass. These have the severity `pass` and no code.
pub fn json(files: &[Checked<'_>]) -> String {
    let objects = files.iter().flat_map(|file| {
        let found = file.diagnostics.iter().map(|found| finding(file, found));
        let passes = file.judged.iter().filter(|judged| judged.verdict == Verdict::Kept);
        let found = found.chain(passes.map(|judged| pass(file, judged)));
        let tested = file.tested.iter().filter(|tested| tested.passed);
        found.chain(tested.map(|tested| test(file, tested)))
    });
    document::text(&Value::Array(objects.collect()))
}

fn finding(file: &Checked<'_>, found: &Diagnostic) -> Value {
    let words = message(&found.problem, Language::English);
    let severity = words::severity(found.severity(), Language::English);
    let is_it = |judged: &&Judged| {
        judged.place == found.place
            && judged.path == found.path
            && judged.scenario.as_ref().map(|scenario| scenario.place) == scenario_of(found)
    };
    let judged = file.judged.iter().find(is_it).map(expectation);
    let mut object = place(file, found.place, &found.path);
    for (key, value) in [
        ("severity", json!(severity)),
        ("code", json!(found.problem.code())),
        ("message", json!(words.title)),
        ("help", json!(help(found, Language::English))),
        ("mend", found.mend.as_ref().map_or(Value::Null, |mend| self::mend(file, mend))),
        ("expectation", json!(judged)),
    ] {
        object[key] = value;
    }
    object
}

/// The scenario in which a finding was made.
fn scenario_of(found: &Diagnostic) -> Option<Place> {
    let mut related = found.related.iter();
    related.find(|related| related.relation == Relation::Scenario).map(|related| related.place)
}

fn pass(file: &Checked<'_>, judged: &Judged) -> Value {
    let mut object = place(file, judged.place, &judged.path);
    for (key, value) in [
        ("severity", json!("pass")),
        ("code", Value::Null),
        ("message", json!(words::holds(&judged.measured, Language::English))),
        ("help", Value::Null),
        ("mend", Value::Null),
        ("expectation", expectation(judged)),
    ] {
        object[key] = value;
    }
    object
}

/// A test that passes.
fn test(file: &Checked<'_>, tested: &Tested) -> Value {
    let mut object = place(file, tested.place, &tested.path);
    for (key, value) in [
        ("severity", json!("pass")),
        ("code", Value::Null),
        ("message", json!(tested.name)),
        ("help", Value::Null),
        ("mend", Value::Null),
        ("expectation", Value::Null),
    ] {
        object[key] = value;
    }
    object
}

fn place(file: &Checked<'_>, place: Place, path: &str) -> Value {
    let position = file.sources.position(place);
    json!({
        "model": file.sources.file(FileId::default()).name,
        "name": file.label,
        "file": file.sources.file(place.file).name,
        "line": position.line,
        "column": position.column,
        "path": path,
    })
}

fn mend(file: &Checked<'_>, mend: &Mend) -> Value {
    let edits = mend.edits.iter().map(|edit| {
        let end = Place { start: edit.place.end, ..edit.place };
        let (from, to) = (file.sources.position(edit.place), file.sources.position(end));
        json!({
            "line": from.line,
            "column": from.column,
            "end_line": to.line,
            "end_column": to.column,
            "text": edit.text,
        })
    });
    json!({ "certain": mend.certain, "edits": edits.collect::<Value>() })
}

fn expectation(judged: &Judged) -> Value {
    let measured = &judged.measured;
    let (verdict, needed) = match judged.verdict {
        Verdict::Kept => ("kept", None),
        Verdict::Broken => ("broken", None),
        Verdict::Undecided { needed } => ("undecided", needed),
        Verdict::Nothing => ("nothing observed", None),
        Verdict::NoFigure => ("no figure", None),
    };
    json!({
        "kpi": measured.subject,
        "scenario": judged.scenario.as_ref().map(|scenario| &scenario.name),
        "verdict": verdict,
        "value": measured.value,
        "half_width": measured.half_width,
        "level": judged.level,
        "limits": limits(&measured.bounds),
        "chance_of": measured.chance_of.as_ref().map(limits),
        "exact": judged.exact,
        "replications": judged.replications,
        "replications_needed": needed,
    })
}

fn limits(bounds: &Bounds) -> Value {
    let unit = match &bounds.measure {
        Measure::Count => "count",
        Measure::Share => "share",
        Measure::Days => "d",
        Measure::Money(currency) => currency,
    };
    json!({ "at_least": bounds.at_least, "at_most": bounds.at_most, "unit": unit })
}
