//! Distributions as written: a constant, or one key that names the family.

use super::families::{EMPIRICAL, FAMILIES, begun, known_key, parameter_sets};
use super::lognormal;
use super::near::nearest;
use super::reader::{Field, Reader, Section};
use super::yaml::Kind;
use crate::diagnostic::meant;
use crate::diagnostic::{Doubt, StructureFault, ValueFault, Wanted, Warning};
use crate::quantity::{MINOR_UNITS, NumberFault, Share};
use crate::random::distribution::{BadDistribution, Distribution};
use crate::records;

/// What a distribution measures; this decides how its parameters are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Measure {
    /// Durations; in microseconds, never negative.
    Time,
    /// Amounts; in hundredths of the currency.
    Money,
    /// Amounts of a thing; in hundredths of its unit, never negative.
    Quantity,
}

/// A normal duration or amount is warned about if more than this share of its draws is negative.
const OFTEN_REDRAWN: f64 = 0.01;

/// A distribution is warned about if one draw in ten is at least so many medians.
const WIDE: f64 = 50.0;

/// With more phases than this a distribution cannot be told from a constant.
const MOST_PHASES: u64 = 1_000_000;

impl Field<'_> {
    /// A distribution of durations, in microseconds.
    pub(super) fn time(&self, r: &mut Reader<'_>) -> Option<Distribution> {
        let distribution = self.distribution(r, Measure::Time)?;
        if distribution.minimum() < 0.0 {
            self.report(r, ValueFault::NegativeTime);
            return None;
        }
        Some(distribution)
    }

    /// A distribution of amounts, in hundredths of the currency.
    pub(super) fn amount(&self, r: &mut Reader<'_>) -> Option<Distribution> {
        self.distribution(r, Measure::Money)
    }

    /// A distribution of amounts of a thing, in hundredths of its unit.
    pub(super) fn quantity(&self, r: &mut Reader<'_>) -> Option<Distribution> {
        self.distribution(r, Measure::Quantity)
    }

    fn measured(&self, r: &mut Reader<'_>, measure: Measure) -> Option<f64> {
        match measure {
            Measure::Time => self.micros(r),
            Measure::Money => Some(self.money(r)? * MINOR_UNITS),
            Measure::Quantity => Some(self.number(r)? * MINOR_UNITS),
        }
    }

    fn distribution(&self, r: &mut Reader<'_>, measure: Measure) -> Option<Distribution> {
        if !self.is_map() {
            if self.is_list() || self.is_null() {
                let found = self.node.found();
                self.report(r, StructureFault::WrongKind { wanted: Wanted::Distribution, found });
                return None;
            }
            let text = self.node.scalar_text().trim();
            if text.starts_with('{') && text.ends_with('}') && text.contains(": ") {
                self.report(r, StructureFault::QuotedMap { text: text.to_owned() });
                return None;
            }
            return self.measured(r, measure).map(Distribution::Constant);
        }
        let entries = self.entries();
        let [(family, body)] = entries.as_slice() else {
            let found = self.node.found();
            self.report(r, StructureFault::WrongKind { wanted: Wanted::Distribution, found });
            return None;
        };
        if !FAMILIES.contains(family) {
            let problem = ValueFault::UnknownFamily {
                name: (*family).to_owned(),
                nearest: nearest(family, FAMILIES).or_else(|| begun(family)),
                known: &FAMILIES,
            };
            r.findings.report(problem, body.key().place, body.path.clone());
            return None;
        }
        let made = body.family(r, family, measure)?;
        match made {
            Ok(distribution) => Some(distribution),
            Err(fault) => {
                body.report_parameters(r, fault, measure);
                None
            }
        }
    }

    /// Reports the fault at the parameter it names, if any.
    fn report_parameters(&self, r: &mut Reader<'_>, fault: BadDistribution, measure: Measure) {
        let parameter = match &fault {
            BadDistribution::NotFinite { parameter }
            | BadDistribution::NotPositive { parameter, .. }
            | BadDistribution::Negative { parameter, .. }
            | BadDistribution::Empty { parameter } => Some(*parameter),
            BadDistribution::OutOfOrder { low, .. } => Some(*low),
            _ => None,
        };
        let place = parameter
            .and_then(|name| self.node.get(name))
            .map_or_else(|| self.key().place, |node| node.place);
        let of_time = measure == Measure::Time;
        r.findings.report(ValueFault::BadParameters { fault, of_time }, place, self.path.clone());
    }

    /// `None` if a parameter could not be read; it has been reported.
    fn family(
        &self,
        r: &mut Reader<'_>,
        family: &str,
        measure: Measure,
    ) -> Option<Result<Distribution, BadDistribution>> {
        use Distribution as D;
        let sets = match family {
            "hyperexponential" => return self.hyperexponential(r),
            "empirical" => return self.empirical(r, measure),
            "mixture" => return self.mixture(r, measure),
            family => parameter_sets(family),
        };
        let (keys, values) = self.parameters(r, sets, measure)?;
        let v = |at: usize| values[at];
        if keys == ["median", "p90"] && v(0) > 0.0 && v(1) >= WIDE * v(0) {
            self.report(r, Doubt::WideSpread { times: v(1) / v(0) });
        }
        Some(match (family, keys) {
            ("uniform", _) => D::uniform(v(0), v(1)),
            ("triangular", _) => D::triangular(v(0), v(1), v(2)),
            ("pert", _) => D::pert(v(0), v(1), v(2)),
            ("normal", _) => match measure {
                Measure::Time => {
                    self.warn_often_redrawn(r, v(0), v(1));
                    D::positive_normal(v(0), v(1))
                }
                Measure::Quantity => D::positive_normal(v(0), v(1)),
                Measure::Money => {
                    self.warn_often_negative(r, v(0), v(1));
                    D::normal(v(0), v(1))
                }
            },
            ("lognormal", ["mean", _]) => D::lognormal_mean_sd(v(0), v(1)),
            ("lognormal", [_, "p90"]) => D::lognormal_median_p90(v(0), v(1)),
            ("lognormal", _) => D::lognormal_median_sigma(v(0), v(1)),
            ("exponential", _) => D::exponential(v(0)),
            ("gamma", ["mean", _]) => D::gamma_mean_sd(v(0), v(1)),
            ("gamma", _) => D::gamma_shape_scale(v(0), v(1)),
            ("erlang", _) => D::erlang(v(0) as u32, v(1)),
            ("weibull", ["shape", _]) => D::weibull_shape_scale(v(0), v(1)),
            ("weibull", _) => D::weibull_median_p90(v(0), v(1)),
            ("loglogistic", _) => D::loglogistic(v(0), v(1)),
            (_, _) => D::beta(v(0), v(1), v(2), v(3)),
        })
    }

    /// Reads the set of parameters whose first key is given.
    fn parameters(
        &self,
        r: &mut Reader<'_>,
        sets: &[&'static [&'static str]],
        measure: Measure,
    ) -> Option<(&'static [&'static str], Vec<f64>)> {
        if let Some(given) = self.unnamed() {
            let keys = sets.iter().find(|keys| keys.len() == given.len());
            let values = |keys: &[&str]| -> Vec<String> {
                let value = |(at, key): (usize, &&str)| {
                    format!("{key}: {}", given.get(at).map_or("…", String::as_str))
                };
                keys.iter().enumerate().map(value).collect()
            };
            let written = format!("{{{}}}", values(keys.unwrap_or(&sets[0])).join(", "));
            let certain = sets.len() == 1 && keys.is_some();
            let problem = ValueFault::Unnamed { family: self.name().to_owned(), written, certain };
            r.findings.report(problem, self.node.place, self.path.clone());
            return None;
        }
        let other = || lognormal::meant(self.node);
        if let (true, Some(form)) = (self.name() == "lognormal", other()) {
            self.report_form(r, form);
            return None;
        }
        let known: Vec<&str> = sets.concat();
        let section = self.section(r, &known, &[])?;
        let given = |set: &[&str]| set.iter().filter(|key| section.get(key).is_some()).count();
        // Of sets that fit equally well, the first one is the usual one.
        let best = |set: &&[&str]| (given(set) == set.len(), given(set));
        let keys = sets.iter().copied().rev().max_by_key(best)?;
        let extra = known.iter().find(|key| section.get(key).is_some() && !keys.contains(key));
        if let (Some(extra), true) = (extra, given(keys) == keys.len()) {
            let field = section.get(extra)?;
            let problem =
                StructureFault::Conflict { key: known_key(&known, extra, sets), other: keys[0] };
            r.findings.report(problem, field.key().place, field.path.clone());
            return None;
        }
        let values: Vec<Option<f64>> =
            keys.iter().map(|key| self.parameter(r, &section, key, measure)).collect();
        Some((keys, values.into_iter().collect::<Option<Vec<f64>>>()?))
    }

    /// Parameters that are given without their names: one value, the two ends of `2-5 days`, or a list of values.
    fn unnamed(&self) -> Option<Vec<String>> {
        let both = |text: &str| meant::limits(text, false).filter(|_| self.name() == "uniform");
        let texts: Vec<String> = match &self.node.kind {
            Kind::Scalar(text) => both(text).map_or_else(|| vec![text.clone()], Vec::from),
            Kind::List(items) => items.iter().map(|item| item.scalar_text().to_owned()).collect(),
            Kind::Null | Kind::Map(_) => return None,
        };
        (!texts.is_empty() && texts.iter().all(|text| !text.is_empty())).then_some(texts)
    }

    fn parameter(
        &self,
        r: &mut Reader<'_>,
        section: &Section<'_>,
        key: &'static str,
        measure: Measure,
    ) -> Option<f64> {
        let field = section.need(r, key, self.name())?;
        match key {
            "shape" | "sigma" | "alpha" | "beta" => field.number(r),
            "k" => {
                let k = field.count(r)?;
                let text = field.scalar(r, Wanted::Count)?.to_owned();
                if k == 0 {
                    field.report(r, ValueFault::Below { text, least: 1.0 });
                    return None;
                }
                if k > MOST_PHASES {
                    let fault = NumberFault::TooLarge { most: MOST_PHASES as f64 };
                    field.report(r, ValueFault::Number { text, wanted: Wanted::Count, fault });
                    return None;
                }
                Some(k as f64)
            }
            _ => field.measured(r, measure),
        }
    }

    fn warn_often_redrawn(&self, r: &mut Reader<'_>, mean: f64, sd: f64) {
        if let Ok(normal @ Distribution::Normal(_)) = Distribution::normal(mean, sd) {
            let share = normal.cdf(0.0);
            if share > OFTEN_REDRAWN {
                self.report(r, Warning::OftenRedrawn { share });
            }
        }
    }

    fn warn_often_negative(&self, r: &mut Reader<'_>, mean: f64, sd: f64) {
        let share = Distribution::normal(mean, sd).map_or(0.0, |normal| normal.cdf(0.0));
        if mean > 0.0 && share > OFTEN_REDRAWN {
            self.report(r, Doubt::OftenNegative { share });
        }
    }

    fn hyperexponential(
        &self,
        r: &mut Reader<'_>,
    ) -> Option<Result<Distribution, BadDistribution>> {
        let section = self.section(r, &["shares", "means"], &[])?;
        let shares = section.need(r, "shares", "hyperexponential")?;
        let means = section.need(r, "means", "hyperexponential")?;
        let shares: Vec<Option<Share>> = shares.items(r)?.iter().map(|s| s.share(r)).collect();
        let means: Vec<Option<f64>> = means.items(r)?.iter().map(|m| m.micros(r)).collect();
        let shares = fill_rest(&shares.into_iter().collect::<Option<Vec<_>>>()?);
        let means = means.into_iter().collect::<Option<Vec<_>>>()?;
        Some(Distribution::hyperexponential(&shares, &means))
    }

    fn empirical(
        &self,
        r: &mut Reader<'_>,
        measure: Measure,
    ) -> Option<Result<Distribution, BadDistribution>> {
        let section = self.section(r, &EMPIRICAL, &[])?;
        if let Some(file) = section.get("file") {
            let column = section.need(r, "column", "empirical")?;
            let name = column.scalar(r, Wanted::Scalar)?;
            let path = file.scalar(r, Wanted::Scalar)?;
            return match records::column(
                r.folder_of(file.place()),
                path,
                name,
                measure == Measure::Time,
            ) {
                Ok(values) => Some(Distribution::empirical(&values, None)),
                Err(fault) => {
                    file.report(r, ValueFault::DataFile { fault });
                    None
                }
            };
        }
        let values = section.need(r, "values", "empirical")?;
        let values: Vec<Option<f64>> =
            values.items(r)?.iter().map(|v| v.measured(r, measure)).collect();
        let weights = match section.get("weights") {
            None => None,
            Some(field) => {
                let weights: Vec<Option<f64>> =
                    field.items(r)?.iter().map(|w| w.weight(r)).collect();
                Some(weights.into_iter().collect::<Option<Vec<_>>>()?)
            }
        };
        let values = values.into_iter().collect::<Option<Vec<_>>>()?;
        Some(Distribution::empirical(&values, weights.as_deref()))
    }

    /// A weight: a share or any nonnegative number.
    fn weight(&self, r: &mut Reader<'_>) -> Option<f64> {
        let text = self.scalar(r, Wanted::Number)?;
        if text.trim_end().ends_with('%') { self.plain_share(r) } else { self.number(r) }
    }

    fn mixture(
        &self,
        r: &mut Reader<'_>,
        measure: Measure,
    ) -> Option<Result<Distribution, BadDistribution>> {
        let mut shares = Vec::new();
        let mut parts = Vec::new();
        for item in self.items(r)? {
            let (share, part) = item.mixture_part(r, measure)?;
            shares.push(share);
            parts.push(part);
        }
        let shares = fill_rest(&shares);
        Some(Distribution::mixture(shares.into_iter().zip(parts).collect()))
    }

    /// `{share: 30%, lognormal: {…}}` or `{share: rest, value: 2d}`.
    fn mixture_part(&self, r: &mut Reader<'_>, measure: Measure) -> Option<(Share, Distribution)> {
        let mut known = vec!["share", "value"];
        known.extend(FAMILIES);
        let section = self.section(r, &known, &[])?;
        let share = section.need(r, "share", "mixture")?.share(r)?;
        if let Some(value) = section.get("value") {
            return Some((share, value.distribution(r, measure)?));
        }
        let given = self.entries().into_iter().find(|(key, _)| FAMILIES.contains(key));
        let Some((family, body)) = given else {
            section.need(r, "value", "mixture");
            return None;
        };
        match body.family(r, family, measure)? {
            Ok(part) => Some((share, part)),
            Err(fault) => {
                body.report_parameters(r, fault, measure);
                None
            }
        }
    }
}

/// Replaces `rest` by what the other shares leave of 1.
fn fill_rest(shares: &[Share]) -> Vec<f64> {
    let given: f64 = shares.iter().map(|s| if let Share::Of(x) = s { *x } else { 0.0 }).sum();
    let rests = shares.iter().filter(|s| **s == Share::Rest).count().max(1);
    let rest = (1.0 - given).max(0.0) / rests as f64;
    shares.iter().map(|s| if let Share::Of(x) = s { *x } else { rest }).collect()
}
