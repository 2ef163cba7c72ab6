//! `voronka explain`: KPIs, codes and distributions.

use voronka::kpi::Kpi;

use super::{code, text, voronka};

#[test]
fn names_and_distributions_are_explained() {
    let explained = text(&voronka(&["explain", "win_rate"]).stdout);
    assert!(explained.contains("of: decided"), "{explained}");
    // Median 2 h and p90 6 h: sigma = ln 3 / 1.2816 = 0.857, mean = 2 h e^(sigma²/2) = 2.89 h.
    let explained = text(&voronka(&["explain", "{lognormal: {median: 2h, p90: 6h}}"]).stdout);
    assert!(explained.starts_with("mean 2.9 h"), "{explained}");
    assert!(explained.contains("90 %     6 h"), "{explained}");
    assert!(text(&voronka(&["explain", "3d"]).stdout).starts_with("always 3 d"));
    let wrong = voronka(&["explain", "{uniform: {min: 3h, max: 2h}}"]);
    assert_eq!(code(&wrong), 2);
    assert!(text(&wrong.stderr).contains("distribution:1:17"));
    let unknown = voronka(&["explain", "win_rat"]);
    assert_eq!(code(&unknown), 2);
    assert!(text(&unknown.stderr).contains("did you mean `win_rate`?"));
}

/// Latin words outside backticks, without the names at the start of lines.
fn latin_words(explained: &str) -> Vec<String> {
    let unnamed = |line: &str| match line.split_once(": ") {
        Some((name, rest)) if Kpi::find(name).is_some() => rest.to_owned(),
        _ => line.to_owned(),
    };
    // A name in backticks may continue on the next line.
    let lines = explained.lines().map(unnamed).collect::<Vec<_>>().join("\n");
    let prose = lines.split('`').step_by(2).collect::<Vec<_>>().join(" ");
    let words = prose.split(|letter: char| !letter.is_ascii_alphabetic());
    words.filter(|word| !word.is_empty() && *word != "KPI").map(str::to_owned).collect()
}

#[test]
fn russian_explanations_have_russian_words_only() {
    for asked in ["", "win_rate", "profit", "V311", "V512"] {
        let name = (!asked.is_empty()).then_some(asked);
        let arguments: Vec<&str> = ["--lang", "ru", "explain"].into_iter().chain(name).collect();
        let output = voronka(&arguments);
        assert_eq!(code(&output), 0);
        let explained = text(&output.stdout);
        // The heading is the name, and models use the keys of the language.
        let told = explained.strip_prefix(asked).unwrap();
        let told = told.split("Например:").next().unwrap();
        assert!(told.contains(' '), "{explained}");
        assert_eq!(latin_words(told), Vec::<String>::new(), "{explained}");
    }
}
