//! From half words to instructions.
//!
//! An encoding that is not listed in Armv8-M Mainline with the DSP and single-precision extensions becomes
//! [`Op::Unknown`], which stops the run: nothing is guessed.

mod data;
mod float;
mod memory;
mod multiply;
mod narrow;
mod wide;

use super::insn::{Op, Reg};

pub use data::expand_imm;

/// Whether a half word is the first of two.
pub const fn is_wide(first: u16) -> bool {
    first >> 11 >= 0b11101
}

/// Decodes an instruction; `second` is looked at only when the first half word says that there is one.
pub fn decode(first: u16, second: u16) -> Op {
    if is_wide(first) { wide::decode(u32::from(first) << 16 | u32::from(second)) } else { narrow::decode(first.into()) }
}

/// Bits `high` to `low` of a word.
const fn bits(word: u32, high: u32, low: u32) -> u32 {
    (word >> low) & (u32::MAX >> (31 - (high - low)))
}

/// One bit of a word.
const fn bit(word: u32, at: u32) -> bool {
    word >> at & 1 != 0
}

/// The register named by four bits from `low` on.
const fn reg(word: u32, low: u32) -> Reg {
    (word >> low & 15) as Reg
}

/// The number in the lower `width` bits, with its sign.
const fn signed(value: u32, width: u32) -> i32 {
    ((value << (32 - width)) as i32) >> (32 - width)
}
