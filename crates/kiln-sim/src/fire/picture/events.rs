//! What happened, marked where it happened; labelled where there is room.

use kiln_core::event::Event;
use kiln_sim::firing::{Ending, Record};

use super::labels::Room;
use super::paper::{Drawn, Ink, Paper, Point, Type, distance};
use super::{FAINT, FAULT, GROUND, HEAT, PLAN, Sheet, TEXT};
use crate::fire::words;

/// A wait shorter than this, s, is no more than a flicker of the reading.
const WAIT_SHORTEST_S: usize = 60;
/// The same thing happening again within so many seconds is marked once.
const AGAIN_S: f64 = 600.0;

impl Sheet<'_> {
    /// The hottest moment, the end, and what is worth a look between.
    pub(super) fn events(&self, paper: &Paper<'_>, room: &mut Room) -> Drawn {
        let hottest = self.outcome.records.iter().max_by(|one, next| one.true_c.total_cmp(&next.true_c));
        if let Some(record) = hottest {
            let at = (self.heat.x(record.at_s as f64), self.heat.y(record.true_c));
            paper.dot(at, 4.0, HEAT, GROUND)?;
            let text = format!("{:.0} °C", record.true_c);
            label(paper, room, &text, at, Type::plain(17.0, HEAT).bold())?;
        }
        let mut before: Option<(&'static str, f64)> = None;
        for (at, event) in &self.outcome.events {
            let Some(kind) = kind(event) else { continue };
            let at_s = at.seconds();
            if *event == Event::FellBehind && self.waited_after(at_s) < WAIT_SHORTEST_S {
                continue;
            }
            if before.is_some_and(|(known, then_s)| known == kind && at_s - then_s < AGAIN_S) {
                continue;
            }
            before = Some((kind, at_s));
            let fault = matches!(event, Event::Faulted(_));
            let point = (self.heat.x(at_s), self.heat.y(self.true_c(at_s)));
            paper.dot(point, 3.0, if fault { FAULT } else { PLAN }, GROUND)?;
            let look = Type::plain(13.0, if fault { FAULT } else { FAINT });
            label(paper, room, &short(event), point, look)?;
        }
        let at_s = self.outcome.took.seconds();
        let point = (self.heat.x(at_s), self.heat.y(self.true_c(at_s)));
        let far = hottest.is_none_or(|record| self.heat.x(at_s) - self.heat.x(record.at_s as f64) > 24.0);
        if self.outcome.ending == Ending::Complete && far {
            paper.dot(point, 4.0, TEXT, GROUND)?;
            let text = format!("{:.0} °C", self.true_c(at_s));
            label(paper, room, &text, point, Type::plain(15.0, TEXT))?;
        }
        Ok(())
    }

    /// The records from a moment on.
    fn records_from(&self, at_s: f64) -> &[Record] {
        let records = &self.outcome.records;
        records.get(records.partition_point(|record| (record.at_s as f64) < at_s)..).unwrap_or_default()
    }

    /// The temperature at a moment.
    fn true_c(&self, at_s: f64) -> f64 {
        self.records_from(at_s).first().or(self.outcome.records.last()).map_or(0.0, |record| record.true_c)
    }

    /// Seconds the schedule waited in the ten minutes after a moment.
    fn waited_after(&self, at_s: f64) -> usize {
        self.records_from(at_s).iter().take(600).filter(|record| record.waits).count()
    }
}

/// Writes a text near a point if there is room, with a hair line to it where it is not beside it.
fn label(paper: &Paper<'_>, room: &mut Room, text: &str, point: Point, look: Type) -> Drawn {
    let size = paper.measure(text, look)?;
    let Some((left, top)) = room.find(point, size) else { return Ok(()) };
    let middle = top + size.1 / 2.0;
    let near = if left > point.0 { left - 3.0 } else { (left + size.0 + 3.0).min(point.0) };
    if distance(point, (near, middle)) > 24.0 {
        paper.path(&[point, (near, middle)], Ink::line(FAINT, 0.6))?;
    }
    paper.text(text, (left, middle), look)
}

/// What is marked, by kind; steps have their own place, and reaching a hold is where its step begins.
const fn kind(event: &Event) -> Option<&'static str> {
    match event {
        Event::Started { .. }
        | Event::StepEntered { .. }
        | Event::HoldReached
        | Event::Completed
        | Event::TuningStarted
        | Event::TuningCompleted => None,
        Event::ConeFallen { .. } | Event::ConeGaveUp { .. } => Some("cone"),
        Event::FellBehind => Some("behind"),
        Event::RegulatorFellBack => Some("regulator"),
        Event::RateAdapted { .. } => Some("adapted"),
        Event::Faulted(_) => Some("fault"),
        Event::Recovered => Some("recovered"),
        Event::Resumed { .. }
        | Event::StallAdvanced { .. }
        | Event::Reheated
        | Event::Banked { .. }
        | Event::Paused
        | Event::Unpaused
        | Event::Skipped
        | Event::Changed
        | Event::Stopped
        | Event::StartMissed
        | Event::StartRefused
        | Event::Cleared => Some("other"),
    }
}

/// An event in as few words as a label has room for.
fn short(event: &Event) -> String {
    match event {
        Event::FellBehind => "the schedule waits".to_owned(),
        Event::RegulatorFellBack => "the PID goes on".to_owned(),
        Event::ConeFallen { cone } => format!("cone {} down", cone.name()),
        Event::ConeGaveUp { cone } => format!("cone {} still up", cone.name()),
        Event::RateAdapted { from, to } => format!("{:.0} → {:.0} °C/h", from.get(), to.get()),
        Event::Faulted(fault) => words::fault(fault).split([';', ',']).next().unwrap_or_default().to_owned(),
        Event::Resumed { .. } | Event::Recovered | Event::Unpaused => "goes on".to_owned(),
        Event::StallAdvanced { short } => format!("{:.1} °C short", short.get()),
        Event::Banked { target } => format!("bank, {:.0} °C", target.get()),
        Event::Reheated => "reheated".to_owned(),
        Event::Paused => "paused".to_owned(),
        Event::Skipped => "step skipped".to_owned(),
        Event::Changed => "steps changed".to_owned(),
        Event::Stopped => "stopped".to_owned(),
        Event::StartMissed => "a start was missed".to_owned(),
        Event::StartRefused => "a start was refused".to_owned(),
        Event::Cleared => "cleared".to_owned(),
        Event::Started { .. }
        | Event::StepEntered { .. }
        | Event::HoldReached
        | Event::Completed
        | Event::TuningStarted
        | Event::TuningCompleted => String::new(),
    }
}
