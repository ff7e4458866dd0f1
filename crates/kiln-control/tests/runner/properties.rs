//! Properties: whatever is asked, read, broken or late, the pin is low where it must be.
//!
//! Random sequences from a seed, judged by what was done to the electronics and not by what the loop says of itself.
//! `KILN_CASES` sets how many; a campaign runs a hundred thousand.

use crate::bench::Bench;
use kiln_control::Reset;
use kiln_core::command::{Command, ManualHold, ResumePoint, TimeChange, TuningMode};
use kiln_core::cone::{Cone, HoldUntil};
use kiln_core::profile::{Name, Profile, RampRate, Step};
use kiln_core::sensor::ChipFault;
use kiln_core::snapshot::Phase;
use kiln_core::units::{Celsius, CelsiusPerHour, Instant, Kelvin, Millis, WallClock};
use kiln_hal::board::{Board, Contactor, Heater};
use kiln_hal::fake::{PinTrouble, Trouble};

/// A small generator (Steele, Lea and Flood, SplitMix64, OOPSLA 2014).
struct Dice(u64);

impl Dice {
    fn throw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, sides: u64) -> u64 {
        self.throw() % sides
    }

    fn one_in(&mut self, sides: u64) -> bool {
        self.below(sides) == 0
    }

    fn whole(&mut self, low: i16, high: i16) -> i16 {
        let span = u64::try_from(i32::from(high) - i32::from(low)).unwrap() + 1;
        i16::try_from(i64::from(low) + i64::try_from(self.below(span)).unwrap()).unwrap()
    }

    fn profile(&mut self) -> Profile {
        let count = 1 + usize::try_from(self.below(4)).unwrap();
        let steps: Vec<Step> = (0..count).map(|_| self.step()).collect();
        Profile::new(Name::new("any").unwrap(), &steps).unwrap()
    }

    fn step(&mut self) -> Step {
        let target = Celsius::whole(self.whole(0, 1350));
        let rate = RampRate::PerHour(CelsiusPerHour::whole(self.whole(1, 3000)));
        match self.below(5) {
            0 if self.one_in(3) => {
                let cone = Cone::all().nth(usize::try_from(self.below(35)).unwrap()).unwrap();
                let until = HoldUntil::new(cone, Millis::from_seconds(60 + self.below(7200))).unwrap();
                Step::HoldCone { target, until }
            }
            0 => Step::Hold { target, time: Millis::from_seconds(self.below(7200)) },
            1 => Step::Cool { target: if self.one_in(2) { None } else { Some(target) } },
            2 => Step::Ramp { target, rate: RampRate::Full, min_rate: None },
            _ => Step::Ramp { target, rate, min_rate: None },
        }
    }

    fn command(&mut self) -> Command {
        let target = Celsius::whole(self.whole(0, 1350));
        let time = Millis::from_seconds(self.below(4000));
        match self.below(18) {
            0..=4 => Command::Run(self.profile()),
            5 => Command::Stop,
            6 => Command::Shutdown,
            7 => Command::Pause,
            8 => Command::Unpause,
            9 => Command::Skip,
            10 => Command::AddTime(TimeChange::Longer(time)),
            11 => Command::AddDegrees(Kelvin::whole(self.whole(-60, 60))),
            12 => Command::ReplaceRest(self.profile()),
            13 => Command::Hold(ManualHold { target, rate: RampRate::Full, time }),
            14 => Command::Tune(TuningMode::Standard, None),
            15 => Command::ClearError,
            16 => {
                let (elapsed, step, at) = (time, Some(usize::try_from(self.below(5)).unwrap()), Some(target));
                Command::Resume(self.profile(), ResumePoint { elapsed, step, temperature: at, found: at, work: None })
            }
            _ => Command::Schedule(self.profile(), WallClock::from_unix_millis(1_700_000_000_000 + self.below(60_000))),
        }
    }
}

/// What was done to the electronics, and since when it has been so.
#[derive(Default)]
struct Done {
    blind_since: Option<Instant>,
    hot_since: Option<Instant>,
    stopped_at: Option<Instant>,
}

