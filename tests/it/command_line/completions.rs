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
    let page = text(&voronka(&["man"]).stdout);
    for command in commands {
        assert!(page.contains(&format!(".SH \"VORONKA {}\"", command.to_uppercase())), "{command}");
    }
    assert_eq!(code(&voronka(&["completions", "tcsh"])), 2);
}
