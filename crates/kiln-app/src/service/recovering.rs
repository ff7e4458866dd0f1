//! A firing that was cut off: whether it goes on, who is asked, and how it does.
//!
//! Looks once the kiln's temperature is known, and once more when the time of day becomes known and could remove a
//! doubt. Whether it goes on by itself is `kiln_core::recovery`'s to decide. Before control is asked, the pointer that
//! counts fruitless resumes is on the flash: a fourth in a row without progress is never tried.

use super::desk::{Standing, What};
use super::journal::POINTER_FORMAT;
use super::{Now, Once, Refused, Service};
use crate::log::FileName;
use crate::recovery::{Pointer, Policy};
use crate::store::{Document, Ending, Flash, Level, StoreError};
use kiln_core::command::{Command, CommandId, Outcome, Refusal, ResumePoint};
use kiln_core::cone::{HeatWork, KeptWork};
use kiln_core::recovery::{Decision, Doubt, Facts, LastRow, Rules, decide};
use kiln_core::snapshot::{Phase, Snapshot};
use kiln_core::units::{Celsius, Instant, Kelvin, Millis, WallClock};
use kiln_wire::answer::Problem;
use kiln_wire::ask::RecoveryAction;
use kiln_wire::bounded::Label;
use kiln_wire::records::RecoveryAnswer;
use kiln_wire::status::RecoveryView;

/// Bytes at the end of a log that are read: half an hour of rows.
const TAIL: usize = 4096;
/// How long control may say that it is not ready before somebody is asked.
const NOT_READY_LONGEST: Millis = Millis::from_minutes(2);

/// Whether a firing was cut off, and what becomes of it.
#[derive(Debug, Default)]
pub(super) enum Recovering {
    /// Not looked yet.
    #[default]
    Looking,
    /// Nothing was cut off, or it has been dealt with.
    Nothing,
    /// Somebody is asked.
    Doubtful(Case, &'static str),
    /// Control has been asked to go on, or is about to be.
    Going(Case, Going),
}

/// A firing that was cut off.
#[derive(Clone, Debug)]
pub(super) struct Case {
    pointer: Pointer,
    last: Option<LastRow>,
    last_at: Option<WallClock>,
    progress: bool,
    found: Option<Celsius>,
    /// The heat work before the cut, as the log tells it.
    work: Option<KeptWork>,
    away: Option<Millis>,
}

/// On the way to going on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Going {
    point: ResumePoint,
    since: Instant,
    asked: Option<CommandId>,
}

