//! Values in forms of other languages and tools, and how the model language writes the same.
//!
//! A form is reported only where the value cannot be read, so that no name of a stage or a role is mistaken for one.

use super::reader::{Field, Reader, Spot};
use super::words;
use super::yaml::{Entry, Kind, Node};
use crate::diagnostic::meant::{self, SIGNS};
use crate::diagnostic::{Place, StructureFault};
use crate::quantity::{Length, parse_number, parse_share};

/// How something is written, and whether there is no other reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Form {
    pub(super) written: String,
    pub(super) certain: bool,
}

#[allow(clippy::unnecessary_wraps)] // what every reading ends with, if it succeeds
fn form(written: String, certain: bool) -> Option<Form> {
    Some(Form { written, certain })
}

impl Field<'_> {
    /// Reports a text, or the value here, that is written in another form.
    pub(super) fn report_form(&self, r: &mut Reader<'_>, form: Form) {
        let text = match &self.node.kind {
            Kind::Scalar(text) => text.clone(),
            _ => in_braces(self.node),
        };
        let Form { written, certain } = form;
        self.report(r, StructureFault::OtherForm { text, written, certain });
    }

    /// Reports an entry whose value belongs under another key.
    pub(super) fn report_key(&self, r: &mut Reader<'_>, key: &str) {
        let value = in_braces(self.node);
        let text = format!("{}: {value}", self.name());
        let place = Place { end: self.node.place.end, ..self.key().place };
        let written = format!("{key}: {value}");
        let problem = StructureFault::OtherForm { text, written, certain: true };
        r.findings.report(problem, place, self.path.clone());
    }

    /// Whether a branch has no share; reports it, with `rest` if nothing else is left open.
    pub(super) fn lacks_share(&self, r: &mut Reader<'_>, entries: &[(&str, Field<'_>)]) -> bool {
        let is_open = |field: &Field<'_>| field.is_null() && field.torn().is_none();
        if !is_open(self) {
            return false;
        }
        let all = || entries.iter().map(|(_, field)| field);
        let has_rest = all().any(|field| field.node.scalar_text() == "rest" || field.is_map());
        let certain = !has_rest && all().filter(|field| is_open(field)).count() == 1;
        let share = if certain { "rest" } else { "…%" };
        let (text, written) = (self.name().to_owned(), format!("{}: {share}", self.name()));
        let Spot { place, path } = self.key();
        r.findings.report(StructureFault::OtherForm { text, written, certain }, place, path);
        true
    }
}

/// A value in one line, as it stands between braces.
pub(super) fn in_braces(node: &Node) -> String {
    match &node.kind {
        Kind::Null => String::new(),
        Kind::Scalar(text) => quoted(text),
        Kind::List(items) => {
            let items: Vec<String> = items.iter().map(in_braces).collect();
            format!("[{}]", items.join(", "))
        }
        Kind::Map(entries) => {
            let pair =
                |entry: &Entry| format!("{}: {}", quoted(&entry.key), in_braces(&entry.value));
            let pairs: Vec<String> = entries.iter().map(pair).collect();
            format!("{{{}}}", pairs.join(", "))
        }
    }
}

/// A text with quotes, if it needs some between braces.
fn quoted(text: &str) -> String {
    let needs = text.is_empty()
        || text.contains([',', ':', '{', '}', '[', ']', '#', '"', '\''])
        || text.starts_with(['*', '&', '!', '%', '@', '>', '|', '-', '?', '`'])
        || text.trim() != text;
    if needs {
        format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
    } else {
        text.to_owned()
    }
}

