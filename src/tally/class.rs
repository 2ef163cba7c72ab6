//! Classes of deals: the combinations of the dimensions that `--by` asks for, and their groups.

use crate::engine::{Deal, Part};
use crate::program::{Id, Program};

/// What deals are told apart by.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Dimension {
    Source {
        count: usize,
    },
    /// Bits of the packed attributes.
    Attribute {
        shift: u32,
        mask: u64,
    },
}

impl Dimension {
    fn size(&self) -> usize {
        match self {
            Dimension::Source { count } => *count,
            Dimension::Attribute { mask, .. } => *mask as usize + 1,
        }
    }
}

/// The classes of a run: the product of its dimensions; one class where nothing is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Classes {
    dimensions: Vec<Dimension>,
    /// The name of each dimension's values, with the name of the dimension.
    labels: Vec<(String, Vec<String>)>,
    /// What groups are made by: each is one dimension, or several whose combinations are groups.
    asked: Vec<Vec<usize>>,
    count: usize,
}

/// Some classes with a name: all of them, or those with one value of a dimension.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// As `segment=smb`; empty for all.
    pub label: String,
    /// The classes.
    pub classes: Vec<usize>,
}

/// Between names of `--by` whose combinations are groups.
const TIMES: char = '*';
/// The most classes that a run keeps apart.
pub const MOST_CLASSES: usize = 4096;

impl Classes {
    /// The classes of some dimensions: `source`, or names of attributes that the program has; or
    /// several of them with `*` between, as `region*source`, for each combination of their values.
    ///
    /// Returns the first name that is neither.
    pub fn new(program: &Program, by: &[String]) -> Result<Classes, String> {
        let mut classes = Classes { count: 1, ..Classes::default() };
        let is_attribute = |name: &str| program.attributes.iter().any(|known| known.name == name);
        for asked in by {
            let names: Vec<&str> = if is_attribute(asked) {
                vec![asked]
            } else {
                asked.split(TIMES).map(str::trim).collect()
            };
            let mut dimensions: Vec<usize> = Vec::new();
            for name in names {
                let at = classes.dimension(program, name)?;
                dimensions.extend(Some(at).filter(|at| !dimensions.contains(at)));
            }
            classes.asked.push(dimensions);
        }
        Ok(classes)
    }

    /// The place of a dimension, which is new if no other entry has named it.
    fn dimension(&mut self, program: &Program, name: &str) -> Result<usize, String> {
        if let Some(at) = self.labels.iter().position(|(known, _)| known == name) {
            return Ok(at);
        }
        let (dimension, values) = if name == "source" {
            let names = program.sources.iter().map(|source| source.name.clone());
            (Dimension::Source { count: program.sources.len() }, names.collect())
        } else {
            let attribute = program.attributes.iter().find(|known| known.name == *name);
            let attribute = attribute.ok_or_else(|| name.to_owned())?;
            let (shift, mask) = (attribute.shift, attribute.mask);
            let mut values = vec!["(not known)".to_owned()];
            values.extend(attribute.values.iter().cloned());
            (Dimension::Attribute { shift, mask }, values)
        };
        self.count = self.count.saturating_mul(dimension.size());
        self.dimensions.push(dimension);
        self.labels.push((name.to_owned(), values));
        Ok(self.dimensions.len() - 1)
    }

    /// How many classes.
    pub fn count(&self) -> usize {
        self.count
    }

    /// The class of a deal as it is now.
    #[inline]
    pub fn of(&self, deal: &Deal) -> usize {
        if self.count == 1 {
            return 0;
        }
        let mut class = 0;
        for dimension in &self.dimensions {
            let value = match dimension {
                Dimension::Source { .. } => deal.source.index(),
                Dimension::Attribute { shift, mask } => (deal.attributes >> shift & mask) as usize,
            };
            class = class * dimension.size() + value;
        }
        class
    }

    /// The class of all these deals, if they have the same one: deals of one source often do.
    pub fn only(&self, deals: Part<'_>) -> Option<usize> {
        if self.count == 1 {
            return Some(0);
        }
        let mut each = deals.iter().map(|(deal, _)| self.of(deal));
        let first = each.next()?;
        each.all(|class| class == first).then_some(first)
    }

    /// All deals, then one group per value of each dimension, or per combination of values where
    /// combinations are asked for.
    pub fn groups(&self) -> Vec<Group> {
        let mut groups = vec![Group { label: String::new(), classes: (0..self.count).collect() }];
        for asked in &self.asked {
            let mut combinations: Vec<Vec<usize>> = vec![Vec::new()];
            for at in asked {
                let values = 0..self.labels[*at].1.len();
                let longer = |known: &Vec<usize>| {
                    let known = known.clone();
                    values.clone().map(move |value| [known.as_slice(), &[value]].concat())
                };
                combinations = combinations.iter().flat_map(longer).collect();
            }
            groups.extend(combinations.iter().map(|values| self.group(asked, values)));
        }
        groups
    }

    /// The classes that have these values of these dimensions.
    fn group(&self, dimensions: &[usize], values: &[usize]) -> Group {
        let both = || dimensions.iter().zip(values);
        let has = |class: &usize| both().all(|(at, value)| self.value(*class, *at) == *value);
        let name = |(at, value): (&usize, &usize)| {
            let (name, values) = &self.labels[*at];
            format!("{name}={}", values[*value])
        };
        let label = both().map(name).collect::<Vec<_>>().join(", ");
        Group { label, classes: (0..self.count).filter(has).collect() }
    }

    /// The value of a dimension that the deals of a class have.
    fn value(&self, class: usize, at: usize) -> usize {
        let below: usize = self.dimensions[at + 1..].iter().map(Dimension::size).product();
        class / below % self.dimensions[at].size()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::load;

    #[test]
    fn combinations_are_groups_beside_those_of_each_dimension() {
        let text = "attributes: {a: {x: 50%, y: rest}, b: {u: 20%, v: rest}}\n\
                    sources: {one: {rate: 1/day}, two: {rate: 1/day}}\nstages: {s: {next: 50%}}";
        let program = Program::compile(&load("m", text, &[], None).model.expect("it is sound"));
        let classes = |by: &[&str]| {
            let by: Vec<String> = by.iter().map(|name| (*name).to_owned()).collect();
            Classes::new(&program, &by)
        };
        let both = classes(&["a", "a*source"]).expect("the names are known");
        // Attributes take two bits: not known, two values, and one that no deal has.
        assert_eq!(both.count(), 8);
        let groups = both.groups();
        let find = |label: &str| groups.iter().find(|group| group.label == label);
        let all = |labels: &[&str]| -> Vec<usize> {
            let of = |label: &&str| find(label).map(|group| group.classes.clone());
            let mut classes: Vec<usize> = labels.iter().filter_map(of).flatten().collect();
            classes.sort_unstable();
            classes
        };
        assert_eq!(find("a=x").map(|group| group.classes.len()), Some(2));
        assert_eq!(all(&["a=x, source=one", "a=x, source=two"]), all(&["a=x"]));
        assert_eq!(find("a=x, source=one").map(|group| group.classes.len()), Some(1));
        // 1 for all, 3 of the attribute, 3 × 2 combinations.
        assert_eq!(groups.len(), 10);
        assert_eq!(classes(&["a*c"]).err(), Some("c".to_owned()));
        assert_eq!(classes(&["b*source"]).map(|classes| classes.groups().len()), Ok(7));
    }
}
