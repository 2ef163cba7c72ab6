//! Statistics of a KPI: what they count, about whom they are, and over which time.
//!
//! The reader of `expect` refuses what is not here, so that no promise fails for a figure that no
//! simulation makes. A test compares the table with the rows of every shipped model.

use super::{Kpi, Per, Quantile, Scope, Span, Stat, Unit};
use Over::{Deals, Month, Plan, Window};

/// Statistics of one KPI that share a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Statistic {
    /// What a duration is counted from.
    pub span: Span,
    /// The statistics. The first one of a KPI is the one that the KPI is named for.
    pub stats: &'static [Stat],
    /// What they count.
    pub unit: Unit,
    /// What they are known of.
    pub scopes: &'static [Scope],
    /// What one number stands for.
    pub over: Over,
    /// Whether there are quantiles and shares within a time beside these.
    pub spread: bool,
    /// Whether deals of one source or attribute value can be told apart.
    pub by: bool,
    /// Whether theory alone knows them, so that nothing can be expected of a run.
    pub solved: bool,
}

/// What one number of a statistic stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Over {
    /// All deals, visits or hours of a run: a mean or a share.
    Deals,
    /// A total of the window.
    Window,
    /// A total of the window, as a rate per month.
    Month,
    /// A level in the window or at its end, one number per replication.
    Level,
    /// What the window reaches of its plan, which may be more than all of it.
    Plan,
}

impl Over {
    /// Whether every replication has its own number, so that a chance over replications is known.
    pub fn is_per_replication(self) -> bool {
        self != Deals
    }

    /// Whether the number may be spread over a shorter period.
    pub fn is_total(self) -> bool {
        matches!(self, Window | Month)
    }

    /// The period that the number refers to.
    pub fn per(self) -> Option<Per> {
        match self {
            Window | Plan => Some(Per::Window),
            Month => Some(Per::Month),
            _ => None,
        }
    }
}

/// So many different durations can be asked for in one run.
pub const MOST_TIMES: usize = 4;

impl Statistic {
    /// Statistics of all deals, by the calendar.
    #[rustfmt::skip]
    pub(super) const fn of(stats: &'static [Stat], unit: Unit, scopes: &'static [Scope], over: Over) -> Statistic {
        let (span, by) = (Span::Whole, true);
        Statistic { span, stats, unit, scopes, over, spread: false, by, solved: false }
    }

    /// Durations of deals, with quantiles and shares within a time.
    #[rustfmt::skip]
    pub(super) const fn times(stats: &'static [Stat], scopes: &'static [Scope]) -> Statistic {
        Statistic { spread: true, ..Statistic::of(stats, Unit::Days, scopes, Deals) }
    }

    /// A part of durations.
    pub(super) const fn of_span(self, span: Span) -> Statistic {
        let unit = if matches!(span, Span::Open) { Unit::Work } else { self.unit };
        Statistic { span, unit, ..self }
    }

    /// Figures that are not told apart by source or attribute.
    pub(super) const fn undivided(self) -> Statistic {
        Statistic { by: false, ..self }
    }

    /// Figures of theory alone.
    pub(super) const fn solved(self) -> Statistic {
        Statistic { solved: true, ..self }
    }

    /// Whether a statistic is one of these.
    pub fn has(&self, span: Span, stat: &Stat) -> bool {
        let known = match stat {
            Stat::Quantile(_) | Stat::Within(_) => self.spread,
            Stat::To(_) => self.stats.contains(&Stat::Next),
            other => self.stats.contains(other),
        };
        known && span == self.span
    }

    /// The statistic of this name, as a model file writes it.
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
    /// What a model can expect something of.
    fn expectable(self) -> impl Iterator<Item = &'static Statistic> {
        self.statistics().iter().filter(|statistic| !statistic.solved)
    }

    /// Those to which a statistic belongs.
    pub fn statistic(self, span: Span, stat: &Stat) -> Option<&'static Statistic> {
        self.statistics().iter().find(|statistic| statistic.has(span, stat))
    }

    /// The statistic that the KPI is named for.
    pub fn usual(self) -> Option<(Span, &'static Stat)> {
        let first = self.expectable().next()?;
        Some((first.span, first.stats.first()?))
    }

    /// What one number of it stands for.
    pub fn usual_over(self) -> Option<Over> {
        self.expectable().next().map(|statistic| statistic.over)
    }

    /// The statistic of a name, as a model file writes it.
    pub fn named(self, text: &str) -> Option<(Span, Stat)> {
        let of = |statistic: &Statistic| Some((statistic.span, statistic.named(text)?));
        let of_periods = || {
            let quantile = Quantile::parse(text).map(Stat::Quantile);
            let mean = Some(Stat::Mean).filter(|mean| mean.to_string() == text);
            mean.or(quantile).filter(|_| self.has_periods()).map(|stat| (Span::Whole, stat))
        };
        self.expectable().find_map(of).or_else(of_periods)
    }

    /// The names of all statistics, the one that the KPI is named for first.
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

    /// Whether it is a duration, with shares within a time.
    pub fn is_duration(self) -> bool {
        self.expectable().any(|statistic| statistic.spread)
    }

    /// Whether it is a duration that is counted in open hours too.
    pub fn is_in_open_hours(self) -> bool {
        self.expectable().any(|statistic| statistic.spread && statistic.span == Span::Open)
    }

    /// What its statistics count: that of the one it is named for, where the table has no other.
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
    fn what_only_theory_knows_cannot_be_expected() {
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
