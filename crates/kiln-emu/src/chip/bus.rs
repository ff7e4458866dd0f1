//! Addresses to memory and blocks, with everybody's rights.

use super::access::Asker;
use super::sio::Effect;
use super::{Chip, RAM, Request};
use crate::cpu::{Bus, Slot, Stop, Trap};

/// SIO, for Secure code.
const SIO: u32 = 0xD000_0000;
/// Words that the boot ROM of core 1 waits for, before vector table, stack pointer and entry.
const GREETING: [u32; 3] = [0, 0, 1];

impl Chip {
    /// The offset of an address in flash, through the cache or past it.
    const fn in_flash(address: u32) -> u32 {
        address & 0x03FF_FFFF
    }

    /// Checks an access to flash.
    fn check_flash(&mut self, core: usize, address: u32, what: &str) -> Result<(), Trap> {
        if core == 1 && self.launched {
            self.ledger.flash_by_core1 += 1;
        }
        if !self.access.permits(0x18, Asker::Core(core)) {
            return Err(self.refuse(core, address));
        }
        if !self.flash_state.in_place || self.clock < self.flash_state.busy_until {
            return Err(self.forbidden(core, format!("{what} {address:08x} while the flash is busy")));
        }
        Ok(())
    }

    /// Notes a refused access.
    pub(super) fn refuse(&mut self, core: usize, address: u32) -> Trap {
        self.ledger.refused[core] += 1;
        if self.ledger.refusals.len() < 100 {
            self.ledger.refusals.push((core, self.pc, address));
        }
        Trap::Bus { address, fetch: false }
    }

    #[inline]
    fn check_ram(&mut self, core: usize, address: u32) -> Result<u32, Trap> {
        let offset = address - RAM;
        if self.access.permits(super::AccessCtrl::guard_of_ram(offset), Asker::Core(core)) {
            return Ok(offset);
        }
        Err(self.refuse(core, address))
    }

    /// A store ends the other core's watch over the same word.
    #[inline]
    fn disturb(&mut self, core: usize, address: u32) {
        let other = &mut self.watched[1 - core];
        if other.is_some_and(|watched| (watched ^ address) & !3 == 0) {
            *other = None;
        }
    }

    fn store_sio(&mut self, core: usize, address: u32, value: u32) -> Result<(), Trap> {
        let offset = address - SIO;
        let effect = self
            .sio
            .store(core, offset, value)
            .ok_or_else(|| self.no_register(core, "SIO", address, &format!("written with {value:08x}")))?;
        match effect {
            Effect::None => {}
            Effect::Pins => self.settle_pins(),
            Effect::Sent(word) if core == 0 && self.handshake.is_some() => self.greet(word),
            Effect::Sent(word) => {
                self.sio.receive(1 - core, word);
                self.events[1 - core] = true;
            }
        }
        self.attention = true;
        Ok(())
    }

    /// A word of the handshake that starts core 1: its boot ROM echoes what it expected, and begins anew otherwise
    /// (RP2350 datasheet, 5.3).
    fn greet(&mut self, word: u32) {
        let mut heard = self.handshake.take().unwrap_or_default();
        let expected = GREETING.get(heard.len()).is_none_or(|expected| *expected == word);
        if expected {
            heard.push(word);
        } else {
            heard.clear();
        }
        self.sio.receive(0, if expected { word } else { 0 });
        self.events[0] = true;
        if let [.., vectors, stack, entry] = heard[..]
            && heard.len() == 6
        {
            self.request = Some(Request::Launch([vectors, stack, entry]));
            self.launched = true;
        } else {
            self.handshake = Some(heard);
        }
    }

    /// Core 1 is held in reset, or waits in its boot ROM.
    pub(super) fn hold_core1(&mut self, held: bool) {
        self.launched = false;
        self.sio.drain();
        self.handshake = if held { None } else { Some(Vec::new()) };
        self.request = Some(if held { Request::Hold } else { Request::Release });
    }

    pub(super) fn no_register(&self, core: usize, block: &'static str, address: u32, what: &str) -> Trap {
        Stop::Register { core, pc: self.pc, block, address, what: what.to_owned() }.into()
    }
}

impl Bus for Chip {
    #[inline]
    fn load(&mut self, core: usize, address: u32, bytes: u32) -> Result<u32, Trap> {
        let fault = Trap::Bus { address, fetch: false };
        match address >> 28 {
            2 => {
                let offset = self.check_ram(core, address)?;
                self.ram.load(offset, bytes).ok_or(fault)
            }
            1 => {
                self.check_flash(core, address, "a load from")?;
                self.flash.load(Self::in_flash(address), bytes).ok_or(fault)
            }
            0 => self.rom.load(address, bytes).ok_or(fault),
            4 | 5 => self.load_block(core, address, bytes),
            0xD => {
                let inputs = self.pins.inputs();
                let word = self.sio.load(core, (address & !3).wrapping_sub(SIO), inputs);
                // Reading the mailbox may lower an interrupt line.
                self.attention |= address & 0xFFFF == 0x58;
                let word = word.ok_or_else(|| self.no_register(core, "SIO", address, "read"))?;
                Ok(if bytes == 4 { word } else { word >> (8 * (address & 3)) & ((1 << (8 * bytes)) - 1) })
            }
            _ => Err(fault),
        }
    }

    #[inline]
    fn store(&mut self, core: usize, address: u32, bytes: u32, value: u32) -> Result<(), Trap> {
        match address >> 28 {
            2 => {
                let offset = self.check_ram(core, address)?;
                self.disturb(core, address);
                self.ram.store(offset, bytes, value).ok_or(Trap::Bus { address, fetch: false })
            }
            4 | 5 => self.store_block(core, address, bytes, value),
            0xD if bytes == 4 => self.store_sio(core, address, value),
            0xD => Err(self.no_register(core, "SIO", address, "written by less than a word")),
            1 => {
                self.check_flash(core, address, "a store to")?;
                Err(Trap::Bus { address, fetch: false })
            }
            _ => Err(Trap::Bus { address, fetch: false }),
        }
    }

    #[inline]
    fn fetch(&mut self, core: usize, address: u32) -> Result<Slot, Trap> {
        self.clock += 1;
        self.pc = address;
        let fault = Trap::Bus { address, fetch: true };
        match address >> 28 {
            2 => {
                let offset = address - RAM;
                if !self.access.permits(super::AccessCtrl::guard_of_ram(offset), Asker::Core(core)) {
                    self.refuse(core, address);
                    return Err(fault);
                }
                self.ram.fetch(offset).ok_or(fault)
            }
            1 => {
                self.check_flash(core, address, "a fetch from")?;
                self.flash.fetch(Self::in_flash(address)).ok_or(fault)
            }
            0 => self.rom.fetch(address).ok_or(fault),
            _ => Err(fault),
        }
    }

    fn watch(&mut self, core: usize, address: u32) {
        self.watched[core] = Some(address);
    }

    fn unwatch(&mut self, core: usize, address: Option<u32>) -> bool {
        self.watched[core].take().is_some_and(|watched| Some(watched) == address)
    }

    fn send_event(&mut self, core: usize) {
        self.events[1 - core] = true;
        self.attention = true;
    }

    fn breakpoint(&mut self, core: usize, imm: u8, registers: &mut [u32; 16]) -> Result<bool, Trap> {
        self.trap(core, imm, registers)
    }
}