/// The branches of a text: `{contract: 40%, lost: rest}` of `40% to contract`, and `{contract: …%, lost: rest}` of
/// `contract or lost`. `is_known` tells the stages of the model.
pub(super) fn branches_in_words(text: &str, is_known: impl Fn(&str) -> bool) -> Option<Form> {
    let target = |word: &str| {
        let word = word.trim().trim_matches(['"', '\'', '(', ')']).trim();
        let end = words::end(word).unwrap_or(word);
        let is_end = ["won", "lost", "done", "cancelled"].contains(&end);
        (is_end || is_known(end)).then(|| end.to_owned())
    };
    if let Some(names) =
        [" or ", " или ", " | "].iter().find(|or| text.contains(**or)).map(|or| text.split(or))
    {
        let names: Vec<String> = names.map(target).collect::<Option<_>>()?;
        let (last, others) = names.split_last()?;
        let others: Vec<String> = others.iter().map(|name| format!("{name}: …%")).collect();
        return form(format!("{{{}, {last}: rest}}", others.join(", ")), false);
    }
    let branch = |part: &str| {
        let part = part.trim();
        let sign = part.find('%')?;
        let digits = part[..sign].trim_end();
        let from = digits
            .rfind(|c: char| !c.is_ascii_digit() && c != '.')
            .map_or(0, |at| at + digits[at..].chars().next().map_or(1, char::len_utf8));
        let share = format!("{}%", &digits[from..]);
        parse_share(&share).ok()?;
        let (before, after) = (digits[..from].trim(), part[sign + 1..].trim());
        let name = match (before, after) {
            ("", after) => ["to ", "into ", "go to ", "goes to ", "->", "→", "=>", "в ", "на "]
                .iter()
                .find_map(|word| after.strip_prefix(word))
                .unwrap_or(after),
            (before, "" | ")") => before.trim_end_matches(['(', '-', '–', '—', ':', '=']),
            _ => return None,
        };
        Some(format!("{}: {share}", target(name)?))
    };
    let parts: Vec<String> = text.split([',', ';']).map(branch).collect::<Option<_>>()?;
    let shares = parts
        .iter()
        .filter_map(|part| parse_number(part.rsplit_once(": ")?.1.trim_end_matches('%')).ok());
    let sum: f64 = shares.sum();
    let has_lost = parts.iter().any(|part| part.starts_with("lost: "));
    let is_whole = (sum - 100.0).abs() < 1e-6;
    let rest = if is_whole { "" } else { ", lost: rest" };
    let fits = is_whole || sum < 100.0 && !has_lost;
    fits.then(|| form(format!("{{{}{rest}}}", parts.join(", ")), true))?
}

/// The branches of a `next` in another form, as one map.
pub(super) fn branches(node: &Node) -> Option<Form> {
    branches_by_key(node).or_else(|| branches_in_list(node)).or_else(|| branches_of_gateway(node))
}

/// The branches of a gateway: `{offer: 60%, lost: rest}` of `{gateway: {offer: 60%, lost: rest}}`.
fn branches_of_gateway(node: &Node) -> Option<Form> {
    const GATEWAYS: [&str; 9] = [
        "gateway",
        "exclusive",
        "exclusive_gateway",
        "exclusivegateway",
        "xor",
        "decision",
        "choice",
        "split",
        "branches",
    ];
    let Kind::Map(entries) = &node.kind else { return None };
    let [Entry { key, value, .. }] = entries.as_slice() else { return None };
    let is_gateway = GATEWAYS.contains(&key.to_lowercase().as_str());
    // A stage of this name has a share, and perhaps a delay.
    let is_branch = |entry: &Entry| {
        let is_share = parse_share(entry.value.scalar_text()).is_ok();
        let is_key = matches!(entry.key.as_str(), "share" | "per" | "after" | "reasons");
        !is_key && (is_share || matches!(entry.value.kind, Kind::Map(_)))
    };
    let has_shares =
        matches!(&value.kind, Kind::Map(inner) if inner.len() > 1 && inner.iter().all(is_branch));
    (is_gateway && has_shares).then(|| form(in_braces(value), true))?
}

