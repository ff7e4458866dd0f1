//! SIO: pins, the mailbox between the cores, spinlocks (RP2350 datasheet, 3.1).

use std::collections::VecDeque;

/// Entries of each direction of the mailbox.
const DEPTH: usize = 4;

/// The block's registers.
#[derive(Clone, Debug, Default)]
pub struct Sio {
    /// Levels that pins are driven to, and which are driven.
    pub out: u32,
    /// Output enable.
    pub oe: u32,
    fifo: [VecDeque<u32>; 2],
    /// Writes to a full mailbox and reads from an empty one, by core.
    overrun: [(bool, bool); 2],
    spinlocks: u32,
    doorbell: [u32; 2],
}

/// What a write meant beyond its register.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Nothing.
    None,
    /// Levels or directions of pins may have changed.
    Pins,
    /// A word went to the other core.
    Sent(u32),
}

impl Sio {
    /// What one core reads from the other.
    pub fn receive(&mut self, core: usize, word: u32) {
        if self.fifo[core].len() < DEPTH {
            self.fifo[core].push_back(word);
        }
    }

    /// Empties both directions.
    pub fn drain(&mut self) {
        self.fifo.iter_mut().for_each(VecDeque::clear);
    }

    /// The mailbox's interrupt line of a core.
    pub fn line(&self, core: usize) -> bool {
        !self.fifo[core].is_empty() || self.overrun[core] != (false, false)
    }

    /// The doorbell's interrupt line of a core.
    pub const fn bell(&self, core: usize) -> bool {
        self.doorbell[core] != 0
    }

    /// Reads a register; `None` where there is none. `inputs` are the levels of the pins.
    pub fn load(&mut self, core: usize, offset: u32, inputs: u32) -> Option<u32> {
        Some(match offset {
            0x000 => core as u32,
            0x004 => inputs,
            // The upper bank: pins of the flash and the USB, and those an RP2350A does not have.
            0x008 | 0x014 | 0x034 => 0,
            0x010 => self.out,
            0x030 => self.oe,
            0x050 => {
                let (written, read) = self.overrun[core];
                u32::from(!self.fifo[core].is_empty())
                    | u32::from(self.fifo[1 - core].len() < DEPTH) << 1
                    | u32::from(written) << 2
                    | u32::from(read) << 3
            }
            0x058 => self.fifo[core].pop_front().unwrap_or_else(|| {
                self.overrun[core].1 = true;
                0
            }),
            0x05C => self.spinlocks,
            0x100..=0x17C => {
                let lock = 1 << ((offset - 0x100) / 4);
                let free = self.spinlocks & lock == 0;
                self.spinlocks |= lock;
                if free { lock } else { 0 }
            }
            0x180 | 0x184 => self.doorbell[1 - core],
            0x188 | 0x18C => self.doorbell[core],
            _ => return None,
        })
    }

    /// Writes a register; `None` where there is none.
    pub fn store(&mut self, core: usize, offset: u32, value: u32) -> Option<Effect> {
        match offset {
            0x010 => self.out = value,
            0x018 => self.out |= value,
            0x020 => self.out &= !value,
            0x028 => self.out ^= value,
            0x030 => self.oe = value,
            0x038 => self.oe |= value,
            0x040 => self.oe &= !value,
            0x048 => self.oe ^= value,
            // The upper bank's outputs belong to the flash.
            0x014 | 0x01C | 0x024 | 0x02C | 0x034 | 0x03C | 0x044 | 0x04C if value == 0 => {}
            0x050 => {
                self.overrun[core] = (false, false);
                return Some(Effect::None);
            }
            0x054 => {
                if self.fifo[1 - core].len() >= DEPTH {
                    self.overrun[core].0 = true;
                    return Some(Effect::None);
                }
                return Some(Effect::Sent(value));
            }
            0x100..=0x17C => {
                self.spinlocks &= !(1 << ((offset - 0x100) / 4));
                return Some(Effect::None);
            }
            0x180 => self.doorbell[1 - core] |= value & 0xFF,
            0x184 => self.doorbell[1 - core] &= !value,
            0x188 => self.doorbell[core] |= value & 0xFF,
            0x18C => self.doorbell[core] &= !value,
            _ => return None,
        }
        Some(Effect::Pins)
    }
}
