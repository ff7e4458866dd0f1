//! A contactor behind a charge pump: it closes after some edges and opens when none has come for a while.

use super::FakePin;
use kiln_core::units::{Instant, Millis};

/// The coil, as a test or a simulated kiln sees it. To be looked at whenever time has passed.
#[derive(Clone, Debug)]
pub struct FakePump {
    pin: FakePin,
    empties: Millis,
    edges: u64,
    last_edge: Option<Instant>,
    pumped: u64,
}

/// Edges until the coil closes.
const TO_CLOSE: u64 = 2;

impl FakePump {
    /// A pump on this pin that runs dry after `empties` without an edge.
    pub fn new(pin: &FakePin, empties: Millis) -> Self {
        Self { pin: pin.clone(), empties, edges: pin.edges(), last_edge: None, pumped: 0 }
    }

    /// Whether the coil is closed at `now`.
    pub fn is_closed(&mut self, now: Instant) -> bool {
        let new = self.pin.edges().wrapping_sub(self.edges);
        self.edges = self.pin.edges();
        if self.last_edge.is_some_and(|last| now.since(last) >= self.empties) {
            self.pumped = 0;
        }
        if new > 0 {
            self.pumped = self.pumped.saturating_add(new);
            self.last_edge = Some(now);
        }
        self.pumped >= TO_CLOSE
    }
}
