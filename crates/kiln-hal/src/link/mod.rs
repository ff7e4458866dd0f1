//! The mailbox between the application core and the control core: nobody waits, nobody is believed.
//!
//! Requests go in through a bounded queue, stop and shutdown past it; snapshots come out, the newest wins; both sides
//! count finished work where the other sees it. All of it is atomic words written by one side each: no lock, no
//! unsafe, no read-modify-write, and no loop that depends on the other side. A core that dies at any store leaves the
//! other able to go on. A block is numbered and summed, and its words go through the doors of their types: what is
//! torn, damaged, stale or nonsense does not come out.
//!
//! ```text
//!   application core                  Link                        control core
//!   AppEnd::ask ───────────▶ queue of SLOTS requests ──────┐
//!   AppEnd::urgent ────────▶ stop, shutdown (go first) ────┴──▶ ControlEnd::take
//!   AppEnd::publish_settings ▶ newest settings ───────────────▶ ControlEnd::settings
//!   AppEnd::tell_wall ─────▶ newest wall clock ───────────────▶ ControlEnd::wall
//!   Observer::newest ◀────── newest snapshot ◀───────────────── ControlEnd::publish
//!   Observer::report ◀────── newest report ◀─────────────────── ControlEnd::report
//!   Pulse::beat ───────────▶ one count a task ────────────────▶ ControlEnd::beats
//!   AppEnd::control_turned ◀ one count ◀─────────────────────── ControlEnd::publish
//! ```
//!
//! It decides nothing but one thing: a request that begins heat, asked before a stop and overtaken by it, is dropped
//! and its name given back ([`ControlLink::dropped`](crate::board::ControlLink::dropped)).
//! Hazards H-20 (torn read) and H-21 (one core waits for the other); the proofs are in `tests/`, and
//! docs/hardware/link.md says what they cover.

mod app;
mod beats;
mod block;
mod control;
mod kept;
mod packed;
mod queue;
mod sync;
#[cfg(test)]
mod tests;
mod urgent;
mod words;

pub use app::{Age, AppEnd, Observer, Urgent};
pub use beats::{Pulse, Roster, TASKS, Task};
pub use control::ControlEnd;
pub use kept::{Kept, Turn};
pub use queue::Full;
pub use words::{Meaning, Packed, Sink, Source};

use beats::Beats;
use block::Block;
use kiln_core::command::Request;
use kiln_core::report::Report;
use kiln_core::settings::Published;
use kiln_core::snapshot::Snapshot;
use kiln_core::units::WallClock;
use queue::Queue;
use sync::{Word, constructor};
use urgent::Call;

/// Requests that can wait, unless a board chooses another power of two. The control core takes one every 100 ms.
pub const SLOTS: usize = 4;

/// The memory that both cores see. All zeros is an empty one, so that whoever boots first can clear it by writing zeros.
///
/// The two images of a board must be built from the same tree: the layout is not described in it.
#[derive(Debug)]
#[repr(C)]
pub struct Link<const SLOTS: usize = { self::SLOTS }> {
    requests: Queue<SLOTS, { Request::WORDS }>,
    shutdown: Call,
    stop: Call,
    snapshot: Block<{ Snapshot::WORDS }>,
    report: Block<{ Report::WORDS }>,
    settings: Block<{ Published::WORDS }>,
    wall: Block<{ WallClock::WORDS }>,
    beats: Beats,
    /// Requests that came damaged, and requests that a stop overtook; written by the control core only.
    damaged: Word,
    overtaken: Word,
}

impl<const SLOTS: usize> Link<SLOTS> {
    constructor! {
        /// An empty one.
        pub fn new() -> Self {
            Self {
                requests: Queue::new(),
                shutdown: Call::new(),
                stop: Call::new(),
                snapshot: Block::new(),
                report: Block::new(),
                settings: Block::new(),
                wall: Block::new(),
                beats: Beats::new(),
                damaged: Word::new(0),
                overtaken: Word::new(0),
            }
        }
    }
}

#[cfg(any(all(test, not(any(loom, shuttle))), feature = "fake"))]
impl<const SLOTS: usize> Link<SLOTS> {
    /// Every word of it, in the order of memory.
    #[cfg_attr(not(test), allow(dead_code, reason = "words() is not there under every checker"))]
    fn memory(&self) -> impl Iterator<Item = &Word> {
        let calls = self.shutdown.memory().chain(self.stop.memory());
        let told = self.snapshot.memory().chain(self.report.memory());
        let said = self.settings.memory().chain(self.wall.memory());
        let counts = self.beats.memory().chain([&self.damaged, &self.overtaken]);
        self.requests.memory().chain(calls).chain(told).chain(said).chain(counts)
    }

    /// Every word of it, in the order of memory: for an emulated board, whose memory is elsewhere.
    #[cfg(not(any(test, loom, shuttle)))]
    pub fn words(&self) -> impl Iterator<Item = &core::sync::atomic::AtomicU32> {
        self.memory()
    }

    /// The counts that grow with every request.
    #[cfg(test)]
    fn counters(&self) -> impl Iterator<Item = &Word> {
        self.requests.memory().take(2).chain(self.stop.memory().step_by(4)).chain(self.shutdown.memory().step_by(4))
    }
}

#[cfg(feature = "fake")]
impl<const SLOTS: usize> Link<SLOTS> {
    /// Overwrites a word of what the application says, as one gone wild might: in the slots of the queue, the settings or
    /// the wall clock; `place` counts through all of them, again and again. For tests.
    pub fn scribble(&self, place: usize, word: u32) {
        let words = || self.requests.memory().skip(2).chain(self.settings.memory()).chain(self.wall.memory());
        let place = place.checked_rem(words().count()).unwrap_or(0);
        if let Some(there) = words().nth(place) {
            there.store(word, sync::Relaxed);
        }
    }
}

impl<const SLOTS: usize> Default for Link<SLOTS> {
    fn default() -> Self {
        Self::new()
    }
}
