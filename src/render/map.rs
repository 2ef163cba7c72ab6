//! A map as text that other programs draw: Mermaid, which code hosts and wikis show in place, and DOT.

use std::fmt::Write;

use super::{number, visible};
use crate::report::{Map, Node, NodeKind, Transition};

/// Names longer than this are cut.
const LONGEST: usize = 200;

/// The probability of a way and why it is taken, in a few words.
pub(super) fn label(transition: &Transition) -> String {
    let mut words = Vec::new();
    if let Some((low, high)) = transition.probability {
        words.push(if low == high {
            number::percent(low)
        } else if low == 0.0 {
            format!("up to {}", number::percent(high))
        } else {
            format!("{} – {}", number::percent(low), number::percent(high))
        });
    }
    if !transition.reasons.is_empty() {
        words.push(visible(&transition.reasons.join(", "), LONGEST));
    }
    words.join(": ")
}

/// The lines of a node's label.
fn lines(node: &Node) -> Vec<String> {
    let mut lines = vec![visible(&node.label, LONGEST)];
    if !node.roles.is_empty() {
        lines.push(visible(&node.roles.join(", "), LONGEST));
    }
    lines
}

/// A flow chart in the language of Mermaid.
pub fn mermaid(map: &Map) -> String {
    let mut text = format!("%% {}\nflowchart LR\n", visible(&map.title, LONGEST));
    for (at, node) in map.nodes.iter().enumerate() {
        let lines: Vec<String> = lines(node).iter().map(|line| entities(line)).collect();
        let label = lines.join("<br/>");
        let (open, close) = match node.kind {
            NodeKind::Source => ("([", "])"),
            NodeKind::Stage => ("[", "]"),
            NodeKind::Sale => ("[[", "]]"),
            NodeKind::Won | NodeKind::Done | NodeKind::Lost => ("((", "))"),
        };
        writeln!(text, "  n{at}{open}\"{label}\"{close}").unwrap_or_default();
    }
    for transition in &map.transitions {
        let arrow = if transition.probability.is_none() && !transition.reasons.is_empty() {
            "-.->"
        } else {
            "-->"
        };
        let label = label(transition);
        let label = if label.is_empty() { label } else { format!("|\"{}\"|", entities(&label)) };
        writeln!(text, "  n{} {arrow}{label} n{}", transition.from, transition.to)
            .unwrap_or_default();
    }
    text
}

/// What Mermaid would take for its own marks, as the entities that it knows.
fn entities(text: &str) -> String {
    let mut safe = String::new();
    for letter in text.chars() {
        match letter {
            '"' | '#' | '<' | '>' | '&' | ';' | '`' => {
                write!(safe, "#{};", letter as u32).unwrap_or_default();
            }
            other => safe.push(other),
        }
    }
    safe
}

/// A graph in the language of Graphviz.
pub fn dot(map: &Map) -> String {
    let mut text = format!(
        "digraph {} {{\n  rankdir=LR;\n  node [fontname=\"sans-serif\"];\n  edge [fontname=\"sans-serif\", fontsize=11];\n",
        quoted(&visible(&map.title, LONGEST))
    );
    for (at, node) in map.nodes.iter().enumerate() {
        let label = quoted(&lines(node).join("\n"));
        let shape = match node.kind {
            NodeKind::Source => "cds",
            NodeKind::Stage => "box, style=rounded",
            NodeKind::Sale => "box, style=rounded, peripheries=2",
            NodeKind::Won | NodeKind::Done | NodeKind::Lost => "ellipse",
        };
        writeln!(text, "  n{at} [label={label}, shape={shape}];").unwrap_or_default();
    }
    for transition in &map.transitions {
        let style = if transition.probability.is_none() && !transition.reasons.is_empty() {
            ", style=dashed"
        } else {
            ""
        };
        let label = quoted(&label(transition));
        writeln!(text, "  n{} -> n{} [label={label}{style}];", transition.from, transition.to)
            .unwrap_or_default();
    }
    text + "}\n"
}

/// A string of DOT; in labels a backslash would begin an escape.
fn quoted(text: &str) -> String {
    let text = text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
    format!("\"{text}\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn small() -> Map {
        let node = |kind, label: &str, roles: &[&str]| Node {
            kind,
            label: label.to_owned(),
            roles: roles.iter().map(|role| (*role).to_owned()).collect(),
        };
        Map {
            title: "Сделка".to_owned(),
            nodes: vec![
                node(NodeKind::Stage, "a \"quoted\" <b>; \\n", &["менеджер"]),
                node(NodeKind::Lost, "lost", &[]),
            ],
            transitions: vec![
                Transition {
                    from: 0,
                    to: 1,
                    probability: Some((0.4, 0.6)),
                    reasons: vec!["price".to_owned()],
                },
                Transition {
                    from: 0,
                    to: 1,
                    probability: None,
                    reasons: vec!["after 2 visits".to_owned()],
                },
            ],
        }
    }

    #[test]
    fn names_cannot_break_out_of_a_label() {
        let text = mermaid(&small());
        assert!(text.contains("n0[\"a #34;quoted#34; #60;b#62;#59; \\n<br/>менеджер\"]"), "{text}");
        assert!(text.contains("n0 -->|\"40 % – 60 %: price\"| n1"), "{text}");
        assert!(text.contains("n0 -.->|\"after 2 visits\"| n1"), "{text}");
        let text = dot(&small());
        assert!(text.contains("label=\"a \\\"quoted\\\" <b>; \\\\n\\nменеджер\""), "{text}");
    }
}
