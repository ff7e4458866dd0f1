//! What was asked of the control loop, and what became of it.
//!
//! Every request gets a number; the outcome is what the control loop did, found in its snapshots and remembered here.
//! It decides nothing about heat. Whether a request was refused or is merely late is told apart: silence is an answer of
//! its own.

use kiln_core::command::{Command, CommandId, Outcome, Outcomes, Request};
use kiln_core::units::Millis;
use kiln_hal::link::{AppEnd, Urgent};

/// How many requests are remembered, with their outcomes.
const REMEMBERED: usize = 12;
/// How many requests may wait for their outcome: the control loop keeps the last eight outcomes between two looks.
const WAITING_MOST: usize = 4;
/// After this without an outcome a request counts as waiting no more: its outcome may have been lost with a reset.
const LOST_AFTER: Millis = Millis::from_seconds(10);

/// The call that a command is, if it goes ahead of everything.
fn call(command: &Command) -> Option<Urgent> {
    let what = What::of(command);
    let calls = [(What::Stop, Urgent::Stop), (What::Shutdown, Urgent::Shutdown)];
    calls.into_iter().find(|(called, _)| *called == what).map(|(_, call)| call)
}

/// Nothing was asked: more than the control loop can take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Busy;

/// What is known of a request.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Standing {
    /// The control loop has not answered yet.
    Pending,
    /// It has.
    Answered(Outcome),
    /// No such request is remembered.
    Unknown,
}

/// One request that is remembered.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Asked {
    /// Its number.
    pub id: CommandId,
    /// What was asked, in short.
    pub what: What,
    /// When, on the real clock.
    pub at: Millis,
    /// What became of it.
    pub outcome: Option<Outcome>,
}

/// What was asked, in short.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is the Command of the same name")]
pub enum What {
    Run,
    Resume,
    Stop,
    Shutdown,
    Pause,
    Unpause,
    Skip,
    AddTime,
    AddDegrees,
    ReplaceRest,
    Hold,
    RenewHold,
    Tune,
    StopTuning,
    Schedule,
    CancelSchedule,
    ClearError,
    Ping,
    /// A firing that was cut off has ended, because somebody said so: nothing that control is asked for.
    Discard,
}

impl What {
    /// What a command is, in short.
    pub const fn of(command: &Command) -> Self {
        match command {
            Command::Run(_) => Self::Run,
            Command::Resume(..) => Self::Resume,
            Command::Stop => Self::Stop,
            Command::Shutdown => Self::Shutdown,
            Command::Pause => Self::Pause,
            Command::Unpause => Self::Unpause,
            Command::Skip => Self::Skip,
            Command::AddTime(_) => Self::AddTime,
            Command::AddDegrees(_) => Self::AddDegrees,
            Command::ReplaceRest(_) => Self::ReplaceRest,
            Command::Hold(_) => Self::Hold,
            Command::RenewHold => Self::RenewHold,
            Command::Tune(..) => Self::Tune,
            Command::StopTuning => Self::StopTuning,
            Command::Schedule(..) => Self::Schedule,
            Command::CancelSchedule => Self::CancelSchedule,
            Command::ClearError => Self::ClearError,
            Command::Ping => Self::Ping,
        }
    }
}

/// The requests that are remembered, newest first.
#[derive(Clone, Debug)]
pub struct Desk {
    newest_first: [Option<Asked>; REMEMBERED],
    next: u32,
}

impl Desk {
    /// A desk whose first request gets the number `first`; it should differ from one start to the next, so that a
    /// client that asks after a restart does not get the answer to another request.
    pub const fn new(first: u32) -> Self {
        Self { newest_first: [None; REMEMBERED], next: first }
    }

    /// Asks the control loop for something; its number. A stop or shutdown goes ahead of everything and cannot fail.
    ///
    /// # Errors
    /// [`Busy`].
    pub fn ask(&mut self, end: &mut AppEnd<'_>, now: Millis, command: &Command) -> Result<CommandId, Busy> {
        let id = CommandId(self.next);
        if let Some(call) = call(command) {
            end.urgent(call, id);
        } else if self.waiting(now) >= WAITING_MOST || end.ask(&Request { id, command: *command }).is_err() {
            return Err(Busy);
        }
        self.next = self.next.wrapping_add(1);
        self.remember(Asked { id, what: What::of(command), at: now, outcome: None });
        Ok(id)
    }

