//! Sets or clears bits of a register in one write, so that a bit next to them that the other core changes is not lost.
//!
//! Every register of the chip's peripherals has two more addresses for it (RP2350 datasheet, 2.1.3).

use rp_pac::common::{Reg, Write};

const SET: usize = 0x2000;
const CLEAR: usize = 0x3000;

/// Sets the bits that are 1 in `bits`.
pub(crate) fn set<T: Copy, A: Write>(register: Reg<T, A>, bits: T) {
    // SAFETY: the second address of a peripheral's register; a write there sets bits of it and nothing else.
    unsafe { register.as_ptr().byte_add(SET).write_volatile(bits) };
}

/// Clears the bits that are 1 in `bits`.
pub(crate) fn clear<T: Copy, A: Write>(register: Reg<T, A>, bits: T) {
    // SAFETY: as above; it clears bits and nothing else.
    unsafe { register.as_ptr().byte_add(CLEAR).write_volatile(bits) };
}
