//! The flash chip a kiln's files lie on, pretended: in memory or in a file, and cut off in the middle.

pub mod cuts;
mod nor;
pub mod wear;

pub use nor::{Cut, NorFlash, Tear, Wear};
