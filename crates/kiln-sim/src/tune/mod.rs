//! A whole tuning run by the shipping loop on a simulated kiln, and what an analysis of it should find.

mod run;
mod truth;

pub use run::{Ending, Order, Row, Tuned, tune};
pub use truth::truth;
