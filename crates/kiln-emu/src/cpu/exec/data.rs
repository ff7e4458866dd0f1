//! Data processing.

use super::super::alu::{add_with_carry, half, saturate_signed, saturate_unsigned, shift};
use super::super::insn::{Dp, Extend, Op, Q, Reg, Unary};
use super::super::{Cpu, Trap};

impl Cpu {
    #[inline(always)]
    pub(super) fn two_operands(&mut self, op: Dp, set: bool, rd: Reg, a: u32, b: u32, carry: bool) -> Result<(), Trap> {
        let (result, carry, overflow) = match op {
            Dp::And | Dp::Tst => (a & b, carry, self.v),
            Dp::Bic => (a & !b, carry, self.v),
            Dp::Orr => (a | b, carry, self.v),
            Dp::Orn => (a | !b, carry, self.v),
            Dp::Eor | Dp::Teq => (a ^ b, carry, self.v),
            Dp::Mov => (b, carry, self.v),
            Dp::Mvn => (!b, carry, self.v),
            Dp::Add | Dp::Cmn => add_with_carry(a, b, false),
            Dp::Adc => add_with_carry(a, b, self.c),
            Dp::Sbc => add_with_carry(a, !b, self.c),
            Dp::Sub | Dp::Cmp => add_with_carry(a, !b, true),
            Dp::Rsb => add_with_carry(!a, b, true),
        };
        if !matches!(op, Dp::Tst | Dp::Teq | Dp::Cmn | Dp::Cmp) {
            if rd >= 13 {
                self.write_high(rd, result)?;
            } else {
                self.r[usize::from(rd)] = result;
            }
        }
        if set {
            self.n = result >> 31 != 0;
            self.z = result == 0;
            self.c = carry;
            self.v = overflow;
        }
        Ok(())
    }

    /// Writes R13 to R15; the program counter branches within Thumb state (BranchWritePC).
    fn write_high(&mut self, rd: Reg, value: u32) -> Result<(), Trap> {
        if rd == 15 {
            // The narrow ADD and MOV: ALUWritePC is a plain branch on Armv8-M.
            self.next = value & !1;
            return Ok(());
        }
        self.set(rd, value)
    }

    pub(super) fn execute_data(&mut self, op: Op) -> Result<(), Trap> {
        match op {
            Op::ShiftReg { shift: kind, s, rd, rn, rm } => {
                let (result, carry) = shift(self.get(rn), kind, self.get(rm) & 0xFF, self.c);
                if self.sets(s) {
                    self.n = result >> 31 != 0;
                    self.z = result == 0;
                    self.c = carry;
                }
                self.set(rd, result)
            }
            Op::Adr { rd, offset } => self.set(rd, (self.r[15] & !3).wrapping_add_signed(offset)),
            Op::Movt { rd, imm } => self.set(rd, self.get(rd) & 0xFFFF | u32::from(imm) << 16),
            Op::Pkh { rd, rn, rm, top, by } => {
                let kind = if top { super::super::insn::Shift::Asr } else { super::super::insn::Shift::Lsl };
                let (second, _) = shift(self.get(rm), kind, by.into(), self.c);
                let first = self.get(rn);
                let result =
                    if top { first & 0xFFFF_0000 | second & 0xFFFF } else { second & 0xFFFF_0000 | first & 0xFFFF };
                self.set(rd, result)
            }
            Op::Extend { kind, rd, rn, rm, rotate } => {
                let turned = self.get(rm).rotate_right(rotate.into());
                let base = if rn == 15 { 0 } else { self.get(rn) };
                self.set(rd, extend(kind, base, turned))
            }
            Op::Unary { kind, rd, rm } => self.set(rd, unary(kind, self.get(rm))),
            Op::Bfi { rd, rn, lsb, width } => {
                let mask = (u32::MAX >> (32 - u32::from(width))) << lsb;
                let value = if rn == 15 { 0 } else { self.get(rn) };
                self.set(rd, self.get(rd) & !mask | (value << lsb) & mask)
            }
            Op::Bfx { signed, rd, rn, lsb, width } => {
                let up = self.get(rn) << (32 - u32::from(lsb) - u32::from(width)).min(31);
                let down = 32 - u32::from(width);
                self.set(rd, if signed { (up as i32 >> down) as u32 } else { up >> down })
            }
            Op::Sat { signed, rd, rn, bits, shift: kind, by } => {
                let (value, _) = shift(self.get(rn), kind, by.into(), self.c);
                let (result, saturated) = saturate(signed, (value as i32).into(), bits.into());
                self.q |= saturated;
                self.set(rd, result)
            }
            Op::Sat16 { signed, rd, rn, bits } => {
                let value = self.get(rn);
                let (low, first) = saturate(signed, half(value, false), bits.into());
                let (high, second) = saturate(signed, half(value, true), bits.into());
                self.q |= first || second;
                self.set(rd, high << 16 | low & 0xFFFF)
            }
            Op::Qsum { kind, rd, rn, rm } => {
                let result = self.saturating_sum(kind, self.get(rn), self.get(rm));
                self.set(rd, result)
            }
            Op::Sel { rd, rn, rm } => {
                let mask = self.ge_mask();
                self.set(rd, self.get(rn) & mask | self.get(rm) & !mask)
            }
            Op::Parallel { lanes, kind, rd, rn, rm } => {
                let result = self.parallel(lanes, kind, self.get(rn), self.get(rm));
                self.set(rd, result)
            }
            _ => Err(self.unknown(&format!("{op:?}"))),
        }
    }

    fn saturating_sum(&mut self, kind: Q, n: u32, m: u32) -> u32 {
        let (n, m) = (i64::from(n as i32), i64::from(m as i32));
        let mut clip = |value| {
            let (value, saturated) = saturate_signed(value, 32);
            self.q |= saturated;
            value
        };
        let result = match kind {
            Q::Qadd => clip(m + n),
            Q::Qsub => clip(m - n),
            Q::Qdadd => {
                let doubled = clip(2 * n);
                clip(m + doubled)
            }
            Q::Qdsub => {
                let doubled = clip(2 * n);
                clip(m - doubled)
            }
        };
        result as u32
    }
}

fn saturate(signed: bool, value: i64, bits: u32) -> (u32, bool) {
    let (value, saturated) = if signed { saturate_signed(value, bits) } else { saturate_unsigned(value, bits) };
    (value as u32, saturated)
}

fn extend(kind: Extend, base: u32, turned: u32) -> u32 {
    let pair = |low: u32, high: u32| base.wrapping_add(low) & 0xFFFF | (base >> 16).wrapping_add(high) << 16;
    match kind {
        Extend::Sxtb => base.wrapping_add(turned as i8 as u32),
        Extend::Sxth => base.wrapping_add(turned as i16 as u32),
        Extend::Uxtb => base.wrapping_add(turned & 0xFF),
        Extend::Uxth => base.wrapping_add(turned & 0xFFFF),
        Extend::Sxtb16 => pair(turned as i8 as u32, (turned >> 16) as i8 as u32),
        Extend::Uxtb16 => pair(turned & 0xFF, turned >> 16 & 0xFF),
    }
}

fn unary(kind: Unary, value: u32) -> u32 {
    match kind {
        Unary::Rev => value.swap_bytes(),
        Unary::Rev16 => value.swap_bytes().rotate_left(16),
        Unary::Revsh => (value as u16).swap_bytes() as i16 as u32,
        Unary::Rbit => value.reverse_bits(),
        Unary::Clz => value.leading_zeros(),
    }
}
