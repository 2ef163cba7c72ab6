//! The statistics of each KPI: their units, scopes and periods.
//!
//! `expect` accepts only statistics of this table, so no expectation can ask for a figure that no
//! simulation makes. A test compares the table with the rows of every shipped model.

use super::{Kpi, Per, Quantile, Scope, Span, Stat, Unit};
use Over::{Deals, Month, Plan, Window};

/// Statistics of one KPI that share a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools)] // each says whether something exists
pub struct Statistic {
    /// The part of a duration that counts.
    pub span: Span,
    /// The statistics. The first one of a KPI is its main statistic.
    pub stats: &'static [Stat],
    /// Their unit.
    pub unit: Unit,
    /// The scopes for which they exist.
    pub scopes: &'static [Scope],
    /// What one value is taken over.
    pub over: Over,
    /// Whether quantiles and shares within a time exist too.
    pub spread: bool,
    /// Whether shares within a time exist, without quantiles.
    pub within: bool,
    /// Whether they exist for deals of one source or attribute value.
    pub by: bool,
    /// Whether only the exact solver gives them, so that `expect` cannot use them.
    pub solved: bool,
}

/// What one value of a statistic is taken over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Over {
    /// All deals, visits or hours of a run, for a mean or a share.
    Deals,
    /// A total of the window.
    Window,
    /// A total of the window, as a rate per month.
    Month,
    /// A level in the window or at its end, one number per replication.
    Level,
    /// The attainment of a target in the window, which may exceed 100 %.
    Plan,
}

impl Over {
    /// Whether every replication has a value, so that its probability distribution is known.
    pub fn is_per_replication(self) -> bool {
        self != Deals
    }

    /// Whether the value may be spread over a shorter period.
    pub fn is_total(self) -> bool {
        matches!(self, Window | Month)
    }

    /// The period that the value refers to.
    pub fn per(self) -> Option<Per> {
        match self {
            Window | Plan => Some(Per::Window),
            Month => Some(Per::Month),
            _ => None,
        }
    }
}

/// The number of different times that one run can count.
pub const MOST_TIMES: usize = 4;

/// The share of leads won within a time needs at least so many leads over all replications.
pub const FEWEST_DUE: u64 = 30;

impl Statistic {
    /// Statistics of all deals, in elapsed time.
    #[rustfmt::skip]
    pub(super) const fn of(stats: &'static [Stat], unit: Unit, scopes: &'static [Scope], over: Over) -> Statistic {
        let (span, by) = (Span::Whole, true);
        let (spread, within, solved) = (false, false, false);
        Statistic { span, stats, unit, scopes, over, spread, within, by, solved }
    }

    /// Durations of deals, with quantiles and shares within a time.
    #[rustfmt::skip]
    pub(super) const fn times(stats: &'static [Stat], scopes: &'static [Scope]) -> Statistic {
        Statistic { spread: true, ..Statistic::of(stats, Unit::Days, scopes, Deals) }
    }

    /// The same with shares within a time.
    pub(super) const fn with_times(self) -> Statistic {
        Statistic { within: true, ..self }
    }

    /// The same for a part of durations.
    pub(super) const fn of_span(self, span: Span) -> Statistic {
        let unit = if matches!(span, Span::Open) { Unit::Work } else { self.unit };
        Statistic { span, unit, ..self }
    }

    /// Statistics that cannot be split by source or attribute.
    pub(super) const fn undivided(self) -> Statistic {
        Statistic { by: false, ..self }
    }

    /// Statistics that only the exact solver gives.
    pub(super) const fn solved(self) -> Statistic {
        Statistic { solved: true, ..self }
    }

    /// Whether it has shares within a time.
    pub fn has_times(&self) -> bool {
        self.spread || self.within
    }

    /// Whether it includes a statistic.
    pub fn has(&self, span: Span, stat: &Stat) -> bool {
        let known = match stat {
            Stat::Quantile(_) => self.spread,
            Stat::Within(_) => self.has_times(),
            Stat::To(_) => self.stats.contains(&Stat::Next),
            other => self.stats.contains(other),
        };
        known && span == self.span
    }

