//! Blocks that only keep what is written: pads, oscillators, clocks, and the like.

use super::map::Block;

/// A block's registers as they were written.
#[derive(Clone, Debug)]
pub struct Plain {
    words: Vec<u32>,
}

impl Plain {
    /// So many registers with one value after reset.
    pub fn new(count: usize, reset: u32) -> Self {
        Self { words: vec![reset; count] }
    }

    /// A register; `None` where there is none.
    pub fn load(&self, offset: u32) -> Option<u32> {
        self.words.get((offset / 4) as usize).copied()
    }

    /// A register that is known to be there.
    pub fn word(&self, offset: u32) -> u32 {
        self.load(offset).unwrap_or_default()
    }

    /// Writes a register; `None` where there is none.
    pub fn store(&mut self, offset: u32, value: u32) -> Option<()> {
        *self.words.get_mut((offset / 4) as usize)? = value;
        Some(())
    }
}

/// What clocks and oscillators answer: running as soon as they are asked to.
pub fn answer(block: Block, offset: u32, plain: &Plain) -> Option<u32> {
    let stored = plain.load(offset)?;
    Some(match (block, offset) {
        // SELECTED, one hot: CLK_REF and CLK_SYS follow SRC, the others have a single source.
        (Block::Clocks, 0x38) => 1 << (plain.word(0x30) & 3),
        (Block::Clocks, 0x44) => 1 << (plain.word(0x3C) & 1),
        (Block::Clocks, 0x08 | 0x14 | 0x20 | 0x2C | 0x50 | 0x5C | 0x68 | 0x74) => 1,
        // STATUS: stable and enabled.
        (Block::Xosc, 0x04) => 0x8000_1000,
        (Block::Rosc, 0x18) => 0x8000_1000,
        // CS: locked.
        (Block::PllSys | Block::PllUsb, 0) => stored | 1 << 31,
        // RUNNING follows ENABLE.
        (Block::Ticks, _) if offset.is_multiple_of(12) => stored & !2 | (stored & 1) << 1,
        // CHIP_ID and PLATFORM: an RP2350 A2 made of silicon.
        (Block::SysInfo, 0) => 0x2000_4927,
        (Block::SysInfo, 8) => 2,
        _ => stored,
    })
}
