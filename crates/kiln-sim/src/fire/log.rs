//! The log of a firing: the reference's columns, a row at once, one every half minute, and one at the end.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::num::NonZeroU8;
use std::path::{Path, PathBuf};

use kiln_core::snapshot::{Phase, Snapshot};
use kiln_core::units::{Celsius, CelsiusPerHour, Millis};
use kiln_sim::firing::Moment;
use kiln_wire::log::{HEADER, Place, Row, State};

use super::words;
use crate::Trouble;

/// How often a row is written, s.
const EVERY_S: u64 = 30;

/// An open log.
#[derive(Debug)]
pub(super) struct Log {
    path: PathBuf,
    file: BufWriter<File>,
    next_s: u64,
    rows: u64,
    failed: Option<io::Error>,
}

impl Log {
    /// Begins the file. Its folder must be there.
    pub(super) fn create(path: &Path) -> Result<Self, Trouble> {
        let begin = || {
            let mut file = BufWriter::new(File::create(path)?);
            writeln!(file, "{HEADER}")?;
            Ok(file)
        };
        let file = begin().map_err(|error| trouble(path, &error))?;
        Ok(Self { path: path.to_owned(), file, next_s: 0, rows: 0, failed: None })
    }

    /// Writes a row where one is due, and where the firing has ended.
    pub(super) fn see(&mut self, moment: &Moment<'_>) {
        let ended = moment.told.phase != Phase::Running;
        if moment.at_s < self.next_s && !ended || self.failed.is_some() {
            return;
        }
        self.next_s = moment.at_s - moment.at_s % EVERY_S + EVERY_S;
        self.rows += 1;
        self.failed = writeln!(self.file, "{}", row(moment)).err();
    }

    /// Closes the file; how many rows are in it.
    pub(super) fn finish(mut self) -> Result<u64, Trouble> {
        match self.failed.take().map_or_else(|| self.file.flush(), Err) {
            Ok(()) => Ok(self.rows),
            Err(error) => Err(trouble(&self.path, &error)),
        }
    }
}

fn trouble(path: &Path, error: &io::Error) -> Trouble {
    Trouble::SetUp { doing: "write the log", path: path.to_owned(), error: error.to_string() }
}

fn row(moment: &Moment<'_>) -> Row<'static> {
    let told = moment.told;
    let run = told.run.as_ref();
    Row {
        at: Some(moment.wall),
        elapsed: run.map_or(Millis::ZERO, |run| run.elapsed),
        temperature: told.reading.map_or(Celsius::ZERO, |reading| reading.temperature),
        target: told.target.unwrap_or(Celsius::ZERO),
        duty: told.duty,
        state: state(told.phase),
        place: place(told),
        rate: run.map_or(CelsiusPerHour::ZERO, |run| run.measured),
    }
}

const fn state(phase: Phase) -> State {
    match phase {
        Phase::Idle => State::Idle,
        Phase::Running => State::Running,
        Phase::Tuning => State::Tuning,
        Phase::Complete => State::Complete,
        Phase::Error => State::Error,
    }
}

fn place(told: &Snapshot) -> Place<'static> {
    let Some(run) = &told.run else { return Place::None };
    let count = u8::try_from(run.steps).ok().and_then(NonZeroU8::new);
    match u8::try_from(run.step) {
        Ok(index) => Place::Step { name: words::kind(&run.in_force), index, count },
        Err(_) => Place::None,
    }
}
