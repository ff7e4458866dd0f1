//! What the store has promised: what each thing may be after a cut.
//!
//! A write that was acknowledged leaves one answer, one under way leaves two: before and after, never a mix. Of a
//! running log every acknowledged row must be there, in order, and nothing that was not sent.

use kiln_app::log::FileName;
use kiln_app::store::{Document, RunRecord, StoreError};

use super::Kiln;

/// Something that is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Thing {
    /// A document of which there is one.
    Document(Document),
    /// A profile.
    Profile(FileName),
    /// A run that does not go on: its rows.
    Rows(FileName),
    /// What is known of a run.
    Record(FileName),
}

/// What something is; `None` when it is not there.
pub(super) type Value = Option<Vec<u8>>;

/// The log of a run that goes on.
#[derive(Clone, Debug)]
pub(super) struct Growing {
    pub(super) log: FileName,
    /// Every byte given to the store.
    pub(super) sent: Vec<u8>,
    /// How many of them are acknowledged.
    pub(super) safe: usize,
}

/// The promises.
#[derive(Clone, Debug, Default)]
pub(super) struct Ledger {
    things: Vec<(Thing, Vec<Value>)>,
    pub(super) growing: Option<Growing>,
    /// Everything may be gone: a factory reset is under way.
    pub(super) may_be_new: bool,
}

impl Ledger {
    /// What a thing was last acknowledged to be.
    pub(super) fn known(&self, thing: &Thing) -> Value {
        let there = self.things.iter().find(|(it, _)| it == thing);
        there.and_then(|(_, values)| values.first().cloned()).flatten()
    }

    /// A write of this value begins.
    pub(super) fn offer(&mut self, thing: &Thing, value: Value) {
        match self.things.iter_mut().find(|(it, _)| it == thing) {
            Some((_, values)) => values.push(value),
            None => self.things.push((thing.clone(), vec![None, value])),
        }
    }

    /// It is acknowledged.
    pub(super) fn settle(&mut self, thing: &Thing, value: Value) {
        self.things.retain(|(it, _)| it != thing);
        self.things.push((thing.clone(), vec![value]));
    }

    /// Every run that is no longer needed may be thrown away whole.
    pub(super) fn let_go(&mut self, kept: &FileName) {
        for (thing, values) in &mut self.things {
            let free = matches!(thing, Thing::Rows(log) | Thing::Record(log) if log != kept);
            if free && !values.contains(&None) {
                values.push(None);
            }
        }
    }

    /// The store has acknowledged so many bytes of the growing log.
    pub(super) fn safe(&mut self, bytes: usize) {
        if let Some(growing) = &mut self.growing {
            growing.safe = growing.safe.max(bytes);
        }
    }

    /// Holds what is found against what was promised; what is wrong, if anything is.
    pub(super) fn judge(&self, kiln: &mut Kiln<'_>) -> Result<(), String> {
        for (thing, values) in &self.things {
            let found = look(kiln, thing).map_err(|error| format!("{thing:?} cannot be read: {error:?}"))?;
            let new = self.may_be_new && found.is_none();
            if !new && !values.contains(&found) {
                return Err(format!("{thing:?} is neither what it was nor what it was to be"));
            }
        }
        let Some(Growing { log, sent, safe }) = &self.growing else { return Ok(()) };
        let found = look(kiln, &Thing::Rows(log.clone())).map_err(|error| format!("{log:?}: {error:?}"))?;
        let found = found.unwrap_or_default();
        match () {
            () if found.len() < *safe => Err(format!("{} of {safe} acknowledged bytes of rows are there", found.len())),
            () if !sent.starts_with(&found) => Err("rows that were never sent".to_owned()),
            () if !found.is_empty() && !found.ends_with(b"\n") => Err("half a row".to_owned()),
            () => Ok(()),
        }
    }
}

/// What a thing is.
pub(super) fn look(kiln: &mut Kiln<'_>, thing: &Thing) -> Result<Value, StoreError> {
    let mut bytes = vec![0; 8192];
    let read = match thing {
        Thing::Document(document) => kiln.read(*document, 1, &mut bytes).map(|stored| stored.length),
        Thing::Profile(name) => kiln.read_profile(name, 1, &mut bytes).map(|stored| stored.length),
        Thing::Rows(log) => {
            bytes.clear();
            rows(kiln, log, &mut bytes)
        }
        Thing::Record(log) => kiln.record(log).map(|record| {
            bytes = value(&record);
            bytes.len()
        }),
    };
    match read {
        Ok(length) => {
            bytes.truncate(length);
            Ok(Some(bytes))
        }
        Err(StoreError::Absent) => Ok(None),
        Err(other) => Err(other),
    }
}

/// A record as bytes that can be compared.
pub(super) fn value(record: &RunRecord) -> Vec<u8> {
    format!("{record:?}").into_bytes()
}

fn rows(kiln: &mut Kiln<'_>, log: &FileName, into: &mut Vec<u8>) -> Result<usize, StoreError> {
    let mut chunk = vec![0; 50_000];
    kiln.run_length(log)?;
    loop {
        let read = kiln.read_run(log, into.len(), &mut chunk)?;
        if read == 0 {
            return Ok(into.len());
        }
        into.extend_from_slice(&chunk[..read]);
    }
}
