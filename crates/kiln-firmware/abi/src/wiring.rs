//! How the kiln is wired: what the application read from its configuration and control must know before it touches a pin.
//!
//! Told once after the start; a change counts from the next start on, as the configuration says. Until it has been told,
//! control drives no relay and believes no thermocouple. Six words: a mark and switches, ten pins, the sensor, the sum.

use crate::crc::Crc;
use crate::pins::{RELAY_FIRST, RELAYS};
use core::sync::atomic::{AtomicU32, Ordering};
use kiln_hal::max31856::{Averaging, Config, Mains, ThermocoupleType};

/// How many words it crosses as.
pub const WORDS: usize = 6;
const MAGIC: u32 = 0x5752_0000;
/// In place of a pin: no relay.
const NO_PIN: u32 = 0xF;
const PLACES: usize = 10;

/// How the kiln is wired.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the configuration, independent of the others")]
pub struct Wiring {
    relays: [Option<u8>; PLACES],
    /// The thermocouple, and what its chip is to filter out.
    pub sensor: Config,
    /// Whether there is a safety contactor.
    pub contactor: bool,
    /// Whether there is a second thermocouple, of the same type, in the chamber.
    pub second: bool,
    /// Whether the current of the elements is sensed.
    pub current: bool,
    /// Whether a switch knows if the lid is open.
    pub lid: bool,
    /// Whether there is an emergency-stop loop.
    pub stop_loop: bool,
}

impl Wiring {
    /// One relay on GPIO15 and a thermocouple of type K at 60 Hz; nothing else is fitted.
    pub const DELIVERED: Self = Self {
        relays: [Some(15), None, None, None, None, None, None, None, None, None],
        sensor: Config { kind: ThermocoupleType::K, mains: Mains::Hz60, averaging: Averaging::Samples8 },
        contactor: false,
        second: false,
        current: false,
        lid: false,
        stop_loop: false,
    };

    /// The same with relays on these pins, in the order they switch. `None` when a pin cannot drive a relay or is there
    /// twice, or when there are too many.
    #[must_use]
    pub fn with_relays(self, pins: &[u8]) -> Option<Self> {
        let mut relays = [None; PLACES];
        for (index, pin) in pins.iter().enumerate() {
            let fits = (RELAY_FIRST..RELAY_FIRST + RELAYS).contains(pin);
            let twice = pins.iter().take(index).any(|other| other == pin);
            if !fits || twice {
                return None;
            }
            *relays.get_mut(index)? = Some(*pin);
        }
        Some(Self { relays, ..self })
    }

    /// The pins of the relays, relay 0 first.
    pub fn relays(&self) -> impl Iterator<Item = u8> + '_ {
        self.relays.iter().map_while(|pin| *pin)
    }

    /// As words, with their sum.
    pub fn to_words(&self) -> [u32; WORDS] {
        let Self { relays, sensor, contactor, second, current, lid, stop_loop } = self;
        let switches = [contactor, second, current, lid, stop_loop];
        let flags = (0..).zip(switches).fold(0, |bits, (place, on)| bits | u32::from(*on) << place);
        let place = |pin: &Option<u8>| pin.map_or(NO_PIN, |pin| u32::from(pin.wrapping_sub(RELAY_FIRST)) & NO_PIN);
        let pack = |pins: &[Option<u8>]| pins.iter().fold(0, |bits, pin| bits << 4 | place(pin));
        let (first, rest) = relays.split_at(PLACES / 2);
        let mains = match sensor.mains {
            Mains::Hz50 => 50,
            Mains::Hz60 => 60,
        };
        let sensor = u32::from_le_bytes([sensor.kind.code(), mains, sensor.averaging.samples(), 0]);
        summed([MAGIC | flags, pack(first), pack(rest), sensor, 0, 0])
    }

    /// From words; `None` when they are damaged or name what cannot be.
    pub fn from_words(words: &[u32; WORDS]) -> Option<Self> {
        let [flags, first, rest, sensor, spare, sum] = *words;
        if summed(*words) != [flags, first, rest, sensor, spare, sum] || flags & !0x1F != MAGIC {
            return None;
        }
        let switch = |place: u32| flags >> place & 1 == 1;
        let [kind, mains, averaging, _] = sensor.to_le_bytes();
        let sensor = Config {
            kind: ThermocoupleType::try_from(kind).ok()?,
            mains: Mains::try_from(mains).ok()?,
            averaging: Averaging::try_from(averaging).ok()?,
        };
        let mut pins = [0; PLACES];
        let nibbles = [first, rest].into_iter().flat_map(|word| [16, 12, 8, 4, 0].map(|shift| word >> shift & NO_PIN));
        let mut count = 0;
        for (place, nibble) in pins.iter_mut().zip(nibbles).take_while(|(_, nibble)| *nibble != NO_PIN) {
            *place = RELAY_FIRST + u8::try_from(nibble).ok()?;
            count += 1;
        }
        let wiring = Self {
            sensor,
            contactor: switch(0),
            second: switch(1),
            current: switch(2),
            lid: switch(3),
            stop_loop: switch(4),
            ..Self::DELIVERED
        };
        wiring.with_relays(pins.get(..count)?)
    }
}