/// The branches of a list with one name and its share in each item.
fn branches_in_list(node: &Node) -> Option<Form> {
    let Kind::List(items) = &node.kind else { return None };
    let branch = |item: &Node| {
        let Kind::Map(entries) = &item.kind else { return None };
        let [Entry { key, value, .. }] = entries.as_slice() else { return None };
        let is_share = parse_share(value.scalar_text()).is_ok();
        let is_branch = is_share || matches!(value.kind, Kind::Map(_));
        is_branch.then(|| format!("{}: {}", quoted(key), in_braces(value)))
    };
    let branches: Vec<String> = items.iter().map(branch).collect::<Option<_>>()?;
    form(format!("{{{}}}", branches.join(", ")), true).filter(|_| !branches.is_empty())
}

/// The branches of `{share: 30%, to: won}`, or of a list of such maps.
fn branches_by_key(node: &Node) -> Option<Form> {
    let items = match &node.kind {
        Kind::List(items) => items.as_slice(),
        _ => std::slice::from_ref(node),
    };
    let mut parts = Vec::new();
    let mut is_whole = items.len() > 1;
    for item in items {
        let Kind::Map(entries) = &item.kind else { return None };
        let of = |keys: &[&str]| {
            let entry = entries.iter().find(|entry| keys.contains(&entry.key.as_str()))?;
            Some(entry.value.scalar_text()).filter(|text| !text.is_empty())
        };
        let to = of(&["to", "target", "stage", "goto", "куда"])?;
        let share = of(&["share", "probability", "prob", "p", "доля", "вероятность"])?;
        let after = of(&["after", "delay"]);
        let known = 2 + usize::from(after.is_some());
        if entries.len() != known || parse_share(to).is_ok() || parse_share(share).is_err() {
            return None;
        }
        let to = words::end(to).unwrap_or(to);
        is_whole = is_whole || share == "rest" || matches!(share, "100%" | "1");
        parts.push(match after {
            Some(after) => format!("{}: {{share: {share}, after: {after}}}", quoted(to)),
            None => format!("{}: {share}", quoted(to)),
        });
    }
    let is_lost = parts.iter().any(|part| part.starts_with("lost: "));
    let rest = if is_whole || is_lost { "" } else { ", lost: rest" };
    (!parts.is_empty()).then(|| form(format!("{{{}{rest}}}", parts.join(", ")), true))?
}

/// `{role: seller, time: 2h}` of `seller, 2h`, `2h of seller` and `2h`, with the names of the roles.
pub(super) fn work(text: &str, roles: &[&str]) -> Option<Form> {
    let is_time = |text: &str| Length::parse(text).is_ok();
    let text = text.trim();
    if is_time(text) {
        let role = if let [only] = roles { only } else { "…" };
        return form(format!("{{role: {}, time: {text}}}", quoted(role)), false);
    }
    let splits =
        text.char_indices().filter(|(_, c)| matches!(c, ',' | ' ' | ':' | ';' | '-' | '/'));
    let separators = [',', ' ', ':', ';', '-', '/', '–', '—', '(', ')'];
    let both = splits.flat_map(|(at, _)| {
        let (one, two) = (text[..at].trim_matches(separators), text[at..].trim_matches(separators));
        let of = |two: &'_ str| {
            ["of ", "by ", "of a ", "by a "]
                .iter()
                .find_map(|word| two.strip_prefix(word))
                .unwrap_or(two)
                .to_owned()
        };
        [(one.to_owned(), two.to_owned()), (of(two), one.to_owned())]
    });
    let mut fitting = both.filter(|(_, time)| is_time(time));
    let role_of = |name: &str| roles.iter().find(|role| role.to_lowercase() == name.to_lowercase());
    let known = fitting.find_map(|(name, time)| Some((*role_of(&name)?, time)));
    let (role, time) = known?;
    form(format!("{{role: {}, time: {time}}}", quoted(role)), true)
}

