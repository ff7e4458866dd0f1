//! The control loop's end of the link: it takes, tells and listens, and depends on nobody.

use super::beats::{Heard, Pulse, Roster};
use super::queue::Taken;
use super::urgent::{Call, Called};
use super::{Link, SLOTS};
use crate::board::ControlLink;
use kiln_core::command::{Command, CommandId, Refusal, Request};
use kiln_core::report::Report;
use kiln_core::settings::Published;
use kiln_core::snapshot::Snapshot;
use kiln_core::units::{Instant, WallClock};

/// The control loop's end. There must be one at a time; it may be made again after its core was restarted.
#[derive(Debug)]
pub struct ControlEnd<'a, const SLOTS: usize = { self::SLOTS }> {
    link: &'a Link<SLOTS>,
    taken: u32,
    stops: u32,
    shutdowns: u32,
    published: u32,
    settings: u32,
    pulse: Pulse<'a>,
    damaged: Pulse<'a>,
    overtaken: Pulse<'a>,
    /// The name of the request that the last look dropped, and why.
    dropped: Option<(CommandId, Refusal)>,
    reported: u32,
    /// Requests with numbers before this were asked before a stop that has been taken.
    stopped_before: Option<u32>,
    heard: Heard,
    turns: u32,
    wall: Option<(WallClock, Instant)>,
    told: u32,
}

impl<'a, const SLOTS: usize> ControlEnd<'a, SLOTS> {
    /// The control loop's end of `link`.
    pub fn new(link: &'a Link<SLOTS>) -> Self {
        // A request that was asked before a stop stays so, also for a loop that starts again in between.
        let stopped_before = [&link.stop, &link.shutdown].into_iter().filter_map(Call::last).reduce(later);
        Self {
            link,
            taken: link.requests.taken(),
            stops: link.stop.answered(),
            shutdowns: link.shutdown.answered(),
            published: link.snapshot.last(),
            settings: 0,
            pulse: link.beats.pulse_of_control(),
            damaged: Pulse::new(&link.damaged),
            overtaken: Pulse::new(&link.overtaken),
            dropped: None,
            reported: link.report.last(),
            stopped_before,
            heard: Heard::default(),
            turns: 0,
            wall: None,
            told: 0,
        }
    }

    /// The newest stop or shutdown, if it has not been taken yet.
    fn urgent(&mut self) -> Option<Request> {
        let shutdown = self.link.shutdown.answer(&mut self.shutdowns).map(|called| (called, Command::Shutdown));
        let (Called { id, after }, command) = match shutdown {
            Some(shutdown) => shutdown,
            None => (self.link.stop.answer(&mut self.stops)?, Command::Stop),
        };
        // A call whose particulars are damaged stops everything that is there.
        let before = after.unwrap_or_else(|| self.link.requests.count());
        self.stopped_before = Some(self.stopped_before.map_or(before, |other| later(other, before)));
        Some(Request { id, command })
    }

    /// Whether the request with this number was asked before a stop that has been taken, and begins heat.
    fn is_overtaken(&mut self, number: u32, request: &Request) -> bool {
        let Some(before) = self.stopped_before else {
            return false;
        };
        let left = before.wrapping_sub(number);
        let overtaken = left != 0 && usize::try_from(left).is_ok_and(|left| left <= SLOTS);
        if !overtaken {
            self.stopped_before = None;
        }
        overtaken && request.command.begins_heat()
    }
}

impl<const SLOTS: usize> ControlLink for ControlEnd<'_, SLOTS> {
    type Request = Request;
    type Snapshot = Snapshot;

    /// A shutdown before a stop, a stop before anything else. A look that drops a request gives none: one a slot.
    fn take(&mut self) -> Option<Request> {
        if let Some(request) = self.urgent() {
            return Some(request);
        }
        for _ in 0..SLOTS {
            match self.link.requests.take::<Request>(&mut self.taken) {
                Taken::Nothing => return None,
                Taken::Damaged(name) => {
                    self.damaged.beat();
                    if let Some(name) = name {
                        self.dropped = Some((CommandId(name), Refusal::Damaged));
                        return None;
                    }
                }
                Taken::Whole(number, request) if self.is_overtaken(number, &request) => {
                    self.overtaken.beat();
                    self.dropped = Some((request.id, Refusal::Overtaken));
                    return None;
                }
                Taken::Whole(_, request) => return Some(request),
            }
        }
        None
    }

    fn dropped(&mut self) -> Option<(CommandId, Refusal)> {
        self.dropped.take()
    }

    /// What is told counts from the slot in which it is first seen; it goes on by itself when the application is dead.
    fn wall(&mut self, now: Instant) -> Option<WallClock> {
        if let Some(told) = self.link.wall.newer(&mut self.told) {
            self.wall = Some((told, now));
        }
        self.wall.map(|(told, seen)| told + now.since(seen))
    }

    fn report(&mut self, report: &Report) {
        self.link.report.publish(&mut self.reported, report);
    }

    fn settings(&mut self) -> Option<Published> {
        self.link.settings.newer(&mut self.settings)
    }

    /// Grows by one when every task of the application has finished a turn since it last grew. `None` before the
    /// application has said which tasks it has.
    fn beats(&mut self) -> Option<u32> {
        let roster = self.link.beats.roster();
        self.turns = self.turns.wrapping_add(u32::from(self.heard.whole_turn(roster, &self.link.beats)));
        (roster != Roster::EMPTY).then_some(self.turns)
    }

    /// Publishing ends a finished turn: it gives the beat, too.
    fn publish(&mut self, snapshot: &Snapshot) {
        self.link.snapshot.publish(&mut self.published, snapshot);
        self.pulse.beat();
    }
}

/// The later of two counts that wrap.
const fn later(a: u32, b: u32) -> u32 {
    if a.wrapping_sub(b) <= u32::MAX / 2 { a } else { b }
}
