//! Accesses to the blocks' registers.

use super::access::Asker;
use super::map::{self, Block, Row};
use super::{Chip, misc, plain, rom};
use crate::cpu::Trap;

/// Where the display's usual backpack answers.
const LCD: u32 = 0x27;
/// PROC1 in the registers of PSM.
const PROC1: u32 = 1 << 24;

impl Chip {
    fn row(&mut self, core: usize, address: u32) -> Result<&'static Row, Trap> {
        let row = map::find(address).ok_or(Trap::Bus { address, fetch: false })?;
        if !self.access.permits(row.guard, Asker::Core(core)) {
            return Err(self.refuse(core, address));
        }
        if row.reset.is_some_and(|bit| self.resets >> bit & 1 != 0) {
            return Err(self.no_register(core, row.name, address, "accessed while held in reset"));
        }
        Ok(row)
    }

    /// Reads a block.
    pub(super) fn load_block(&mut self, core: usize, address: u32, bytes: u32) -> Result<u32, Trap> {
        let row = self.row(core, address)?;
        let offset = address - row.base & if row.block == Block::UsbDpram { 0xFFC } else { row.size - 1 & 0xFFC };
        self.ledger.count(row.block, offset, false);
        let word = self.read(row.block, offset).ok_or_else(|| self.no_register(core, row.name, address, "read"))?;
        Ok(if bytes == 4 { word } else { word >> (8 * (address & 3)) & ((1 << (8 * bytes)) - 1) })
    }

    /// Writes a block: plainly, or by one of the aliases that flip, set and clear bits (RP2350 datasheet, 2.1.3).
    pub(super) fn store_block(&mut self, core: usize, address: u32, bytes: u32, value: u32) -> Result<(), Trap> {
        let row = self.row(core, address)?;
        if row.block == Block::UsbDpram && bytes != 4 {
            return self.store_narrow(address, bytes, value);
        }
        if bytes != 4 {
            return Err(self.no_register(core, row.name, address, "written by less than a word"));
        }
        let offset = address - row.base & 0xFFC;
        self.ledger.count(row.block, offset, true);
        if matches!(row.block, Block::Pio0 | Block::Pio1 | Block::Pio2) {
            // What was to happen until now happens first.
            self.flow();
        }
        let alias = (address - row.base) >> 12 & 3;
        let raw = if alias == 0 {
            value
        } else {
            let old = self.peek(row.block, offset).ok_or_else(|| self.no_register(core, row.name, address, "read"))?;
            let value = if row.block == Block::AccessCtrl { value & 0xFFFF } else { value };
            match alias {
                1 => old ^ value,
                2 => old | value,
                _ => old & !value,
            }
        };
        self.attention = true;
        let known = if row.block == Block::AccessCtrl {
            self.access.store(offset, raw, value, Asker::Core(core))
        } else {
            self.write(row.block, offset, raw)
        };
        known.ok_or_else(|| self.no_register(core, row.name, address, &format!("written with {value:08x}")))
    }

    /// The USB's memory takes bytes and half words.
    fn store_narrow(&mut self, address: u32, bytes: u32, value: u32) -> Result<(), Trap> {
        let (shift, mask) = (8 * (address & 3), (1 << (8 * bytes)) - 1);
        if let Some(word) = self.usb.memory(address & 0xFFC) {
            *word = *word & !(mask << shift) | (value & mask) << shift;
        }
        Ok(())
    }

    /// Reads a register without taking anything out of it.
    fn peek(&mut self, block: Block, offset: u32) -> Option<u32> {
        match block {
            Block::Spi0 if offset == 8 => Some(0),
            Block::Pio0 | Block::Pio1 | Block::Pio2 if (0x20..0x30).contains(&offset) => Some(0),
            Block::Trng if (0x114..0x12C).contains(&offset) => Some(0),
            _ => self.read(block, offset),
        }
    }

    pub(super) fn read(&mut self, block: Block, offset: u32) -> Option<u32> {
        let now = self.now_us();
        match block {
            Block::Timer0 => self.timers[0].load(offset, now),
            Block::Timer1 => self.timers[1].load(offset, now),
            Block::Watchdog => self.watchdog.load(offset, now),
            Block::AccessCtrl => self.access.load(offset),
            Block::Spi0 => self.spi0.load(offset, self.clock),
            Block::I2c0 => self.i2c0.load(offset, self.clock),
            Block::Pio0 => self.pio[0].load(offset),
            Block::Pio1 => self.pio[1].load(offset),
            Block::Pio2 => self.pio[2].load(offset),
            Block::Dma => self.dma.load(offset),
            Block::Trng => self.trng.load(offset, &mut self.chance),
            Block::Adc => self.adc.load(offset),
            Block::Usb => self.usb.load(offset),
            Block::UsbDpram => self.usb.memory(offset).copied(),
            Block::OtpData => Some(misc::fuse(offset)),
            Block::IoBank0 => self.pins.load_io(offset),
            Block::PadsBank0 => self.pins.load_pad(offset),
            Block::Resets => match offset {
                0 => Some(self.resets),
                8 => Some(!self.resets & 0x1FFF_FFFF),
                4 => Some(0),
                _ => None,
            },
            Block::Psm if offset == 0xC => Some(!self.plain.get(&block)?.word(4) & 0x01FF_FFFF),
            Block::BootRam if offset < 0x100 => Some(rom::XIP_SETUP),
            _ => plain::answer(block, offset, self.plain.get(&block)?),
        }
    }

    pub(super) fn write(&mut self, block: Block, offset: u32, value: u32) -> Option<()> {
        let now = self.now_us();
        match block {
            Block::Timer0 => self.timers[0].store(offset, value, now),
            Block::Timer1 => self.timers[1].store(offset, value, now),
            Block::Watchdog => self.watchdog.store(offset, value, now),
            Block::Spi0 if offset == 8 => {
                self.send_spi(value);
                Some(())
            }
            Block::Spi0 => self.spi0.store(offset, value),
            Block::I2c0 if offset == 0x10 => self.send_i2c(value),
            Block::I2c0 => self.i2c0.store(offset, value),
            Block::Pio0 => self.write_pio(0, offset, value),
            Block::Pio1 => self.write_pio(1, offset, value),
            Block::Pio2 => self.write_pio(2, offset, value),
            Block::Dma => self.dma.store(offset, value),
            Block::Trng => self.trng.store(offset, value),
            Block::Adc => self.adc.store(offset, value),
            Block::Usb => self.usb.store(offset, value),
            Block::UsbDpram => {
                *self.usb.memory(offset)? = value;
                Some(())
            }
            Block::IoBank0 => {
                self.pins.store_io(offset, value)?;
                self.settle_pins();
                Some(())
            }
            Block::PadsBank0 => {
                self.pins.store_pad(offset, value)?;
                self.settle_pins();
                Some(())
            }
            Block::Resets => self.write_resets(offset, value),
            Block::Psm => self.write_psm(offset, value),
            Block::Ticks => {
                self.plain.get_mut(&block)?.store(offset, value)?;
                let runs = value & 1 != 0;
                match offset {
                    0x18 => self.timers[0].run(runs, now),
                    0x24 => self.timers[1].run(runs, now),
                    _ => {}
                }
                Some(())
            }
            Block::SysInfo | Block::BootRam => None,
            _ => self.plain.get_mut(&block)?.store(offset, value),
        }
    }

    fn write_pio(&mut self, at: usize, offset: u32, value: u32) -> Option<()> {
        self.pio[at].store(offset, value, self.clock)?;
        self.settle_pins();
        Some(())
    }

    /// A byte on I2C0: to the display, where its pins are I2C0's and its address is meant.
    fn send_i2c(&mut self, value: u32) -> Option<()> {
        let wired = self.pins.is_i2c(20) && self.pins.is_i2c(21);
        let lcd = self.wires.lcd.as_mut().filter(|_| wired);
        let sent = self.i2c0.send(value, self.clock, lcd.is_some() && self.i2c0.target() == LCD)?;
        if let Some(lcd) = lcd.filter(|_| sent.address == LCD) {
            lcd.levels(sent.byte);
        }
        Some(())
    }

    fn write_psm(&mut self, offset: u32, value: u32) -> Option<()> {
        let psm = self.plain.get_mut(&Block::Psm)?;
        let before = psm.word(4);
        psm.store(offset, value)?;
        if offset == 4 && (before ^ value) & PROC1 != 0 {
            self.hold_core1(value & PROC1 != 0);
        }
        // Holding anything else in reset is not done here.
        (offset != 4 || value & !PROC1 == 0).then_some(())
    }

    fn write_resets(&mut self, offset: u32, value: u32) -> Option<()> {
        match offset {
            0 => {
                let fallen = value & !self.resets;
                self.resets = value & 0x1FFF_FFFF;
                self.reset_by_bits(fallen);
            }
            4 => {}
            _ => return None,
        }
        Some(())
    }

    /// Leaves the chip as an application does that has set its clocks up and launched control.
    pub(crate) fn hand_over(&mut self) {
        self.resets = 0;
        let now = self.now_us();
        if let Some(ticks) = self.plain.get_mut(&Block::Ticks) {
            // TIMER0 and the watchdog.
            ticks.store(0x18, 1);
            ticks.store(0x30, 1);
        }
        self.timers[0].run(true, now);
        self.launched = true;
        self.handshake = None;
    }

    /// A PIO block stands still: its programs are stopped where they are.
    pub(crate) fn stop_pio(&mut self, at: usize) {
        // Register CTRL, as it is after a reset.
        self.write_pio(at, 0, 0);
    }

    /// Blocks that go into reset lose what they hold.
    fn reset_by_bits(&mut self, fallen: u32) {
        let falls =
            |block: Block| map::row_of(block).and_then(|row| row.reset).is_some_and(|bit| fallen >> bit & 1 != 0);
        let now = self.now_us();
        for (at, block) in [(0, Block::Timer0), (1, Block::Timer1)] {
            if falls(block) {
                let ticks = self.plain.get(&Block::Ticks).is_some_and(|ticks| ticks.word(0x18 + 12 * at) & 1 != 0);
                self.timers[at as usize] = super::Timer::new();
                self.timers[at as usize].run(ticks, now);
            }
        }
        if falls(Block::Spi0) {
            self.spi0 = super::Spi::default();
        }
        if falls(Block::I2c0) {
            self.i2c0 = super::I2c::default();
        }
        for (at, block) in [Block::Pio0, Block::Pio1, Block::Pio2].into_iter().enumerate() {
            if falls(block) {
                self.pio[at] = super::Pio::new();
            }
        }
        if falls(Block::Dma) {
            self.dma = super::Dma::default();
        }
        if falls(Block::Usb) {
            self.usb = super::Usb::new();
        }
        if falls(Block::Trng) {
            self.trng = super::Trng::default();
        }
        self.settle_pins();
        if falls(Block::IoBank0) || falls(Block::PadsBank0) {
            self.pins.reset_some(falls(Block::IoBank0), falls(Block::PadsBank0));
            self.settle_pins();
        }
    }

    /// A byte to whoever is selected on SPI0: clock and data must be SPI0's pins.
    fn send_spi(&mut self, value: u32) {
        if !self.spi0.sends() {
            return;
        }
        let now = self.now_us();
        let wired = [16, 18, 19].iter().all(|pin| self.pins.is_spi(*pin));
        let mut byte = 0xFF;
        if wired && self.spi0.mode() & 2 != 0 {
            let chips = std::iter::once(&mut self.wires.sensor).chain(self.wires.second.as_mut().map(|(chip, _)| chip));
            for chip in chips.filter(|chip| chip.answers()) {
                byte &= chip.exchange(value as u8, now);
            }
        }
        self.spi0.exchanged(byte, self.clock);
    }
}
