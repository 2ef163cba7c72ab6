//! `voronka completions` and `voronka man`.

use super::{code, text, voronka};

#[test]
fn completions_and_the_manual_know_every_command() {
    let commands = ["run", "check", "show", "new", "explain"];
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = text(&voronka(&["completions", shell]).stdout);
        for command in commands {
            assert!(script.contains(command), "{shell}: {command}");
        }
    }
    // Names of KPIs, charts, templates and codes.
    for shell in ["bash", "zsh", "fish"] {
        let script = text(&voronka(&["completions", shell]).stdout);
        for value in ["win_rate", "sales-cycle", "V617"] {
            assert!(script.contains(value), "{shell}: {value}");
        }
        // The script for fish has no values of arguments without an option.
        assert!(shell == "fish" || script.contains("five-elements"), "{shell}");
    }
    assert!(!text(&voronka(&["run", "--help"]).stdout).contains("possible values: win_rate"));
    let page = text(&voronka(&["man"]).stdout);
    for command in commands {
        assert!(page.contains(&format!(".SH \"VORONKA {}\"", command.to_uppercase())), "{command}");
    }
    assert_eq!(code(&voronka(&["completions", "tcsh"])), 2);
}
