//! A value of an attribute that no deal can be won with, although no variant says so.

use crate::diagnostic::{Findings, Warning};
use crate::lint::region::{Axis, values};
use crate::lint::ways::Ways;
use crate::model::transitions::End;
use crate::model::{Attribute, Model, Target, Test, Variant};

pub(in crate::lint) fn check(model: &Model, findings: &mut Findings) {
    let of_sources = model.sources.iter().flat_map(|source| &source.attributes);
    let set = model.plans().filter_map(|plan| plan.set.as_ref()).flat_map(|set| &set.attributes);
    let given: Vec<&Attribute> = model.attributes.iter().chain(of_sources).chain(set).collect();
    let mut names: Vec<&str> = given.iter().map(|attribute| attribute.name.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    let hopeless = hopeless(model);
    for name in names {
        if !variants(model).any(|variant| asks(variant, name, None)) {
            continue;
        }
        let known = values(model, name);
        for code in Ways::of(model, Axis::Attribute(name)).without_sale() {
            let value = known[code as usize - 1];
            let mut asking = variants(model).filter(|variant| asks(variant, name, Some(value)));
            if asking.any(|variant| gives_up(variant, &hopeless)) {
                continue;
            }
            let has = |a: &&&Attribute| a.name == name && a.shares.iter().any(|(v, _)| v == value);
            if let Some(attribute) = given.iter().find(has) {
                let (attribute, spot) = (attribute.name.clone(), &attribute.spot);
                let problem = Warning::NoSaleFor { attribute, value: value.to_owned() };
                findings.report(problem, spot.place, spot.path.clone());
            }
        }
    }
}

fn variants(model: &Model) -> impl Iterator<Item = &Variant> {
    model.stages.iter().flat_map(|stage| &stage.variants)
}

/// Whether a variant asks for an attribute, with this value if one is given.
fn asks(variant: &Variant, name: &str, value: Option<&str>) -> bool {
    variant.when.tests.iter().any(|test| match test {
        Test::Attribute { name: asked, values, .. } => {
            let named = |value| values.iter().any(|(asked, _)| asked == value);
            asked == name && value.is_none_or(named)
        }
        _ => false,
    })
}

/// Whether a variant leads all its deals to where nothing is ever sold: its author means them to
/// be lost.
fn gives_up(variant: &Variant, hopeless: &[&str]) -> bool {
    let ends = |target: &Target| match target {
        Target::Lost(_) | Target::Cancelled(_) | Target::Done => true,
        Target::Stage(name) => hopeless.contains(&name.as_str()),
        Target::Following | Target::Won => false,
    };
    let next = variant.plan.next.as_ref();
    next.is_some_and(|next| next.iter().all(|b| b.probability == 0.0 || ends(&b.target)))
}

/// The stages from which no deal of any kind can be won.
fn hopeless(model: &Model) -> Vec<&str> {
    let transitions = model.transitions();
    let count = model.stages.len();
    let sells =
        |at: usize| model.stages[at].sale.is_some() || transitions.ends[at].contains(&End::Won);
    let mut sold: Vec<bool> = (0..count).map(sells).collect();
    for _ in 0..count {
        for at in 0..count {
            sold[at] = sold[at] || transitions.to[at].iter().any(|next| sold[*next]);
        }
    }
    model
        .stages
        .iter()
        .zip(sold)
        .filter(|(_, sold)| !sold)
        .map(|(stage, _)| stage.name.as_str())
        .collect()
}
