//! Texts that YAML cuts at a ` #`: what follows is a comment, although it was probably meant as part of the text.

use super::yaml::{Kind, Node};
use crate::diagnostic::{Doubt, Findings, Place};

/// Keys whose values are free texts.
const TEXTS: [&str; 6] = ["name", "title", "description", "instruction", "process", "activity"];

/// Reports the texts of a tree, read from this text, that a comment seems to cut.
pub(super) fn check(root: &Node, text: &str, findings: &mut Findings) {
    visit(root, "", text, findings);
}

fn visit(node: &Node, key: &str, text: &str, findings: &mut Findings) {
    match &node.kind {
        Kind::Map(entries) => {
            entries.iter().for_each(|entry| visit(&entry.value, &entry.key, text, findings));
        }
        Kind::List(items) => items.iter().for_each(|item| visit(item, key, text, findings)),
        Kind::Scalar(value) => {
            if let Some(rest) = cut(value, key, node.place, text) {
                let problem = Doubt::CutText { text: value.clone(), rest: rest.to_owned() };
                findings.report(problem, node.place, "");
            }
        }
        Kind::Null => {}
    }
}

/// What a comment takes from a value, if it seems to be its end: the value has an open bracket or quote, or it is a text
/// and a number follows.
fn cut<'t>(value: &str, key: &str, place: Place, text: &'t str) -> Option<&'t str> {
    let written = text.get(place.start as usize..place.end as usize)?;
    if written.starts_with(['"', '\'', '|', '>']) || written.contains('\n') {
        return None;
    }
    let rest = text.get(place.end as usize..)?.lines().next()?.trim();
    let comment = rest.strip_prefix('#')?;
    let count = |sign: char| value.matches(sign).count();
    let is_open = count('(') > count(')') || count('«') > count('»') || count('"') % 2 == 1;
    let has_number = comment.trim_start().starts_with(|c: char| c.is_ascii_digit());
    // A list of steps in a comment also begins with a number: `# 1. call`.
    let number_ends = comment.trim_start().trim_start_matches(|c: char| c.is_ascii_digit());
    let is_listed = number_ends.starts_with(['.', ')']);
    let is_text = TEXTS.contains(&key) && value.chars().any(char::is_alphabetic);
    (is_open || is_text && has_number && !is_listed).then_some(rest)
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::{Doubt, Problem};

    fn cut(text: &str) -> Vec<(String, String)> {
        let text = format!("{text}\nstages: {{lead: {{next: 50%}}}}\n");
        let found = crate::model::load("", &text, &[], None).diagnostics;
        let cut = found.into_iter().filter_map(|found| match found.problem {
            Problem::Doubt(Doubt::CutText { text, rest }) => Some((text, rest)),
            _ => None,
        });
        cut.collect()
    }

    #[test]
    fn a_number_sign_before_a_number_cuts_a_text() {
        let pair = |text: &str, rest: &str| vec![(text.to_owned(), rest.to_owned())];
        assert_eq!(cut("name: Deal # 5"), pair("Deal", "# 5"));
        assert_eq!(cut("name: Cases #4, page 2"), pair("Cases", "#4, page 2"));
        assert_eq!(cut("name: Deals (new # and old)"), pair("Deals (new", "# and old)"));
    }

    #[test]
    fn a_comment_behind_a_value_is_no_cut() {
        for text in [
            "name: Deals # of all clients",
            "name: \"Deals\" # 5 stages",
            "name: Deals # 1. calls, 2. visits",
            "horizon: 12 months # 5 years are too long",
        ] {
            assert_eq!(cut(text), [], "{text}");
        }
    }
}
