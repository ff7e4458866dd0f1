//! Sums, shifts and saturation, as the manual's pseudocode defines them.

use super::insn::Shift;

/// A sum with its carry and overflow (AddWithCarry).
#[inline]
pub(super) const fn add_with_carry(a: u32, b: u32, carry: bool) -> (u32, bool, bool) {
    let (sum, first) = a.overflowing_add(b);
    let (sum, second) = sum.overflowing_add(carry as u32);
    let overflow = (a ^ sum) & (b ^ sum) & 0x8000_0000 != 0;
    (sum, first || second, overflow)
}

/// A shift by 0 to 255 with its carry out (Shift_C).
#[inline]
pub(super) const fn shift(value: u32, kind: Shift, by: u32, carry: bool) -> (u32, bool) {
    if by == 0 && !matches!(kind, Shift::Rrx) {
        return (value, carry);
    }
    match kind {
        Shift::Lsl if by < 32 => (value << by, value >> (32 - by) & 1 != 0),
        Shift::Lsl => (0, by == 32 && value & 1 != 0),
        Shift::Lsr if by < 32 => (value >> by, value >> (by - 1) & 1 != 0),
        Shift::Lsr => (0, by == 32 && value >> 31 != 0),
        Shift::Asr if by < 32 => ((value as i32 >> by) as u32, (value as i32 >> (by - 1)) & 1 != 0),
        Shift::Asr => ((value as i32 >> 31) as u32, value >> 31 != 0),
        Shift::Ror => {
            let turned = value.rotate_right(by & 31);
            (turned, turned >> 31 != 0)
        }
        Shift::Rrx => ((carry as u32) << 31 | value >> 1, value & 1 != 0),
    }
}

/// The nearest value in so many bits with sign, and whether that is another one.
pub(super) const fn saturate_signed(value: i64, bits: u32) -> (i64, bool) {
    let (least, most) = (-(1_i64 << (bits - 1)), (1_i64 << (bits - 1)) - 1);
    if value < least {
        (least, true)
    } else if value > most {
        (most, true)
    } else {
        (value, false)
    }
}

/// The nearest value in so many bits without sign, and whether that is another one.
pub(super) const fn saturate_unsigned(value: i64, bits: u32) -> (i64, bool) {
    let most = (1_i64 << bits) - 1;
    if value < 0 {
        (0, true)
    } else if value > most {
        (most, true)
    } else {
        (value, false)
    }
}

/// The half word `top` of a word, with its sign.
pub(super) const fn half(word: u32, top: bool) -> i64 {
    (if top { (word >> 16) as i16 } else { word as i16 }) as i64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_carry_and_overflow() {
        assert_eq!(add_with_carry(u32::MAX, 0, true), (0, true, false));
        assert_eq!(add_with_carry(0x7FFF_FFFF, 1, false), (0x8000_0000, false, true));
        assert_eq!(add_with_carry(5, !5, true), (0, true, false));
    }

    #[test]
    fn shifts_by_a_whole_word_and_more() {
        assert_eq!(shift(1, Shift::Lsl, 32, false), (0, true));
        assert_eq!(shift(1, Shift::Lsl, 33, true), (0, false));
        assert_eq!(shift(0x8000_0000, Shift::Lsr, 32, false), (0, true));
        assert_eq!(shift(0x8000_0000, Shift::Asr, 200, false), (u32::MAX, true));
        assert_eq!(shift(0x8000_0000, Shift::Ror, 32, false), (0x8000_0000, true));
    }
}
