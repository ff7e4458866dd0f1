//! The heating relays and the contactor: on only while asked, off whatever fails.
#![expect(clippy::expect_used, reason = "a test that cannot go on has failed")]

use embedded_hal::digital::{ErrorType, InputPin, OutputPin};
use kiln_core::limits;
use kiln_core::units::{Instant, Millis};
use kiln_core::window::RelaySet;
use kiln_hal::board::{Contactor, Heater};
use kiln_hal::contactor::PinContactor;
use kiln_hal::fake::{FakePin, PinError, PinTrouble};
use kiln_hal::ssr::{BankError, SsrBank};
use std::cell::RefCell;
use std::rc::Rc;

type Bank = SsrBank<FakePin, 4>;

fn bank() -> ([FakePin; 4], Bank) {
    let pins = [(); 4].map(|()| FakePin::new());
    (pins.clone(), SsrBank::new(pins).expect("healthy pins"))
}

fn levels(pins: &[FakePin]) -> u16 {
    pins.iter().rev().fold(0, |bits, pin| bits << 1 | u16::from(pin.level()))
}

fn set(bits: u16) -> RelaySet {
    RelaySet::from_bits(bits)
}

fn at(ms: u64) -> Instant {
    Instant::from_millis(ms)
}

#[test]
fn exactly_the_relays_asked_for_are_on() {
    let (pins, mut bank) = bank();
    for bits in (0..16).chain([0, 5, 10, 0]) {
        assert_eq!(bank.energize_until(set(bits), at(500)), Ok(()));
        assert_eq!((levels(&pins), bank.energized()), (bits, Ok(set(bits))));
    }
    assert_eq!(bank.energize_until(set(15), at(500)), Ok(()));
    assert_eq!(bank.all_off(), Ok(()));
    assert_eq!(levels(&pins), 0);
}

/// Every millisecond around the end of a lease, also where a 32-bit counter of milliseconds would wrap.
#[test]
fn a_lease_ends_at_its_millisecond() {
    let lease = limits::HEAT_LEASE.get();
    for start in [0, 1_000, u64::from(u32::MAX) - lease, u64::from(u32::MAX) - 1, u64::MAX - 2 * lease] {
        for offset in 0..=lease + 20 {
            let (pins, mut bank) = bank();
            bank.energize_until(set(0b1010), at(start + lease)).unwrap();
            bank.expire(at(start + offset)).unwrap();
            let on = if offset < lease { 0b1010 } else { 0 };
            assert_eq!(levels(&pins), on, "start {start}, {offset} ms later");
        }
    }
}

#[test]
fn a_lease_that_is_renewed_goes_on_and_one_that_is_not_ends() {
    let (pins, mut bank) = bank();
    let slot = limits::SLOT.get();
    for n in 0..50 {
        bank.expire(at(n * slot)).unwrap();
        assert_eq!(levels(&pins), u16::from(n > 0), "slot {n}");
        bank.energize_until(set(1), at(n * slot) + limits::HEAT_LEASE).unwrap();
    }
    let renewed_last = 49 * slot;
    let off_after = (0..10_000).find(|ms| {
        bank.expire(at(renewed_last + ms)).unwrap();
        levels(&pins) == 0
    });
    assert_eq!(off_after, Some(limits::HEAT_LEASE.get()));
    assert_eq!(pins[0].edges(), 2, "a renewal does not switch");
}

#[test]
fn a_lease_longer_than_the_longest_is_no_lease() {
    let longest = limits::HEAT_LEASE.get();
    for (expiry, on) in [(longest, 1), (longest + 1, 0), (3_600_000, 0), (u64::MAX, 0)] {
        let (pins, mut bank) = bank();
        bank.energize_until(set(1), at(expiry)).unwrap();
        bank.expire(at(0)).unwrap();
        assert_eq!(levels(&pins), on, "{expiry}");
    }
}

