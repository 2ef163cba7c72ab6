//! What a plan may vary: one axis for each path, and the plans that they span.

use crate::model::Model;
use crate::program::Program;
use crate::quantity::MINOR_UNITS;
use crate::study::sweep::Axis;

/// A path with the values that a plan may give it.
#[derive(Debug, Clone, PartialEq)]
pub struct Range {
    /// The path and its values.
    pub axis: Axis,
    /// The role whose people it counts, if it does.
    pub role: Option<String>,
    /// What one of its people is paid by the month, in the currency.
    pub(super) salary: f64,
}

/// A plan: the index of a value on each axis.
pub type Choice = Vec<usize>;

/// The ranges of these axes, in their order. A `*` in the second place of a path stands for every
/// name of the section that has limited people (of roles), each with a range of its own.
pub fn ranges(model: &Model, axes: &[Axis]) -> Vec<Range> {
    let each = axes.iter().flat_map(|axis| expanded(model, axis));
    each.map(|axis| range(model, axis)).collect()
}

fn expanded(model: &Model, axis: &Axis) -> Vec<Axis> {
    let parts: Vec<&str> = axis.path.splitn(3, '.').collect();
    let [section, "*", rest] = parts[..] else { return vec![axis.clone()] };
    let limited = model.roles.iter().filter(|role| rest != "people" || role.people.is_some());
    let names: Vec<&str> = match section {
        "roles" => limited.map(|role| role.name.as_str()).collect(),
        "sources" => model.sources.iter().map(|source| source.name.as_str()).collect(),
        "stages" => model.stages.iter().map(|stage| stage.name.as_str()).collect(),
        _ => return vec![axis.clone()],
    };
    let at_name = |name: &str| {
        let name = if name.contains('.') { format!("\"{name}\"") } else { name.to_owned() };
        axis.at_path(format!("{section}.{name}.{rest}"))
    };
    names.into_iter().map(at_name).collect()
}

/// People are counted by whole numbers that rise.
fn range(model: &Model, axis: Axis) -> Range {
    let name = axis.path.strip_prefix("roles.").and_then(|rest| rest.strip_suffix(".people"));
    let name = name.map(|name| name.trim_matches('"'));
    let is_of_people = axis.is_ordered() && axis.unit().is_empty();
    let role = model.roles.iter().find(|role| Some(role.name.as_str()) == name && is_of_people);
    let salary = role.map_or(0.0, |role| {
        let program = Program::outline(model);
        let known = program.roles.entries().find(|(_, other)| other.name == role.name);
        let people = program.people.iter().filter(|one| Some(one.role) == known.map(|(id, _)| id));
        people.map(|one| one.salary).fold(0.0, f64::max) / MINOR_UNITS
    });
    Range { role: role.map(|role| role.name.clone()), salary, axis }
}

impl Range {
    pub(super) fn count(&self) -> usize {
        self.axis.values.len()
    }

    /// How many people a value means; 0 of other paths.
    pub(super) fn people(&self, at: usize) -> f64 {
        let value = &self.axis.values[at];
        if self.role.is_some() { self.axis.position(value).unwrap_or(0.0) } else { 0.0 }
    }

    /// The first value with at least so many people.
    pub(super) fn at_least(&self, people: f64) -> usize {
        (0..self.count()).find(|at| self.people(*at) >= people).unwrap_or(self.count() - 1)
    }
}

/// The number of all plans.
pub fn count(ranges: &[Range]) -> usize {
    ranges.iter().map(Range::count).fold(1, usize::saturating_mul)
}

/// All plans between two, both included; the last axis changes first.
pub(super) fn between(low: &[usize], high: &[usize]) -> Vec<Choice> {
    let longer = |plans: Vec<Choice>, (low, high): (&usize, &usize)| {
        let each = plans
            .into_iter()
            .flat_map(|plan| (*low..=*high).map(move |at| [&plan[..], &[at]].concat()));
        each.collect()
    };
    low.iter().zip(high).fold(vec![Vec::new()], longer)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::load;

    #[test]
    fn a_star_is_an_axis_for_each_role_with_limited_people() {
        let text = "roles: {a: {people: 2, cost: 1000/month}, b: {people: unlimited}, \"c. d\": {people: 1}}\n\
                    stages: {s: {work: {role: a, time: 1h}, next: won}}\n";
        let model = load("m.yaml", text, &[], None).model.expect("the model is sound");
        let axes = [Axis::parse("roles.*.people=1..3").expect("a range")];
        let found = ranges(&model, &axes);
        let paths: Vec<&str> = found.iter().map(|range| range.axis.path.as_str()).collect();
        assert_eq!(paths, ["roles.a.people", "roles.\"c. d\".people"]);
        assert_eq!(found.iter().map(|range| range.salary).collect::<Vec<_>>(), [1000.0, 0.0]);
        assert_eq!(found[1].role.as_deref(), Some("c. d"));
        assert_eq!(count(&found), 9);
        assert_eq!(between(&[0, 1], &[1, 2]), [[0, 1], [0, 2], [1, 1], [1, 2]]);
    }
}
