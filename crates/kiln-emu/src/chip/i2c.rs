//! I2C0: a DesignWare controller as master (RP2350 datasheet, 12.2). Bytes take their time on the bus.

use std::collections::VecDeque;

/// Entries of the transmit queue.
const DEPTH: usize = 16;
/// Bits of RAW_INTR_STAT.
const TX_EMPTY: u32 = 1 << 4;
const TX_ABRT: u32 = 1 << 6;
const STOP_DET: u32 = 1 << 9;

/// The block's registers.
#[derive(Clone, Debug, Default)]
pub struct I2c {
    control: u32,
    target: u32,
    enabled: bool,
    counts: [u32; 4],
    mask: u32,
    tx_level: u32,
    others: Vec<u32>,
    /// When each byte that was given is done.
    ends: VecDeque<u64>,
    /// Events that came and have not been cleared, with the cycle from which on they show.
    stop_at: Option<u64>,
    abort_at: Option<u64>,
    /// A transfer is under way: the address has been sent.
    begun: bool,
    /// When the bus is idle.
    idle_at: u64,
}

/// What a byte means for who listens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sent {
    /// The address it goes to.
    pub address: u32,
    /// The byte.
    pub byte: u8,
}

impl I2c {
    /// Cycles of nine bits.
    fn byte_time(&self) -> u64 {
        let fast = self.control >> 1 & 3 != 1;
        let (high, low) = if fast { (self.counts[2], self.counts[3]) } else { (self.counts[0], self.counts[1]) };
        9 * u64::from((high + low).max(16))
    }

    fn forget(&mut self, now: u64) {
        while self.ends.front().is_some_and(|end| *end <= now) {
            self.ends.pop_front();
        }
    }

    fn raw(&mut self, now: u64) -> u32 {
        self.forget(now);
        let shows = |at: Option<u64>, bit: u32| if at.is_some_and(|at| at <= now) { bit } else { 0 };
        let empty = self.enabled && self.ends.len() <= self.tx_level as usize;
        shows(self.stop_at, STOP_DET) | shows(self.abort_at, TX_ABRT) | if empty { TX_EMPTY } else { 0 }
    }

    /// The interrupt line.
    pub fn line(&mut self, now: u64) -> bool {
        self.raw(now) & self.mask != 0
    }

    /// When something changes by itself.
    pub fn next(&self, now: u64) -> Option<u64> {
        let later = [self.stop_at, self.abort_at, self.ends.front().copied()];
        later.into_iter().flatten().filter(|at| *at > now).min()
    }

    /// Reads a register; `None` where there is none.
    pub fn load(&mut self, offset: u32, now: u64) -> Option<u32> {
        let raw = self.raw(now);
        Some(match offset {
            0x00 => self.control,
            0x04 => self.target,
            0x10 => 0,
            0x14..=0x20 => self.counts[(offset as usize - 0x14) / 4],
            0x2C => raw & self.mask,
            0x30 => self.mask,
            0x34 => raw,
            0x3C => self.tx_level,
            0x40 => {
                (self.stop_at, self.abort_at) = (None, None);
                raw & self.mask
            }
            0x54 => {
                self.abort_at = None;
                raw >> 6 & 1
            }
            0x60 => {
                self.stop_at = None;
                raw >> 9 & 1
            }
            0x44..=0x68 | 0xA8 => 0,
            0x6C => self.enabled.into(),
            0x70 => {
                let busy = self.idle_at > now;
                u32::from(busy) * 0x21 | u32::from(self.ends.len() < DEPTH) << 1 | u32::from(self.ends.is_empty()) << 2
            }
            0x74 => self.ends.len() as u32,
            0x78 => 0,
            // ABRT_7B_ADDR_NOACK.
            0x80 => u32::from(raw & TX_ABRT != 0),
            0x9C => self.enabled.into(),
            0x08 | 0x38 | 0x7C..=0xA0 => self.others.get(offset as usize / 4).copied().unwrap_or_default(),
            0xF4 => 0,
            0xF8 => 0x3230_312A,
            0xFC => 0x4457_0140,
            _ => return None,
        })
    }

    /// Writes a register but the data register; `None` where there is none.
    pub fn store(&mut self, offset: u32, value: u32) -> Option<()> {
        match offset {
            0x00 => self.control = value,
            0x04 => self.target = value & 0x3FF,
            0x14..=0x20 => self.counts[(offset as usize - 0x14) / 4] = value,
            0x30 => self.mask = value,
            0x3C => self.tx_level = value,
            0x6C => {
                self.enabled = value & 1 != 0;
                if !self.enabled {
                    self.ends.clear();
                    self.begun = false;
                }
            }
            0x08 | 0x38 | 0x7C..=0xA0 => {
                self.others.resize(64, 0);
                self.others[offset as usize / 4] = value;
            }
            _ => return None,
        }
        Some(())
    }

    /// A word for the data register. Returns what goes out; `None` for a read, which nobody here answers.
    pub fn send(&mut self, value: u32, now: u64, answered: bool) -> Option<Sent> {
        if !self.enabled {
            return Some(Sent { address: u32::MAX, byte: 0 });
        }
        // After an abort the queue takes nothing until it has been cleared.
        if self.abort_at.is_some() {
            return Some(Sent { address: u32::MAX, byte: 0 });
        }
        let start = self.idle_at.max(now);
        let address_time = if self.begun { 0 } else { self.byte_time() };
        if !answered {
            self.abort_at = Some(start + self.byte_time());
            self.stop_at = self.abort_at;
            self.idle_at = start + self.byte_time();
            self.ends.clear();
            self.begun = false;
            return Some(Sent { address: u32::MAX, byte: 0 });
        }
        if value & 1 << 8 != 0 {
            return None;
        }
        self.begun = value & 1 << 9 == 0;
        self.idle_at = start + address_time + self.byte_time();
        self.ends.push_back(self.idle_at);
        if !self.begun {
            self.stop_at = Some(self.idle_at);
        }
        Some(Sent { address: self.target, byte: value as u8 })
    }

    /// The address that is spoken to.
    pub const fn target(&self) -> u32 {
        self.target
    }
}