#[test]
fn a_clock_that_steps_back_ends_the_lease() {
    let (pins, mut bank) = bank();
    bank.energize_until(set(1), at(10_000) + limits::HEAT_LEASE).unwrap();
    bank.expire(at(9_999)).unwrap();
    assert_eq!(levels(&pins), 0);
}

/// Whichever pin fails, and however, all the others are off.
#[test]
fn every_other_relay_goes_off_when_one_fails() {
    for broken in 0..4 {
        for trouble in [PinTrouble::Refuses, PinTrouble::Gone, PinTrouble::Stuck] {
            for how in ["all_off", "expire", "empty set", "drop"] {
                let (pins, mut bank) = bank();
                bank.energize_until(set(15), at(500)).unwrap();
                pins[broken].set_trouble(trouble);
                let failed = match how {
                    "all_off" => bank.all_off(),
                    "expire" => bank.expire(at(500)),
                    "empty set" => bank.energize_until(set(0), at(500)),
                    _ => {
                        drop(bank);
                        Ok(())
                    }
                };
                assert_eq!(levels(&pins), 1 << broken, "{broken} {trouble:?} {how}");
                let silent = trouble == PinTrouble::Stuck || how == "drop";
                let told = if silent { Ok(()) } else { Err(BankError::Pin { relay: broken, error: PinError }) };
                assert_eq!(failed, told, "{broken} {trouble:?} {how}");
            }
        }
    }
}

#[test]
fn several_failures_report_the_last() {
    let (pins, mut bank) = bank();
    bank.energize_until(set(15), at(500)).unwrap();
    pins[0].set_trouble(PinTrouble::Refuses);
    pins[2].set_trouble(PinTrouble::Refuses);
    assert_eq!(bank.all_off(), Err(BankError::Pin { relay: 2, error: PinError }));
    assert_eq!(levels(&pins), 0b0101);
}

#[test]
fn a_relay_that_did_not_go_off_is_tried_again_at_once() {
    let (pins, mut bank) = bank();
    bank.energize_until(set(3), at(500)).unwrap();
    pins[1].set_trouble(PinTrouble::Refuses);
    assert!(bank.all_off().is_err());
    assert!(bank.expire(at(1)).is_err(), "still failing, still told");
    pins[1].set_trouble(PinTrouble::None);
    assert_eq!((bank.expire(at(2)), levels(&pins)), (Ok(()), 0));
    let attempts = pins[1].attempts();
    assert_eq!((bank.expire(at(3)), pins[1].attempts()), (Ok(()), attempts), "off is off");
}

#[test]
fn an_order_that_cannot_be_carried_out_in_full_is_not_carried_out() {
    for broken in 0..4 {
        let (pins, mut bank) = bank();
        pins[broken].set_trouble(PinTrouble::Refuses);
        let failed = bank.energize_until(set(15), at(500));
        assert_eq!(failed, Err(BankError::Pin { relay: broken, error: PinError }));
        assert_eq!(levels(&pins), 0);
    }
}

#[test]
fn a_relay_that_is_not_there_is_refused_and_everything_is_off() {
    let (pins, mut bank) = bank();
    bank.energize_until(set(15), at(500)).unwrap();
    assert_eq!(bank.energize_until(set(0b10_0001), at(500)), Err(BankError::NotFitted(set(0b10_0000))));
    assert_eq!((levels(&pins), bank.energized()), (0, Ok(set(0))));
}

/// From one set to another, no relay of the old set is still on when one of the new comes on: the mains sees no peak.
#[test]
fn relays_go_off_before_others_come_on() {
    let order = Rc::new(RefCell::new(Vec::new()));
    let pins = [0, 1, 2, 3].map(|relay| Noted { relay, order: order.clone() });
    let mut bank = SsrBank::new(pins).expect("healthy pins");
    for (from, to) in (0..16).flat_map(|from| (1..16).map(move |to| (from, to))) {
        bank.energize_until(set(from), at(500)).unwrap();
        order.borrow_mut().clear();
        bank.energize_until(set(to), at(500)).unwrap();
        let order = order.borrow();
        let off = order.iter().filter(|(_, high)| !high).count();
        assert!(order.iter().take(off).all(|(_, high)| !high), "{from:04b} to {to:04b}: {order:?}");
        assert_eq!(order.len(), 4, "every pin is driven, whatever its level was");
    }
}

