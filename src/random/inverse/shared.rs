//! Tables that several distributions share.
//!
//! Two exponentials differ by a factor only, and so do two lognormals of one sigma. One table of the
//! unit serves them all, so it is made once and stays in the nearest cache. A table is forgotten
//! with the last program that uses it; which program made it cannot be seen in the numbers.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use super::Table;
use crate::random::families::Family;

/// A family up to its scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Shape {
    Exponential,
    /// The bits of sigma.
    Lognormal(u64),
    /// The bits of the shape.
    Weibull(u64),
}

static KNOWN: Mutex<Option<HashMap<Shape, Weak<Table>>>> = Mutex::new(None);

/// The table of a shape, which `unit` has with a scale of 1.
pub(super) fn table(shape: Shape, unit: &dyn Family) -> Arc<Table> {
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    let known = known.get_or_insert_default();
    if let Some(table) = known.get(&shape).and_then(Weak::upgrade) {
        return table;
    }
    let table = Arc::new(Table::new(unit));
    known.retain(|_, table| table.strong_count() > 0);
    known.insert(shape, Arc::downgrade(&table));
    table
}
