//! Data processing of two half words.

use super::super::insn::{Dp, Extend, Lanes, Op, Parallel, Q, Reg, Sets, Shift, Unary};
use super::{bit, bits, reg};

/// The two-operand instruction behind four bits, where `rd` or `rn` of 15 make another one of it.
fn two_operands(code: u32, sets: bool, rd: Reg, rn: Reg) -> Option<Dp> {
    let compares = rd == 15 && sets;
    Some(match code {
        0 if compares => Dp::Tst,
        0 => Dp::And,
        1 => Dp::Bic,
        2 if rn == 15 => Dp::Mov,
        2 => Dp::Orr,
        3 if rn == 15 => Dp::Mvn,
        3 => Dp::Orn,
        4 if compares => Dp::Teq,
        4 => Dp::Eor,
        8 if compares => Dp::Cmn,
        8 => Dp::Add,
        10 => Dp::Adc,
        11 => Dp::Sbc,
        13 if compares => Dp::Cmp,
        13 => Dp::Sub,
        14 => Dp::Rsb,
        _ => return None,
    })
}

const fn sets(w: u32) -> Sets {
    if bit(w, 20) { Sets::Yes } else { Sets::No }
}

/// A shift by a constant, from its two bits and its amount, as DecodeImmShift says.
fn imm_shift(kind: u32, amount: u32) -> (Shift, u8) {
    match (kind, amount) {
        (0, by) => (Shift::Lsl, by as u8),
        (1, 0) => (Shift::Lsr, 32),
        (1, by) => (Shift::Lsr, by as u8),
        (2, 0) => (Shift::Asr, 32),
        (2, by) => (Shift::Asr, by as u8),
        (_, 0) => (Shift::Rrx, 1),
        (_, by) => (Shift::Ror, by as u8),
    }
}

pub(super) fn shifted_register(w: u32) -> Op {
    let (rd, rn, rm) = (reg(w, 8), reg(w, 16), reg(w, 0));
    let amount = bits(w, 14, 12) << 2 | bits(w, 7, 6);
    let code = bits(w, 24, 21);
    if bit(w, 15) {
        return Op::Unknown;
    }
    if code == 6 {
        // PKHTB shifts right, where 0 means 32.
        let top = bit(w, 5);
        let by = if top && amount == 0 { 32 } else { amount as u8 };
        return if bit(w, 20) || bit(w, 4) { Op::Unknown } else { Op::Pkh { rd, rn, rm, top, by } };
    }
    let (shift, by) = imm_shift(bits(w, 5, 4), amount);
    two_operands(code, bit(w, 20), rd, rn).map_or(Op::Unknown, |op| Op::DpReg { op, s: sets(w), rd, rn, rm, shift, by })
}

/// A constant of twelve bits spread over a word, and its carry out; 2 leaves the flag as it is (ThumbExpandImm).
pub const fn expand_imm(imm12: u32) -> (u32, u8) {
    let low = imm12 & 0xFF;
    if imm12 >> 10 == 0 {
        let value = match imm12 >> 8 {
            0 => low,
            1 => low << 16 | low,
            2 => low << 24 | low << 8,
            _ => low * 0x0101_0101,
        };
        return (value, 2);
    }
    let value = (0x80 | imm12 & 0x7F).rotate_right(imm12 >> 7);
    (value, (value >> 31) as u8)
}

const fn imm12(w: u32) -> u32 {
    bits(w, 26, 26) << 11 | bits(w, 14, 12) << 8 | bits(w, 7, 0)
}

pub(super) fn modified_immediate(w: u32) -> Op {
    let (rd, rn) = (reg(w, 8), reg(w, 16));
    let (imm, carry) = expand_imm(imm12(w));
    two_operands(bits(w, 24, 21), bit(w, 20), rd, rn).map_or(Op::Unknown, |op| Op::DpImm {
        op,
        s: sets(w),
        rd,
        rn,
        carry,
        imm,
    })
}

