//! Who must sign before the watchdog is fed.
//!
//! A party signs when it has finished a piece of work; only a full page feeds. Hazards H-13, H-16.

/// Who must sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Party {
    /// The controller stepped through a whole slot.
    Controller,
    /// The outputs were ordered and seen.
    Outputs,
    /// The snapshot was published.
    Publisher,
    /// The application core works, or has been silent for less than the loop may go on alone.
    Application,
}

const ALL: u8 = 0b1111;

/// The page of signatures.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct RollCall {
    signed: u8,
}

impl RollCall {
    /// Signs for a finished piece of work.
    pub(crate) fn sign(&mut self, party: Party) {
        self.signed |= match party {
            Party::Controller => 0b001,
            Party::Outputs => 0b010,
            Party::Publisher => 0b100,
            Party::Application => 0b1000,
        };
    }

    /// Whether everybody has signed; turns the page if so.
    pub(crate) fn complete(&mut self) -> bool {
        let complete = self.signed == ALL;
        if complete {
            self.signed = 0;
        }
        complete
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_full_page_feeds_and_only_once() {
        let mut roll_call = RollCall::default();
        for party in [Party::Controller, Party::Outputs, Party::Outputs, Party::Application] {
            roll_call.sign(party);
            assert!(!roll_call.complete());
        }
        roll_call.sign(Party::Publisher);
        assert!(roll_call.complete());
        assert!(!roll_call.complete());
    }

    #[test]
    fn nobody_can_be_missed() {
        let parties = [Party::Controller, Party::Outputs, Party::Publisher, Party::Application];
        for missing in parties {
            let mut roll_call = RollCall::default();
            parties.into_iter().filter(|party| *party != missing).for_each(|party| roll_call.sign(party));
            assert!(!roll_call.complete(), "without {missing:?}");
            roll_call.sign(missing);
            assert!(roll_call.complete());
        }
    }
}
