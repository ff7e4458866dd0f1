//! The log of the run that goes on: its rows, its record, its end.
//!
//! When a row is due is the recorder's to say, what it says the picture's; here it is carried to the store. A run whose
//! log cannot be kept fires on without one.

use core::fmt::Write as _;

use super::energy::Energy;
use super::history::Moment;
use super::{Now, Service};
use crate::log::{Action, FileName, Line, Recorder, picture};
use crate::recovery::Pointer;
use crate::store::{Document, Ending, Flash, Level, RunKind, RunRecord, StoreError};
use kiln_core::firing;
use kiln_core::snapshot::{Phase, Snapshot};
use kiln_core::units::{Celsius, Instant, Millis, WallClock};
use kiln_wire::log::Row;

/// The format of [`Document::Running`].
pub(super) const POINTER_FORMAT: u16 = 1;

/// The log that is open, and the recorder that paces it.
pub(super) struct Journal {
    pub(super) recorder: Recorder,
    pub(super) open: Option<Open>,
    /// The run of the history, and when it began.
    pub(super) shown: Option<(FileName, Option<WallClock>)>,
    /// A record that could not be written yet.
    closing: Option<RunRecord>,
    ended: Option<Ending>,
    /// A run has ended and another one begun since the picture before.
    begun_again: bool,
    phase: Option<Phase>,
    /// What a firing that goes on had behind it, before its log is open again.
    pub(super) behind: Option<Behind>,
}

/// The run that is recorded.
pub(super) struct Open {
    pub(super) log: FileName,
    pub(super) record: RunRecord,
    /// When it began, on the control loop's clock; before that clock's beginning for one that goes on.
    began: Began,
    pub(super) energy: Energy,
    pub(super) peak: Option<Celsius>,
    last: Row<'static>,
}

/// When a run began: so long before a moment of the control loop's clock.
#[derive(Clone, Copy, Debug)]
struct Began {
    moment: Instant,
    before: Millis,
}

impl Began {
    fn since(self, now: Instant) -> Millis {
        now.since(self.moment) + self.before
    }
}

/// What a firing that was cut off had behind it, as its log tells.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Behind {
    /// Time since it began.
    pub(super) lasted: Millis,
    /// Seconds of full power.
    pub(super) full_s: f64,
    /// The hottest reading.
    pub(super) peak: Option<Celsius>,
}

impl Journal {
    pub(super) const fn new(recorder: Recorder) -> Self {
        Self {
            recorder,
            open: None,
            shown: None,
            closing: None,
            ended: None,
            begun_again: false,
            phase: None,
            behind: None,
        }
    }

    /// The control loop has told how the run ended.
    pub(super) fn ending_seen(&mut self, ending: Ending) {
        self.ended = Some(ending);
    }

    /// The control loop has told that a run has begun.
    pub(super) fn beginning_seen(&mut self) {
        self.begun_again = self.open.is_some() && self.ended.is_some();
    }
}

