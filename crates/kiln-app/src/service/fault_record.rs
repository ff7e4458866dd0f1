//! The last fault, kept for after a reset, and latched anew when it was not cleared before the power went.
//!
//! Three lines: the code, when it was in epoch milliseconds or `-`, and `latched` or `cleared`.

use core::fmt::Write as _;

use super::{Now, Service};
use crate::store::{Document, Flash, Level};
use kiln_core::fault::Kind;
use kiln_core::snapshot::Snapshot;
use kiln_wire::records::LastFaultView;
use kiln_wire::status::FaultKindView;

/// The format of the record.
const FORMAT: u16 = 1;

/// What is kept of a fault.
#[derive(Clone, Copy, Debug)]
struct Record {
    kind: Kind,
    at_ms: Option<u64>,
    latched: bool,
}

impl Record {
    /// Reads a record; `None` for what is none.
    fn parse(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        let code = lines.next()?;
        let kind = Kind::ALL.into_iter().find(|kind| kind.code() == code)?;
        let at_ms = lines.next()?.parse().ok();
        Some(Self { kind, at_ms, latched: lines.next() == Some("latched") })
    }
}

impl core::fmt::Display for Record {
    fn fmt(&self, to: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        writeln!(to, "{}", self.kind.code())?;
        match self.at_ms {
            Some(at) => writeln!(to, "{at}")?,
            None => writeln!(to, "-")?,
        }
        writeln!(to, "{}", if self.latched { "latched" } else { "cleared" })
    }
}

impl<F: Flash> Service<'_, F> {
    /// Keeps a fault that has just latched, and that it was cleared when it was.
    pub(super) fn note_fault(&mut self, now: &Now, told: &Snapshot) {
        let before = self.told().and_then(|before| before.fault).map(|fault| fault.kind());
        match told.fault.map(|fault| fault.kind()) {
            // It is in the record already.
            Some(Kind::StillLatched) => {}
            Some(kind) if before == Some(kind) => {}
            Some(kind) => {
                let at_ms = now.wall.map(kiln_core::units::WallClock::unix_millis);
                self.keep_fault(now, Record { kind, at_ms, latched: true });
            }
            None if before.is_some() => {
                if let Some(record) = self.fault_record() {
                    self.keep_fault(now, Record { latched: false, ..record });
                }
            }
            None => {}
        }
    }

    fn keep_fault(&mut self, now: &Now, record: Record) {
        let mut text = heapless::String::<160>::new();
        let written = write!(text, "{record}");
        debug_assert!(written.is_ok(), "a code, a time and a word fit");
        if let Err(error) = self.store.write(Document::Fault, FORMAT, text.as_bytes()) {
            self.note(now, Level::Warn, &error);
        }
    }

    fn fault_record(&mut self) -> Option<Record> {
        let stored = self.store.read(Document::Fault, FORMAT, self.scratch).ok()?;
        Record::parse(core::str::from_utf8(self.scratch.get(..stored.length)?).ok()?)
    }

    /// The fault that nobody has cleared since it latched.
    pub(super) fn still_latched(&mut self) -> Option<Kind> {
        self.fault_record().filter(|record| record.latched).map(|record| record.kind)
    }

    /// The last fault that latched, in this start of the controller or an earlier one.
    pub fn last_fault(&mut self) -> Option<LastFaultView> {
        let Record { kind, at_ms, latched: _ } = self.fault_record()?;
        Some(LastFaultView { fault: FaultKindView(kind), at_ms })
    }
}
