//! What matters most, and what does not matter.

use super::{Bar, Change, Effect, Parameter, Sensitivity};
use crate::study::difference::Verdict;

impl Bar {
    /// The changes of a figure at its ends that are beyond chance.
    fn certain(&self, at: usize) -> impl Iterator<Item = (&Effect, &Change)> {
        self.ends.iter().flatten().filter_map(move |effect| effect.certain(at))
    }

    /// Whether a figure is any different at one of its ends.
    fn moves(&self, at: usize) -> bool {
        let changes = self.ends.iter().flatten().filter_map(|effect| effect.changes[at].as_ref());
        changes.filter_map(|change| change.absolute.value).any(|value| value != 0.0)
    }

    /// The greatest change of a figure beyond chance at one of its ends, in absolute value.
    pub fn reach(&self, at: usize) -> f64 {
        let values = self.certain(at).filter_map(|(_, change)| change.absolute.value);
        values.fold(0.0, |most: f64, value| most.max(value.abs()))
    }
}

impl Effect {
    /// The change of a figure, if it is beyond chance.
    pub fn certain(&self, at: usize) -> Option<(&Effect, &Change)> {
        let change = self.changes.get(at)?.as_ref()?;
        (change.verdict != Verdict::NotBeyondChance).then_some((self, change))
    }

    fn gain(&self, at: usize) -> Option<f64> {
        let (_, change) = self.certain(at)?;
        let is_gain = change.verdict == Verdict::Better;
        change.absolute.value.filter(|_| is_gain).map(f64::abs)
    }
}

impl Sensitivity {
    /// The parameters that change a figure beyond chance, the greatest change first.
    pub fn ranked(&self, at: usize) -> Vec<&Bar> {
        let matters = |bar: &&Bar| bar.certain(at).next().is_some();
        let mut bars: Vec<&Bar> = self.bars.iter().filter(matters).collect();
        bars.sort_by(|a, b| b.reach(at).total_cmp(&a.reach(at)));
        bars
    }

    /// The changes that make a figure better beyond chance, one for each parameter, the best first;
    /// either those of loss reasons, which are halved, or all others.
    pub fn gains(&self, at: usize, of_reasons: bool) -> Vec<&Effect> {
        let best = |bar: &'_ Bar| -> Option<(f64, usize)> {
            let gains = bar
                .ends
                .iter()
                .enumerate()
                .filter_map(|(end, effect)| Some((effect.as_ref()?.gain(at)?, end)));
            gains.reduce(|a, b| if b.0 > a.0 { b } else { a })
        };
        let bars = self.bars.iter().filter(|bar| bar.parameter.is_reason() == of_reasons);
        let found = bars.filter_map(|bar| {
            let (gain, end) = best(bar)?;
            Some((gain, bar.ends[end].as_ref()?))
        });
        let mut found: Vec<(f64, &Effect)> = found.collect();
        found.sort_by(|a, b| b.0.total_cmp(&a.0));
        found.into_iter().map(|(_, effect)| effect).collect()
    }

    /// The parameters that do not change a figure beyond chance. Prices are left out of figures
    /// that do not depend on any.
    pub fn idle(&self, at: usize) -> Vec<&Parameter> {
        let is_price = |bar: &Bar| bar.parameter.is_price() && !bar.moves(at);
        let idle = self.bars.iter().filter(|bar| bar.certain(at).next().is_none());
        idle.filter(|bar| !is_price(bar)).map(|bar| &bar.parameter).collect()
    }

    /// The role in which one more person improves a figure most, if any does beyond chance.
    pub fn bottleneck(&self, at: usize) -> Option<&Effect> {
        let people = self.one_more.iter().filter(|effect| effect.parameter.is_of_people());
        let gains = people.filter_map(|effect| Some((effect.gain(at)?, effect)));
        gains.reduce(|a, b| if b.0 > a.0 { b } else { a }).map(|(_, effect)| effect)
    }
}
