//! What may be asked of the kiln: a profile by name, a command, other steps.
//!
//! Checks what control cannot know: whether there is such a profile, whether the asker saw what is there, whether this
//! very request came before. Everything else is control's to decide.

use super::desk::{Busy, Standing};
use super::{Now, Refused, Service};
use crate::door::Replay;
use crate::door::idempotency::Key;
use crate::log::FileName;
use crate::store::{Etag, Flash};
use kiln_core::command::{Command, CommandId};
use kiln_core::profile::Profile;
use kiln_core::snapshot::Phase;
use kiln_wire::answer::{CommandAnswer, Problem};
use kiln_wire::ask::{RunRequest, parse_steps};
use kiln_wire::bounded::Label;
use kiln_wire::profile::{self, FORMAT};
use kiln_wire::status::RunId;

/// A request that is carried out once, however often it is sent.
#[derive(Clone, Copy, Debug)]
pub struct Once<'a> {
    /// The key it came with.
    pub key: Key<'a>,
    /// Method, path and body.
    pub request: &'a [&'a [u8]],
}

impl<F: Flash> Service<'_, F> {
    /// Asks for a stored profile to be fired.
    ///
    /// # Errors
    /// There is none of that name, it is not the one that was looked at, or control cannot be asked.
    pub fn run(&mut self, now: &Now, asked: &RunRequest, once: Option<Once<'_>>) -> Result<CommandId, Refused> {
        if let Some(known) = self.known(once)? {
            return Ok(known);
        }
        let (profile, stem, etag) = self.load(asked.profile.as_str())?;
        let seen = asked.expect_etag.as_ref().map(|seen| seen.as_str().trim_matches('"'));
        if seen.is_some_and(|seen| seen != tag(etag).as_str()) {
            return Err(Problem::Stale.into());
        }
        let id = self.ask(now, &Command::Run(profile), once)?;
        self.plan.ask_whole(id, &profile, Some(stem));
        Ok(id)
    }

    /// Asks for anything that needs no file. `expected` is the firing it is meant for, if one was named.
    ///
    /// # Errors
    /// Another firing is on, or control cannot be asked.
    pub fn command(
        &mut self,
        now: &Now,
        command: &Command,
        expected: Option<&RunId>,
        once: Option<Once<'_>>,
    ) -> Result<CommandId, Refused> {
        if let Some(known) = self.known(once)? {
            return Ok(known);
        }
        self.expect(expected)?;
        self.ask(now, command, once)
    }

    /// Asks for other steps after the running one.
    ///
    /// # Errors
    /// The first place of the document that does not fit; another firing is on, or control cannot be asked.
    pub fn replace_steps(&mut self, now: &Now, body: &[u8], once: Option<Once<'_>>) -> Result<CommandId, Refused> {
        if let Some(known) = self.known(once)? {
            return Ok(known);
        }
        let running = self.told().filter(|told| told.phase == Phase::Running).and_then(|told| told.run);
        let name = running.map(|run| run.name).ok_or(kiln_core::command::Refusal::NotRunning)?;
        let (rest, expected) = parse_steps(body, name)?;
        self.expect(expected.as_ref())?;
        let id = self.ask(now, &Command::ReplaceRest(rest), once)?;
        self.plan.ask_rest(id, &rest);
        Ok(id)
    }

    /// What became of a command; `None` when it is not remembered.
    pub fn outcome(&self, id: CommandId) -> Option<CommandAnswer> {
        match self.desk.standing(id) {
            Standing::Unknown => None,
            Standing::Pending => Some(CommandAnswer::pending(id)),
            Standing::Answered(outcome) => Some(CommandAnswer::of(id, outcome)),
        }
    }

    /// What became of a command, as control said it.
    pub fn standing(&self, id: CommandId) -> Standing {
        self.desk.standing(id)
    }

    /// The id of the run that is recorded.
    pub fn run_id(&self) -> Option<RunId> {
        self.journal.open.as_ref().map(|open| Label::cut(open.log.stem()))
    }

    /// Whether this very request came before, and as what.
    pub(super) fn known(&self, once: Option<Once<'_>>) -> Result<Option<CommandId>, Refused> {
        match once.map(|once| self.once.look_up(once.key, once.request)) {
            None | Some(Ok(Replay::New)) => Ok(None),
            Some(Ok(Replay::Known(id))) => Ok(Some(id)),
            Some(Err(_)) => Err(Problem::KeyReused.into()),
        }
    }

    pub(super) fn ask(&mut self, now: &Now, command: &Command, once: Option<Once<'_>>) -> Result<CommandId, Refused> {
        // What is begun now would be cut off; what ends something is never refused.
        if self.restart_wanted && !matches!(command, Command::Stop | Command::Shutdown) {
            return Err(Problem::ControlBusy.into());
        }
        let id = self.desk.ask(&mut self.end, now.real, command).map_err(|Busy| Problem::ControlBusy)?;
        self.remember(id, once);
        Ok(id)
    }

    /// What came with a key is known by it from here on.
    pub(super) fn remember(&mut self, id: CommandId, once: Option<Once<'_>>) {
        if let Some(once) = once {
            self.once.remember(once.key, once.request, id);
        }
    }

    fn expect(&self, expected: Option<&RunId>) -> Result<(), Refused> {
        if expected.is_none() || self.run_id().as_ref() == expected { Ok(()) } else { Err(Problem::Stale.into()) }
    }

    /// A stored profile by the name of its file.
    pub(super) fn load(&mut self, name: &str) -> Result<(Profile, FileName, Etag), Refused> {
        let stem = FileName::new(name).ok_or(Problem::NoSuchProfile)?;
        let newest = u16::try_from(FORMAT).unwrap_or(u16::MAX);
        let stored = self.store.read_profile(&stem, newest, self.scratch);
        let stored = stored.map_err(|error| Refused::by_store(error, Problem::NoSuchProfile))?;
        let bytes = self.scratch.get(..stored.length).unwrap_or_default();
        match profile::parse(bytes) {
            Ok(parsed) => Ok((parsed.profile, stem, stored.etag)),
            Err(refusal) => Err(refusal.into()),
        }
    }
}

/// An etag as documents hold it.
pub(super) fn tag(etag: Etag) -> kiln_wire::ask::Etag {
    Label::cut(etag)
}
