//! From conditions of the model to conditions of the program.

use super::Condition;
use super::compile::Compiler;
use super::condition::Test as Compiled;
use crate::model::{Test, When};
use crate::quantity::Instant;

impl Compiler<'_> {
    /// A condition of the model.
    pub(super) fn condition(&self, when: &When) -> Condition {
        Condition { tests: when.tests.iter().map(|test| self.test(test)).collect() }
    }

    fn test(&self, test: &Test) -> Compiled {
        match test {
            Test::Attribute { name, values, .. } => {
                let attribute = &self.names.attributes[self.names.attribute(name)];
                let mut allowed = vec![false; attribute.mask as usize + 1];
                for (code, value) in attribute.values.iter().enumerate() {
                    allowed[code + 1] = values.iter().any(|(wanted, _)| wanted == value);
                }
                Compiled::Attribute { shift: attribute.shift, mask: attribute.mask, allowed }
            }
            Test::Source(names) => {
                let sources = self.model.sources.iter();
                let allowed = sources.map(|s| names.iter().any(|(name, _)| *name == s.name));
                Compiled::Source(allowed.collect())
            }
            Test::Number(measured, ranges) => Compiled::Number(*measured, ranges.clone()),
            Test::Queue(queues) => {
                let queues = queues.iter();
                let queues =
                    queues.map(|(role, _, ranges)| (self.names.role(role), ranges.clone()));
                Compiled::Queue(queues.collect())
            }
            Test::Followed(wanted) => Compiled::Followed(*wanted),
            Test::Month(months) => Compiled::Month(months.clone()),
            Test::Weekday(days) => Compiled::Weekday(days.clone()),
            Test::Date(spans) => {
                let instant = |date, open| match date {
                    Some(date) => self.calendar.instant(date),
                    None => open,
                };
                let span = |(from, until): &(_, _)| {
                    (instant(*from, Instant(i64::MIN)), instant(*until, Instant(i64::MAX)))
                };
                Compiled::Span(spans.iter().map(span).collect())
            }
        }
    }
}
