//! What moves by itself: state machines, and words between queues and memory.

use super::access::Asker;
use super::dma::{ALWAYS, CHANNELS, Transfer};
use super::map::{self, Block};
use super::{Chip, RAM};

/// Words that DMA moves before anybody else gets a turn.
const BURST: usize = 1 << 20;

impl Chip {
    /// Lets state machines and DMA come to the present.
    pub(super) fn flow(&mut self) {
        for _ in 0..BURST {
            let moved = self.dma.active() && self.move_words();
            let ran = self.run_pio();
            if !moved && !ran {
                return;
            }
        }
    }

    /// Runs the state machines up to now; whether a queue or a pin has changed.
    fn run_pio(&mut self) -> bool {
        let (now, mut changed) = (self.clock, false);
        for at in 0..3 {
            if self.pio[at].next().is_none_or(|next| next > now) {
                continue;
            }
            changed = true;
            // Each change of a pin is seen by whoever hangs on it before the next instruction.
            loop {
                let (mut levels, noise) = (self.pins.inputs(), self.noise);
                let chance = &mut self.chance;
                let mut inputs = || {
                    if noise != 0 {
                        levels = levels & !noise | chance.next() as u32 & noise;
                    }
                    levels
                };
                let Some(when) = self.pio[at].run(now, &mut inputs) else { break };
                self.clock = when;
                self.settle_pins();
                self.clock = now;
            }
        }
        changed
    }

    /// Whether a request of DMA is granted (RP2350 datasheet, 12.6.4.1).
    fn granted(&self, request: u32) -> bool {
        match request {
            0..=23 => self.pio[(request / 8) as usize].grants(request & 7),
            ALWAYS => true,
            _ => false,
        }
    }

    /// Moves what can be moved; whether anything was.
    fn move_words(&mut self) -> bool {
        let mut moved = false;
        for at in 0..CHANNELS {
            while let Some(transfer) = self.dma.wanted(at, |request| self.granted(request)) {
                if !self.transfer(transfer) {
                    self.ledger.dma_errors += 1;
                    return moved;
                }
                self.dma.made(at);
                moved = true;
            }
        }
        moved
    }

    /// One transfer; whether both ends allowed it.
    fn transfer(&mut self, Transfer { read, write, bytes, swap }: Transfer) -> bool {
        let Some(value) = self.fetch_for_dma(read, bytes) else { return false };
        let value = match (swap, bytes) {
            (true, 4) => value.swap_bytes(),
            (true, 2) => u32::from((value as u16).swap_bytes()),
            _ => value,
        };
        self.store_for_dma(write, bytes, value)
    }

    fn fetch_for_dma(&mut self, address: u32, bytes: u32) -> Option<u32> {
        match address >> 28 {
            1 if self.clock >= self.flash_state.busy_until => self.flash.load(address & 0x03FF_FFFF, bytes),
            2 => {
                let offset = address - RAM;
                let may = self.access.permits(super::AccessCtrl::guard_of_ram(offset), Asker::Dma);
                if may { self.ram.load(offset, bytes) } else { None }
            }
            4 | 5 => {
                let row = map::find(address).filter(|row| self.access.permits(row.guard, Asker::Dma))?;
                self.read(row.block, address - row.base & 0xFFC)
            }
            _ => None,
        }
    }

    fn store_for_dma(&mut self, address: u32, bytes: u32, value: u32) -> bool {
        match address >> 28 {
            2 => {
                let offset = address - RAM;
                self.access.permits(super::AccessCtrl::guard_of_ram(offset), Asker::Dma)
                    && self.ram.store(offset, bytes, value).is_some()
            }
            4 | 5 => {
                let row = map::find(address).filter(|row| self.access.permits(row.guard, Asker::Dma));
                // A narrow write is seen on every lane.
                let wide = match bytes {
                    1 => value * 0x0101_0101,
                    2 => value * 0x0001_0001,
                    _ => value,
                };
                row.is_some_and(|row| {
                    row.block != Block::Dma && self.write(row.block, address - row.base & 0xFFC, wide).is_some()
                })
            }
            _ => false,
        }
    }
}
