//! JUnit XML, as Jenkins and GitLab read it: a suite per file, a case per finding and expectation.
//!
//! A case fails where the check fails: so a warning passes, with its text as output, unless warnings
//! count as errors. There are no times, so that equal inputs give equal bytes.

use std::io::Error;
use std::path::Path;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use super::{Checked, line, sentence};
use crate::diagnostic::{Diagnostic, Judged, Severity, Verdict};
use crate::render::visible;
use crate::render::words::{self, Language};

/// Longer texts are cut.
const LONGEST: usize = 10_000;

/// The findings as test results; paths begin at `root`.
///
/// # Panics
/// Never: only writing into memory could fail.
pub fn junit(files: &[Checked<'_>], root: &Path) -> String {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
    write(&mut writer, files, root).expect("memory takes all bytes");
    let mut bytes = writer.into_inner();
    bytes.push(b'\n');
    String::from_utf8(bytes).expect("XML of text is text")
}

/// What became of a case.
enum Outcome<'a> {
    Passed(Option<String>),
    Failed(&'a Diagnostic),
    /// The file could not be read.
    Broke(&'a Diagnostic),
}

struct Case<'a> {
    name: String,
    outcome: Outcome<'a>,
}

fn write(writer: &mut Xml, files: &[Checked<'_>], root: &Path) -> Result<(), Error> {
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let suites: Vec<Vec<Case<'_>>> = files.iter().map(cases).collect();
    let mut all = BytesStart::new("testsuites");
    all.push_attribute(("name", "voronka check"));
    count(&mut all, suites.iter().flatten());
    writer.write_event(Event::Start(all))?;
    for (file, cases) in files.iter().zip(&suites) {
        let path = visible(&file.relative_path(root), LONGEST);
        let mut suite = BytesStart::new("testsuite");
        suite.push_attribute(("name", path.as_str()));
        count(&mut suite, cases.iter());
        writer.write_event(Event::Start(suite))?;
        for case in cases {
            write_case(writer, file, &path, case)?;
        }
        writer.write_event(Event::End(BytesEnd::new("testsuite")))?;
    }
    writer.write_event(Event::End(BytesEnd::new("testsuites")))
}

type Xml = Writer<Vec<u8>>;

/// The cases of a file; where nothing was found and nothing promised, one that passes.
fn cases<'a>(file: &Checked<'a>) -> Vec<Case<'a>> {
    let finding = |found: &'a Diagnostic| Case {
        name: format!("{} {}", found.problem.code(), visible(&found.path, 200)).trim().to_owned(),
        outcome: match found.severity() {
            Severity::Unreadable => Outcome::Broke(found),
            _ if file.fails(found) => Outcome::Failed(found),
            _ => Outcome::Passed(Some(line(file.sources, found, Language::English))),
        },
    };
    let pass = |judged: &Judged| Case {
        name: {
            let name = format!("{} {}", judged.path, visible(&judged.measured.subject, 200));
            match &judged.scenario {
                Some(scenario) => format!("{name} in {}", visible(&scenario.name, 200)),
                None => name,
            }
        },
        outcome: Outcome::Passed(Some(words::holds(&judged.measured, Language::English))),
    };
    let kept = file.judged.iter().filter(|judged| judged.verdict == Verdict::Kept);
    let mut cases: Vec<Case<'_>> = file.diagnostics.iter().map(finding).collect();
    cases.extend(kept.map(pass));
    let passed = file.tested.iter().filter(|tested| tested.passed);
    cases.extend(passed.map(|tested| Case {
        name: format!("{} {}", tested.path, visible(&tested.name, 200)).trim().to_owned(),
        outcome: Outcome::Passed(None),
    }));
    if cases.is_empty() {
        cases.push(Case { name: "no findings".to_owned(), outcome: Outcome::Passed(None) });
    }
    cases
}

fn count<'a>(element: &mut BytesStart<'_>, cases: impl Iterator<Item = &'a Case<'a>> + Clone) {
    let failed = cases.clone().filter(|case| matches!(case.outcome, Outcome::Failed(_))).count();
    let broke = cases.clone().filter(|case| matches!(case.outcome, Outcome::Broke(_))).count();
    for (key, value) in [("tests", cases.count()), ("failures", failed), ("errors", broke)] {
        element.push_attribute((key, value.to_string().as_str()));
    }
}

fn write_case(
    writer: &mut Xml,
    file: &Checked<'_>,
    path: &str,
    case: &Case<'_>,
) -> Result<(), Error> {
    let mut element = BytesStart::new("testcase");
    element.push_attribute(("name", case.name.as_str()));
    element.push_attribute(("classname", path));
    let (kind, found) = match &case.outcome {
        Outcome::Passed(None) => return writer.write_event(Event::Empty(element)),
        Outcome::Passed(Some(output)) => {
            writer.write_event(Event::Start(element))?;
            let tag = BytesStart::new("system-out");
            write_text(writer, tag, output)?;
            return writer.write_event(Event::End(BytesEnd::new("testcase")));
        }
        Outcome::Failed(found) => ("failure", found),
        Outcome::Broke(found) => ("error", found),
    };
    writer.write_event(Event::Start(element))?;
    let sentence = sentence(file.sources, found);
    let mut tag = BytesStart::new(kind);
    tag.push_attribute(("type", found.problem.code()));
    tag.push_attribute(("message", sentence.as_str()));
    write_text(writer, tag, &line(file.sources, found, Language::English))?;
    writer.write_event(Event::End(BytesEnd::new("testcase")))
}

fn write_text(writer: &mut Xml, tag: BytesStart<'_>, text: &str) -> Result<(), Error> {
    let end = tag.to_end().into_owned();
    writer.write_event(Event::Start(tag))?;
    writer.write_event(Event::Text(BytesText::new(&visible(text, LONGEST))))?;
    writer.write_event(Event::End(end))
}
