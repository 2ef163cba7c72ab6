//! Converts an engine-neutral case to the language; the cases do not depend on YAML or on this
//! program.
//!
//! A case gives durations by the parameters of the literature, in days, and ends by names such as
//! `lost:price`. Numbers are written in the shortest form that reads back to the same double, and
//! every name is quoted, so that spaces and colons have no meaning.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use serde::Deserialize;
use voronka::diagnostic::Severity;
use voronka::model::{self, Model};

/// A case as stored in its file.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Case {
    pub(super) id: String,
    pub(super) model: CaseModel,
    pub(super) quantities: Vec<Quantity>,
}

/// An exact value.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Quantity {
    pub(super) name: String,
    pub(super) value: f64,
    pub(super) kind: Kind,
    /// The error of the reference itself.
    #[serde(default)]
    pub(super) abs_err: f64,
}

/// The kind of a value; it decides the precision required of its estimate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Kind {
    Mean,
    /// A standard deviation.
    Var,
    Quantile,
    Prob,
}

/// A funnel of independent deals.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct CaseModel {
    pub(super) start: String,
    pub(super) stages: Vec<CaseStage>,
    /// The same without `max_visits`.
    #[serde(default)]
    pub(super) equivalent_stages: Vec<CaseStage>,
    /// `won`: quantities without an end are of won deals.
    #[serde(default)]
    pub(super) population: String,
}

/// A stage of a case.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct CaseStage {
    pub(super) name: String,
    pub(super) duration: CaseDuration,
    #[serde(default)]
    cost_per_visit: f64,
    #[serde(default)]
    pub(super) cost_per_time: f64,
    pub(super) max_visits: Option<u64>,
    on_limit: Option<String>,
    pub(super) to: BTreeMap<String, f64>,
}

/// A distribution in the parameters of the literature.
#[derive(Debug, Clone, Deserialize)]
#[serde(tag = "dist", rename_all = "lowercase")]
pub(super) enum CaseDuration {
    Deterministic { value: f64 },
    Exponential { mean: f64 },
    Lognormal { mu: f64, sigma: f64 },
    Gamma { shape: f64, scale: f64 },
    Erlang { k: u64, mean: f64 },
    Weibull { shape: f64, scale: f64 },
    Uniform { low: f64, high: f64 },
    Triangular { low: f64, mode: f64, high: f64 },
    Pert { low: f64, mode: f64, high: f64 },
    Hyperexponential { probs: Vec<f64>, means: Vec<f64> },
}

