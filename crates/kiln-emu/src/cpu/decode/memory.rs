//! Loads and stores of two half words.

use super::super::insn::{Index, Op, Order, Width};
use super::{bit, bits, reg};

pub(super) fn many(w: u32) -> Op {
    let (rn, list, wback) = (reg(w, 16), bits(w, 15, 0) as u16, bit(w, 21));
    let before = match bits(w, 24, 23) {
        0b01 => false,
        0b10 => true,
        _ => return Op::Unknown,
    };
    if bit(w, 20) { Op::LoadMany { rn, before, wback, list } } else { Op::StoreMany { rn, before, wback, list } }
}

/// The offset of eight bits, with its sign from bit 23.
fn imm8(w: u32, scale: i32) -> i32 {
    let imm = bits(w, 7, 0) as i32 * scale;
    if bit(w, 23) { imm } else { -imm }
}

pub(super) fn dual_or_exclusive(w: u32) -> Op {
    if w == 0xE97F_E97F {
        return Op::SecureGateway;
    }
    let (before, wback) = (bit(w, 24), bit(w, 21));
    if !before && !wback {
        return exclusive(w);
    }
    let index = match (before, wback) {
        (true, false) => Index::Offset,
        (true, true) => Index::Before,
        _ => Index::After,
    };
    let (rt, rt2, rn, imm) = (reg(w, 12), reg(w, 8), reg(w, 16), imm8(w, 4));
    if bit(w, 20) { Op::LoadDual { rt, rt2, rn, index, imm } } else { Op::StoreDual { rt, rt2, rn, index, imm } }
}

fn exclusive(w: u32) -> Op {
    let (rt, rn) = (reg(w, 12), reg(w, 16));
    if !bit(w, 23) {
        let imm = (bits(w, 7, 0) * 4) as u16;
        let (order, width) = (Order::Exclusive, Width::Word);
        return match (bit(w, 20), rt) {
            (false, 15) if bits(w, 5, 0) == 0 && !bit(w, 6) => {
                Op::TestTarget { rd: reg(w, 8), rn, alternate: bit(w, 7) }
            }
            (false, 15) => Op::Unknown,
            (false, _) => Op::StoreOrdered { order, width, rd: reg(w, 8), rt, rn, imm },
            (true, _) if bits(w, 11, 8) != 15 => Op::Unknown,
            (true, _) => Op::LoadOrdered { order, width, rt, rn, imm },
        };
    }
    let code = bits(w, 7, 4);
    if bit(w, 20) && code < 2 {
        let sound = bits(w, 15, 8) == 0xF0;
        return if sound { Op::TableBranch { rn, rm: reg(w, 0), half: code == 1 } } else { Op::Unknown };
    }
    let width = match code & 3 {
        0 => Width::Byte,
        1 => Width::Half,
        2 => Width::Word,
        _ => return Op::Unknown,
    };
    let order = match code >> 2 {
        1 if code & 3 != 2 => Order::Exclusive,
        3 => Order::Exclusive,
        2 => Order::Plain,
        _ => return Op::Unknown,
    };
    // Registers that an encoding does not have are written as 15.
    let unused = bits(w, 11, 8) == 15 && (bits(w, 3, 0) == 15 || (!bit(w, 20) && order == Order::Exclusive));
    if !unused {
        return Op::Unknown;
    }
    if bit(w, 20) {
        Op::LoadOrdered { order, width, rt, rn, imm: 0 }
    } else {
        Op::StoreOrdered { order, width, rd: reg(w, 0), rt, rn, imm: 0 }
    }
}

pub(super) fn single(w: u32) -> Op {
    let (sign, load) = (bit(w, 24), bit(w, 20));
    let width = match (bits(w, 22, 21), sign) {
        (0, false) => Width::Byte,
        (1, false) => Width::Half,
        (2, false) => Width::Word,
        (0, true) => Width::SignedByte,
        (1, true) => Width::SignedHalf,
        _ => return Op::Unknown,
    };
    let (rt, rn) = (reg(w, 12), reg(w, 16));
    if !load && (sign || rn == 15) {
        return Op::Unknown;
    }
    if load && rt == 15 && width != Width::Word {
        let sound = rn == 15 || bit(w, 23) || bits(w, 11, 8) == 0b1100 || bits(w, 11, 6) == 0;
        return if sound { Op::Preload } else { Op::Unknown };
    }
    let imm12 = bits(w, 11, 0) as i32;
    if load && rn == 15 {
        return Op::LoadLit { width, rt, offset: if bit(w, 23) { imm12 } else { -imm12 } };
    }
    if bit(w, 23) {
        return immediate(load, width, w, Index::Offset, imm12);
    }
    if !bit(w, 11) {
        let (rm, lsl) = (reg(w, 0), bits(w, 5, 4) as u8);
        return match (bits(w, 10, 6), load) {
            (0, true) => Op::LoadReg { width, rt, rn, rm, lsl },
            (0, false) => Op::StoreReg { width, rt, rn, rm, lsl },
            _ => Op::Unknown,
        };
    }
    let imm = bits(w, 7, 0) as i32;
    let imm = if bit(w, 9) { imm } else { -imm };
    match (bit(w, 10), bit(w, 8)) {
        (true, false) => immediate(load, width, w, Index::Offset, imm),
        (true, true) => immediate(load, width, w, Index::Before, imm),
        (false, true) => immediate(load, width, w, Index::After, imm),
        (false, false) => Op::Unknown,
    }
}

fn immediate(load: bool, width: Width, w: u32, index: Index, imm: i32) -> Op {
    let (rt, rn) = (reg(w, 12), reg(w, 16));
    if load { Op::Load { width, rt, rn, index, imm } } else { Op::Store { width, rt, rn, index, imm } }
}
