//! Replays recorded traces of the reference controller against the shipping code.
//!
//! A trace is a table: inputs, and what the reference controller did with them (docs/decisions/0002-golden-traces.md).
//! Each file of [`replay`] drives one part of the shipping code with the inputs and compares every output. Nothing is
//! left out in silence: a row is compared or excluded with a reason, a column is read, compared or excluded with a
//! reason, and whatever is neither counts against the replay.
//!
//! Knows nothing of how a part works, only what it was asked and what it answered.

mod codes;
mod command;
mod pack;
mod profiles;
pub mod replay;
mod table;
mod tally;
mod traces;

pub use command::main_like;
pub use table::{Check, Row, Scenario, TraceError};
pub use tally::{Reason, Tally};
pub use traces::Traces;
