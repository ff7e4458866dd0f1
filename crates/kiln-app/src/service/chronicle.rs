//! What happened, as lines of the controller's own log.
//!
//! It decides nothing, and leaves out nothing that the control loop tells.

use core::fmt;

use super::{Now, Service};
use crate::store::{Ending, Flash, Level};
use kiln_core::event::Event;
use kiln_core::fault::{Fault, Severity};
use kiln_core::snapshot::Snapshot;
use kiln_core::units::Millis;
use kiln_wire::log::IsoTime;

/// The time as a line begins with it: of the day where it is known, else since the start.
pub(super) struct Stamp(pub(super) Now);

impl fmt::Display for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.wall {
            Some(wall) => write!(f, "{}", IsoTime(wall)),
            None => write!(f, "+{:.1}", Millis::new(self.0.control.as_millis()).seconds()),
        }
    }
}

/// An event in words.
struct Told<'a>(&'a Event);

impl fmt::Display for Told<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Event::Faulted(fault) = self.0 {
            return write!(f, "{}", Seen(fault));
        }
        // Names of events are plain words, with their figures beside them.
        write!(f, "control: {:?}", self.0)
    }
}

/// A fault in words: code, meaning, figures.
struct Seen<'a>(&'a Fault);

impl fmt::Display for Seen<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} ({:?})", self.0.kind().code(), self.0.kind().meaning(), self.0)
    }
}

fn level(event: &Event) -> Level {
    if let Event::Faulted(fault) = event {
        return match fault.severity() {
            Severity::Notice => Level::Info,
            Severity::Hold => Level::Warn,
            Severity::Trip | Severity::Lockout => Level::Error,
        };
    }
    let unwelcome =
        matches!(event, Event::StartMissed | Event::StartRefused | Event::FellBehind | Event::StallAdvanced { .. });
    if unwelcome { Level::Warn } else { Level::Info }
}

/// How an event ends a run, if it does.
fn ending(event: &Event) -> Option<Ending> {
    if matches!(event, Event::Completed | Event::TuningCompleted) {
        return Some(Ending::Completed);
    }
    (*event == Event::Stopped).then_some(Ending::Stopped)
}

impl<F: Flash> Service<'_, F> {
    /// Writes down the events that are new, and remembers how a run ended.
    pub(super) fn tell_events(&mut self, now: &Now, told: &Snapshot) {
        for (_, event) in told.events.since(self.events_seen) {
            self.note(now, level(&event), &Told(&event));
            if matches!(event, Event::Started { .. } | Event::TuningStarted) {
                self.journal.beginning_seen();
            }
            if let Some(ending) = ending(&event) {
                self.journal.ending_seen(ending);
            }
        }
        self.events_seen = told.events.total();
    }
}
