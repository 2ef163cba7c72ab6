//! What happens in a visit: entry, steps and way out (`visit`), and somebody's work (`work`).

pub(in crate::engine) mod visit;
pub(in crate::engine) mod work;