/// The days of a list such as `[{date: 2024-05-03, hours: "09:00-13:00"}]`, by their date.
pub(super) fn special_days(node: &Node) -> Option<Form> {
    let Kind::List(items) = &node.kind else { return None };
    let mut parts: Vec<String> = Vec::new();
    let mut date: Option<&str> = None;
    for item in items {
        let Kind::Map(entries) = &item.kind else { return None };
        for entry in entries {
            let text = entry.value.scalar_text();
            match entry.key.as_str() {
                "date" | "day" | "on" | "дата" if date.is_none() && !text.is_empty() => {
                    date = Some(text);
                }
                "hours" | "time" | "часы" => {
                    parts.push(format!("{}: {}", date.take()?, in_braces(&entry.value)));
                }
                _ => return None,
            }
        }
    }
    if let Some(date) = date {
        parts.push(format!("{date}: closed"));
        return form(format!("{{{}}}", parts.join(", ")), false);
    }
    (!parts.is_empty()).then(|| form(format!("{{{}}}", parts.join(", ")), true))?
}

/// `{size: large}` of `size == large`, and `{value: {above: 500}, visit: 2}` of `value > 500 and visit = 2`.
pub(super) fn condition(text: &str) -> Option<Form> {
    let and = [" && ", " and ", " AND ", " и "].iter().find(|and| text.contains(**and));
    let parts: Vec<&str> = and.map_or_else(|| vec![text], |and| text.split(and).collect());
    let pair = |part: &str| {
        let part = part.trim();
        if ["!=", "<>", " not ", " or ", "||", " или "].iter().any(|sign| part.contains(sign)) {
            return None;
        }
        let name = |name: &str| {
            let name = name.trim();
            let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | ' ' | '-');
            (!name.is_empty() && name.chars().all(is_name)).then(|| name.to_owned())
        };
        if let Some((key, value)) = part.split_once("==").or_else(|| part.split_once(" is ")) {
            return Some(format!("{}: {}", name(key)?, value_of(value)?));
        }
        let signs = SIGNS.iter().find(|(sign, _)| part.contains(sign));
        if let Some((sign, key)) = signs {
            let (of, value) = part.split_once(sign)?;
            return Some(format!("{}: {{{key}: {}}}", name(of)?, value_of(value)?));
        }
        if let Some((key, values)) = part.split_once(" in ") {
            let values = values.trim().trim_matches(['[', ']', '(', ')']);
            let values: Vec<String> = values.split(',').map(value_of).collect::<Option<_>>()?;
            return Some(format!("{}: [{}]", name(key)?, values.join(", ")));
        }
        let (key, value) = part.split_once('=')?;
        Some(format!("{}: {}", name(key)?, value_of(value)?))
    };
    let tests: Vec<String> = parts.into_iter().map(pair).collect::<Option<_>>()?;
    form(format!("{{{}}}", tests.join(", ")), true)
}

/// A value of a condition without its quotes.
fn value_of(text: &str) -> Option<String> {
    let text = text.trim().trim_matches(['"', '\'']).trim();
    let is_value = !text.is_empty() && !text.contains(['=', '<', '>', '&', '|', '(', ')']);
    is_value.then(|| quoted(text))
}

/// `large` of `{eq: large}`.
pub(super) fn equal(node: &Node) -> Option<Form> {
    let Kind::Map(entries) = &node.kind else { return None };
    let [Entry { key, value, .. }] = entries.as_slice() else { return None };
    let is_equal = matches!(
        key.to_lowercase().as_str(),
        "eq" | "equals" | "equal" | "equal_to" | "is" | "in" | "=" | "==" | "any_of" | "one_of"
    );
    let is_plain = matches!(value.kind, Kind::Scalar(_) | Kind::List(_));
    (is_equal && is_plain).then(|| form(in_braces(value), true))?
}

/// A limit without the sign that its key says already: `4h` of `<= 4h` behind `sla`.
pub(super) fn limit<'t>(key: &str, text: &'t str) -> Option<&'t str> {
    let of: &[&str] = match key {
        "sla" | "within" | "at_most" | "patience" => &[
            "<=",
            "=<",
            "≤",
            "<",
            "max ",
            "up to ",
            "at most ",
            "no more than ",
            "до ",
            "не более ",
        ],
        "below" => &["<", "below ", "under ", "less than ", "меньше "],
        "at_least" => &[">=", "=>", "≥", "min ", "at least ", "from ", "от ", "не менее "],
        "above" => &[">", "above ", "over ", "more than ", "больше "],
        _ => return None,
    };
    of.iter().find_map(|sign| text.trim().strip_prefix(sign)).map(str::trim)
}

