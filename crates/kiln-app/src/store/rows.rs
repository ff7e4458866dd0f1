//! Rows of the running log that are not on the flash yet, and when they go there.
//!
//! Every flush erases a sector, so rows wait: at most a minute, at most until the buffer is full, never past a change
//! of state. Refuses to know files.

use core::fmt::{self, Write as _};

use kiln_core::units::{Instant, Millis};

/// Bytes of rows that can wait: about a hundred rows.
pub const ROOM: usize = 8192;

/// How long a row may wait. Looked at every few seconds, rows are on the flash within the minute that is promised.
pub const LONGEST_WAIT: Millis = Millis::from_seconds(55);

/// What is safe of a running log.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Logged {
    /// Bytes on the flash.
    pub bytes: usize,
    /// The moment the newest row on the flash was made; `None` before the first.
    pub until: Option<Instant>,
    /// Rows that were dropped, because the buffer was full and the flash took none.
    pub lost: u32,
}

/// The rows that wait.
#[derive(Debug, Default)]
pub(super) struct Rows {
    text: heapless::String<ROOM>,
    /// When the oldest and the newest of them were made.
    made: Option<(Instant, Instant)>,
}

impl Rows {
    /// Adds a line, line end included; whether there was room for all of it.
    pub(super) fn add(&mut self, now: Instant, line: &dyn fmt::Display) -> bool {
        let before = self.text.len();
        if write!(self.text, "{line}").is_err() {
            self.text.truncate(before);
            return false;
        }
        self.made = Some((self.made.map_or(now, |(oldest, _)| oldest), now));
        true
    }

    /// Whether the rows have waited long enough, or fill three quarters of the buffer.
    pub(super) fn is_due(&self, now: Instant) -> bool {
        self.made.is_some_and(|(oldest, _)| now.since(oldest) >= LONGEST_WAIT) || self.text.len() >= ROOM / 4 * 3
    }

    pub(super) fn bytes(&self) -> &[u8] {
        self.text.as_bytes()
    }

    /// When the newest row was made.
    pub(super) fn newest(&self) -> Option<Instant> {
        self.made.map(|(_, newest)| newest)
    }

    /// They are on the flash.
    pub(super) fn clear(&mut self) {
        self.text.clear();
        self.made = None;
    }
}
