//! Profiles by name.

use super::Store;
use super::document::{self, Etag, Stored};
use super::documents::known;
use super::error::StoreError;
use super::flash::Flash;
use super::place::Folder;
use crate::log::FileName;

/// A profile in the list of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProfileEntry {
    /// Its name, without `.json`.
    pub name: FileName,
    /// Its format, length and etag; `None` for one that cannot be read.
    pub stored: Option<Stored>,
}

impl<F: Flash> Store<'_, F> {
    /// Fills `page` with the profiles from number `skip` on, in the order of their names; whether there are more.
    ///
    /// # Errors
    /// What the flash said.
    pub fn profiles<const N: usize>(
        &mut self,
        skip: usize,
        page: &mut heapless::Vec<ProfileEntry, N>,
    ) -> Result<bool, StoreError> {
        let folder = Folder::Profiles.path()?;
        page.clear();
        self.volume.with(|files| {
            let mut more = false;
            files.read_dir_and_then(&folder, |entries| {
                let names = entries.filter_map(|entry| match entry {
                    Ok(entry) => FileName::new(entry.file_name().as_str()).map(Ok),
                    Err(error) => Some(Err(error)),
                });
                for name in names.skip(skip) {
                    if page.push(ProfileEntry { name: name?, stored: None }).is_err() {
                        more = true;
                        break;
                    }
                }
                Ok(())
            })?;
            for entry in page.iter_mut() {
                let path = Folder::Profiles.file(entry.name.as_str())?;
                entry.stored = document::stored(files, &path).ok();
            }
            Ok(more)
        })
    }

    /// Reads a profile into `into`.
    ///
    /// # Errors
    /// As [`Store::read`].
    pub fn read_profile(&mut self, name: &FileName, newest: u16, into: &mut [u8]) -> Result<Stored, StoreError> {
        let path = Folder::Profiles.file(name.as_str())?;
        known(self.volume.with(|files| document::read(files, &path, into))?, newest)
    }

    /// The etag of a profile, and its length.
    ///
    /// # Errors
    /// As [`Store::read`].
    pub fn stored_profile(&mut self, name: &FileName) -> Result<Stored, StoreError> {
        let path = Folder::Profiles.file(name.as_str())?;
        self.volume.with(|files| document::stored(files, &path))
    }

    /// Writes a profile, new or over the one of that name.
    ///
    /// # Errors
    /// As [`Store::write`].
    pub fn write_profile(&mut self, name: &FileName, format: u16, bytes: &[u8]) -> Result<Etag, StoreError> {
        let path = Folder::Profiles.file(name.as_str())?;
        let stored = self.volume.with(|files| document::write(files, Folder::Profiles, &path, format, bytes))?;
        Ok(stored.etag)
    }

    /// Removes a profile.
    ///
    /// # Errors
    /// [`StoreError::Absent`] when there is none; else what the flash said.
    pub fn delete_profile(&mut self, name: &FileName) -> Result<(), StoreError> {
        let path = Folder::Profiles.file(name.as_str())?;
        self.volume.with(|files| Ok(files.remove(&path)?))
    }
}