/// Two or more windows of hours in one text, as a list.
pub(super) fn windows(text: &str) -> Option<Form> {
    let parts: Vec<&str> = [",", ";", " and ", " и ", "&", "+"]
        .iter()
        .find(|sign| text.contains(**sign))
        .map(|sign| text.split(sign).map(str::trim).collect())?;
    let window = |part: &&str| {
        let is_window = crate::calendar::Span::parse(part).is_ok();
        let written = if is_window { Some((*part).to_owned()) } else { meant::hours(part) };
        written.map(|window| format!("\"{window}\""))
    };
    let windows: Vec<String> = parts.iter().map(window).collect::<Option<_>>()?;
    (windows.len() > 1).then(|| form(format!("[{}]", windows.join(", ")), true))?
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(form: Option<Form>) -> Option<(String, bool)> {
        form.map(|form| (form.written, form.certain))
    }

    #[allow(clippy::unnecessary_wraps)] // what a reading gives
    fn sure(text: &str) -> Option<(String, bool)> {
        Some((text.to_owned(), true))
    }

    #[test]
    fn branches_in_words_become_keys() {
        let of = |text: &str| written(branches_in_words(text, |name| name == "contract"));
        for text in
            ["40% to contract", "contract 40%", "40 % → contract", "contract (40%)", "40% contract"]
        {
            assert_eq!(of(text), sure("{contract: 40%, lost: rest}"), "{text}");
        }
        assert_eq!(of("40% to contract, 60% lost"), sure("{contract: 40%, lost: 60%}"));
        let open = Some(("{contract: …%, lost: rest}".to_owned(), false));
        assert_eq!(of("contract or lost"), open);
        for text in
            ["40% to demo", "contract", "40%", "contract or demo", "140% to contract", "30% lost"]
        {
            assert_eq!(of(text), None, "{text}");
        }
    }

    #[test]
    fn work_in_words_names_a_role_of_the_model() {
        let of = |text: &str| written(work(text, &["seller", "senior manager"]));
        assert_eq!(of("seller, 2h"), sure("{role: seller, time: 2h}"));
        assert_eq!(of("Senior manager 30 min"), sure("{role: senior manager, time: 30 min}"));
        assert_eq!(of("2 h of seller"), sure("{role: seller, time: 2 h}"));
        assert_eq!(of("2h"), Some(("{role: …, time: 2h}".to_owned(), false)));
        assert_eq!(of("clerk, 2h"), None);
    }

    #[test]
    fn conditions_in_words_become_keys() {
        let of = |text: &str| written(condition(text));
        assert_eq!(of("size == large"), sure("{size: large}"));
        assert_eq!(of("size = 'large'"), sure("{size: large}"));
        assert_eq!(of("size is large"), sure("{size: large}"));
        assert_eq!(of("size in [large, small]"), sure("{size: [large, small]}"));
        assert_eq!(of("value >= 500 and visit = 2"), sure("{value: {at_least: 500}, visit: 2}"));
        for text in ["size != large", "large", "size is not large", "a = 1 or b = 2", "f(x) = 2"] {
            assert_eq!(of(text), None, "{text}");
        }
    }

    #[test]
    fn limits_and_windows_lose_their_signs() {
        assert_eq!(limit("sla", "<= 4h"), Some("4h"));
        assert_eq!(limit("at_least", ">=20%"), Some("20%"));
        assert_eq!(limit("wait", "<= 4h"), None);
        assert_eq!(limit("at_least", "<= 4h"), None);
        let two = sure("[\"09:00-13:00\", \"14:00-17:00\"]");
        assert_eq!(written(windows("09:00-13:00, 14:00-17:00")), two);
        assert_eq!(written(windows("09:00-13:00 and 14:00-17:00")), two);
        assert_eq!(windows("09:00-13:00, lunch"), None);
    }
}
