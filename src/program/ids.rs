//! Typed indices into the tables of a program, so that an id of one kind cannot index another
//! table.

use std::marker::PhantomData;
use std::ops::{Deref, DerefMut, Index, IndexMut};

use serde::{Deserialize, Serialize};

/// An index into a [`Table`].
pub trait Id: Copy {
    /// The id at an index.
    fn new(index: usize) -> Self;
    /// The index.
    fn index(self) -> usize;
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident($number:ty),)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub $number);

        impl Id for $name {
            #[inline]
            fn new(index: usize) -> $name {
                $name(index as $number)
            }

            #[inline]
            fn index(self) -> usize {
                self.0 as usize
            }
        }
    )*};
}

ids! {
    /// Index of a stage.
    StageId(u16),
    /// Index of a role.
    RoleId(u16),
    /// Index of a person.
    PersonId(u32),
    /// Index of a kind of work.
    TaskId(u16),
    /// Index of a source.
    SourceId(u16),
    /// Index of a calendar of working time.
    ClockId(u16),
    /// Where a branch leads: the index of a stage, or the number of stages plus the index of an
    /// end.
    Exit(u16),
}

/// A decoded exit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Destination {
    /// A stage.
    Stage(StageId),
    /// The index of an end.
    End(usize),
}

impl Exit {
    /// Decodes the exit, for a program with this number of stages.
    #[inline]
    pub fn destination(self, stages: usize) -> Destination {
        match self.index().checked_sub(stages) {
            None => Destination::Stage(StageId(self.0)),
            Some(end) => Destination::End(end),
        }
    }
}

/// Rows indexed by one kind of id; otherwise a slice.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Table<I, T> {
    rows: Vec<T>,
    ids: PhantomData<fn(I) -> T>,
}

impl<I: Id, T> Table<I, T> {
    /// The ids of its rows.
    pub fn ids(&self) -> impl Iterator<Item = I> + use<I, T> {
        (0..self.rows.len()).map(I::new)
    }

    /// Its rows with their ids.
    pub fn entries(&self) -> impl Iterator<Item = (I, &T)> {
        self.ids().zip(&self.rows)
    }
}

impl<I, T> From<Vec<T>> for Table<I, T> {
    fn from(rows: Vec<T>) -> Table<I, T> {
        Table { rows, ids: PhantomData }
    }
}

impl<I, T> FromIterator<T> for Table<I, T> {
    fn from_iter<R: IntoIterator<Item = T>>(rows: R) -> Table<I, T> {
        Vec::from_iter(rows).into()
    }
}

impl<I, T> Default for Table<I, T> {
    fn default() -> Table<I, T> {
        Vec::new().into()
    }
}

impl<I, T> Deref for Table<I, T> {
    type Target = [T];

    #[inline]
    fn deref(&self) -> &[T] {
        &self.rows
    }
}

impl<I, T> DerefMut for Table<I, T> {
    #[inline]
    fn deref_mut(&mut self) -> &mut [T] {
        &mut self.rows
    }
}

impl<I: Id, T> Index<I> for Table<I, T> {
    type Output = T;

    #[inline]
    fn index(&self, id: I) -> &T {
        &self.rows[id.index()]
    }
}

impl<I: Id, T> IndexMut<I> for Table<I, T> {
    #[inline]
    fn index_mut(&mut self, id: I) -> &mut T {
        &mut self.rows[id.index()]
    }
}

impl<'t, I, T> IntoIterator for &'t Table<I, T> {
    type Item = &'t T;
    type IntoIter = std::slice::Iter<'t, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.rows.iter()
    }
}

impl<'t, I, T> IntoIterator for &'t mut Table<I, T> {
    type Item = &'t mut T;
    type IntoIter = std::slice::IterMut<'t, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.rows.iter_mut()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_exit_is_a_stage_or_an_end_behind_the_stages() {
        let found = [0, 2, 3, 5].map(|exit| Exit(exit).destination(3));
        let stage = |at| Destination::Stage(StageId(at));
        assert_eq!(found, [stage(0), stage(2), Destination::End(0), Destination::End(2)]);
    }

    #[test]
    fn rows_are_found_by_their_ids() {
        let table: Table<RoleId, char> = vec!['a', 'b'].into();
        let entries: Vec<(RoleId, &char)> = table.entries().collect();
        assert_eq!(entries, [(RoleId(0), &'a'), (RoleId(1), &'b')]);
        assert_eq!((table[RoleId(1)], table.len()), ('b', 2));
    }
}
