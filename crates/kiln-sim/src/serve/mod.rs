//! A complete kiln on this computer: the shipping control loop and the shipping application, a simulated kiln between.

pub mod clockwork;
pub mod kept;
pub mod net;
