//! Starts that wait: kept on the flash, and given to control again after a restart.
//!
//! Control carries a start out by itself, so that it happens whatever becomes of the application; here is the list that
//! survives. A start whose time passed while the power was gone is carried out when it is not too late, by the same
//! limit that control has; else it is told and dropped, never lost silently.

use core::fmt::Write as _;

use super::desk::Standing;
use super::{Now, Once, Refused, Service};
use crate::log::FileName;
use crate::store::{Document, Flash, Level, StoreError};
use kiln_core::command::{Command, CommandId, Outcome, Refusal};
use kiln_core::limits;
use kiln_core::profile::Profile;
use kiln_core::snapshot::{Phase, Snapshot};
use kiln_core::units::{Millis, WallClock};
use kiln_wire::answer::Problem;
use kiln_wire::ask::ScheduleRequest;
use kiln_wire::bounded::{Label, List};
use kiln_wire::records::ScheduleAnswer;
use kiln_wire::status::ScheduledView;

/// The format of the list: a line for each start, the time in epoch milliseconds and the file of the profile.
const FORMAT: u16 = 1;
/// The longest list, in bytes.
const LONGEST: usize = limits::SCHEDULED_MOST * (FileName::LONGEST + 24);
/// So long after its time a start that control does not tell of any more has been carried out or dropped.
const PAST: Millis = Millis::from_seconds(10);

/// A start that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Start {
    pub(super) at: WallClock,
    pub(super) stem: FileName,
}

/// The starts that wait.
#[derive(Debug, Default)]
pub(super) struct Starts {
    pub(super) list: heapless::Vec<Start, { limits::SCHEDULED_MOST }>,
    /// A start that control has been asked to take.
    asked: Option<(CommandId, Start)>,
    /// A request to forget all of them.
    cancelled: Option<CommandId>,
    restoring: Option<Restoring>,
}

/// Giving the list to control again: first the old one is forgotten there, then each start is given.
#[derive(Clone, Copy, Debug, Default)]
struct Restoring {
    /// The next to be given; `None` before the old ones are forgotten.
    next: Option<usize>,
    asked: Option<CommandId>,
}

impl Starts {
    /// Gives the list to control again.
    pub(super) fn restore(&mut self) {
        self.restoring = (!self.list.is_empty()).then(Restoring::default);
    }

    /// Nothing waits any more.
    pub(super) fn forget(&mut self) {
        *self = Self::default();
    }

    /// Whether a start of this profile waits.
    pub(super) fn has(&self, stem: &FileName) -> bool {
        self.list.iter().any(|start| start.stem == *stem)
    }

    fn text(&self) -> Result<heapless::String<LONGEST>, StoreError> {
        let mut text = heapless::String::new();
        for Start { at, stem } in &self.list {
            writeln!(text, "{} {}", at.unix_millis(), stem.as_str()).map_err(|_| StoreError::TooLong(LONGEST))?;
        }
        Ok(text)
    }
}