impl<F: Flash> Service<'_, F> {
    /// Looks for a firing that was cut off, the first time a temperature is known.
    pub(super) fn look_for_cut_off(&mut self, now: &Now, told: &Snapshot) {
        if !matches!(self.recovery, Recovering::Looking) || (told.reading.is_none() && told.phase != Phase::Running) {
            return;
        }
        self.recovery = Recovering::Nothing;
        let Some(pointer) = self.read_pointer(now) else { return };
        self.read_plan(pointer.profile.clone());
        match told.run.as_ref().filter(|_| told.phase == Phase::Running) {
            // Only the application was away, or control has gone on by its checkpoint.
            Some(run) if self.plan.fits(run) => {
                let case = self.case_of(now, pointer, told);
                let behind = self.relive(&case.pointer.log, case.away);
                self.journal.behind = Some(behind);
                self.journal.recorder.resumed(case.pointer.log, run.elapsed);
            }
            // Another firing is on: this one will not go on.
            Some(_) => self.give_up(now, &pointer.log),
            None => {
                let case = self.case_of(now, pointer, told);
                self.judge(now, case);
            }
        }
    }

    fn read_pointer(&mut self, now: &Now) -> Option<Pointer> {
        let stored = match self.store.read(Document::Running, POINTER_FORMAT, self.scratch) {
            Ok(stored) => stored,
            Err(StoreError::Absent) => return None,
            Err(error) => {
                self.note(now, Level::Warn, &error);
                return None;
            }
        };
        let text = self.scratch.get(..stored.length).and_then(|bytes| core::str::from_utf8(bytes).ok());
        let pointer = text.and_then(|text| Pointer::parse(text).ok());
        if pointer.is_none() {
            self.note(now, Level::Warn, &"what says which firing goes on cannot be read");
        }
        pointer
    }

    /// Everything that is known of a firing that was cut off.
    fn case_of(&mut self, now: &Now, pointer: Pointer, told: &Snapshot) -> Case {
        let found = told.reading.map(|reading| reading.temperature);
        let mut case = Case { pointer, last: None, last_at: None, progress: true, found, away: None, work: None };
        let length = self.store.run_length(&case.pointer.log).unwrap_or(0);
        let Some(room) = self.scratch.get_mut(..TAIL) else { return case };
        let read = self.store.read_run(&case.pointer.log, length.saturating_sub(TAIL), room).unwrap_or(0);
        let text = core::str::from_utf8(room.get(..read).unwrap_or_default()).unwrap_or_default();
        match Policy::SHIPPING.read(text) {
            Ok(tail) => {
                (case.last, case.last_at, case.progress) =
                    (Some(Policy::SHIPPING.facts(&tail)), tail.row.at, tail.progress);
                case.work = Some(self.heat_work_of(&case.pointer.log));
            }
            Err(_) => self.note(now, Level::Warn, &"the end of the log of the firing that was cut off cannot be read"),
        }
        case.away = away(&case, now);
        case
    }

    /// Decides whether a firing goes on by itself.
    fn judge(&mut self, now: &Now, case: Case) {
        let decision =
            self.plan.profile().and_then(|profile| Some(decide(&case.facts()?, profile, &self.configured.recovery())));
        match decision {
            None => self.doubt(now, case, "unreadable"),
            Some(Decision::Nothing) => {
                self.recovery = Recovering::Nothing;
                self.give_up(now, &case.pointer.log);
            }
            Some(Decision::Ask(doubt)) => self.doubt(now, case, word(doubt)),
            Some(Decision::Resume(point)) => match case.pointer.resumed(case.progress) {
                None => self.doubt(now, case, "too_often"),
                Some(pointer) => self.get_going(now, Case { pointer, ..case }, point),
            },
        }
    }

    fn doubt(&mut self, now: &Now, case: Case, why: &'static str) {
        self.note(now, Level::Warn, &format_args!("a firing was cut off and waits for an answer: {why}"));
        self.recovery = Recovering::Doubtful(case, why);
    }

    /// The count of fruitless resumes goes to the flash first; what cannot be counted is not tried by itself.
    fn get_going(&mut self, now: &Now, case: Case, point: ResumePoint) {
        if let Err(error) = self.write_pointer(&case.pointer) {
            self.note(now, Level::Warn, &error);
            return self.doubt(now, case, "unreadable");
        }
        self.recovery = Recovering::Going(case, Going { point, since: now.control, asked: None });
    }

    /// Goes on with what was decided: asks control, again while it is not ready; looks anew when the time of day
    /// becomes known.
    pub(super) fn go_on_with_recovery(&mut self, now: &Now) {
        match &mut self.recovery {
            Recovering::Looking | Recovering::Nothing | Recovering::Going(_, Going { asked: Some(_), .. }) => {}
            Recovering::Doubtful(case, why) => {
                if *why == "too_far" && case.away.is_none() && now.wall.is_some() && case.last_at.is_some() {
                    let mut case = case.clone();
                    case.away = away(&case, now);
                    if case.away.is_some() {
                        self.judge(now, case);
                    }
                }
            }
            Recovering::Going(_, going) => {
                let point = going.point;
                if let Some(profile) = self.plan.profile().copied()
                    && let Ok(id) = self.desk.ask(&mut self.end, now.real, &Command::Resume(profile, point))
                    && let Recovering::Going(_, going) = &mut self.recovery
                {
                    going.asked = Some(id);
                }
            }
        }
        self.heed_refused(now);
    }

    /// Control has gone on: the rows go on in the same log.
    pub(super) fn heed_resumed(&mut self) {
        let Recovering::Going(case, Going { asked: Some(id), point, .. }) = &self.recovery else { return };
        if self.desk.standing(*id) == Standing::Answered(Outcome::Done) {
            let (log, away, elapsed) = (case.pointer.log.clone(), case.away, point.elapsed);
            self.recovery = Recovering::Nothing;
            let behind = self.relive(&log, away);
            self.journal.behind = Some(behind);
            self.journal.recorder.resumed(log, elapsed);
        }
    }

    /// Control has refused: not ready yet is tried again, everything else is for somebody to answer.
    fn heed_refused(&mut self, now: &Now) {
        let Recovering::Going(case, Going { asked: Some(id), since, .. }) = &self.recovery else { return };
        let (case, since, standing) = (case.clone(), *since, self.desk.standing(*id));
        let early = now.control.since(since) < NOT_READY_LONGEST;
        match standing {
            Standing::Answered(Outcome::Refused(why)) if early && is_early(why) => {
                if let Recovering::Going(_, going) = &mut self.recovery {
                    going.asked = None;
                }
            }
            Standing::Answered(Outcome::Refused(_)) | Standing::Unknown => self.doubt(now, case, "refused"),
            Standing::Pending | Standing::Answered(Outcome::Done) => {}
        }
    }

    /// A firing that was cut off will not go on.
    fn give_up(&mut self, now: &Now, log: &FileName) {
        if let Ok(mut record) = self.store.record(log)
            && record.ending.is_none()
        {
            record.ending = Some(Ending::CutOff);
            if let Err(error) = self.store.write_record(log, &record) {
                self.note(now, Level::Warn, &error);
            }
        }
        self.point_nowhere(now);
    }

    /// Another run begins: a firing that waits for an answer gets none.
    pub(super) fn forget_cut_off(&mut self, now: &Now) {
        let waits = core::mem::replace(&mut self.recovery, Recovering::Nothing);
        if let Recovering::Doubtful(case, _) | Recovering::Going(case, _) = waits {
            self.give_up(now, &case.pointer.log);
        }
    }

    /// The firing that was cut off and waits for an answer.
    pub fn recovery(&self) -> RecoveryAnswer {
        RecoveryAnswer { recovery: self.recovery_view() }
    }

    pub(super) fn recovery_view(&self) -> Option<RecoveryView> {
        let Recovering::Doubtful(case, doubt) = &self.recovery else { return None };
        Some(RecoveryView {
            id: Label::cut(case.pointer.log.stem()),
            profile: Label::cut(case.pointer.profile.as_str()),
            doubt,
            was_c: case.last.map(|last| last.temperature.get()),
            found_c: case.found.map(Celsius::get),
            away_s: case.away.map(Millis::seconds),
            can_resume: self.forced(case).is_some(),
        })
    }

    /// Answers for a firing that was cut off: it goes on, or it has ended.
    ///
    /// # Errors
    /// Nothing waits for an answer, or it cannot go on.
    pub fn recover(&mut self, now: &Now, action: RecoveryAction, once: Option<Once<'_>>) -> Result<CommandId, Refused> {
        if let Some(known) = self.known(once)? {
            return Ok(known);
        }
        let Recovering::Doubtful(case, _) = &self.recovery else { return Err(Problem::NothingToRecover.into()) };
        let mut case = case.clone();
        if action == RecoveryAction::Discard {
            self.forget_cut_off(now);
            let id = self.desk.settle(now.real, What::Discard);
            self.remember(id, once);
            return Ok(id);
        }
        case.found = self.told().and_then(|told| told.reading).map(|reading| reading.temperature).or(case.found);
        let point = self.forced(&case).ok_or(Problem::NotAvailable)?;
        let profile = *self.plan.profile().ok_or(Problem::NotAvailable)?;
        // A person has looked: the count begins anew.
        case.pointer.fruitless = 1;
        self.write_pointer(&case.pointer).map_err(|error| Refused::by_store(error, Problem::StorageFailed))?;
        let id = self.ask(now, &Command::Resume(profile, point), once)?;
        self.recovery = Recovering::Going(case, Going { point, since: now.control, asked: Some(id) });
        Ok(id)
    }

    /// Where a firing would go on if somebody said so, whatever the kiln has lost.
    fn forced(&self, case: &Case) -> Option<ResumePoint> {
        const ANY: Rules = Rules { known: None, unknown: Kelvin::whole(i16::MAX), ..Rules::SHIPPING };
        let facts = case.facts()?;
        // A hold for a cone then lasts as long as it may: whoever answers has been told that the heat work is not known.
        let work = Some(facts.work.unwrap_or(HeatWork::NONE.kept()));
        let facts = Facts { last: LastRow { running: true, ..case.last? }, work, ..facts };
        match decide(&facts, self.plan.profile()?, &ANY) {
            Decision::Resume(point) => Some(point),
            Decision::Ask(_) | Decision::Nothing => None,
        }
    }
}

impl Case {
    fn facts(&self) -> Option<Facts> {
        Some(Facts { last: self.last?, found: self.found?, work: self.work, outage: self.away })
    }
}

/// How long the controller was away, where both times of day are known and make sense.
fn away(case: &Case, now: &Now) -> Option<Millis> {
    let (then, now) = (case.last_at?, now.wall?);
    (now >= then).then(|| now.since(then))
}

/// Control cannot do it yet, a moment after a start.
fn is_early(why: Refusal) -> bool {
    matches!(why, Refusal::NoReading | Refusal::SelfTest)
}

const fn word(doubt: Doubt) -> &'static str {
    match doubt {
        Doubt::TooLong(_) => "too_long",
        Doubt::TooFar(_) => "too_far",
        Doubt::NoSuchStep(_) => "no_such_step",
        Doubt::HoldUnknown(_) => "hold_unknown",
        Doubt::HeatWorkUnknown(_) => "heat_work_unknown",
    }
}
