//! What the log is told about who came to the door: failures of proof, and every change of who may.
//!
//! Bounded: the same event of the same peer is counted, not repeated, and a flood fills eight places, not the log.

use super::judge::{Asked, Permit};
use super::limits::EVENTS;
use super::peer::Peer;
use super::refusal::Refusal;
use kiln_wire::api::Need;

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A token that is not known.
    TokenRefused,
    /// A page of another site, or a name that is not ours: an attack by way of a browser, or a misconfigured one.
    PageRefused,
    /// A wrong code.
    CodeRefused,
    /// So many wrong codes that there is a pause.
    CodesPaused,
    /// An app was paired.
    Paired,
    /// A token was taken back.
    Revoked,
    /// Something was done with the right of somebody at the kiln.
    LocalUsed,
    /// A stop without a token.
    Stopped,
}

/// What happened, by whom, how often.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Event {
    /// What.
    pub kind: Kind,
    /// Who.
    pub peer: Peer,
    /// How often since it was last told.
    pub times: u32,
}

/// Events waiting for the log.
#[derive(Clone, Debug, Default)]
pub struct Audit {
    waiting: heapless::Deque<Event, EVENTS>,
    lost: u32,
    refused: u32,
}

impl Audit {
    /// Nothing happened.
    pub const fn new() -> Self {
        Self { waiting: heapless::Deque::new(), lost: 0, refused: 0 }
    }

    /// The oldest event; what is asked for once is told once.
    pub fn next_event(&mut self) -> Option<Event> {
        self.waiting.pop_front()
    }

    /// How many events found no place since this was last asked.
    pub fn take_lost(&mut self) -> u32 {
        core::mem::take(&mut self.lost)
    }

    /// Whether anything waits to be told.
    pub fn has_news(&self) -> bool {
        !self.waiting.is_empty() || self.lost > 0
    }

    /// How many requests were turned away since the start.
    pub const fn refused(&self) -> u32 {
        self.refused
    }

    /// Counts a request that was turned away.
    pub(crate) const fn count_refused(&mut self) {
        self.refused = self.refused.saturating_add(1);
    }

    /// Notes an event.
    fn note(&mut self, kind: Kind, peer: Peer) {
        if let Some(known) = self.waiting.iter_mut().find(|event| event.kind == kind && event.peer == peer) {
            known.times = known.times.saturating_add(1);
        } else if self.waiting.push_back(Event { kind, peer, times: 1 }).is_err() {
            self.lost = self.lost.saturating_add(1);
        }
    }

    /// Notes what is worth telling about a judgement.
    pub(super) fn judged(&mut self, asked: &Asked<'_>, verdict: &Result<Permit, Refusal>) {
        if verdict.is_err() {
            self.count_refused();
        }
        let kind = match verdict {
            Err(refusal) => told(refusal),
            Ok(permit) if permit.preflight => None,
            Ok(permit) => match asked.need {
                Need::Local => Some(Kind::LocalUsed),
                Need::Stop if permit.token.is_none() => Some(Kind::Stopped),
                Need::Open | Need::Token | Need::Stop => None,
            },
        };
        if let Some(kind) = kind {
            self.note(kind, asked.peer);
        }
    }

    /// Notes an exchange of a code for a token.
    pub(super) fn paired(&mut self, peer: Peer, taken: &Result<(), Refusal>) {
        if taken.is_err() {
            self.count_refused();
        }
        let kind = match taken {
            Ok(()) => Some(Kind::Paired),
            Err(refusal) => told(refusal),
        };
        if let Some(kind) = kind {
            self.note(kind, peer);
        }
    }

    /// Notes a token that was taken back.
    pub(super) fn revoked(&mut self, peer: Peer) {
        self.note(Kind::Revoked, peer);
    }
}

/// The event of a refusal, for those that say something about who asks.
fn told(refusal: &Refusal) -> Option<Kind> {
    match refusal {
        Refusal::TokenUnknown => Some(Kind::TokenRefused),
        Refusal::OriginRefused | Refusal::CrossSite | Refusal::HostUnknown => Some(Kind::PageRefused),
        Refusal::CodeWrong { .. } => Some(Kind::CodeRefused),
        Refusal::CodePaused { .. } => Some(Kind::CodesPaused),
        Refusal::HostMissing
        | Refusal::HostMalformed
        | Refusal::HeaderMalformed
        | Refusal::LengthRequired
        | Refusal::BodyTooLarge { .. }
        | Refusal::NotJson
        | Refusal::TokenMissing
        | Refusal::LocalNeeded
        | Refusal::CodeNotShown
        | Refusal::StopHeaderMissing
        | Refusal::StopRepeated { .. }
        | Refusal::TooManyRequests { .. }
        | Refusal::Busy
        | Refusal::EventsFull
        | Refusal::TokensFull { .. }
        | Refusal::NoSuchToken
        | Refusal::TokenNameRefused { .. }
        | Refusal::Stale
        | Refusal::KeyMalformed { .. }
        | Refusal::KeyReused => None,
    }
}
