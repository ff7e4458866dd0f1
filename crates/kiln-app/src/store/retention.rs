//! What is thrown away when the flash fills up.
//!
//! First the oldest logs of the controller itself, then the oldest runs; never the running one, nor the one to be
//! resumed. Beyond [`RUNS_MOST`] runs the oldest go even while there is room: looking through more takes too long. When
//! the free space cannot be told nothing is thrown away.

use super::Store;
use super::error::StoreError;
use super::flash::{Flash, SECTOR};
use super::ring::Level;

/// The most runs that are kept: some ten long ones fill the flash before.
pub const RUNS_MOST: usize = 64;
/// Below so many free bytes room is made: a firing of a day and its copies.
pub const ROOM_LOW: usize = 24 * SECTOR;
/// So many bytes are free afterwards, if there is enough to throw away.
pub const ROOM_ENOUGH: usize = 48 * SECTOR;

/// How much room there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Room {
    /// Bytes that are free, at least.
    pub free: usize,
    /// Bytes of the partition.
    pub total: usize,
}

impl<F: Flash> Store<'_, F> {
    /// How much room there is.
    ///
    /// # Errors
    /// What the flash said.
    pub fn room(&mut self) -> Result<Room, StoreError> {
        self.volume.with(|files| Ok(Room { free: files.available_space()?, total: files.total_space() }))
    }

    /// Throws away the oldest until there is room. What cannot be done is noted and done without.
    pub(super) fn make_room(&mut self) {
        if let Err(error) = self.throw_away() {
            self.note(Level::Warn, &error);
        }
    }

    fn throw_away(&mut self) -> Result<(), StoreError> {
        if self.room()?.free >= ROOM_LOW {
            return Ok(());
        }
        while self.room()?.free < ROOM_ENOUGH {
            if self.delete_oldest_diagnostics()? {
                continue;
            }
            let (_, oldest) = self.oldest_runs()?;
            if oldest.is_empty() {
                return Ok(());
            }
            for run in &oldest {
                self.delete_run(run)?;
                if self.room()?.free >= ROOM_ENOUGH {
                    break;
                }
            }
        }
        Ok(())
    }

    /// Throws away the oldest runs until one more is not too many.
    pub(super) fn keep_few_runs(&mut self) -> Result<(), StoreError> {
        loop {
            let (count, oldest) = self.oldest_runs()?;
            let many = (count + 1).saturating_sub(RUNS_MOST);
            if many == 0 || oldest.is_empty() {
                return Ok(());
            }
            for run in oldest.iter().take(many) {
                self.delete_run(run)?;
            }
        }
    }
}
