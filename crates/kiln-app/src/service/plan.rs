//! The profile that is being fired, with every change made while it runs.
//!
//! The control loop does not tell whole profiles; what it was asked for and what it did is enough to know the one it
//! fires. It is kept beside the log, so that a firing that goes on after a cut goes on with what was really fired. A copy
//! that does not fit what the control loop tells is none.

use super::desk::{Desk, Standing};
use super::{Now, Service};
use crate::log::FileName;
use crate::store::{Document, Flash, Level, StoreError};
use kiln_core::command::{CommandId, Outcome};
use kiln_core::firing::{RunKind, RunView};
use kiln_core::profile::Profile;
use kiln_core::snapshot::{Phase, Snapshot};
use kiln_wire::profile::{self, FORMAT};

/// The format of the stored copy: that of profiles.
pub(super) const PLAN_FORMAT: u16 = 1;
const _: () = assert!(FORMAT == 1, "as the line above says");

/// The profile that is being fired, if it is known.
#[derive(Debug, Default)]
pub(super) struct Plan {
    fired: Option<(Profile, Option<FileName>)>,
    asked: Option<(CommandId, Change)>,
    unsaved: bool,
}

/// What was asked for and has not been answered.
#[derive(Debug)]
enum Change {
    /// Another profile, from the file of this name.
    Whole(Profile, Option<FileName>),
    /// Other steps after the running one.
    Rest(Profile),
}

impl Plan {
    /// A profile was asked for.
    pub(super) fn ask_whole(&mut self, id: CommandId, profile: &Profile, stem: Option<FileName>) {
        self.asked = Some((id, Change::Whole(*profile, stem)));
    }

    /// Other steps were asked for.
    pub(super) fn ask_rest(&mut self, id: CommandId, rest: &Profile) {
        self.asked = Some((id, Change::Rest(*rest)));
    }

    /// The profile.
    pub(super) fn profile(&self) -> Option<&Profile> {
        self.fired.as_ref().map(|(profile, _)| profile)
    }

    /// The file it came from.
    pub(super) fn stem(&self) -> Option<&FileName> {
        self.fired.as_ref().and_then(|(_, stem)| stem.as_ref())
    }

    /// Takes a profile for the one that is fired.
    pub(super) fn put(&mut self, profile: &Profile, stem: Option<FileName>) {
        self.fired = Some((*profile, stem));
        self.unsaved = true;
    }

    /// Nothing is fired any more: the next firing of the same profile begins with the one that is stored.
    pub(super) fn forget(&mut self) {
        self.fired = None;
    }

    /// Whether the copy can be what the control loop fires.
    pub(super) fn fits(&self, run: &RunView) -> bool {
        self.profile().is_some_and(|profile| fits(profile, run))
    }

    /// Keeps up with what the control loop tells.
    pub(super) fn follow(&mut self, told: &Snapshot, desk: &Desk) {
        let standing = self.asked.as_ref().map(|(id, _)| desk.standing(*id));
        match standing {
            Some(Standing::Answered(Outcome::Done)) => {
                let running = told.run.as_ref().map_or(0, |run| run.step);
                if let Some((_, change)) = self.asked.take() {
                    self.apply(change, running);
                }
            }
            Some(Standing::Answered(Outcome::Refused(_)) | Standing::Unknown) => self.asked = None,
            Some(Standing::Pending) | None => {}
        }
        if let Some(run) = told.run.as_ref().filter(|run| told.phase == Phase::Running && run.kind == RunKind::Profile)
        {
            self.take_over_step(run);
        }
    }

    fn apply(&mut self, change: Change, running: usize) {
        match (change, self.fired.as_ref()) {
            (Change::Whole(profile, stem), _) => self.put(&profile, stem),
            (Change::Rest(rest), Some((profile, stem))) => {
                if let Ok(changed) = profile.with_steps_from(running + 1, rest.steps()) {
                    let stem = stem.clone();
                    self.put(&changed, stem);
                }
            }
            (Change::Rest(_), None) => {}
        }
    }

    /// The running step as it is in force takes the place of the one in the copy.
    fn take_over_step(&mut self, run: &RunView) {
        let Some((profile, stem)) = self.fired.as_ref().filter(|(profile, _)| fits(profile, run)) else { return };
        if profile.step(run.step) != Some(&run.in_force)
            && let Ok(changed) = profile.with_step(run.step, &run.in_force)
        {
            let stem = stem.clone();
            self.put(&changed, stem);
        }
    }
}

fn fits(profile: &Profile, run: &RunView) -> bool {
    *profile.name() == run.name && profile.steps().len() == run.steps
}

impl<F: Flash> Service<'_, F> {
    /// Writes the copy beside the log when it has changed.
    pub(super) fn save_plan(&mut self, now: &Now) {
        let wanted = self.plan.unsaved && self.journal.open.is_some() && self.plan.stem().is_some();
        if wanted && let Err(error) = self.write_plan() {
            self.note(now, Level::Warn, &error);
        }
    }

    pub(super) fn write_plan(&mut self) -> Result<(), StoreError> {
        let Some(profile) = self.plan.profile() else { return Ok(()) };
        let room = self.scratch.len();
        let bytes = profile::write(profile, None, self.scratch).map_err(|_| StoreError::TooLong(room))?;
        self.store.write(Document::Firing, PLAN_FORMAT, bytes)?;
        self.plan.unsaved = false;
        Ok(())
    }

    /// Reads the copy that was kept for a firing of this file's profile.
    pub(super) fn read_plan(&mut self, stem: FileName) {
        let Ok(stored) = self.store.read(Document::Firing, PLAN_FORMAT, self.scratch) else { return };
        let Some(bytes) = self.scratch.get(..stored.length) else { return };
        if let Ok(parsed) = profile::parse(bytes) {
            self.plan.put(&parsed.profile, Some(stem));
            self.plan.unsaved = false;
        }
    }
}
