//! The contactor behind a charge pump: closed only while somebody keeps renewing, whatever level the pin is left at.
#![expect(clippy::expect_used, reason = "a test that cannot go on has failed")]

use kiln_core::limits;
use kiln_core::units::{Instant, Millis};
use kiln_hal::board::Contactor;
use kiln_hal::contactor::PulsedContactor;
use kiln_hal::fake::{FakePin, FakePump, PinError, PinTrouble};

/// How long the pump of docs/hardware/contactor.md lasts at most.
const EMPTIES: Millis = Millis::from_seconds(1);

struct Bench {
    pin: FakePin,
    pump: FakePump,
    contactor: PulsedContactor<FakePin>,
    slot: u64,
}

impl Bench {
    fn new() -> Self {
        let pin = FakePin::new();
        let pump = FakePump::new(&pin, EMPTIES);
        Self { contactor: PulsedContactor::new(pin.clone()).expect("a healthy pin"), pin, pump, slot: 1000 }
    }

    fn now(&self) -> Instant {
        Instant::from_millis(self.slot * limits::SLOT.get())
    }

    /// Lets slots pass as the loop serves them; the last look at the coil.
    fn slots(&mut self, count: u64, renew: bool) -> bool {
        let mut closed = false;
        for _ in 0..count {
            self.slot += 1;
            self.contactor.expire(self.now()).expect("a healthy pin");
            if renew {
                self.contactor.hold_until(self.now() + limits::HEAT_LEASE).expect("a healthy pin");
            }
            closed = self.pump.is_closed(self.now());
        }
        closed
    }
}

#[test]
fn it_closes_while_it_is_renewed_and_opens_when_it_is_not() {
    let mut bench = Bench::new();
    assert!(!bench.slots(50, false));
    for _ in 0..3 {
        assert!(!bench.slots(1, true), "one edge is no train");
        assert!(bench.slots(2, true));
        assert_eq!(bench.contactor.is_held(), Ok(true));
        assert!(bench.slots(600, true));
        assert!(!bench.slots(16, false), "the lease and the pump's time");
        assert_eq!((bench.contactor.is_held(), bench.pin.level()), (Ok(false), false));
    }
}

/// The loop stops between any two renewals, with the pin high or low, and nobody expires the lease.
#[test]
fn a_loop_that_hangs_drops_it_at_either_level() {
    for renewals in 10..20 {
        let mut bench = Bench::new();
        assert!(bench.slots(renewals, true));
        let level = bench.pin.level();
        assert_eq!(level, renewals % 2 == 1);
        let hung = bench.now();
        assert!(bench.pump.is_closed(hung + Millis::new(EMPTIES.get() - 1)), "{renewals}");
        assert!(!bench.pump.is_closed(hung + EMPTIES), "{renewals}: level {level}");
    }
}

#[test]
fn a_pin_that_does_not_follow_is_not_held() {
    for at in 10..14 {
        let mut bench = Bench::new();
        assert!(bench.slots(at, true));
        bench.pin.set_trouble(PinTrouble::Stuck);
        bench.slots(3, true);
        for _ in 0..20 {
            bench.slots(1, true);
            assert_eq!(bench.contactor.is_held(), Ok(false), "stuck after {at}");
        }
        assert!(!bench.pump.is_closed(bench.now()));
        bench.pin.set_trouble(PinTrouble::None);
        bench.slots(4, true);
        assert_eq!(bench.contactor.is_held(), Ok(true), "healed");
        bench.pin.set_trouble(PinTrouble::Gone);
        assert_eq!((bench.contactor.is_held(), bench.contactor.release()), (Err(PinError), Err(PinError)));
        bench.pin.set_trouble(PinTrouble::None);
        bench.contactor.expire(bench.now()).expect("tried again");
        assert!(!bench.pin.level());
    }
}

#[test]
fn it_begins_and_ends_open() {
    let mut bench = Bench::new();
    assert!(bench.slots(11, true) && bench.pin.level());
    assert_eq!(bench.contactor.release(), Ok(()));
    assert!(!bench.pin.level());
    bench.slots(11, true);
    drop(bench.contactor);
    assert!(!bench.pin.level());
    bench.pin.set_trouble(PinTrouble::Refuses);
    assert_eq!(PulsedContactor::new(bench.pin).err(), Some(PinError));
}
