//! A number that tells models apart.
//!
//! Observations are merged and concluded from for one model only. The fingerprint is that of the compiled model: comments,
//! the order of keys and the place of the file do not change it; every number that the engine reads does. It is made of text
//! and whole numbers, so it is the same on every platform. Another version of the program may give another one.

use std::fmt::Write;

use crate::program::Program;
use crate::random::key::Fnv;

/// The fingerprint of a compiled model; its name does not count.
pub(super) fn of(program: &mut Program) -> u64 {
    let mut hash = Fnv::default();
    let name = std::mem::take(&mut program.name);
    write!(hash, "{program:?}").expect("a hash takes any text");
    program.name = name;
    hash.value()
}
