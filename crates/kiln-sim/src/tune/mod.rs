//! A whole tuning run by the shipping loop on a simulated kiln, and what an analysis of it should find.

mod beside;
mod run;
mod truth;

use crate::firing::NotFired;
pub use beside::{Analysed, BAR, Beside, SAMPLE_S, analyse};
pub use run::{Ending, Order, Row, Tuned, tune};
pub use truth::truth;
