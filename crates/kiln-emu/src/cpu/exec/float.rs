//! Single-precision arithmetic to the last bit and the last flag, on the host's own.
//!
//! The host rounds as IEEE 754 says; what differs between machines is which NaN comes out, which flags are kept, and
//! what FZ and DN change. Numbers are kept as their bits.

#![allow(clippy::float_cmp, reason = "whether a result is exact is a question of bits")]

use super::super::insn::Round;

/// Invalid operation, division by zero, overflow, underflow, not exact, input denormal.
const IOC: u32 = 1;
const DZC: u32 = 1 << 1;
const OFC: u32 = 1 << 2;
const UFC: u32 = 1 << 3;
const IXC: u32 = 1 << 4;
const IDC: u32 = 1 << 7;
const FZ: u32 = 1 << 24;
const DN: u32 = 1 << 25;

const QUIET: u32 = 0x0040_0000;
const DEFAULT_NAN: u32 = 0x7FC0_0000;
const SIGN: u32 = 0x8000_0000;

/// The arithmetic with FPSCR, whose flags it adds to.
pub(super) struct Unit {
    pub(super) fpscr: u32,
}

pub(super) const fn is_nan(bits: u32) -> bool {
    bits & !SIGN > 0x7F80_0000
}

const fn is_signalling(bits: u32) -> bool {
    is_nan(bits) && bits & QUIET == 0
}

const fn float(bits: u32) -> f32 {
    f32::from_bits(bits)
}

fn double(bits: u32) -> f64 {
    f64::from(f32::from_bits(bits))
}

impl Unit {
    fn raise(&mut self, flags: u32) {
        self.fpscr |= flags;
    }

    /// A subnormal operand as the unit takes it: zero when FZ is set.
    fn operand(&mut self, bits: u32) -> u32 {
        if self.fpscr & FZ != 0 && bits & 0x7F80_0000 == 0 && bits & !SIGN != 0 {
            self.raise(IDC);
            return bits & SIGN;
        }
        bits
    }

    /// The NaN that comes out of operands of which one at least is a NaN (FPProcessNaNs).
    fn nan_of(&mut self, operands: &[u32]) -> u32 {
        let signalling = operands.iter().copied().find(|bits| is_signalling(*bits));
        if signalling.is_some() {
            self.raise(IOC);
        }
        if self.fpscr & DN != 0 {
            return DEFAULT_NAN;
        }
        let first = signalling.or_else(|| operands.iter().copied().find(|bits| is_nan(*bits)));
        first.unwrap_or(DEFAULT_NAN) | QUIET
    }

    fn invalid(&mut self) -> u32 {
        self.raise(IOC);
        DEFAULT_NAN
    }

    /// Keeps a result: flags of overflow, underflow and inexactness, and FZ. `exact` tells whether it needed no
    /// rounding, `tiny` whether the exact result is below the normal numbers.
    fn finish(&mut self, result: f32, exact: impl FnOnce() -> bool, tiny: impl FnOnce() -> bool) -> u32 {
        let bits = result.to_bits();
        if result.is_infinite() {
            self.raise(OFC | IXC);
            return bits;
        }
        let small = bits & !SIGN <= 0x0080_0000;
        if small && tiny() {
            if self.fpscr & FZ != 0 {
                self.raise(UFC);
                return bits & SIGN;
            }
            if !exact() {
                self.raise(UFC | IXC);
            }
            return bits;
        }
        if self.fpscr & IXC == 0 && !exact() {
            self.raise(IXC);
        }
        bits
    }

    pub(super) fn subtract(&mut self, a: u32, b: u32) -> u32 {
        if is_nan(b) {
            // The NaN is taken as it is, not negated.
            return self.nan_of(&[a, b]);
        }
        self.add(a, b ^ SIGN)
    }

    pub(super) fn add(&mut self, a: u32, b: u32) -> u32 {
        let (a, b) = (self.operand(a), self.operand(b));
        if is_nan(a) || is_nan(b) {
            return self.nan_of(&[a, b]);
        }
        let sum = float(a) + float(b);
        if sum.is_nan() {
            return self.invalid();
        }
        if float(a).is_infinite() || float(b).is_infinite() {
            return sum.to_bits();
        }
        // A sum of two numbers that is subnormal is exact.
        self.finish(sum, || sum_error(double(a), double(b), sum) == 0.0, || sum.abs() < f32::MIN_POSITIVE && sum != 0.0)
    }

    pub(super) fn multiply(&mut self, a: u32, b: u32) -> u32 {
        let (a, b) = (self.operand(a), self.operand(b));
        if is_nan(a) || is_nan(b) {
            return self.nan_of(&[a, b]);
        }
        let product = float(a) * float(b);
        if product.is_nan() {
            return self.invalid();
        }
        if float(a).is_infinite() || float(b).is_infinite() {
            return product.to_bits();
        }
        // Two mantissas of 24 bits fit the 53 of a double one.
        let exact = double(a) * double(b);
        self.finish(product, || exact == f64::from(product), || is_tiny(exact))
    }

    pub(super) fn divide(&mut self, a: u32, b: u32) -> u32 {
        let (a, b) = (self.operand(a), self.operand(b));
        if is_nan(a) || is_nan(b) {
            return self.nan_of(&[a, b]);
        }
        let quotient = float(a) / float(b);
        if quotient.is_nan() {
            return self.invalid();
        }
        if float(a).is_infinite() || float(b).is_infinite() {
            return quotient.to_bits();
        }
        if float(b) == 0.0 {
            self.raise(DZC);
            return quotient.to_bits();
        }
        let exact = || f64::from(quotient) * double(b) == double(a);
        let limit = f64::from(f32::MIN_POSITIVE) * double(b).abs();
        self.finish(quotient, exact, || double(a).abs() < limit && double(a) != 0.0)
    }

