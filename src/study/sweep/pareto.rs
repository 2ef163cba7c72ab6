//! The points of a sweep that no other one dominates: whoever wants more of one figure must give up
//! some of another.

use super::compare::Comparison;
use crate::kpi::{Direction, Key, Kpi};
use crate::study::difference::Verdict;

/// A figure that should be as good as possible.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Objective(Kpi);

impl Objective {
    /// The main figure of a KPI for the whole process; `None` if it has no good direction.
    pub fn of(kpi: Kpi) -> Option<Objective> {
        let is_whole = kpi.statistics().first()?.scopes.contains(&crate::kpi::Scope::Whole);
        (is_whole && kpi.good() != Direction::Neither).then_some(Objective(kpi))
    }

    /// Reads the name of a KPI; `duration` is that of a sale, `conversion` the win rate.
    pub fn parse(text: &str) -> Option<Objective> {
        match text {
            "duration" => Objective::of(Kpi::SalesCycle),
            "conversion" => Objective::of(Kpi::WinRate),
            name => Objective::of(Kpi::find(name).filter(|kpi| kpi.is_supported())?),
        }
    }

    /// The KPI.
    pub fn kpi(self) -> Kpi {
        self.0
    }

    /// The figure.
    pub fn key(self) -> Option<Key> {
        let (span, stat) = self.0.usual()?;
        Some(Key::new(self.0, stat.clone()).span(span))
    }
}

/// The points that no other one dominates.
#[derive(Debug, Clone, PartialEq)]
pub struct Pareto {
    /// The figures.
    pub keys: Vec<Key>,
    /// The points, the best of the first figure first.
    pub front: Vec<Undominated>,
}

/// A point that no other one dominates.
#[derive(Debug, Clone, PartialEq)]
pub struct Undominated {
    /// The point.
    pub at: usize,
    /// Other points that differ from it in none of the figures beyond chance.
    pub alike: Vec<usize>,
}

/// The front by the values; points without a value in one of the figures are not on it.
pub(super) fn front(objectives: &[Objective], comparison: &Comparison<'_>) -> Pareto {
    let keys: Vec<Key> = objectives.iter().filter_map(|objective| objective.key()).collect();
    let signed = |key: &Key, at: usize| {
        let sign = if key.good() == Direction::Down { -1.0 } else { 1.0 };
        comparison.value(key, at).filter(|value| value.is_finite()).map(|value| sign * value)
    };
    // A KPI that the model does not have says nothing of any point.
    let has = |key: &Key| (0..comparison.count()).any(|at| signed(key, at).is_some());
    let keys: Vec<Key> = keys.into_iter().filter(has).collect();
    let values = |at: usize| keys.iter().map(|key| signed(key, at)).collect::<Option<Vec<f64>>>();
    let known: Vec<(usize, Vec<f64>)> =
        (0..comparison.count()).filter_map(|at| Some((at, values(at)?))).collect();
    let mut front: Vec<&(usize, Vec<f64>)> = known
        .iter()
        .filter(|(_, values)| !known.iter().any(|(_, other)| dominates(other, values)))
        .collect();
    front
        .sort_by(|a, b| b.1.first().partial_cmp(&a.1.first()).unwrap_or(std::cmp::Ordering::Equal));
    let is_alike = |one: usize, other: usize| {
        let same = |key| comparison.verdict(key, one, other) == Verdict::NotBeyondChance;
        one != other && keys.iter().all(same)
    };
    let undominated = |(at, _): &(usize, Vec<f64>)| Undominated {
        at: *at,
        alike: known.iter().map(|(other, _)| *other).filter(|o| is_alike(*at, *o)).collect(),
    };
    let front = front.into_iter().map(undominated).collect();
    Pareto { keys, front }
}

/// Whether a point is nowhere worse than another, and somewhere better; more is better.
fn dominates(one: &[f64], other: &[f64]) -> bool {
    let mut pairs = one.iter().zip(other);
    pairs.clone().all(|(a, b)| a >= b) && pairs.any(|(a, b)| a > b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_point_dominates_if_it_is_nowhere_worse_and_somewhere_better() {
        assert!(dominates(&[2.0, 1.0], &[1.0, 1.0]));
        assert!(!dominates(&[1.0, 1.0], &[1.0, 1.0]));
        assert!(!dominates(&[2.0, 0.0], &[1.0, 1.0]));
    }

    #[test]
    fn only_kpis_of_the_whole_with_a_good_direction_are_objectives() {
        assert_eq!(Objective::parse("duration").unwrap().kpi(), Kpi::SalesCycle);
        assert_eq!(Objective::parse("cost_per_won").unwrap().kpi(), Kpi::CostPerWon);
        for name in ["intake", "utilization", "loss_table", "coverage", "nothing"] {
            assert_eq!(Objective::parse(name), None, "{name}");
        }
    }
}
