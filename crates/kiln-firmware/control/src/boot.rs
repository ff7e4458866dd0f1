//! Why the chip started.

use kiln_control::Reset;
use rp_pac as pac;

use crate::memory::KEPT;

/// What the registers and the memory that survives a reset say.
pub(crate) fn reset() -> Reset {
    let reason = pac::WATCHDOG.reason().read();
    let asked = KEPT.take_asked();
    // The watchdog's reason is cleared by everything but the watchdog (RP2350 datasheet, 12.9).
    if !reason.timer() && !reason.force() {
        Reset::Power
    } else if asked {
        Reset::Asked
    } else {
        Reset::Watchdog
    }
}

/// The registers as they are, for whoever looks for a fault: the watchdog's reason in the two lowest bits, above them
/// what POWMAN knows of power.
pub(crate) fn registers() -> u32 {
    pac::WATCHDOG.reason().read().0 & 0b11 | pac::POWMAN.chip_reset().read().0 & !0b11
}
