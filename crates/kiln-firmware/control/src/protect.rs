//! The memory protection unit of this core: code cannot be written, data cannot be run, flash cannot be reached.
//!
//! Regions of Armv8-M, and no default map behind them: an address in none of them is a fault. The processor's own
//! registers (0xE000_0000) are always reachable. Off while a fault is handled, so that its record can be written.

use kiln_firmware_abi::map::{self, Region};

/// Readable and writable by privileged code; read-only (RBAR.AP, Armv8-M, D1.2.182).
const WRITABLE: u32 = 0b00 << 1;
const READ_ONLY: u32 = 0b10 << 1;
const NEVER_RUN: u32 = 1;
/// Attributes (MAIR): 0 is memory that is not cached, 1 is a device.
const MEMORY: u32 = 0;
const DEVICE: u32 = 1;
const ATTRIBUTES: u32 = 0x44 | 0x04 << 8;

/// Blocks of the chip and their second addresses.
const BLOCKS: Region = Region { base: 0x4000_0000, len: 0x2000_0000 };
/// The processors' own block.
const SIO: Region = Region { base: 0xD000_0000, len: 0x0004_0000 };

/// Switches it on. `constant_end` is where code and constants end, `limit` where the stack may end.
pub(crate) fn start(constant_end: u32) {
    let code = Region { base: map::CONTROL.base, len: constant_end - map::CONTROL.base };
    let data = Region { base: constant_end, len: map::CONTROL.end() - constant_end };
    let regions = [
        (code, READ_ONLY, MEMORY),
        (data, WRITABLE | NEVER_RUN, MEMORY),
        (map::KEPT, WRITABLE | NEVER_RUN, MEMORY),
        (map::SHARED, WRITABLE | NEVER_RUN, MEMORY),
        (BLOCKS, WRITABLE | NEVER_RUN, DEVICE),
        (SIO, WRITABLE | NEVER_RUN, DEVICE),
    ];
    let mpu = cortex_m::peripheral::MPU::PTR;
    // SAFETY: this core's own unit. Every address that this image uses from here on lies in a region above, and the
    // barriers let nothing be fetched by the old rules.
    unsafe {
        (*mpu).ctrl.write(0);
        (*mpu).mair[0].write(ATTRIBUTES);
        for (number, (region, rights, attribute)) in (0..).zip(regions) {
            (*mpu).rnr.write(number);
            (*mpu).rbar.write(region.base | rights);
            (*mpu).rlar.write((region.end() - 1) & !0x1F | attribute << 1 | 1);
        }
        (*mpu).ctrl.write(1);
    }
    cortex_m::asm::dsb();
    cortex_m::asm::isb();
}
