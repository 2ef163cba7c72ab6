//! Tables that several distributions share.
//!
//! Two exponentials differ only by a factor, as do two lognormals with the same sigma. One table
//! for scale 1 serves them all, so it is built once and stays in the cache of the processor. A
//! table is dropped with the last program that uses it. Sharing does not affect any result.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use super::Table;
use crate::random::families::Family;

/// A family without its scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Shape {
    Exponential,
    /// The bits of sigma.
    Lognormal(u64),
    /// The bits of the shape.
    Weibull(u64),
}

static KNOWN: Mutex<Option<HashMap<Shape, Weak<Table>>>> = Mutex::new(None);

fn lock() -> MutexGuard<'static, Option<HashMap<Shape, Weak<Table>>>> {
    KNOWN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The table of a shape; `unit` is its distribution with scale 1.
pub(super) fn table(shape: Shape, unit: &dyn Family) -> Arc<Table> {
    let found = |known: &HashMap<Shape, Weak<Table>>| known.get(&shape).and_then(Weak::upgrade);
    if let Some(table) = lock().as_ref().and_then(found) {
        return table;
    }
    // Built outside the lock: other threads build other tables meanwhile.
    let table = Arc::new(Table::new(unit));
    let mut known = lock();
    let known = known.get_or_insert_default();
    if let Some(earlier) = found(known) {
        return earlier;
    }
    known.retain(|_, table| table.strong_count() > 0);
    known.insert(shape, Arc::downgrade(&table));
    table
}
