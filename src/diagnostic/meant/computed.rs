//! Values that other tools compute: formulas of spreadsheets, placeholders of templates, functions.

use super::Wanted;

/// A value that another tool would compute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Computed {
    /// `=A1*2`.
    Formula,
    /// `${X}`, `{{ x }}` or `%X%`.
    Placeholder,
    /// A word for nothing, such as `None`.
    Nothing,
    /// A function such as `normal(5, 2)`; as a distribution of the language, if it may stand here.
    Call(Option<String>),
}

/// The functions of distributions and the parameters that they take in this order.
const CALLS: [(&[&str], &str, &[&str]); 6] = [
    (&["normal", "norm", "gauss", "gaussian"], "normal", &["mean", "sd"]),
    (&["lognormal", "lognorm"], "lognormal", &["mean", "sd"]),
    (&["gamma"], "gamma", &["mean", "sd"]),
    (&["exponential", "expo", "exp"], "exponential", &["mean"]),
    (&["uniform", "unif"], "uniform", &["min", "max"]),
    (&["triangular", "triang", "tria", "pert"], "triangular", &["min", "mode", "max"]),
];

/// Words for nothing.
const NOTHING: [&str; 12] =
    ["none", "null", "nil", "nan", "n/a", "na", "undefined", "tbd", "-", "—", "?", "нет"];

/// What was meant to be computed, if the text looks like it.
pub fn computed(text: &str, wanted: Wanted) -> Option<Computed> {
    let text = text.trim();
    if text.len() > 1 && text.starts_with('=') {
        return Some(Computed::Formula);
    }
    if NOTHING.contains(&text.to_lowercase().as_str()) {
        return Some(Computed::Nothing);
    }
    let is_percent = text.len() > 2 && text.starts_with('%') && text.ends_with('%');
    if text.contains("${") || text.contains("{{") || is_percent {
        return Some(Computed::Placeholder);
    }
    // In braces, the comma ends the text before the parenthesis is closed.
    let (name, rest) = text.split_once('(')?;
    let name = name.trim().to_lowercase();
    let is_name = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_');
    is_name.then(|| Computed::Call(distribution(&name, rest.trim_end_matches(')'), wanted)))
}

/// A call as a distribution of the language; its numbers are examples where they are not known.
fn distribution(name: &str, arguments: &str, wanted: Wanted) -> Option<String> {
    let unit = match wanted {
        Wanted::Duration => "d",
        Wanted::Money | Wanted::Distribution => "",
        _ => return None,
    };
    let (_, family, parameters) = CALLS.iter().find(|(names, ..)| names.contains(&name))?;
    let mut given = arguments.split([',', ';']).map(str::trim);
    let written = parameters.iter().map(|parameter| {
        let argument = given.next().filter(|argument| !argument.is_empty()).unwrap_or("…");
        let unit = if argument.ends_with(|c: char| c.is_ascii_digit()) { unit } else { "" };
        format!("{parameter}: {argument}{unit}")
    });
    let written: Vec<String> = written.collect();
    Some(format!("{{{family}: {{{}}}}}", written.join(", ")))
}

/// A window of a 12-hour clock, as `9am-6pm`, by the clock of 24 hours.
pub fn hours(text: &str) -> Option<String> {
    let lower = text.to_lowercase().replace('.', "");
    let (from, until) = lower.split_once(['-', '–'])?;
    let both = [from, until].map(str::trim);
    let is_marked = |time: &str| time.ends_with("am") || time.ends_with("pm");
    both.iter().any(|time| is_marked(time)).then_some(())?;
    Some(format!("{}-{}", time(both[0])?, time(both[1])?))
}

fn time(text: &str) -> Option<String> {
    let digits = text.trim_end_matches(|c: char| c.is_alphabetic() || c == ' ');
    let (hours, minutes) = digits.split_once(':').unwrap_or((digits, "00"));
    let (hours, minutes): (u8, u8) = (hours.parse().ok()?, minutes.parse().ok()?);
    let hours = match text[digits.len()..].trim() {
        "am" if hours <= 12 => hours % 12,
        "pm" if hours <= 12 => hours % 12 + 12,
        "" => hours,
        _ => return None,
    };
    (hours < 24 && minutes < 60).then(|| format!("{hours:02}:{minutes:02}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_function_becomes_the_distribution_that_the_place_takes() {
        let call = |text, wanted| match computed(text, wanted) {
            Some(Computed::Call(written)) => written,
            other => panic!("{other:?}"),
        };
        let written = |text: &str| Some(text.to_owned());
        let normal = written("{normal: {mean: 5d, sd: 2 h}}");
        assert_eq!(call("normal(5, 2 h)", Wanted::Duration), normal);
        assert_eq!(call("Uniform(10;20)", Wanted::Money), written("{uniform: {min: 10, max: 20}}"));
        assert_eq!(call("normal(5", Wanted::Duration), written("{normal: {mean: 5d, sd: …}}"));
        assert_eq!(call("max(1, 2)", Wanted::Duration), None);
        assert_eq!(computed("=A1*2", Wanted::Money), Some(Computed::Formula));
        assert_eq!(computed("{{ rate }}/week", Wanted::Rate), Some(Computed::Placeholder));
        assert_eq!(computed("None", Wanted::Money), Some(Computed::Nothing));
        assert_eq!(computed("2d", Wanted::Duration), None);
        assert_eq!(computed("5 d (about)", Wanted::Duration), None);
    }

    #[test]
    fn a_clock_of_twelve_hours_is_read() {
        assert_eq!(hours("9am-6pm"), Some("09:00-18:00".to_owned()));
        assert_eq!(hours("12 AM – 12:30 p.m."), Some("00:00-12:30".to_owned()));
        assert_eq!(hours("9-18"), None);
        assert_eq!(hours("19pm-20pm"), None);
    }
}
