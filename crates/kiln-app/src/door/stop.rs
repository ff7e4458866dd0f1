//! Stopping is easy: no token, one header, and never the first one refused.
//!
//! Off is the safe direction. The header makes a web page of another site ask first, and be refused. A second stop of
//! the same address within a second is turned away only because the first one stands.

use core::net::Ipv4Addr;

use kiln_core::units::Instant;

use super::headers::Field;
use super::limits::{STOP_ADDRESSES, STOP_EVERY};
use super::refusal::Refusal;

/// The addresses that stopped last, and when.
#[derive(Clone, Debug, Default)]
pub struct Stops(heapless::Deque<(Ipv4Addr, Instant), STOP_ADDRESSES>);

impl Stops {
    /// Nobody has stopped anything.
    pub const fn new() -> Self {
        Self(heapless::Deque::new())
    }

    /// Judges a stop. An address that is not remembered is a first one.
    ///
    /// # Errors
    /// Without the header `X-Kiln: stop`, or the second one within [`STOP_EVERY`].
    pub fn judge(&mut self, word: Field<'_>, address: Ipv4Addr, now: Instant) -> Result<(), Refusal> {
        if word != Field::Once("stop") {
            return Err(Refusal::StopHeaderMissing);
        }
        let last = self.0.iter().rev().find(|(known, _)| *known == address).map(|(_, at)| *at + STOP_EVERY);
        if let Some(next) = last.filter(|next| now < *next) {
            return Err(Refusal::StopRepeated { wait: next.since(now) });
        }
        if self.0.is_full() {
            self.0.pop_front();
        }
        // There is room: one was taken away where there was none.
        self.0.push_back((address, now)).map_err(|_| Refusal::StopRepeated { wait: STOP_EVERY })
    }
}
