//! Whether the application core still does its work.
//!
//! It counts a beat for every turn of its tasks that returned. Silent for half a minute in a firing, it counts as dead:
//! control goes on alone for a minute more and then stops feeding the watchdog, so that the whole chip starts anew and
//! the firing goes on. A board without an application core has none to wait for. Hazard H-14.

use kiln_core::limits;
use kiln_core::units::{Instant, Millis};

/// How the application core is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Application {
    /// There is none.
    None,
    /// It works.
    Alive,
    /// It has been silent for so long; control goes on alone.
    Silent(Millis),
    /// It has been silent for too long: the watchdog is left to bite.
    Dead,
}

/// The beats seen.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Heartbeat {
    last: Option<(u32, Instant)>,
}

impl Heartbeat {
    /// Takes in the count of beats at `now`; `None` where there is no application core.
    pub(crate) fn see(&mut self, beats: Option<u32>, now: Instant) -> Application {
        let Some(beats) = beats else {
            self.last = None;
            return Application::None;
        };
        let (count, since) = *self.last.get_or_insert((beats, now));
        if count != beats {
            self.last = Some((beats, now));
            return Application::Alive;
        }
        let silent = now.since(since);
        if silent < limits::APPLICATION_SILENT {
            Application::Alive
        } else if silent < limits::APPLICATION_SILENT + limits::ALONE_LONGEST {
            Application::Silent(silent)
        } else {
            Application::Dead
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn silence_is_told_and_then_acted_on() {
        let mut heartbeat = Heartbeat::default();
        let start = u64::from(u32::MAX) - 20_000;
        let mut check = |beats, seconds: u64, expected| {
            let now = Instant::from_millis(start + seconds * 1000);
            assert_eq!(heartbeat.see(beats, now), expected, "after {seconds} s");
        };
        check(None, 0, Application::None);
        check(Some(7), 1, Application::Alive);
        check(Some(8), 2, Application::Alive);
        check(Some(8), 31, Application::Alive);
        check(Some(8), 32, Application::Silent(Millis::from_seconds(30)));
        check(Some(9), 33, Application::Alive);
        check(Some(9), 122, Application::Silent(Millis::from_seconds(89)));
        check(Some(9), 123, Application::Dead);
        check(Some(10), 124, Application::Alive);
        check(None, 900, Application::None);
    }
}
