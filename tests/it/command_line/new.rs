//! `voronka new`: templates.

use std::fs;

use tempfile::TempDir;

use super::{code, text, voronka};

#[test]
fn a_template_is_written_once_and_is_a_good_model() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("cafe.yaml");
    let path = path.to_str().unwrap();
    assert_eq!(code(&voronka(&["new", "cafe", "-o", path])), 0);
    assert_eq!(code(&voronka(&["check", "--strict", path])), 0);
    let again = voronka(&["new", "cafe", "-o", path]);
    assert_eq!(code(&again), 3, "{}", text(&again.stderr));
    assert_eq!(code(&voronka(&["new", "five-elements", "-o", path, "--force"])), 0);
    assert!(fs::read_to_string(path).unwrap().starts_with("# Five elements"));
    let unknown = voronka(&["new", "caffe"]);
    assert_eq!(code(&unknown), 2);
    assert!(text(&unknown.stderr).contains("did you mean `cafe`?"));
    // No terminal, so no questions.
    assert_eq!(code(&voronka(&["new"])), 2);
    assert!(text(&voronka(&["new", "--list"]).stdout).contains("shop-two-queues"));
}
