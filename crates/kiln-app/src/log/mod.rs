//! The log of each run: when a row is due, and into which file it goes.

pub mod name;
pub mod picture;
pub mod recorder;

pub use name::{Begun, FileName};
pub use recorder::{Action, Line, Recorder, Settings, Subject};
