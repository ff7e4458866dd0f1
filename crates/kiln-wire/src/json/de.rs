//! Makes serde types of a checked document, and knows the place of what does not fit.
//!
//! Reads by what the type asks for, so that a wrong kind is named as such. Goes only as deep as the types do.

use super::cursor::Cursor;
use super::scan::Fault;
use super::text::Text;
use crate::why::{Kind, Why};
use core::fmt;
use serde::de::value::StrDeserializer;
use serde::de::{
    self, Deserialize, DeserializeSeed, Deserializer, IntoDeserializer, MapAccess, SeqAccess, Unexpected, Visitor,
};

/// The longest text with escapes that is read into a type other than [`Text`], in bytes.
const DECODED_LONGEST: usize = 128;
/// The name under which a reader takes a number or a word.
const NUMBER_OR_WORD: &str = "kiln-wire number or word";

/// Reads a value that may be a number or a word.
///
/// # Errors
/// Another kind of value, or what the visitor refuses.
pub fn number_or_word<'de, D: Deserializer<'de>, V: Visitor<'de>>(from: D, visitor: V) -> Result<V::Value, D::Error> {
    from.deserialize_newtype_struct(NUMBER_OR_WORD, visitor)
}

/// The place of a value in its document: a field of this type keeps where to read on, and reads nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place(usize);

impl Place {
    /// The whole document.
    pub const WHOLE: Self = Self(0);
    const TOKEN: &'static str = "kiln-wire place";

    pub(super) const fn start(self) -> usize {
        self.0
    }
}

impl<'de> Deserialize<'de> for Place {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Start;
        impl Visitor<'_> for Start {
            type Value = Place;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a value")
            }
            fn visit_u64<E: de::Error>(self, start: u64) -> Result<Place, E> {
                usize::try_from(start).map(Place).map_err(E::custom)
            }
        }
        deserializer.deserialize_newtype_struct(Self::TOKEN, Start)
    }
}

/// What does not fit, and where as far as it is known.
#[derive(Clone, Copy, Debug)]
pub(super) struct Error {
    pub(super) why: Why,
    pub(super) place: Option<Place>,
    pub(super) missing: Option<&'static str>,
}

impl Error {
    const fn new(why: Why) -> Self {
        Self { why, place: None, missing: None }
    }

    /// The same, at `place` if no place is known yet.
    pub(super) fn or_at(self, place: Place) -> Self {
        Self { place: self.place.or(Some(place)), ..self }
    }
}

impl From<Fault> for Error {
    fn from(fault: Fault) -> Self {
        Self { why: fault.why, place: Some(Place(fault.at)), missing: None }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.why, f)
    }
}

impl core::error::Error for Error {}

impl de::Error for Error {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self::new(Why::Invalid)
    }
    fn invalid_value(_: Unexpected<'_>, _: &dyn de::Expected) -> Self {
        Self::new(Why::Invalid)
    }
    fn unknown_variant(_: &str, choices: &'static [&'static str]) -> Self {
        Self::new(Why::NotAChoice { choices })
    }
    fn unknown_field(_: &str, known: &'static [&'static str]) -> Self {
        Self::new(Why::UnknownKey { known })
    }
    fn missing_field(key: &'static str) -> Self {
        Self { missing: Some(key), ..Self::new(Why::Missing) }
    }
    fn duplicate_field(_: &'static str) -> Self {
        Self::new(Why::DuplicateKey)
    }
}

/// Reads a checked document.
#[derive(Clone, Debug)]
pub(super) struct Reader<'d> {
    cursor: Cursor<'d>,
}

impl<'d> Reader<'d> {
    pub(super) const fn new(text: &'d str, place: Place) -> Self {
        Self { cursor: Cursor::new(text, place.0) }
    }

    /// The kind of the value here.
    pub(super) fn kind(&mut self) -> Kind {
        self.cursor.space();
        // A checked document has a value wherever one is asked for.
        self.cursor.kind().unwrap_or(Kind::Null)
    }

