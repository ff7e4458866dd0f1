//! What a log says of the time before: history, energy and peak of a firing that goes on.
//!
//! Reads rows in pieces, so that a log of any length fits.

use super::Service;
use super::energy::Energy;
use super::history::Moment;
use super::journal::Behind;
use crate::log::FileName;
use crate::store::{Flash, Store};
use kiln_core::cone::{HeatWork, KeptWork};
use kiln_core::units::{Celsius, Instant, Millis, WallClock};
use kiln_wire::log::{Place, Reader, Row, State};

/// Reads a log piece by piece, and hands over each row that is one. `room` is what a piece is read into; a line that
/// does not fit in it is skipped. Returns where it came to: an error of the flash ends it.
pub(super) fn each_row<F: Flash>(
    store: &mut Store<'_, F>,
    log: &FileName,
    room: &mut [u8],
    mut see: impl FnMut(&Row<'_>),
) {
    let mut at = 0;
    while let Ok(read) = store.read_run(log, at, room) {
        let piece = room.get(..read).unwrap_or_default();
        let whole = whole_lines(piece);
        let text = core::str::from_utf8(piece.get(..whole).unwrap_or_default()).unwrap_or_default();
        for row in text.lines().filter_map(|line| Reader::Exact.row(line).ok()) {
            see(&row);
        }
        // What is not a whole line yet comes again with the next piece; one that never ends is skipped.
        let step = if whole == 0 { read } else { whole };
        if step == 0 {
            return;
        }
        at += step;
    }
}

/// The bytes up to and with the last line end.
pub(super) fn whole_lines(piece: &[u8]) -> usize {
    piece.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1)
}

/// How long after its beginning each row of a log was written: by the time of day where it is known, else by the
/// schedule clock. Never goes back.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Pace {
    first: Option<WallClock>,
    pub(super) now: Millis,
    elapsed: Millis,
}

impl Pace {
    /// The time of the next row.
    pub(super) fn next(&mut self, row: &Row<'_>) -> Millis {
        self.first = self.first.or(row.at);
        let by_clock = row.at.zip(self.first).map(|(at, first)| at.since(first));
        let by_schedule = self.now + row.elapsed.saturating_sub(self.elapsed);
        self.elapsed = row.elapsed;
        self.now = by_clock.unwrap_or(by_schedule).max(self.now);
        self.now
    }
}

impl<F: Flash> Service<'_, F> {
    /// The heat work that the rows of a log amount to, each counted up to its moment.
    pub(super) fn heat_work_of(&mut self, log: &FileName) -> KeptWork {
        let Self { store, scratch, .. } = self;
        let (mut pace, mut work, mut before) = (Pace::default(), HeatWork::NONE, Millis::ZERO);
        each_row(store, log, scratch, |row| {
            let at = pace.next(row);
            work.add(row.temperature, at.saturating_sub(before));
            before = at;
        });
        work.kept()
    }

    /// Fills the history from a log, and says what the firing has behind it. `away` is the time since its last row.
    pub(super) fn relive(&mut self, log: &FileName, away: Option<Millis>) -> Behind {
        let Self { store, scratch, history, .. } = self;
        let (mut pace, mut energy, mut peak) = (Pace::default(), Energy::default(), None::<Celsius>);
        history.clear();
        each_row(store, log, scratch, |row| {
            let at = pace.next(row);
            if row.state == State::Recovery {
                return;
            }
            energy.see(Instant::from_millis(at.get()), row.duty);
            peak = Some(peak.map_or(row.temperature, |peak| peak.max(row.temperature)));
            let target = Some(row.target).filter(|target| *target != Celsius::ZERO);
            let waiting = matches!(row.place, Place::Recovering { .. });
            history.see(at, &Moment { temperature: Some(row.temperature), target, duty: row.duty, waiting });
        });
        Behind { lasted: pace.now + away.unwrap_or(Millis::ZERO), full_s: energy.full_seconds(), peak }
    }
}
