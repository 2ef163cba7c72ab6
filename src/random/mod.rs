//! Random draws that are addressed by what they are for, not taken from a sequence.
//!
//! Every draw is one 64-bit word, a hash of the deal and the purpose of the draw ([`key`]). A
//! distribution is compiled to its inverse ([`inverse`]), which turns the word into a value. So a
//! draw does not depend on other draws, on their order, or on the thread.

pub mod distribution;
pub mod equilibrium;
pub mod families;
pub mod inverse;
pub mod key;
