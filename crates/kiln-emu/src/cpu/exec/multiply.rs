//! Multiplication and division.

use super::super::alu::half;
use super::super::insn::{Mul, MulLong, Reg, Sets};
use super::super::{Cpu, Trap};

/// The two products of half words, the second operand's halves exchanged or not.
fn products(n: u32, m: u32, x: bool) -> (i64, i64) {
    let m = if x { m.rotate_right(16) } else { m };
    (half(n, false) * half(m, false), half(n, true) * half(m, true))
}

/// The sum of the differences of bytes.
fn differences(n: u32, m: u32) -> u32 {
    (0..4).map(|at| (n >> (8 * at) & 0xFF).abs_diff(m >> (8 * at) & 0xFF)).sum()
}

impl Cpu {
    #[inline]
    pub(super) fn multiply(&mut self, kind: Mul, s: Sets, rd: Reg, n: u32, m: u32, a: u32) -> Result<(), Trap> {
        let result = match kind {
            Mul::Mul => n.wrapping_mul(m),
            Mul::Mla => a.wrapping_add(n.wrapping_mul(m)),
            Mul::Mls => a.wrapping_sub(n.wrapping_mul(m)),
            Mul::Udiv | Mul::Sdiv => self.divide(kind, n, m)?,
            _ => self.multiply_halves(kind, n, m, a),
        };
        if self.sets(s) {
            self.n = result >> 31 != 0;
            self.z = result == 0;
        }
        self.set(rd, result)
    }

    fn divide(&self, kind: Mul, n: u32, m: u32) -> Result<u32, Trap> {
        if m == 0 {
            return if self.ppb.traps_division() { Err(Trap::DIVIDE_BY_ZERO) } else { Ok(0) };
        }
        Ok(if kind == Mul::Udiv { n / m } else { (n as i32).wrapping_div(m as i32) as u32 })
    }

    fn multiply_halves(&mut self, kind: Mul, n: u32, m: u32, a: u32) -> u32 {
        let signed = i64::from(a as i32);
        let words = i64::from(n as i32) * i64::from(m as i32);
        let rounding = |round: bool| if round { 0x8000_0000_i64 } else { 0 };
        match kind {
            Mul::Smul { n: upper, m: other } => (half(n, upper) * half(m, other)) as u32,
            Mul::Smla { n: upper, m: other } => self.accumulate(half(n, upper) * half(m, other) + signed),
            Mul::Smulw { m: upper } => ((i64::from(n as i32) * half(m, upper)) >> 16) as u32,
            Mul::Smlaw { m: upper } => self.accumulate(((i64::from(n as i32) * half(m, upper)) >> 16) + signed),
            Mul::Smuad { x } => {
                let (low, high) = products(n, m, x);
                self.accumulate(low + high)
            }
            Mul::Smlad { x } => {
                let (low, high) = products(n, m, x);
                self.accumulate(low + high + signed)
            }
            Mul::Smusd { x } => {
                let (low, high) = products(n, m, x);
                (low - high) as u32
            }
            Mul::Smlsd { x } => {
                let (low, high) = products(n, m, x);
                self.accumulate(low - high + signed)
            }
            Mul::Smmul { round } => (words.wrapping_add(rounding(round)) >> 32) as u32,
            Mul::Smmla { round } => ((signed << 32).wrapping_add(words).wrapping_add(rounding(round)) >> 32) as u32,
            Mul::Smmls { round } => ((signed << 32).wrapping_sub(words).wrapping_add(rounding(round)) >> 32) as u32,
            Mul::Usada8 => a.wrapping_add(differences(n, m)),
            _ => differences(n, m),
        }
    }

    /// A sum of which Q tells whether it fits.
    fn accumulate(&mut self, exact: i64) -> u32 {
        self.q |= i32::try_from(exact).is_err();
        exact as u32
    }

    #[inline]
    pub(super) fn multiply_long(&mut self, kind: MulLong, lo: Reg, hi: Reg, n: u32, m: u32) -> Result<(), Trap> {
        let (n64, m64) = (u64::from(n), u64::from(m));
        let signed = i64::from(n as i32).wrapping_mul(i64::from(m as i32)) as u64;
        let (low, high) = (u64::from(self.get(lo)), u64::from(self.get(hi)));
        let sum = high << 32 | low;
        let result = match kind {
            MulLong::Umull => n64 * m64,
            MulLong::Smull => signed,
            MulLong::Umlal => sum.wrapping_add(n64 * m64),
            MulLong::Smlal => sum.wrapping_add(signed),
            MulLong::Umaal => n64 * m64 + low + high,
            MulLong::Smlalxy { n: upper, m: other } => sum.wrapping_add((half(n, upper) * half(m, other)) as u64),
            MulLong::Smlald { x } => {
                let (first, second) = products(n, m, x);
                sum.wrapping_add((first + second) as u64)
            }
            MulLong::Smlsld { x } => {
                let (first, second) = products(n, m, x);
                sum.wrapping_add((first - second) as u64)
            }
        };
        self.set(lo, result as u32)?;
        self.set(hi, (result >> 32) as u32)
    }
}
