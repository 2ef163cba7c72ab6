//! Classes of deals: the combinations of the dimensions that `--by` asks for.

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

/// The most classes that a run keeps apart.
pub const MOST_CLASSES: usize = 4096;

impl Classes {
    /// The classes of some dimensions: `source`, or names of attributes that the program has.
    ///
    /// Returns the first name that is neither.
    pub fn new(program: &Program, by: &[String]) -> Result<Classes, String> {
        let mut classes = Classes { count: 1, ..Classes::default() };
        for name in by {
            let (dimension, values) = if name == "source" {
                let names = program.sources.iter().map(|source| source.name.clone());
                (Dimension::Source { count: program.sources.len() }, names.collect())
            } else {
                let attribute = program.attributes.iter().find(|known| known.name == *name);
                let attribute = attribute.ok_or_else(|| name.clone())?;
                let (shift, mask) = (attribute.shift, attribute.mask);
                let mut values = vec!["(not known)".to_owned()];
                values.extend(attribute.values.iter().cloned());
                (Dimension::Attribute { shift, mask }, values)
            };
            classes.count *= dimension.size();
            classes.dimensions.push(dimension);
            classes.labels.push((name.clone(), values));
        }
        Ok(classes)
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

    /// All deals, then one group per value of each dimension.
    pub fn groups(&self) -> Vec<Group> {
        let mut groups = vec![Group { label: String::new(), classes: (0..self.count).collect() }];
        for (at, (name, values)) in self.labels.iter().enumerate() {
            let below: usize = self.dimensions[at + 1..].iter().map(Dimension::size).product();
            let size = self.dimensions[at].size();
            for (value, label) in values.iter().enumerate() {
                let classes = (0..self.count).filter(|class| class / below % size == value);
                groups.push(Group { label: format!("{name}={label}"), classes: classes.collect() });
            }
        }
        groups
    }
}
