//! What happens in a visit: entry, steps and way out (`visit`), somebody's work (`work`), what sales mean in money (`books`),
//! and where an open deal is (`place`) and goes on (`resume`).

pub(in crate::engine) mod books;
pub(in crate::engine) mod place;
pub(in crate::engine) mod resume;
pub(in crate::engine) mod visit;
pub(in crate::engine) mod work;

pub use place::visit_lengths;
