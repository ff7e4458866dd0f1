//! The floating-point extension, single precision. Any other coprocessor is unknown.

use super::super::insn::{Fp, Op, Reg, Round};
use super::{bit, bits, reg};

/// A single register: four bits from `low` on and one more at `extra`, which is the lowest.
const fn single(w: u32, low: u32, extra: u32) -> Reg {
    ((w >> low & 15) << 1 | w >> extra & 1) as Reg
}

/// The first single register of a double one: the extra bit is the highest.
const fn double(w: u32, low: u32, extra: u32) -> Reg {
    (((w >> extra & 1) << 4 | w >> low & 15) << 1) as Reg
}

pub(super) fn decode(w: u32) -> Op {
    if bits(w, 11, 9) != 0b101 {
        return Op::Unknown;
    }
    match (bit(w, 28), bits(w, 27, 24)) {
        (false, 0b1100 | 0b1101) => memory(w),
        (false, 0b1110) if bit(w, 4) => transfer(w),
        (false, 0b1110) if !bit(w, 8) => arithmetic(w),
        (true, 0b1110) if !bit(w, 8) && !bit(w, 4) => unconditional(w),
        _ => Op::Unknown,
    }
}

fn memory(w: u32) -> Op {
    let (before, up, wback, load) = (bit(w, 24), bit(w, 23), bit(w, 21), bit(w, 20));
    let (rn, wide, imm8) = (reg(w, 16), bit(w, 8), bits(w, 7, 0));
    if !before && !up && !wback {
        return two_cores(w);
    }
    let d = if wide { double(w, 12, 22) } else { single(w, 12, 22) };
    if d > 31 {
        return Op::Unknown;
    }
    if before && !wback {
        let imm = imm8 as i32 * if up { 4 } else { -4 };
        let count = if wide { 2 } else { 1 };
        return if load { Op::FpLoad { d, rn, count, imm } } else { Op::FpStore { d, rn, count, imm } };
    }
    // VLLDM and VLSTM share this space; so does an FLDMX with an odd count.
    let count = imm8 as u8;
    if before == up || count == 0 || u32::from(d) + u32::from(count) > 32 || (wide && count & 1 != 0) {
        return Op::Unknown;
    }
    if load { Op::FpLoadMany { d, rn, count, before, wback } } else { Op::FpStoreMany { d, rn, count, before, wback } }
}

fn two_cores(w: u32) -> Op {
    if !bit(w, 22) || bits(w, 7, 6) != 0 || !bit(w, 4) {
        return Op::Unknown;
    }
    let m = if bit(w, 8) { double(w, 0, 5) } else { single(w, 0, 5) };
    if m > 30 { Op::Unknown } else { Op::FpCores { to_core: bit(w, 20), rt: reg(w, 12), rt2: reg(w, 16), m } }
}

fn transfer(w: u32) -> Op {
    let (rt, to_core) = (reg(w, 12), bit(w, 20));
    if bits(w, 3, 0) != 0 {
        return Op::Unknown;
    }
    match (bits(w, 23, 21), bit(w, 8)) {
        (0, false) if bits(w, 6, 5) == 0 => Op::FpCore { to_core, rt, n: single(w, 16, 7) },
        (7, false) if bits(w, 19, 16) == 1 && bits(w, 7, 5) == 0 => {
            if to_core {
                Op::Vmrs { rt }
            } else {
                Op::Vmsr { rt }
            }
        }
        (half @ (0 | 1), true) if bits(w, 6, 5) == 0 && !bit(w, 7) => {
            Op::FpCore { to_core, rt, n: double(w, 16, 7) + half as Reg }
        }
        _ => Op::Unknown,
    }
}

