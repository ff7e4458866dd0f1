//! What the controller computes, for the page to compute as well: one implementation, the same bits.
//!
//! The page's worker loads this as WebAssembly and asks by plain numbers and bytes; no glue is generated. [`Machine`]
//! does the work and is the same on a computer, which is how the bits are compared (`tests/bits.rs`, and the page's
//! `unit/compute/bits.test.ts`). Decides nothing: every figure is kiln-core's.
//!
//! Questions and answers are numbers: a profile is four for each step (see [`steps`]), a log four for each row. Names,
//! documents and units are the page's. What a function answers stands in [`Machine::numbers`], in the order that its
//! documentation gives.
#![cfg_attr(target_family = "wasm", no_std)]

mod cones;
#[cfg(target_family = "wasm")]
mod exports;
mod firing;
mod logs;
mod machine;
mod planning;
pub mod steps;
mod tuning;

pub use firing::Ordered;
pub use machine::{Answer, Machine, NUMBERS_MOST};
