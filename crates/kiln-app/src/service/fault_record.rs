//! The last fault, kept for after a reset.
//!
//! Three lines: the code, when it was in epoch milliseconds or `-`, and the firing it ended or `-`.

use core::fmt::Write as _;

use super::{Now, Service};
use crate::store::{Document, Flash, Level};
use kiln_core::snapshot::Snapshot;
use kiln_core::units::WallClock;

/// The format of the record.
const FORMAT: u16 = 1;

/// What is known of the last fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LastFault {
    /// Its code.
    pub code: heapless::String<8>,
    /// When it was, if the time was known.
    pub at: Option<WallClock>,
}

impl<F: Flash> Service<'_, F> {
    /// Keeps a fault that has just latched.
    pub(super) fn note_fault(&mut self, now: &Now, told: &Snapshot) {
        let before = self.told().and_then(|before| before.fault).map(|fault| fault.kind());
        let Some(kind) = told.fault.map(|fault| fault.kind()).filter(|kind| before != Some(*kind)) else { return };
        let mut text = heapless::String::<160>::new();
        let written = match now.wall {
            Some(wall) => write!(text, "{}\n{}\n", kind.code(), wall.unix_millis()),
            None => write!(text, "{}\n-\n", kind.code()),
        };
        debug_assert!(written.is_ok(), "a code and a time fit");
        if let Err(error) = self.store.write(Document::Fault, FORMAT, text.as_bytes()) {
            self.note(now, Level::Warn, &error);
        }
    }

    /// The last fault that latched, in this start of the controller or an earlier one.
    pub fn last_fault(&mut self) -> Option<LastFault> {
        let stored = self.store.read(Document::Fault, FORMAT, &mut self.scratch).ok()?;
        let text = core::str::from_utf8(self.scratch.get(..stored.length)?).ok()?;
        let mut lines = text.lines();
        let code = heapless::String::try_from(lines.next()?).ok()?;
        Some(LastFault { code, at: lines.next()?.parse().ok().map(WallClock::from_unix_millis) })
    }
}
