//! Why a document is refused: a closed list, each with its figures.
//!
//! A [`Why`] holds no sentence. Its [`code`](Why::code) and [`params`](Why::params) are enough to say it in any
//! language and unit; its `Display` is the plain English one. Codes are part of the interface and never change meaning.

use crate::figure::{Param, ParamValue, Quantity};
use core::fmt;
use kiln_core::units::CelsiusPerHour;

/// What is wrong at one place of a document.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Why {
    /// The document is longer than the limit; the place is where the limit lies.
    TooLarge {
        /// The most bytes it may have.
        most: usize,
    },
    /// The text is not UTF-8.
    NotUtf8,
    /// The text is not JSON.
    Syntax {
        /// What should have come.
        expected: Expected,
    },
    /// Something follows the document.
    TrailingText,
    /// Lists and objects are nested too deep.
    TooDeep {
        /// The deepest nesting.
        most: usize,
    },
    /// The open objects have too many keys.
    TooManyKeys {
        /// The most keys.
        most: usize,
    },
    /// The object already has this key.
    DuplicateKey,
    /// There is no such key here.
    UnknownKey {
        /// The keys there are.
        known: &'static [&'static str],
    },
    /// The key must be there and is not.
    Missing,
    /// The value is of another kind.
    WrongType {
        /// The kind it must be.
        expected: Kind,
        /// The kind it is.
        found: Kind,
    },
    /// A number that is not finite: NaN, an infinity, or beyond what a computer's number holds.
    NotFinite,
    /// A word that is not one of the choices.
    NotAChoice {
        /// The choices.
        choices: &'static [&'static str],
    },
    /// A number that is not one of the choices.
    NotOneOf {
        /// The choices.
        numbers: &'static [u32],
    },
    /// An element that the list already has.
    Twice,
    /// A value that does not go together with that of another key.
    DoesNotFit {
        /// The other key.
        with: &'static str,
    },
    /// The document is of a format that this program is too old to know.
    NewerFormat {
        /// Its format.
        found: u32,
        /// The newest format known here.
        known: u32,
    },
    /// The key has no meaning in a step of this type.
    NotInThisStep {
        /// The type of the step.
        step: &'static str,
    },
    /// A text or list with nothing in it.
    Empty,
    /// A list with too many elements.
    TooMany {
        /// The most elements.
        most: usize,
    },
    /// A text that is too long.
    TextTooLong {
        /// The most bytes of UTF-8.
        most: usize,
    },
    /// A text with a control character.
    ControlCharacter,
    /// A value below its range.
    TooLow {
        /// The least it may be.
        least: Quantity,
    },
    /// A value above its range.
    TooHigh {
        /// The most it may be.
        most: Quantity,
    },
    /// A minimum rate above the rate of its own ramp.
    AboveRate {
        /// The rate of the ramp.
        rate: CelsiusPerHour,
    },
    /// The file states other units than those it was to be read in.
    OtherUnits {
        /// The units it states, `"c"` or `"f"`.
        stated: &'static str,
    },
    /// A value that its type does not accept.
    Invalid,
}

/// What the grammar of JSON asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// A value.
    Value,
    /// A key in double quotes.
    Key,
    /// A colon after a key.
    Colon,
    /// A comma or the closing bracket.
    CommaOrEnd,
    /// A digit.
    Digit,
    /// The closing double quote of a text.
    Quote,
    /// A valid escape after a backslash; a surrogate pair is one.
    Escape,
}

/// A kind of JSON value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `null`
    Null,
    /// `true` or `false`
    Bool,
    /// A number.
    Number,
    /// A number without fraction or exponent.
    WholeNumber,
    /// A number, or a word that stands for one.
    NumberOrWord,
    /// A text in double quotes.
    Text,
    /// A list in square brackets.
    List,
    /// An object in braces.
    Object,
}

