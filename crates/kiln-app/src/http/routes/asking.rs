//! Requests for the control loop: what is asked, and what is answered when control has done it or not.

use super::super::answer::Out;
use super::super::gate::Call;
use super::super::refused::Refused as Answer;
use super::super::route::Resource;
use super::super::site::Reply;
use super::{Act, LOOK_EVERY, OUTCOME_WITHIN, Pieces, Routes, document};
use crate::door::idempotency::Key;
use crate::door::{Field, Method};
use crate::service::{Now, Once, Refused, Standing};
use crate::store::Flash;
use kiln_core::command::{Command, CommandId, Outcome};
use kiln_core::units::Millis;
use kiln_wire::ParamValue;
use kiln_wire::answer::{CommandAnswer, ErrorAnswer, Problem};
use kiln_wire::ask::{
    AdjustRequest, ExpectRequest, HoldRequest, RecoveryRequest, RunRequest, ScheduleRequest, TimeRequest, TuningRequest,
};
use kiln_wire::records::TimeAnswer;

impl<F: Flash> Routes<'_, F> {
    pub(super) fn ask(&mut self, call: &Call, body: &[u8], now: Millis) -> Result<Act, Refused> {
        let key = call.key.as_deref().map_or(Field::Absent, Field::Once);
        let key = Key::judge(key).map_err(|_| Problem::BadRequest)?;
        let (method, about) = ([tag(call.method)], [place(call.resource)]);
        let request: [&[u8]; 3] = [&method, &about, body];
        let once = key.map(|key| Once { key, request: &request });
        let now = self.at(now);
        let asked = match (call.resource, call.method) {
            (Resource::Run, _) => self.service.run(&now, &RunRequest::parse(body)?, once)?,
            (Resource::RunSteps, _) => self.service.replace_steps(&now, body, once)?,
            (Resource::Schedule, Method::Delete) => self.service.cancel_schedule(&now, once)?,
            (Resource::Schedule, _) => self.service.schedule_start(&now, &ScheduleRequest::parse(body)?, once)?,
            (Resource::Recovery, _) => self.service.recover(&now, RecoveryRequest::parse(body)?.action, once)?,
            _ => self.command(call, body, &now, once)?,
        };
        Ok(Act::Asked(asked, now.real + OUTCOME_WITHIN))
    }

    /// Whatever is one command to control.
    fn command(&mut self, call: &Call, body: &[u8], now: &Now, once: Option<Once<'_>>) -> Result<CommandId, Refused> {
        let (command, expected) = match (call.resource, call.method) {
            (Resource::Adjust, _) => {
                let AdjustRequest { command, expect_run } = AdjustRequest::parse(body)?;
                (command, expect_run)
            }
            (Resource::Hold, _) => (HoldRequest::parse(body)?.command(), None),
            (Resource::Tuning, Method::Delete) => (Command::StopTuning, None),
            (Resource::Tuning, _) => (TuningRequest::parse(body)?.command(), None),
            (resource, _) => (plain(resource).ok_or(Problem::NotAvailable)?, ExpectRequest::parse(body)?.expect_run),
        };
        self.service.command(now, &command, expected.as_ref(), once)
    }

    /// Answers what control did; waits a while for it.
    pub(super) fn outcome(
        &mut self,
        id: CommandId,
        until: Millis,
        now: Millis,
        out: &mut Out<'_>,
    ) -> Reply<Act, Pieces> {
        let number = ParamValue::Count(usize::try_from(id.0).unwrap_or(usize::MAX));
        match self.service.standing(id) {
            Standing::Answered(Outcome::Done) => {
                Reply::Whole(document(&CommandAnswer::of(id, Outcome::Done), 200, out))
            }
            Standing::Answered(Outcome::Refused(refusal)) => {
                Reply::Whole(Answer::from(ErrorAnswer::from(refusal).with("id", number)).write(out))
            }
            Standing::Pending if now < until => Reply::Later(Act::Asked(id, until), now + LOOK_EVERY),
            Standing::Pending | Standing::Unknown => {
                Reply::Whole(Answer::from(ErrorAnswer::from(Problem::ControlSilent).with("id", number)).write(out))
            }
        }
    }

    /// Takes the time of day as somebody tells it; what a time server says outranks it.
    pub(super) fn tell_time(&mut self, body: &[u8]) -> Result<Act, Refused> {
        let TimeRequest { now } = TimeRequest::parse(body)?;
        let accepted = !self.service.is_synced();
        if accepted {
            self.told_time = Some(now);
        }
        let wall = self.now.wall.filter(|_| !accepted).unwrap_or(now);
        Ok(Act::Timed(TimeAnswer { wall_ms: wall.unix_millis(), accepted }))
    }
}

/// The command of a path that needs no more than its name.
const fn plain(resource: Resource) -> Option<Command> {
    match resource {
        Resource::Stop => Some(Command::Stop),
        Resource::Shutdown => Some(Command::Shutdown),
        Resource::Pause => Some(Command::Pause),
        Resource::Resume => Some(Command::Unpause),
        Resource::Skip => Some(Command::Skip),
        Resource::ClearError => Some(Command::ClearError),
        _ => None,
    }
}

/// A method as a byte, for the digest of a request.
const fn tag(method: Method) -> u8 {
    match method {
        Method::Get => b'g',
        Method::Head => b'h',
        Method::Options => b'o',
        Method::Post => b'p',
        Method::Put => b'u',
        Method::Patch => b'a',
        Method::Delete => b'd',
    }
}

/// A path as a byte: its place in the table of routes.
fn place(resource: Resource) -> u8 {
    let rows = super::super::route::ROWS;
    rows.iter().position(|row| row.resource == resource).and_then(|at| u8::try_from(at).ok()).unwrap_or(u8::MAX)
}
