//! The log of a firing: the rows that a controller writes, in a file of this computer.
//!
//! When a row is due and what it says is the application's; here it only goes into the file that was named.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use kiln_app::log::{Action, Line, Recorder, Settings, picture};
use kiln_core::units::{Instant, Millis};
use kiln_sim::firing::Moment;

use crate::Trouble;

/// An open log.
#[derive(Debug)]
pub(super) struct Log {
    path: PathBuf,
    file: BufWriter<File>,
    recorder: Recorder,
    rows: u64,
    failed: Option<io::Error>,
}

impl Log {
    /// Opens the file. Its folder must be there.
    pub(super) fn create(path: &Path) -> Result<Self, Trouble> {
        let file = File::create(path).map_err(|error| trouble(path, &error))?;
        let (path, file) = (path.to_owned(), BufWriter::new(file));
        Ok(Self { path, file, recorder: Recorder::default(), rows: 0, failed: None })
    }

    /// Writes what is due.
    pub(super) fn see(&mut self, moment: &Moment<'_>) {
        let now = Instant::from_millis(Millis::from_seconds(moment.at_s).get());
        let row = picture::row(moment.told, Some(moment.wall));
        for action in self.recorder.see(&Settings::default(), now, picture::subject(moment.told), &row) {
            match action {
                Action::Append(line) => self.append(&line),
                // The file is the one that was named, from the first row to the last.
                Action::Create(_) | Action::Reopen(_) | Action::Close => {}
            }
        }
    }

    fn append(&mut self, line: &Line<'_>) {
        if self.failed.is_none() {
            self.rows += u64::from(matches!(line, Line::Row(_)));
            self.failed = write!(self.file, "{line}").err();
        }
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
