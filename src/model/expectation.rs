//! `expect`: what must hold of the result.

use super::reader::{Field, Reader, Section, Spot, nearest};
use crate::diagnostic::{ExpectationFault, FigureFault, Problem, StructureFault, Wanted};
use crate::kpi::statistic::{self, CALENDAR_PERIODS, Statistic};
use crate::kpi::{Missing, Unit, catalogue};
use crate::quantity::{DAY_MICROS, Length, NumberFault, Share, parse_number, parse_share};

/// One expectation.
#[derive(Debug, Clone, PartialEq)]
pub struct Expectation {
    /// Name of the KPI.
    pub kpi: String,
    /// Statistic: `mean`, `p90`, …; the KPI's own where none is given.
    pub stat: Option<String>,
    /// The limits, in the KPI's unit: days, the currency, shares.
    pub limits: Limits,
    /// The share of deals within this time is meant, in days; whether of working time.
    pub within: Option<(f64, bool)>,
    /// `month`, `week`, ….
    pub per: Option<String>,
    /// The limit must hold with this chance over replications.
    pub chance: Option<f64>,
    /// Which stage, reason, source or attribute value it is about.
    pub scopes: Vec<(String, String, Spot)>,
    /// Where it is written.
    pub spot: Spot,
}

/// Least and greatest value, both included.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Limits {
    /// Least.
    pub at_least: Option<f64>,
    /// Greatest.
    pub at_most: Option<f64>,
}

pub(super) const KNOWN: [&str; 16] = [
    "kpi", "stat", "at_least", "at_most", "above", "below", "between", "within", "per", "chance",
    "stage", "reason", "source", "role", "person", "activity",
];
const LATER: [&str; 2] = ["promise", "item"];
const PERIODS: [&str; 6] = ["day", "week", "month", "quarter", "year", "window"];

impl Expectation {
    /// Whether a scope tells deals apart, rather than stages, reasons or people.
    pub fn is_dimension(kind: &str) -> bool {
        !matches!(kind, "stage" | "reason" | "role" | "person" | "activity")
    }

    /// The calendar period whose full ones are meant, each with a number of its own.
    ///
    /// Without a chance a total can be meant too, spread evenly over the window; then the statistic
    /// is named, or deals are told apart.
    pub fn calendar_period(&self) -> Option<&str> {
        let per = self.per.as_deref().filter(|per| CALENDAR_PERIODS.contains(per))?;
        let named = self.stat.as_deref().is_none_or(|s| s == "mean" || statistic::is_quantile(s));
        let known = statistic::of_periods(&self.kpi).is_some() && self.scopes.is_empty();
        (known && named && self.within.is_none()).then_some(per)
    }

    /// The statistics that are meant: those of the given name, else the one that the KPI is named for.
    pub fn statistic(&self) -> Option<(&'static Statistic, String)> {
        let mut all = statistic::of_kpi(&self.kpi);
        match &self.stat {
            Some(name) => all.find(|known| known.has(name)).map(|known| (known, name.clone())),
            None => all.next().map(|known| (known, known.names[0].to_owned())),
        }
    }

    /// Why no simulation can judge it; the unit of its limits where one can.
    fn figure(&self) -> Result<Unit, FigureFault> {
        let split = |of: fn(&str) -> bool| -> Vec<&str> {
            self.scopes.iter().map(|scope| scope.0.as_str()).filter(|kind| of(kind)).collect()
        };
        let dimensions = split(Expectation::is_dimension);
        let things = split(|kind| !Expectation::is_dimension(kind));
        if dimensions.len() > 1 || things.len() > 1 {
            return Err(FigureFault::SeveralScopes);
        }
        if self.calendar_period().is_some() {
            if self.chance.is_some() && self.stat.as_deref().is_some_and(|stat| stat != "mean") {
                return Err(FigureFault::ChanceOfQuantile);
            }
            return statistic::of_periods(&self.kpi).ok_or(FigureFault::NoStatistic);
        }
        let (statistic, name) = self.statistic().ok_or(FigureFault::NoStatistic)?;
        let thing = things.first().copied().unwrap_or_default();
        if !statistic.scopes.contains(&thing) {
            let known = statistic.scopes.iter().filter(|scope| !scope.is_empty());
            let known = known.map(|scope| (*scope).to_owned()).collect();
            let scope = things.first().map(|thing| (*thing).to_owned());
            return Err(FigureFault::Scope { statistic: name, scope, known });
        }
        if !dimensions.is_empty() && !statistic.by {
            return Err(FigureFault::NotDivided { scope: dimensions[0].to_owned() });
        }
        let per = self.per.as_deref();
        if self.chance.is_some() {
            if !statistic.over.is_per_replication() {
                return Err(FigureFault::NoChance { statistic: name });
            }
            if let Some(per) = per.filter(|per| *per != "window") {
                return Err(FigureFault::ChanceOfPeriod { per: per.to_owned() });
            }
        } else if let Some(per) = per.filter(|_| !statistic.over.is_total()) {
            return Err(FigureFault::NotATotal { statistic: name, per: per.to_owned() });
        }
        match self.within {
            None => Ok(statistic.unit),
            Some(_) if !statistic.spread => Err(FigureFault::NotATime),
            Some((_, true)) if !statistic::in_working_time(&self.kpi) => {
                Err(FigureFault::WorkingTime)
            }
            Some(_) => Ok(Unit::Share),
        }
    }
}

