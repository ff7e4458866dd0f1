//! A MAX31856 as it looks from its pins (Maxim datasheet 19-7534, rev 1).
//!
//! A transfer begins with an address when CS falls; addresses count up. A conversion takes its time, and its result
//! appears all at once at its end.

/// Registers.
const COUNT: usize = 16;
/// Register addresses.
const CR0: usize = 0x00;
const CR1: usize = 0x01;
const CJTO: usize = 0x09;
const CJTH: usize = 0x0A;
const LTCBH: usize = 0x0C;
const SR: usize = 0x0F;
/// Bits of CR0.
const AUTO: u8 = 1 << 7;
const ONE_SHOT: u8 = 1 << 6;
const COLD_OFF: u8 = 1 << 3;
const LATCHING: u8 = 1 << 2;
const CLEAR: u8 = 1 << 1;
const HZ50: u8 = 1;
/// After power came (datasheet, table 6).
const RESET: [u8; COUNT] = [0, 0x03, 0xFF, 0x7F, 0xC0, 0x7F, 0xFF, 0x80, 0, 0, 0, 0, 0, 0, 0, 0];

/// The chip.
#[derive(Clone, Debug)]
pub struct Max31856 {
    registers: [u8; COUNT],
    /// The transfer that runs: the address comes first.
    cursor: Option<u8>,
    selected: bool,
    /// When the running conversion ends, µs.
    ends_us: Option<u64>,
    /// What the next conversion finds: 19 bits of 2^-7 °C.
    pub code: i32,
    /// What it finds at its terminals, 2^-6 °C, 14 bits.
    pub cold: i16,
    /// What is wrong at its terminals: bits of SR.
    pub faults: u8,
    /// A conversion takes no time: every look sees what is so, as with kiln-hal's fake chip.
    pub at_once: bool,
    /// It is not there: nothing drives the data line.
    pub absent: bool,
    /// Conversions that have ended.
    pub conversions: u64,
}

impl Max31856 {
    /// After power came, in a room of 20 °C.
    pub fn new() -> Self {
        Self {
            registers: RESET,
            cursor: None,
            selected: false,
            ends_us: None,
            code: 20 * 128,
            cold: 20 * 64,
            faults: 0,
            at_once: false,
            absent: false,
            conversions: 0,
        }
    }

    /// Typical time of a conversion, µs (datasheet, "Conversion time"): the first one, or one more of a running series.
    fn conversion_us(&self, first: bool) -> u64 {
        let fifty = self.registers[CR0] & HZ50 != 0;
        let averaged = 1_u64 << (self.registers[CR1] >> 4 & 7).min(4);
        let (one, next, more) = if fifty { (169_000, 98_000, 40_000) } else { (143_000, 82_000, 33_330) };
        (if first { one } else { next }) + (averaged - 1) * more
    }

    /// CS.
    pub fn select(&mut self, selected: bool, now_us: u64) {
        self.settle(now_us);
        self.selected = selected;
        self.cursor = None;
    }

    /// Whether it drives the data line.
    pub const fn answers(&self) -> bool {
        self.selected && !self.absent
    }

    /// Lets conversions end whose time has come.
    fn settle(&mut self, now_us: u64) {
        if self.at_once && self.ends_us.is_some() {
            self.finish();
            self.ends_us = (self.registers[CR0] & AUTO != 0).then_some(now_us);
            return;
        }
        while let Some(ends) = self.ends_us.filter(|ends| *ends <= now_us) {
            self.finish();
            self.ends_us = (self.registers[CR0] & AUTO != 0).then(|| ends + self.conversion_us(false));
        }
    }

