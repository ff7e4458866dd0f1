//! Instructions of one half word.

use super::super::insn::{Dp, Extend, Hint, Index, Mul, Op, Reg, Sets, Shift, Unary, Width};
use super::{bit, bits, reg, signed};

const SP: Reg = 13;

/// A low register, three bits from `low` on.
const fn lo(word: u32, low: u32) -> Reg {
    (word >> low & 7) as Reg
}

pub(super) fn decode(h: u32) -> Op {
    match h >> 11 {
        0b00000..=0b00010 => shift_imm(h),
        0b00011 => add_sub(h),
        0b00100..=0b00111 => imm8(h),
        0b01000 if bit(h, 10) => special(h),
        0b01000 => two_registers(h),
        0b01001 => Op::LoadLit { width: Width::Word, rt: lo(h, 8), offset: (bits(h, 7, 0) * 4) as i32 },
        0b01010 | 0b01011 => register_offset(h),
        0b01100..=0b10011 => immediate_offset(h),
        0b10100 => Op::Adr { rd: lo(h, 8), offset: (bits(h, 7, 0) * 4) as i32 },
        0b10101 => dp_imm(Dp::Add, Sets::No, lo(h, 8), SP, bits(h, 7, 0) * 4),
        0b10110 | 0b10111 => miscellaneous(h),
        0b11000 => Op::StoreMany { rn: lo(h, 8), before: false, wback: true, list: bits(h, 7, 0) as u16 },
        0b11001 => {
            let (rn, list) = (lo(h, 8), bits(h, 7, 0) as u16);
            Op::LoadMany { rn, before: false, wback: list >> rn & 1 == 0, list }
        }
        0b11010 | 0b11011 => conditional(h),
        0b11100 => Op::B { offset: signed(bits(h, 10, 0) << 1, 12) },
        _ => Op::Unknown,
    }
}

const fn dp_imm(op: Dp, s: Sets, rd: Reg, rn: Reg, imm: u32) -> Op {
    Op::DpImm { op, s, rd, rn, carry: 2, imm }
}

const fn dp_reg(op: Dp, s: Sets, rd: Reg, rn: Reg, rm: Reg) -> Op {
    Op::DpReg { op, s, rd, rn, rm, shift: Shift::Lsl, by: 0 }
}

fn shift_imm(h: u32) -> Op {
    let by = bits(h, 10, 6) as u8;
    let (shift, by) = match (h >> 11, by) {
        (0, _) => (Shift::Lsl, by),
        (1, 0) => (Shift::Lsr, 32),
        (1, _) => (Shift::Lsr, by),
        (_, 0) => (Shift::Asr, 32),
        _ => (Shift::Asr, by),
    };
    Op::DpReg { op: Dp::Mov, s: Sets::OutsideIt, rd: lo(h, 0), rn: 0, rm: lo(h, 3), shift, by }
}

fn add_sub(h: u32) -> Op {
    let op = if bit(h, 9) { Dp::Sub } else { Dp::Add };
    let (rd, rn) = (lo(h, 0), lo(h, 3));
    if bit(h, 10) {
        dp_imm(op, Sets::OutsideIt, rd, rn, bits(h, 8, 6))
    } else {
        dp_reg(op, Sets::OutsideIt, rd, rn, lo(h, 6))
    }
}

fn imm8(h: u32) -> Op {
    let (rd, imm) = (lo(h, 8), bits(h, 7, 0));
    match bits(h, 12, 11) {
        0 => dp_imm(Dp::Mov, Sets::OutsideIt, rd, 0, imm),
        1 => dp_imm(Dp::Cmp, Sets::Yes, 0, rd, imm),
        2 => dp_imm(Dp::Add, Sets::OutsideIt, rd, rd, imm),
        _ => dp_imm(Dp::Sub, Sets::OutsideIt, rd, rd, imm),
    }
}

fn two_registers(h: u32) -> Op {
    let (rd, rm, s) = (lo(h, 0), lo(h, 3), Sets::OutsideIt);
    let by_register = |shift| Op::ShiftReg { shift, s, rd, rn: rd, rm };
    match bits(h, 9, 6) {
        0 => dp_reg(Dp::And, s, rd, rd, rm),
        1 => dp_reg(Dp::Eor, s, rd, rd, rm),
        2 => by_register(Shift::Lsl),
        3 => by_register(Shift::Lsr),
        4 => by_register(Shift::Asr),
        5 => dp_reg(Dp::Adc, s, rd, rd, rm),
        6 => dp_reg(Dp::Sbc, s, rd, rd, rm),
        7 => by_register(Shift::Ror),
        8 => dp_reg(Dp::Tst, Sets::Yes, 0, rd, rm),
        9 => dp_imm(Dp::Rsb, s, rd, rm, 0),
        10 => dp_reg(Dp::Cmp, Sets::Yes, 0, rd, rm),
        11 => dp_reg(Dp::Cmn, Sets::Yes, 0, rd, rm),
        12 => dp_reg(Dp::Orr, s, rd, rd, rm),
        13 => Op::Mul { kind: Mul::Mul, s, rd, rn: rm, rm: rd, ra: 15 },
        14 => dp_reg(Dp::Bic, s, rd, rd, rm),
        _ => dp_reg(Dp::Mvn, s, rd, 0, rm),
    }
}

