//! The hardware that the application core has: flash, chance, the display's bus, interrupts.

pub(crate) mod chance;
pub(crate) mod display_bus;
pub(crate) mod interrupts;
pub(crate) mod partition;

use embassy_time::Instant;
use kiln_core::units::Millis;

/// The time since the start, as the application counts it.
pub(crate) fn real() -> Millis {
    Millis::new(Instant::now().as_millis())
}
