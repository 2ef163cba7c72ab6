//! Wrong arguments of every command.

use tempfile::TempDir;

use super::{code, model_in, text, voronka};

#[test]
fn wrong_usage_is_exit_code_two_with_nothing_on_stdout() {
    let folder = TempDir::new().unwrap();
    let model = model_in(&folder);
    let model = model.to_str().unwrap();
    for (arguments, hint) in [
        (vec!["run", model, "-n", "0"], "at least one"),
        (vec!["run", model, "-n", "-1"], ""),
        (vec!["run", model, "-n", "abc"], "not a number"),
        (vec!["run", model, "--seed", "-1"], ""),
        (vec!["run", model, "--level", "95"], "95% or 0.95"),
        (vec!["run", model, "--quantiles", "150"], "between 0 and 100"),
        (vec!["run", model, "--within", "5"], "2h or 20d"),
        (vec!["run", model, "--by", "segmnt"], "segment"),
        (vec!["run", model, "--kpi", "win_rat"], "did you mean win_rate"),
        (vec!["run", model, "--set", "cost"], "PATH=VALUE"),
        (
            vec!["run", model, "--csv", "excel"],
            "--csv: nothing is written as CSV: add --format csv",
        ),
        (vec!["run", model, "--csv-raw", "--events", "log.xes"], "--csv-raw: nothing is written"),
        (vec!["solve", model, "--csv-decimal", "comma", "--format", "json"], "add --format csv"),
        (vec!["solve", model, "--csv-delimiter", "pipe", "--format", "csv"], "semicolon, tab"),
        (vec!["run", "no-such-file.yaml"], "no such file"),
        (vec!["run", "/"], "not a file"),
        (vec!["check", "no-such-file.yaml"], "no such file"),
        (vec!["check"], "PATH"),
        (vec!["nonsense"], ""),
    ] {
        let output = voronka(&arguments);
        assert_eq!(code(&output), 2, "{arguments:?}");
        assert!(output.stdout.is_empty(), "{arguments:?}");
        assert!(text(&output.stderr).contains(hint), "{arguments:?}: {}", text(&output.stderr));
    }
}
