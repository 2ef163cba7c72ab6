//! The text of a model, checked and printed as `voronka check` does.

#![no_main]

use libfuzzer_sys::fuzz_target;
use voronka::lint::examine;
use voronka::render::findings::{Style, draw};
use voronka::render::words::Language;
use voronka::study::review::{Choice, review};

fuzz_target!(|text: &str| {
    let loaded = examine("model.yaml", text, &[], None);
    let has_errors = loaded.severity() > Some(voronka::diagnostic::Severity::Warning);
    assert_eq!(loaded.model.is_none(), has_errors, "a model has no errors, and no model has some");
    for found in &loaded.diagnostics {
        let source = &loaded.sources.file(found.place.file).text;
        for edit in found.mend.iter().flat_map(|mend| &mend.edits) {
            let (start, end) = (edit.place.start as usize, edit.place.end as usize);
            assert!(source.get(start..end).is_some(), "an edit is within the text: {found:?}");
        }
    }
    let choice = Choice { unused: true, ..Choice::default() };
    let shown = review(&loaded.sources, loaded.diagnostics, &choice).shown;
    for language in [Language::English, Language::Russian] {
        let drawn = draw(&loaded.sources, &shown, Style { language, ..Style::default() });
        let is_harmless = |letter: char| letter == '\n' || !letter.is_control();
        assert!(drawn.chars().all(is_harmless), "control characters are shown escaped");
    }
});
