//! The run that is recorded: its beginning, its rows, its end.

use core::fmt;

use kiln_core::units::Instant;

use super::Store;
use super::append;
use super::error::StoreError;
use super::flash::{Flash, SECTOR};
use super::place::Folder;
use super::record::{RunKind, RunRecord};
use super::ring::Level;
use super::rows::Logged;
use crate::log::{Begun, FileName};

/// Rows that lie this much apart are looked between for room.
const ROOM_EVERY: usize = 4 * SECTOR;

/// The run that is recorded.
pub(super) struct Running {
    pub(super) log: FileName,
    pub(super) logged: Logged,
    /// How many bytes there were when room was last made.
    roomy_until: usize,
}

impl Running {
    fn new(log: &FileName, bytes: usize) -> Self {
        let logged = Logged { bytes, ..Logged::default() };
        Self { log: log.clone(), logged, roomy_until: bytes.saturating_add(ROOM_EVERY) }
    }
}

impl<F: Flash> Store<'_, F> {
    /// The run that is recorded.
    pub fn running(&self) -> Option<&FileName> {
        self.running.as_ref().map(|running| &running.log)
    }

    /// Begins to record a run: makes room, and keeps its record. Rows follow with [`Store::append`].
    ///
    /// # Errors
    /// [`StoreError::InUse`] while another is recorded, [`StoreError::Exists`] for a name that is taken; else why the
    /// record could not be written.
    pub fn begin_run(&mut self, log: &FileName, record: &RunRecord) -> Result<(), StoreError> {
        if self.running.is_some() {
            return Err(StoreError::InUse);
        }
        if self.run_length(log).is_ok() {
            return Err(StoreError::Exists);
        }
        self.make_room();
        if let Err(error) = self.keep_few_runs() {
            self.note(Level::Warn, &error);
        }
        self.write_record(log, record)?;
        self.rows.clear();
        self.running = Some(Running::new(log, 0));
        Ok(())
    }

    /// Goes on recording a run that was cut off, at the end of its rows; counts the resumption in its record.
    ///
    /// # Errors
    /// [`StoreError::InUse`] while another is recorded, [`StoreError::Absent`] when it has no rows; else what the flash
    /// said.
    pub fn resume_run(&mut self, log: &FileName) -> Result<(), StoreError> {
        if self.running.is_some() {
            return Err(StoreError::InUse);
        }
        let bytes = self.run_length(log)?;
        self.make_room();
        let mut record = match self.record(log) {
            Ok(record) => record,
            Err(StoreError::Absent | StoreError::Damaged) => {
                RunRecord::new(Begun { boot: self.boot, number: 0 }, RunKind::Firing, None)
            }
            Err(other) => return Err(other),
        };
        record.resumes = record.resumes.saturating_add(1);
        record.ending = None;
        self.write_record(log, &record)?;
        self.rows.clear();
        self.running = Some(Running::new(log, bytes));
        Ok(())
    }

    /// Takes a line of the running log, line end included. It goes to the flash with [`Store::flush`] or
    /// [`Store::poll`]; when the buffer is full, at once.
    ///
    /// # Errors
    /// [`StoreError::Absent`] when no run is recorded; why the flash took no rows while the buffer is full: the line is
    /// dropped and counted.
    pub fn append(&mut self, now: Instant, line: &dyn fmt::Display) -> Result<(), StoreError> {
        if self.running.is_none() {
            return Err(StoreError::Absent);
        }
        if self.rows.add(now, line) {
            return Ok(());
        }
        let flushed = self.flush();
        if flushed.is_ok() && self.rows.add(now, line) {
            return Ok(());
        }
        if let Some(running) = &mut self.running {
            running.logged.lost = running.logged.lost.saturating_add(1);
        }
        flushed
    }

    /// Puts the waiting rows on the flash when they have waited long enough. To be asked every few seconds.
    ///
    /// # Errors
    /// Why they are not there; they are kept and the next call tries again.
    pub fn poll(&mut self, now: Instant) -> Result<(), StoreError> {
        if self.running.is_some() && self.rows.is_due(now) {
            self.flush()?;
        }
        if self.diagnostics.is_due(now, self.ring) { self.flush_diagnostics(now) } else { Ok(()) }
    }

    /// Puts the waiting rows on the flash now: at each change of state, and before a download. Acknowledges them.
    ///
    /// # Errors
    /// Why they are not there; they are kept and the next call tries again.
    pub fn flush(&mut self) -> Result<(), StoreError> {
        let Some(running) = &mut self.running else { return Ok(()) };
        if self.rows.bytes().is_empty() {
            return Ok(());
        }
        if running.logged.bytes >= running.roomy_until {
            running.roomy_until = running.logged.bytes.saturating_add(ROOM_EVERY);
            self.make_room();
        }
        match self.put_rows() {
            Err(StoreError::Full) => {
                self.make_room();
                self.put_rows()
            }
            other => other,
        }
    }

    fn put_rows(&mut self) -> Result<(), StoreError> {
        let Some(running) = &mut self.running else { return Ok(()) };
        let path = Folder::Runs.file(running.log.as_str())?;
        let (at, bytes) = (running.logged.bytes, self.rows.bytes());
        self.volume.with(|files| append::put(files, &path, at, bytes))?;
        running.logged.bytes = at.saturating_add(bytes.len());
        running.logged.until = self.rows.newest();
        self.rows.clear();
        Ok(())
    }

    /// What is safe of the running log.
    pub fn logged(&self) -> Option<Logged> {
        self.running.as_ref().map(|running| running.logged)
    }

    /// The rows that wait, as text: seen by a display, not yet by a download.
    pub fn waiting(&self) -> &[u8] {
        self.rows.bytes()
    }

    /// Ends the recording: the last rows, then the record.
    ///
    /// # Errors
    /// Why it could not be kept; the run stays open, and the call can be made again.
    pub fn end_run(&mut self, record: &RunRecord) -> Result<(), StoreError> {
        let Some(running) = &self.running else { return Err(StoreError::Absent) };
        let log = running.log.clone();
        self.flush()?;
        self.write_record(&log, record)?;
        self.running = None;
        Ok(())
    }
}
