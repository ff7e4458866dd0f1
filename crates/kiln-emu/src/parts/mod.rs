//! What hangs on the pins and has no model elsewhere: the thermocouple's chip. The display is kiln-hal's fake one.

pub mod max31856;
