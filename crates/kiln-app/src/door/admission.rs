//! Who gets a connection when there are few: shares, a kept slot, rates.
//!
//! A controller has a handful of connections. Without shares, slow clients take them all and the owner waits: with four
//! slots, 64 slow clients left the owner 5 % of the requests. So one address holds at most two slots, one slot is kept
//! for addresses that proved a token lately, and requests have a rate. An answer is never cut short for any of it.

use core::net::Ipv4Addr;

use kiln_core::units::{Instant, Millis};

use super::limits::{ADDRESSES, LISTENERS, PROOF_LASTS, REQUEST_BURST, REQUESTS_PER_SECOND, SLOTS_PER_ADDRESS};
use super::refusal::Refusal;

/// What one request costs, and what a millisecond gives back: the bucket counts in thousandths of a request.
const COST: u64 = 1000;

/// A slot that is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SlotId(usize);

/// A connection.
#[derive(Clone, Copy, Debug)]
struct Slot {
    address: Ipv4Addr,
    listens: bool,
}

/// What is remembered of an address.
#[derive(Clone, Copy, Debug)]
struct Known {
    address: Ipv4Addr,
    heard: Instant,
    /// Thousandths of requests it may still send at once.
    bucket: u64,
    proved: Option<Instant>,
}

impl Known {
    fn is_proven(&self, now: Instant) -> bool {
        self.proved.is_some_and(|at| now < at + PROOF_LASTS)
    }

    /// Fills the bucket for the time since the address was heard.
    fn heard_at(&mut self, now: Instant) {
        let earned = now.since(self.heard).get().saturating_mul(u64::from(REQUESTS_PER_SECOND));
        self.bucket = self.bucket.saturating_add(earned).min(u64::from(REQUEST_BURST) * COST);
        self.heard = now;
    }
}

/// The connections and the addresses they come from; `N` slots.
#[derive(Clone, Debug)]
pub struct Admission<const N: usize> {
    slots: [Option<Slot>; N],
    known: heapless::Vec<Known, ADDRESSES>,
}

impl<const N: usize> Admission<N> {
    /// Nobody is here.
    pub const fn new() -> Self {
        Self { slots: [None; N], known: heapless::Vec::new() }
    }

    /// Judges a new connection. The slot is to be given back with [`Self::leave`].
    ///
    /// # Errors
    /// No slot is free for this address: to be closed at once.
    pub fn arrive(&mut self, address: Ipv4Addr, now: Instant) -> Result<SlotId, Refusal> {
        let free = self.slots.iter().filter(|slot| slot.is_none()).count();
        let held = self.slots.iter().flatten().filter(|slot| slot.address == address).count();
        let kept = usize::from(!self.is_proven(address, now));
        if free <= kept || held >= SLOTS_PER_ADDRESS {
            return Err(Refusal::Busy);
        }
        let empty = self.slots.iter_mut().enumerate().find(|(_, slot)| slot.is_none());
        let (at, slot) = empty.ok_or(Refusal::Busy)?;
        *slot = Some(Slot { address, listens: false });
        Ok(SlotId(at))
    }

    /// Gives a slot back, with whatever it listened to.
    pub fn leave(&mut self, id: SlotId) {
        if let Some(slot) = self.slots.get_mut(id.0) {
            *slot = None;
        }
    }

    /// Judges the rate of a request.
    ///
    /// # Errors
    /// Too many; says when one is taken.
    pub fn request(&mut self, address: Ipv4Addr, now: Instant) -> Result<(), Refusal> {
        self.hear(address, now, |known| {
            let missing = COST.saturating_sub(known.bucket);
            if missing > 0 {
                let wait = Millis::new(missing.div_ceil(u64::from(REQUESTS_PER_SECOND)));
                return Err(Refusal::TooManyRequests { wait });
            }
            known.bucket = known.bucket.saturating_sub(COST);
            Ok(())
        })
    }

    /// Notes that a request of this address carried a token of ours.
    pub fn proved(&mut self, address: Ipv4Addr, now: Instant) {
        self.hear(address, now, |known| known.proved = Some(now));
    }

    /// Whether this address proved a token lately.
    pub fn is_proven(&self, address: Ipv4Addr, now: Instant) -> bool {
        self.known.iter().any(|known| known.address == address && known.is_proven(now))
    }

    /// Turns a slot into an event stream.
    ///
    /// # Errors
    /// When there are [`LISTENERS`] already.
    pub fn listen(&mut self, id: SlotId) -> Result<(), Refusal> {
        if self.slots.iter().flatten().filter(|slot| slot.listens).count() >= LISTENERS {
            return Err(Refusal::EventsFull);
        }
        match self.slots.get_mut(id.0) {
            Some(Some(slot)) => {
                slot.listens = true;
                Ok(())
            }
            Some(None) | None => Err(Refusal::Busy),
        }
    }

    /// Hears an address and does something with what is remembered of it.
    fn hear<T>(&mut self, address: Ipv4Addr, now: Instant, act: impl FnOnce(&mut Known) -> T) -> T {
        let unknown = Known { address, heard: now, bucket: u64::from(REQUEST_BURST) * COST, proved: None };
        let at = self.known.iter().position(|known| known.address == address);
        let mut known = at.map_or(unknown, |at| self.known.swap_remove(at));
        known.heard_at(now);
        let answer = act(&mut known);
        self.remember(known, now);
        answer
    }

    /// Remembers an address. Where there is no place, whoever was heard least recently goes, those without a proof
    /// first.
    fn remember(&mut self, known: Known, now: Instant) {
        if self.known.is_full() {
            let oldest = self.known.iter().enumerate().min_by_key(|(_, known)| (known.is_proven(now), known.heard));
            if let Some((at, _)) = oldest {
                self.known.swap_remove(at);
            }
        }
        let kept = self.known.push(known);
        debug_assert!(kept.is_ok(), "room was made");
    }
}

impl<const N: usize> Default for Admission<N> {
    fn default() -> Self {
        Self::new()
    }
}