/// One case of 400 slots.
fn case(seed: u64) {
    let mut dice = Dice(seed);
    let mut bench = Bench::at(f64::from(dice.whole(5, 1295)));
    bench.wall = Some(WallClock::from_unix_millis(1_700_000_000_000));
    let mut done = Done::default();
    bench.run(2500);
    bench.ask(Command::Run(dice.profile()));
    for slot in 0..400 {
        meddle(&mut dice, &mut bench, &mut done);
        bench.slot();
        judge(&mut bench, &done, seed, slot);
    }
}

fn meddle(dice: &mut Dice, bench: &mut Bench, done: &mut Done) {
    let now = bench.now();
    if dice.one_in(12) {
        let command = dice.command();
        let stops = matches!(command, Command::Stop | Command::Shutdown);
        if stops && bench.kiln.link.waiting() == 0 {
            done.stopped_at = Some(now);
        } else if !stops {
            // What comes after a stop may start something anew.
            done.stopped_at = None;
        }
        bench.ask(command);
    }
    if dice.one_in(60) {
        let broken = dice.one_in(2);
        bench.kiln.chip.set_trouble(if broken && dice.one_in(2) { Trouble::Bus } else { Trouble::None });
        bench.kiln.chip.set_faults(if broken { ChipFault::OPEN } else { 0 });
        done.blind_since = broken.then(|| done.blind_since.unwrap_or(now));
        // What cannot be read cannot be seen to be hot; the time counts from when it can.
        done.hot_since = done.hot_since.map(|_| now);
    }
    if dice.one_in(80) {
        let hot = dice.one_in(2);
        bench.shown = !hot;
        bench.kiln.chip.set_temperature(1301.0 + f64::from(dice.whole(0, 150)));
        done.hot_since = hot.then(|| done.hot_since.unwrap_or(now));
    }
    if dice.one_in(150) {
        bench.kiln.relays[0].set_trouble(if dice.one_in(2) { PinTrouble::None } else { PinTrouble::Refuses });
    }
    if dice.one_in(100) {
        late(dice, bench);
        // The deadlines are those of a loop that runs; while it stood still the lease was what counted.
        let now = bench.now();
        for since in [&mut done.blind_since, &mut done.hot_since, &mut done.stopped_at].into_iter().flatten() {
            *since = now;
        }
    }
    if dice.one_in(300) {
        bench.kiln.relays[0].set_trouble(PinTrouble::None);
        bench.reset(match dice.below(3) {
            0 => Reset::Power,
            1 => Reset::Watchdog,
            _ => Reset::Asked,
        });
        assert!(!bench.is_on(), "off is the reset state");
    }
}

/// The loop stands still while the lowest layer goes on.
fn late(dice: &mut Dice, bench: &mut Bench) {
    let sound = bench.kiln.relays[0].attempts();
    for passed in 1..=dice.below(20) {
        bench.kiln.clock.advance(Millis::new(100));
        let now = bench.now();
        let expired = bench.board.heater().expire(now).is_ok() && bench.board.contactor().expire(now).is_ok();
        assert!(passed < 6 || !bench.is_on() || !expired, "the lease has run out ({sound} attempts)");
    }
}

/// Whether the pin may be as it is.
fn judge(bench: &mut Bench, done: &Done, seed: u64, slot: u32) {
    if !bench.is_on() {
        return;
    }
    let now = bench.now();
    let place = format!("seed {seed}, slot {slot}: {:?}", bench.events());
    let contactor = bench.kiln.contactor.level();
    let lasted = |since: Option<Instant>| since.map_or(0, |since| now.since(since).get());
    // A pin that refuses to go low is the contactor's business.
    let live = contactor && bench.is_on();
    assert!(!live || lasted(done.blind_since) <= 4500, "blind for {} ms, {place}", lasted(done.blind_since));
    // A second to the next reading, and one more where a chip that has failed is set up anew.
    assert!(
        !live || done.blind_since.is_some() || lasted(done.hot_since) <= 2700,
        "too hot for {} ms, {place}",
        lasted(done.hot_since)
    );
    assert!(!live || lasted(done.stopped_at) <= 500, "stopped for {} ms, {place}", lasted(done.stopped_at));
    let phase = bench.phase();
    assert!(!live || matches!(phase, Phase::Running | Phase::Tuning), "{phase:?}, {place}");
}

#[test]
fn the_pin_is_low_where_it_must_be_whatever_happens() {
    let cases = std::env::var("KILN_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(1500);
    (0..cases).for_each(case);
}
