//! Somebody on core 0 who erases the flash without end, as an application that writes files would at its worst.

use super::Machine;
use crate::chip::RAM;

/// The program, for the beginning of RAM: the boot ROM's functions, one sector after the other in the second MiB.
const PROGRAM: [u16; 28] = [
    0xB672, // cpsid i
    0x2501, 0x052D, // r5: offset 1 MiB
    0xF240, 0x2401, 0x47A0, // connect_internal_flash
    0xF240, 0x2409, 0x47A0, // flash_exit_xip
    0x4628, 0xF44F, 0x5180, 0xF240, 0x2411, 0x47A0, // flash_range_erase of 4096 bytes at r5
    0xF240, 0x2421, 0x47A0, // flash_flush_cache
    0xF240, 0x2429, 0x47A0, // flash_enter_cmd_xip
    0xF505, 0x5580, 0xF425, 0x1500, 0xF445, 0x1580, // r5: the next sector, from 2 MiB back to 1
    0xE7E6, // and again
];
/// Where its stack begins.
const STACK: u32 = RAM + 0x1000;

impl Machine {
    /// Starts it on core 0. The control core has been launched before.
    pub fn erase_without_end(&mut self) {
        let bytes: Vec<u8> = PROGRAM.iter().flat_map(|half| half.to_le_bytes()).collect();
        self.chip.ram.fill_from(0, &bytes);
        self.cores[0].start(RAM, STACK, RAM | 1);
        self.local[0] = self.now;
    }
}