impl Field<'_> {
    pub(super) fn expectation(
        &self,
        r: &mut Reader<'_>,
        attributes: &[&str],
    ) -> Option<Expectation> {
        let known: Vec<&str> = KNOWN.iter().chain(attributes).copied().collect();
        let section = self.section(r, &known, &LATER)?;
        let kpi = section.need(r, "kpi", "expect")?;
        let name = kpi.scalar(r, Wanted::Scalar)?;
        let supported = kpi.kpi(r, name);
        section.contradictions(r);
        let stat = section.read("stat", |field| field.stat(r, name));
        let within = section.read("within", |field| field.within(r, name));
        let per = section.read("per", |field| {
            field.word(r, Wanted::Scalar, &PERIODS.map(|word| (word, word))).map(str::to_owned)
        });
        let chance = section.read("chance", |field| field.chance(r));
        let scopes = self.entries().into_iter().filter(|(key, _)| {
            let is_dimension = attributes.contains(key) || *key == "source";
            is_dimension || !Expectation::is_dimension(key)
        });
        let scopes = scopes
            .filter_map(|(key, field)| {
                let value = field.scalar(r, Wanted::Scalar)?.to_owned();
                Some((key.to_owned(), value, field.spot()))
            })
            .collect();
        // What could not be read has been reported; the rest is not what was promised.
        let (true, Ok(stat), Ok(within), Ok(per), Ok(chance)) =
            (supported, stat, within, per, chance)
        else {
            return None;
        };
        let (kpi, limits, spot) = (name.to_owned(), Limits::default(), self.spot());
        let mut expectation = Expectation { kpi, stat, limits, within, per, chance, scopes, spot };
        match expectation.figure() {
            Ok(unit) => expectation.limits = section.limits(r, unit, name),
            Err(fault) => {
                let problem = ExpectationFault::NoSuchFigure { kpi: name.to_owned(), fault };
                self.report(r, problem);
            }
        }
        Some(expectation)
    }

    /// Whether the KPI is known and can be simulated; a report where it cannot.
    fn kpi(&self, r: &mut Reader<'_>, name: &str) -> bool {
        let problem = match catalogue::find(name).map(|kpi| kpi.needs) {
            None => {
                let nearest = nearest(name, catalogue::ALL.iter().map(|kpi| kpi.name));
                Problem::from(ExpectationFault::UnknownKpi { name: name.to_owned(), nearest })
            }
            Some(Missing::Terms | Missing::Command) => {
                StructureFault::NotYet { key: format!("kpi: {name}") }.into()
            }
            Some(_) => return true,
        };
        self.report(r, problem);
        false
    }

    /// A time in days, and whether it is working time.
    fn within(&self, r: &mut Reader<'_>, kpi: &str) -> Option<(f64, bool)> {
        if kpi == "lead_to_win" {
            let key = "within of lead_to_win".to_owned();
            r.findings.report(StructureFault::NotYet { key }, self.key().place, self.path.clone());
            return None;
        }
        let (micros, working) = self.by_any_clock(r, Field::micros)?;
        Some((micros / DAY_MICROS as f64, working))
    }

    fn stat(&self, r: &mut Reader<'_>, kpi: &str) -> Option<String> {
        let text = self.scalar(r, Wanted::Scalar)?;
        let of_periods = statistic::of_periods(kpi).is_some()
            && (text == "mean" || statistic::is_quantile(text));
        if of_periods || statistic::of_kpi(kpi).any(|statistic| statistic.has(text)) {
            return Some(text.to_owned());
        }
        if catalogue::find(kpi).is_some() {
            let known = statistic::names(kpi);
            let nearest = nearest(text, known.iter().map(String::as_str));
            let (name, kpi) = (text.to_owned(), kpi.to_owned());
            self.report(r, ExpectationFault::UnknownStat { name, kpi, nearest, known });
        }
        None
    }

    /// A chance that a simulation can show: neither none nor certainty.
    fn chance(&self, r: &mut Reader<'_>) -> Option<f64> {
        let chance = self.plain_share(r)?;
        if chance > 0.0 && chance < 1.0 {
            return Some(chance);
        }
        self.report(
            r,
            ExpectationFault::CertainChance { text: self.node.scalar_text().to_owned() },
        );
        None
    }

    /// A limit in the unit of its KPI.
    fn limit(&self, r: &mut Reader<'_>, unit: Unit, kpi: &str) -> Option<f64> {
        match unit {
            Unit::Days | Unit::Work => self.length(r).map(Length::nominal_days),
            Unit::Money => self.money(r),
            Unit::Count => self.number_or(r, Wanted::Number, |text| match parse_number(text)? {
                number if number < 0.0 => Err(NumberFault::Negative),
                number => Ok(number),
            }),
            // A plan can be surpassed, so its limits may lie above 100 %.
            Unit::Share => self.number_or(r, Wanted::ShareLimit, |text| {
                let percent = text.trim_end().strip_suffix('%').map(parse_number);
                match (percent, parse_share(text)) {
                    (Some(Ok(percent)), _) if percent >= 0.0 && kpi == "attainment" => {
                        Ok(percent / 100.0)
                    }
                    (_, Ok(Share::Of(share))) => Ok(share),
                    (_, Ok(Share::Rest)) => Err(NumberFault::NotANumber),
                    (_, Err(fault)) => Err(fault),
                }
            }),
        }
    }
}

