//! When a kiln is asked, what, and what the answer means: the one poller of one kiln.
//!
//! ```text
//!            ┌────────────────── silence of a minute ──────────────────┐
//!            ▼                                                         │
//!   Info ──a kiln──▶ Proof (if paired) ──▶ Status ──▶ Status ──▶ …  ───┘
//! ```
//!
//! At most one question is under way. A kiln that does not answer is asked less and less often, at last every 15 s; no
//! question is sent twice. It opens no connection and has no clock.

use kiln_core::units::{Instant, Millis};

use crate::limits::{BACK_OFF_LONGEST, FIRING_EVERY, IDLE_EVERY, LOST_AFTER, POLLS_MISSED};
use crate::link::{Failure, Link};
use crate::status::{INTERFACE, Info, PRODUCT, Status};

/// A question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ask {
    /// `GET /api/info`: who is there?
    Info,
    /// `GET /api/tokens`: is our token known there? Only the kiln that gave it knows it.
    Proof,
    /// `GET /api/status`, unless it is still the one we have.
    Status {
        /// What the one we have is known by.
        etag: Option<String>,
    },
}

/// What came of a question.
#[derive(Clone, Debug, PartialEq)]
pub enum Heard {
    /// Who is there.
    Info(Info),
    /// Whether our token is known.
    Proof(bool),
    /// What the kiln is doing.
    Status {
        /// The document.
        status: Box<Status>,
        /// What it is known by.
        etag: Option<String>,
    },
    /// It is doing what it did when last asked.
    Unchanged,
    /// No answer, or none of use.
    Nothing(Failure),
}

/// What is known of the kiln's trust in us.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trust {
    /// We have no token.
    Unpaired,
    /// We have one and have not shown it yet.
    NotShown,
    /// The kiln knows our token.
    Known,
    /// The kiln does not know our token: it was revoked, or this is another kiln.
    Unknown,
}

/// The step of getting to know a kiln.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    Info,
    Proof,
    Status,
}

/// The poller of one kiln.
#[derive(Clone, Debug)]
pub struct Poller {
    /// The name the kiln goes by on its network; empty as long as it is not known.
    host: String,
    stage: Stage,
    trust: Trust,
    asking: bool,
    next: Instant,
    failures: u32,
    why: Option<Failure>,
    heard: Option<Instant>,
    info: Option<Info>,
    status: Option<Box<Status>>,
    etag: Option<String>,
}

impl Poller {
    /// Nothing has been asked. `host` is the name by which the kiln is known, empty for one that is new.
    pub const fn new(host: String, paired: bool, now: Instant) -> Self {
        Self {
            host,
            stage: Stage::Info,
            trust: if paired { Trust::NotShown } else { Trust::Unpaired },
            asking: false,
            next: now,
            failures: 0,
            why: None,
            heard: None,
            info: None,
            status: None,
            etag: None,
        }
    }

    /// The question that is due. It counts as under way until [`Self::take`] is told what came of it.
    pub fn due(&mut self, now: Instant) -> Option<Ask> {
        if self.asking || now < self.next {
            return None;
        }
        self.asking = true;
        Some(match self.stage {
            Stage::Info => Ask::Info,
            Stage::Proof => Ask::Proof,
            Stage::Status => Ask::Status { etag: self.etag.clone() },
        })
    }

    /// When the next question is due, if none is under way.
    pub const fn wake_at(&self) -> Instant {
        self.next
    }

    /// Somebody looks again, or the network came back: the next question is due at once.
    pub fn nudge(&mut self, now: Instant) {
        self.next = now;
    }

    /// The kiln was paired, or its token was forgotten; or it is to be found elsewhere. It is asked anew who it is.
    pub fn begin_again(&mut self, paired: bool, now: Instant) {
        self.trust = if paired { Trust::NotShown } else { Trust::Unpaired };
        self.stage = Stage::Info;
        self.etag = None;
        self.nudge(now);
    }

