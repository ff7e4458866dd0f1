//! Trying a changed Wi-Fi before keeping it: a typing mistake must not cost the owner the kiln.
//!
//! The former one stays stored until the changed one has given the controller an address. Whoever changes it is told
//! before the link goes; after [`TRIAL_TIME`] without an address the former one is back.

use kiln_core::units::{Instant, Millis};

use super::wifi::WifiConfig;

/// How long a changed Wi-Fi has to give an address.
pub const TRIAL_TIME: Millis = Millis::from_seconds(60);

/// What is to be done with the tried one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It works: to be stored.
    Keep,
    /// It does not: to be dropped, and what was stored before to be used again.
    Drop,
}

/// The stored Wi-Fi, and one that is tried.
#[derive(Clone, Debug, Default)]
pub struct Trial {
    stored: Option<WifiConfig>,
    tried: Option<(WifiConfig, Instant)>,
}

impl Trial {
    /// With what is stored.
    pub const fn new(stored: Option<WifiConfig>) -> Self {
        Self { stored, tried: None }
    }

    /// The one to use at this moment; `None` calls for the set-up access point.
    pub fn current(&self) -> Option<&WifiConfig> {
        self.tried.as_ref().map(|(tried, _)| tried).or(self.stored.as_ref())
    }

    /// Tries another one. The station begins anew.
    pub fn begin(&mut self, wifi: WifiConfig, now: Instant) {
        self.tried = Some((wifi, now + TRIAL_TIME));
    }

    /// Forgets what is stored and what is tried: the owner wants no Wi-Fi.
    pub fn forget(&mut self) {
        *self = Self::new(None);
    }

    /// Judges the one that is tried; `up` is whether the station has an address over it. Says what is to be done once.
    pub fn step(&mut self, up: bool, now: Instant) -> Option<Outcome> {
        let (tried, until) = self.tried.take()?;
        if up {
            self.stored = Some(tried);
            return Some(Outcome::Keep);
        }
        if now >= until {
            return Some(Outcome::Drop);
        }
        self.tried = Some((tried, until));
        None
    }
}
