//! The application's end of the link: ask, stop, look, show that one is alive.

use super::beats::{Pulse, Roster, Task};
use super::queue::Full;
use super::sync::Acquire;
use super::{Link, SLOTS};
use kiln_core::command::{CommandId, Request};
use kiln_core::report::Report;
use kiln_core::settings::Published;
use kiln_core::snapshot::Snapshot;
use kiln_core::units::{Instant, Millis, WallClock};

/// The application's end. There must be one at a time; it may be made again after its core was restarted.
#[derive(Debug)]
pub struct AppEnd<'a, const SLOTS: usize = { self::SLOTS }> {
    link: &'a Link<SLOTS>,
    asked: u32,
    stops: u32,
    shutdowns: u32,
    settings: u32,
    wall: u32,
    control_beats: u32,
}

/// What cannot wait behind anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Urgent {
    /// End the firing or the tuning; heat off.
    Stop,
    /// Heat off at once, whatever is going on.
    Shutdown,
}

impl<'a, const SLOTS: usize> AppEnd<'a, SLOTS> {
    /// The application's end of `link`, with these tasks to listen to.
    pub fn new(link: &'a Link<SLOTS>, roster: Roster) -> Self {
        link.beats.enrol(roster);
        Self {
            link,
            asked: link.requests.count(),
            stops: link.stop.made(),
            shutdowns: link.shutdown.made(),
            settings: link.settings.last(),
            wall: link.wall.last(),
            control_beats: link.beats.control(),
        }
    }

    /// Asks for something. Stop and shutdown belong into [`urgent`](Self::urgent), though they are taken here too.
    ///
    /// What becomes of it is found in a later snapshot under its name, also when a stop overtook it or it came damaged.
    /// The exception is damage that reaches the name: it is only counted ([`Observer::damaged`]).
    ///
    /// # Errors
    /// [`Full`] while the control core has not taken what is there: nothing was asked.
    pub fn ask(&mut self, request: &Request) -> Result<(), Full> {
        self.link.requests.put(&mut self.asked, request)
    }

    /// Stops or shuts down, ahead of everything that was asked before. Cannot fail and cannot be held up.
    ///
    /// Calling again before the control core has looked is one call, with the later name: the outcome of a later stop is
    /// that of every stop before it. Of the requests that wait,
    /// those that begin heat ([`begins_heat`](kiln_core::command::Command::begins_heat)) are dropped; those asked
    /// afterwards are not.
    pub fn urgent(&mut self, what: Urgent, id: CommandId) {
        match what {
            Urgent::Stop => self.link.stop.make(&mut self.stops, id, self.asked),
            Urgent::Shutdown => self.link.shutdown.make(&mut self.shutdowns, id, self.asked),
        }
    }

    /// Whether the control core has taken every stop and shutdown so far.
    pub fn urgent_taken(&self) -> bool {
        self.link.stop.answered() == self.stops && self.link.shutdown.answered() == self.shutdowns
    }

    /// Makes these the newest settings; those before them are gone, taken or not.
    ///
    /// They take effect when nothing is fired or tuned. What became of them is in the snapshot
    /// ([`Snapshot::settings`](kiln_core::snapshot::Snapshot::settings)).
    pub fn publish_settings(&mut self, published: &Published) {
        self.link.settings.publish(&mut self.settings, published);
    }

    /// Tells the control core what time it is. To be called when the time has been found out or found to be wrong.
    pub fn tell_wall(&mut self, wall: WallClock) {
        self.link.wall.publish(&mut self.wall, &wall);
    }

    /// What a task shows its life by: it beats at the end of its loop. `None` for a task there cannot be.
    pub fn pulse(&self, task: Task) -> Option<Pulse<'a>> {
        self.link.beats.pulse(task)
    }

    /// Whether the control loop has finished a turn since this was last asked.
    pub fn control_turned(&mut self) -> bool {
        let beats = self.link.beats.control();
        core::mem::replace(&mut self.control_beats, beats) != beats
    }

    /// A way to look, for as many as want one.
    pub const fn observer(&self) -> Observer<'a, SLOTS> {
        Observer { link: self.link }
    }

    /// The newest snapshot; see [`Observer::newest`].
    pub fn newest(&self) -> Option<Snapshot> {
        self.observer().newest()
    }
}

/// How old the control core's word is, by the clock of whoever listens.
///
/// A listener that looks seldom sees an age that is too small by at most the time between two looks.
#[derive(Clone, Copy, Debug, Default)]
pub struct Age {
    last: Option<(u32, Instant)>,
}

impl Age {
    /// Takes in the count of finished turns ([`Observer::control_beats`]) at `now`; how long it has stood still.
    pub fn see(&mut self, beats: u32, now: Instant) -> Millis {
        match self.last {
            Some((count, since)) if count == beats => now.since(since),
            Some(_) | None => {
                self.last = Some((beats, now));
                Millis::ZERO
            }
        }
    }
}

/// Looks at the link and changes nothing.
#[derive(Clone, Copy, Debug)]
pub struct Observer<'a, const SLOTS: usize = { self::SLOTS }> {
    link: &'a Link<SLOTS>,
}

impl<const SLOTS: usize> Observer<'_, SLOTS> {
    /// The newest snapshot. `None` before the first one, and while the control core is at it, or was when it died:
    /// whoever wants to go on showing the one before keeps it.
    pub fn newest(&self) -> Option<Snapshot> {
        self.link.snapshot.newest()
    }

    /// What the control loop has been through; `None` before it has told, or while it is at it.
    pub fn report(&self) -> Option<Report> {
        self.link.report.newest()
    }

    /// How many turns the control loop has finished. It wraps. How long it has stood still is the age of its word: see
    /// [`Age`].
    pub fn control_beats(&self) -> u32 {
        self.link.beats.control()
    }

    /// How many requests came damaged and were dropped. It wraps.
    pub fn damaged(&self) -> u32 {
        self.link.damaged.load(Acquire)
    }

    /// How many requests that begin heat were dropped because a stop overtook them. It wraps.
    pub fn overtaken(&self) -> u32 {
        self.link.overtaken.load(Acquire)
    }
}
