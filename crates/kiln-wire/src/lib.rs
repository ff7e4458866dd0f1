//! The only room that knows a JSON name.
//!
//! Documents come in through a door that refuses by name ([`Refusal`]: where, and why) and become types of
//! kiln-core; types of kiln-core go out under the names of the file format. No allocation, bounded work, no recursion
//! on what the document holds. What a profile means, and whether this kiln may fire it, is not decided here.
// The feature is for tools on a computer, and what it derives names things of std.
#![cfg_attr(not(feature = "schema"), no_std)]
#[cfg(all(test, not(feature = "schema")))]
extern crate std;

pub mod answer;
pub mod api;
pub mod ask;
pub mod bounded;
pub mod config;
#[cfg(feature = "schema")]
pub mod describe;
mod figure;
pub mod import;
pub mod json;
pub mod log;
pub mod profile;
pub mod records;
mod refusal;
pub mod status;
mod why;

pub use figure::{Param, ParamValue, Quantity};
pub use refusal::{Path, Refusal};
pub use why::{Expected, Kind, Why};
