//! Which name is announced: the configured one, or with a number when another kiln has it.
//!
//! The datagrams are in [`multicast_dns`](super::multicast_dns); here stands only when to probe, when to announce and what to
//! be called (RFC 6762, sections 8 and 9). The name carries no number of the chip.

use kiln_core::units::{Instant, Millis};

use super::name::HostName;

/// Probes before a name is taken, a quarter of a second apart (RFC 6762, section 8.1).
pub const PROBES: u8 = 3;
/// The time between probes.
pub const PROBE_EVERY: Millis = Millis::new(250);
/// After so many conflicts the announcer slows down (RFC 6762, section 8.1).
pub const MANY_CONFLICTS: u8 = 15;
/// The time between attempts then.
pub const SLOW: Millis = Millis::from_seconds(5);
/// The last number that is tried; after it the first name again.
pub const LAST_NUMBER: u8 = 99;

/// What is to be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Send {
    /// A probe for the name.
    Probe,
    /// The name is ours: announce it, and answer for it.
    Announcement,
}

/// Where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Probing { sent: u8, next: Instant },
    Ours,
}

/// The announcer of a name.
#[derive(Clone, Debug)]
pub struct Announcer {
    base: HostName,
    /// 1 is the name itself.
    number: u8,
    conflicts: u8,
    state: State,
}

impl Announcer {
    /// Wants this name.
    pub const fn new(base: HostName, now: Instant) -> Self {
        Self { base, number: 1, conflicts: 0, state: State::Probing { sent: 0, next: now } }
    }

    /// The name that is wanted or held.
    pub fn name(&self) -> HostName {
        if self.number == 1 { self.base.clone() } else { self.base.numbered(self.number) }
    }

    /// Whether the name is ours.
    pub const fn is_ours(&self) -> bool {
        matches!(self.state, State::Ours)
    }

    /// The link came back: the name is probed again before it is used.
    pub fn link_up(&mut self, now: Instant) {
        self.state = State::Probing { sent: 0, next: now };
        self.conflicts = 0;
    }

    /// Somebody else has the name: the next one is tried.
    pub fn conflict(&mut self, now: Instant) {
        self.conflicts = self.conflicts.saturating_add(1);
        self.number = if self.number < LAST_NUMBER { self.number.saturating_add(1) } else { 1 };
        let pause = if self.conflicts >= MANY_CONFLICTS { SLOW } else { Millis::ZERO };
        self.state = State::Probing { sent: 0, next: now + pause };
    }

    /// What is to be sent at this moment.
    pub fn step(&mut self, now: Instant) -> Option<Send> {
        match self.state {
            State::Probing { sent, next } if now >= next => {
                if sent < PROBES {
                    self.state = State::Probing { sent: sent.saturating_add(1), next: now + PROBE_EVERY };
                    return Some(Send::Probe);
                }
                self.state = State::Ours;
                Some(Send::Announcement)
            }
            State::Probing { .. } | State::Ours => None,
        }
    }
}
