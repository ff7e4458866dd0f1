//! The boot ROM: its table of functions, each a trap that the host carries out (RP2350 datasheet, 5.4).

use super::Chip;
use crate::cpu::{Stop, Trap};

/// Bytes of the ROM.
pub const SIZE: usize = 0x8000;
/// Where the look-up function and the functions are; each is a BKPT with its number, and BX LR.
const LOOKUP: u32 = 0x100;
const FIRST: u32 = 0x200;
/// Number of the look-up's trap, and of the one in the function that switches execution in place on again.
const LOOKUP_TRAP: u8 = 0x3F;
const XIP_TRAP: u8 = 0x40;
/// A word of the set-up function in boot RAM: BKPT #0x40; BX LR.
pub const XIP_SETUP: u32 = 0x4770_BE40;
/// Functions by their codes; the number is the place.
const FUNCTIONS: [&[u8; 2]; 7] = [b"IF", b"EX", b"RE", b"RP", b"FC", b"CX", b"RB"];

/// Bytes of a sector and of a page of the flash chip (Winbond W25Q32RV).
const SECTOR: u32 = 4096;
const PAGE: u32 = 256;

/// The ROM's bytes, as far as anybody reads them.
pub fn image() -> Vec<u8> {
    let mut rom = vec![0; SIZE];
    let mut put = |at: usize, bytes: &[u8]| rom[at..at + bytes.len()].copy_from_slice(bytes);
    // "Mu", 2 and the version: an A2.
    put(0x10, &[b'M', b'u', 2, 2]);
    put(0x16, &(LOOKUP as u16 | 1).to_le_bytes());
    let trap = |number: u8| [number, 0xBE, 0x70, 0x47];
    put(LOOKUP as usize, &trap(LOOKUP_TRAP));
    for at in 0..FUNCTIONS.len() {
        put(FIRST as usize + 8 * at, &trap(at as u8));
    }
    rom
}

impl Chip {
    /// A BKPT: a function of the ROM, or nothing of ours.
    pub(super) fn trap(&mut self, core: usize, imm: u8, registers: &mut [u32; 16]) -> Result<bool, Trap> {
        if imm == XIP_TRAP {
            self.flash_state.in_place = true;
            return Ok(true);
        }
        if self.pc >= SIZE as u32 {
            return Ok(false);
        }
        if core == 1 {
            return Err(self.forbidden(core, "a call of the boot ROM by core 1".to_owned()));
        }
        let [r0, r1, r2, ..] = *registers;
        match imm {
            LOOKUP_TRAP => registers[0] = self.look_up(core, r0)?,
            // connect_internal_flash, flash_exit_xip.
            0 => {}
            1 => self.flash_state.in_place = false,
            2 => self.erase(core, r0, r1)?,
            3 => self.program(core, r0, r1, r2)?,
            // flash_flush_cache, flash_enter_cmd_xip.
            4 => {}
            5 => self.flash_state.in_place = true,
            _ => return Err(self.forbidden(core, format!("reboot asked of the boot ROM ({r0:x}, {r1})"))),
        }
        Ok(true)
    }

    fn look_up(&self, core: usize, code: u32) -> Result<u32, Trap> {
        let bytes = (code as u16).to_le_bytes();
        let place = FUNCTIONS.iter().position(|function| **function == bytes);
        match place {
            Some(at) => Ok(FIRST + 8 * at as u32 | 1),
            None => Err(self.forbidden(core, format!("function {:?} of the boot ROM", bytes.map(char::from)))),
        }
    }

    /// Keeps the flash, and the core that asked, busy for a time.
    fn busy(&mut self, micros: u64) {
        self.clock += micros * super::CYCLES_PER_US;
        self.flash_state.busy_until = self.clock;
        self.ledger.flash_busy_us += micros;
    }

    fn erase(&mut self, core: usize, offset: u32, size: u32) -> Result<(), Trap> {
        self.ready(core, "erased")?;
        let end = offset.checked_add(size).filter(|end| *end <= self.flash.size());
        let (Some(_), true) = (end, (offset | size).is_multiple_of(SECTOR)) else {
            return Err(self.forbidden(core, format!("an erase of {size:#x} bytes at {offset:#x}")));
        };
        for sector in 0..size / SECTOR {
            self.flash.fill_from(offset + sector * SECTOR, &[0xFF; SECTOR as usize]);
            self.ledger.erases += 1;
            let (least, most) = self.flash_state.erase_us;
            let micros = self.chance.between(least, most);
            self.busy(micros);
        }
        Ok(())
    }

    fn program(&mut self, core: usize, offset: u32, source: u32, size: u32) -> Result<(), Trap> {
        self.ready(core, "programmed")?;
        let end = offset.checked_add(size).filter(|end| *end <= self.flash.size());
        let from = source.checked_sub(super::RAM).filter(|from| from + size <= self.ram.size());
        let (Some(_), Some(from), true) = (end, from, (offset | size).is_multiple_of(PAGE)) else {
            return Err(self.forbidden(core, format!("a write of {size:#x} bytes from {source:#x} to {offset:#x}")));
        };
        for at in 0..size {
            let wanted = self.ram.load(from + at, 1).unwrap_or(0xFF);
            let there = self.flash.load(offset + at, 1).unwrap_or_default();
            // Bits only fall.
            self.flash.store(offset + at, 1, wanted & there);
        }
        for _ in 0..size / PAGE {
            self.ledger.programs += 1;
            let micros = self.chance.between(400, 3_000);
            self.busy(micros);
        }
        Ok(())
    }

    fn ready(&self, core: usize, what: &str) -> Result<(), Trap> {
        if self.flash_state.in_place {
            return Err(self.forbidden(core, format!("the flash {what} while it executes in place")));
        }
        Ok(())
    }

    /// Something that must not happen.
    pub(super) fn forbidden(&self, core: usize, what: String) -> Trap {
        Stop::Forbidden { core, pc: self.pc, what }.into()
    }
}