    pub(super) fn root(&mut self, a: u32) -> u32 {
        let a = self.operand(a);
        if is_nan(a) {
            return self.nan_of(&[a]);
        }
        let root = float(a).sqrt();
        if root.is_nan() {
            return self.invalid();
        }
        if root.is_infinite() {
            return root.to_bits();
        }
        self.finish(root, || f64::from(root) * f64::from(root) == double(a), || false)
    }

    /// `addend + a * b`, rounded once.
    pub(super) fn fused(&mut self, addend: u32, a: u32, b: u32) -> u32 {
        let (addend, a, b) = (self.operand(addend), self.operand(a), self.operand(b));
        let meaningless = (float(a).is_infinite() && float(b) == 0.0) || (float(a) == 0.0 && float(b).is_infinite());
        if is_nan(addend) || is_nan(a) || is_nan(b) {
            // FPMulAdd: a quiet NaN as addend and a product without meaning give the default NaN.
            if is_nan(addend) && !is_signalling(addend) && meaningless {
                return self.invalid();
            }
            return self.nan_of(&[addend, a, b]);
        }
        let result = float(a).mul_add(float(b), float(addend));
        if result.is_nan() {
            return self.invalid();
        }
        if [a, b, addend].iter().any(|bits| float(*bits).is_infinite()) {
            return result.to_bits();
        }
        let (product, addend) = (double(a) * double(b), double(addend));
        let sum = product + addend;
        let exact = || sum_error_double(product, addend) == 0.0 && sum == f64::from(result);
        self.finish(result, exact, || is_tiny(sum))
    }

    /// VMAXNM and VMINNM: a number beats a quiet NaN, and -0 is below +0.
    pub(super) fn extreme(&mut self, a: u32, b: u32, most: bool) -> u32 {
        let (a, b) = (self.operand(a), self.operand(b));
        if is_signalling(a) || is_signalling(b) || (is_nan(a) && is_nan(b)) {
            return self.nan_of(&[a, b]);
        }
        if is_nan(a) || is_nan(b) {
            return if is_nan(a) { b } else { a };
        }
        // Bits of one sign are ordered as their numbers; of two negative ones the other way round.
        let key = |bits: u32| if bits & SIGN == 0 { i64::from(bits) } else { -1 - i64::from(bits & !SIGN) };
        if (key(a) > key(b)) == most { a } else { b }
    }

    /// N, Z, C and V of a comparison, in the lower four bits.
    pub(super) fn compare(&mut self, a: u32, b: u32, quiet: bool) -> u32 {
        let (a, b) = (self.operand(a), self.operand(b));
        if is_nan(a) || is_nan(b) {
            if !quiet || is_signalling(a) || is_signalling(b) {
                self.raise(IOC);
            }
            return 0b0011;
        }
        match float(a).partial_cmp(&float(b)) {
            Some(std::cmp::Ordering::Less) => 0b1000,
            Some(std::cmp::Ordering::Equal) => 0b0110,
            _ => 0b0010,
        }
    }

    /// VRINT: the nearest whole number, as a floating-point one.
    pub(super) fn round(&mut self, a: u32, round: Round) -> u32 {
        let a = self.operand(a);
        if is_nan(a) {
            return self.nan_of(&[a]);
        }
        let whole = nearest(double(a), round) as f32;
        if round == Round::Exact && whole != float(a) {
            self.raise(IXC);
        }
        whole.to_bits() | a & SIGN
    }

    /// A whole number with so many bits of fraction, as a floating-point one.
    pub(super) fn float_of(&mut self, value: u32, signed: bool, fraction: u32) -> u32 {
        let exact = if signed { f64::from(value as i32) } else { f64::from(value) } / (1_u64 << fraction) as f64;
        let result = exact as f32;
        if f64::from(result) != exact {
            self.raise(IXC);
        }
        result.to_bits()
    }

    /// The nearest whole number with so many bits of fraction that fits; NaN is zero.
    pub(super) fn whole_of(&mut self, a: u32, signed: bool, round: Round, fraction: u32, size: u32) -> u32 {
        let a = self.operand(a);
        if is_nan(a) {
            self.raise(IOC);
            return 0;
        }
        let scaled = double(a) * (1_u64 << fraction) as f64;
        let whole = nearest(scaled, round);
        let span = (1_i64 << size) as f64;
        let (least, most) = if signed { (-span / 2.0, span / 2.0 - 1.0) } else { (0.0, span - 1.0) };
        if whole < least || whole > most {
            self.raise(IOC);
            let limit = if whole < least { least } else { most };
            return limit as i64 as u32;
        }
        if whole != scaled {
            self.raise(IXC);
        }
        whole as i64 as u32
    }
}

/// Below the normal numbers, and not zero.
fn is_tiny(exact: f64) -> bool {
    exact != 0.0 && exact.abs() < f64::from(f32::MIN_POSITIVE)
}

fn nearest(value: f64, round: Round) -> f64 {
    match round {
        Round::Away => value.round(),
        Round::Even | Round::Mode | Round::Exact => value.round_ties_even(),
        Round::Up => value.ceil(),
        Round::Down => value.floor(),
        Round::Zero => value.trunc(),
    }
}

/// What rounding took from a sum in single precision.
fn sum_error(a: f64, b: f64, sum: f32) -> f64 {
    // The sum of two single numbers is exact in double precision unless their exponents are far apart.
    let wide = a + b;
    let lost = sum_error_double(a, b);
    (wide - f64::from(sum)) + lost
}

/// What rounding takes from a sum in double precision (Knuth's two-sum).
fn sum_error_double(a: f64, b: f64) -> f64 {
    let sum = a + b;
    let second = sum - a;
    (a - (sum - second)) + (b - second)
}
