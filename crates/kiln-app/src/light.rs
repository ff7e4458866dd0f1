//! The light at the kiln: one lamp, seen from across the room.
//!
//! | light | means |
//! |---|---|
//! | fast, without a pause | a fault is latched |
//! | on, with a short dark moment every two seconds | firing or tuning |
//! | on | can be reached over the Wi-Fi |
//! | two short flashes every two seconds | the set-up network is open |
//! | a short flash every two seconds | not reached over the Wi-Fi; the cable works |
//! | off | the application does not run |

use kiln_core::snapshot::Phase;
use kiln_core::units::Millis;

/// How long a flash and the dark between two takes.
const FLASH: u64 = 125;
/// After so long a pattern begins anew.
const ROUND: u64 = 2000;

/// What the light is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    /// What the kiln is doing; `None` while the control loop has not spoken.
    pub phase: Option<Phase>,
    /// Whether the controller can be reached over the Wi-Fi.
    pub wifi: bool,
    /// Whether the set-up network is open.
    pub setup: bool,
}

/// Whether the light is on at this moment.
pub const fn is_on(seen: Seen, now: Millis) -> bool {
    let part = now.get() % ROUND / FLASH;
    match seen.phase {
        Some(Phase::Error) => part.is_multiple_of(2),
        Some(Phase::Running | Phase::Tuning) => part != 0,
        Some(Phase::Idle | Phase::Complete) | None if seen.setup => part == 0 || part == 2,
        Some(Phase::Idle | Phase::Complete) if seen.wifi => true,
        Some(Phase::Idle | Phase::Complete) | None => part == 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::string::String;

    fn check(phase: Option<Phase>, wifi: bool, setup: bool, expected: &str) {
        let seen = Seen { phase, wifi, setup };
        let shown: String =
            (0..16).map(|part| if is_on(seen, Millis::new(6000 + part * FLASH)) { '#' } else { '.' }).collect();
        assert_eq!(shown, expected, "{seen:?}");
    }

    #[test]
    fn each_state_has_a_light_of_its_own() {
        use Phase::{Complete, Error, Idle, Running, Tuning};
        check(Some(Error), true, false, "#.#.#.#.#.#.#.#.");
        check(Some(Running), false, true, ".###############");
        check(Some(Tuning), true, false, ".###############");
        check(Some(Idle), true, false, "################");
        check(Some(Complete), false, true, "#.#.............");
        check(Some(Idle), false, false, "#...............");
        check(None, true, false, "#...............");
    }
}
