//! Floating-point instructions on registers.

use super::super::insn::{Fp, Reg, Round};
use super::super::{Cpu, Trap};
use super::float::{Unit, is_nan};

const SIGN: u32 = 0x8000_0000;

impl Cpu {
    /// The arithmetic unit, with FPSCR's flags in it.
    fn unit(&self) -> Unit {
        Unit { fpscr: self.fpscr }
    }

    pub(super) fn float(&mut self, kind: Fp, d: Reg, n: Reg, m: Reg) -> Result<(), Trap> {
        let (at, sd, sn, sm) = (usize::from(d), self.s[usize::from(d)], self.s[usize::from(n)], self.s[usize::from(m)]);
        let mut unit = self.unit();
        let result = match kind {
            Fp::Vadd => unit.add(sn, sm),
            Fp::Vsub => unit.subtract(sn, sm),
            Fp::Vmul => unit.multiply(sn, sm),
            Fp::Vnmul => unit.multiply(sn, sm) ^ SIGN,
            Fp::Vdiv => unit.divide(sn, sm),
            Fp::Vmla => {
                let product = unit.multiply(sn, sm);
                unit.add(sd, product)
            }
            Fp::Vmls => {
                let product = unit.multiply(sn, sm) ^ SIGN;
                unit.add(sd, product)
            }
            Fp::Vnmla => {
                let product = unit.multiply(sn, sm) ^ SIGN;
                unit.add(sd ^ SIGN, product)
            }
            Fp::Vnmls => {
                let product = unit.multiply(sn, sm);
                unit.add(sd ^ SIGN, product)
            }
            Fp::Vfma => unit.fused(sd, sn, sm),
            Fp::Vfms => unit.fused(sd, sn ^ SIGN, sm),
            Fp::Vfnma => unit.fused(sd ^ SIGN, sn ^ SIGN, sm),
            Fp::Vfnms => unit.fused(sd ^ SIGN, sn, sm),
            Fp::Vmov => sm,
            Fp::Vabs => sm & !SIGN,
            Fp::Vneg => sm ^ SIGN,
            Fp::Vsqrt => unit.root(sm),
            Fp::Vmaxnm => unit.extreme(sn, sm, true),
            Fp::Vminnm => unit.extreme(sn, sm, false),
            Fp::Vsel { cc } => {
                // EQ, VS, GE, GT.
                let cond = [0, 6, 10, 12][usize::from(cc & 3)];
                if self.holds(cond) { sn } else { sm }
            }
            Fp::Vrint(round) => unit.round(sm, round),
            Fp::FromInt { signed } => unit.float_of(sm, signed, 0),
            Fp::ToInt { signed, round } => unit.whole_of(sm, signed, round, 0, 32),
            Fp::Vcmp { quiet } => return self.compare(sd, sm, quiet),
            Fp::VcmpZero { quiet } => return self.compare(sd, 0, quiet),
        };
        self.fpscr = unit.fpscr;
        self.s[at] = result;
        Ok(())
    }

    fn compare(&mut self, a: u32, b: u32, quiet: bool) -> Result<(), Trap> {
        let mut unit = self.unit();
        let flags = unit.compare(a, b, quiet);
        self.fpscr = unit.fpscr & 0x0FFF_FFFF | flags << 28;
        debug_assert!(!is_nan(a) || flags == 0b0011, "unordered");
        Ok(())
    }

    pub(super) fn convert_fixed(&mut self, d: Reg, to_fixed: bool, signed: bool, half: bool, fraction: u8) {
        let at = usize::from(d);
        let value = self.s[at];
        let mut unit = self.unit();
        let fraction = u32::from(fraction);
        self.s[at] = if to_fixed {
            unit.whole_of(value, signed, Round::Zero, fraction, if half { 16 } else { 32 })
        } else {
            let value = match (half, signed) {
                (true, true) => value as i16 as u32,
                (true, false) => value & 0xFFFF,
                (false, _) => value,
            };
            unit.float_of(value, signed, fraction)
        };
        self.fpscr = unit.fpscr;
    }
}
