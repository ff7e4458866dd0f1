//! Where connections of the board's page wait: sockets of its network stack, and workers that take them.
//!
//! It decides who waits where, and when a socket is given back; it knows neither radio nor cable, and no request.
#![no_std]

mod doorstep;

pub use doorstep::{Buffers, Doorstep, Home, SOCKETS, Tcp, porter};
