//! What is known of deals (`facts`), where they are (`token`) and have been (`trail`), what they owe (`account`), those in
//! process at the start (`opening`), and the deals of a block side by side (`block`).

mod account;
mod block;
mod draws;
mod facts;
mod opening;
mod token;
mod trail;

pub use block::Part;
pub use facts::Deal;
pub use opening::{Opening, Standing};
pub use token::Token;
pub use trail::Visited;

pub(in crate::engine) use account::{Account, Booked, Claim};
pub(in crate::engine) use block::{Deals, Lane};
pub(in crate::engine) use draws::{BLOCK, Room};
pub(in crate::engine) use facts::Arrival;
pub(in crate::engine) use opening::Entered;
pub(in crate::engine) use token::Resume;
pub(in crate::engine) use trail::{Trail, Trails};
