//! Parallel sums of bytes and half words.

use super::super::Cpu;
use super::super::alu::{saturate_signed, saturate_unsigned};
use super::super::insn::{Lanes, Parallel};

/// Lane `at` of a word, `bits` wide.
const fn lane(word: u32, at: u32, bits: u32, signed: bool) -> i64 {
    let up = word << (32 - bits - at * bits);
    if signed { (up as i32 >> (32 - bits)) as i64 } else { (up >> (32 - bits)) as i64 }
}

impl Cpu {
    /// A mask of the bytes whose GE flag is set.
    pub(super) fn ge_mask(&self) -> u32 {
        (0..4).filter(|at| self.ge >> at & 1 != 0).map(|at| 0xFF << (8 * at)).sum()
    }

    pub(super) fn parallel(&mut self, lanes: Lanes, kind: Parallel, n: u32, m: u32) -> u32 {
        let bits: u32 = if matches!(kind, Parallel::Add8 | Parallel::Sub8) { 8 } else { 16 };
        let signed = matches!(lanes, Lanes::Signed | Lanes::SignedSaturating | Lanes::SignedHalving);
        let mut result = 0_u32;
        let mut flags = 0_u8;
        for at in 0..32 / bits {
            let exchanged = matches!(kind, Parallel::Asx | Parallel::Sax);
            let a = lane(n, at, bits, signed);
            let b = lane(m, if exchanged { 1 - at } else { at }, bits, signed);
            let adds = match kind {
                Parallel::Add8 | Parallel::Add16 => true,
                Parallel::Sub8 | Parallel::Sub16 => false,
                Parallel::Asx => at == 1,
                Parallel::Sax => at == 0,
            };
            let exact = if adds { a + b } else { a - b };
            let at_least = if signed || !adds { exact >= 0 } else { exact >= 1 << bits };
            let value = match lanes {
                Lanes::Signed | Lanes::Unsigned => exact,
                Lanes::SignedSaturating => saturate_signed(exact, bits).0,
                Lanes::UnsignedSaturating => saturate_unsigned(exact, bits).0,
                Lanes::SignedHalving | Lanes::UnsignedHalving => exact >> 1,
            };
            let mask = u32::MAX >> (32 - bits);
            result |= (value as u32 & mask) << (at * bits);
            if at_least {
                flags |= if bits == 8 { 1 << at } else { 3 << (2 * at) };
            }
        }
        if matches!(lanes, Lanes::Signed | Lanes::Unsigned) {
            self.ge = flags;
        }
        result
    }
}
