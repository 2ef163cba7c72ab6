//! What to do next, given what the model lacks.

use super::{Context, Screen};
use crate::kpi::{Kpi, Stat};
use crate::report::phrase::Next;
use crate::study::load::loads;

/// If the relative half-width of the win rate is greater, more replications are advised.
const UNCERTAIN: f64 = 0.05;
/// The relative half-width that more replications are to reach.
const CERTAIN: f64 = 0.02;

impl Screen<'_> {
    pub(super) fn advice(&self, context: &Context) -> Next {
        let win_rate = self.whole(Kpi::WinRate, Stat::Share);
        let relative = win_rate.and_then(|row| {
            Some(row.figure.half_width()? / row.figure.value().filter(|value| *value > 0.0)?)
        });
        let model = &context.model;
        if self.simulation.deals == 0 {
            Next::NoDeals
        } else if let Some(set) = self.hiring() {
            Next::Hire(format!("voronka run {model}{set}"))
        } else if let Some(error) = relative.filter(|error| *error > UNCERTAIN) {
            let replications = self.simulation.options.replications as f64;
            let more = (replications * (error / CERTAIN).powi(2)).ceil();
            let nice = 10f64.powf(more.log10().floor());
            let more = (more / nice).ceil() * nice;
            Next::Replications(format!("voronka run {model} -n {more:.0}"))
        } else if !context.defaults.is_empty() {
            Next::Defaults
        } else {
            Next::Write(format!("voronka run {model} -o out"))
        }
    }

    /// The options that add the missing people; none if nobody is missing.
    fn hiring(&self) -> Option<String> {
        let loads = loads(self.simulation);
        let set = loads.iter().filter(|load| load.missing() > 0.0).map(|load| {
            let role = &self.simulation.program.roles[load.role].name;
            format!(" --set 'roles.{role}.people={}'", load.enough())
        });
        Some(set.collect::<String>()).filter(|set| !set.is_empty())
    }
}