impl Why {
    /// The stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::TooLarge { .. } => "too_large",
            Self::NotUtf8 => "not_utf8",
            Self::Syntax { .. } => "syntax",
            Self::TrailingText => "trailing_text",
            Self::TooDeep { .. } => "too_deep",
            Self::TooManyKeys { .. } => "too_many_keys",
            Self::DuplicateKey => "duplicate_key",
            Self::UnknownKey { .. } => "unknown_key",
            Self::Missing => "missing",
            Self::WrongType { .. } => "wrong_type",
            Self::NotFinite => "not_finite",
            Self::NotAChoice { .. } => "not_a_choice",
            Self::NotOneOf { .. } => "not_one_of",
            Self::Twice => "twice",
            Self::DoesNotFit { .. } => "does_not_fit",
            Self::NewerFormat { .. } => "newer_format",
            Self::NotInThisStep { .. } => "not_in_this_step",
            Self::Empty => "empty",
            Self::TooMany { .. } => "too_many",
            Self::TextTooLong { .. } => "text_too_long",
            Self::ControlCharacter => "control_character",
            Self::TooLow { .. } => "too_low",
            Self::TooHigh { .. } => "too_high",
            Self::AboveRate { .. } => "above_rate",
            Self::OtherUnits { .. } => "other_units",
            Self::Invalid => "invalid",
        }
    }

    /// The figures that go with the code, at most two.
    pub fn params(&self) -> impl Iterator<Item = Param> {
        let word = |name, word| Some(Param { name, value: ParamValue::Word(word) });
        let words = |name, words| Some(Param { name, value: ParamValue::Words(words) });
        let count = |name, count| Some(Param { name, value: ParamValue::Count(count) });
        let format = |name, format| Some(Param { name, value: ParamValue::Number(f64::from(format)) });
        let pair = match *self {
            Self::TooLarge { most } | Self::TextTooLong { most } => [count("most_bytes", most), None],
            Self::TooDeep { most } | Self::TooManyKeys { most } | Self::TooMany { most } => [count("most", most), None],
            Self::Syntax { expected } => [word("expected", expected.word()), None],
            Self::UnknownKey { known } => [words("known", known), None],
            Self::WrongType { expected, found } => [word("expected", expected.word()), word("found", found.word())],
            Self::NotAChoice { choices } => [words("choices", choices), None],
            Self::NotOneOf { numbers } => [Some(Param { name: "choices", value: ParamValue::Numbers(numbers) }), None],
            Self::DoesNotFit { with } => [word("with", with), None],
            Self::NewerFormat { found, known } => [format("found", found), format("known", known)],
            Self::NotInThisStep { step } => [word("step", step), None],
            Self::TooLow { least } => {
                [Some(least.param(["least_c", "least_k", "least_c_per_h", "least_s", "least"])), None]
            }
            Self::TooHigh { most } => [Some(most.param(["most_c", "most_k", "most_c_per_h", "most_s", "most"])), None],
            Self::AboveRate { rate } => {
                [Some(Param { name: "rate_c_per_h", value: ParamValue::Number(rate.get()) }), None]
            }
            Self::OtherUnits { stated } => [word("stated", stated), None],
            Self::NotUtf8
            | Self::TrailingText
            | Self::DuplicateKey
            | Self::Twice
            | Self::Missing
            | Self::NotFinite
            | Self::Empty
            | Self::ControlCharacter
            | Self::Invalid => [None, None],
        };
        pair.into_iter().flatten()
    }
}

impl Expected {
    /// The word for it in a refusal's parameters.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Value => "value",
            Self::Key => "key",
            Self::Colon => "colon",
            Self::CommaOrEnd => "comma_or_end",
            Self::Digit => "digit",
            Self::Quote => "quote",
            Self::Escape => "escape",
        }
    }
}

impl Kind {
    /// The word for it in a refusal's parameters.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool => "bool",
            Self::Number => "number",
            Self::WholeNumber => "whole_number",
            Self::NumberOrWord => "number_or_word",
            Self::Text => "text",
            Self::List => "list",
            Self::Object => "object",
        }
    }
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge { most } => write!(f, "here the document passes {most} bytes, the most it may have"),
            Self::NotUtf8 => f.write_str("this is not text in UTF-8"),
            Self::Syntax { expected } => write!(f, "this is not JSON: {expected} should come here"),
            Self::TrailingText => f.write_str("something follows the end of the document"),
            Self::TooDeep { most } => write!(f, "nested deeper than {most} levels"),
            Self::TooManyKeys { most } => write!(f, "more than {most} keys"),
            Self::DuplicateKey => f.write_str("given twice"),
            Self::UnknownKey { known } => write!(f, "there is no such key here; there is {}", OneOf(known)),
            Self::Missing => f.write_str("missing"),
            Self::WrongType { expected, found } => write!(f, "must be {expected}, is {found}"),
            Self::NotFinite => f.write_str("not a finite number"),
            Self::NotAChoice { choices } => write!(f, "must be {}", OneOf(choices)),
            Self::NotOneOf { numbers } => write!(f, "must be one of {numbers:?}"),
            Self::Twice => f.write_str("is in the list already"),
            Self::DoesNotFit { with } => write!(f, "does not go together with {with}"),
            Self::NewerFormat { found, known } => {
                write!(f, "format {found} is newer than this program, which knows formats up to {known}")
            }
            Self::NotInThisStep { step } => write!(f, "has no meaning in a step of type \"{step}\""),
            Self::Empty => f.write_str("must not be empty"),
            Self::TooMany { most } => write!(f, "has more than {most} elements"),
            Self::TextTooLong { most } => write!(f, "is longer than {most} bytes"),
            Self::ControlCharacter => f.write_str("has a control character in it"),
            Self::TooLow { least } => write!(f, "must be at least {least}"),
            Self::TooHigh { most } => write!(f, "must be at most {most}"),
            Self::AboveRate { rate } => write!(f, "must not be above the ramp's own rate, {} °C/h", rate.get()),
            Self::OtherUnits { stated } => write!(f, "the file itself says that its units are \"{stated}\""),
            Self::Invalid => f.write_str("is not accepted"),
        }
    }
}

impl fmt::Display for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Value => "a value",
            Self::Key => "a key in double quotes",
            Self::Colon => "a colon",
            Self::CommaOrEnd => "a comma or the closing bracket",
            Self::Digit => "a digit",
            Self::Quote => "the closing double quote",
            Self::Escape => "a valid escape",
        })
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Null => "null",
            Self::Bool => "true or false",
            Self::Number => "a number",
            Self::WholeNumber => "a whole number",
            Self::NumberOrWord => "a number or its word",
            Self::Text => "a text",
            Self::List => "a list",
            Self::Object => "an object",
        })
    }
}

/// Words of the file format as a choice: `"c" or "f"`.
struct OneOf(&'static [&'static str]);

impl fmt::Display for OneOf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, word) in self.0.iter().enumerate() {
            let between = match index {
                0 => "",
                _ if index + 1 == self.0.len() => " or ",
                _ => ", ",
            };
            write!(f, "{between}\"{word}\"")?;
        }
        Ok(())
    }
}
