//! The firings that were recorded: listed, read at any time, noted on, removed.

use super::relive::{Pace, whole_lines};
use super::{Refused, Service};
use crate::log::FileName;
use crate::store::{self, Ending, Flash, RunKind, RunRecord, StoreError};
use kiln_core::fault::Kind;
use kiln_core::units::{Celsius, Millis, WallClock};
use kiln_wire::answer::Problem;
use kiln_wire::ask::RunPatch;
use kiln_wire::bounded::Label;
use kiln_wire::log::{Reader, State};
use kiln_wire::records::{EndWord, Point, RunEntry};
use kiln_wire::status::FaultKindView;

/// Where a reader of rows has come to.
#[derive(Clone, Copy, Debug, Default)]
pub struct RowsAt {
    at: usize,
    pace: Pace,
}

impl<F: Flash> Service<'_, F> {
    /// Fills `page` with runs, newest first, after the one with the id `after` if it is given. It is full when there may
    /// be more.
    ///
    /// # Errors
    /// What the flash said, or there is no run of that id.
    pub fn runs<const N: usize>(
        &mut self,
        after: Option<&str>,
        page: &mut heapless::Vec<RunEntry, N>,
    ) -> Result<(), Refused> {
        let before = after.map(|id| self.find(id)).transpose()?;
        let mut stored = heapless::Vec::<store::RunEntry, N>::new();
        self.store.runs(before.as_ref(), &mut stored).map_err(absent)?;
        page.clear();
        page.extend(stored.iter().map(|entry| self.run_entry(entry)));
        Ok(())
    }

    /// One run.
    ///
    /// # Errors
    /// There is none of that id, or what the flash said.
    pub fn run_of(&mut self, id: &str) -> Result<RunEntry, Refused> {
        let entry = self.find(id)?;
        Ok(self.run_entry(&entry))
    }

    /// The log of a run as it is on the flash: how long it is. Rows that wait are put there first.
    ///
    /// # Errors
    /// There is no run of that id, or what the flash said.
    pub fn rows_length(&mut self, id: &str) -> Result<usize, Refused> {
        let log = log_of(id)?;
        if self.store.running() == Some(&log) {
            self.store.flush().map_err(absent)?;
        }
        self.store.run_length(&log).map_err(absent)
    }

    /// Reads the log of a run from a place on; how many bytes there were, 0 at the end. Also while it grows.
    ///
    /// # Errors
    /// There is no run of that id, or what the flash said.
    pub fn read_rows(&mut self, id: &str, at: usize, into: &mut [u8]) -> Result<usize, Refused> {
        self.store.read_run(&log_of(id)?, at, into).map_err(absent)
    }

    /// The next rows of a log as points; whether there may be more.
    ///
    /// # Errors
    /// There is no run of that id, or what the flash said.
    pub fn next_points<const N: usize>(
        &mut self,
        id: &str,
        at: &mut RowsAt,
        points: &mut heapless::Vec<Point, N>,
    ) -> Result<bool, Refused> {
        points.clear();
        let log = log_of(id)?;
        let read = self.store.read_run(&log, at.at, self.scratch).map_err(absent)?;
        let piece = self.scratch.get(..read).unwrap_or_default();
        let whole = core::str::from_utf8(piece.get(..whole_lines(piece)).unwrap_or_default()).unwrap_or_default();
        if whole.is_empty() {
            at.at += read;
            return Ok(read > 0);
        }
        for line in whole.split_inclusive('\n') {
            if points.is_full() {
                return Ok(true);
            }
            at.at += line.len();
            let Ok(row) = Reader::Exact.row(line.trim_end()) else { continue };
            let elapsed = at.pace.next(&row);
            if row.state == State::Recovery {
                continue;
            }
            let point = Point {
                elapsed_s: elapsed.seconds(),
                temp_c: Some(row.temperature.get()),
                target_c: Some(row.target).filter(|target| *target != Celsius::ZERO).map(Celsius::get),
                output_percent: row.duty.percent(),
                waiting: None,
            };
            // There is room: it was looked at above.
            points.push(point).ok();
        }
        Ok(true)
    }

    /// Notes something about a run.
    ///
    /// # Errors
    /// There is none of that id, or what the flash said.
    pub fn patch_run(&mut self, id: &str, patch: &RunPatch) -> Result<RunEntry, Refused> {
        let log = log_of(id)?;
        let mut record = self.store.record(&log).map_err(absent)?;
        let open = self.journal.open.as_mut().filter(|open| open.log == log).map(|open| &mut open.record);
        for record in [Some(&mut record), open].into_iter().flatten() {
            if let Some(notes) = &patch.notes {
                record.notes = heapless::String::try_from(notes.as_str()).map_err(|_| Problem::BodyTooLarge)?;
            }
            if let Some(cone) = &patch.cone_result {
                record.cone = heapless::String::try_from(cone.as_str()).map_err(|_| Problem::BodyTooLarge)?;
            }
        }
        self.store.write_record(&log, &record).map_err(absent)?;
        self.run_of(id)
    }

    /// Removes a run; not the one that goes on, nor one that may still go on.
    ///
    /// # Errors
    /// There is none of that id, it goes on, or what the flash said.
    pub fn delete_run(&mut self, id: &str) -> Result<(), Refused> {
        self.store.delete_run(&log_of(id)?).map_err(absent)
    }

    fn find(&mut self, id: &str) -> Result<store::RunEntry, Refused> {
        let log = log_of(id)?;
        let bytes = self.store.run_length(&log).map_err(absent)?;
        let record = self.store.record(&log).ok();
        Ok(store::RunEntry {
            order: record.as_ref().map(|it| it.order).unwrap_or_default(),
            bytes,
            kind: record.as_ref().map(|it| it.kind),
            began: record.as_ref().and_then(|it| it.began),
            ended: record.as_ref().and_then(|it| it.ended),
            ending: record.as_ref().and_then(|it| it.ending),
            log,
        })
    }

    fn run_entry(&mut self, entry: &store::RunEntry) -> RunEntry {
        let record = self.store.record(&entry.log).ok();
        let going = self.journal.open.as_ref().filter(|open| open.log == entry.log);
        let stored = record.as_ref().and_then(|it| it.energy_wh);
        let energy_kwh = match (going, self.configured.power_kw()) {
            (Some(open), Some(power)) => Some(open.energy.kwh(power)),
            (Some(_) | None, _) => stored.map(|watt_hours| f64::from(watt_hours) / 1000.0),
        };
        let cost = energy_kwh.zip(self.configured.price()).map(|(energy, price)| energy * price);
        let stored_cost = record.as_ref().and_then(|it| it.cost_milli).map(|cost| f64::from(cost) / 1000.0);
        let told = self.told().and_then(|told| told.run).filter(|_| going.is_some());
        let elapsed = told.map(|run| run.elapsed).or(record.as_ref().and_then(|it| it.elapsed));
        let peak = going.and_then(|open| open.peak);
        let peak = peak.or(record.as_ref().and_then(|it| it.peak));
        let text = |of: fn(&RunRecord) -> &str| record.as_ref().map_or("", of);
        RunEntry {
            id: Label::cut(entry.log.stem()),
            profile: (entry.kind != Some(RunKind::Tuning)).then(|| Label::cut(profile(entry, record.as_ref()))),
            started_ms: entry.began.map(WallClock::unix_millis),
            ended_ms: entry.ended.map(WallClock::unix_millis),
            end: if going.is_some() { EndWord::Running } else { end(entry.ending) },
            fault: Kind::ALL.into_iter().find(|kind| kind.code() == text(|it| it.cause.as_str())).map(FaultKindView),
            elapsed_s: elapsed.map_or(0.0, Millis::seconds),
            peak_c: peak.map(Celsius::get),
            energy_kwh,
            cost: if going.is_some() { cost } else { stored_cost },
            notes: Label::cut(text(|it| it.notes.as_str())),
            cone_result: Label::cut(text(|it| it.cone.as_str())),
            bytes: u32::try_from(entry.bytes).unwrap_or(u32::MAX),
        }
    }
}

const fn end(ending: Option<Ending>) -> EndWord {
    match ending {
        Some(Ending::Completed) => EndWord::Completed,
        Some(Ending::Stopped) => EndWord::Stopped,
        Some(Ending::Faulted) => EndWord::Fault,
        Some(Ending::CutOff) | None => EndWord::Interrupted,
    }
}

/// The profile of a run: as its record has it, else as its log is named after it.
fn profile<'a>(entry: &'a store::RunEntry, record: Option<&'a RunRecord>) -> &'a str {
    let named = record.map(|record| record.profile.as_str()).filter(|name| !name.is_empty());
    named.or(entry.log.run()).unwrap_or_default()
}

/// The log of the run of this id.
pub(super) fn log_of(id: &str) -> Result<FileName, Refused> {
    let mut name = heapless::String::<{ FileName::LONGEST }>::new();
    let fits = name.push_str(id).and_then(|()| name.push_str(".csv")).is_ok();
    FileName::new(&name).filter(|_| fits).ok_or_else(|| Problem::NoSuchRun.into())
}

fn absent(error: StoreError) -> Refused {
    Refused::by_store(error, Problem::NoSuchRun)
}