fn arithmetic(w: u32) -> Op {
    let (d, n, m) = (single(w, 12, 22), single(w, 16, 7), single(w, 0, 5));
    let kind = match (bits(w, 23, 20) & 0b1011, bit(w, 6)) {
        (0b0000, false) => Fp::Vmla,
        (0b0000, true) => Fp::Vmls,
        (0b0001, false) => Fp::Vnmls,
        (0b0001, true) => Fp::Vnmla,
        (0b0010, false) => Fp::Vmul,
        (0b0010, true) => Fp::Vnmul,
        (0b0011, false) => Fp::Vadd,
        (0b0011, true) => Fp::Vsub,
        (0b1000, false) => Fp::Vdiv,
        (0b1001, false) => Fp::Vfnms,
        (0b1001, true) => Fp::Vfnma,
        (0b1010, false) => Fp::Vfma,
        (0b1010, true) => Fp::Vfms,
        (0b1011, _) => return one_operand(w, d, m),
        _ => return Op::Unknown,
    };
    Op::Fp { kind, d, n, m }
}

fn one_operand(w: u32, d: Reg, m: Reg) -> Op {
    let code = bits(w, 19, 16);
    if !bit(w, 6) {
        if bit(w, 7) || bit(w, 5) {
            return Op::Unknown;
        }
        return Op::FpImm { d, bits: expand(code << 4 | bits(w, 3, 0)) };
    }
    let upper = bit(w, 7);
    let kind = match (code, upper) {
        (0, false) => Fp::Vmov,
        (0, true) => Fp::Vabs,
        (1, false) => Fp::Vneg,
        (1, true) => Fp::Vsqrt,
        (4, _) => Fp::Vcmp { quiet: !upper },
        (5, _) if m == 0 => Fp::VcmpZero { quiet: !upper },
        (6, false) => Fp::Vrint(Round::Mode),
        (6, true) => Fp::Vrint(Round::Zero),
        (7, false) => Fp::Vrint(Round::Exact),
        (8, _) => Fp::FromInt { signed: upper },
        (12 | 13, _) => Fp::ToInt { signed: code == 13, round: if upper { Round::Zero } else { Round::Mode } },
        (10 | 11 | 14 | 15, _) => return fixed(w, d),
        _ => return Op::Unknown,
    };
    Op::Fp { kind, d, n: 0, m }
}

fn fixed(w: u32, d: Reg) -> Op {
    let half = !bit(w, 7);
    let size: u32 = if half { 16 } else { 32 };
    let amount = bits(w, 3, 0) << 1 | bits(w, 5, 5);
    match size.checked_sub(amount) {
        Some(fraction) => Op::FpFixed { d, to_fixed: bit(w, 18), signed: !bit(w, 16), half, fraction: fraction as u8 },
        None => Op::Unknown,
    }
}

/// The constant of a VMOV (VFPExpandImm).
const fn expand(imm8: u32) -> u32 {
    let exponent = if bit(imm8, 6) { 0x1F } else { 0x20 };
    bits(imm8, 7, 7) << 31 | exponent << 25 | bits(imm8, 5, 0) << 19
}

fn unconditional(w: u32) -> Op {
    let (d, n, m) = (single(w, 12, 22), single(w, 16, 7), single(w, 0, 5));
    if !bit(w, 23) {
        let cc = bits(w, 21, 20) as u8;
        return if bit(w, 6) { Op::Unknown } else { Op::Fp { kind: Fp::Vsel { cc }, d, n, m } };
    }
    let kind = match (bits(w, 21, 20), bits(w, 19, 16), bit(w, 6)) {
        (0, _, false) => Fp::Vmaxnm,
        (0, _, true) => Fp::Vminnm,
        (3, code @ 8..=11, true) if !bit(w, 7) => Fp::Vrint(rounding(code)),
        (3, code @ 12..=15, true) => Fp::ToInt { signed: bit(w, 7), round: rounding(code) },
        _ => return Op::Unknown,
    };
    Op::Fp { kind, d, n, m }
}

fn rounding(code: u32) -> Round {
    match code & 3 {
        0 => Round::Away,
        1 => Round::Even,
        2 => Round::Up,
        _ => Round::Down,
    }
}