fn special(h: u32) -> Op {
    let (rm, rd) = (reg(h, 3), (bits(h, 7, 7) << 3 | bits(h, 2, 0)) as Reg);
    match bits(h, 9, 8) {
        0 => dp_reg(Dp::Add, Sets::No, rd, rd, rm),
        1 => dp_reg(Dp::Cmp, Sets::Yes, 0, rd, rm),
        2 => dp_reg(Dp::Mov, Sets::No, rd, 0, rm),
        // Bits 2 to 0 of BX and BLX are zero; BXNS and BLXNS have bit 2 set.
        _ if bits(h, 2, 0) != 0 => Op::Unknown,
        _ if bit(h, 7) => Op::Blx { rm },
        _ => Op::Bx { rm },
    }
}

fn register_offset(h: u32) -> Op {
    let (rt, rn, rm) = (lo(h, 0), lo(h, 3), lo(h, 6));
    let store = |width| Op::StoreReg { width, rt, rn, rm, lsl: 0 };
    let load = |width| Op::LoadReg { width, rt, rn, rm, lsl: 0 };
    match bits(h, 11, 9) {
        0 => store(Width::Word),
        1 => store(Width::Half),
        2 => store(Width::Byte),
        3 => load(Width::SignedByte),
        4 => load(Width::Word),
        5 => load(Width::Half),
        6 => load(Width::Byte),
        _ => load(Width::SignedHalf),
    }
}

fn immediate_offset(h: u32) -> Op {
    let (load, imm) = (bit(h, 11), bits(h, 10, 6) as i32);
    let (width, rt, rn, imm) = match h >> 12 {
        0b0110 => (Width::Word, lo(h, 0), lo(h, 3), imm * 4),
        0b0111 => (Width::Byte, lo(h, 0), lo(h, 3), imm),
        0b1000 => (Width::Half, lo(h, 0), lo(h, 3), imm * 2),
        _ => (Width::Word, lo(h, 8), SP, bits(h, 7, 0) as i32 * 4),
    };
    let index = Index::Offset;
    if load { Op::Load { width, rt, rn, index, imm } } else { Op::Store { width, rt, rn, index, imm } }
}

fn miscellaneous(h: u32) -> Op {
    let extend = |kind| Op::Extend { kind, rd: lo(h, 0), rn: 15, rm: lo(h, 3), rotate: 0 };
    let unary = |kind| Op::Unary { kind, rd: lo(h, 0), rm: lo(h, 3) };
    match bits(h, 11, 6) {
        0b00_0000 | 0b00_0001 => dp_imm(Dp::Add, Sets::No, SP, SP, bits(h, 6, 0) * 4),
        0b00_0010 | 0b00_0011 => dp_imm(Dp::Sub, Sets::No, SP, SP, bits(h, 6, 0) * 4),
        0b00_1000 => extend(Extend::Sxth),
        0b00_1001 => extend(Extend::Sxtb),
        0b00_1010 => extend(Extend::Uxth),
        0b00_1011 => extend(Extend::Uxtb),
        0b01_0000..=0b01_0111 => {
            let list = bits(h, 7, 0) | bits(h, 8, 8) << 14;
            Op::StoreMany { rn: SP, before: true, wback: true, list: list as u16 }
        }
        0b11_0000..=0b11_0111 => {
            let list = bits(h, 7, 0) | bits(h, 8, 8) << 15;
            Op::LoadMany { rn: SP, before: false, wback: true, list: list as u16 }
        }
        0b01_1001 if bit(h, 5) && !bit(h, 3) && !bit(h, 2) => {
            Op::Cps { disable: bit(h, 4), primask: bit(h, 1), faultmask: bit(h, 0) }
        }
        0b10_1000 => unary(Unary::Rev),
        0b10_1001 => unary(Unary::Rev16),
        0b10_1011 => unary(Unary::Revsh),
        0b11_1000..=0b11_1011 => Op::Bkpt { imm: bits(h, 7, 0) as u8 },
        0b11_1100..=0b11_1111 => it_or_hint(h),
        _ if !bit(h, 10) && bit(h, 8) => {
            let offset = (bits(h, 9, 9) << 6 | bits(h, 7, 3) << 1) as u8;
            Op::Cbz { nonzero: bit(h, 11), rn: lo(h, 0), offset }
        }
        _ => Op::Unknown,
    }
}

fn it_or_hint(h: u32) -> Op {
    if bits(h, 3, 0) != 0 {
        return Op::It { state: bits(h, 7, 0) as u8 };
    }
    hint(bits(h, 7, 4))
}

/// A hint by its number; those that are not allocated do nothing, as the manual says.
pub(super) const fn hint(number: u32) -> Op {
    match number {
        2 => Op::Hint(Hint::Wfe),
        3 => Op::Hint(Hint::Wfi),
        4 => Op::Hint(Hint::Sev),
        _ => Op::Hint(Hint::Nop),
    }
}

fn conditional(h: u32) -> Op {
    match bits(h, 11, 8) {
        0b1110 => Op::Udf,
        0b1111 => Op::Svc { imm: bits(h, 7, 0) as u8 },
        cond => Op::BCond { cond: cond as u8, offset: signed(bits(h, 7, 0) << 1, 9) },
    }
}
