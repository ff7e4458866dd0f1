//! The controller's own log on the flash: a few files, the oldest of which goes first.
//!
//! Lines go there when they have waited: errors a minute, others ten, so that idle months cost no flash.

use core::fmt;

use kiln_core::units::{Instant, Millis};
use littlefs2::path::PathBuf;

use super::Store;
use super::append;
use super::error::StoreError;
use super::flash::Flash;
use super::place::Folder;
use super::ring::{Level, Ring};
use crate::log::FileName;

/// The longest file, in bytes.
const FILE_LONGEST: usize = 32 * 1024;
/// The most files, the one being written included.
const FILES_MOST: usize = 6;
/// How long a warning or an error may wait.
const WAIT_SHORT: Millis = Millis::from_seconds(55);
/// How long another line may wait.
const WAIT_LONG: Millis = Millis::from_minutes(10);

/// A file of the controller's own log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DiagnosticFile {
    /// Its name: the start of the controller, and a count.
    pub name: FileName,
    /// Its length in bytes.
    pub bytes: usize,
}

/// What of the log is on the flash.
#[derive(Debug, Default)]
pub(super) struct Diagnostics {
    boot: u32,
    part: u32,
    /// Bytes of the file being written.
    bytes: usize,
    /// The position behind the last line on the flash.
    flushed: u64,
    /// When the next flush is due; `None` when no line waits.
    due: Option<Instant>,
    trouble: bool,
}

impl Diagnostics {
    pub(super) fn of_boot(boot: u32) -> Self {
        Self { boot, ..Self::default() }
    }

    fn line_added(&mut self, now: Instant, level: Level) {
        let wait = if level >= Level::Warn { WAIT_SHORT } else { WAIT_LONG };
        let due = now + wait;
        self.due = Some(self.due.map_or(due, |before| before.min(due)));
    }

    /// Whether lines have waited long enough, or fill half of the ring.
    pub(super) fn is_due(&self, now: Instant, ring: &Ring) -> bool {
        let (_, waiting) = ring.since(self.flushed);
        self.due.is_some_and(|due| now >= due) || (!self.trouble && waiting.len() >= Ring::ROOM / 2)
    }

    fn path(&self) -> Result<PathBuf, StoreError> {
        use core::fmt::Write as _;
        let mut name = heapless::String::<32>::new();
        write!(name, "{:08}-{:04}.log", self.boot, self.part).map_err(|_| StoreError::TooLong(FileName::LONGEST))?;
        Folder::Diagnostics.file(&name)
    }
}

impl<F: Flash> Store<'_, F> {
    /// Adds a line to the controller's own log. `stamp` is the time as it is to be read: of the day, or since the start.
    pub fn log(&mut self, now: Instant, stamp: &dyn fmt::Display, level: Level, what: &dyn fmt::Display) {
        self.ring.add(stamp, level, what);
        if level > Level::Debug {
            self.diagnostics.line_added(now, level);
        }
    }

    /// The newest lines of the controller's own log.
    pub fn ring(&self) -> &Ring {
        self.ring
    }

    /// A line about the store itself; it goes to the flash with the next.
    pub(super) fn note(&mut self, level: Level, what: &dyn fmt::Display) {
        self.ring.add(&"store", level, what);
    }

    /// Puts the waiting lines on the flash now.
    ///
    /// # Errors
    /// Why they are not there; they are tried again in ten minutes.
    pub fn flush_diagnostics(&mut self, now: Instant) -> Result<(), StoreError> {
        let result = self.put_lines();
        self.diagnostics.trouble = result.is_err();
        self.diagnostics.due = if result.is_err() { Some(now + WAIT_LONG) } else { None };
        result
    }

    fn put_lines(&mut self) -> Result<(), StoreError> {
        let (from, text) = self.ring.since(self.diagnostics.flushed);
        if text.is_empty() {
            return Ok(());
        }
        if self.diagnostics.bytes.saturating_add(text.len()) > FILE_LONGEST {
            self.diagnostics.part = self.diagnostics.part.saturating_add(1);
            self.diagnostics.bytes = 0;
        }
        let (path, at) = (self.diagnostics.path()?, self.diagnostics.bytes);
        self.volume.with(|files| append::put(files, &path, at, text.as_bytes()))?;
        self.diagnostics.bytes = at.saturating_add(text.len());
        self.diagnostics.flushed = from.saturating_add(u64::try_from(text.len()).unwrap_or(u64::MAX));
        if at == 0 {
            self.keep_few()?;
        }
        Ok(())
    }

    /// Removes the oldest files until there are few.
    fn keep_few(&mut self) -> Result<(), StoreError> {
        while self.count_diagnostics()? > FILES_MOST && self.delete_oldest_diagnostics()? {}
        Ok(())
    }

    fn count_diagnostics(&mut self) -> Result<usize, StoreError> {
        let folder = Folder::Diagnostics.path()?;
        self.volume.with(|files| Ok(files.read_dir_and_then(&folder, |entries| Ok(entries.skip(2).count()))?))
    }

    /// Removes the oldest file that is not being written; whether there was one.
    pub(super) fn delete_oldest_diagnostics(&mut self) -> Result<bool, StoreError> {
        let (folder, written) = (Folder::Diagnostics.path()?, self.diagnostics.path()?);
        self.volume.with(|files| {
            // Names sort by age, and so does the folder.
            let mut oldest = None;
            files.read_dir_and_then(&folder, |entries| {
                oldest = entries.nth(2).transpose()?.map(|entry| PathBuf::from(entry.path()));
                Ok(())
            })?;
            match oldest {
                Some(path) if path != written => files.remove(&path).map(|()| true).map_err(StoreError::from),
                _ => Ok(false),
            }
        })
    }

    /// Fills `page` with the files of the controller's own log from number `skip` on, oldest first; whether there are
    /// more.
    ///
    /// # Errors
    /// What the flash said.
    pub fn diagnostic_files<const N: usize>(
        &mut self,
        skip: usize,
        page: &mut heapless::Vec<DiagnosticFile, N>,
    ) -> Result<bool, StoreError> {
        let folder = Folder::Diagnostics.path()?;
        page.clear();
        self.volume.with(|files| {
            let mut more = false;
            files.read_dir_and_then(&folder, |entries| {
                for entry in entries.skip(2 + skip) {
                    let entry = entry?;
                    let Some(name) = FileName::new(entry.file_name().as_str()) else { continue };
                    more |= page.push(DiagnosticFile { name, bytes: entry.metadata().len() }).is_err();
                }
                Ok(())
            })?;
            Ok(more)
        })
    }

    /// Reads a file of the controller's own log from a place on; how many bytes there were, 0 at the end.
    ///
    /// # Errors
    /// [`StoreError::Absent`] when there is no such file; else what the flash said.
    pub fn read_diagnostics(&mut self, name: &FileName, at: usize, into: &mut [u8]) -> Result<usize, StoreError> {
        let path = Folder::Diagnostics.file(name.as_str())?;
        self.volume.with(|files| append::get(files, &path, at, into))
    }
}
