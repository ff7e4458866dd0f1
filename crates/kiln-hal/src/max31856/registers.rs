//! The registers of the MAX31856, by the names of its datasheet.
//!
//! Register map, reset values and bit fields: MAX31856 datasheet, register memory map and register descriptions;
//! docs/hardware/max31856.md says which of them were recorded from a running kiln and which are still to be compared.
//! Knows what the bits mean, not when they are written.

use super::settings::{Averaging, Mains, ThermocoupleType};
use kiln_core::units::Celsius;

/// Added to an address to write the register instead of reading it.
pub const WRITE: u8 = 0x80;

/// How many registers there are.
pub const COUNT: usize = 16;

/// How many of them, from address 0, keep what is written to them.
pub const WRITABLE: usize = 10;

/// Declares each register once: its address, its value after power-up, and which of its bits read back as written.
macro_rules! registers {
    ($($(#[doc = $what:literal])+ $name:ident = $address:literal, reset $reset:literal, kept $kept:literal;)+) => {
        /// A register.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Register {
            $($(#[doc = $what])+ $name,)+
        }

        impl Register {
            /// Every register, in the order of its address.
            pub const ALL: [Self; COUNT] = [$(Self::$name),+];

            /// Its address for reading; [`WRITE`] is added for writing.
            pub const fn address(self) -> u8 {
                match self { $(Self::$name => $address,)+ }
            }

            /// Its value after power-up.
            pub const fn reset(self) -> u8 {
                match self { $(Self::$name => $reset,)+ }
            }

            /// The bits that read back as they were written; 0 for a register that only reads.
            pub const fn kept(self) -> u8 {
                match self { $(Self::$name => $kept,)+ }
            }
        }
    };
}

registers! {
    /// Configuration 0: conversion, open-circuit test, fault mode, notch.
    Cr0 = 0x00, reset 0x00, kept 0xBD;
    /// Configuration 1: averaging and thermocouple type. Bit 7 is reserved.
    Cr1 = 0x01, reset 0x03, kept 0x7F;
    /// Which faults pull the FAULT pin; a set bit keeps one away from it. SR shows them all. Bits 7 and 6 are reserved.
    Mask = 0x02, reset 0xFF, kept 0x3F;
    /// Cold-junction high threshold, 1 °C.
    Cjhf = 0x03, reset 0x7F, kept 0xFF;
    /// Cold-junction low threshold, 1 °C.
    Cjlf = 0x04, reset 0xC0, kept 0xFF;
    /// Thermocouple high threshold, 1/16 °C, upper byte.
    Lthfth = 0x05, reset 0x7F, kept 0xFF;
    /// Thermocouple high threshold, lower byte.
    Lthftl = 0x06, reset 0xFF, kept 0xFF;
    /// Thermocouple low threshold, 1/16 °C, upper byte.
    Ltlfth = 0x07, reset 0x80, kept 0xFF;
    /// Thermocouple low threshold, lower byte.
    Ltlftl = 0x08, reset 0x00, kept 0xFF;
    /// Cold-junction offset, 1/16 °C.
    Cjto = 0x09, reset 0x00, kept 0xFF;
    /// Cold-junction temperature, upper byte. Writable only with the chip's own sensor disabled.
    Cjth = 0x0A, reset 0x00, kept 0x00;
    /// Cold-junction temperature, lower byte.
    Cjtl = 0x0B, reset 0x00, kept 0x00;
    /// Linearised thermocouple temperature, upper byte.
    Ltcbh = 0x0C, reset 0x00, kept 0x00;
    /// Linearised thermocouple temperature, middle byte.
    Ltcbm = 0x0D, reset 0x00, kept 0x00;
    /// Linearised thermocouple temperature, lower byte; its lower five bits carry nothing.
    Ltcbl = 0x0E, reset 0x00, kept 0x00;
    /// Fault status; see [`Flag`](super::Flag).
    Sr = 0x0F, reset 0x00, kept 0x00;
}

/// A value of CR0.
///
/// Always with the open-circuit test for sources under 5 kΩ (a thermocouple in a kiln), the chip's own cold junction,
/// and faults that end when their cause does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cr0(u8);

impl Cr0 {
    /// Bit 7: a conversion after the other, by itself.
    pub const AUTO_CONVERT: u8 = 0x80;
    /// Bit 6: one conversion; clears itself.
    pub const ONE_SHOT: u8 = 0x40;
    /// Bits 5 and 4: open-circuit test, sources under 5 kΩ.
    pub const OPEN_CIRCUIT_TEST: u8 = 0x10;
    /// Bit 3: the chip's cold-junction sensor is off.
    pub const COLD_JUNCTION_OFF: u8 = 0x08;
    /// Bit 2: faults stay until cleared.
    pub const FAULTS_STAY: u8 = 0x04;
    /// Bit 1: clears faults; clears itself.
    pub const CLEAR_FAULTS: u8 = 0x02;
    /// Bit 0: the notch is at 50 Hz; at 60 Hz otherwise.
    pub const NOTCH_50_HZ: u8 = 0x01;

    /// Not converting, notch at 60 Hz. The notch may only be moved while not converting.
    pub const STOPPED: Self = Self(Self::OPEN_CIRCUIT_TEST);

    /// The same with the notch at `mains`.
    pub const fn with_notch(self, mains: Mains) -> Self {
        match mains {
            Mains::Hz50 => Self(self.0 | Self::NOTCH_50_HZ),
            Mains::Hz60 => Self(self.0 & !Self::NOTCH_50_HZ),
        }
    }

    /// The same, converting without end.
    pub const fn converting(self) -> Self {
        Self(self.0 & !Self::ONE_SHOT | Self::AUTO_CONVERT)
    }

    /// The value of the register.
    pub const fn bits(self) -> u8 {
        self.0
    }
}

/// A value of CR1. Keeps the reserved bit as it was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cr1(u8);

impl Cr1 {
    /// The value found in the register.
    pub const fn found(bits: u8) -> Self {
        Self(bits)
    }

    /// The same with another thermocouple.
    pub const fn with_type(self, kind: ThermocoupleType) -> Self {
        Self(self.0 & 0xF0 | kind.code())
    }

    /// The same with another averaging. It may only be changed while not converting.
    pub const fn with_averaging(self, averaging: Averaging) -> Self {
        Self(self.0 & 0x8F | averaging.bits())
    }

    /// The value of the register.
    pub const fn bits(self) -> u8 {
        self.0
    }
}

/// What becomes of the five bits of LTCBL that carry nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SpareBits {
    /// They are left out: 19 bits, 2^-7 °C each. The datasheet's reading, and the driver's.
    Masked,
    /// They are taken as a fraction of 2^-12 °C, as some drivers do.
    Counted,
}

/// The thermocouple temperature in LTCBH, LTCBM and LTCBL: two's complement, 2^-12 °C over all 24 bits.
///
/// ```
/// use kiln_hal::max31856::{SpareBits, thermocouple_temperature};
/// // 0x190 in 1/16 °C is 25 °C; the five spare bits are set.
/// let bytes = [0x01, 0x90, 0x1F];
/// assert_eq!(thermocouple_temperature(bytes, SpareBits::Masked).get(), 25.0);
/// assert_eq!(thermocouple_temperature([0xFF, 0xFF, 0xE0], SpareBits::Masked).get(), -0.0078125);
/// ```
pub const fn thermocouple_temperature(bytes: [u8; 3], spare: SpareBits) -> Celsius {
    let [high, middle, low] = bytes;
    let low = match spare {
        SpareBits::Masked => low & 0xE0,
        SpareBits::Counted => low,
    };
    // The sign is in the top byte: placed at the top of 32 bits and shifted back down, it fills what is above it.
    Celsius::in_4096ths(i32::from_be_bytes([high, middle, low, 0]) >> 8)
}

/// The cold-junction temperature in CJTH and CJTL: two's complement, 2^-8 °C over all 16 bits.
pub const fn cold_junction_temperature(bytes: [u8; 2]) -> Celsius {
    let [high, low] = bytes;
    Celsius::in_4096ths(i32::from_be_bytes([high, low, 0, 0]) >> 12)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_run_from_0_without_a_gap() {
        for (address, register) in (0u8..).zip(Register::ALL) {
            assert_eq!(register.address(), address, "{register:?}");
            assert_eq!(register.kept() != 0, usize::from(address) < WRITABLE, "{register:?}");
        }
    }

    #[test]
    fn configuration_registers_change_only_what_they_name() {
        for found in 0..=u8::MAX {
            for kind in ThermocoupleType::ALL {
                for averaging in Averaging::ALL {
                    let bits = Cr1::found(found).with_type(kind).with_averaging(averaging).bits();
                    assert_eq!((bits & 0x80, bits & 0x0F), (found & 0x80, kind.code()));
                    assert_eq!(1 << (bits >> 4 & 7), averaging.samples());
                }
            }
        }
        assert_eq!(Cr0::STOPPED.with_notch(Mains::Hz50).with_notch(Mains::Hz60), Cr0::STOPPED);
        assert_eq!(Cr0::STOPPED.with_notch(Mains::Hz50).converting().bits(), 0x91);
    }

    #[test]
    fn temperatures_of_the_datasheet() {
        // MAX31856 datasheet, the data formats of LTCBH:LTCBM:LTCBL and CJTH:CJTL.
        let hot = [
            ([0x64, 0x00, 0x00], 1600.0),
            ([0x3E, 0x80, 0x00], 1000.0),
            ([0x06, 0x4F, 0x00], 100.9375),
            ([0x01, 0x90, 0x00], 25.0),
            ([0x00, 0x01, 0x00], 0.0625),
            ([0x00, 0x00, 0x00], 0.0),
            ([0xFF, 0xFF, 0x00], -0.0625),
            ([0xFF, 0xF0, 0x00], -1.0),
            ([0xF0, 0x60, 0x00], -250.0),
            ([0x7F, 0xFF, 0xFF], 2_047.992_187_5),
            ([0x80, 0x00, 0x1F], -2048.0),
        ];
        for (bytes, celsius) in hot {
            assert_eq!(Some(thermocouple_temperature(bytes, SpareBits::Masked)), Celsius::new(celsius), "{bytes:?}");
        }
        let cold =
            [([0x7F, 0xFC], 127.984_375), ([0x19, 0x00], 25.0), ([0x00, 0x04], 0.015_625), ([0xC9, 0x00], -55.0)];
        for (bytes, celsius) in cold {
            assert_eq!(Some(cold_junction_temperature(bytes)), Celsius::new(celsius), "{bytes:?}");
        }
    }
}