    fn finish(&mut self) {
        self.conversions += 1;
        self.registers[CR0] &= !ONE_SHOT;
        if self.registers[CR0] & COLD_OFF == 0 {
            // The offset has units of 2^-4 °C.
            let offset = i16::from(self.registers[CJTO] as i8) * 4;
            let cold = (self.cold + offset).clamp(-0x2000, 0x1FFF) << 2;
            self.registers[CJTH..CJTH + 2].copy_from_slice(&cold.to_be_bytes());
        }
        let code = self.code.clamp(-0x4_0000, 0x3_FFFF) << 13;
        self.registers[LTCBH..LTCBH + 3].copy_from_slice(&code.to_be_bytes()[..3]);
        let kept = if self.registers[CR0] & LATCHING == 0 { 0 } else { self.registers[SR] };
        self.registers[SR] = kept | self.faults;
    }

    fn write(&mut self, at: usize, value: u8, now_us: u64) {
        match at {
            CR0 => {
                let before = self.registers[CR0];
                if value & CLEAR != 0 && value & LATCHING != 0 {
                    self.registers[SR] = 0;
                }
                self.registers[CR0] = value & !CLEAR;
                if value & AUTO == 0 && value & ONE_SHOT == 0 {
                    self.ends_us = None;
                } else if (value & AUTO != 0 && before & AUTO == 0) || (value & ONE_SHOT != 0 && value & AUTO == 0) {
                    self.ends_us = Some(now_us + self.conversion_us(true));
                }
            }
            1..CJTH => self.registers[at] = value,
            CJTH | 0x0B if self.registers[CR0] & COLD_OFF != 0 => self.registers[at] = value,
            // What only reads.
            _ => {}
        }
    }

    /// Eight clocks: a byte in, a byte out.
    pub fn exchange(&mut self, byte: u8, now_us: u64) -> u8 {
        self.settle(now_us);
        let Some(cursor) = self.cursor else {
            self.cursor = Some(byte);
            return 0xFF;
        };
        let at = usize::from(cursor & 0x0F);
        let out = if cursor & 0x80 == 0 {
            self.registers[at]
        } else {
            self.write(at, byte, now_us);
            0xFF
        };
        self.cursor = Some(cursor & 0x80 | (cursor + 1) & 0x0F);
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn transfer(chip: &mut Max31856, bytes: &[u8], now_us: u64) -> Vec<u8> {
        chip.select(true, now_us);
        let answer = bytes.iter().map(|byte| chip.exchange(*byte, now_us)).collect();
        chip.select(false, now_us);
        answer
    }

    #[test]
    fn a_measurement_appears_when_its_conversion_has_ended() {
        let mut chip = Max31856::new();
        chip.code = 1000 * 128;
        transfer(&mut chip, &[0x80, AUTO | HZ50], 0);
        assert_eq!(transfer(&mut chip, &[0x0C, 0, 0, 0], 168_999)[1..], [0, 0, 0]);
        assert_eq!(transfer(&mut chip, &[0x0C, 0, 0, 0], 169_000)[1..], [0x3E, 0x80, 0x00]);
        chip.code = -128;
        chip.faults = 1;
        assert_eq!(transfer(&mut chip, &[0x0C, 0, 0, 0, 0], 267_000)[1..], [0xFF, 0xF0, 0x00, 0x01]);
    }

    #[test]
    fn one_shot_measures_once() {
        let mut chip = Max31856::new();
        transfer(&mut chip, &[0x80, ONE_SHOT], 0);
        assert_eq!(transfer(&mut chip, &[0x00, 0], 100_000)[1], ONE_SHOT);
        assert_eq!(transfer(&mut chip, &[0x00, 0], 143_000)[1], 0);
        transfer(&mut chip, &[0x00, 0], 900_000);
        assert_eq!(chip.conversions, 1);
    }

    #[test]
    fn what_only_reads_cannot_be_written() {
        let mut chip = Max31856::new();
        transfer(&mut chip, &[0x8C, 1, 2, 3, 4], 0);
        assert_eq!(transfer(&mut chip, &[0x0C, 0, 0, 0, 0], 0)[1..], [0, 0, 0, 0]);
        transfer(&mut chip, &[0x82, 0x55, 0x66], 0);
        assert_eq!(transfer(&mut chip, &[0x02, 0, 0], 0)[1..], [0x55, 0x66]);
    }
}
