//! The paired apps as they are kept: one small record of fixed places, refused whole if anything in it is wrong.
//!
//! ```text
//! "KT" format:u8 count:u8 next:u32   then for each:  id:u32 paired_ms:u64 length:u8 name:[u8; 32] digest:[u8; 32]
//! ```
//! Little-endian. `paired_ms` is all ones where the time was not known. Digests only: whoever reads the flash can use
//! none of them.

use kiln_core::units::WallClock;

use super::fingerprint::Fingerprint;
use super::limits::{TOKEN_NAME_BYTES, TOKENS};
use super::tokens::{Entry, TokenId, TokenName, Tokens};

/// The format that is written; a larger number in a record was written by a later version.
pub const FORMAT: u8 = 1;
/// The length of the longest record, bytes.
pub const LONGEST: usize = HEAD + TOKENS * EACH;

const HEAD: usize = 8;
const EACH: usize = 4 + 8 + 1 + TOKEN_NAME_BYTES + Fingerprint::BYTES;
const UNKNOWN: u64 = u64::MAX;

/// Why a record is refused. What is kept stays where it is; no app counts as paired.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// Written by a later version.
    Newer(u8),
    /// Not such a record, or a damaged one.
    Damaged,
}

/// Writes the paired apps.
pub fn write(tokens: &Tokens) -> heapless::Vec<u8, LONGEST> {
    let mut out = Writer::default();
    out.put(b"KT");
    out.put(&[FORMAT, u8::try_from(tokens.entries().len()).unwrap_or(u8::MAX)]);
    out.put(&tokens.next_number().to_le_bytes());
    for entry in tokens.entries() {
        out.put(&entry.id.get().to_le_bytes());
        out.put(&entry.paired.map_or(UNKNOWN, WallClock::unix_millis).to_le_bytes());
        let name = entry.name.as_str().as_bytes();
        out.put(&[u8::try_from(name.len()).unwrap_or(u8::MAX)]);
        out.put(name);
        out.put([0; TOKEN_NAME_BYTES].get(name.len()..).unwrap_or_default());
        out.put(entry.fingerprint().as_bytes());
    }
    out.0
}

/// Reads the paired apps.
///
/// # Errors
/// When anything in the record is not as [`write()`] writes it.
pub fn read(bytes: &[u8]) -> Result<Tokens, Unreadable> {
    let mut input = Reader(bytes);
    if input.take::<2>()? != *b"KT" {
        return Err(Unreadable::Damaged);
    }
    let [format, count] = input.take()?;
    match format {
        FORMAT => {}
        newer if newer > FORMAT => return Err(Unreadable::Newer(newer)),
        _ => return Err(Unreadable::Damaged),
    }
    let next = u32::from_le_bytes(input.take()?);
    let mut tokens = Tokens::starting_at(next);
    for _ in 0..count {
        tokens.restore(entry(&mut input)?).ok_or(Unreadable::Damaged)?;
    }
    if input.0.is_empty() { Ok(tokens) } else { Err(Unreadable::Damaged) }
}

/// Reads one app.
fn entry(input: &mut Reader<'_>) -> Result<Entry, Unreadable> {
    let id = TokenId::new(u32::from_le_bytes(input.take()?));
    let paired = match u64::from_le_bytes(input.take()?) {
        UNKNOWN => None,
        ms => Some(WallClock::from_unix_millis(ms)),
    };
    let [length] = input.take()?;
    let place: [u8; TOKEN_NAME_BYTES] = input.take()?;
    let (name, rest) = place.split_at_checked(usize::from(length)).ok_or(Unreadable::Damaged)?;
    let name = core::str::from_utf8(name).ok().and_then(|name| TokenName::new(name).ok());
    let name = name.filter(|_| rest.iter().all(|byte| *byte == 0)).ok_or(Unreadable::Damaged)?;
    Ok(Entry::kept(id, name, paired, Fingerprint::from_bytes(input.take()?)))
}

/// What is still to be read.
struct Reader<'a>(&'a [u8]);

impl Reader<'_> {
    fn take<const N: usize>(&mut self) -> Result<[u8; N], Unreadable> {
        let (bytes, rest) = self.0.split_first_chunk().ok_or(Unreadable::Damaged)?;
        self.0 = rest;
        Ok(*bytes)
    }
}

/// What is written.
#[derive(Default)]
struct Writer(heapless::Vec<u8, LONGEST>);

impl Writer {
    fn put(&mut self, bytes: &[u8]) {
        let fitted = self.0.extend_from_slice(bytes);
        debug_assert!(fitted.is_ok(), "the longest record is counted above");
    }
}
