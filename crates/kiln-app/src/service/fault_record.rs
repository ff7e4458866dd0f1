//! The last fault, kept for after a reset.
//!
//! Two lines: the code, and when it was in epoch milliseconds or `-`.

use core::fmt::Write as _;

use super::{Now, Service};
use crate::store::{Document, Flash, Level};
use kiln_core::fault::Kind;
use kiln_core::snapshot::Snapshot;
use kiln_wire::records::LastFaultView;
use kiln_wire::status::FaultKindView;

/// The format of the record.
const FORMAT: u16 = 1;

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
    pub fn last_fault(&mut self) -> Option<LastFaultView> {
        let stored = self.store.read(Document::Fault, FORMAT, &mut self.scratch).ok()?;
        let text = core::str::from_utf8(self.scratch.get(..stored.length)?).ok()?;
        let mut lines = text.lines();
        let code = lines.next()?;
        let kind = Kind::ALL.into_iter().find(|kind| kind.code() == code)?;
        Some(LastFaultView { fault: FaultKindView(kind), at_ms: lines.next()?.parse().ok() })
    }
}