/// A value that is there and could not be read; it has been reported.
struct Unread;

impl Section<'_> {
    /// The value of a key, nothing where it is not given.
    fn read<'s, T>(
        &'s self,
        key: &str,
        read: impl FnOnce(&Field<'s>) -> Option<T>,
    ) -> Result<Option<T>, Unread> {
        self.get(key).map_or(Ok(None), |field| read(&field).map(Some).ok_or(Unread))
    }

    /// Keys that would overrule each other.
    fn contradictions(&self, r: &mut Reader<'_>) {
        let pairs = [
            ("above", "at_least"),
            ("below", "at_most"),
            ("at_least", "between"),
            ("above", "between"),
            ("at_most", "between"),
            ("below", "between"),
            ("within", "stat"),
        ];
        for (key, other) in pairs {
            if let (Some(field), Some(_)) = (self.get(key), self.get(other)) {
                let problem = StructureFault::Conflict { key, other };
                r.findings.report(problem, field.key().place, field.path.clone());
            }
        }
    }

    fn limits(&self, r: &mut Reader<'_>, unit: Unit, kpi: &str) -> Limits {
        let mut limit = |keys: [&str; 2]| {
            let given = keys.iter().find_map(|key| self.get(key));
            given.map(|field| field.limit(r, unit, kpi))
        };
        let (least, most) = (limit(["at_least", "above"]), limit(["at_most", "below"]));
        let mut given = least.is_some() || most.is_some();
        let mut limits = Limits { at_least: least.flatten(), at_most: most.flatten() };
        if let Some(between) = self.get("between") {
            given = true;
            match between.items(r).unwrap_or_default().as_slice() {
                [low, high] => {
                    let (at_least, at_most) = (low.limit(r, unit, kpi), high.limit(r, unit, kpi));
                    limits = Limits { at_least, at_most };
                }
                _ if between.is_list() => between.report(r, ExpectationFault::NoLimit),
                _ => {}
            }
        }
        if !given {
            self.field.report(r, ExpectationFault::NoLimit);
        }
        if limits.at_least.zip(limits.at_most).is_some_and(|(least, most)| least > most) {
            self.field.report(r, ExpectationFault::Contradiction);
        }
        limits
    }
}
