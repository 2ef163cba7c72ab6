//! `expect`: conditions that the results must meet.

use super::near::nearest;
use super::reader::{Field, Reader, Section, Spot};
use super::words::{synonym, synonym_or_nearest};
use crate::diagnostic::meant;
use crate::diagnostic::{Doubt, ExpectationFault, FigureFault, StructureFault, Wanted};
use crate::kpi::{Kpi, Over, Per, Scope, Span, Stat, Unit};
use crate::quantity::{DAY_MICROS, Length, NumberFault, Share, parse_number, parse_share};

/// One expectation.
#[derive(Debug, Clone, PartialEq)]
pub struct Expectation {
    /// The KPI.
    pub kpi: Kpi,
    /// Statistic: `mean`, `p90`, …; `None` means the main statistic of the KPI.
    pub stat: Option<(Span, Stat)>,
    /// The limits, in the KPI's unit: days, the currency, shares.
    pub limits: Limits,
    /// Limit in days of a share of deals within a time, and whether it is working time.
    pub within: Option<(f64, bool)>,
    /// `month`, `week`, ….
    pub per: Option<Per>,
    /// Probability over replications with which the limits must hold.
    pub chance: Option<f64>,
    /// The stage, reason, source or attribute value it applies to.
    pub subjects: Vec<Subject>,
    /// Where it is written.
    pub spot: Spot,
}

/// A part of the process or of the deals that an expectation is limited to.
#[derive(Debug, Clone, PartialEq)]
pub struct Subject {
    /// Its kind.
    pub of: Of,
    /// Its name.
    pub name: String,
    /// Where it is written.
    pub spot: Spot,
}

/// The kind of a subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Of {
    /// A part of the process: a stage, a role, a reason.
    Thing(Scope),
    /// A group of deals: a source or a value of this attribute.
    Deals(String),
}

impl Of {
    /// The key that names it.
    pub fn key(&self) -> &str {
        match self {
            Of::Thing(scope) => scope.word(),
            Of::Deals(dimension) => dimension,
        }
    }
}

/// Least and greatest value, both included.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Limits {
    /// Least.
    pub at_least: Option<f64>,
    /// Greatest.
    pub at_most: Option<f64>,
}

pub(super) const KNOWN: [&str; 19] = [
    "kpi",
    "stat",
    "at_least",
    "at_most",
    "above",
    "below",
    "between",
    "within",
    "per",
    "chance",
    "stage",
    "reason",
    "source",
    "role",
    "department",
    "person",
    "activity",
    "item",
    "promise",
];

/// Pairs of keys of which an expectation has at most one.
pub(super) const CONTRADICTIONS: [(&str, &str); 7] = [
    ("above", "at_least"),
    ("below", "at_most"),
    ("at_least", "between"),
    ("above", "between"),
    ("at_most", "between"),
    ("below", "between"),
    ("within", "stat"),
];

impl Expectation {
    /// The name of the stage, role, … that it applies to.
    pub fn thing(&self, scope: Scope) -> Option<&str> {
        let subject = self.subjects.iter().find(|subject| subject.of == Of::Thing(scope));
        subject.map(|subject| subject.name.as_str())
    }

    /// The groups of deals that it applies to: pairs of a key and a name.
    pub fn parts(&self) -> impl Iterator<Item = (&str, &str)> {
        self.subjects.iter().filter_map(|subject| match &subject.of {
            Of::Deals(dimension) => Some((dimension.as_str(), subject.name.as_str())),
            Of::Thing(_) => None,
        })
    }

    /// The calendar period over which the KPI is measured, one figure for each full period.
    ///
    /// Without a chance, `per` can instead spread a total evenly over the window, unless a
    /// statistic is named or deals are grouped.
    pub fn calendar_period(&self) -> Option<Per> {
        let per = self.per.filter(|per| per.is_of_calendar())?;
        let of_periods = |(_, stat): &(Span, Stat)| matches!(stat, Stat::Mean | Stat::Quantile(_));
        let named = self.stat.as_ref().is_none_or(of_periods);
        let of_items = |subject: &Subject| subject.of == Of::Thing(Scope::Item);
        let known = self.kpi.has_periods() && self.subjects.iter().all(of_items);
        (known && named && self.within.is_none()).then_some(per)
    }

