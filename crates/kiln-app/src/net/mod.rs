//! How the controller is reached: policies of the network, without a network.
//!
//! State machines only: what the drivers see comes in, what they are to do comes out. Nothing here probes anything, and
//! nothing a firing needs waits for any of it.

pub mod name;
