//! What the thermocouple says, and how far it may be believed.

mod reading;

pub use reading::{ChipFault, Problem, Reading, Sample, worst_case};
