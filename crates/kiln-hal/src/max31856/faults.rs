//! The fault bits of SR, one by one.
//!
//! Says what each bit means and which are set. How bad that is, others decide.

use kiln_core::sensor::ChipFault;

/// One bit of SR.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flag {
    /// Bit 7: the cold junction is outside -55 to 125 °C.
    ColdJunctionRange,
    /// Bit 6: the thermocouple is outside the range of its type.
    Range,
    /// Bit 5: the cold junction is above its high threshold.
    ColdJunctionHigh,
    /// Bit 4: the cold junction is below its low threshold.
    ColdJunctionLow,
    /// Bit 3: the thermocouple is above its high threshold.
    High,
    /// Bit 2: the thermocouple is below its low threshold.
    Low,
    /// Bit 1: an input is above the supply or below ground.
    Voltage,
    /// Bit 0: the thermocouple is open.
    Open,
}

impl Flag {
    /// Every flag, highest bit first.
    pub const ALL: [Self; 8] = [
        Self::ColdJunctionRange,
        Self::Range,
        Self::ColdJunctionHigh,
        Self::ColdJunctionLow,
        Self::High,
        Self::Low,
        Self::Voltage,
        Self::Open,
    ];

    /// Its bit in SR.
    pub const fn mask(self) -> u8 {
        match self {
            Self::ColdJunctionRange => ChipFault::COLD_JUNCTION_RANGE,
            Self::Range => ChipFault::RANGE,
            Self::ColdJunctionHigh => ChipFault::COLD_JUNCTION_HIGH,
            Self::ColdJunctionLow => ChipFault::COLD_JUNCTION_LOW,
            Self::High => ChipFault::HIGH,
            Self::Low => ChipFault::LOW,
            Self::Voltage => ChipFault::VOLTAGE,
            Self::Open => ChipFault::OPEN,
        }
    }
}

/// The flags set in a fault, highest bit first. Never none.
pub fn flags(fault: ChipFault) -> impl Iterator<Item = Flag> {
    Flag::ALL.into_iter().filter(move |flag| fault.bits() & flag.mask() != 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pattern_is_the_sum_of_its_flags() {
        assert_eq!(ChipFault::from_bits(0), None);
        for bits in 1..=u8::MAX {
            let fault = ChipFault::from_bits(bits).unwrap();
            assert_eq!(flags(fault).map(Flag::mask).sum::<u8>(), bits);
        }
        assert_eq!(Flag::ALL.map(Flag::mask), [128, 64, 32, 16, 8, 4, 2, 1]);
    }
}
