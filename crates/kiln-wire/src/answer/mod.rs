//! What is answered when something was asked: that it was done, or why it was not.
//!
//! `{"error":{"code","message","field"?,"params":{}}}`: code and params are enough to say it in any language and unit,
//! the message is the plain English one. Which HTTP status goes with a code is decided here, once for all routes.

mod error;
mod outcome;
mod params;
mod problem;

pub use error::{ErrorAnswer, ErrorBody};
pub use outcome::{CommandAnswer, CommandState};
pub use params::Params;
pub use problem::Problem;
