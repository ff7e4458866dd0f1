//! What keys of the configuration hold: each type reads itself from a document, held to the range of its key.

use super::key::{KeyKind, Told};
use crate::ask::{PASSPHRASE_LONGEST, between, optional_line, passphrase};
use crate::bounded::Label;
use crate::figure::Quantity;
use crate::json::{Document, Place, Text};
use crate::refusal::Refusal;
use crate::why::{Kind, Why};
use core::net::Ipv4Addr;
use kiln_core::limits;

/// A value of the configuration.
pub(super) trait Value: Sized + PartialEq {
    /// Reads it at a place of a document; a number there is multiplied by `scale`.
    fn read(document: &Document<'_>, place: Place, kind: &KeyKind, scale: f64) -> Result<Self, Refusal>;

    /// It, as it is told.
    fn told(&self) -> Told<'_>;

    /// It, as it is stored: secrets too.
    fn stored(&self) -> Told<'_> {
        self.told()
    }
}

/// Reads a `T` at a place and makes sense of it.
fn read_as<'d, T: serde::Deserialize<'d>, V>(
    document: &Document<'d>,
    place: Place,
    make: impl FnOnce(T) -> Result<V, Why>,
) -> Result<V, Refusal> {
    let read = document.read_at::<T>(place)?;
    make(read).map_err(|why| document.refuse(place, None, why))
}

impl Value for f64 {
    fn read(document: &Document<'_>, place: Place, kind: &KeyKind, scale: f64) -> Result<Self, Refusal> {
        let KeyKind::Number(least, most) = *kind else {
            return Err(document.refuse(place, None, Why::Invalid));
        };
        read_as(document, place, |value: Self| between(value * scale, Quantity::Plain(least), Quantity::Plain(most)))
    }

    fn told(&self) -> Told<'_> {
        Told::Number(*self)
    }
}

impl Value for u32 {
    fn read(document: &Document<'_>, place: Place, kind: &KeyKind, _: f64) -> Result<Self, Refusal> {
        let within = |value: Self, least, most| {
            between(f64::from(value), Quantity::Count(least), Quantity::Count(most)).map(|_| value)
        };
        read_as(document, place, |value: Self| match *kind {
            KeyKind::Whole(least, most) => within(value, least, most),
            KeyKind::OneOf(numbers) if numbers.contains(&value) => Ok(value),
            KeyKind::OneOf(numbers) => Err(Why::NotOneOf { numbers }),
            KeyKind::Number(..)
            | KeyKind::Switch
            | KeyKind::Choice(_)
            | KeyKind::Text(_)
            | KeyKind::Host(_)
            | KeyKind::Secret(_)
            | KeyKind::Address
            | KeyKind::Pins(..) => Err(Why::Invalid),
        })
    }

    fn told(&self) -> Told<'_> {
        Told::Whole(*self)
    }
}

impl Value for bool {
    fn read(document: &Document<'_>, place: Place, _: &KeyKind, _: f64) -> Result<Self, Refusal> {
        document.read_at(place)
    }

    fn told(&self) -> Told<'_> {
        Told::Switch(*self)
    }
}

impl<const N: usize> Value for Label<N> {
    fn read(document: &Document<'_>, place: Place, _: &KeyKind, _: f64) -> Result<Self, Refusal> {
        read_as(document, place, optional_line)
    }

    fn told(&self) -> Told<'_> {
        Told::Text(self.as_str())
    }
}

/// A passphrase: goes in, and comes out nowhere but in the stored document. Empty for none.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Secret(Label<PASSPHRASE_LONGEST>);

impl Secret {
    /// None.
    pub(super) const NONE: Self = Self(Label::EMPTY);

    /// This passphrase.
    pub(super) fn of(passphrase: Option<&Label<PASSPHRASE_LONGEST>>) -> Self {
        passphrase.map_or(Self::NONE, |passphrase| Self(passphrase.clone()))
    }

    /// The passphrase, for whoever joins the network with it.
    pub fn reveal(&self) -> &str {
        self.0.as_str()
    }

    /// Whether there is one.
    pub fn is_set(&self) -> bool {
        !self.reveal().is_empty()
    }
}

impl core::fmt::Debug for Secret {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(if self.is_set() { "Secret(set)" } else { "Secret(none)" })
    }
}

impl Value for Secret {
    fn read(document: &Document<'_>, place: Place, _: &KeyKind, _: f64) -> Result<Self, Refusal> {
        let none = |text: Text<'_>| text.is_empty();
        read_as(document, place, |text| if none(text) { Ok(Self::NONE) } else { passphrase(text).map(Self) })
    }

    fn told(&self) -> Told<'_> {
        Told::Secret
    }

    fn stored(&self) -> Told<'_> {
        Told::Text(self.reveal())
    }
}

/// A text that was delivered with a value.
#[derive(Clone, Debug)]
pub struct Preset<const N: usize> {
    given: Option<Label<N>>,
    delivered: &'static str,
}

impl<const N: usize> Preset<N> {
    /// As delivered.
    pub(super) const fn of(delivered: &'static str) -> Self {
        Self { given: None, delivered }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        self.given.as_ref().map_or(self.delivered, Label::as_str)
    }
}

impl<const N: usize> PartialEq for Preset<N> {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl<const N: usize> Value for Preset<N> {
    fn read(document: &Document<'_>, place: Place, kind: &KeyKind, _: f64) -> Result<Self, Refusal> {
        read_as(document, place, |text: Text<'_>| {
            let given: Label<N> = optional_line(text)?;
            if matches!(kind, KeyKind::Host(_)) {
                host(given.as_str())?;
            }
            Ok(Self { given: Some(given), delivered: "" })
        })
    }

