//! Who must sign before the watchdog is fed.
//!
//! A party signs when it has finished a piece of work, and its signature counts for as many turns of the loop as the
//! party may take until the next: one for what is done in every slot, a second and a slot for what is done each second.
//! Only a full page feeds, at the end of a turn. So a loop that stands is reset after the watchdog's patience, one that
//! turns without doing its second's work a second and a slot later, and a healthy one is fed in every slot and survives
//! a stall of nearly the whole patience. Turns are counted, not time: a clock gone wrong signs for nobody.
//! Hazards H-13, H-16.

use kiln_core::limits;

/// Who must sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Party {
    /// The controller stepped through a whole slot.
    Controller,
    /// The outputs were ordered and seen.
    Outputs,
    /// The application core works, or has been silent for less than the loop may go on alone.
    Application,
    /// The second's work was done: reading, firing, regulator.
    Tick,
    /// The snapshot was published.
    Publisher,
}

/// How many there are.
const PARTIES: usize = 5;

/// The turns for which the signature of something done each second counts: those of a second, and one for a slot that
/// comes a little early.
const TURNS_OF_A_SECOND: u64 = limits::TICK.get() / limits::SLOT.get() + 1;

/// The page of signatures: how many turns each still counts.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct RollCall {
    turns_left: [u64; PARTIES],
}

impl RollCall {
    /// Signs for a finished piece of work.
    pub(crate) fn sign(&mut self, party: Party) {
        let [controller, outputs, application, tick, publisher] = &mut self.turns_left;
        match party {
            Party::Controller => *controller = 1,
            Party::Outputs => *outputs = 1,
            Party::Application => *application = 1,
            Party::Tick => *tick = TURNS_OF_A_SECOND,
            Party::Publisher => *publisher = TURNS_OF_A_SECOND,
        }
    }

    /// Ends a turn: whether the signature of everybody counts in it.
    pub(crate) fn end_turn(&mut self) -> bool {
        let complete = self.turns_left.iter().all(|turns| *turns > 0);
        self.turns_left = self.turns_left.map(|turns| turns.saturating_sub(1));
        complete
    }
}

#[cfg(test)]
mod tests {
    use super::Party::{Application, Controller, Outputs, Publisher, Tick};
    use super::*;

    const ALL: [Party; PARTIES] = [Controller, Outputs, Application, Tick, Publisher];

    fn turn(roll_call: &mut RollCall, signing: impl IntoIterator<Item = Party>) -> bool {
        signing.into_iter().for_each(|party| roll_call.sign(party));
        roll_call.end_turn()
    }

    #[test]
    fn only_a_full_page_feeds() {
        let mut roll_call = RollCall::default();
        assert!(!turn(&mut roll_call, []));
        assert!(!turn(&mut roll_call, [Controller, Outputs, Application, Tick]));
        assert!(!turn(&mut roll_call, [Controller, Outputs, Publisher]), "the application signed for another turn");
        assert!(turn(&mut roll_call, [Controller, Outputs, Application]));
        assert!(!turn(&mut roll_call, []), "nobody signs for the next turn");
    }

    /// How many turns in a row are fed when one party falls silent after a full page.
    fn check(silent: Party, fed: usize) {
        let mut roll_call = RollCall::default();
        assert!(turn(&mut roll_call, ALL), "{silent:?}");
        let rest = || ALL.into_iter().filter(|party| *party != silent);
        assert_eq!((0..1000).take_while(|_| turn(&mut roll_call, rest())).count(), fed, "without {silent:?}");
        assert!((0..1000).all(|_| !turn(&mut roll_call, rest())), "without {silent:?}: never again");
        assert!(turn(&mut roll_call, ALL));
    }

    #[test]
    fn nobody_can_be_missed_for_longer_than_their_work_takes() {
        check(Controller, 0);
        check(Outputs, 0);
        check(Application, 0);
        check(Tick, 10);
        check(Publisher, 10);
    }
}