impl<F: Flash> Service<'_, F> {
    /// Reads the list at the start of the controller.
    pub(super) fn read_starts(&mut self) {
        let Ok(stored) = self.store.read(Document::Schedule, FORMAT, self.scratch) else { return };
        let text = self.scratch.get(..stored.length).and_then(|bytes| core::str::from_utf8(bytes).ok());
        let starts = text.unwrap_or_default().lines().filter_map(|line| {
            let (at, stem) = line.split_once(' ')?;
            Some(Start { at: WallClock::from_unix_millis(at.parse().ok()?), stem: FileName::new(stem)? })
        });
        self.starts.list = starts.take(limits::SCHEDULED_MOST).collect();
        self.starts.restore();
    }

    fn write_starts(&mut self, now: &Now) {
        let written = match self.starts.text() {
            Ok(text) => self.store.write(Document::Schedule, FORMAT, text.as_bytes()).map(drop),
            Err(error) => Err(error),
        };
        if let Err(error) = written {
            self.note(now, Level::Error, &error);
        }
    }

    /// The starts that wait, the next one first.
    pub fn schedule(&self, now: &Now) -> ScheduleAnswer {
        let mut list = self.starts.list.clone();
        list.sort_unstable_by_key(|start| start.at);
        let view = |start: &Start| ScheduledView {
            profile: Label::cut(start.stem.as_str()),
            start_ms: start.at.unix_millis(),
            starts_in_s: now.wall.map(|wall| start.at.since(wall).seconds()),
        };
        ScheduleAnswer { scheduled: List::first_of(list.iter().map(view)) }
    }

    /// Asks for a start at a time of day.
    ///
    /// # Errors
    /// There is no such profile, or control cannot be asked.
    pub fn schedule_start(
        &mut self,
        now: &Now,
        asked: &ScheduleRequest,
        once: Option<Once<'_>>,
    ) -> Result<CommandId, Refused> {
        if let Some(known) = self.known(once)? {
            return Ok(known);
        }
        if self.starts.asked.is_some() || self.starts.restoring.is_some() {
            return Err(Problem::ControlBusy.into());
        }
        if now.wall.is_none() {
            return Err(Problem::ClockUnknown.into());
        }
        let (profile, stem, _) = self.load(asked.profile.as_str())?;
        let id = self.ask(now, &Command::Schedule(profile, asked.start), once)?;
        self.starts.asked = Some((id, Start { at: asked.start, stem }));
        Ok(id)
    }

    /// Asks control to forget every start.
    ///
    /// # Errors
    /// None waits, or control cannot be asked.
    pub fn cancel_schedule(&mut self, now: &Now, once: Option<Once<'_>>) -> Result<CommandId, Refused> {
        if let Some(known) = self.known(once)? {
            return Ok(known);
        }
        if self.starts.list.is_empty() {
            return Err(Problem::NothingScheduled.into());
        }
        let id = self.ask(now, &Command::CancelSchedule, once)?;
        self.starts.cancelled = Some(id);
        self.starts.restoring = None;
        Ok(id)
    }

    /// Keeps up with what control did, and goes on giving it what it is to have.
    pub(super) fn go_on_with_starts(&mut self, now: &Now) {
        self.heed_start(now);
        self.heed_cancelled(now);
        self.restore_one(now);
        self.drop_past(now);
    }

    fn heed_start(&mut self, now: &Now) {
        let Some((id, _)) = &self.starts.asked else { return };
        match self.desk.standing(*id) {
            Standing::Pending => {}
            Standing::Answered(Outcome::Done) => {
                if let Some((_, start)) = self.starts.asked.take() {
                    if self.starts.list.push(start).is_err() {
                        self.note(now, Level::Error, &"a start was taken for which there is no room");
                    }
                    self.write_starts(now);
                }
            }
            Standing::Answered(Outcome::Refused(_)) | Standing::Unknown => self.starts.asked = None,
        }
    }

    fn heed_cancelled(&mut self, now: &Now) {
        let Some(id) = self.starts.cancelled else { return };
        let standing = self.desk.standing(id);
        if standing != Standing::Pending {
            self.starts.cancelled = None;
        }
        if standing == Standing::Answered(Outcome::Done) {
            self.starts.list.clear();
            self.write_starts(now);
        }
    }

    /// Gives control the next start of the list, when it knows the time of day.
    fn restore_one(&mut self, now: &Now) {
        let (Some(Restoring { next, asked }), Some(wall)) = (self.starts.restoring, now.wall) else { return };
        if let Some(id) = asked {
            return self.heed_restored(now, id, next);
        }
        let Some(index) = next else {
            let asked = self.desk.ask(&mut self.end, now.real, &Command::CancelSchedule).ok();
            self.starts.restoring = Some(Restoring { next, asked });
            return;
        };
        let Some(start) = self.starts.list.get(index).cloned() else {
            self.starts.restoring = None;
            return;
        };
        let late = wall.since(start.at);
        let command = match self.load(start.stem.as_str()) {
            Ok((profile, ..)) if start.at > wall => Command::Schedule(profile, start.at),
            Ok((profile, stem, _)) if late <= limits::SCHEDULE_LATEST => {
                return self.start_late(now, &profile, stem, index);
            }
            Ok(_) => return self.drop_start(now, index, "a start was missed while the controller was away"),
            Err(_) => return self.drop_start(now, index, "the profile of a start that waits cannot be read"),
        };
        let asked = self.desk.ask(&mut self.end, now.real, &command).ok();
        self.starts.restoring = Some(Restoring { next, asked });
    }

    /// A start whose time has just passed is carried out now, like control would have.
    fn start_late(&mut self, now: &Now, profile: &Profile, stem: FileName, index: usize) {
        if let Ok(id) = self.desk.ask(&mut self.end, now.real, &Command::Run(*profile)) {
            self.plan.ask_whole(id, profile, Some(stem));
            self.drop_start(now, index, "a start is carried out late");
        }
    }

    fn heed_restored(&mut self, now: &Now, id: CommandId, next: Option<usize>) {
        let after = next.map_or(0, |index| index + 1);
        let again = Some(Restoring { next, asked: None });
        match self.desk.standing(id) {
            Standing::Pending => {}
            Standing::Answered(Outcome::Done) => {
                self.starts.restoring = Some(Restoring { next: Some(after), asked: None });
            }
            // Told of the time a moment ago; it will know.
            Standing::Answered(Outcome::Refused(Refusal::NoClock)) | Standing::Unknown => {
                self.starts.restoring = again;
            }
            Standing::Answered(Outcome::Refused(_)) => match next {
                Some(index) => self.drop_start(now, index, "control does not take a start that waited"),
                None => self.starts.restoring = Some(Restoring { next: Some(0), asked: None }),
            },
        }
    }

    fn drop_start(&mut self, now: &Now, index: usize, why: &'static str) {
        if index < self.starts.list.len() {
            self.starts.list.remove(index);
        }
        if let Some(restoring) = &mut self.starts.restoring {
            restoring.asked = None;
        }
        self.note(now, Level::Warn, &why);
        self.write_starts(now);
    }

    /// Drops what control has carried out or given up.
    fn drop_past(&mut self, now: &Now) {
        let Some(wall) = now.wall.filter(|_| self.starts.restoring.is_none()) else { return };
        let Some(next) = self.told().map(next_start) else { return };
        let waits = |start: &Start| wall.since(start.at) <= PAST || next.is_some_and(|next| start.at >= next);
        if self.starts.list.iter().all(waits) {
            return;
        }
        self.starts.list.retain(waits);
        self.write_starts(now);
    }

    /// A firing began that nobody asked for here: the profile of a start that was due, if it is one of the list.
    pub(super) fn adopt_scheduled(&mut self, told: &Snapshot) {
        let begins = self.journal.open.is_none() && told.phase == Phase::Running;
        let Some(run) = told.run.filter(|run| begins && !self.plan.fits(run)) else { return };
        let stems: heapless::Vec<FileName, { limits::SCHEDULED_MOST }> =
            self.starts.list.iter().map(|start| start.stem.clone()).collect();
        for stem in stems {
            if let Ok((profile, stem, _)) = self.load(stem.as_str())
                && *profile.name() == run.name
                && profile.steps().len() == run.steps
            {
                self.plan.put(&profile, Some(stem));
                return;
            }
        }
    }
}

fn next_start(told: &Snapshot) -> Option<WallClock> {
    told.scheduled.map(|(at, _)| at)
}
