//! Which deals come: kinds by source and by the attributes that variants ask for.

use std::collections::BTreeSet;

use crate::model::{Attribute, Model, Plan, Source, Stage, Test, When};

/// More kinds than this are not told apart.
const MOST_KINDS: usize = 4096;

/// Deals of one source with the same values of the attributes that matter.
pub(super) struct Kind<'m> {
    /// Where they come from.
    pub(super) source: &'m Source,
    /// Their share of the source.
    pub(super) share: f64,
    values: Vec<(&'m str, &'m str)>,
}

/// The kinds of deals of a model; `None` where there are too many.
///
/// Attributes that a stage changes on the way say nothing of a deal when it arrives, so they are left
/// out, and variants that ask for them are taken not to hold.
pub(super) fn kinds(model: &Model) -> Option<Vec<Kind<'_>>> {
    let changed: BTreeSet<&str> = model
        .stages
        .iter()
        .flat_map(|stage| stage.variants.iter().map(|v| &v.plan).chain([&stage.plan]))
        .flat_map(|plan| plan.set.iter().flat_map(|set| &set.attributes))
        .map(|attribute| attribute.name.as_str())
        .collect();
    let whens = model.stages.iter().flat_map(|stage| &stage.variants).map(|v| &v.when);
    let asked: BTreeSet<&str> = whens.flat_map(attributes).collect();
    let matters = |attribute: &&Attribute| {
        asked.contains(attribute.name.as_str()) && !changed.contains(attribute.name.as_str())
    };
    let mut kinds = Vec::new();
    for source in &model.sources {
        let mut of_source = vec![Kind { source, share: 1.0, values: Vec::new() }];
        for attribute in model.attributes.iter().filter(matters) {
            let own = source.attributes.iter().find(|own| own.name == attribute.name);
            let shares = &own.unwrap_or(attribute).shares;
            if of_source.len() * shares.len() > MOST_KINDS {
                return None;
            }
            of_source = of_source
                .iter()
                .flat_map(|kind| {
                    shares.iter().map(|(value, share)| {
                        let mut values = kind.values.clone();
                        values.push((attribute.name.as_str(), value.as_str()));
                        Kind { source, share: kind.share * share, values }
                    })
                })
                .collect();
        }
        kinds.extend(of_source);
    }
    Some(kinds)
}

fn attributes(when: &When) -> impl Iterator<Item = &str> {
    when.tests.iter().filter_map(|test| match test {
        Test::Attribute { name, .. } => Some(name.as_str()),
        _ => None,
    })
}

impl<'m> Kind<'m> {
    /// The plan of the first variant of a stage that holds for these deals whatever happens to them.
    pub(super) fn variant(&self, stage: &'m Stage) -> Option<&'m Plan> {
        stage.variants.iter().find(|variant| self.is(&variant.when)).map(|variant| &variant.plan)
    }

    fn is(&self, when: &When) -> bool {
        when.tests.iter().all(|test| match test {
            Test::Source(names) => names.iter().any(|(name, _)| *name == self.source.name),
            Test::Attribute { name, values, .. } => {
                let mine = self.values.iter().find(|(known, _)| known == name);
                mine.is_some_and(|(_, mine)| values.iter().any(|(value, _)| value == mine))
            }
            _ => false,
        })
    }
}
