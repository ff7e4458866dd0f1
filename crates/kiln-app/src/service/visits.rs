//! Who came to the door, as lines of the controller's own log.
//!
//! Who was paired, who was refused, who stopped the kiln without a token. It decides nothing; how many lines there are is
//! bounded by the door.

use core::fmt;

use super::{Now, Service};
use crate::door::{Audit, Event, Interface, Kind};
use crate::store::{Flash, Level};
use kiln_core::units::Millis;

/// Within this, the same of the same peer is one line: a flood does not fill the log.
const TELL_EVERY: Millis = Millis::from_seconds(10);

/// An event at the door in words.
struct Told(Event);

impl fmt::Display for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Event { kind, peer, times } = self.0;
        write!(f, "door: {} from {}{}", words(kind), peer.address, way(peer.interface))?;
        if times > 1 { write!(f, ", {times} times") } else { Ok(()) }
    }
}

const fn words(kind: Kind) -> &'static str {
    match kind {
        Kind::TokenRefused => "a token that is not known",
        Kind::PageRefused => "a page of another site, or a name that is not ours,",
        Kind::CodeRefused => "a wrong code",
        Kind::CodesPaused => "so many wrong codes that there is a pause, the last one",
        Kind::Paired => "an app was paired",
        Kind::Revoked => "a token was taken back",
        Kind::LocalUsed => "something was done with the right of somebody at the kiln",
        Kind::Stopped => "a stop without a token",
    }
}

const fn way(interface: Interface) -> &'static str {
    match interface {
        Interface::Station => " over Wi-Fi",
        Interface::SetupAccessPoint => " over the set-up access point",
        Interface::Usb => " over USB",
        Interface::Loopback => "",
    }
}

const fn level(kind: Kind) -> Level {
    match kind {
        Kind::TokenRefused | Kind::PageRefused | Kind::CodeRefused | Kind::CodesPaused => Level::Warn,
        Kind::Paired | Kind::Revoked | Kind::LocalUsed | Kind::Stopped => Level::Info,
    }
}

impl<F: Flash> Service<'_, F> {
    /// Writes down who came to the door since the last time.
    pub(crate) fn note_visits(&mut self, now: &Now, audit: &mut Audit) {
        if self.visits_told.is_some_and(|told| now.real.saturating_sub(told) < TELL_EVERY) {
            return;
        }
        self.visits_told = audit.has_news().then_some(now.real);
        while let Some(event) = audit.next_event() {
            self.note(now, level(event.kind), &Told(event));
        }
        let lost = audit.take_lost();
        if lost > 0 {
            self.note(now, Level::Warn, &format_args!("door: {lost} more events found no place"));
        }
    }
}
