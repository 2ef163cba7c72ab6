//! `forecast`: what do the open deals and the new ones bring?

pub mod choice;
pub mod draws;
pub mod fitted;
pub mod past;
