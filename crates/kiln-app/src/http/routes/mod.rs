//! What each route does, with the application behind it.
//!
//! Reading is done when the answer is written, changing before: a request is carried out in one step, so that nobody
//! sees half of it. Who may ask is not known here; that was judged.
#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "each step takes its few of forty resources; the table of routes sends it no other"
)]

mod asking;
mod keeping;
mod long;
mod people;
mod random;
mod reading;
mod support;

pub use long::Pieces;

use super::answer::{Out, Told};
use super::gate::{Application, Call};
use super::pages::Pages;
use super::refused::Refused;
use super::route::Resource;
use super::site::{Next, Reply};
use crate::door::{Door, Method, Tokens};
use crate::service::{self, Now, Service};
use crate::store::Flash;
use kiln_core::command::CommandId;
use kiln_core::units::{Instant, Millis, WallClock};
use kiln_wire::answer::{ErrorAnswer, Problem};
use kiln_wire::ask::{ExpectRequest, FactoryResetRequest, SelfTestRequest, WifiRequest};
use kiln_wire::config::ConfigSaved;
use kiln_wire::config::reference::ImportAnswer;
use kiln_wire::records::{PairAnswer, ProfileSaved, SelfTestResult, TimeAnswer, WifiAnswer};
use random::Random;

/// How long a handler waits for what control did.
const OUTCOME_WITHIN: Millis = Millis::new(1500);
/// How often it looks.
const LOOK_EVERY: Millis = Millis::new(20);

/// What has been done, and is to be answered.
#[derive(Debug)]
pub enum Act {
    /// Nothing: why.
    Refused(Refused),
    /// This is to be read.
    Read(Call),
    /// Control was asked, and is waited for until then.
    Asked(CommandId, Millis),
    /// A profile was stored.
    Saved(ProfileSaved),
    /// An app was paired.
    Paired(PairAnswer),
    /// The time of day was told.
    Timed(TimeAnswer),
    /// A test of the outputs has begun.
    Testing(SelfTestResult),
    /// Another Wi-Fi is tried.
    Trying(WifiAnswer),
    /// The configuration was changed.
    Configured(ConfigSaved),
    /// The configuration of another controller was taken in.
    Imported(ImportAnswer),
    /// It is done, and there is nothing to say of it.
    Done,
}

/// The routes over the application.
pub struct Routes<'a, F: Flash> {
    pub(super) service: Service<'a, F>,
    pub(super) now: Now,
    random: Random,
    pages: Pages,
    /// The time of day as somebody told it, until whoever keeps the clock has taken it.
    told_time: Option<WallClock>,
}

impl<'a, F: Flash> Routes<'a, F> {
    /// The routes with the small page that is always there; nobody may be able to guess the seed.
    pub fn new(service: Service<'a, F>, seed: [u8; 32]) -> Self {
        Self::with(service, seed, Pages::BUILT_IN)
    }

    /// The same with a page of its own; the small one that is always there need not be there then.
    pub fn with(service: Service<'a, F>, seed: [u8; 32], pages: Pages) -> Self {
        let now = Now { control: Instant::from_millis(0), real: Millis::ZERO, wall: None };
        Self { service, now, random: Random::new(seed), pages, told_time: None }
    }

    /// One turn of the application; see [`Service::turn`]. The log hears of who came to the door.
    pub fn turn(&mut self, now: &Now, door: &mut Door) {
        self.now = *now;
        self.service.note_visits(now, &mut door.audit);
        self.service.turn(now);
    }