    /// Takes what came of the question.
    pub fn take(&mut self, heard: Heard, now: Instant) {
        self.asking = false;
        let wait = match self.judge(heard) {
            Heard::Nothing(why) => return self.missed(why, now),
            Heard::Info(info) => {
                self.info = Some(info);
                self.stage = if self.trust == Trust::Unpaired { Stage::Status } else { Stage::Proof };
                Millis::ZERO
            }
            Heard::Proof(known) => {
                self.trust = if known { Trust::Known } else { Trust::Unknown };
                self.stage = Stage::Status;
                Millis::ZERO
            }
            Heard::Status { status, etag } => {
                self.host.clone_from(&status.network.name);
                (self.status, self.etag) = (Some(status), etag);
                self.told(now)
            }
            Heard::Unchanged => self.told(now),
        };
        self.failures = 0;
        self.next = now + wait;
    }

    /// The kiln told its status.
    fn told(&mut self, now: Instant) -> Millis {
        self.heard = Some(now);
        self.why = None;
        self.every()
    }

    /// Turns an answer that is of no use into nothing.
    fn judge(&self, heard: Heard) -> Heard {
        match &heard {
            Heard::Info(info) if info.product != PRODUCT => Heard::Nothing(Failure::NotAKiln),
            Heard::Info(info) if info.api != INTERFACE => Heard::Nothing(Failure::OtherVersion),
            // A name can be changed by the owner; the token cannot be changed by another kiln.
            Heard::Status { status, .. }
                if !self.host.is_empty() && status.network.name != self.host && self.trust == Trust::Unknown =>
            {
                Heard::Nothing(Failure::OtherKiln)
            }
            Heard::Unchanged if self.status.is_none() => Heard::Nothing(Failure::Unreadable),
            Heard::Info(_) | Heard::Proof(_) | Heard::Status { .. } | Heard::Unchanged | Heard::Nothing(_) => heard,
        }
    }

    fn missed(&mut self, why: Failure, now: Instant) {
        self.why = Some(why);
        self.failures = self.failures.saturating_add(1);
        let doubled = self.every().get().checked_shl(self.failures.saturating_sub(1)).unwrap_or(u64::MAX);
        self.next = now + Millis::new(doubled.min(BACK_OFF_LONGEST.get()));
        let silent = self.heard.is_none_or(|heard| now.since(heard) >= LOST_AFTER);
        if silent && self.stage != Stage::Info {
            // Who answers after so long may be somebody else.
            self.stage = Stage::Info;
            self.etag = None;
            if self.trust != Trust::Unpaired {
                self.trust = Trust::NotShown;
            }
        }
    }

    /// How often it is asked at the moment.
    fn every(&self) -> Millis {
        let fires = self.status.as_ref().is_some_and(|status| status.state.fires());
        if fires { FIRING_EVERY } else { IDLE_EVERY }
    }

    /// How sure what is shown is at this moment.
    pub fn link(&self, now: Instant) -> Link {
        let Some(heard) = self.heard else {
            return Link::Never { why: self.why };
        };
        let silence = now.since(heard).get();
        if silence >= LOST_AFTER.get() {
            return Link::Lost { heard, why: self.why.unwrap_or(Failure::NoAnswer) };
        }
        let most = self.every().get().saturating_mul(POLLS_MISSED.saturating_add(1));
        if silence > most { Link::Stale { heard } } else { Link::Live { heard } }
    }

    /// The newest status.
    pub fn status(&self) -> Option<&Status> {
        self.status.as_deref()
    }

    /// Who it is.
    pub const fn info(&self) -> Option<&Info> {
        self.info.as_ref()
    }

    /// Whether the kiln knows our token.
    pub const fn trust(&self) -> Trust {
        self.trust
    }

    /// The name it goes by on its network; empty as long as it is not known.
    pub fn host(&self) -> &str {
        &self.host
    }
}
