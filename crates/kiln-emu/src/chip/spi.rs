//! SPI0: an Arm PL022 as master, eight bits a frame (RP2350 datasheet, 12.3). Frames take their time.

use std::collections::VecDeque;

/// Entries of each queue.
const DEPTH: usize = 8;

/// The block's registers.
#[derive(Clone, Debug, Default)]
pub struct Spi {
    cr0: u32,
    cr1: u32,
    prescale: u32,
    imsc: u32,
    overrun: bool,
    dmacr: u32,
    /// What was received, and from which cycle on it can be read.
    received: VecDeque<(u64, u8)>,
    /// When the last frame ends.
    idle_at: u64,
    /// Frames since power came.
    pub frames: u64,
}

impl Spi {
    /// Cycles of one frame of eight bits.
    fn frame(&self) -> u64 {
        let divider = self.prescale.max(2) * (1 + (self.cr0 >> 8 & 0xFF));
        8 * u64::from(divider)
    }

    /// Whether a frame is still on its way.
    pub const fn busy(&self, now: u64) -> bool {
        self.idle_at > now
    }

    fn waiting(&self, now: u64) -> usize {
        self.received.iter().filter(|(at, _)| *at > now).count()
    }

    /// Reads a register; `None` where there is none.
    pub fn load(&mut self, offset: u32, now: u64) -> Option<u32> {
        let there = self.received.front().is_some_and(|(at, _)| *at <= now);
        Some(match offset {
            0x00 => self.cr0,
            0x04 => self.cr1,
            0x08 if there => self.received.pop_front().map_or(0, |(_, byte)| byte.into()),
            0x08 => 0,
            0x0C => {
                let waiting = self.waiting(now);
                let arrived = self.received.len() - waiting;
                u32::from(waiting <= 1)
                    | u32::from(waiting <= DEPTH) << 1
                    | u32::from(there) << 2
                    | u32::from(arrived >= DEPTH) << 3
                    | u32::from(self.busy(now)) << 4
            }
            0x10 => self.prescale,
            0x14 => self.imsc,
            0x18 | 0x1C => u32::from(self.overrun),
            0x24 => self.dmacr,
            0xFE0..=0xFFC => 0,
            _ => return None,
        })
    }

    /// Whether a write to the data register sends a frame.
    pub const fn sends(&self) -> bool {
        self.cr1 & 2 != 0
    }

    /// Takes the byte that came in while one went out.
    pub fn exchanged(&mut self, byte: u8, now: u64) {
        let start = self.idle_at.max(now);
        self.idle_at = start + self.frame();
        self.frames += 1;
        if self.received.len() > 2 * DEPTH {
            self.overrun = true;
        } else {
            self.received.push_back((self.idle_at, byte));
        }
    }

    /// Writes a register but the data register; `None` where there is none, or for a mode that the machine lacks.
    pub fn store(&mut self, offset: u32, value: u32) -> Option<()> {
        match offset {
            // Eight bits, Motorola's format.
            0x00 if value & 0x3F == 7 || value == 0 => self.cr0 = value,
            0x04 if value & 0b1101 == 0 => self.cr1 = value,
            0x10 => self.prescale = value & 0xFE,
            0x14 if value == 0 => self.imsc = 0,
            0x20 => self.overrun = false,
            0x24 => self.dmacr = value & 3,
            _ => return None,
        }
        Some(())
    }

    /// SPO and SPH: level of the idle clock, and the edge that samples.
    pub const fn mode(&self) -> u32 {
        self.cr0 >> 6 & 3
    }
}
