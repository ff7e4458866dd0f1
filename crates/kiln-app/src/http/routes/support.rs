//! Everything that helps to find a fault, in one text without secrets: a part after the other.
//!
//! What cannot be had is said so in its place: whoever needs this has a kiln in which something is wrong.

use core::fmt::Write as _;

use super::super::answer::Out;
use super::super::site::Next;
use super::long::log;
use crate::service::{Now, Service};
use crate::store::Flash;
use kiln_wire::answer::ErrorAnswer;
use kiln_wire::status::RunId;

/// Bytes kept for a line before a part.
const LINE: usize = 96;

/// Where the text has come to.
#[derive(Debug)]
pub(super) struct Support {
    refused: u32,
    part: Part,
}

#[derive(Debug)]
enum Part {
    Info,
    Diag,
    Status,
    Config,
    Log { from: u64, until: Option<u64>, begun: bool },
    Rows,
    RowsOf { id: RunId, at: usize, length: usize },
}

impl Support {
    /// At the beginning; so many requests were turned away.
    pub(super) const fn new(refused: u32) -> Self {
        Self { refused, part: Part::Info }
    }

    pub(super) fn next<F: Flash>(&mut self, service: &mut Service<'_, F>, now: &Now, out: &mut Out<'_>) -> Next {
        match &mut self.part {
            Part::Info => {
                part(out, "info", Ok::<_, ErrorAnswer>(service.info()));
                self.part = Part::Diag;
            }
            Part::Diag => {
                part(out, "diag", service.diag(now, self.refused).map_err(|refused| ErrorAnswer::from(&refused)));
                self.part = Part::Status;
            }
            Part::Status => {
                part(out, "status", service.status(now).map_err(|refused| ErrorAnswer::from(&refused)));
                self.part = Part::Config;
            }
            Part::Config => {
                part(out, "config", Ok::<_, ErrorAnswer>(service.config_answer()));
                self.part = Part::Log { from: 0, until: None, begun: false };
            }
            Part::Log { from, until, begun } => {
                if !*begun {
                    *begun = heading(out, "log");
                }
                if log(service, from, until, out) == Next::End {
                    self.part = Part::Rows;
                }
            }
            Part::Rows => return self.find_rows(service, out),
            Part::RowsOf { id, at, length } => return rows(service, id, at, *length, out),
        }
        Next::More
    }

    /// The log of the newest run, if there is one.
    fn find_rows<F: Flash>(&mut self, service: &mut Service<'_, F>, out: &mut Out<'_>) -> Next {
        let _written = heading(out, "newest firing");
        let mut newest = heapless::Vec::<_, 1>::new();
        let found = service.runs(None, &mut newest).ok().and_then(|()| newest.pop());
        let found = found.and_then(|run| service.rows_length(run.id.as_str()).ok().map(|length| (run, length)));
        match found {
            Some((run, length)) => {
                if writeln!(out, "{}", run.id.as_str()).is_err() {
                    return Next::Broken;
                }
                self.part = Part::RowsOf { id: run.id, at: 0, length };
                Next::More
            }
            None => ended(out, "none"),
        }
    }
}

/// The next rows of a run; a run that goes away ends the text where it is, and says so.
fn rows<F: Flash>(service: &mut Service<'_, F>, id: &RunId, at: &mut usize, length: usize, out: &mut Out<'_>) -> Next {
    let size = out.left().saturating_sub(LINE).min(length.saturating_sub(*at));
    let read = service.read_rows(id.as_str(), *at, out.free().get_mut(..size).unwrap_or_default());
    match read {
        Ok(read) if read > 0 => {
            out.filled(read);
            *at += read;
            if *at < length { Next::More } else { ended(out, "end") }
        }
        Ok(_) if *at >= length => ended(out, "end"),
        Ok(_) | Err(_) => ended(out, "the rest is gone"),
    }
}

fn ended(out: &mut Out<'_>, word: &str) -> Next {
    if writeln!(out, "\n({word})").is_ok() { Next::End } else { Next::Broken }
}

fn heading(out: &mut Out<'_>, name: &str) -> bool {
    writeln!(out, "\n== {name} ==").is_ok()
}

/// A document with its heading, or why there is none.
fn part<T: serde::Serialize>(out: &mut Out<'_>, name: &str, document: Result<T, ErrorAnswer>) {
    let written = heading(out, name)
        && match document {
            Ok(document) => out.json(&document),
            Err(why) => out.json(&why),
        };
    // What is too long for a piece is named, and the rest goes on.
    let _said = if written { writeln!(out) } else { writeln!(out, "(too long)") }.is_ok();
}