    /// Something was done that control had no part in; its number, to be asked for like every other.
    pub fn settle(&mut self, now: Millis, what: What) -> CommandId {
        let id = CommandId(self.next);
        self.next = self.next.wrapping_add(1);
        self.remember(Asked { id, what, at: now, outcome: Some(Outcome::Done) });
        id
    }

    /// Takes the outcomes of a snapshot.
    pub fn note(&mut self, outcomes: &Outcomes) {
        for asked in self.newest_first.iter_mut().flatten().filter(|asked| asked.outcome.is_none()) {
            asked.outcome = outcomes.of(asked.id);
        }
        self.settle_overtaken_calls();
    }

    /// What became of a request.
    pub fn standing(&self, id: CommandId) -> Standing {
        match self.iter().find(|asked| asked.id == id) {
            None => Standing::Unknown,
            Some(Asked { outcome: None, .. }) => Standing::Pending,
            Some(Asked { outcome: Some(outcome), .. }) => Standing::Answered(*outcome),
        }
    }

    /// What is remembered, newest first.
    pub fn iter(&self) -> impl Iterator<Item = &Asked> {
        self.newest_first.iter().flatten()
    }

    fn waiting(&self, now: Millis) -> usize {
        let waits = |asked: &&Asked| asked.outcome.is_none() && now.saturating_sub(asked.at) < LOST_AFTER;
        self.iter().filter(waits).count()
    }

    fn remember(&mut self, asked: Asked) {
        self.newest_first.rotate_right(1);
        if let Some(newest) = self.newest_first.first_mut() {
            *newest = Some(asked);
        }
    }

    /// Two stops before the control loop looked are one call with the later number: what became of that one became of
    /// both.
    fn settle_overtaken_calls(&mut self) {
        for what in [What::Stop, What::Shutdown] {
            let mut later = None;
            for asked in self.newest_first.iter_mut().flatten().filter(|asked| asked.what == what) {
                asked.outcome = asked.outcome.or(later);
                later = asked.outcome;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kiln_core::command::Refusal;
    use kiln_hal::board::ControlLink;
    use kiln_hal::link::{Link, Roster};

    fn at(seconds: u64) -> Millis {
        Millis::from_seconds(seconds)
    }

    #[test]
    fn a_request_is_answered_by_what_control_did() {
        let link: Link = Link::new();
        let (mut end, mut control) = (AppEnd::new(&link, Roster::EMPTY), kiln_hal::link::ControlEnd::new(&link));
        let mut desk = Desk::new(100);
        let id = desk.ask(&mut end, at(0), &Command::Pause).unwrap();
        assert_eq!((id, desk.standing(id)), (CommandId(100), Standing::Pending));
        assert_eq!(control.take(), Some(Request { id, command: Command::Pause }));
        let mut outcomes = Outcomes::default();
        outcomes.note(id, Outcome::Refused(Refusal::NotRunning));
        desk.note(&outcomes);
        desk.note(&Outcomes::default());
        assert_eq!(desk.standing(id), Standing::Answered(Outcome::Refused(Refusal::NotRunning)));
        assert_eq!(desk.standing(CommandId(99)), Standing::Unknown);
    }

    #[test]
    fn a_flood_is_refused_and_a_stop_never() {
        let link: Link = Link::new();
        let mut end = AppEnd::new(&link, Roster::EMPTY);
        let mut desk = Desk::new(0);
        for _ in 0..WAITING_MOST {
            desk.ask(&mut end, at(0), &Command::Ping).unwrap();
        }
        assert_eq!(desk.ask(&mut end, at(0), &Command::Ping), Err(Busy));
        let first = desk.ask(&mut end, at(0), &Command::Stop).unwrap();
        let second = desk.ask(&mut end, at(0), &Command::Stop).unwrap();
        let mut outcomes = Outcomes::default();
        outcomes.note(second, Outcome::Done);
        desk.note(&outcomes);
        assert_eq!(desk.standing(first), Standing::Answered(Outcome::Done), "one call with the later number");
    }
}
