//! What can be chosen: thermocouple, mains hum, averaging; and how long a measurement then takes.
//!
//! Refuses what the chip does not offer. Knows codes and times, not when they are written or waited for.

use core::fmt;
use kiln_core::limits;
use kiln_core::units::Millis;

/// What a kiln's thermocouple needs of the chip.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Config {
    /// What is connected.
    pub kind: ThermocoupleType,
    /// The hum to filter out.
    pub mains: Mains,
    /// Samples averaged per conversion.
    pub averaging: Averaging,
}

impl Config {
    /// The longest the first conversion takes after [`setup`](crate::board::Thermocouple::setup).
    ///
    /// 155 ms and 33.4 ms a further sample with the notch at 60 Hz, 185 ms and 40 ms at 50 Hz. From memory of the
    /// datasheet (conversion time, averaging); docs/hardware/max31856.md lists it among what is to be compared.
    pub const fn first_conversion(self) -> Millis {
        match self.mains {
            Mains::Hz60 => self.conversion(155, 34),
            Mains::Hz50 => self.conversion(185, 40),
        }
    }

    /// The longest a further conversion takes: a reading is at most this much older than it seems.
    ///
    /// 90 ms and 16.7 ms a further sample with the notch at 60 Hz, 110 ms and 20 ms at 50 Hz; from memory as above.
    pub const fn further_conversion(self) -> Millis {
        match self.mains {
            Mains::Hz60 => self.conversion(90, 17),
            Mains::Hz50 => self.conversion(110, 20),
        }
    }

    const fn conversion(self, first: u64, each_further: u64) -> Millis {
        let further = match self.averaging {
            Averaging::Samples1 => 0,
            Averaging::Samples2 => 1,
            Averaging::Samples4 => 3,
            Averaging::Samples8 => 7,
            Averaging::Samples16 => 15,
        };
        Millis::new(first + further * each_further)
    }
}

const SLOWEST: Config = Config { kind: ThermocoupleType::K, mains: Mains::Hz50, averaging: Averaging::Samples16 };
const _: () = assert!(SLOWEST.further_conversion().get() < limits::TICK.get(), "every tick sees a new conversion");
const _: () = assert!(
    SLOWEST.first_conversion().get() < limits::READING_STALE_AFTER.get(),
    "a chip can be set up again before its last reading is stale"
);

/// A setting the chip does not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotOffered(pub u8);

impl fmt::Display for NotOffered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the MAX31856 does not offer {}", self.0)
    }
}

impl core::error::Error for NotOffered {}

/// The thermocouple type, CR1 bits 3 to 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ThermocoupleType {
    /// Platinum-30 % rhodium / platinum-6 % rhodium.
    B,
    /// Chromel / constantan.
    E,
    /// Iron / constantan.
    J,
    /// Chromel / alumel; most kilns.
    K,
    /// Nicrosil / nisil.
    N,
    /// Platinum / platinum-13 % rhodium.
    R,
    /// Platinum / platinum-10 % rhodium.
    S,
    /// Copper / constantan.
    T,
    /// No thermocouple: a voltage, amplified 8 times. The chip gives no temperature.
    VoltageGain8,
    /// No thermocouple: a voltage, amplified 32 times. The chip gives no temperature.
    VoltageGain32,
}

impl ThermocoupleType {
    /// Every type, in the order of its code.
    pub const ALL: [Self; 10] = [
        Self::B,
        Self::E,
        Self::J,
        Self::K,
        Self::N,
        Self::R,
        Self::S,
        Self::T,
        Self::VoltageGain8,
        Self::VoltageGain32,
    ];

    /// The code in CR1.
    pub const fn code(self) -> u8 {
        match self {
            Self::B => 0,
            Self::E => 1,
            Self::J => 2,
            Self::K => 3,
            Self::N => 4,
            Self::R => 5,
            Self::S => 6,
            Self::T => 7,
            Self::VoltageGain8 => 8,
            Self::VoltageGain32 => 12,
        }
    }

    /// Whether the chip gives a temperature with it, rather than a voltage.
    pub const fn gives_temperature(self) -> bool {
        !matches!(self, Self::VoltageGain8 | Self::VoltageGain32)
    }
}

impl TryFrom<u8> for ThermocoupleType {
    type Error = NotOffered;

    /// Takes the code in CR1. The chip knows other codes for the voltage modes; one name for each thing is enough.
    fn try_from(code: u8) -> Result<Self, NotOffered> {
        Self::ALL.into_iter().find(|kind| kind.code() == code).ok_or(NotOffered(code))
    }
}

/// The mains frequency whose hum is filtered out, CR0 bit 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mains {
    /// 50 Hz and its harmonics.
    Hz50,
    /// 60 Hz and its harmonics.
    Hz60,
}

impl TryFrom<u8> for Mains {
    type Error = NotOffered;

    /// Takes the frequency in Hz.
    fn try_from(hertz: u8) -> Result<Self, NotOffered> {
        match hertz {
            50 => Ok(Self::Hz50),
            60 => Ok(Self::Hz60),
            other => Err(NotOffered(other)),
        }
    }
}

/// How many samples the chip averages for one conversion, CR1 bits 6 to 4.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Averaging {
    /// None.
    Samples1,
    /// Two.
    Samples2,
    /// Four.
    Samples4,
    /// Eight.
    Samples8,
    /// Sixteen.
    Samples16,
}

impl Averaging {
    /// Every choice, fewest samples first.
    pub const ALL: [Self; 5] = [Self::Samples1, Self::Samples2, Self::Samples4, Self::Samples8, Self::Samples16];

    /// The number of samples.
    pub const fn samples(self) -> u8 {
        match self {
            Self::Samples1 => 1,
            Self::Samples2 => 2,
            Self::Samples4 => 4,
            Self::Samples8 => 8,
            Self::Samples16 => 16,
        }
    }

    /// The code in CR1, in place.
    pub(super) const fn bits(self) -> u8 {
        match self {
            Self::Samples1 => 0x00,
            Self::Samples2 => 0x10,
            Self::Samples4 => 0x20,
            Self::Samples8 => 0x30,
            Self::Samples16 => 0x40,
        }
    }
}

impl TryFrom<u8> for Averaging {
    type Error = NotOffered;

    /// Takes the number of samples.
    fn try_from(samples: u8) -> Result<Self, NotOffered> {
        Self::ALL.into_iter().find(|choice| choice.samples() == samples).ok_or(NotOffered(samples))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_chip_does_not_offer_is_refused() {
        for value in 0..=u8::MAX {
            let code = ThermocoupleType::try_from(value).map(ThermocoupleType::code);
            assert_eq!(code, if value < 9 || value == 12 { Ok(value) } else { Err(NotOffered(value)) });
            let samples = Averaging::try_from(value).map(Averaging::samples);
            assert_eq!(samples, if [1, 2, 4, 8, 16].contains(&value) { Ok(value) } else { Err(NotOffered(value)) });
            assert_eq!(Mains::try_from(value).is_ok(), value == 50 || value == 60);
        }
    }
}