    /// The given statistic, or else the main statistic of the KPI.
    pub fn statistic(&self) -> Option<(Span, Stat)> {
        self.stat.clone().or_else(|| self.kpi.usual().map(|(span, stat)| (span, stat.clone())))
    }

    /// Whether its shares may exceed 100 %: a plan may be exceeded, and more work may be asked for than there is time.
    pub fn is_open(&self) -> bool {
        let stat = self.statistic().map(|(_, stat)| stat).filter(|_| self.within.is_none());
        matches!(stat, Some(Stat::Asked | Stat::Load)) || self.kpi.usual_over() == Some(Over::Plan)
    }

    /// The unit of the limits, or why no simulation can judge the expectation.
    fn figure(&self) -> Result<Unit, FigureFault> {
        let dimensions: Vec<&str> = self.parts().map(|(dimension, _)| dimension).collect();
        let things = self.subjects.iter().filter_map(|subject| match subject.of {
            Of::Thing(scope) => Some(scope),
            Of::Deals(_) => None,
        });
        let things: Vec<Scope> = things.collect();
        if dimensions.len() > 1 || things.len() > 1 {
            return Err(FigureFault::SeveralScopes);
        }
        if self.calendar_period().is_some() {
            let is_quantile = matches!(self.stat, Some((_, Stat::Quantile(_))));
            if self.chance.is_some() && is_quantile {
                return Err(FigureFault::ChanceOfQuantile);
            }
            return Ok(self.kpi.unit_of(Span::Whole, &Stat::Mean));
        }
        let (span, stat) = self.statistic().ok_or(FigureFault::NoStatistic)?;
        let statistic = self.kpi.statistic(span, &stat).ok_or(FigureFault::NoStatistic)?;
        let name = span.text(&stat);
        let thing = things.first().copied().unwrap_or_default();
        if !statistic.scopes.contains(&thing) {
            let known = statistic.scopes.iter().filter(|scope| Scope::KEYS.contains(scope));
            let known = known.map(|scope| scope.word().to_owned()).collect();
            let scope = (thing != Scope::Whole).then(|| thing.word().to_owned());
            return Err(FigureFault::Scope { statistic: name, scope, known });
        }
        if !dimensions.is_empty() && !statistic.by {
            return Err(FigureFault::NotDivided { scope: dimensions[0].to_owned() });
        }
        if self.chance.is_some() {
            if !statistic.over.is_per_replication() {
                let known = named(|kpi| kpi.usual_over().is_some_and(Over::is_per_replication));
                return Err(FigureFault::NoChance { statistic: name, known });
            }
            if let Some(per) = self.per.filter(|per| *per != Per::Window) {
                let per = per.word().to_owned();
                return Err(FigureFault::ChanceOfPeriod { per, known: named(Kpi::has_periods) });
            }
        } else if let Some(per) = self.per.filter(|_| !statistic.over.is_total()) {
            return Err(FigureFault::NotATotal { statistic: name, per: per.word().to_owned() });
        }
        match self.within {
            None => Ok(statistic.unit),
            Some(_) if !statistic.has_times() => {
                Err(FigureFault::NotATime { known: named(Kpi::has_times) })
            }
            Some((_, true)) if !self.kpi.is_in_open_hours() => {
                Err(FigureFault::WorkingTime { known: named(Kpi::is_in_open_hours) })
            }
            Some(_) => Ok(Unit::Share),
        }
    }
}

/// Names of the KPIs that meet a condition.
fn named(of: impl Fn(Kpi) -> bool) -> Vec<String> {
    let known = Kpi::ALL.iter().filter(|kpi| of(**kpi));
    known.map(|kpi| kpi.name().to_owned()).collect()
}

