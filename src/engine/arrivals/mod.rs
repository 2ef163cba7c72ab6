//! How deals come: when those of a source arrive (`times`), and the sources merged in the order of time (`streams`).

mod streams;
mod times;

pub(in crate::engine) use streams::Streams;
pub(in crate::engine) use times::Times;
