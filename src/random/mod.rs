//! Randomness that is addressed, not consumed.
//!
//! Every draw is one 64-bit word, a hash of who draws and what for ([`key`]); a distribution is
//! compiled to its inverse ([`inverse`]), which turns the word into a value. So a draw does not
//! depend on how many others were made before it, by whom, or on which thread.

pub mod distribution;
pub mod families;
pub mod inverse;
pub mod key;