impl Field<'_> {
    pub(super) fn expectation(
        &self,
        r: &mut Reader<'_>,
        attributes: &[&str],
    ) -> Option<Expectation> {
        let known: Vec<&str> = KNOWN.iter().chain(attributes).copied().collect();
        let section = self.section(r, &known, &[])?;
        let field = section.need(r, "kpi", "expect")?;
        let name = field.scalar(r, Wanted::Scalar)?;
        let kpi = field.kpi(r, name);
        section.contradictions(r);
        let stat = section.read("stat", |field| field.stat(r, kpi));
        let within = section.read("within", |field| field.within(r));
        let periods = Per::ALL.map(|per| (per.word(), per));
        let per = section.read("per", |field| field.word(r, Wanted::Scalar, &periods));
        let chance = section.read("chance", |field| field.chance(r));
        let subject = |(key, field): (&str, Field<'_>)| {
            let is_dimension = attributes.contains(&key) || key == "source";
            let dimension = || is_dimension.then(|| Of::Deals(key.to_owned()));
            let of = Scope::of_key(key).map(Of::Thing).or_else(dimension)?;
            let name = field.scalar(r, Wanted::Scalar)?.to_owned();
            Some(Subject { of, name, spot: field.spot() })
        };
        let subjects = self.entries().into_iter().filter_map(subject).collect();
        // Keys that could not be read have been reported; without them the expectation would be
        // another.
        let (Some(kpi), Ok(stat), Ok(within), Ok(per), Ok(chance)) =
            (kpi.filter(|kpi| kpi.is_supported()), stat, within, per, chance)
        else {
            return None;
        };
        let (limits, spot) = (Limits::default(), self.spot());
        let mut expectation =
            Expectation { kpi, stat, limits, within, per, chance, subjects, spot };
        match expectation.figure() {
            Ok(unit) => {
                let is_open = expectation.is_open();
                expectation.limits = section.limits(r, unit, is_open);
                if unit == Unit::Share && !is_open {
                    section.never_met(r, (name, expectation.limits));
                }
            }
            Err(fault) => {
                let problem = ExpectationFault::NoSuchFigure { kpi: name.to_owned(), fault };
                self.report(r, problem);
            }
        }
        Some(expectation)
    }

    /// The KPI of a name; reports a name that is unknown or not simulated.
    fn kpi(&self, r: &mut Reader<'_>, name: &str) -> Option<Kpi> {
        let kpi = Kpi::find(name);
        if kpi.is_none() {
            let known: Vec<&str> = Kpi::ALL.iter().map(|kpi| kpi.name()).collect();
            let nearest = synonym_or_nearest(name, &known);
            self.report(r, ExpectationFault::UnknownKpi { name: name.to_owned(), nearest });
        } else if !kpi.is_some_and(Kpi::is_supported) {
            self.report(r, StructureFault::NotYet { key: format!("kpi: {name}") });
        }
        kpi
    }

    /// A duration in days, and whether it is working time.
    fn within(&self, r: &mut Reader<'_>) -> Option<(f64, bool)> {
        let (micros, working) = self.by_any_clock(r, Field::micros)?;
        Some((micros / DAY_MICROS as f64, working))
    }

    /// A statistic of a KPI; `None` if the KPI is unknown.
    fn stat(&self, r: &mut Reader<'_>, kpi: Option<Kpi>) -> Option<(Span, Stat)> {
        let text = self.scalar(r, Wanted::Scalar)?;
        let stat = kpi?.named(text);
        if stat.is_none() {
            let known = kpi?.stat_names();
            // `p90` stands for all percentiles in the list.
            let names = || known.iter().map(String::as_str);
            let habit = synonym(text, &names().chain(["p50"]).collect::<Vec<_>>());
            let habit = habit.filter(|stat| kpi.is_some_and(|kpi| kpi.named(stat).is_some()));
            let nearest = habit.map(str::to_owned).or_else(|| nearest(text, names()));
            let (name, kpi) = (text.to_owned(), kpi?.name().to_owned());
            self.report(r, ExpectationFault::UnknownStat { name, kpi, nearest, known });
        }
        stat
    }

    /// A probability strictly between 0 and 1, which a simulation can estimate.
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
    fn limit(&self, r: &mut Reader<'_>, unit: Unit, is_open: bool) -> Option<f64> {
        match unit {
            Unit::Days | Unit::Work => self.length(r).map(Length::nominal_days),
            Unit::Money => self.money(r),
            Unit::Count => self.number_or(r, Wanted::Number, |text| match parse_number(text)? {
                number if number < 0.0 => Err(NumberFault::Negative),
                number => Ok(number),
            }),
            Unit::Share => self.number_or(r, Wanted::ShareLimit, |text| {
                let percent = text.trim_end().strip_suffix('%').map(parse_number);
                match (percent, parse_share(text)) {
                    (Some(Ok(percent)), _) if percent >= 0.0 && is_open => Ok(percent / 100.0),
                    (_, Ok(Share::Of(share))) => Ok(share),
                    (_, Ok(Share::Rest)) => Err(NumberFault::NotANumber),
                    // No slip of `2%`, but a share above 1.
                    (_, Err(NumberFault::PercentMissing { value })) if value <= 2.0 => {
                        Err(NumberFault::ShareOutOfRange)
                    }
                    (_, Err(fault)) => Err(fault),
                }
            }),
        }
    }
}