    /// The statistic with this name in a model file.
    fn named(&self, text: &str) -> Option<Stat> {
        let name = match self.span {
            Span::Whole => text,
            span => text.strip_prefix(span.word())?.strip_prefix(' ')?,
        };
        let quantile = || Quantile::parse(name).map(Stat::Quantile);
        let exit = || name.strip_prefix("to ").map(|exit| Stat::To(exit.to_owned()));
        let fixed = self.stats.iter().find(|stat| stat.to_string() == name).cloned();
        fixed.or_else(quantile).or_else(exit).filter(|stat| self.has(self.span, stat))
    }
}

impl Kpi {
    /// The statistics that `expect` can use.
    fn expectable(self) -> impl Iterator<Item = &'static Statistic> {
        self.statistics().iter().filter(|statistic| !statistic.solved)
    }

    /// The group that a statistic belongs to.
    pub fn statistic(self, span: Span, stat: &Stat) -> Option<&'static Statistic> {
        self.statistics().iter().find(|statistic| statistic.has(span, stat))
    }

    /// The main statistic of the KPI.
    pub fn usual(self) -> Option<(Span, &'static Stat)> {
        let first = self.expectable().next()?;
        Some((first.span, first.stats.first()?))
    }

    /// What a value of the main statistic is taken over.
    pub fn usual_over(self) -> Option<Over> {
        self.expectable().next().map(|statistic| statistic.over)
    }

    /// The statistic with this name in a model file.
    pub fn named(self, text: &str) -> Option<(Span, Stat)> {
        let of = |statistic: &Statistic| Some((statistic.span, statistic.named(text)?));
        let of_periods = || {
            let quantile = Quantile::parse(text).map(Stat::Quantile);
            let mean = Some(Stat::Mean).filter(|mean| mean.to_string() == text);
            mean.or(quantile).filter(|_| self.has_periods()).map(|stat| (Span::Whole, stat))
        };
        self.expectable().find_map(of).or_else(of_periods)
    }

    /// The names of all statistics, the main one first.
    pub fn stat_names(self) -> Vec<String> {
        let all = || self.expectable().flat_map(|s| s.stats.iter().map(|stat| (s.span, stat)));
        let mut names: Vec<String> = all().map(|(span, stat)| span.text(stat)).collect();
        if self.is_duration() {
            names.push(Stat::quantile(0.9).to_string());
        }
        if all().any(|(_, stat)| *stat == Stat::Next) {
            names.push(Stat::To("STAGE".to_owned()).to_string());
        }
        names
    }

    /// Whether it is a duration, which has shares within a time.
    pub fn is_duration(self) -> bool {
        self.expectable().any(|statistic| statistic.spread)
    }

    /// Whether it has shares within a time.
    pub fn has_times(self) -> bool {
        self.expectable().any(Statistic::has_times)
    }

    /// Whether it is a duration that is also measured in open hours.
    pub fn is_in_open_hours(self) -> bool {
        self.expectable().any(|statistic| statistic.spread && statistic.span == Span::Open)
    }

    /// The unit of a statistic; that of the main statistic if the table has no other.
    pub fn unit_of(self, span: Span, stat: &Stat) -> Unit {
        match stat {
            Stat::Within(_) => Unit::Share,
            Stat::Skewness => Unit::Count,
            _ => {
                let statistic = self.statistic(span, stat).or(self.statistics().first());
                statistic.map_or(Unit::Count, |statistic| statistic.unit)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_stand_beside_the_means_of_durations() {
        let has = |kpi: Kpi, name: &str| kpi.named(name).is_some();
        assert!(has(Kpi::SalesCycle, "p99.5") && has(Kpi::SalesCycle, "from_deal p50"));
        assert!(!has(Kpi::SalesCycle, "p100") && !has(Kpi::SalesCycle, "open p50"));
        assert!(!has(Kpi::WinRate, "p50") && !has(Kpi::DealCost, "p90"));
        assert!(has(Kpi::StageConversion, "to offer") && has(Kpi::LeadResponseTime, "open p90"));
    }

    #[test]
    fn statistics_of_the_solver_alone_cannot_be_expected() {
        assert!(Kpi::LossTable.statistic(Span::Whole, &Stat::PerDeal).is_some());
        assert_eq!(Kpi::LossTable.named("per_deal"), None);
    }

    #[test]
    fn every_name_of_a_statistic_is_read_back() {
        for kpi in Kpi::ALL {
            for name in kpi.stat_names() {
                let (span, stat) = kpi.named(&name).unwrap_or_else(|| panic!("{kpi} {name}"));
                assert_eq!(span.text(&stat), name, "{kpi}");
            }
        }
    }
}
