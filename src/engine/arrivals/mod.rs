//! How deals come: when those of a source arrive (`times`), the sources merged in the order of time (`streams`), and those that
//! are there at the start (`stock`).

mod stock;
mod streams;
mod times;

pub(in crate::engine) use stock::{InStock, in_stock};
pub(in crate::engine) use streams::Streams;
pub(in crate::engine) use times::Times;
