//! Memory that remembers what its instructions mean.

use crate::cpu::insn::Op;
use crate::cpu::{Slot, decode};

/// Half words in a page of decoded instructions.
const PAGE: usize = 512;
const EMPTY: Slot = Slot { op: Op::Unknown, length: 0 };

/// Bytes, and the instructions found among them so far. A store forgets what it changes.
#[derive(Clone, Debug)]
pub struct Memory {
    bytes: Vec<u8>,
    pages: Vec<Option<Box<[Slot; PAGE]>>>,
}

impl Memory {
    /// So many bytes of one value.
    pub fn new(size: usize, value: u8) -> Self {
        Self { bytes: vec![value; size], pages: vec![None; size.div_ceil(2 * PAGE)] }
    }

    /// Its bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// How many bytes there are.
    pub fn size(&self) -> u32 {
        self.bytes.len() as u32
    }

    /// Reads 1, 2 or 4 bytes; `None` outside.
    #[inline]
    pub fn load(&self, offset: u32, bytes: u32) -> Option<u32> {
        let at = offset as usize;
        Some(match bytes {
            1 => u32::from(*self.bytes.get(at)?),
            2 => u32::from(u16::from_le_bytes(*self.bytes.get(at..)?.first_chunk()?)),
            _ => u32::from_le_bytes(*self.bytes.get(at..)?.first_chunk()?),
        })
    }

    /// Writes the lower 1, 2 or 4 bytes of a value; `None` outside.
    #[inline]
    pub fn store(&mut self, offset: u32, bytes: u32, value: u32) -> Option<()> {
        let at = offset as usize;
        match bytes {
            1 => *self.bytes.get_mut(at)? = value as u8,
            2 => *self.bytes.get_mut(at..)?.first_chunk_mut()? = (value as u16).to_le_bytes(),
            _ => *self.bytes.get_mut(at..)?.first_chunk_mut()? = value.to_le_bytes(),
        }
        self.forget(at, bytes as usize);
        Some(())
    }

    /// Writes bytes from an offset on; `None` when they do not fit.
    pub fn fill_from(&mut self, offset: u32, bytes: &[u8]) -> Option<()> {
        let at = offset as usize;
        self.bytes.get_mut(at..at.checked_add(bytes.len())?)?.copy_from_slice(bytes);
        self.forget(at, bytes.len());
        Some(())
    }

    /// Forgets the instructions that `size` bytes from `at` on take part in: one may begin a half word before.
    #[inline]
    fn forget(&mut self, at: usize, size: usize) {
        let (first, last) = (at.saturating_sub(2) / 2, (at + size.max(1) - 1) / 2);
        if self.pages[first / PAGE].is_none() && self.pages[last / PAGE].is_none() && last - first <= PAGE {
            return;
        }
        for half in first..=last {
            if let Some(page) = &mut self.pages[half / PAGE] {
                page[half % PAGE] = EMPTY;
            }
        }
    }

    /// The instruction at an even offset; `None` outside.
    #[inline]
    pub fn fetch(&mut self, offset: u32) -> Option<Slot> {
        let half = offset as usize / 2;
        if let Some(Some(page)) = self.pages.get(half / PAGE) {
            let slot = page[half % PAGE];
            if slot.length != 0 {
                return Some(slot);
            }
        }
        self.decode(offset)
    }

    #[cold]
    fn decode(&mut self, offset: u32) -> Option<Slot> {
        let half = offset as usize / 2;
        let first = self.load(offset, 2)? as u16;
        let wide = decode::is_wide(first);
        let second = if wide { self.load(offset + 2, 2)? as u16 } else { 0 };
        let slot = Slot { op: decode::decode(first, second), length: if wide { 4 } else { 2 } };
        let page = self.pages.get_mut(half / PAGE)?.get_or_insert_with(|| Box::new([EMPTY; PAGE]));
        page[half % PAGE] = slot;
        Some(slot)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_store_into_an_instruction_is_noticed() {
        let mut memory = Memory::new(4096, 0);
        // movw r0, #0x1234 over the border of two pages.
        memory.fill_from(1022, &[0x41, 0xF2, 0x34, 0x20]).unwrap();
        let before = memory.fetch(1022).unwrap();
        assert_eq!(before.length, 4);
        memory.store(1024, 1, 0x35).unwrap();
        assert_ne!(memory.fetch(1022).unwrap(), before);
        assert_eq!(memory.fetch(4096), None);
    }
}