/// Reads a case of `tests/exact`.
pub(super) fn read(id: &str) -> Case {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/exact/{id}.json"));
    let text = std::fs::read_to_string(path).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// One deal a minute until `count` have arrived, each followed to its end.
pub(super) fn until_empty(case: &CaseModel, count: u64) -> String {
    let enters = quoted(&case.start);
    let source = format!("{{every: 1 min, count: {count}, enters: {enters}}}");
    let (roles, stages) = (clocks(&case.stages), stages(&case.stages));
    format!("horizon: until empty\nsources: {{\"the deals\": {source}}}\n{roles}{stages}")
}

/// Cost that grows with time is modelled as work of an unlimited role.
fn clocks(stages: &[CaseStage]) -> String {
    let mut text = String::new();
    for stage in stages.iter().filter(|stage| stage.cost_per_time != 0.0) {
        let (name, cost) =
            (quoted(&format!("clock of {}", stage.name)), stage.cost_per_time / 24.0);
        writeln!(text, "  {name}: {{people: unlimited, cost: {cost}/hour}}").unwrap();
    }
    if text.is_empty() {
        return text;
    }
    format!("calendars: {{always: {{hours: {{mon-sun: \"00:00-24:00\"}}}}}}\nroles:\n{text}")
}

/// The section of the stages.
pub(super) fn stages(stages: &[CaseStage]) -> String {
    let mut text = "stages:\n".to_owned();
    for stage in stages {
        writeln!(text, "  {}:", quoted(&stage.name)).unwrap();
        let time = duration(&stage.duration);
        if stage.cost_per_time == 0.0 {
            writeln!(text, "    wait: {time}").unwrap();
        } else {
            let role = format!("clock of {}", stage.name);
            writeln!(text, "    work: {{role: {}, time: {time}}}", quoted(&role)).unwrap();
        }
        writeln!(text, "    cost: {}", stage.cost_per_visit).unwrap();
        if let (Some(count), Some(end)) = (stage.max_visits, &stage.on_limit) {
            let reason = quoted(reason(end).unwrap());
            writeln!(text, "    max_visits: {{count: {count}, lost: {reason}}}").unwrap();
        }
        writeln!(text, "    next: {}", next(&stage.to)).unwrap();
    }
    text
}

/// Loads a text that must have no errors.
pub(super) fn load(text: &str) -> Model {
    let loaded = model::load("case.yaml", text, &[], None);
    let bad = loaded.diagnostics.iter().find(|found| found.severity() == Severity::Error);
    assert!(bad.is_none(), "{bad:?} in\n{text}");
    loaded.model.unwrap()
}

/// The loss reason of an end, if it is one.
pub(super) fn reason(end: &str) -> Option<&str> {
    end.strip_prefix("lost:")
}

fn next(to: &BTreeMap<String, f64>) -> String {
    let (lost, others): (Vec<_>, Vec<_>) = to.iter().partition(|(end, _)| reason(end).is_some());
    let mut parts: Vec<String> =
        others.iter().map(|(name, share)| format!("{}: {share}", quoted(name))).collect();
    let reasons: Vec<String> = lost
        .iter()
        .filter_map(|(end, share)| Some(format!("{}: {share}", quoted(reason(end)?))))
        .collect();
    if !reasons.is_empty() {
        parts.push(format!("lost: {{{}}}", reasons.join(", ")));
    }
    format!("{{{}}}", parts.join(", "))
}

fn duration(duration: &CaseDuration) -> String {
    use CaseDuration as D;
    let list = |values: &[f64], unit: &str| {
        let values: Vec<String> = values.iter().map(|value| format!("{value}{unit}")).collect();
        values.join(", ")
    };
    match duration {
        D::Deterministic { value } => format!("{value} d"),
        D::Exponential { mean } => format!("{{exponential: {{mean: {mean} d}}}}"),
        D::Lognormal { mu, sigma } => {
            format!("{{lognormal: {{median: {} d, sigma: {sigma}}}}}", mu.exp())
        }
        D::Gamma { shape, scale } => format!("{{gamma: {{shape: {shape}, scale: {scale} d}}}}"),
        D::Erlang { k, mean } => format!("{{erlang: {{k: {k}, mean: {mean} d}}}}"),
        D::Weibull { shape, scale } => format!("{{weibull: {{shape: {shape}, scale: {scale} d}}}}"),
        D::Uniform { low, high } => format!("{{uniform: {{min: {low} d, max: {high} d}}}}"),
        D::Triangular { low, mode, high } => {
            format!("{{triangular: {{min: {low} d, mode: {mode} d, max: {high} d}}}}")
        }
        D::Pert { low, mode, high } => {
            format!("{{pert: {{min: {low} d, mode: {mode} d, max: {high} d}}}}")
        }
        D::Hyperexponential { probs, means } => format!(
            "{{hyperexponential: {{shares: [{}], means: [{}]}}}}",
            list(probs, ""),
            list(means, " d")
        ),
    }
}

/// A JSON string is a double-quoted YAML scalar.
fn quoted(name: &str) -> String {
    serde_json::to_string(name).unwrap()
}

#[test]
fn names_with_spaces_and_colons_and_every_family_can_be_converted() {
    let durations = [
        r#"{"dist": "deterministic", "value": 1e-3}"#,
        r#"{"dist": "exponential", "mean": 2}"#,
        r#"{"dist": "lognormal", "mu": 1.6078970791653964, "sigma": 0.6064031498312961}"#,
        r#"{"dist": "gamma", "shape": 2, "scale": 1.5}"#,
        r#"{"dist": "erlang", "k": 3, "mean": 6}"#,
        r#"{"dist": "weibull", "shape": 1.4, "scale": 2}"#,
        r#"{"dist": "uniform", "low": 0, "high": 4}"#,
        r#"{"dist": "triangular", "low": 2, "mode": 5, "high": 14}"#,
        r#"{"dist": "pert", "low": 0.5, "mode": 1, "high": 5}"#,
        r#"{"dist": "hyperexponential", "probs": [0.3, 0.7], "means": [1, 20]}"#,
    ];
    for duration in durations {
        let case = format!(
            r#"{{"start": "first: call", "stages": [
                {{"name": "no way", "duration": {duration}, "to": {{"won": 1}}}},
                {{"name": "first: call", "duration": {duration}, "cost_per_visit": 10,
                  "max_visits": 2, "on_limit": "lost:too many: 3",
                  "to": {{"no way": 0.1, "first: call": 0.2, "lost:no, \"thanks\" # x": 0.7}}}}
            ]}}"#
        );
        let case: CaseModel = serde_json::from_str(&case).unwrap();
        let model = load(&until_empty(&case, 5));
        assert_eq!(model.stages[1].name, "first: call");
        assert_eq!(model.sources[0].enters.as_ref().unwrap().0, "first: call");
        let reasons: Vec<_> = model.branches().map(|branch| &branch.target).collect();
        for reason in ["no, \"thanks\" # x", "too many: 3"] {
            assert!(reasons.contains(&&model::Target::Lost(Some(reason.to_owned()))), "{reason}");
        }
    }
}
