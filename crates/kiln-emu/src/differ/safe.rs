//! Which instructions can be tried, and what their registers must hold so that they stay within their case.

use super::draw::Dice;
use crate::cpu::insn::{Dp, Hint, Index, Mul, Op, Order, Reg, Sets, Width};

/// Registers that must hold a certain value.
pub(super) type Holds = Vec<(Reg, u32)>;

/// An ordinary register.
const fn plain(reg: Reg) -> bool {
    reg != 13 && reg != 15
}

fn all(regs: &[Reg]) -> bool {
    regs.iter().all(|reg| plain(*reg))
}

/// A place in the window with room for so many bytes, mostly aligned.
fn place(dice: &mut Dice, window: u32, room: u32, words: bool) -> u32 {
    let at = dice.below(64 - room + 1);
    let stray = dice.below(8) == 0;
    window + if words && !stray || dice.below(2) == 0 { at & !3 } else { at }
}

/// What an instruction needs; `None` when it cannot be tried, or when the manual calls it UNPREDICTABLE.
pub(super) fn needs(op: Op, dice: &mut Dice, window: u32, after: u32) -> Option<Holds> {
    let free = |sound: bool| sound.then(Vec::new);
    match op {
        Op::DpImm { op, rd, rn, s, imm, .. } => free(dp(op, s, rd, rn, 0) && (rn != 13 || imm < 1024)),
        Op::DpReg { op, rd, rn, rm, s, .. } => free(dp(op, s, rd, rn, rm) && rn != 13),
        Op::ShiftReg { rd, rn, rm, .. }
        | Op::Pkh { rd, rn, rm, .. }
        | Op::Qsum { rd, rn, rm, .. }
        | Op::Sel { rd, rn, rm }
        | Op::Parallel { rd, rn, rm, .. } => free(all(&[rd, rn, rm])),
        Op::Adr { rd, .. } | Op::Movt { rd, .. } | Op::LoadLit { rt: rd, .. } => free(plain(rd)),
        Op::Extend { rd, rn, rm, .. } => free(rn != 13 && all(&[rd, rm])),
        Op::Unary { rd, rm, .. } => free(all(&[rd, rm])),
        Op::Bfi { rd, rn, .. } => free(rn != 13 && plain(rd)),
        Op::Bfx { rd, rn, lsb, width, .. } => free(lsb + width <= 32 && all(&[rd, rn])),
        Op::Sat { rd, rn, .. } | Op::Sat16 { rd, rn, .. } => free(all(&[rd, rn])),
        Op::Mul { kind, rd, rn, rm, ra, .. } => {
            let accumulates = matches!(kind, Mul::Mls | Mul::Smmls { .. });
            free(all(&[rd, rn, rm]) && ra != 13 && (ra != 15 || !accumulates))
        }
        Op::MulLong { lo, hi, rn, rm, .. } => free(lo != hi && all(&[lo, hi, rn, rm])),
        Op::Clrex | Op::Barrier | Op::Udf | Op::Hint(Hint::Nop) => free(true),
        Op::Cps { primask, faultmask, .. } => free(primask || faultmask),
        Op::Mrs { rd, sysm } => free(plain(rd) && matches!(sysm, 0..=3 | 5 | 16..=19)),
        Op::Msr { rn, sysm, mask } => {
            free(plain(rn) && (matches!(sysm, 0..=3) && mask != 0 || matches!(sysm, 16..=19) && mask == 2))
        }
        Op::Bx { rm } | Op::Blx { rm } => plain(rm).then(|| vec![(rm, after | 1)]),
        Op::Fp { .. } | Op::FpImm { .. } | Op::FpFixed { .. } => free(true),
        Op::FpCore { rt, .. } => free(plain(rt)),
        Op::FpCores { to_core, rt, rt2, .. } => free(all(&[rt, rt2]) && !(to_core && rt == rt2)),
        Op::Vmrs { rt } => free(rt != 13),
        Op::Vmsr { rt } => plain(rt).then(|| vec![(rt, dice.word() & 0xF700_009F)]),
        _ => memory(op, dice, window),
    }
}