    /// The places of the elements of the list here.
    pub(super) fn into_elements(mut self) -> impl Iterator<Item = Place> + Clone + use<'d> {
        self.cursor.eat(b'[');
        core::iter::from_fn(move || self.separator(b']').then(|| self.skip().ok()).flatten())
    }

    /// The keys of the object here with the places of their values.
    pub(super) fn into_members(mut self) -> impl Iterator<Item = (Text<'d>, Place)> + use<'d> {
        self.cursor.space();
        let is_object = self.cursor.eat(b'{');
        core::iter::from_fn(move || {
            if !is_object || !self.separator(b'}') {
                return None;
            }
            let key = self.cursor.string().ok()?;
            self.colon();
            Some((key, self.skip().ok()?))
        })
    }

    /// The place of the value under `key` of the object here.
    pub(super) fn member(self, key: &str) -> Option<Place> {
        self.into_members().find(|(name, _)| *name == *key).map(|(_, place)| place)
    }

    /// Goes over the value here and gives its place.
    fn skip(&mut self) -> Result<Place, Fault> {
        self.cursor.space();
        let place = Place(self.cursor.at());
        self.cursor.skip()?;
        Ok(place)
    }

    /// Goes to the next element or key; false at the end, which it goes over.
    fn separator(&mut self, end: u8) -> bool {
        self.cursor.space();
        self.cursor.eat(b',');
        self.cursor.space();
        !self.cursor.eat(end) && self.cursor.peek().is_some()
    }

    fn colon(&mut self) {
        self.cursor.space();
        self.cursor.eat(b':');
    }

    /// Takes a value of a kind, or names the kind it is.
    fn expect(&mut self, expected: Kind) -> Result<(), Error> {
        match self.kind() {
            found if found == expected => Ok(()),
            found => Err(Error::new(Why::WrongType { expected, found })),
        }
    }

    fn text(&mut self) -> Result<Text<'d>, Error> {
        self.expect(Kind::Text)?;
        Ok(self.cursor.string()?)
    }

    fn float(&mut self) -> Result<f64, Error> {
        self.expect(Kind::Number)?;
        self.cursor.number()?.parse().map_err(|_| Error::new(Why::NotFinite))
    }

    fn list<V: Visitor<'d>>(&mut self, visitor: V) -> Result<V::Value, Error> {
        self.expect(Kind::List)?;
        self.cursor.eat(b'[');
        visitor.visit_seq(Inside(self))
    }

    fn object<V: Visitor<'d>>(&mut self, visitor: V) -> Result<V::Value, Error> {
        self.expect(Kind::Object)?;
        self.cursor.eat(b'{');
        visitor.visit_map(Inside(self))
    }
}

/// Hands a text to a visitor, decoded.
fn hand_over<'d, V: Visitor<'d>>(text: Text<'d>, visitor: V) -> Result<V::Value, Error> {
    match text.whole() {
        Some(text) => visitor.visit_borrowed_str(text),
        None => visitor.visit_str(&decoded(text)?),
    }
}

fn decoded(text: Text<'_>) -> Result<heapless::String<DECODED_LONGEST>, Error> {
    text.copy().ok_or(Error::new(Why::TextTooLong { most: DECODED_LONGEST }))
}

/// Integers: a number without fraction or exponent that the type can hold.
macro_rules! whole_numbers {
    ($($name:ident $visit:ident $type:ty;)+) => {$(
        fn $name<V: Visitor<'d>>(self, visitor: V) -> Result<V::Value, Error> {
            let wrong = |found| Error::new(Why::WrongType { expected: Kind::WholeNumber, found });
            match self.kind() {
                Kind::Number => visitor.$visit(self.cursor.number()?.parse::<$type>().map_err(|_| wrong(Kind::Number))?),
                found => Err(wrong(found)),
            }
        }
    )+};
}

/// Names of serde for one way of reading.
macro_rules! read_as {
    ($($name:ident)+, $how:expr) => {$(
        fn $name<V: Visitor<'d>>(self, visitor: V) -> Result<V::Value, Error> {
            $how(self, visitor)
        }
    )+};
}

