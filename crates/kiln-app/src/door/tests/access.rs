//! Connections and rates: shares, the kept slot, the burst, and stops.

use super::super::limits::{ADDRESSES, REQUEST_BURST};
use super::super::{Admission, SlotId};
use super::*;
use crate::dice::Dice;

fn host(last: u8) -> Ipv4Addr {
    Ipv4Addr::new(127, 0, 0, last)
}

#[test]
fn one_slot_is_kept_for_addresses_that_proved_a_token() {
    let mut admission = Admission::<4>::new();
    admission.proved(host(1), at(0));
    for slow in 2..5 {
        assert!(admission.arrive(host(slow), at(1)).is_ok(), "{slow}");
    }
    assert_eq!(admission.arrive(host(5), at(2)), Err(Refusal::Busy), "the last one is kept");
    let owner = admission.arrive(host(1), at(3)).expect("kept for the owner");
    assert_eq!(admission.arrive(host(1), at(4)), Err(Refusal::Busy), "there is no fifth");
    admission.leave(owner);
    assert_eq!(admission.arrive(host(1), at(10 * 60_000)), Err(Refusal::Busy), "ten minutes later the proof is old");
}

#[test]
fn one_address_holds_two_slots_at_most() {
    let mut admission = Admission::<6>::new();
    let held: std::vec::Vec<SlotId> = (0..2).map(|_| admission.arrive(host(9), at(0)).expect("a share")).collect();
    assert_eq!(admission.arrive(host(9), at(0)), Err(Refusal::Busy));
    admission.leave(held[0]);
    assert!(admission.arrive(host(9), at(0)).is_ok());
}

#[test]
fn two_listen_to_events_and_a_third_is_told_to_ask() {
    let mut admission = Admission::<6>::new();
    let slots: std::vec::Vec<SlotId> = (1..4).map(|last| admission.arrive(host(last), at(0)).expect("free")).collect();
    let told: std::vec::Vec<_> = slots.iter().map(|slot| admission.listen(*slot)).collect();
    assert_eq!(told, [Ok(()), Ok(()), Err(Refusal::EventsFull)]);
    admission.leave(slots[0]);
    assert_eq!(admission.listen(slots[2]), Ok(()));
    assert_eq!(admission.listen(slots[0]), Err(Refusal::EventsFull));
}

#[test]
fn requests_have_a_burst_and_a_rate() {
    let mut admission = Admission::<4>::new();
    let taken = (0..50).filter(|_| admission.request(host(1), at(0)).is_ok()).count();
    assert_eq!(taken, usize::try_from(REQUEST_BURST).expect("small"));
    let refused = admission.request(host(1), at(0)).expect_err("used up");
    assert_eq!((refused.status(), refused.param()), (429, Some(("retry_after_s", 1))));
    let taken = (1..=1000).filter(|ms| admission.request(host(1), at(*ms)).is_ok()).count();
    assert_eq!(taken, 10, "ten a second");
    assert!(admission.request(host(2), at(0)).is_ok(), "each address by itself");
    let after_a_night = (0..50).filter(|_| admission.request(host(1), at(30_000_000)).is_ok()).count();
    assert_eq!(after_a_night, 20, "a long silence earns no more than a burst");
}

#[test]
fn a_flood_of_addresses_does_not_push_out_the_proof() {
    let mut admission = Admission::<4>::new();
    admission.proved(host(1), at(0));
    for round in 0..10_u64 {
        for last in 2..=65 {
            let asked = admission.request(host(last), at(round * 100 + u64::from(last)));
            assert!(asked.is_ok() || ADDRESSES > 64);
        }
    }
    assert!(admission.is_proven(host(1), at(2000)));
}

/// Any sequence of events: never more slots than there are, never more than a share, the kept one kept.
#[test]
fn shares_hold_whatever_comes() {
    let mut dice = Dice::new(0xAD31);
    for _ in 0..200 {
        let mut admission = Admission::<4>::new();
        let mut held: std::vec::Vec<(SlotId, Ipv4Addr)> = std::vec::Vec::new();
        let mut now = dice.below(1 << 33);
        for _ in 0..200 {
            now += dice.below(2000);
            let address = host(u8::try_from(1 + dice.below(6)).expect("small"));
            match dice.below(5) {
                0 => admission.proved(address, at(now)),
                1 if !held.is_empty() => {
                    let at = usize::try_from(dice.below(u64::try_from(held.len()).expect("small"))).expect("small");
                    admission.leave(held.swap_remove(at).0);
                }
                _ => {
                    let proven = admission.is_proven(address, at(now));
                    if let Ok(slot) = admission.arrive(address, at(now)) {
                        assert!(held.iter().all(|(other, _)| *other != slot), "a slot given twice");
                        held.push((slot, address));
                        assert!(proven || held.len() < 4, "the kept slot went to a stranger");
                    }
                }
            }
            assert!(held.iter().filter(|(_, holder)| *holder == address).count() <= 2);
        }
    }
}

#[test]
fn a_stop_needs_no_token_and_the_first_is_never_refused() {
    let mut door = door();
    let mut stop = asked(Method::Post, Need::Stop);
    stop.headers.authorization = Field::Absent;
    assert_eq!(outcome(&door.judge(&stop, at(0))), (200, ""));
    assert_eq!(outcome(&door.judge(&stop, at(999))), (429, "stop_repeated"));
    assert_eq!(outcome(&door.judge(&stop, at(1000))), (200, ""));
    stop.headers.authorization = Field::Once(BEARER);
    assert_eq!(outcome(&door.judge(&stop, at(1001))), (200, ""), "a paired app stops as often as it likes");
    stop.headers.authorization = Field::Once("Bearer x");
    for last in 1..=255 {
        stop.peer.address = host(last);
        assert_eq!(outcome(&door.judge(&stop, at(1001))), (200, ""), "first of {last}, whatever others did");
    }
}
