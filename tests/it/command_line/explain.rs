//! `voronka explain`: KPIs, codes and distributions.

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
