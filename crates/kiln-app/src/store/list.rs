//! Runs in their order, and what a cut left half done.

use kiln_core::units::WallClock;
use littlefs2::path::PathBuf;

use super::Store;
use super::document::Files;
use super::error::StoreError;
use super::flash::Flash;
use super::place::{self, Folder};
use super::record::{Ending, RunKind};
use super::ring::Level;
use super::runs::record_at;
use crate::log::{Begun, FileName};

/// How many runs are looked for at once: to look through all of them takes long.
const AT_ONCE: usize = 8;

/// A run in the list of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunEntry {
    /// The name of its log.
    pub log: FileName,
    /// Its place in the order of runs; the lowest for one whose record cannot be read.
    pub order: Begun,
    /// Bytes of its rows on the flash.
    pub bytes: usize,
    /// What kind of run; `None` where the record cannot be read.
    pub kind: Option<RunKind>,
    /// When it began, where the time was known.
    pub began: Option<WallClock>,
    /// When it ended, where the time was known.
    pub ended: Option<WallClock>,
    /// How it ended; `None` while it goes on, or when the power failed and nobody has looked since.
    pub ending: Option<Ending>,
}

impl RunEntry {
    fn rank(&self) -> (Begun, &str) {
        (self.order, self.log.as_str())
    }
}

impl<F: Flash> Store<'_, F> {
    /// Fills `page` with runs, newest first, those older than `before` if it is given; it is full when there may be
    /// more.
    ///
    /// # Errors
    /// What the flash said.
    pub fn runs<const N: usize>(
        &mut self,
        before: Option<&RunEntry>,
        page: &mut heapless::Vec<RunEntry, N>,
    ) -> Result<(), StoreError> {
        page.clear();
        self.volume.with(|files| {
            each_run(files, |entry| {
                let wanted = before.is_none_or(|before| entry.rank() < before.rank());
                let place = page.iter().position(|there| there.rank() < entry.rank()).unwrap_or(page.len());
                if wanted && place < page.capacity() {
                    if page.is_full() {
                        page.pop();
                    }
                    // There is room, and the place is within.
                    page.insert(place, entry).ok();
                }
            })
        })
    }

    /// How many runs there are, and the oldest few that may be thrown away, oldest first.
    pub(super) fn oldest_runs(&mut self) -> Result<(usize, heapless::Vec<FileName, AT_ONCE>), StoreError> {
        let (running, to_resume) = (self.running().cloned(), self.to_resume.clone());
        let mut oldest = heapless::Vec::<(Begun, FileName), AT_ONCE>::new();
        let mut count = 0_usize;
        self.volume.with(|files| {
            each_run(files, |entry| {
                count = count.saturating_add(1);
                let free = running.as_ref() != Some(&entry.log) && to_resume.as_ref() != Some(&entry.log);
                let older = |(begun, log): &(Begun, FileName)| (*begun, log.as_str()) > entry.rank();
                let place = oldest.iter().position(older).unwrap_or(oldest.len());
                if free && place < oldest.capacity() {
                    if oldest.is_full() {
                        oldest.pop();
                    }
                    // There is room, and the place is within.
                    oldest.insert(place, (entry.order, entry.log)).ok();
                }
            })
        })?;
        Ok((count, oldest.into_iter().map(|(_, log)| log).collect()))
    }

    /// The newest start of the controller that left a run behind.
    pub(super) fn newest_boot(&mut self) -> u32 {
        let mut page = heapless::Vec::<RunEntry, 1>::new();
        match self.runs(None, &mut page) {
            Ok(()) => page.first().map_or(0, |entry| entry.order.boot),
            Err(_) => 0,
        }
    }

    /// Removes what a cut left half done: files that were being written, records without rows. What cannot be removed
    /// does no harm and is tried again at the next start.
    pub(super) fn clear_away(&mut self) {
        let cleared = self.volume.with(|files| {
            for folder in [Folder::Config, Folder::Profiles, Folder::Runs] {
                let aside = folder.aside()?;
                if files.exists(&aside) {
                    files.remove(&aside)?;
                }
            }
            while let Some(record) = orphan(files)? {
                files.remove(&record)?;
            }
            Ok(())
        });
        if let Err(error) = cleared {
            self.note(Level::Warn, &error);
        }
    }
}

/// A record whose rows are not there.
fn orphan<F: Flash>(files: &Files<'_, F>) -> Result<Option<PathBuf>, StoreError> {
    let folder = Folder::Runs.path()?;
    let mut found = None;
    files.read_dir_and_then(&folder, |entries| {
        for entry in entries {
            let entry = entry?;
            let Some(stem) = entry.file_name().as_str().strip_suffix(".run") else { continue };
            let rows = rows_of(stem);
            if !rows.is_ok_and(|rows| files.exists(&rows)) {
                found = Some(PathBuf::from(entry.path()));
                break;
            }
        }
        Ok(())
    })?;
    Ok(found)
}

fn rows_of(stem: &str) -> Result<PathBuf, StoreError> {
    let mut name = heapless::String::<{ FileName::LONGEST }>::new();
    name.push_str(stem).and_then(|()| name.push_str(".csv")).map_err(|_| StoreError::TooLong(FileName::LONGEST))?;
    Folder::Runs.file(&name)
}

/// Looks at every run, in no order that means anything.
fn each_run<F: Flash>(files: &Files<'_, F>, mut see: impl FnMut(RunEntry)) -> Result<(), StoreError> {
    let folder = Folder::Runs.path()?;
    Ok(files.read_dir_and_then(&folder, |entries| {
        for entry in entries {
            let entry = entry?;
            let log = FileName::new(entry.file_name().as_str());
            let Some(log) = log.filter(|log| log.stem().len() < log.as_str().len()) else { continue };
            let record = place::record(&log).and_then(|path| record_at(files, &path)).ok();
            let bytes = entry.metadata().len();
            see(match record {
                Some(it) => RunEntry {
                    log,
                    order: it.order,
                    bytes,
                    kind: Some(it.kind),
                    began: it.began,
                    ended: it.ended,
                    ending: it.ending,
                },
                None => {
                    RunEntry { log, order: Begun::default(), bytes, kind: None, began: None, ended: None, ending: None }
                }
            });
        }
        Ok(())
    })?)
}
