//! A command that comes twice is done once: a retry, a double click, a replay.
//!
//! The sender makes up a key for each thing it wants done. The same key with the same request gets the first answer's
//! command; the same key with another request is a mistake and is refused.

use super::fingerprint::Fingerprint;
use super::headers::Field;
use super::limits::{KEY_BYTES, REMEMBERED_COMMANDS};
use super::refusal::Refusal;

/// A key as it was sent, judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key<'a>(&'a str);

impl<'a> Key<'a> {
    /// Judges the `Idempotency-Key` header.
    ///
    /// # Errors
    /// Empty, repeated, longer than [`KEY_BYTES`] or not printable ASCII.
    pub fn judge(header: Field<'a>) -> Result<Option<Self>, Refusal> {
        let refusal = Refusal::KeyMalformed { limit: KEY_BYTES };
        match header {
            Field::Absent => Ok(None),
            Field::Malformed => Err(refusal),
            Field::Once(text) if text.is_empty() || text.len() > KEY_BYTES => Err(refusal),
            Field::Once(text) => Ok(Some(Self(text))),
        }
    }
}

/// What a request is to one who remembers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Replay<Id> {
    /// Not seen before: to be done, then remembered.
    New,
    /// Done before, as this command: to be answered from it.
    Known(Id),
}

/// A command that was done, and what asked for it.
#[derive(Clone, Copy, Debug)]
struct Done<Id> {
    key: Fingerprint,
    request: Fingerprint,
    command: Id,
}

/// The last commands that came with a key.
#[derive(Clone, Debug)]
pub struct Idempotency<Id>(heapless::Deque<Done<Id>, REMEMBERED_COMMANDS>);

impl<Id: Copy> Idempotency<Id> {
    /// Remembers nothing.
    pub const fn new() -> Self {
        Self(heapless::Deque::new())
    }

    /// Looks a key up; `request` is method, path and body.
    ///
    /// # Errors
    /// When the key came with another request.
    pub fn look_up(&self, key: Key<'_>, request: &[&[u8]]) -> Result<Replay<Id>, Refusal> {
        let key = Fingerprint::of(&[key.0.as_bytes()]);
        match self.0.iter().find(|done| done.key.is(&key)) {
            None => Ok(Replay::New),
            Some(done) if done.request.is(&Fingerprint::of(request)) => Ok(Replay::Known(done.command)),
            Some(_) => Err(Refusal::KeyReused),
        }
    }

    /// Remembers what was done, in place of the oldest.
    pub fn remember(&mut self, key: Key<'_>, request: &[&[u8]], command: Id) {
        if self.0.is_full() {
            self.0.pop_front();
        }
        let key = Fingerprint::of(&[key.0.as_bytes()]);
        let kept = self.0.push_back(Done { key, request: Fingerprint::of(request), command });
        debug_assert!(kept.is_ok(), "room was made");
    }
}

impl<Id: Copy> Default for Idempotency<Id> {
    fn default() -> Self {
        Self::new()
    }
}
