//! The button at the kiln: who holds it stands there.
//!
//! Held for a second it asks for a code that pairs an app, held for five for one that lets change what only somebody at
//! the kiln may. Shorter presses are noise on a long wire.

use kiln_core::units::Millis;

use crate::door::Purpose;

/// How long it is held for a code that pairs.
pub const HELD: Millis = Millis::from_seconds(1);
/// How long for a code that lets change what only somebody at the kiln may.
pub const HELD_LONG: Millis = Millis::from_seconds(5);

/// The button.
#[derive(Clone, Copy, Debug, Default)]
pub struct Button {
    since: Option<Millis>,
    told: Option<Purpose>,
}

impl Button {
    /// Looks whether it is pressed; says once what is asked for. To be called a few times a second at least.
    pub fn see(&mut self, pressed: bool, now: Millis) -> Option<Purpose> {
        if !pressed {
            *self = Self::default();
            return None;
        }
        let held = now.saturating_sub(*self.since.get_or_insert(now));
        let asked = if held >= HELD_LONG {
            Purpose::Local
        } else if held >= HELD {
            Purpose::Pairing
        } else {
            return None;
        };
        (self.told.replace(asked) != Some(asked)).then_some(asked)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Presses from and until these moments, looked at every 50 ms; what is asked for, and when.
    fn check(held: &[(u64, u64)], expected: &[(u64, Purpose)]) {
        let mut button = Button::default();
        let mut found = std::vec::Vec::new();
        for now in (0..20_000).step_by(50) {
            let pressed = held.iter().any(|(from, until)| (*from..*until).contains(&now));
            found.extend(button.see(pressed, Millis::new(now)).map(|asked| (now, asked)));
        }
        assert_eq!(found, expected, "{held:?}");
    }

    #[test]
    fn a_second_pairs_and_five_let_change() {
        use Purpose::{Local, Pairing};
        check(&[], &[]);
        check(&[(1000, 1950)], &[]);
        check(&[(1000, 2500), (4000, 4300), (4400, 5400), (6000, 7500)], &[(2000, Pairing), (7000, Pairing)]);
        check(&[(0, 20_000)], &[(1000, Pairing), (5000, Local)]);
    }
}
