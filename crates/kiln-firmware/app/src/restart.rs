//! Starting anew because somebody asked for it.

use kiln_firmware_abi::shared::Stage;

use crate::memory::SHARED;

/// Asks control to start the chip anew, which it does when nothing is fired or tuned. Without a control core that runs, the
/// processor resets itself.
pub(crate) fn ask() {
    SHARED.start.ask_restart();
    if SHARED.start.stage() != Stage::Ready {
        cortex_m::peripheral::SCB::sys_reset();
    }
}
