//! What the two images of a board and their builder agree on.
//!
//! Where everything lies ([`map`]), which pin does what ([`pins`]), how the control image introduces itself
//! ([`header`]), what both cores see ([`shared`]), what is left after a fault ([`fault`]). Decides nothing and touches
//! nothing: it is built for the board, for the linker scripts and for `cargo xtask firmware` alike.
#![no_std]
#[cfg(test)]
extern crate std;

pub mod crc;
pub mod fault;
pub mod fence;
pub mod header;
pub mod map;
pub mod pins;
pub mod shared;
pub mod sum;
pub mod wiring;