pub(super) fn plain_immediate(w: u32) -> Op {
    let (rd, rn) = (reg(w, 8), reg(w, 16));
    let lsb = (bits(w, 14, 12) << 2 | bits(w, 7, 6)) as u8;
    let low = bits(w, 4, 0) as u8;
    let add = |op| Op::DpImm { op, s: Sets::No, rd, rn, carry: 2, imm: imm12(w) };
    let wide = bits(w, 19, 16) << 12 | imm12(w);
    let saturate = |signed, bits| {
        let (shift, by) = if bit(w, 21) { (Shift::Asr, lsb) } else { (Shift::Lsl, lsb) };
        Op::Sat { signed, rd, rn, bits, shift, by }
    };
    // In the bit-field group bits 26 and 5 are zero, in SSAT16 and USAT16 bit 4 too.
    let code = bits(w, 24, 20);
    if code >= 0b10000 && (bit(w, 26) || bit(w, 5)) {
        return Op::Unknown;
    }
    match code {
        0b00000 if rn == 15 => Op::Adr { rd, offset: imm12(w) as i32 },
        0b00000 => add(Dp::Add),
        0b00100 => Op::DpImm { op: Dp::Mov, s: Sets::No, rd, rn: 0, carry: 2, imm: wide },
        0b01010 if rn == 15 => Op::Adr { rd, offset: -(imm12(w) as i32) },
        0b01010 => add(Dp::Sub),
        0b01100 => Op::Movt { rd, imm: wide as u16 },
        0b10010 | 0b11010 if lsb == 0 && bit(w, 4) => Op::Unknown,
        0b10010 if lsb == 0 => Op::Sat16 { signed: true, rd, rn, bits: low + 1 },
        0b10000 | 0b10010 => saturate(true, low + 1),
        0b10100 => Op::Bfx { signed: true, rd, rn, lsb, width: low + 1 },
        0b10110 if low >= lsb => Op::Bfi { rd, rn, lsb, width: low - lsb + 1 },
        0b11010 if lsb == 0 => Op::Sat16 { signed: false, rd, rn, bits: low },
        0b11000 | 0b11010 => saturate(false, low),
        0b11100 => Op::Bfx { signed: false, rd, rn, lsb, width: low + 1 },
        _ => Op::Unknown,
    }
}

pub(super) fn register(w: u32) -> Op {
    if bits(w, 15, 12) != 15 {
        return Op::Unknown;
    }
    let (rd, rn, rm) = (reg(w, 8), reg(w, 16), reg(w, 0));
    match (bits(w, 23, 20), bits(w, 7, 4)) {
        (code @ 0..=7, 0) => {
            let shift = [Shift::Lsl, Shift::Lsr, Shift::Asr, Shift::Ror][(code >> 1) as usize];
            Op::ShiftReg { shift, s: sets(w), rd, rn, rm }
        }
        (code @ 0..=5, 8..=11) => {
            let kinds = [Extend::Sxth, Extend::Uxth, Extend::Sxtb16, Extend::Uxtb16, Extend::Sxtb, Extend::Uxtb];
            Op::Extend { kind: kinds[code as usize], rd, rn, rm, rotate: (bits(w, 5, 4) * 8) as u8 }
        }
        (code @ 8..=15, lanes @ 0..=7) => {
            parallel(code & 7, lanes).map_or(Op::Unknown, |(kind, lanes)| Op::Parallel { lanes, kind, rd, rn, rm })
        }
        (8, code @ 8..=11) => {
            let kind = [Q::Qadd, Q::Qdadd, Q::Qsub, Q::Qdsub][(code & 3) as usize];
            Op::Qsum { kind, rd, rn, rm }
        }
        (9, code @ 8..=11) => {
            let kind = [Unary::Rev, Unary::Rev16, Unary::Rbit, Unary::Revsh][(code & 3) as usize];
            Op::Unary { kind, rd, rm }
        }
        (10, 8) => Op::Sel { rd, rn, rm },
        (11, 8) => Op::Unary { kind: Unary::Clz, rd, rm },
        _ => Op::Unknown,
    }
}

fn parallel(code: u32, lanes: u32) -> Option<(Parallel, Lanes)> {
    let kind = match code {
        0 => Parallel::Add8,
        1 => Parallel::Add16,
        2 => Parallel::Asx,
        4 => Parallel::Sub8,
        5 => Parallel::Sub16,
        6 => Parallel::Sax,
        _ => return None,
    };
    let lanes = match lanes {
        0 => Lanes::Signed,
        1 => Lanes::SignedSaturating,
        2 => Lanes::SignedHalving,
        4 => Lanes::Unsigned,
        5 => Lanes::UnsignedSaturating,
        6 => Lanes::UnsignedHalving,
        _ => return None,
    };
    Some((kind, lanes))
}
