//! What the thermocouple says, and how far it may be believed.

mod filter;
mod reading;

pub use filter::{Conditioned, Conditioner, FilterError, FilterSettings};
pub use reading::{ChipFault, Problem, Reading, Sample, worst_case};
