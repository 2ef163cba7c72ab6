//! A number that identifies a model.
//!
//! Observations can be merged and concluded only for one model. The fingerprint is that of the
//! compiled model: comments, the order of keys and the path of the file do not change it; every
//! number that the engine reads does. It is computed from text and integers, so it is the same on
//! every platform. Another version of the program may give another fingerprint.

use std::fmt::Write;

use crate::program::Program;
use crate::random::key::Fnv;

/// The fingerprint of a compiled model, without its name.
pub(super) fn of(program: &mut Program) -> u64 {
    let mut hash = Fnv::default();
    let name = std::mem::take(&mut program.name);
    write!(hash, "{program:?}").expect("a hash takes any text");
    program.name = name;
    hash.value()
}
