//! Attributes and values that occur only once and have nearly the same name as others.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Findings, Warning};
use crate::model::{Attribute, Expectation, Model, Test, is_slip};

pub(in crate::lint) fn check(model: &Model, findings: &mut Findings) {
    let asked = Asked::of(model);
    let set = || model.plans().filter_map(|plan| plan.set.as_ref()).flat_map(|set| &set.attributes);
    let given = || model.attributes.iter().chain(set());
    let names: BTreeSet<&str> = given().map(|attribute| attribute.name.as_str()).collect();
    for attribute in given() {
        let name = attribute.name.as_str();
        if asked.names.contains(name) || may_be_meant(name) {
            continue;
        }
        let mut others = asked.names.iter().chain(&names).copied();
        if let Some(nearest) = others.find(|other| *other != name && is_slip(name, other)) {
            let (name, nearest) = (name.to_owned(), nearest.to_owned());
            let problem = Warning::UnaskedAttribute { name, nearest };
            findings.report(problem, attribute.spot.place, attribute.spot.path.clone());
        }
    }
    let of_sources = model.sources.iter().flat_map(|source| &source.attributes);
    let mut groups: BTreeMap<&str, Vec<&Attribute>> = BTreeMap::new();
    for attribute in given().chain(of_sources) {
        groups.entry(&attribute.name).or_default().push(attribute);
    }
    for (name, groups) in &groups {
        for (at, group) in groups.iter().enumerate() {
            let others: Vec<&str> = groups
                .iter()
                .enumerate()
                .filter(|(other, _)| *other != at)
                .flat_map(|(_, other)| other.shares.iter().map(|(value, _)| value.as_str()))
                .chain(asked.values.get(name).into_iter().flatten().copied())
                .collect();
            let later = groups[at + 1..].iter().flat_map(|group| &group.shares);
            let later: BTreeSet<&str> = later.map(|(value, _)| value.as_str()).collect();
            lonely(group, &others, &later, findings);
        }
    }
    for source in &model.sources {
        for own in &source.attributes {
            let declared = model.attributes.iter().find(|other| other.name == own.name);
            if let Some((value, nearest)) = declared.and_then(|all| part_of_one(own, all)) {
                let is_asked = asked.values.get(own.name.as_str());
                if !is_asked.is_some_and(|asked| asked.contains(value.as_str())) {
                    let attribute = own.name.clone();
                    let problem = Warning::LonelyValue { attribute, value, nearest };
                    findings.report(problem, own.spot.place, own.spot.path.clone());
                }
            }
        }
    }
}

/// The one value of a source that the model does not declare, and the one declared value that the source leaves out, if one
/// is a part of the other: `holding` for `agroholding`.
fn part_of_one(own: &Attribute, declared: &Attribute) -> Option<(String, String)> {
    let names = |of: &Attribute| -> BTreeSet<String> {
        of.shares.iter().map(|(value, _)| value.clone()).collect()
    };
    let (given, known) = (names(own), names(declared));
    let new: Vec<&String> = given.difference(&known).collect();
    let left: Vec<&String> = known.difference(&given).collect();
    let ([new], [left]) = (&new[..], &left[..]) else { return None };
    let is_long = [new, left].iter().all(|name| name.chars().count() >= 5);
    let is_part = new.contains(left.as_str()) || left.contains(new.as_str());
    (is_long && is_part && !is_slip(new, left)).then(|| ((*new).clone(), (*left).clone()))
}

/// Values of a group that occur nowhere else and look like a misspelling of one that does.
///
/// Where either of two values occurs once, the first one is taken to be right: `attributes` comes first.
fn lonely(group: &Attribute, others: &[&str], later: &BTreeSet<&str>, findings: &mut Findings) {
    let here = |value: &str| group.shares.iter().any(|(other, _)| other == value);
    let is_first = |value: &str, other: &str| {
        later.contains(other)
            && others.iter().filter(|known| **known == other).count() == 1
            && !may_be_meant(other)
            && is_slip(other, value)
    };
    for (value, _) in &group.shares {
        if may_be_meant(value) || others.contains(&value.as_str()) {
            continue;
        }
        let slip = |other: &&&str| !here(other) && is_slip(value, other) && !is_first(value, other);
        if let Some(nearest) = others.iter().find(slip) {
            let (attribute, value) = (group.name.clone(), value.clone());
            let nearest = (*nearest).to_owned();
            let problem = Warning::LonelyValue { attribute, value, nearest };
            findings.report(problem, group.spot.place, group.spot.path.clone());
        }
    }
}

/// Short names may differ by one letter on purpose: A and B, m1 and m2.
fn may_be_meant(name: &str) -> bool {
    name.chars().count() < 4 || name.ends_with(|c: char| c.is_ascii_digit())
}

/// Attributes and values used by conditions and expectations.
struct Asked<'m> {
    names: BTreeSet<&'m str>,
    values: BTreeMap<&'m str, BTreeSet<&'m str>>,
}

impl<'m> Asked<'m> {
    fn of(model: &'m Model) -> Asked<'m> {
        let mut asked = Asked { names: BTreeSet::new(), values: BTreeMap::new() };
        let variants = model.stages.iter().flat_map(|stage| &stage.variants);
        let of_variants = variants.flat_map(|variant| &variant.when.tests);
        for test in of_variants.chain(model.value.iter().flat_map(|case| &case.when.tests)) {
            if let Test::Attribute { name, values, .. } = test {
                asked.names.insert(name);
                let known = asked.values.entry(name).or_default();
                known.extend(values.iter().map(|(value, _)| value.as_str()));
            }
        }
        for (dimension, value) in model.expectations.iter().flat_map(Expectation::parts) {
            asked.names.insert(dimension);
            asked.values.entry(dimension).or_default().insert(value);
        }
        asked
    }
}
