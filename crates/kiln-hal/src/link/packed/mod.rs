//! The brain's values as words: what is asked and what is told, complete.
//!
//! One line per field and per form, and the compiler counts: a new variant or field does not compile until it has its
//! line here. Numbers of forms are agreed between two images built from the same tree; they may be renumbered.
//! Putting together goes through the values' own doors, so that nothing comes out that could not have gone in.

mod cone;
mod fault;
mod request;
mod restart;
mod settings;
mod snapshot;
mod tuning;
mod units;

use super::words::{Meaning, Packed, Sink, Source};

/// A struct with these fields, all of them.
macro_rules! packed_struct {
    ($name:ident { $($field:ident: $type:ty),+ $(,)? }) => {
        impl Packed for $name {
            const WORDS: usize = 0 $(+ <$type as Packed>::WORDS)+;

            fn pack(&self, to: &mut impl Sink) {
                let Self { $($field),+ } = self;
                $(<$type as Packed>::pack($field, to);)+
            }

            fn unpack(from: &mut impl Source) -> Option<Self> {
                Some(Self { $($field: <$type as Packed>::unpack(from)?),+ })
            }
        }
    };
}

/// An enum of these forms, all of them, each with a number of its own.
macro_rules! packed_enum {
    ($name:ident {
        $($number:literal => $form:ident $(($($place:ident: $inside:ty),+))? $({ $($field:ident: $type:ty),+ $(,)? })?),+ $(,)?
    }) => {
        impl Packed for $name {
            const WORDS: usize = 1 + most(&[
                $(0 $($(+ <$inside as Packed>::WORDS)+)? $($(+ <$type as Packed>::WORDS)+)?),+
            ]);

            fn pack(&self, to: &mut impl Sink) {
                match self {
                    $(Self::$form $(($($place),+))? $({ $($field),+ })? => {
                        to.put($number);
                        $($(<$inside as Packed>::pack($place, to);)+)?
                        $($(<$type as Packed>::pack($field, to);)+)?
                    })+
                }
            }

            fn unpack(from: &mut impl Source) -> Option<Self> {
                match from.word(Meaning::Form(stringify!($name), &[$($number),+]))? {
                    $($number => Some(Self::$form
                        $(($(<$inside as Packed>::unpack(from)?),+))?
                        $({ $($field: <$type as Packed>::unpack(from)?),+ })?
                    ),)+
                    _ => None,
                }
            }
        }
    };
}

#[cfg(all(test, not(any(loom, shuttle))))]
pub(super) use tuning::MODES;
use {packed_enum, packed_struct};

/// The largest of some numbers.
const fn most(numbers: &[usize]) -> usize {
    let (mut rest, mut most) = (numbers, 0);
    while let [first, others @ ..] = rest {
        if *first > most {
            most = *first;
        }
        rest = others;
    }
    most
}

impl Packed for u32 {
    const WORDS: usize = 1;

    fn pack(&self, to: &mut impl Sink) {
        to.put(*self);
    }

    fn unpack(from: &mut impl Source) -> Option<Self> {
        from.word(Meaning::Any)
    }
}

/// The lower half first.
impl Packed for u64 {
    const WORDS: usize = 2;

    fn pack(&self, to: &mut impl Sink) {
        let (low, high) = halves(*self);
        to.put(low);
        to.put(high);
    }

    fn unpack(from: &mut impl Source) -> Option<Self> {
        Some(joined(from.word(Meaning::Any)?, from.word(Meaning::High)?))
    }
}

/// Bit for bit: whether a figure is one is for its own type to say.
impl Packed for f64 {
    const WORDS: usize = 2;

    fn pack(&self, to: &mut impl Sink) {
        let (low, high) = halves(self.to_bits());
        to.put(low);
        to.put(high);
    }

    fn unpack(from: &mut impl Source) -> Option<Self> {
        Some(Self::from_bits(joined(from.word(Meaning::FloatLow)?, from.word(Meaning::FloatHigh)?)))
    }
}

#[expect(clippy::many_single_char_names, reason = "eight bytes in their order")]
const fn halves(whole: u64) -> (u32, u32) {
    let [a, b, c, d, e, f, g, h] = whole.to_le_bytes();
    (u32::from_le_bytes([a, b, c, d]), u32::from_le_bytes([e, f, g, h]))
}

#[expect(clippy::many_single_char_names, reason = "eight bytes in their order")]
const fn joined(low: u32, high: u32) -> u64 {
    let ([a, b, c, d], [e, f, g, h]) = (low.to_le_bytes(), high.to_le_bytes());
    u64::from_le_bytes([a, b, c, d, e, f, g, h])
}

/// A count or an index. None here comes near 2^32, and one that did would stay at the most there is.
impl Packed for usize {
    const WORDS: usize = 1;

    fn pack(&self, to: &mut impl Sink) {
        to.put(u32::try_from(*self).unwrap_or(u32::MAX));
    }

    fn unpack(from: &mut impl Source) -> Option<Self> {
        Self::try_from(from.word(Meaning::Any)?).ok()
    }
}

/// Whole numbers of fewer bits than a word, which must not come with more.
macro_rules! packed_small {
    ($($type:ty),+) => {
        $(impl Packed for $type {
            const WORDS: usize = 1;

            fn pack(&self, to: &mut impl Sink) {
                to.put(u32::from(*self));
            }

            fn unpack(from: &mut impl Source) -> Option<Self> {
                Self::try_from(from.word(Meaning::UpTo(<$type>::MAX.into()))?).ok()
            }
        })+
    };
}

packed_small!(u8, u16);

impl Packed for bool {
    const WORDS: usize = 1;

    fn pack(&self, to: &mut impl Sink) {
        to.put(u32::from(*self));
    }

    fn unpack(from: &mut impl Source) -> Option<Self> {
        match from.word(Meaning::Form("bool", &[0, 1]))? {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        }
    }
}

impl<T: Packed> Packed for Option<T> {
    const WORDS: usize = 1 + T::WORDS;

    fn pack(&self, to: &mut impl Sink) {
        match self {
            None => to.put(0),
            Some(value) => {
                to.put(1);
                value.pack(to);
            }
        }
    }

    fn unpack(from: &mut impl Source) -> Option<Self> {
        match from.word(Meaning::Form("Option", &[0, 1]))? {
            0 => Some(None),
            1 => Some(Some(T::unpack(from)?)),
            _ => None,
        }
    }
}

impl<A: Packed, B: Packed> Packed for (A, B) {
    const WORDS: usize = A::WORDS + B::WORDS;

    fn pack(&self, to: &mut impl Sink) {
        self.0.pack(to);
        self.1.pack(to);
    }

    fn unpack(from: &mut impl Source) -> Option<Self> {
        Some((A::unpack(from)?, B::unpack(from)?))
    }
}
