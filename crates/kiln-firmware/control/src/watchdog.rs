//! The watchdog: resets the chip when nobody feeds it for two seconds.
//!
//! Started by the application's first code, so that an application that dies before it has launched control is reset too;
//! taken over here.

use kiln_core::limits;
use rp_pac as pac;

/// What a bite resets: everything but the two oscillators (as the Pico SDK; embassy-rp's figure is that of the RP2040).
const RESETS: u32 = 0x01FF_FFFF & !0b1100;

/// Starts it with the board's patience.
pub(crate) fn start() {
    pac::WATCHDOG.ctrl().modify(|w| w.set_enable(false));
    pac::PSM.wdsel().write_value(pac::psm::regs::Wdsel(RESETS));
    feed();
    // Without the pauses: a core halted by a debugger must not keep the heat on.
    pac::WATCHDOG.ctrl().write(|w| w.set_enable(true));
}

/// Postpones the bite.
pub(crate) fn feed() {
    let patience = u32::try_from(limits::WATCHDOG.get() * 1000).unwrap_or(u32::MAX);
    pac::WATCHDOG.load().write(|w| w.set_load(patience));
}

/// Resets the chip now.
pub(crate) fn bite() -> ! {
    loop {
        pac::WATCHDOG.ctrl().modify(|w| w.set_trigger(true));
    }
}
