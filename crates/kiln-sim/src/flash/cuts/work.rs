//! What the store is busy with when the power fails.

use std::fmt;

use kiln_app::log::{Begun, FileName};
use kiln_app::store::{Document, Ending, Level, ROOM_LOW, RunKind, RunRecord, SECTOR, StoreError};
use kiln_core::units::{Instant, Millis};

use super::Kiln;
use super::ledger::{Growing, Ledger, Thing, Value, value};
use crate::random::Stream;

/// What the store is busy with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Work {
    /// The rows of a firing, from its beginning to its end.
    Log,
    /// Documents of which there is one.
    Config,
    /// Profiles: new, changed, deleted.
    Profile,
    /// A firing that begins on a full flash: the oldest goes.
    Rotation,
    /// What is known of runs: notes, deletion.
    Record,
    /// A new controller, and a factory reset.
    SetUp,
}

impl Work {
    /// Every kind.
    pub const ALL: [Self; 6] = [Self::Log, Self::Config, Self::Profile, Self::Rotation, Self::Record, Self::SetUp];
}

/// One at work: the store, what it has promised, and chance.
pub(super) struct Worker<'w, 'a> {
    pub(super) kiln: &'w mut Kiln<'a>,
    pub(super) ledger: &'w mut Ledger,
    pub(super) chance: Stream,
    pub(super) now: Instant,
}

type Done = Result<(), StoreError>;

struct Text<'t>(&'t str);

impl fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

/// The name of a log.
pub(super) fn log(number: u32) -> FileName {
    FileName::of_log("glaze", None, Begun { boot: 1, number })
}

impl Worker<'_, '_> {
    pub(super) fn work(&mut self, work: Work) -> Done {
        match work {
            Work::Log => self.fire(1, 14, 6),
            Work::Config => self.configure(8),
            Work::Profile => self.edit_profiles(8),
            Work::Rotation => self.rotate(),
            Work::Record => self.take_notes(),
            Work::SetUp => self.begin_anew(),
        }
    }

    /// A firing with so many flushes of up to so many rows.
    pub(super) fn fire(&mut self, number: u32, flushes: u32, rows: u64) -> Done {
        let log = log(number);
        let mut record = RunRecord::new(Begun { boot: 1, number }, RunKind::Firing, None);
        let (thing, kept) = (Thing::Record(log.clone()), value(&record));
        self.ledger.growing = Some(Growing { log: log.clone(), sent: Vec::new(), safe: 0 });
        self.ledger.offer(&thing, Some(kept.clone()));
        self.kiln.begin_run(&log, &record)?;
        for flush in 0..flushes {
            for _ in 0..=self.chance.below(rows) {
                self.row()?;
            }
            self.kiln.flush()?;
            self.acknowledge();
            if flush == 0 {
                self.ledger.settle(&thing, Some(kept.clone()));
            }
        }
        self.row()?;
        (record.ending, record.elapsed) = (Some(Ending::Completed), Some(Millis::from_hours(13)));
        self.ledger.offer(&thing, Some(value(&record)));
        self.kiln.end_run(&record)?;
        self.ledger.settle(&thing, Some(value(&record)));
        if let Some(Growing { log, sent, .. }) = self.ledger.growing.take() {
            self.ledger.settle(&Thing::Rows(log), Some(sent));
        }
        Ok(())
    }

    fn row(&mut self) -> Done {
        self.now = self.now + Millis::from_seconds(30);
        let noise = self.chance.below(1_000_000);
        let row =
            format!("2026-11-20 13:28:09,{}.0,{noise},1200.00,45.00,RUNNING,ramp,3,7,95.0\n", self.now.as_millis());
        if let Some(growing) = &mut self.ledger.growing {
            growing.sent.extend_from_slice(row.as_bytes());
        }
        self.kiln.append(self.now, &Text(&row))?;
        self.acknowledge();
        Ok(())
    }

    fn acknowledge(&mut self) {
        self.ledger.safe(self.kiln.logged().map_or(0, |logged| logged.bytes));
    }