fn dp(op: Dp, s: Sets, rd: Reg, rn: Reg, rm: Reg) -> bool {
    let (unused_rd, unused_rn) = (matches!(op, Dp::Tst | Dp::Teq | Dp::Cmn | Dp::Cmp), matches!(op, Dp::Mov | Dp::Mvn));
    let from_stack = matches!(op, Dp::Add | Dp::Sub) && rn == 13 && s != Sets::Yes;
    (unused_rd || plain(rd) || rd == 13 && from_stack) && (unused_rn || plain(rn) || from_stack) && plain(rm)
}

const fn size(width: Width) -> u32 {
    match width {
        Width::Byte | Width::SignedByte => 1,
        Width::Half | Width::SignedHalf => 2,
        Width::Word => 4,
    }
}

fn memory(op: Op, dice: &mut Dice, window: u32) -> Option<Holds> {
    let based = |rn: Reg, index: Index, imm: i32, at: u32| {
        plain(rn).then(|| vec![(rn, if index == Index::After { at } else { at.wrapping_sub(imm as u32) })])
    };
    match op {
        Op::Load { width, rt, rn, index, imm } | Op::Store { width, rt, rn, index, imm } => {
            let sound = plain(rt) && (index == Index::Offset || rn != rt);
            let at = place(dice, window, size(width), false);
            if sound { based(rn, index, imm, at) } else { None }
        }
        Op::LoadReg { width, rt, rn, rm, lsl } | Op::StoreReg { width, rt, rn, rm, lsl } => {
            let sound = all(&[rt, rn, rm]) && rn != rm;
            let (at, index) = (place(dice, window, size(width), false), dice.operand());
            sound.then(|| vec![(rn, at.wrapping_sub(index << lsl)), (rm, index)])
        }
        Op::LoadMany { rn, before, wback, list } => {
            let (both, count) = (0xC000, list.count_ones());
            let sound = plain(rn) && list & 0x2000 == 0 && list & both != both && count > 1;
            let with_pc = list >> 15 != 0;
            if !sound || (wback && list >> rn & 1 != 0) || with_pc || count > 14 {
                return None;
            }
            let at = place(dice, window, count * 4, true);
            Some(vec![(rn, if before { at + count * 4 } else { at })])
        }
        Op::StoreMany { rn, before, wback, list } => {
            let count = list.count_ones();
            if !plain(rn) || list & 0xA000 != 0 || (wback && list >> rn & 1 != 0) || !(2..=14).contains(&count) {
                return None;
            }
            let at = place(dice, window, count * 4, true);
            Some(vec![(rn, if before { at + count * 4 } else { at })])
        }
        Op::LoadDual { rt, rt2, rn, index, imm } => {
            let sound = all(&[rt, rt2]) && rt != rt2 && (index == Index::Offset || (rn != rt && rn != rt2));
            let at = place(dice, window, 8, true);
            if sound { based(rn, index, imm, at) } else { None }
        }
        Op::StoreDual { rt, rt2, rn, index, imm } => {
            let sound = all(&[rt, rt2]) && (index == Index::Offset || (rn != rt && rn != rt2));
            let at = place(dice, window, 8, true);
            if sound { based(rn, index, imm, at) } else { None }
        }
        Op::LoadOrdered { width, rt, rn, imm, .. } => {
            let at = place(dice, window, size(width), true);
            if plain(rt) { based(rn, Index::Offset, imm.into(), at) } else { None }
        }
        Op::StoreOrdered { order, width, rd, rt, rn, imm } => {
            // An exclusive store to an odd address faults on a core of Arm's; QEMU looks at its monitor first.
            let at = place(dice, window, size(width), true) & !(if order == Order::Exclusive { 3 } else { 0 });
            let status = order == Order::Plain || (plain(rd) && rd != rn && rd != rt);
            if plain(rt) && status { based(rn, Index::Offset, imm.into(), at) } else { None }
        }
        Op::FpLoad { rn: 15, .. } => Some(Vec::new()),
        Op::FpLoad { rn, count, imm, .. } | Op::FpStore { rn, count, imm, .. } => {
            let at = place(dice, window, 4 * u32::from(count), true);
            based(rn, Index::Offset, imm, at)
        }
        Op::FpLoadMany { rn, count, before, .. } | Op::FpStoreMany { rn, count, before, .. } => {
            let size = u32::from(count) * 4;
            if count > 14 || !plain(rn) {
                return None;
            }
            let at = place(dice, window, size, true);
            Some(vec![(rn, if before { at + size } else { at })])
        }
        Op::Preload => Some(Vec::new()),
        _ => None,
    }
}
