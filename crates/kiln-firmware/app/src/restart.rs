//! Starting anew because somebody asked for it.

/// Starts the chip anew. Control sees that it was asked for.
pub(crate) fn begin() -> ! {
    cortex_m::peripheral::SCB::sys_reset()
}
