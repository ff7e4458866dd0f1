//! What a window promises, for every layout, duty and change of duty.

use std::vec::Vec;

use super::*;

const SLOT: u64 = limits::SLOT.get();

fn settings(cycle_s: u64, relays: usize, stagger_ms: u64) -> WindowSettings {
    WindowSettings::new(Millis::from_seconds(cycle_s), relays, Millis::new(stagger_ms)).unwrap()
}

fn percent(duty: u32) -> Duty {
    Duty::from_percent(f64::from(duty))
}

/// xorshift64*: the same numbers everywhere.
struct Random(u64);

impl Random {
    fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) % end
    }
}

/// What the relays did in each slot; `asks` gives the duty asked for from a slot on.
fn run(settings: WindowSettings, slots: u64, mut asks: impl FnMut(u64) -> Option<Duty>) -> Vec<RelaySet> {
    let mut window = Window::new(settings, Instant::from_millis(0));
    let slot = |n: u64| {
        if let Some(duty) = asks(n) {
            window.set(duty);
        }
        window.update(Instant::from_millis(n * SLOT))
    };
    (0..slots).map(slot).collect()
}

/// How many relays changed from each slot to the next.
fn edges(relays: &[RelaySet]) -> impl Iterator<Item = u32> {
    relays.windows(2).map(|pair| (pair[0].bits() ^ pair[1].bits()).count_ones())
}

fn slots(count: u64) -> usize {
    usize::try_from(count).unwrap()
}

fn on_slots(relays: &[RelaySet], relay: usize) -> u64 {
    relays.iter().map(|set| u64::from(set.is_on(relay))).sum()
}

/// Every layout that matters: the usual ones, and those with the least room.
fn layouts() -> impl Iterator<Item = WindowSettings> {
    let all =
        [(20, 3, 10), (20, 10, 100), (20, 10, 2000), (20, 2, 0), (2, 10, 10), (2, 10, 200), (1, 5, 200), (1, 1, 10)];
    all.into_iter()
        .chain([(120, 7, 5000), (15, 4, 130)])
        .map(|(cycle, relays, stagger)| settings(cycle, relays, stagger))
}

#[test]
fn every_relay_gets_its_full_on_time_and_never_two_edges_in_a_slot() {
    for settings in layouts() {
        let cycle = settings.cycle().get() / SLOT;
        for duty in 1..=100 {
            let relays = run(settings, 12 * cycle, |_| Some(percent(duty)));
            let worst = if settings.stagger() > Millis::ZERO { 1 } else { 10 };
            assert!(edges(&relays).all(|edges| edges <= worst), "{settings:?} {duty} %");
            // Eight whole windows, once the relays have settled: a slot more or less at the two ends together.
            let wanted = 8 * settings.on_time(percent(duty.max(5))).get().div_ceil(SLOT);
            for relay in 0..settings.relays() {
                let given = on_slots(&relays[slots(4 * cycle)..], relay);
                assert!(given.abs_diff(wanted) <= 1, "{settings:?} {duty} % relay {relay}: {given}");
            }
        }
    }
}

#[test]
fn the_duty_may_change_at_any_moment() {
    let mut random = Random(0x5EED);
    for settings in layouts() {
        let cycle = settings.cycle().get() / SLOT;
        let (mut wanted, mut asked) = (0, Duty::OFF);
        let relays = run(settings, 200 * cycle, |slot| {
            if slot >= 197 * cycle {
                asked = Duty::OFF;
            } else if random.below(cycle) < 2 {
                let any = percent(5 + u32::try_from(random.below(95)).unwrap());
                asked = [Duty::OFF, Duty::FULL, any][slots(random.below(3))];
            }
            if slot > 0 && slot.is_multiple_of(cycle) {
                wanted += settings.on_time(asked).get().div_ceil(SLOT);
            }
            Some(asked)
        });
        let worst = if settings.stagger() > Millis::ZERO { 1 } else { 10 };
        assert!(edges(&relays).all(|edges| edges <= worst), "{settings:?}");
        for relay in 0..settings.relays() {
            // What is still owed when a duty of 0 begins is not paid: cold has precedence.
            let given = on_slots(&relays, relay);
            assert!(given <= wanted + 1 && wanted <= given + 20, "{settings:?} relay {relay}: {given} of {wanted}");
        }
    }
}

#[test]
fn full_power_never_switches_off_at_a_boundary() {
    for settings in layouts() {
        let cycle = settings.cycle().get() / SLOT;
        let relays = run(settings, 10 * cycle, |_| Some(Duty::FULL));
        let settled = &relays[slots(3 * cycle)..];
        assert!(settled.iter().all(|set| *set == RelaySet::first(settings.relays())), "{settings:?}");
    }
}

#[test]
fn force_off_drops_all_relays_at_once_and_until_the_next_boundary() {
    for settings in layouts() {
        let cycle = settings.cycle().get();
        let mut window = Window::new(settings, Instant::from_millis(0));
        let mut now = 0;
        let mut advance = |window: &mut Window, until: u64| {
            let mut last = RelaySet::NONE;
            while now < until {
                now += SLOT;
                last = window.update(Instant::from_millis(now));
            }
            last
        };
        window.set(Duty::FULL);
        assert!(advance(&mut window, 3 * cycle + SLOT).any());
        window.force_off();
        assert_eq!(advance(&mut window, 3 * cycle + 2 * SLOT), RelaySet::NONE);
        window.set(Duty::FULL);
        assert_eq!(advance(&mut window, 4 * cycle - SLOT), RelaySet::NONE, "{settings:?}");
        assert!(advance(&mut window, 6 * cycle).any());
    }
}