    fn told(&self) -> Told<'_> {
        Told::Text(self.as_str())
    }
}

/// Small letters, digits and hyphens, none at the ends (RFC 952, RFC 1123 section 2.1).
fn host(name: &str) -> Result<(), Why> {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    let sound = name.bytes().all(plain) && !name.starts_with('-') && !name.ends_with('-');
    match name {
        "" => Err(Why::Empty),
        _ if sound => Ok(()),
        _ => Err(Why::Invalid),
    }
}

impl Value for Option<Ipv4Addr> {
    fn read(document: &Document<'_>, place: Place, _: &KeyKind, _: f64) -> Result<Self, Refusal> {
        read_as(document, place, |text: Option<Text<'_>>| {
            let Some(text) = text else { return Ok(None) };
            let copy = text.copy::<15>().ok_or(Why::TextTooLong { most: 15 })?;
            copy.parse().map(Some).map_err(|_| Why::Invalid)
        })
    }

    fn told(&self) -> Told<'_> {
        Told::Address(*self)
    }
}

/// Pins of the board, each once, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pins {
    pins: [u8; limits::RELAYS_MOST],
    count: usize,
}

impl Pins {
    /// One pin.
    pub(super) const fn one(pin: u8) -> Self {
        let mut pins = [0; limits::RELAYS_MOST];
        if let Some(first) = pins.first_mut() {
            *first = pin;
        }
        Self { pins, count: 1 }
    }

    /// The pins, in their order.
    pub fn as_slice(&self) -> &[u8] {
        self.pins.get(..self.count).unwrap_or_default()
    }
}

impl Value for Pins {
    /// A list, or a single pin for a kiln with one relay.
    fn read(document: &Document<'_>, place: Place, kind: &KeyKind, _: f64) -> Result<Self, Refusal> {
        let KeyKind::Pins(count, least, most) = *kind else {
            return Err(document.refuse(place, None, Why::Invalid));
        };
        let mut pins = Self { pins: [0; limits::RELAYS_MOST], count: 0 };
        let mut add = |place: Place| {
            let range = [least, most].map(|end| Quantity::Count(u32::from(end)));
            let [least, most] = range;
            let pin = read_as(document, place, |pin: u8| between(f64::from(pin), least, most).map(|_| pin))?;
            if pins.as_slice().contains(&pin) {
                return Err(document.refuse(place, None, Why::Twice));
            }
            let free = pins.pins.get_mut(pins.count);
            *free.ok_or_else(|| document.refuse(place, None, Why::TooMany { most: count }))? = pin;
            pins.count += 1;
            Ok(())
        };
        if document.kind(place) == Kind::Number {
            add(place)?;
        } else {
            document.elements(place)?.try_for_each(add)?;
        }
        if pins.count == 0 { Err(document.refuse(place, None, Why::Empty)) } else { Ok(pins) }
    }

    fn told(&self) -> Told<'_> {
        Told::Pins(self.as_slice())
    }
}

/// Declares an enum, its words, and how it is read and told.
macro_rules! words {
    ($($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $word:literal,)+ })+) => {$(
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name { $($(#[$doc])* $variant,)+ }

        impl $name {
            /// Every word.
            pub const WORDS: &'static [&'static str] = &[$($word),+];

            /// The word for it.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }
        }

        impl Value for $name {
            fn read(document: &Document<'_>, place: Place, _: &KeyKind, _: f64) -> Result<Self, Refusal> {
                read_as(document, place, |text: Text<'_>| {
                    let all = [$(Self::$variant),+];
                    let known = all.into_iter().find(|choice| text == *choice.word());
                    known.ok_or(Why::NotAChoice { choices: Self::WORDS })
                })
            }

            fn told(&self) -> Told<'_> {
                Told::Text(self.word())
            }
        }
    )+};
}

words! {
    /// The chip that reads the thermocouple.
    SensorChip {
        /// Any type of thermocouple, with fault detection.
        Max31856 = "max31856",
        /// One type, soldered in.
        Max31855 = "max31855",
        /// Type K only, to 1024 °C.
        Max6675 = "max6675",
    }

    /// The type of the thermocouple (IEC 60584-1).
    ThermocoupleType {
        /// Platinum-30 % rhodium / platinum-6 % rhodium.
        B = "B",
        /// Chromel / constantan.
        E = "E",
        /// Iron / constantan.
        J = "J",
        /// Chromel / alumel; most kilns.
        K = "K",
        /// Nicrosil / nisil.
        N = "N",
        /// Platinum / platinum-13 % rhodium.
        R = "R",
        /// Platinum / platinum-10 % rhodium.
        S = "S",
        /// Copper / constantan.
        T = "T",
    }

    /// Who finds the duty.
    RegulatorWord {
        /// A model of the kiln that is learned while it is fired; no tuning. The PID takes over where it fails.
        Adaptive = "adaptive",
        /// The PID with the gains below.
        Pid = "pid",
    }

    /// The step a new firing begins with.
    StartAt {
        /// The first, whatever the kiln's temperature.
        FirstStep = "first_step",
        /// The first that the kiln has not passed.
        FirstUnreached = "first_unreached",
    }

    /// The least that is logged.
    LogLevel {
        /// Nothing.
        Off = "off",
        /// What went wrong.
        Error = "error",
        /// And what is odd.
        Warn = "warn",
        /// And what happens.
        Info = "info",
        /// And how.
        Debug = "debug",
    }

    /// The unit on the kiln's own display.
    TempUnit {
        /// Degrees Celsius.
        Celsius = "c",
        /// Degrees Fahrenheit.
        Fahrenheit = "f",
    }
}