    /// The application.
    pub const fn service(&mut self) -> &mut Service<'a, F> {
        &mut self.service
    }

    /// The time of day as somebody told it since this was last asked: for whoever keeps the clock.
    pub const fn take_time(&mut self) -> Option<WallClock> {
        self.told_time.take()
    }

    /// Puts everything that waits on the flash: the power is about to go.
    pub fn close(&mut self) {
        // What cannot be written now is lost as it would be in a power cut.
        let _written = self.service.store().flush().is_ok();
    }

    /// Sixty-four bits that nobody can guess.
    pub fn draw(&mut self) -> u64 {
        let [low, high] = self.random.halves();
        low ^ high
    }

    /// The clocks at a request.
    const fn at(&self, real: Millis) -> Now {
        Now { real, ..self.now }
    }

    fn does(&mut self, call: &Call, body: &[u8], door: &mut Door, now: Millis) -> Result<Act, service::Refused> {
        match (call.resource, call.method) {
            (_, Method::Get | Method::Head | Method::Options) => Ok(Act::Read(call.clone())),
            (Resource::Profile | Resource::RunRecord, _) => self.keep(call, body),
            (Resource::Pair | Resource::Token, _) => self.admit(call, body, door, now),
            (Resource::Time, _) => self.tell_time(body),
            (Resource::Config | Resource::ConfigImport, _) => {
                let local = call.permit.local.is_some();
                let imported = call.resource == Resource::ConfigImport;
                let service = &mut self.service;
                Ok(if imported {
                    Act::Imported(service.import_config(body, local)?)
                } else {
                    Act::Configured(service.patch_config(body, local)?)
                })
            }
            (Resource::FactoryReset, _) => {
                let FactoryResetRequest = FactoryResetRequest::parse(body)?;
                let now = self.at(now);
                self.service.factory_reset(&now)?;
                door.tokens = Tokens::new();
                Ok(Act::Done)
            }
            (Resource::SelfTest, _) => {
                let SelfTestRequest { what } = SelfTestRequest::parse(body)?;
                let now = self.at(now);
                Ok(Act::Testing(self.service.start_selftest(&now, what)?))
            }
            (Resource::Wifi, _) => {
                let asked = WifiRequest::parse(body)?;
                let now = self.at(now);
                Ok(Act::Trying(self.service.try_wifi(&now, &asked)?))
            }
            (Resource::Reboot, _) => {
                let _nothing = ExpectRequest::parse(body)?;
                let now = self.at(now);
                self.service.ask_restart(&now)?;
                Ok(Act::Done)
            }
            _ => self.ask(call, body, now),
        }
    }
}

impl<F: Flash> Application for Routes<'_, F> {
    type Act = Act;
    type Pieces = Pieces;

    fn is_private(&self) -> bool {
        *self.service.config().network().private()
    }

    fn is_idle(&self) -> bool {
        use kiln_core::snapshot::Phase;
        // A control loop that has not spoken is not known to be idle.
        self.service.told().is_some_and(|told| !matches!(told.phase, Phase::Running | Phase::Tuning))
    }

    fn perform(&mut self, call: &Call, body: &[u8], door: &mut Door, now: Millis) -> Act {
        self.does(call, body, door, now).unwrap_or_else(|refused| Act::Refused(ErrorAnswer::from(&refused).into()))
    }

    fn refusal(&self, refused: Refused) -> Act {
        Act::Refused(refused)
    }

    fn answer(&mut self, act: Act, door: &Door, now: Millis, out: &mut Out<'_>) -> Reply<Act, Pieces> {
        match act {
            Act::Refused(refused) => Reply::Whole(refused.write(out)),
            Act::Read(call) => self.read(call, door, now, out),
            Act::Asked(id, until) => self.outcome(id, until, now, out),
            Act::Saved(saved) => {
                let mut told = document(&saved, if saved.created { 201 } else { 200 }, out);
                told.note.etag = Some(saved.etag);
                Reply::Whole(told)
            }
            Act::Paired(answer) => Reply::Whole(document(&answer, 200, out)),
            Act::Configured(saved) => Reply::Whole(document(&saved, 200, out)),
            Act::Imported(answer) => Reply::Whole(document(&answer, 200, out)),
            Act::Testing(answer) => Reply::Whole(document(&answer, 200, out)),
            Act::Trying(answer) => Reply::Whole(document(&answer, 200, out)),
            Act::Timed(answer) => Reply::Whole(document(&answer, 200, out)),
            Act::Done => Reply::Whole(Told::empty(204)),
        }
    }

    fn next(&mut self, pieces: &mut Pieces, now: Millis, out: &mut Out<'_>) -> Next {
        let now = self.at(now);
        pieces.next(&mut self.service, &now, out)
    }
}

/// A document that fits; what does not is told so, never cut.
fn document<T: serde::Serialize>(document: &T, status: u16, out: &mut Out<'_>) -> Told {
    if out.json(document) {
        Told::new(status, super::answer::Content::Json)
    } else {
        Refused::from(Problem::NotAvailable).write(out)
    }
}
