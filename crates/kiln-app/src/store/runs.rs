//! Runs by the name of their log: read at any time, noted on, deleted.

use super::Store;
use super::append;
use super::document;
use super::documents::known;
use super::error::StoreError;
use super::flash::Flash;
use super::place::{self, Folder};
use super::record::{self, RunRecord};
use crate::log::FileName;

impl<F: Flash> Store<'_, F> {
    /// How many bytes of rows a run has; of the running one, those that are acknowledged.
    ///
    /// # Errors
    /// [`StoreError::Absent`] when there is no such run; else what the flash said.
    pub fn run_length(&mut self, log: &FileName) -> Result<usize, StoreError> {
        if let Some(running) = self.running.as_ref().filter(|running| running.log == *log) {
            return Ok(running.logged.bytes);
        }
        let path = Folder::Runs.file(log.as_str())?;
        self.volume.with(|files| Ok(files.metadata(&path)?.len()))
    }

    /// Reads rows from a place on, also while the run goes on; how many bytes there were, 0 at the end.
    ///
    /// # Errors
    /// [`StoreError::Absent`] when there is no such run; else what the flash said.
    pub fn read_run(&mut self, log: &FileName, at: usize, into: &mut [u8]) -> Result<usize, StoreError> {
        // What a failed flush may have left behind is not acknowledged.
        let most = match self.running.as_ref().filter(|running| running.log == *log) {
            Some(running) => running.logged.bytes.saturating_sub(at),
            None => usize::MAX,
        };
        let room = into.len().min(most);
        let into = into.get_mut(..room).unwrap_or_default();
        if into.is_empty() {
            return Ok(0);
        }
        let path = Folder::Runs.file(log.as_str())?;
        self.volume.with(|files| append::get(files, &path, at, into))
    }

    /// What is known of a run.
    ///
    /// # Errors
    /// As [`Store::read`].
    pub fn record(&mut self, log: &FileName) -> Result<RunRecord, StoreError> {
        let path = place::record(log)?;
        self.volume.with(|files| record_at(files, &path))
    }

    /// Writes what is known of a run.
    ///
    /// # Errors
    /// As [`Store::write`].
    pub fn write_record(&mut self, log: &FileName, record: &RunRecord) -> Result<(), StoreError> {
        let path = place::record(log)?;
        let text = record.to_bytes()?;
        let bytes = text.as_bytes();
        self.volume.with(|files| document::write(files, Folder::Runs, &path, record::FORMAT, bytes)).map(drop)
    }

    /// Deletes a run, its rows first.
    ///
    /// # Errors
    /// [`StoreError::InUse`] for the running one and the one to be resumed, [`StoreError::Absent`] when there is none;
    /// else what the flash said.
    pub fn delete_run(&mut self, log: &FileName) -> Result<(), StoreError> {
        if self.is_protected(log) {
            return Err(StoreError::InUse);
        }
        let (rows, record) = (Folder::Runs.file(log.as_str())?, place::record(log)?);
        self.volume.with(|files| {
            files.remove(&rows)?;
            match files.remove(&record) {
                Err(error) if error != littlefs2::io::Error::NO_SUCH_ENTRY => Err(error.into()),
                _ => Ok(()),
            }
        })
    }

    /// Whether a run goes on, or is the one to be resumed.
    pub fn is_protected(&self, log: &FileName) -> bool {
        self.running() == Some(log) || self.to_resume.as_ref() == Some(log)
    }
}

/// Reads a record.
pub(super) fn record_at<F: Flash>(
    files: &document::Files<'_, F>,
    path: &littlefs2::path::Path,
) -> Result<RunRecord, StoreError> {
    let mut bytes = [0; record::LONGEST];
    let stored = known(document::read(files, path, &mut bytes)?, record::FORMAT)?;
    let text = bytes.get(..stored.length).and_then(|bytes| core::str::from_utf8(bytes).ok());
    RunRecord::parse(text.ok_or(StoreError::Damaged)?)
}
