//! The reference of the codes: what each means, why it matters in sales, the smallest model that triggers it, and the
//! same model without the fault.
//!
//! `voronka explain V311` prints an entry. Tests check that every code has an entry, that every bad example triggers its
//! code, and that no good one does.

mod later;
mod table;

use self::later::LATER;
use self::table::FIRST;

/// All codes, in their order.
pub static CODES: [Code; 174] = {
    let mut all = [FIRST[0]; FIRST.len() + LATER.len()];
    let mut at = 0;
    while at < all.len() {
        all[at] = if at < FIRST.len() { FIRST[at] } else { LATER[at - FIRST.len()] };
        at += 1;
    }
    all
};

/// A code with its explanation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Code {
    /// The code, such as `V311`.
    pub code: &'static str,
    /// What is wrong, and how to fix it.
    pub meaning: &'static str,
    /// Why it matters to those who sell.
    pub reason: &'static str,
    /// A model that triggers it; empty if a model alone cannot.
    pub example: &'static str,
    /// A part of the example, and what stands there in a good model.
    pub change: (&'static str, &'static str),
}

impl Code {
    /// The example without the fault; empty if there is no example.
    pub fn good(&self) -> String {
        let (from, to) = self.change;
        self.example.replacen(from, to, 1)
    }

    const fn shown(self, example: &'static str, from: &'static str, to: &'static str) -> Code {
        Code { example, change: (from, to), ..self }
    }
}

const fn code(code: &'static str, meaning: &'static str, reason: &'static str) -> Code {
    Code { code, meaning, reason, example: "", change: ("", "") }
}

/// The entry of a code.
pub fn find(name: &str) -> Option<&'static Code> {
    CODES.iter().find(|entry| entry.code.eq_ignore_ascii_case(name))
}
