//! Multiplications and divisions.

use super::super::insn::{Mul, MulLong, Op, Sets};
use super::{bit, bits, reg};

pub(super) fn word(w: u32) -> Op {
    if bits(w, 7, 6) != 0 {
        return Op::Unknown;
    }
    let (rd, rn, rm, ra) = (reg(w, 8), reg(w, 16), reg(w, 0), reg(w, 12));
    let alone = ra == 15;
    let (n, m) = (bit(w, 5), bit(w, 4));
    let kind = match (bits(w, 22, 20), bits(w, 5, 4)) {
        (0, 0) if alone => Mul::Mul,
        (0, 0) => Mul::Mla,
        (0, 1) => Mul::Mls,
        (1, _) if alone => Mul::Smul { n, m },
        (1, _) => Mul::Smla { n, m },
        (2, 0 | 1) if alone => Mul::Smuad { x: m },
        (2, 0 | 1) => Mul::Smlad { x: m },
        (3, 0 | 1) if alone => Mul::Smulw { m },
        (3, 0 | 1) => Mul::Smlaw { m },
        (4, 0 | 1) if alone => Mul::Smusd { x: m },
        (4, 0 | 1) => Mul::Smlsd { x: m },
        (5, 0 | 1) if alone => Mul::Smmul { round: m },
        (5, 0 | 1) => Mul::Smmla { round: m },
        (6, 0 | 1) => Mul::Smmls { round: m },
        (7, 0) if alone => Mul::Usad8,
        (7, 0) => Mul::Usada8,
        _ => return Op::Unknown,
    };
    Op::Mul { kind, s: Sets::No, rd, rn, rm, ra }
}

pub(super) fn long(w: u32) -> Op {
    let (hi, rn, rm, lo) = (reg(w, 8), reg(w, 16), reg(w, 0), reg(w, 12));
    let (n, m) = (bit(w, 5), bit(w, 4));
    let divide = |kind| Op::Mul { kind, s: Sets::No, rd: hi, rn, rm, ra: 15 };
    let kind = match (bits(w, 22, 20), bits(w, 7, 4)) {
        (1, 15) if lo == 15 => return divide(Mul::Sdiv),
        (3, 15) if lo == 15 => return divide(Mul::Udiv),
        (0, 0) => MulLong::Smull,
        (2, 0) => MulLong::Umull,
        (4, 0) => MulLong::Smlal,
        (4, 8..=11) => MulLong::Smlalxy { n, m },
        (4, 12 | 13) => MulLong::Smlald { x: m },
        (5, 12 | 13) => MulLong::Smlsld { x: m },
        (6, 0) => MulLong::Umlal,
        (6, 6) => MulLong::Umaal,
        _ => return Op::Unknown,
    };
    Op::MulLong { kind, lo, hi, rn, rm }
}
