//! A number that tells models apart.
//!
//! Observations are merged with others, and concluded from, only of the model that they were made of. The fingerprint
//! is of the compiled model: comments, the order of keys and the place of the file make no difference, any number that
//! the engine reads does. It is made of text and whole numbers, so that it is the same on every platform; another version
//! of the program may give another one.

use std::fmt::{self, Write};

use crate::program::Program;

/// FNV-1a of 64 bits, of what is written to it.
struct Fingerprint(u64);

impl Write for Fingerprint {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for byte in text.bytes() {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3);
        }
        Ok(())
    }
}

/// The fingerprint of a compiled model, whatever it is called.
pub(super) fn of(program: &mut Program) -> u64 {
    let mut fingerprint = Fingerprint(0xCBF2_9CE4_8422_2325);
    let name = std::mem::take(&mut program.name);
    write!(fingerprint, "{program:?}").expect("writing into a number cannot fail");
    program.name = name;
    fingerprint.0
}