#[test]
fn nothing_goes_on_for_a_duty_of_zero() {
    let mut random = Random(0xC01D);
    for settings in (0..100).flat_map(|_| layouts()) {
        let cycle = settings.cycle().get() / SLOT;
        let duties = [random.below(101), random.below(101), random.below(101), 0, 0];
        let ask = |slot: u64| duties.get(slots(slot / cycle)).map(|duty| percent(u32::try_from(*duty).unwrap()));
        let relays = run(settings, 5 * cycle, ask);
        for relay in 0..settings.relays() {
            let turn = slots(3 * cycle + settings.stagger().get() / SLOT * u64::try_from(relay).unwrap());
            let on = relays.windows(2).skip(turn).find(|pair| !pair[0].is_on(relay) && pair[1].is_on(relay));
            assert_eq!(on, None, "{settings:?} {duties:?} relay {relay}");
        }
    }
}

#[test]
fn incident_all_but_the_first_relay_switched_together() {
    let relays = run(settings(20, 5, 10), 410, |_| Some(percent(50)));
    let counts: Vec<u32> = relays[199..210].iter().map(|set| set.count()).collect();
    assert_eq!(counts, [0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5]);
}

#[test]
fn a_late_relay_keeps_the_duty_it_began_with() {
    // Three relays two seconds apart, asked for 90 % and then for 10 %: in the second window at 10 % relay 2 is still in
    // its turn at 90 % for the first four seconds.
    let asked = |slot| Some(percent(if slot < 300 { 90 } else { 10 }));
    let relays = run(settings(20, 3, 2000), 640, asked);
    let at = |slot: usize| relays[slot].bits();
    assert_eq!([at(205), at(225), at(245)], [0b001, 0b011, 0b111]);
    assert_eq!([at(385), at(405), at(415)], [0b110, 0b101, 0b101]);
    assert_eq!([at(425), at(439), at(445), at(465)], [0b010, 0b010, 0b100, 0]);
}

#[test]
fn a_change_waits_for_the_boundary_and_the_least_duty_is_kept() {
    let mut window = Window::new(settings(20, 1, 0), Instant::from_millis(0));
    window.set(percent(1));
    assert_eq!((window.requested(), window.locked()), (percent(5), Duty::OFF));
    assert_eq!(window.update(Instant::from_millis(19_900)), RelaySet::NONE);
    assert_eq!(window.update(Instant::from_millis(20_000)), RelaySet::first(1));
    assert_eq!(window.update(Instant::from_millis(21_000)), RelaySet::NONE);
    let mut window = Window::new(settings(20, 1, 0).with_least(percent(1)), Instant::from_millis(0));
    window.set(percent(2));
    assert_eq!(window.requested(), percent(2));
}

#[test]
fn a_late_call_passes_one_boundary() {
    let mut window = Window::new(settings(10, 1, 0), Instant::from_millis(0));
    window.set(percent(50));
    window.update(Instant::from_millis(25_000));
    assert_eq!((window.locked(), window.is_on()), (percent(50), false));
    window.update(Instant::from_millis(25_000));
    assert!(!window.is_on(), "half of the window is over");
    window.update(Instant::from_millis(30_000));
    assert!(window.is_on());
}

#[test]
fn layouts_without_room_are_refused() {
    let check = |cycle_ms, relays, stagger| {
        WindowSettings::new(Millis::new(cycle_ms), relays, Millis::new(stagger)).map(|s| s.stagger().get())
    };
    let cases = [
        (999, 1, 0, Err(WindowError::Cycle)),
        (120_001, 1, 0, Err(WindowError::Cycle)),
        (20_000, 0, 0, Err(WindowError::Relays)),
        (20_000, 11, 0, Err(WindowError::Relays)),
        (20_000, 5, 5000, Err(WindowError::Stagger)),
        (1000, 10, 10, Err(WindowError::Stagger)),
        (20_000, 10, u64::MAX, Err(WindowError::Stagger)),
        (1999, 10, 10, Err(WindowError::Stagger)),
        (2000, 10, 10, Ok(200)),
        (20_000, 10, 201, Ok(400)),
        (1000, 10, 0, Ok(0)),
    ];
    for (cycle, relays, stagger, expected) in cases {
        assert_eq!(check(cycle, relays, stagger), expected, "{cycle} {relays} {stagger}");
    }
}

#[test]
fn what_is_delivered_is_what_the_relay_does() {
    let settings = settings(5, 1, 0);
    for (percent, slots) in [(0.0, 0_u32), (2.0, 3), (5.0, 3), (6.0, 3), (6.1, 4), (50.0, 25), (99.9, 50)] {
        let duty = Duty::from_percent(percent);
        let seen = run(settings, 150, |_| Some(duty));
        assert_eq!(on_slots(seen.get(50..100).unwrap(), 0), u64::from(slots), "{percent}");
        assert!((settings.delivered(duty).percent() - 2.0 * f64::from(slots)).abs() < 1e-9, "{percent}");
    }
}
