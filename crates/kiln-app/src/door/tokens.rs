//! The paired apps: 128-bit bearer tokens, kept only as their digests, each with a name.
//!
//! A token is random, so its SHA-256 needs neither salt nor stretching. The token itself leaves the controller once, in
//! the answer to the pairing, and is written nowhere.

use core::fmt;

use kiln_core::units::WallClock;

use super::fingerprint::Fingerprint;
use super::headers::Field;
use super::limits::{TOKEN_NAME_BYTES, TOKENS};
use super::refusal::Refusal;

/// A bearer token. Shown by `Display` as 32 digits of hexadecimal; never by `Debug`.
#[derive(Clone)]
pub struct Token([u8; 16]);

impl Token {
    /// The digits it is written with.
    pub const DIGITS: usize = 32;

    /// A token of 128 random bits.
    pub const fn new(random: [u8; 16]) -> Self {
        Self(random)
    }

    /// Reads the digits: exactly 32 of them, lower or upper case.
    pub fn read(text: &str) -> Option<Self> {
        let mut bytes = [0; 16];
        if text.len() != Self::DIGITS || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks(2)) {
            *byte = u8::from_str_radix(core::str::from_utf8(pair).ok()?, 16).ok()?;
        }
        Some(Self(bytes))
    }

    /// What is kept of it.
    fn fingerprint(&self) -> Fingerprint {
        Fingerprint::of(&[b"token", &self.0])
    }
}

impl fmt::Display for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(..)")
    }
}

/// Which token: a number that is given once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TokenId(u32);

impl TokenId {
    /// The token of this number.
    pub const fn new(number: u32) -> Self {
        Self(number)
    }

    /// Its number.
    pub const fn get(self) -> u32 {
        self.0
    }
}

/// What a person calls a paired app: "Anna's phone".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenName(heapless::String<TOKEN_NAME_BYTES>);

impl TokenName {
    /// Takes a name.
    ///
    /// # Errors
    /// Empty, blank, longer than [`TOKEN_NAME_BYTES`], or with control characters.
    pub fn new(name: &str) -> Result<Self, Refusal> {
        let plain = !name.trim().is_empty() && !name.chars().any(char::is_control);
        let kept = plain.then(|| heapless::String::try_from(name).ok()).flatten();
        kept.map(Self).ok_or(Refusal::TokenNameRefused { limit: TOKEN_NAME_BYTES })
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// One paired app.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Which it is.
    pub id: TokenId,
    /// What it is called.
    pub name: TokenName,
    /// When it was paired; `None` while the time was not known.
    pub paired: Option<WallClock>,
    fingerprint: Fingerprint,
}

impl Entry {
    /// An app as it was kept.
    pub(super) const fn kept(
        id: TokenId,
        name: TokenName,
        paired: Option<WallClock>,
        fingerprint: Fingerprint,
    ) -> Self {
        Self { id, name, paired, fingerprint }
    }

    /// What is kept of its token.
    pub(super) const fn fingerprint(&self) -> &Fingerprint {
        &self.fingerprint
    }
}

/// All paired apps.
#[derive(Clone, Debug, Default)]
pub struct Tokens {
    entries: heapless::Vec<Entry, TOKENS>,
    /// The number of the next token; numbers of revoked ones do not come again.
    next: u32,
}

impl Tokens {
    /// No app is paired.
    pub const fn new() -> Self {
        Self { entries: heapless::Vec::new(), next: 0 }
    }

    /// No app is paired; the next one gets this number.
    pub(super) const fn starting_at(next: u32) -> Self {
        Self { entries: heapless::Vec::new(), next }
    }

    /// The number of the next token.
    pub(super) const fn next_number(&self) -> u32 {
        self.next
    }

    /// Takes an app as it was kept; `None` when there is no room or its number cannot be.
    pub(super) fn restore(&mut self, entry: Entry) -> Option<()> {
        let sound = entry.id.get() < self.next && self.entries.iter().all(|known| known.id != entry.id);
        sound.then(|| self.entries.push(entry).ok()).flatten()
    }

    /// The paired apps, in the order of pairing.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Whether one more can be paired.
    pub fn is_full(&self) -> bool {
        self.entries.is_full()
    }

    /// Pairs an app. The token is to be given to it and forgotten; `self` is to be stored before that.
    ///
    /// # Errors
    /// When there are [`TOKENS`] already.
    pub fn issue(
        &mut self,
        name: TokenName,
        paired: Option<WallClock>,
        random: [u8; 16],
    ) -> Result<(TokenId, Token), Refusal> {
        let token = Token::new(random);
        let id = TokenId(self.next);
        let entry = Entry { id, name, paired, fingerprint: token.fingerprint() };
        self.entries.push(entry).map_err(|_| Refusal::TokensFull { limit: TOKENS })?;
        self.next = self.next.saturating_add(1);
        Ok((id, token))
    }

    /// Takes a token back: what it opened is closed from here on.
    ///
    /// # Errors
    /// When there is none of that number.
    pub fn revoke(&mut self, id: TokenId) -> Result<Entry, Refusal> {
        let at = self.entries.iter().position(|entry| entry.id == id).ok_or(Refusal::NoSuchToken)?;
        Ok(self.entries.remove(at))
    }

    /// Which paired app this token belongs to. Compares with every one, whatever it finds.
    pub fn find(&self, token: &Token) -> Option<TokenId> {
        let fingerprint = token.fingerprint();
        let matching = |found: Option<TokenId>, entry: &Entry| {
            if entry.fingerprint.is(&fingerprint) { Some(entry.id) } else { found }
        };
        self.entries.iter().fold(None, matching)
    }

    /// Judges the `Authorization` header.
    ///
    /// # Errors
    /// Missing, no bearer token, or one that is not known.
    pub fn judge(&self, authorization: Field<'_>) -> Result<TokenId, Refusal> {
        match authorization {
            Field::Absent => Err(Refusal::TokenMissing),
            Field::Malformed => Err(Refusal::TokenUnknown),
            Field::Once(text) => {
                let token = bearer(text).and_then(Token::read).ok_or(Refusal::TokenUnknown)?;
                self.find(&token).ok_or(Refusal::TokenUnknown)
            }
        }
    }
}

/// What follows `Bearer`, in any letter case (RFC 9110, section 11.1), and one space or more.
fn bearer(text: &str) -> Option<&str> {
    let (scheme, token) = text.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim_start_matches(' '))
}