/// The words with the sum of the others in the last place.
fn summed(mut words: [u32; WORDS]) -> [u32; WORDS] {
    if let Some((last, others)) = words.split_last_mut() {
        *last = others.iter().fold(Crc::NEW, |sum, word| sum.with(&word.to_le_bytes())).sum();
    }
    words
}

/// Where a wiring is told, or kept over a reset. Zeros and noise are none.
#[derive(Debug)]
#[repr(C)]
pub struct Told {
    words: [AtomicU32; WORDS],
}

impl Told {
    /// Forgets it.
    pub fn clear(&self) {
        self.words.iter().for_each(|word| word.store(0, Ordering::Release));
    }

    /// Tells it. One writer; a reader that comes in between sees none.
    pub fn tell(&self, wiring: &Wiring) {
        for (place, word) in self.words.iter().zip(wiring.to_words()) {
            place.store(word, Ordering::Release);
        }
    }

    /// What has been told, if it is whole.
    pub fn get(&self) -> Option<Wiring> {
        let mut words = [0; WORDS];
        for (place, word) in words.iter_mut().zip(&self.words) {
            *place = word.load(Ordering::Acquire);
        }
        Wiring::from_words(&words)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wirings() -> impl Iterator<Item = Wiring> {
        let pins: [&[u8]; 4] = [&[15], &[6, 7, 8, 9, 10, 11, 12, 13, 14, 15], &[14, 6, 9], &[]];
        pins.into_iter().enumerate().map(|(index, pins)| Wiring {
            contactor: index & 1 == 1,
            second: index & 2 == 2,
            lid: index == 0,
            sensor: Config { kind: ThermocoupleType::S, mains: Mains::Hz50, averaging: Averaging::Samples16 },
            ..Wiring::DELIVERED.with_relays(pins).unwrap()
        })
    }

    #[test]
    fn every_wiring_crosses_and_no_flipped_bit_does() {
        for wiring in wirings().chain([Wiring::DELIVERED]) {
            let words = wiring.to_words();
            assert_eq!(Wiring::from_words(&words), Some(wiring));
            for bit in 0..WORDS * 32 {
                let mut flipped = words;
                flipped[bit / 32] ^= 1 << (bit % 32);
                assert_eq!(Wiring::from_words(&flipped), None, "bit {bit}");
            }
        }
        assert_eq!(Wiring::from_words(&[0; WORDS]), None);
    }

    #[test]
    fn a_pin_that_drives_no_relay_is_refused() {
        let refused: [&[u8]; 4] = [&[5], &[16], &[15, 15], &[6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 6]];
        for pins in refused {
            assert_eq!(Wiring::DELIVERED.with_relays(pins), None, "{pins:?}");
        }
    }
}
