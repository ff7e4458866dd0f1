//! Which heating relays, as one small value.

use crate::limits;

/// A set of heating relays; relay 0 is bit 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Hash)]
pub struct RelaySet(u16);

impl RelaySet {
    /// No relay.
    pub const NONE: Self = Self(0);

    /// Every relay there can be.
    const EVERY: u16 = (1 << limits::RELAYS_MOST) - 1;

    /// The relays whose bits are set; bits beyond [`limits::RELAYS_MOST`] name none.
    pub const fn from_bits(bits: u16) -> Self {
        Self(bits & Self::EVERY)
    }

    /// One bit for each relay.
    pub const fn bits(self) -> u16 {
        self.0
    }

    /// The first `count` relays.
    pub const fn first(count: usize) -> Self {
        let mut bits = 0;
        let mut n = 0;
        while n < count && n < limits::RELAYS_MOST {
            bits |= 1 << n;
            n += 1;
        }
        Self(bits)
    }

    /// Whether a relay is in the set.
    pub const fn is_on(self, relay: usize) -> bool {
        self.0 & Self::NONE.with(relay, true).0 != 0
    }

    /// Whether any relay is in the set.
    pub const fn any(self) -> bool {
        self.0 != 0
    }

    /// How many relays are in the set.
    pub const fn count(self) -> u32 {
        self.0.count_ones()
    }

    /// The set with one relay put in or taken out; a relay there cannot be changes nothing.
    pub const fn with(self, relay: usize, on: bool) -> Self {
        if relay >= limits::RELAYS_MOST {
            self
        } else if on {
            Self(self.0 | 1 << relay)
        } else {
            Self(self.0 & !(1 << relay))
        }
    }
}

const _: () = assert!(limits::RELAYS_MOST <= 16, "a set of relays fits its bits");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_relays_there_can_be() {
        assert_eq!(RelaySet::from_bits(u16::MAX), RelaySet::first(99));
        assert_eq!(RelaySet::NONE.with(16, true), RelaySet::NONE);
        assert_eq!(RelaySet::first(3).with(1, false).bits(), 0b101);
        assert_eq!(RelaySet::first(3).with(1, true), RelaySet::first(3));
        assert!(RelaySet::first(1).any() && !RelaySet::NONE.any());
        assert!(RelaySet::first(3).is_on(2) && !RelaySet::first(3).is_on(3) && !RelaySet::first(3).is_on(99));
    }
}
