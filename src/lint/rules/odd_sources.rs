//! A source that ends before its first batch is whole, and one that seems to be a copy of another one.

use crate::diagnostic::{Doubt, Findings, Related, Relation};
use crate::model::{Arrivals, Model, Of, Source, Spot, Test, is_slip};

/// Two sources with so many equal settings besides their rate are hardly equal by chance.
const MANY: usize = 3;

pub(in crate::lint) fn check(model: &Model, findings: &mut Findings) {
    for source in &model.sources {
        // Another rule reports sources without deals.
        if let Some(count) = source.count.filter(|count| *count > 0 && *count < source.batch) {
            let (name, batch) = (source.name.clone(), source.batch);
            let problem = Doubt::LessThanBatch { source: name, count, batch };
            findings.report(problem, source.spot.place, source.spot.path.clone());
        }
    }
    for (at, source) in model.sources.iter().enumerate() {
        let is_twin = |other: &&Source| {
            bare(other) == bare(source)
                && (is_copy(&other.name, &source.name) || settings(source) >= MANY)
                && !is_named(model, &other.name)
        };
        let twin = model.sources[..at].iter().find(is_twin);
        if let Some(twin) = twin.filter(|_| !is_named(model, &source.name)) {
            let related = Related { place: twin.spot.place, relation: Relation::First };
            let (source, other) = (source, twin.name.clone());
            let problem = Doubt::SourceTwice { source: source.name.clone(), other };
            findings.report_beside(problem, source.spot.place, source.spot.path.clone(), related);
        }
    }
}

/// A source without what tells it from others in the file.
fn bare(source: &Source) -> Source {
    let mut bare = source.clone();
    (bare.name, bare.title, bare.spot) = (String::new(), None, Spot::default());
    let names = bare.enters.iter_mut().chain(&mut bare.calendar);
    names.for_each(|(_, spot)| *spot = Spot::default());
    bare.attributes.iter_mut().for_each(|attribute| attribute.spot = Spot::default());
    bare
}

/// Whether one name looks like a copy of the other: `site 2` and `site (copy)` of `site`.
fn is_copy(one: &str, other: &str) -> bool {
    let (one, other) = (one.to_lowercase(), other.to_lowercase());
    let (short, long) = if one.len() < other.len() { (&one, &other) } else { (&other, &one) };
    let ends_in_letter = short.ends_with(char::is_alphabetic);
    let rest = long.strip_prefix(short.as_str()).unwrap_or_default();
    let rest = rest.trim_matches(|c: char| !c.is_alphanumeric());
    let is_added = matches!(rest, "2" | "copy" | "new" | "копия" | "новый");
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let is_slip =
        short.chars().count() > 3 && digits(&one) == digits(&other) && is_slip(&one, &other);
    ends_in_letter && is_added || is_slip
}

/// How many settings besides the rate are not those of a plain source.
fn settings(source: &Source) -> usize {
    let (steps, season, grows) = match &source.arrivals {
        Arrivals::Rate { steps, months, weekdays, growth } => {
            let season = months.iter().chain(weekdays).any(|factor| *factor != 1.0);
            (steps.len() > 1, season, *growth != 1.0)
        }
        Arrivals::Every(_) => (false, false, false),
    };
    let given = [
        steps,
        season,
        grows,
        source.batch > 1,
        source.count.is_some(),
        source.from.is_some() || source.until.is_some(),
        source.cost != 0.0,
        source.enters.is_some(),
        !source.attributes.is_empty(),
        source.calendar.is_some(),
        source.at_start.is_some(),
    ];
    given.into_iter().filter(|given| *given).count()
}

/// Whether a condition or an expectation asks for the source, so that the two differ in effect.
fn is_named(model: &Model, name: &str) -> bool {
    let of_stages = model.stages.iter().flat_map(|stage| &stage.variants).map(|v| &v.when);
    let whens = of_stages.chain(model.value.iter().map(|case| &case.when));
    let whens = whens.chain(model.terms.iter().map(|term| &term.when));
    let in_test = |test: &Test| match test {
        Test::Source(names) => names.iter().any(|(named, _)| named == name),
        _ => false,
    };
    let subjects = model.expectations.iter().flat_map(|expectation| &expectation.subjects);
    whens.flat_map(|when| &when.tests).any(in_test)
        || subjects.into_iter().any(|subject| {
            matches!(&subject.of, Of::Deals(of) if of == "source") && subject.name == name
        })
}

#[cfg(test)]
mod tests {
    fn codes(sources: &str, more: &str) -> Vec<&'static str> {
        let text =
            format!("sources: {{{sources}}}\nstages: {{lead: {{wait: 1d, next: 30%{more}}}}}\n");
        let found = crate::lint::examine("", &text, &[], None).diagnostics;
        found.iter().map(|found| found.problem.code()).collect()
    }

    #[test]
    fn a_copy_of_a_source_is_found() {
        assert_eq!(codes("site: {rate: 5/day}, site 2: {rate: 5/day}", ""), ["V665"]);
        assert_eq!(codes("site: {rate: 5/day}, site (copy): {rate: 5/day}", ""), ["V665"]);
        let much = "{rate: 5/day, cost: 90, growth: 1%/month, season: {jul: 0.5}}";
        assert_eq!(codes(&format!("web: {much}, fair: {much}"), ""), ["V665"]);
    }

    #[test]
    fn equal_sources_may_be_meant() {
        assert_eq!(codes("web: {rate: 5/day}, fair: {rate: 5/day}", ""), [""; 0]);
        assert_eq!(codes("shop 1: {rate: 5/day}, shop 2: {rate: 5/day}", ""), [""; 0]);
        assert_eq!(codes("site: {rate: 5/day}, site 2: {rate: 6/day}", ""), [""; 0]);
        let asked = ", variants: [{when: {source: site}, next: 40%}]";
        assert_eq!(codes("site: {rate: 5/day}, site 2: {rate: 5/day}", asked), [""; 0]);
    }
}
