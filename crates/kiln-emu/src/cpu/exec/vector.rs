//! Moving floating-point registers.

use super::super::insn::{Op, Reg};
use super::super::{Bus, Cpu, Trap};

impl Cpu {
    /// What happens before every floating-point instruction: access is checked and the context becomes active.
    pub(super) fn begin_float(&mut self) -> Result<(), Trap> {
        if !self.ppb.float_enabled() {
            return Err(Trap::NO_COPROCESSOR);
        }
        if self.ppb.keeps_float() && (!self.fpca || !self.sfpa) {
            self.fpca = true;
            self.sfpa = true;
            self.fpscr = self.ppb.fpdscr & 0x07C0_0000;
        }
        Ok(())
    }

    pub(super) fn execute_float<B: Bus>(&mut self, op: Op, bus: &mut B) -> Result<(), Trap> {
        match op {
            Op::Fp { kind, d, n, m } => self.float(kind, d, n, m),
            Op::FpFixed { d, to_fixed, signed, half, fraction } => {
                self.convert_fixed(d, to_fixed, signed, half, fraction);
                Ok(())
            }
            Op::FpImm { d, bits } => {
                self.s[usize::from(d)] = bits;
                Ok(())
            }
            Op::FpCore { to_core: true, rt, n } => self.set(rt, self.s[usize::from(n)]),
            Op::FpCore { rt, n, .. } => {
                self.s[usize::from(n)] = self.get(rt);
                Ok(())
            }
            Op::FpCores { to_core: true, rt, rt2, m } => {
                self.set(rt, self.s[usize::from(m)])?;
                self.set(rt2, self.s[usize::from(m) + 1])
            }
            Op::FpCores { rt, rt2, m, .. } => {
                self.s[usize::from(m)] = self.get(rt);
                self.s[usize::from(m) + 1] = self.get(rt2);
                Ok(())
            }
            Op::Vmrs { rt: 15 } => {
                let flags = self.fpscr;
                self.n = flags >> 31 & 1 != 0;
                self.z = flags >> 30 & 1 != 0;
                self.c = flags >> 29 & 1 != 0;
                self.v = flags >> 28 & 1 != 0;
                Ok(())
            }
            Op::Vmrs { rt } => self.set(rt, self.fpscr),
            Op::Vmsr { rt } => {
                let value = self.get(rt);
                if value & 0x00C0_0000 != 0 {
                    return Err(self.unknown("a rounding mode other than to nearest"));
                }
                self.fpscr = value & 0xF7C0_009F;
                Ok(())
            }
            Op::FpLoad { d, rn, count, imm } => self.load_singles(bus, d, count, self.float_base(rn, imm)),
            Op::FpStore { d, rn, count, imm } => self.store_singles(bus, d, count, self.float_base(rn, imm)),
            Op::FpLoadMany { d, rn, count, before, wback } => {
                let (start, end) = self.block(rn, count.into(), before, wback)?;
                self.load_singles(bus, d, count, start)?;
                if wback { self.set(rn, end) } else { Ok(()) }
            }
            Op::FpStoreMany { d, rn, count, before, wback } => {
                let (start, end) = self.block(rn, count.into(), before, wback)?;
                self.store_singles(bus, d, count, start)?;
                if wback { self.set(rn, end) } else { Ok(()) }
            }
            _ => Err(self.unknown(&format!("{op:?}"))),
        }
    }

    fn float_base(&self, rn: Reg, imm: i32) -> u32 {
        let base = self.get(rn);
        (if rn == 15 { base & !3 } else { base }).wrapping_add_signed(imm)
    }

    fn load_singles<B: Bus>(&mut self, bus: &mut B, d: Reg, count: u8, address: u32) -> Result<(), Trap> {
        let address = Self::aligned(address)?;
        for at in 0..u32::from(count) {
            let value = self.read(bus, address.wrapping_add(4 * at), 4)?;
            self.s[usize::from(d) + at as usize] = value;
        }
        Ok(())
    }

    fn store_singles<B: Bus>(&mut self, bus: &mut B, d: Reg, count: u8, address: u32) -> Result<(), Trap> {
        let address = Self::aligned(address)?;
        for at in 0..u32::from(count) {
            let value = self.s[usize::from(d) + at as usize];
            self.write(bus, address.wrapping_add(4 * at), 4, value)?;
        }
        Ok(())
    }
}
