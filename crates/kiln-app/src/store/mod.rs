//! What outlives a power cut: documents, profiles, runs and the controller's own log, on littlefs.
//!
//! Every method takes `&mut self`, blocks, and holds nothing open when it returns: a file is opened for each call, so
//! that no reader can keep a writer waiting. Acknowledged is what a method returned `Ok` for; of rows, what
//! [`Store::logged`] counts and [`Store::read_run`] shows. Time comes in with each call. Whoever calls decides what
//! documents mean; what is kept, refused and thrown away first is decided here.

mod append;
mod diagnostics;
mod document;
mod documents;
mod error;
mod examples;
mod flash;
mod list;
mod place;
mod profiles;
mod record;
mod retention;
mod ring;
mod rows;
mod running;
mod runs;
mod volume;

use littlefs2::fs::Allocation;

pub use diagnostics::DiagnosticFile;
pub use document::{Document, Etag, Stored};
pub use error::{StoreError, Unmounted};
pub use examples::FORMAT as EXAMPLE_FORMAT;
pub use flash::{ERASES_MOST, Flash, FlashFailure, PAGE, PARTITION, SECTOR, SECTORS};
pub use list::RunEntry;
pub use place::LAYOUT;
pub use profiles::ProfileEntry;
pub use record::{CAUSE_LONGEST, Ending, FORMAT as RECORD_FORMAT, LONGEST as RECORD_LONGEST, RunKind, RunRecord};
pub use retention::{ROOM_ENOUGH, ROOM_LOW, RUNS_MOST, Room};
pub use ring::{Level, Ring};
pub use rows::{LONGEST_WAIT, Logged, ROOM as ROWS_ROOM};

use crate::log::FileName;

use self::diagnostics::Diagnostics;
use self::flash::Medium;
use self::rows::Rows;
use self::running::Running;
use self::volume::Volume;

/// The memory a [`Store`] works in, and the flash: placed once and lent for good.
pub struct Memory<F: Flash> {
    allocation: Allocation<Medium<F>>,
    medium: Medium<F>,
    rows: Rows,
    ring: Ring,
}

impl<F: Flash> Memory<F> {
    /// The memory for the files on this flash.
    pub fn new(flash: F) -> Self {
        Self { allocation: Allocation::new(), medium: Medium(flash), rows: Rows::default(), ring: Ring::default() }
    }
}

/// The files of a kiln.
pub struct Store<'a, F: Flash> {
    volume: Volume<'a, F>,
    rows: &'a mut Rows,
    ring: &'a mut Ring,
    running: Option<Running>,
    diagnostics: Diagnostics,
    /// Which start of the controller this is; 0 when nothing can be kept.
    boot: u32,
    /// The log of the run to be resumed, as `Document::Running` has it.
    to_resume: Option<FileName>,
}

impl<'a, F: Flash> Store<'a, F> {
    /// Mounts what is on the flash, or sets it up where it is blank. Never fails: [`Store::trouble`] says when nothing
    /// can be kept, and a kiln fires without.
    pub fn open(memory: &'a mut Memory<F>) -> Self {
        let Memory { allocation, medium, rows, ring } = memory;
        let mut store = Self {
            volume: Volume::open(allocation, medium),
            rows,
            ring,
            running: None,
            diagnostics: Diagnostics::default(),
            boot: 0,
            to_resume: None,
        };
        store.begin_boot();
        store
    }

    /// Why nothing can be kept or read; `None` when all is well.
    pub fn trouble(&self) -> Option<Unmounted> {
        self.volume.trouble()
    }

    /// Which start of the controller this is, counted from 1; 0 when nothing can be kept.
    pub fn boot(&self) -> u32 {
        self.boot
    }

    /// Erases everything and begins as a new controller. To be asked for by a person, with the kiln idle.
    ///
    /// # Errors
    /// [`StoreError::InUse`] while a run is recorded; else why it could not be done.
    pub fn factory_reset(&mut self) -> Result<(), StoreError> {
        if self.running.is_some() {
            return Err(StoreError::InUse);
        }
        self.volume.reset()?;
        self.to_resume = None;
        self.begin_boot();
        Ok(())
    }

    /// Counts this start, sees which run is to be resumed, and clears away what a cut left half done.
    fn begin_boot(&mut self) {
        let mut bytes = [0; 4];
        let before = match self.read(Document::Boot, BOOT_FORMAT, &mut bytes) {
            Ok(_) => u32::from_le_bytes(bytes),
            Err(_) => self.newest_boot(),
        };
        let boot = before.saturating_add(1);
        let counted = self.write(Document::Boot, BOOT_FORMAT, &boot.to_le_bytes());
        self.boot = if counted.is_ok() { boot } else { 0 };
        self.diagnostics = Diagnostics::of_boot(boot);
        self.see_what_is_to_be_resumed();
        self.clear_away();
    }
}

/// The format of [`Document::Boot`]: four bytes, little-endian.
const BOOT_FORMAT: u16 = 1;