/// A pin that notes when it is driven.
struct Noted {
    relay: usize,
    order: Rc<RefCell<Vec<(usize, bool)>>>,
}

impl ErrorType for Noted {
    type Error = PinError;
}

impl OutputPin for Noted {
    fn set_low(&mut self) -> Result<(), PinError> {
        self.order.borrow_mut().push((self.relay, false));
        Ok(())
    }

    fn set_high(&mut self) -> Result<(), PinError> {
        self.order.borrow_mut().push((self.relay, true));
        Ok(())
    }
}

impl InputPin for Noted {
    fn is_high(&mut self) -> Result<bool, PinError> {
        Err(PinError)
    }

    fn is_low(&mut self) -> Result<bool, PinError> {
        Err(PinError)
    }
}

/// What the user sees is what is: the pin, not what was asked of it.
#[test]
fn what_is_seen_is_the_pin() {
    let (pins, mut bank) = bank();
    bank.energize_until(set(2), at(500)).unwrap();
    pins[1].set_trouble(PinTrouble::Stuck);
    assert_eq!((bank.all_off(), bank.energized()), (Ok(()), Ok(set(2))));
    pins[3].set_trouble(PinTrouble::Gone);
    assert_eq!(bank.energized(), Err(BankError::Pin { relay: 3, error: PinError }));
}

#[test]
fn a_bank_begins_and_ends_off() {
    let pins = [(); 4].map(|()| FakePin::new());
    for pin in &pins {
        pin.clone().set_high().unwrap();
    }
    let mut bank: Bank = SsrBank::new(pins.clone()).unwrap();
    assert_eq!(levels(&pins), 0, "at power-up");
    bank.energize_until(set(15), at(500)).unwrap();
    drop(bank);
    assert_eq!(levels(&pins), 0, "at the end");
    pins[2].set_trouble(PinTrouble::Refuses);
    assert_eq!(Bank::new(pins).err(), Some(BankError::Pin { relay: 2, error: PinError }));
}

#[test]
fn the_contactor_opens_when_nobody_holds_it() {
    let hold = limits::WATCHDOG.get();
    for offset in (0..hold).step_by(97).chain(hold - 20..=hold + 20) {
        let pin = FakePin::new();
        let mut contactor = PinContactor::new(pin.clone()).unwrap();
        contactor.hold_until(at(7_000 + hold)).unwrap();
        contactor.expire(at(7_000 + offset)).unwrap();
        assert_eq!((pin.level(), contactor.is_held()), (offset < hold, Ok(offset < hold)), "{offset}");
    }
}

#[test]
fn the_contactor_opens_on_release_on_drop_and_after_too_long_a_hold() {
    let pin = FakePin::new();
    let mut contactor = PinContactor::new(pin.clone()).unwrap();
    assert!(!pin.level());
    contactor.hold_until(at(1_000)).unwrap();
    assert!(pin.level());
    contactor.release().unwrap();
    assert!(!pin.level());
    contactor.hold_until(at(0) + limits::WATCHDOG + Millis::new(1)).unwrap();
    contactor.expire(at(0)).unwrap();
    assert!(!pin.level());
    contactor.hold_until(at(1_000)).unwrap();
    pin.set_trouble(PinTrouble::Refuses);
    assert_eq!(contactor.release(), Err(PinError));
    pin.set_trouble(PinTrouble::None);
    contactor.expire(at(1)).unwrap();
    assert!(!pin.level(), "tried again");
    contactor.hold_until(at(1_000)).unwrap();
    drop(contactor);
    assert!(!pin.level());
}
