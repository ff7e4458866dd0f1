//! What hangs on the pins: the thermocouple's chip, the display, the kiln.

pub mod lcd;
pub mod max31856;
