//! What is thrown away when the flash fills up.
//!
//! By free space alone: first the oldest logs of the controller itself, then the oldest runs; never the running one,
//! nor the one to be resumed. When the free space cannot be told nothing is thrown away.

use super::Store;
use super::error::StoreError;
use super::flash::{Flash, SECTOR};
use super::ring::Level;

/// Below so many free bytes room is made: a firing of a day and its copies.
const LOW: usize = 24 * SECTOR;
/// So many bytes are free afterwards, if there is enough to throw away.
const ENOUGH: usize = 48 * SECTOR;

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
        match self.room() {
            Ok(room) if room.free >= LOW => {}
            Ok(_) => {
                if let Err(error) = self.throw_away() {
                    self.note(Level::Warn, &error);
                }
            }
            Err(error) => self.note(Level::Warn, &error),
        }
    }

    fn throw_away(&mut self) -> Result<(), StoreError> {
        while self.room()?.free < ENOUGH {
            if self.delete_oldest_diagnostics()? {
                continue;
            }
            let Some(run) = self.oldest_run()? else { return Ok(()) };
            self.delete_run(&run)?;
        }
        Ok(())
    }
}