/// Marks a value that is present but could not be read; it has been reported.
struct Unread;

impl Section<'_> {
    /// The value of a key; `None` if the key is absent.
    fn read<'s, T>(
        &'s self,
        key: &str,
        read: impl FnOnce(&Field<'s>) -> Option<T>,
    ) -> Result<Option<T>, Unread> {
        self.get(key).map_or(Ok(None), |field| read(&field).map(Some).ok_or(Unread))
    }

    /// Reports keys that contradict each other.
    fn contradictions(&self, r: &mut Reader<'_>) {
        for (key, other) in CONTRADICTIONS {
            if let (Some(field), Some(_)) = (self.get(key), self.get(other)) {
                let problem = StructureFault::Conflict { key, other };
                r.findings.report(problem, field.key().place, field.path.clone());
            }
        }
    }

    /// Warns of a share that must be above all or below nothing.
    fn never_met(&self, r: &mut Reader<'_>, (kpi, limits): (&str, Limits)) {
        let given = [("above", limits.at_least, 1.0), ("below", limits.at_most, 0.0)];
        for (key, limit, end) in given {
            if let Some(field) = self.get(key).filter(|_| limit == Some(end)) {
                field.report(r, Doubt::NeverMet { kpi: kpi.to_owned(), key });
            }
        }
    }

    fn limits(&self, r: &mut Reader<'_>, unit: Unit, is_open: bool) -> Limits {
        let mut limit = |keys: [&str; 2]| {
            let given = keys.iter().find_map(|key| self.get(key));
            given.map(|field| field.limit(r, unit, is_open))
        };
        let (least, most) = (limit(["at_least", "above"]), limit(["at_most", "below"]));
        let mut given = least.is_some() || most.is_some();
        let mut limits = Limits { at_least: least.flatten(), at_most: most.flatten() };
        if let Some(between) = self.get("between") {
            given = true;
            let text = between.node.scalar_text();
            let is_share = unit == Unit::Share;
            if let Some([low, high]) = meant::limits(text, is_share) {
                let (text, written) = (text.to_owned(), format!("[{low}, {high}]"));
                let wanted = Wanted::List;
                between.report(r, StructureFault::Rewritten { text, written, wanted });
                return limits;
            }
            match between.items(r).unwrap_or_default().as_slice() {
                [low, high] => {
                    let (at_least, at_most) =
                        (low.limit(r, unit, is_open), high.limit(r, unit, is_open));
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