    /// Writes a thing, promised before and after.
    fn put(&mut self, thing: &Thing, new: Value, act: impl FnOnce(&mut Kiln<'_>) -> Done) -> Done {
        self.ledger.offer(thing, new.clone());
        act(self.kiln)?;
        self.ledger.settle(thing, new);
        Ok(())
    }

    fn bytes(&mut self, longest: u64) -> Vec<u8> {
        let length = self.chance.below(longest);
        (0..length).map(|_| self.chance.bits() as u8).collect()
    }

    pub(super) fn configure(&mut self, times: u64) -> Done {
        for _ in 0..times {
            let which = [Document::Config, Document::Schedule, Document::Tokens, Document::Network];
            let document = which[self.chance.below(4) as usize];
            let bytes = self.bytes(if document == Document::Config { 3000 } else { 400 });
            let thing = Thing::Document(document);
            if self.ledger.known(&thing).is_some() && self.chance.below(5) == 0 {
                self.put(&thing, None, |kiln| kiln.remove(document))?;
            } else {
                self.put(&thing, Some(bytes.clone()), |kiln| kiln.write(document, 1, &bytes).map(drop))?;
            }
        }
        Ok(())
    }

    pub(super) fn edit_profiles(&mut self, times: u64) -> Done {
        for _ in 0..times {
            let text = format!("profile-{}", self.chance.below(3));
            let name = FileName::new(&text).ok_or(StoreError::Absent)?;
            let thing = Thing::Profile(name.clone());
            if self.ledger.known(&thing).is_some() && self.chance.below(4) == 0 {
                self.put(&thing, None, |kiln| kiln.delete_profile(&name))?;
            } else {
                let bytes = self.bytes(1500);
                self.put(&thing, Some(bytes.clone()), |kiln| kiln.write_profile(&name, 1, &bytes).map(drop))?;
            }
        }
        Ok(())
    }

    /// Fills the flash with runs until room has been made; the first is the one to be resumed.
    pub(super) fn fill(&mut self) -> Done {
        let resumed = log(1);
        self.fire(1, 2, 200)?;
        let pointer = format!("{}\nglaze\n0\n", resumed.as_str()).into_bytes();
        self.put(&Thing::Document(Document::Running), Some(pointer.clone()), |kiln| {
            kiln.write(Document::Running, 1, &pointer).map(drop)
        })?;
        let mut number = 2;
        while self.kiln.run_length(&log(2)).is_ok() || number == 2 {
            self.fire(number, 10, 200)?;
            self.ledger.let_go(&resumed);
            number += 1;
        }
        // Shorter ones, until the next long one needs room.
        while self.kiln.room()?.free >= ROOM_LOW + 8 * SECTOR {
            self.fire(number, 2, 200)?;
            self.ledger.let_go(&resumed);
            number += 1;
        }
        Ok(())
    }

    /// A long firing on a full flash.
    fn rotate(&mut self) -> Done {
        for line in 0..40 {
            self.kiln.log(self.now, &line, Level::Info, &Text("a line of the controller's own log, of some length"));
        }
        self.kiln.flush_diagnostics(self.now)?;
        self.fire(200, 16, 200)
    }

    pub(super) fn take_notes(&mut self) -> Done {
        for number in [1, 2] {
            self.fire(number, 1, 4)?;
        }
        for turn in 0..6_u32 {
            let log = log(1 + turn % 2);
            let thing = Thing::Record(log.clone());
            let mut record = self.kiln.record(&log)?;
            let length = self.chance.below(400) as usize;
            record.notes = heapless::String::try_from("x".repeat(length).as_str()).map_err(|_| StoreError::Full)?;
            self.put(&thing, Some(value(&record)), |kiln| kiln.write_record(&log, &record))?;
        }
        let log = log(1);
        let thing = Thing::Record(log.clone());
        self.ledger.offer(&thing, None);
        self.put(&Thing::Rows(log.clone()), None, |kiln| kiln.delete_run(&log))?;
        self.ledger.settle(&thing, None);
        Ok(())
    }

    fn begin_anew(&mut self) -> Done {
        self.configure(2)?;
        self.edit_profiles(2)?;
        self.take_notes()?;
        self.ledger.may_be_new = true;
        self.kiln.factory_reset()?;
        *self.ledger = Ledger::default();
        self.configure(2)
    }
}