impl<F: Flash> Service<'_, F> {
    /// Writes down what one picture says, if a row is due.
    pub(super) fn record(&mut self, now: &Now, told: &Snapshot) {
        if core::mem::take(&mut self.journal.begun_again) {
            self.finish_unseen(now);
        }
        let subject = picture::subject(told);
        let mut row = picture::row(told, now.wall);
        if let (None, None, Some(open)) = (subject, &told.run, &self.journal.open) {
            // The run has gone; its last row still says where it had come to.
            (row.elapsed, row.place) = (open.last.elapsed, open.last.place);
        }
        let actions = self.journal.recorder.see(&self.configured.rows(), told.taken, subject, &row);
        for action in &actions {
            let done = self.carry_out(now, told, action, &row);
            self.complain(now, done);
        }
        let changed = self.journal.phase.replace(told.phase) != Some(told.phase);
        if changed || actions.len() > 1 {
            let flushed = self.store.flush();
            self.complain(now, flushed);
        }
        self.measure(told, &row);
        self.save_plan(now);
    }

    fn complain(&mut self, now: &Now, done: Result<(), StoreError>) {
        if let Err(error) = done {
            self.note(now, Level::Warn, &error);
        }
    }

    fn carry_out(
        &mut self,
        now: &Now,
        told: &Snapshot,
        action: &Action<'_>,
        row: &Row<'static>,
    ) -> Result<(), StoreError> {
        match action {
            Action::Create(name) => self.begin(now, told, name, row),
            Action::Reopen(name) => self.reopen(told, name, row),
            Action::Append(line) => self.append(told, line),
            Action::Close => {
                self.finish(now, told);
                Ok(())
            }
        }
    }

    fn append(&mut self, told: &Snapshot, line: &Line<'_>) -> Result<(), StoreError> {
        if self.store.running().is_some() { self.store.append(told.taken, line) } else { Ok(()) }
    }

    fn begin(&mut self, now: &Now, told: &Snapshot, name: &FileName, row: &Row<'static>) -> Result<(), StoreError> {
        self.close_journal(now);
        self.forget_cut_off(now);
        self.history.clear();
        self.journal.ended = None;
        let kind = if told.phase == Phase::Tuning { RunKind::Tuning } else { RunKind::Firing };
        let mut record = RunRecord::new(self.journal.recorder.newest(), kind, now.wall);
        if let Some(run) = &told.run {
            record.profile = heapless::String::try_from(run.name.as_str()).unwrap_or_default();
        }
        let mut log = name.clone();
        let mut begun = self.store.begin_run(&log, &record);
        if begun == Err(StoreError::Exists) {
            // A clock that was set back: the number of the run is its own.
            log = FileName::of_log(name.run().unwrap_or_default(), None, self.journal.recorder.newest());
            begun = self.store.begin_run(&log, &record);
        }
        let since = Began { moment: told.taken, before: Millis::ZERO };
        self.journal.open =
            Some(Open { log: log.clone(), record, began: since, energy: Energy::default(), peak: None, last: *row });
        self.journal.shown = Some((log.clone(), now.wall));
        begun?;
        self.point_to(told, log)
    }

    /// Remembers which firing goes on, so that it can go on after a cut. A hold set by hand does not: nobody is there to
    /// see it begin again.
    fn point_to(&mut self, told: &Snapshot, log: FileName) -> Result<(), StoreError> {
        let of_profile = told.run.as_ref().is_some_and(|run| run.kind == firing::RunKind::Profile);
        let Some(profile) = self.plan.stem().filter(|_| of_profile && told.phase == Phase::Running) else {
            return Ok(());
        };
        let pointer = Pointer { log, profile: profile.clone(), fruitless: 0 };
        self.write_plan()?;
        self.write_pointer(&pointer)
    }

    pub(super) fn write_pointer(&mut self, pointer: &Pointer) -> Result<(), StoreError> {
        let mut text = heapless::String::<{ 2 * FileName::LONGEST + 8 }>::new();
        write!(text, "{pointer}").map_err(|_| StoreError::TooLong(text.capacity()))?;
        self.store.write(Document::Running, POINTER_FORMAT, text.as_bytes()).map(drop)
    }

    fn reopen(&mut self, told: &Snapshot, log: &FileName, row: &Row<'static>) -> Result<(), StoreError> {
        self.journal.ended = None;
        let behind = self.journal.behind.take().unwrap_or_default();
        let resumed = self.store.resume_run(log);
        let record = self.store.record(log).unwrap_or_else(|_| {
            // Its rows are worth more than what was known of it beside them.
            RunRecord::new(self.journal.recorder.newest(), RunKind::Firing, None)
        });
        let began = Began { moment: told.taken, before: behind.lasted };
        self.journal.shown = Some((log.clone(), record.began));
        let energy = Energy::starting_with(behind.full_s);
        self.journal.open = Some(Open { log: log.clone(), record, began, energy, peak: behind.peak, last: *row });
        resumed
    }

    /// Adds a picture to energy, peak and history.
    fn measure(&mut self, told: &Snapshot, row: &Row<'static>) {
        let Some(open) = self.journal.open.as_mut().filter(|_| picture::subject(told).is_some()) else { return };
        let temperature = told.reading.map(|reading| reading.temperature);
        open.energy.see(told.taken, told.window);
        open.peak = open.peak.into_iter().chain(temperature).reduce(Celsius::max);
        open.last = *row;
        let waiting = told.run.as_ref().is_some_and(|run| run.waiting.is_some());
        let target = told.target.or_else(|| (row.target != Celsius::ZERO).then_some(row.target));
        let moment = Moment { temperature, target, duty: told.duty, waiting };
        self.history.see(open.began.since(told.taken), &moment);
    }

    /// The run has ended: its record says how.
    fn finish(&mut self, now: &Now, told: &Snapshot) {
        let ending = match told.phase {
            Phase::Error => Ending::Faulted,
            Phase::Complete => Ending::Completed,
            Phase::Idle | Phase::Running | Phase::Tuning => self.journal.ended.unwrap_or(Ending::Stopped),
        };
        let cause = told.fault.filter(|_| ending == Ending::Faulted).map_or("", |fault| fault.kind().code());
        self.end_record(now, ending, cause);
        self.plan.forget();
        self.point_nowhere(now);
    }

    /// A run has ended between two pictures, and the next one is on: each has a log of its own.
    fn finish_unseen(&mut self, now: &Now) {
        let ending = self.journal.ended.unwrap_or(Ending::Stopped);
        self.end_record(now, ending, "");
        self.close_journal(now);
        self.point_nowhere(now);
        self.journal.recorder = Recorder::after(&self.journal.recorder);
    }

    /// No firing goes on.
    pub(super) fn point_nowhere(&mut self, now: &Now) {
        match self.store.remove(Document::Running) {
            Ok(()) | Err(StoreError::Absent) => {}
            Err(error) => self.note(now, Level::Warn, &error),
        }
    }

    /// The control loop has lost the run: its record says so, and where it had come to stays known.
    pub(super) fn cut_off(&mut self, now: &Now) {
        if self.journal.open.is_some() {
            self.end_record(now, Ending::CutOff, "");
            self.close_journal(now);
            self.journal.recorder = Recorder::after(&self.journal.recorder);
        }
    }

    fn end_record(&mut self, now: &Now, ending: Ending, cause: &str) {
        let Some(open) = self.journal.open.take() else { return };
        let lasted = open.began.since(now.control);
        let mut record = open.record;
        if record.began.is_none() {
            record.began = now.wall.and_then(|wall| wall.unix_millis().checked_sub(lasted.get())).map(at);
        }
        record.ended = now.wall;
        record.elapsed = Some(open.last.elapsed);
        record.ending = Some(ending);
        record.cause = heapless::String::try_from(cause).unwrap_or_default();
        let kwh = self.configured.power_kw().map(|power| open.energy.kwh(power));
        record.energy_wh = kwh.and_then(|kwh| whole(kwh * 1000.0));
        record.cost_milli = kwh.zip(self.configured.price()).and_then(|(kwh, price)| whole(kwh * price * 1000.0));
        record.peak = open.peak;
        self.journal.closing = Some(record);
    }

    /// Writes the record of a run that has ended; tried again until it is there.
    pub(super) fn close_journal(&mut self, now: &Now) {
        let Some(record) = self.journal.closing.take() else { return };
        match self.store.end_run(&record) {
            Ok(()) | Err(StoreError::Absent) => {}
            Err(error) => {
                self.journal.closing = Some(record);
                self.note(now, Level::Warn, &error);
            }
        }
    }
}

const fn at(millis: u64) -> WallClock {
    WallClock::from_unix_millis(millis)
}

fn whole(value: f64) -> Option<u32> {
    u32::try_from(crate::round::to_i32(value)).ok()
}
