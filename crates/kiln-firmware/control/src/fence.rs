//! Closes this core's memory and blocks to the application core and to DMA, and flash to this core.
//!
//! What is closed when, and why, is [`kiln_firmware_abi::fence`]. A register is written whole and read back: what did not
//! take is told as open. The lock makes the application's writes to the fence itself void until the chip is reset.

use kiln_firmware_abi::fence::{CLOSED, When};

use crate::memory::SHARED;

/// ACCESSCTRL (RP2350 datasheet, 10.6): one register for each block, and the password in the upper half of every write.
const ACCESSCTRL: usize = 0x4006_0000;
const PASSWORD: u32 = 0xACCE_0000;
/// Who may: DMA, core 1, core 0.
const DMA: u32 = 1 << 6;
const CORE_1: u32 = 1 << 5;
const CORE_0: u32 = 1 << 4;
/// The register of flash.
const XIP_MAIN: u8 = 0x18;
/// LOCK: core 0 may write here no more.
const LOCK: u8 = 0x00;
const LOCK_CORE_0: u32 = 1;

/// What has been closed so far.
#[derive(Debug, Default)]
pub(crate) struct Fence {
    closed: u32,
    settled: bool,
}

impl Fence {
    /// Closes what the application never needs. To be called when this core's start-up is done.
    pub(crate) fn raise(&mut self) {
        self.close(When::AtOnce);
        take(XIP_MAIN, CORE_1);
    }

    /// Closes the rest and locks, once the application has built its drivers.
    pub(crate) fn attend(&mut self) {
        if !self.settled && SHARED.start.is_settled() {
            self.close(When::Settled);
            write(LOCK, read(LOCK) | LOCK_CORE_0);
            self.settled = true;
        }
    }

    fn close(&mut self, when: When) {
        for (bit, block) in (0..).zip(CLOSED).filter(|(_, block)| block.when == when) {
            if take(block.offset, CORE_0 | DMA) {
                self.closed |= 1 << bit;
            }
        }
        SHARED.start.tell_fence(self.closed);
    }
}

/// Takes the right of these to a block; whether they have lost it.
fn take(offset: u8, who: u32) -> bool {
    write(offset, read(offset) & !who & 0xFF);
    read(offset) & who == 0
}

fn read(offset: u8) -> u32 {
    // SAFETY: a register of ACCESSCTRL, which this core alone uses.
    unsafe { register(offset).read_volatile() }
}

fn write(offset: u8, value: u32) {
    // SAFETY: as above.
    unsafe { register(offset).write_volatile(PASSWORD | value) };
}

fn register(offset: u8) -> *mut u32 {
    core::ptr::with_exposed_provenance_mut(ACCESSCTRL + usize::from(offset))
}
