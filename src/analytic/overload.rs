//! Whether the people of each role can keep up with the work, once all of it has reached them.
//!
//! A simulated queue that grows hides the work behind it that has not reached people yet. The chain
//! gives all the work that deals will need. Deals that lose patience on the way need less. Their
//! share comes from Erlang's A or from a run; if neither is known, it is estimated.

use super::chain::{Chain, Only, Patience};
use super::flows::Flows;
use super::inflow::{arrivals, weight};
use super::people::loads;
use super::reneging::{Reneging, estimated};
use crate::program::{Program, RoleId};

/// The load of a role.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Load {
    /// The role.
    pub role: RoleId,
    /// Its people.
    pub people: u64,
    /// The needed share of the working time that its people have in the window.
    pub share: f64,
}

impl Load {
    /// The number of people it lacks; 0 if it lacks none.
    pub fn missing(&self) -> f64 {
        (self.share - 1.0).max(0.0) * self.people as f64
    }

    /// The number of people who would be busy at most nine tenths of their time.
    pub fn enough(&self) -> u64 {
        (self.people as f64 * self.share / 0.9 - 1e-9).ceil() as u64
    }
}

/// The long-run load of each limited role, from the deals of the window.
///
/// `left` is the share of visits of each stage that lose patience, from a run. Without it the
/// computed share is used. If that is unknown too, the share is estimated. `None` if the transitions
/// form no chain, if no deals arrive, or if the model runs until empty.
pub fn long_run_loads(program: &Program, left: Option<&[f64]>) -> Option<Vec<Load>> {
    if program.window.until_empty() || !program.roles.iter().any(|role| role.limited) {
        return None;
    }
    let weights: Vec<f64> = program.sources.iter().map(|source| weight(program, source)).collect();
    let share = match left {
        Some(left) => Some(left.to_vec()),
        None => match Reneging::of(program, &weights) {
            Reneging::Nobody => None,
            Reneging::Known(left) => Some(left),
            Reneging::Unknown(_) => Some(estimated(program, &weights)?),
        },
    };
    let patience = share.as_deref().map_or(Patience::Endless, Patience::Lost);
    let chain = Chain::new(program, &weights, Only::All, patience)
        .ok()
        .filter(|chain| chain.share > 0.0)?;
    let flows = Flows::new(program, &chain, &[]).ok()?;
    let loads = loads(program, &chain, &flows, arrivals(program, &weights));
    Some(loads.into_iter().map(|(role, people, share)| Load { role, people, share }).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sixty calls a week, answered within an hour or never. Each answered call needs an hour of
    /// one person, who has 45 hours a week.
    const TEXT: &str = "horizon: 52 weeks
sources: {site: {rate: 60/week}}
roles: {a: {people: 3}, b: {people: 1}}
stages:
  call: {work: {role: a, time: 10 min}, patience: {time: 1h, lost: gone}, next: offer}
  offer: {work: {role: b, time: 1h}, next: 50%}
";

    fn share_of_b(left: Option<&[f64]>) -> f64 {
        let model = crate::model::load("", TEXT, &[], None).model.unwrap();
        let program = Program::outline(&model);
        let loads = long_run_loads(&program, left).unwrap();
        loads.iter().find(|load| load.role == RoleId(1)).map_or(0.0, |load| load.share)
    }

    #[test]
    fn deals_that_left_need_no_more_work() {
        // Sixty hours for 45 if nobody left; those who call at night may all leave.
        assert!((share_of_b(Some(&[0.0, 0.0])) - 60.0 / 45.0).abs() < 1e-9);
        assert!((share_of_b(Some(&[0.7, 0.0])) - 18.0 / 45.0).abs() < 1e-9);
        // Of 168 hours 45 are open, and calls of the last hour before each of the five openings are
        // answered: 60 × 50 / 168 of 45 hours. Few wait for one of three free people.
        let by_day = 60.0 * 50.0 / 168.0 / 45.0;
        assert!((0.9 * by_day..by_day).contains(&share_of_b(None)), "{}", share_of_b(None));
    }

    #[test]
    fn enough_people_are_busy_nine_tenths_of_their_time() {
        let load = |people, share| Load { role: RoleId(0), people, share };
        assert_eq!(load(1, 1.2).enough(), 2);
        assert_eq!(load(3, 1.2).enough(), 4);
        assert_eq!(load(10, 0.9).enough(), 10);
        assert!((load(3, 1.2).missing() - 0.6).abs() < 1e-12);
    }
}
