//! Finished work, counted where the other core sees it.
//!
//! A beat says that a turn of a task has *returned*, well or badly; a timer or an interrupt must never give one. Whether
//! a silence matters is for others to judge.

use super::sync::{Acquire, Relaxed, Release, Word, array_of, constructor};

/// The most tasks that can be listened to.
pub const TASKS: usize = 16;

/// A task of the application core, by its number from 0 to [`TASKS`] - 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Task(u8);

impl Task {
    /// The task with this number; `None` for [`TASKS`] and more.
    pub const fn new(number: u8) -> Option<Self> {
        #[expect(clippy::as_conversions, reason = "u8 to usize is exact; From is not const")]
        if (number as usize) < TASKS { Some(Self(number)) } else { None }
    }

    const fn bit(self) -> u32 {
        1 << self.0
    }
}

/// Which tasks there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Roster(u32);

impl Roster {
    /// No task.
    pub const EMPTY: Self = Self(0);

    /// The same with one more task.
    pub const fn with(self, task: Task) -> Self {
        Self(self.0 | task.bit())
    }

    /// Whether a task is on it.
    pub const fn has(self, task: Task) -> bool {
        self.0 & task.bit() != 0
    }
}

/// Counts of finished turns. All zeros is an application of which nothing is known.
#[derive(Debug)]
#[repr(C)]
pub(super) struct Beats {
    roster: Word,
    tasks: [Word; TASKS],
    control: Word,
}

impl Beats {
    constructor! {
        /// Nothing finished yet, nobody to listen to.
        pub(super) fn new() -> Self {
            Self { roster: Word::new(0), tasks: array_of!(Word::new(0)), control: Word::new(0) }
        }
    }

    /// Says which tasks there are. The application's end only.
    pub(super) fn enrol(&self, roster: Roster) {
        self.roster.store(roster.0, Release);
    }

    /// Which tasks there are, as far as the application has said.
    pub(super) fn roster(&self) -> Roster {
        Roster(self.roster.load(Acquire))
    }

    /// What a task shows its life by.
    pub(super) fn pulse(&self, task: Task) -> Option<Pulse<'_>> {
        self.tasks.get(usize::from(task.0)).map(Pulse::new)
    }

    /// What the control loop shows its life by.
    pub(super) fn pulse_of_control(&self) -> Pulse<'_> {
        Pulse::new(&self.control)
    }

    /// How many turns the control loop has finished. It wraps.
    pub(super) fn control(&self) -> u32 {
        self.control.load(Acquire)
    }
}

#[cfg(any(all(test, not(any(loom, shuttle))), feature = "fake"))]
impl Beats {
    /// Every word of it.
    pub(super) fn memory(&self) -> impl Iterator<Item = &Word> {
        [&self.roster].into_iter().chain(&self.tasks).chain([&self.control])
    }
}

/// Finished work of one party, counted where the other core sees it.
///
/// Whoever has it beats at the one place where its work has returned.
#[derive(Debug)]
pub struct Pulse<'a> {
    word: &'a Word,
    count: u32,
}

impl<'a> Pulse<'a> {
    pub(super) fn new(word: &'a Word) -> Self {
        Self { word, count: word.load(Relaxed) }
    }

    /// How many turns have returned. It wraps.
    pub const fn count(&self) -> u32 {
        self.count
    }

    /// A turn has returned, well or badly.
    pub fn beat(&mut self) {
        self.count = self.count.wrapping_add(1);
        self.word.store(self.count, Release);
    }
}

/// What the control end has heard of the application.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Heard {
    tasks: [u32; TASKS],
}

impl Heard {
    /// Whether every task on the roster has finished a turn since this was last so. Never so for an empty roster.
    pub(super) fn whole_turn(&mut self, roster: Roster, beats: &Beats) -> bool {
        let mut now = self.tasks;
        for (seen, word) in now.iter_mut().zip(&beats.tasks) {
            *seen = word.load(Acquire);
        }
        let tasks = (0..).map_while(Task::new).zip(now.iter().zip(&self.tasks));
        let turned =
            roster != Roster::EMPTY && tasks.into_iter().all(|(task, (now, then))| !roster.has(task) || now != then);
        if turned {
            self.tasks = now;
        }
        turned
    }
}
