//! The mean time in a stage: that of a log beside that of a model.

use super::conformance::{BEYOND, TimeAgainst};
use crate::fit::durations::{Lasted, Survival};
use crate::model::{Action, Plan, Stage, Target, Wait};
use crate::quantity::DAY_MICROS;

/// Differences below this many days are those of rounding: a microsecond and more.
const ROUNDING: f64 = 1e-9;

/// A stay of the log with the mean time that the model gives it, in days.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stay {
    pub(super) lasted: Lasted,
    pub(super) model: Option<f64>,
}

/// The mean time of steps and of the way out, in days, without queues and closed hours; `None` where a wait ends at a time of
/// day. `sees_done`: whether deals that end as `done` count.
pub(super) fn mean_time(
    stage: &Stage,
    (entry, exit): (&Plan, &Plan),
    sees_done: bool,
) -> Option<f64> {
    let mut sum = 0.0;
    for step in entry.steps_over(&stage.plan) {
        sum += match &step.action {
            Action::Wait(Wait::Time(delay)) => delay.time.mean(),
            Action::Wait(Wait::Until(_)) => return None,
            Action::Work(work) => work.time.mean(),
        };
    }
    let next = exit.next.as_ref().or(stage.plan.next.as_ref());
    let (mut all, mut later) = (0.0, 0.0);
    for branch in next.into_iter().flatten().filter(|one| sees_done || one.target != Target::Done) {
        let after = branch.after.as_ref().map_or(0.0, |after| after.time.mean());
        all += branch.probability;
        later += branch.probability * after;
    }
    sum += if all > 0.0 { later / all } else { 0.0 };
    Some(sum / DAY_MICROS as f64)
}

/// The mean of the stays beside the mean of what the model gives them.
///
/// Stays that had not ended count by the estimator of Kaplan and Meier (1958), as in a fit.
pub(super) fn against(stage: &str, stays: &[Stay]) -> Option<TimeAgainst> {
    let lasted: Vec<Lasted> = stays.iter().map(|stay| stay.lasted).collect();
    let mean = Survival::of(&lasted)?.mean();
    let ended: Vec<&Stay> = stays.iter().filter(|stay| stay.lasted.ended).collect();
    let n = ended.len() as f64;
    let model: Option<f64> = ended.iter().map(|stay| stay.model).sum();
    let squares = ended.iter().map(|stay| (stay.lasted.days - mean).powi(2)).sum::<f64>();
    let error = (ended.len() > 1).then(|| (squares / (n - 1.0) / n).sqrt());
    let model = model? / n;
    Some(TimeAgainst {
        stage: stage.to_owned(),
        n: ended.len() as u64,
        mean,
        reach: error.map(|error| 1.96 * error),
        model,
        differs: error.is_some_and(|error| (mean - model).abs() > BEYOND * error + ROUNDING),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mean_within_chance_does_not_differ() {
        let stay = |days| Stay { lasted: Lasted::ended(days), model: Some(2.0) };
        let near = against("offer", &[stay(1.0), stay(2.0), stay(3.5)]).unwrap();
        assert!(!near.differs, "{near:?}");
        let far = against("offer", &[stay(5.0), stay(5.1), stay(4.9)]).unwrap();
        assert!(far.differs && (far.mean - 5.0).abs() < 1e-12, "{far:?}");
    }
}
