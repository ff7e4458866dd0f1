//! One reading of the thermocouple: fresh, stamped, or a stated problem.
//!
//! An old reading is a worse reading: [`worst_case`] says how hot the kiln could be by now.

use crate::limits;
use crate::units::{Celsius, Instant, Kelvin};

/// The fault bits of the MAX31856's SR register (datasheet table 6, register 0x0F).
///
/// A set bit is a fault. Never empty: no bits set is not a fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChipFault(u8);

impl ChipFault {
    /// Bit 0: the thermocouple is open.
    pub const OPEN: u8 = 0x01;
    /// Bit 1: an input is above the supply or below ground.
    pub const VOLTAGE: u8 = 0x02;
    /// Bit 2: the thermocouple is below its low threshold.
    pub const LOW: u8 = 0x04;
    /// Bit 3: the thermocouple is above its high threshold.
    pub const HIGH: u8 = 0x08;
    /// Bit 4: the cold junction is below its low threshold.
    pub const COLD_JUNCTION_LOW: u8 = 0x10;
    /// Bit 5: the cold junction is above its high threshold.
    pub const COLD_JUNCTION_HIGH: u8 = 0x20;
    /// Bit 6: the thermocouple is outside the range of its type.
    pub const RANGE: u8 = 0x40;
    /// Bit 7: the cold junction is outside the chip's range.
    pub const COLD_JUNCTION_RANGE: u8 = 0x80;

    /// Takes the register; `None` when no bit is set.
    pub const fn from_bits(bits: u8) -> Option<Self> {
        if bits == 0 { None } else { Some(Self(bits)) }
    }

    /// The bits, as in the register.
    pub const fn bits(self) -> u8 {
        self.0
    }
}

/// Why there is no temperature.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Problem {
    /// The bus did not answer.
    Bus,
    /// The chip reports a fault.
    Chip(ChipFault),
    /// The raw value is not one a thermocouple gives.
    OutOfRange(Celsius),
    /// The chip did not keep the settings written to it: the register that read back wrong.
    Setup(u8),
    /// The first measurement after a set-up is still going on.
    Converting,
}

/// What one read of the chip gave.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sample {
    /// The linearised thermocouple temperature, before any calibration offset.
    pub raw: Celsius,
    /// The temperature of the terminals, if the chip tells it.
    pub cold_junction: Option<Celsius>,
    /// The least difference between two temperatures that the chip can tell.
    pub step: Kelvin,
}

impl Sample {
    /// The step of a MAX31856: 2⁻⁷ K (datasheet 19-7534, linearised thermocouple temperature registers).
    pub const FINE: Kelvin = Kelvin::in_4096ths(32);
}

/// A conditioned temperature with its stamp.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reading {
    /// The conditioned temperature.
    pub temperature: Celsius,
    /// When the sample it rests on was taken.
    pub taken: Instant,
    /// Counts good samples since power-up; a reading with the same number is the same reading.
    pub sequence: u32,
}

/// How hot a kiln could be at `now` if its last known temperature is `reading`: ignorance heats up.
pub fn worst_case(reading: &Reading, now: Instant) -> Celsius {
    reading.temperature + limits::RISE_STEEPEST.over(now.since(reading.taken))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::Millis;

    #[test]
    fn ignorance_heats_up() {
        let taken = Instant::from_millis(u64::MAX - 4000);
        let reading = Reading { temperature: Celsius::whole(900), taken, sequence: 1 };
        for (age, worst) in [(0, 900.0), (1000, 903.0), (4000, 912.0)] {
            assert!((worst_case(&reading, taken + Millis::new(age)).get() - worst).abs() < 1e-9);
        }
    }
}