impl<'d> Deserializer<'d> for &mut Reader<'d> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'d>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.kind() {
            Kind::Null => self.deserialize_unit(visitor),
            Kind::Bool => self.deserialize_bool(visitor),
            Kind::Number | Kind::WholeNumber | Kind::NumberOrWord => self.deserialize_f64(visitor),
            Kind::Text => self.deserialize_str(visitor),
            Kind::List => self.list(visitor),
            Kind::Object => self.object(visitor),
        }
    }

    fn deserialize_bool<V: Visitor<'d>>(self, visitor: V) -> Result<V::Value, Error> {
        self.expect(Kind::Bool)?;
        let value = self.cursor.peek() == Some(b't');
        self.cursor.word(if value { "true" } else { "false" })?;
        visitor.visit_bool(value)
    }

    whole_numbers! {
        deserialize_u8 visit_u8 u8; deserialize_u16 visit_u16 u16; deserialize_u32 visit_u32 u32;
        deserialize_u64 visit_u64 u64; deserialize_i8 visit_i8 i8; deserialize_i16 visit_i16 i16;
        deserialize_i32 visit_i32 i32; deserialize_i64 visit_i64 i64;
    }

    read_as!(deserialize_f32 deserialize_f64, |reader: &mut Reader<'d>, visitor: V| visitor.visit_f64(reader.float()?));
    read_as!(
        deserialize_str deserialize_string deserialize_char deserialize_identifier deserialize_bytes
        deserialize_byte_buf, |reader: &mut Reader<'d>, visitor: V| hand_over(reader.text()?, visitor)
    );
    read_as!(deserialize_seq, |reader: &mut Reader<'d>, visitor| reader.list(visitor));
    read_as!(deserialize_map, |reader: &mut Reader<'d>, visitor| reader.object(visitor));

    fn deserialize_option<V: Visitor<'d>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.kind() == Kind::Null {
            self.cursor.word("null")?;
            return visitor.visit_none();
        }
        visitor.visit_some(self)
    }

    fn deserialize_unit<V: Visitor<'d>>(self, visitor: V) -> Result<V::Value, Error> {
        self.expect(Kind::Null)?;
        self.cursor.word("null")?;
        visitor.visit_unit()
    }

    fn deserialize_ignored_any<V: Visitor<'d>>(self, visitor: V) -> Result<V::Value, Error> {
        self.skip()?;
        visitor.visit_unit()
    }

    fn deserialize_unit_struct<V: Visitor<'d>>(self, _: &'static str, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_unit(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'d>>(self, name: &'static str, visitor: V) -> Result<V::Value, Error> {
        match name {
            Text::TOKEN => visitor.visit_borrowed_str(self.text()?.inside()),
            Place::TOKEN => visitor.visit_u64(u64::try_from(self.skip()?.0).map_err(|_| Error::new(Why::Invalid))?),
            NUMBER_OR_WORD if self.kind() == Kind::Number => visitor.visit_f64(self.float()?),
            NUMBER_OR_WORD if self.kind() == Kind::Text => hand_over(self.text()?, visitor),
            NUMBER_OR_WORD => Err(Error::new(Why::WrongType { expected: Kind::NumberOrWord, found: self.kind() })),
            _ => visitor.visit_newtype_struct(self),
        }
    }

    fn deserialize_tuple<V: Visitor<'d>>(self, _: usize, visitor: V) -> Result<V::Value, Error> {
        self.list(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'d>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.list(visitor)
    }

    fn deserialize_struct<V: Visitor<'d>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.object(visitor)
    }

    fn deserialize_enum<V: Visitor<'d>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        let text = decoded(self.text()?)?;
        let word: StrDeserializer<'_, Error> = text.as_str().into_deserializer();
        visitor.visit_enum(word)
    }
}

/// The inside of a list or object.
struct Inside<'r, 'd>(&'r mut Reader<'d>);

impl<'d> Inside<'_, 'd> {
    fn value<T: DeserializeSeed<'d>>(&mut self, seed: T) -> Result<T::Value, Error> {
        self.0.cursor.space();
        let place = Place(self.0.cursor.at());
        seed.deserialize(&mut *self.0).map_err(|error| error.or_at(place))
    }
}

impl<'d> SeqAccess<'d> for Inside<'_, 'd> {
    type Error = Error;
    fn next_element_seed<T: DeserializeSeed<'d>>(&mut self, seed: T) -> Result<Option<T::Value>, Error> {
        if self.0.separator(b']') { self.value(seed).map(Some) } else { Ok(None) }
    }
}

impl<'d> MapAccess<'d> for Inside<'_, 'd> {
    type Error = Error;
    fn next_key_seed<T: DeserializeSeed<'d>>(&mut self, seed: T) -> Result<Option<T::Value>, Error> {
        if self.0.separator(b'}') { self.value(seed).map(Some) } else { Ok(None) }
    }
    fn next_value_seed<T: DeserializeSeed<'d>>(&mut self, seed: T) -> Result<T::Value, Error> {
        self.0.colon();
        self.value(seed)
    }
}
