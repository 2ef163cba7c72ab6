//! A map as text that other programs draw: Mermaid, which code hosts and wikis show in place, and DOT.

use std::fmt::Write;

use super::visible;
use super::words::Language;
use super::words::drawn::Drawn;
use crate::report::{Case, Cause, Map, Node, NodeKind, Transition};

/// Names longer than this are cut.
const LONGEST: usize = 200;

/// The probability of a way and why it is taken, in a few words.
fn label(transition: &Transition, language: Language) -> String {
    let words = [chances(transition, language).join("; "), why(transition, language)];
    words.into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join(": ")
}

/// The probability of a way; where variants have branches of their own, that of each of them with its condition.
pub(super) fn chances(transition: &Transition, language: Language) -> Vec<String> {
    if !transition.cases.is_empty() {
        let known = |case: &&Case| case.probability > 0.0 || !case.when.is_empty();
        let case = |case: &Case| {
            let when = language.draw(Drawn::When(&case.when));
            let chance = language.percent(case.probability);
            if when.is_empty() { chance } else { format!("{chance} ({when})") }
        };
        return transition.cases.iter().filter(known).map(case).collect();
    }
    let chance = transition.probability.map(|(low, high)| {
        if low == high {
            language.percent(low)
        } else if low == 0.0 {
            language.draw(Drawn::UpTo(high))
        } else {
            format!("{} – {}", language.percent(low), language.percent(high))
        }
    });
    chance.into_iter().collect()
}

/// Why deals take a way: lost patience or a limit of visits, and the reasons of a loss.
pub(super) fn why(transition: &Transition, language: Language) -> String {
    let named: Vec<&str> =
        transition.reasons.iter().map(String::as_str).filter(|reason| !reason.is_empty()).collect();
    let cause = match transition.cause {
        // The reason of the loss says it.
        Cause::Arrival | Cause::Branch | Cause::Credit => None,
        Cause::Patience(_) => Some(language.draw(Drawn::OutOfPatience)),
        Cause::Limit(count) => Some(language.draw(Drawn::AfterVisits(count))),
    };
    let reasons = (!named.is_empty()).then(|| visible(&named.join(", "), LONGEST));
    let words: Vec<String> = [cause, reasons].into_iter().flatten().collect();
    words.join(": ")
}

/// Whether a way is taken instead of the branches of the stage.
fn is_instead(transition: &Transition) -> bool {
    matches!(transition.cause, Cause::Patience(_) | Cause::Limit(_) | Cause::Credit)
}

/// The lines of a node's label.
fn lines(node: &Node, language: Language) -> Vec<String> {
    let end = language.draw(Drawn::End(node.kind));
    let name = if end.is_empty() { visible(&node.label, LONGEST) } else { end };
    let mut lines = vec![name];
    if !node.roles.is_empty() {
        lines.push(visible(&node.roles.join(", "), LONGEST));
    }
    lines
}

/// A flow chart in the language of Mermaid.
pub fn mermaid(map: &Map, language: Language) -> String {
    let mut text = format!("%% {}\n", comment(&map.title));
    for (key, about) in &map.about {
        let key = language.draw(Drawn::CardKey(key));
        writeln!(text, "%% {key}: {}", comment(about)).unwrap_or_default();
    }
    text.push_str("flowchart LR\n");
    for (at, node) in map.nodes.iter().enumerate() {
        let lines: Vec<String> = lines(node, language).iter().map(|line| entities(line)).collect();
        let label = lines.join("<br/>");
        let (open, close) = match node.kind {
            NodeKind::Source => ("([", "])"),
            NodeKind::Stage => ("[", "]"),
            NodeKind::Sale => ("[[", "]]"),
            NodeKind::Won | NodeKind::Done | NodeKind::Lost | NodeKind::Cancelled => ("((", "))"),
        };
        writeln!(text, "  n{at}{open}\"{label}\"{close}").unwrap_or_default();
    }
    for transition in &map.transitions {
        let arrow = if is_instead(transition) { "-.->" } else { "-->" };
        let label = label(transition, language);
        let label = if label.is_empty() { label } else { format!("|\"{}\"|", entities(&label)) };
        writeln!(text, "  n{} {arrow}{label} n{}", transition.from, transition.to)
            .unwrap_or_default();
    }
    text
}

/// A comment of Mermaid: two percent signs in it could begin a directive.
fn comment(text: &str) -> String {
    visible(text, LONGEST).replace('%', "％")
}

