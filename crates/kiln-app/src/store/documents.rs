//! Documents of which there is one.

use super::Store;
use super::document::{self, Document, Stored};
use super::error::StoreError;
use super::flash::Flash;
use super::place::Folder;
use crate::log::FileName;
use crate::recovery::Pointer;

/// Bytes of a pointer file: two names and a count.
const POINTER_LONGEST: usize = 2 * FileName::LONGEST + 8;

impl<F: Flash> Store<'_, F> {
    /// Reads a document into `into`; `newest` is the newest format the caller can read. An older one is the caller's
    /// to migrate: [`Stored::format`] says which it is.
    ///
    /// # Errors
    /// [`StoreError::Absent`] before the first write, [`StoreError::Newer`], [`StoreError::Damaged`],
    /// [`StoreError::TooLong`] when `into` is too short, or what the flash said.
    pub fn read(&mut self, document: Document, newest: u16, into: &mut [u8]) -> Result<Stored, StoreError> {
        let path = Folder::Config.file(document.name())?;
        known(self.volume.with(|files| document::read(files, &path, into))?, newest)
    }

    /// What is known of a document without its bytes.
    ///
    /// # Errors
    /// As [`Store::read`].
    pub fn stored(&mut self, document: Document) -> Result<Stored, StoreError> {
        let path = Folder::Config.file(document.name())?;
        self.volume.with(|files| document::stored(files, &path))
    }

    /// Writes a document. After a cut there is the old one or the new one, never a mix.
    ///
    /// # Errors
    /// [`StoreError::Newer`] when newer software wrote the one that is there: it is kept. Else why it was not written.
    pub fn write(&mut self, document: Document, format: u16, bytes: &[u8]) -> Result<Stored, StoreError> {
        let path = Folder::Config.file(document.name())?;
        let stored = self.volume.with(|files| document::write(files, Folder::Config, &path, format, bytes))?;
        if document == Document::Running {
            self.to_resume = log_of(bytes);
        }
        Ok(stored)
    }

    /// Removes a document.
    ///
    /// # Errors
    /// [`StoreError::Absent`] when there is none; else what the flash said.
    pub fn remove(&mut self, document: Document) -> Result<(), StoreError> {
        let path = Folder::Config.file(document.name())?;
        self.volume.with(|files| Ok(files.remove(&path)?))?;
        if document == Document::Running {
            self.to_resume = None;
        }
        Ok(())
    }

    /// Reads which run is to be resumed. A pointer that says nothing protects nothing.
    pub(super) fn see_what_is_to_be_resumed(&mut self) {
        let mut bytes = [0; POINTER_LONGEST];
        let stored = self.read(Document::Running, u16::MAX, &mut bytes);
        self.to_resume = stored.ok().and_then(|stored| bytes.get(..stored.length)).and_then(log_of);
    }
}

/// The log a pointer names.
fn log_of(bytes: &[u8]) -> Option<FileName> {
    let text = core::str::from_utf8(bytes).ok()?;
    Pointer::parse(text).ok().map(|pointer| pointer.log)
}

/// Refuses what is newer than the caller can read.
pub(super) fn known(stored: Stored, newest: u16) -> Result<Stored, StoreError> {
    if stored.format > newest { Err(StoreError::Newer(stored.format)) } else { Ok(stored) }
}
