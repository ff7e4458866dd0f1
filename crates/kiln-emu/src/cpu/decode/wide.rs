//! Instructions of two half words: which group they belong to, branches and control.
//!
//! The two half words stand in one word, the first above: bit 31 is bit 15 of the first.

use super::super::insn::Op;
use super::{bit, bits, data, float, memory, multiply, narrow, reg, signed};

pub(super) fn decode(w: u32) -> Op {
    match (bits(w, 28, 27), bits(w, 26, 20)) {
        (0b01, op) if op & 0x64 == 0x00 => memory::many(w),
        (0b01, op) if op & 0x64 == 0x04 => memory::dual_or_exclusive(w),
        (0b01, op) if op & 0x60 == 0x20 => data::shifted_register(w),
        (0b01 | 0b11, op) if op & 0x40 != 0 => float::decode(w),
        (0b10, _) if bit(w, 15) => branch_or_control(w),
        (0b10, op) if op & 0x20 == 0 => data::modified_immediate(w),
        (0b10, _) => data::plain_immediate(w),
        (0b11, op) if op & 0x60 == 0 => memory::single(w),
        (0b11, op) if op & 0x70 == 0x20 => data::register(w),
        (0b11, op) if op & 0x78 == 0x30 => multiply::word(w),
        (0b11, _) => multiply::long(w),
        _ => Op::Unknown,
    }
}

fn branch_or_control(w: u32) -> Op {
    let s = bits(w, 26, 26);
    match (bit(w, 14), bit(w, 12)) {
        (link, true) => {
            let i1 = 1 ^ bits(w, 13, 13) ^ s;
            let i2 = 1 ^ bits(w, 11, 11) ^ s;
            let offset = s << 24 | i1 << 23 | i2 << 22 | bits(w, 25, 16) << 12 | bits(w, 10, 0) << 1;
            let offset = signed(offset, 25);
            if link { Op::Bl { offset } } else { Op::B { offset } }
        }
        (true, false) => Op::Unknown,
        (false, false) if bits(w, 25, 23) == 0b111 => control(w),
        (false, false) => {
            let offset =
                s << 20 | bits(w, 11, 11) << 19 | bits(w, 13, 13) << 18 | bits(w, 21, 16) << 12 | bits(w, 10, 0) << 1;
            Op::BCond { cond: bits(w, 25, 22) as u8, offset: signed(offset, 21) }
        }
    }
}

fn control(w: u32) -> Op {
    match bits(w, 26, 20) {
        0x38 if bits(w, 13, 12) == 0 && bits(w, 9, 8) == 0 => {
            Op::Msr { rn: reg(w, 16), sysm: bits(w, 7, 0) as u8, mask: bits(w, 11, 10) as u8 }
        }
        0x3A if bits(w, 19, 16) == 15 && bits(w, 13, 8) == 0 => narrow::hint(bits(w, 7, 0)),
        0x3B if bits(w, 19, 16) == 15 && bits(w, 13, 8) == 0x0F => match bits(w, 7, 4) {
            2 => Op::Clrex,
            4..=6 => Op::Barrier,
            _ => Op::Unknown,
        },
        0x3E if bits(w, 19, 16) == 15 && bits(w, 13, 12) == 0 => Op::Mrs { rd: reg(w, 8), sysm: bits(w, 7, 0) as u8 },
        0x7F => Op::Udf,
        _ => Op::Unknown,
    }
}
