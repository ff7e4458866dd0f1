//! Staying on the owner's Wi-Fi: scan, join the strongest, get an address, watch the link, come back.
//!
//! ```text
//!   ┌─▶ Scanning ──done──▶ Joining ──link──▶ Leasing ──address──▶ Up
//!   │       │ 10 s            │ 15 s            │ 20 s            │ link or address lost
//!   │       ▼                 ▼                 ▼                 ▼
//!   └───────────────────── Waiting: 1, 2, 4 … 60 s ◀──────────────┘
//! ```
//! The link is watched by the driver's own state; nothing is sent to find out whether it could be. Every state but `Up`
//! ends by itself, so whatever the radio does or keeps silent about, the next attempt comes within [`LONGEST_ROUND`].

use kiln_core::units::{Instant, Millis};

use super::address::Ipv4Config;
use super::wifi::{Bssid, WifiConfig};

/// How long a scan may take. All channels take some 3 s.
pub const SCAN_TIME: Millis = Millis::from_seconds(10);
/// How long joining may take: four messages of a handshake, and a slow access point.
pub const JOIN_TIME: Millis = Millis::from_seconds(15);
/// How long an address may take (RFC 2131, section 4.1: a client asks again after 4, 8, 16 s).
pub const LEASE_TIME: Millis = Millis::from_seconds(20);
/// The pause after the first failure; doubles with each further one.
pub const FIRST_PAUSE: Millis = Millis::from_seconds(1);
/// The longest pause.
pub const LONGEST_PAUSE: Millis = Millis::from_seconds(60);
/// How long the link must hold before failures are forgotten: a link that flaps faster is one that fails.
pub const STEADY: Millis = Millis::from_seconds(60);
/// From one attempt's beginning to the next one's, at most.
pub const LONGEST_ROUND: Millis =
    Millis::new(SCAN_TIME.get() + JOIN_TIME.get() + LEASE_TIME.get() + LONGEST_PAUSE.get());

/// The link, by the driver's own state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Link {
    /// Not joined.
    #[default]
    Down,
    /// Not joined, and the driver has given up: a wrong passphrase, an access point that refuses.
    Refused,
    /// Joined, without an address.
    Joined,
    /// Joined, with an address.
    Addressed,
}

impl Link {
    /// Whether the radio is joined.
    pub const fn is_joined(self) -> bool {
        match self {
            Self::Down | Self::Refused => false,
            Self::Joined | Self::Addressed => true,
        }
    }
}

/// What the driver sees at this moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// The link.
    pub link: Link,
    /// Whether the scan that was asked for is over.
    pub scan_done: bool,
}

/// What the driver is to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Do {
    /// Look for the Wi-Fi; each radio that is found is to be told to [`Station::found`].
    Scan,
    /// Join this radio, or whichever answers where none was found: it may hide its name.
    Join(Option<Bssid>),
    /// Ask for an address by DHCP.
    Lease,
    /// Use this address.
    Use(Ipv4Config),
    /// Give the link and the address up.
    Leave,
}

/// Where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Scanning { until: Instant, best: Option<(i8, Bssid)> },
    Joining { until: Instant },
    Leasing { until: Instant },
    Up { since: Instant },
    Waiting { until: Instant },
}

/// The Wi-Fi station.
#[derive(Clone, Debug)]
pub struct Station {
    state: State,
    failures: u32,
}

impl Station {
    /// A station that begins at once.
    pub const fn new(now: Instant) -> Self {
        Self { state: State::Waiting { until: now }, failures: 0 }
    }

    /// Whether the controller can be reached over the Wi-Fi.
    pub const fn is_up(&self) -> bool {
        matches!(self.state, State::Up { .. })
    }

    /// Attempts that failed since the link was last steady.
    pub const fn failures(&self) -> u32 {
        self.failures
    }

    /// Notes a radio of the wanted Wi-Fi, with its signal in dBm. Of several the strongest is kept, of equals the first.
    pub fn found(&mut self, bssid: Bssid, signal_dbm: i8) {
        if let State::Scanning { best, .. } = &mut self.state
            && best.is_none_or(|(strongest, _)| signal_dbm > strongest)
        {
            *best = Some((signal_dbm, bssid));
        }
    }

    /// Looks at the driver and says what it is to do. To be called every second or so.
    pub fn step(&mut self, now: Instant, seen: Seen, config: &WifiConfig) -> Option<Do> {
        match self.state {
            State::Waiting { until } => (now >= until).then(|| {
                self.state = State::Scanning { until: now + SCAN_TIME, best: None };
                Do::Scan
            }),
            State::Scanning { until, best } => (seen.scan_done || now >= until).then(|| {
                self.state = State::Joining { until: now + JOIN_TIME };
                Do::Join(best.map(|(_, bssid)| bssid))
            }),
            State::Joining { .. } if seen.link.is_joined() => {
                self.state = State::Leasing { until: now + LEASE_TIME };
                Some(config.address.map_or(Do::Lease, Do::Use))
            }
            State::Joining { until } => (seen.link == Link::Refused || now >= until).then(|| self.fail(now)),
            State::Leasing { .. } if seen.link == Link::Addressed => {
                self.state = State::Up { since: now };
                None
            }
            State::Leasing { until } => (!seen.link.is_joined() || now >= until).then(|| self.fail(now)),
            State::Up { since } if seen.link == Link::Addressed => {
                if now.since(since) >= STEADY {
                    self.failures = 0;
                }
                None
            }
            State::Up { .. } => Some(self.fail(now)),
        }
    }

    /// Gives up and waits, longer each time.
    fn fail(&mut self, now: Instant) -> Do {
        let doubled = FIRST_PAUSE.get().checked_shl(self.failures.min(16)).unwrap_or(LONGEST_PAUSE.get());
        self.failures = self.failures.saturating_add(1);
        self.state = State::Waiting { until: now + Millis::new(doubled).min(LONGEST_PAUSE) };
        Do::Leave
    }
}