/// What Mermaid would take for its own marks or for Markdown, as the entities that it knows.
///
/// Labels are read as Markdown: marks of emphasis count anywhere, and a number with a full stop, a dash or a plus at
/// the beginning makes a list, in place of which some viewers draw a complaint.
fn entities(text: &str) -> String {
    let mut safe = String::new();
    let digits = text.trim_start().bytes().take_while(u8::is_ascii_digit).count();
    let start = text.len() - text.trim_start().len();
    for (at, letter) in text.char_indices() {
        let makes_a_list = match letter {
            '-' | '+' => at == start,
            '.' | ')' => digits > 0 && at == start + digits,
            _ => false,
        };
        match letter {
            '"' | '#' | '<' | '>' | '&' | ';' | '`' | '*' | '_' | '~' | '\\' => {
                write!(safe, "#{};", letter as u32).unwrap_or_default();
            }
            _ if makes_a_list => write!(safe, "#{};", letter as u32).unwrap_or_default(),
            other => safe.push(other),
        }
    }
    // Two percent signs would begin a directive.
    safe.replace("%%", "%#37;")
}

/// A graph in the language of Graphviz.
pub fn dot(map: &Map, language: Language) -> String {
    let mut text = format!(
        "digraph {} {{\n  rankdir=LR;\n  node [fontname=\"sans-serif\"];\n  edge [fontname=\"sans-serif\", fontsize=11];\n",
        quoted(&visible(&map.title, LONGEST))
    );
    for (key, about) in &map.about {
        let key = language.draw(Drawn::CardKey(key));
        writeln!(text, "  // {key}: {}", visible(about, LONGEST)).unwrap_or_default();
    }
    for (at, node) in map.nodes.iter().enumerate() {
        let label = quoted(&lines(node, language).join("\n"));
        let shape = match node.kind {
            NodeKind::Source => "cds",
            NodeKind::Stage => "box, style=rounded",
            NodeKind::Sale => "box, style=rounded, peripheries=2",
            NodeKind::Won | NodeKind::Done | NodeKind::Lost | NodeKind::Cancelled => "ellipse",
        };
        writeln!(text, "  n{at} [label={label}, shape={shape}];").unwrap_or_default();
    }
    for transition in &map.transitions {
        let style = if is_instead(transition) { ", style=dashed" } else { "" };
        let label = quoted(&label(transition, language));
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
            phase: None,
            department: None,
        };
        Map {
            title: "Сделка %%{init: {}}%%".to_owned(),
            about: vec![("goal".to_owned(), "a sale".to_owned())],
            nodes: vec![
                node(NodeKind::Stage, "a \"quoted\" <b>; \\n", &["менеджер"]),
                node(NodeKind::Lost, "lost", &[]),
            ],
            transitions: vec![
                Transition {
                    from: 0,
                    to: 1,
                    probability: Some((0.4, 0.6)),
                    cases: vec![],
                    cause: Cause::Branch,
                    reasons: vec!["price".to_owned()],
                },
                Transition {
                    from: 0,
                    to: 1,
                    probability: None,
                    cases: vec![],
                    cause: Cause::Limit(2),
                    reasons: vec![],
                },
            ],
            ..Map::default()
        }
    }

    #[test]
    fn a_label_cannot_make_a_list_or_emphasis() {
        assert_eq!(entities("1. Lead"), "1#46; Lead");
        assert_eq!(entities("12) Lead 2.5"), "12#41; Lead 2.5");
        assert_eq!(entities("- Lead - b"), "#45; Lead - b");
        assert_eq!(entities("+ **b** _i_"), "#43; #42;#42;b#42;#42; #95;i#95;");
    }

    #[test]
    fn names_cannot_break_out_of_a_label() {
        let text = mermaid(&small(), Language::English);
        assert!(
            text.contains("n0[\"a #34;quoted#34; #60;b#62;#59; #92;n<br/>менеджер\"]"),
            "{text}"
        );
        assert!(text.contains("n0 -->|\"40 % – 60 %: price\"| n1"), "{text}");
        assert!(text.contains("n0 -.->|\"after 2 visits\"| n1"), "{text}");
        assert!(text.contains("\n%% goal: a sale\n") && !text.contains("%%{"), "{text}");
        let text = dot(&small(), Language::English);
        assert!(text.contains("label=\"a \\\"quoted\\\" <b>; \\\\n\\nменеджер\""), "{text}");
    }
}
