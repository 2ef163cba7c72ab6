//! Expectations in other forms: formulas, as `win_rate > 20%`, and KPIs as keys, as `win_rate: 20%`.

use super::Expectation;
use super::reader::{Field, Reader};
use super::yaml::Kind;
use crate::diagnostic::ExpectationFault;
use crate::diagnostic::meant::SIGNS;
use crate::kpi::{Direction, Kpi};

/// `kpi: win_rate, above: 20%` of `win_rate > 20%`.
fn formula(text: &str) -> Option<String> {
    let (sign, key) = SIGNS.iter().find(|(sign, _)| text.contains(sign))?;
    let (name, value) = text.split_once(sign)?;
    let name = name.trim().to_lowercase().replace([' ', '-'], "_");
    let (kpi, value) = (Kpi::find(&name)?.name(), value.trim());
    let is_plain =
        !value.is_empty() && !value.contains([',', ':', '{', '}', '[', ']', '"', '>', '<']);
    is_plain.then(|| format!("kpi: {kpi}, {key}: {value}"))
}

/// The same of a KPI as a key, and whether the direction of the limit is given.
fn of_key(key: &str, value: &str) -> Option<(String, bool)> {
    let kpi = Kpi::find(key)?;
    if let Some(written) = formula(&format!("{key} {value}")) {
        return Some((written, true));
    }
    let limit = if kpi.good() == Direction::Down { "at_most" } else { "at_least" };
    let is_value = value.starts_with(|c: char| c.is_ascii_digit()) && !value.contains([',', '-']);
    is_value.then(|| (format!("kpi: {}, {limit}: {value}", kpi.name()), false))
}

impl Field<'_> {
    /// The list of expectations.
    pub(super) fn expectations(&self, r: &mut Reader<'_>, names: &[&str]) -> Vec<Expectation> {
        match &self.node.kind {
            Kind::Scalar(text) if let Some(written) = formula(text) => {
                self.report_shorthand(r, (text, format!("[{{{written}}}]"), true));
                return Vec::new();
            }
            Kind::Map(entries) => {
                let pairs =
                    entries.iter().map(|entry| of_key(&entry.key, entry.value.scalar_text()));
                if let Some(written) = pairs.collect::<Option<Vec<_>>>() {
                    for ((key, field), (written, certain)) in self.entries().iter().zip(written) {
                        field.report_shorthand(r, (key, format!("- {{{written}}}"), certain));
                    }
                    return Vec::new();
                }
            }
            _ => {}
        }
        let items = self.items(r).unwrap_or_default();
        let mut read = Vec::new();
        for item in items {
            if !item.is_shorthand(r) {
                read.extend(item.expectation(r, names));
            }
        }
        read
    }

    /// Whether an item is written in another form; reports it.
    fn is_shorthand(&self, r: &mut Reader<'_>) -> bool {
        if let Kind::Scalar(text) = &self.node.kind {
            let written = formula(text);
            if let Some(written) = &written {
                self.report_shorthand(r, (text, format!("{{{written}}}"), true));
            }
            return written.is_some();
        }
        let entries = self.entries();
        let kpi = entries.iter().find(|(key, _)| *key == "kpi");
        for (key, field) in &entries {
            let text = field.node.scalar_text();
            let written = match kpi {
                Some(_) if *key == "kpi" => formula(text).map(|written| (written, true)),
                Some(_) => None,
                None => of_key(key, text),
            };
            if let Some((written, certain)) = written {
                let shown = if *key == "kpi" { text } else { key };
                field.report_shorthand(r, (shown, format!("{{{written}}}"), certain));
                return true;
            }
        }
        false
    }

    /// Reports it at the key, or at the value of an item or of `kpi`.
    fn report_shorthand(&self, r: &mut Reader<'_>, (text, written, certain): (&str, String, bool)) {
        let problem = ExpectationFault::Shorthand { text: text.to_owned(), written, certain };
        let of_key = self.name() == text && Kpi::find(text).is_some();
        let place = if of_key { self.key().place } else { self.place() };
        r.findings.report(problem, place, self.path.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_become_keys() {
        let written = |text: &str| formula(text);
        assert_eq!(written("win_rate > 20%").as_deref(), Some("kpi: win_rate, above: 20%"));
        assert_eq!(written("Win rate >= 20 %").as_deref(), Some("kpi: win_rate, at_least: 20 %"));
        assert_eq!(written("sales_cycle<=90d").as_deref(), Some("kpi: sales_cycle, at_most: 90d"));
        assert_eq!(written("luck > 20%"), None);
        let of = |key: &str, value: &str| of_key(key, value);
        assert_eq!(of("win_rate", "20%"), Some(("kpi: win_rate, at_least: 20%".to_owned(), false)));
        assert_eq!(of("win_rate", "< 20%"), Some(("kpi: win_rate, below: 20%".to_owned(), true)));
    }

    /// The text of the mend of the first finding.
    fn mended(expect: &str) -> Option<String> {
        let text = format!("stages: {{lead: {{wait: 1d, next: 30%}}}}\n{expect}\n");
        let loaded = crate::model::load("", &text, &[], None);
        loaded.diagnostics[0].mend.as_ref().map(|mend| mend.edits[0].text.clone())
    }

    #[test]
    fn formulas_are_mended_where_they_stand() {
        let above = Some("{kpi: win_rate, above: 20%}".to_owned());
        assert_eq!(mended("expect:\n  - win_rate > 20%"), above);
        assert_eq!(mended("expect:\n  - kpi: win_rate > 20%"), above);
        assert_eq!(mended("expect: [{kpi: win_rate > 20%}]"), above);
        assert_eq!(mended("expect:\n  - win_rate: \"> 20%\""), above);
        let listed = Some("[{kpi: win_rate, above: 20%}]".to_owned());
        assert_eq!(mended("expect: win_rate > 20%"), listed);
        let item = Some("- {kpi: win_rate, at_least: 20%}".to_owned());
        assert_eq!(mended("expect:\n  win_rate: 20%"), item);
    }
}
