//! The bad days: how noisy the sensor is, what the mains and the room do, when somebody opens the lid.
//!
//! Everything is made as it is needed, in constant memory, from streams of one seed: a firing may be of any length,
//! and asking for more of one thing never changes another. Faults are not weather; they are not made here.

use crate::math;
use crate::plant::{Plant, Surroundings};
use crate::random::{Seed, Stream};

/// How bad the day is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// No disturbance at all.
    Clean,
    /// As clean, with 0.003 °C of noise: a good chip on a good bench.
    Quiet,
    /// A workshop: noise of 0.1 to 0.3 °C, two spikes an hour, mains wandering by 1.5 %, a sag a day.
    Nominal,
    /// A bad workshop: noise of 0.5 °C, twelve spikes an hour, mains wandering by 3 %, a sag an hour, the lid
    /// cracked open twice.
    Harsh,
}

/// The figures of a level.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Figures {
    /// Standard deviation of the sensor's noise, °C …
    pub(crate) noise_sd_c: f64,
    /// … and by what share it differs from one sensor to the next.
    pub(crate) noise_spread: f64,
    /// Interference spikes an hour.
    pub(crate) spikes_per_hour: f64,
    /// Standard deviation of the mains voltage, relative; 0 for a perfect supply.
    mains_sd: f64,
    /// Sags an hour.
    sags_per_hour: f64,
    /// Times somebody opens the lid in a firing.
    lid_openings: usize,
    /// How far the room is from what was said, at most, °C.
    room_spread_c: f64,
    /// How far the room swings over the day, °C.
    room_swing_c: f64,
}

impl Level {
    /// Every level and its name.
    pub const ALL: [(&'static str, Level); 4] =
        [("clean", Self::Clean), ("quiet", Self::Quiet), ("nominal", Self::Nominal), ("harsh", Self::Harsh)];

    /// The level of that name.
    pub fn by_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(known, _)| *known == name).map(|(_, level)| level)
    }

    pub(crate) const fn figures(self) -> Figures {
        let clean = Figures {
            noise_sd_c: 0.0,
            noise_spread: 0.0,
            spikes_per_hour: 0.0,
            mains_sd: 0.0,
            sags_per_hour: 0.0,
            lid_openings: 0,
            room_spread_c: 0.0,
            room_swing_c: 0.0,
        };
        match self {
            Self::Clean => clean,
            Self::Quiet => Figures { noise_sd_c: 0.003, ..clean },
            Self::Nominal => Figures {
                noise_sd_c: 0.2,
                noise_spread: 0.5,
                spikes_per_hour: 2.0,
                mains_sd: 0.015,
                sags_per_hour: 0.15,
                lid_openings: 0,
                room_spread_c: 3.0,
                room_swing_c: 2.0,
            },
            Self::Harsh => Figures {
                noise_sd_c: 0.5,
                noise_spread: 0.0,
                spikes_per_hour: 12.0,
                mains_sd: 0.03,
                sags_per_hour: 1.0,
                lid_openings: MAX_OPENINGS,
                room_spread_c: 3.0,
                room_swing_c: 2.0,
            },
        }
    }
}

/// The most lid openings a level has.
const MAX_OPENINGS: usize = 2;
/// One step of the world, s.
const STEP_S: f64 = Plant::STEP_MS as f64 / 1000.0;
/// The room's temperature swings once in this many seconds: 2 π · 8000 s, some 14 h.
const ROOM_SWING_S: f64 = 8000.0 * core::f64::consts::TAU;

/// What the world does around a kiln, half a second at a time.
#[derive(Clone, Debug)]
pub struct Disturbances {
    step: u64,
    mains: Mains,
    room: Room,
    openings: [Opening; MAX_OPENINGS],
}

impl Disturbances {
    /// The day of this seed at this level, for a firing planned to last `planned_s` seconds (lid openings fall
    /// between its first and last fifth) in a room said to be at `ambient_c`.
    pub fn new(level: Level, seed: Seed, planned_s: f64, ambient_c: f64) -> Self {
        let figures = level.figures();
        let mut lid = seed.stream("lid");
        let mut openings = [Opening::default(); MAX_OPENINGS];
        for opening in openings.iter_mut().take(figures.lid_openings) {
            let start_s = lid.between(0.2, 0.8) * planned_s;
            let end_s = start_s + lid.between(30.0, 120.0);
            *opening = Opening { start_s, end_s, by: lid.between(0.05, 0.3) };
        }
        let room = Room::new(&figures, seed.stream("room"), ambient_c);
        Self { step: 0, mains: Mains::new(&figures, seed), room, openings }
    }

    /// What surrounds the kiln for the next half second. No fault is in it; whoever breaks things does so on top.
    pub fn advance(&mut self) -> Surroundings {
        let at_s = self.step as f64 * STEP_S;
        self.step += 1;
        let open = self.openings.iter().rev().find(|opening| (opening.start_s..opening.end_s).contains(&at_s));
        Surroundings {
            mains: self.mains.at(at_s),
            lid: open.map_or(0.0, |opening| opening.by),
            ..Surroundings::calm(self.room.at(at_s))
        }
    }
}

/// Somebody looks in.
#[derive(Clone, Copy, Debug, Default)]
struct Opening {
    start_s: f64,
    end_s: f64,
    by: f64,
}

/// The room: somewhat off, and swinging over the day.
#[derive(Clone, Debug)]
struct Room {
    mean_c: f64,
    swing_c: f64,
    phase_turns: f64,
}

impl Room {
    fn new(figures: &Figures, mut chance: Stream, ambient_c: f64) -> Self {
        let mean_c = ambient_c + figures.room_spread_c * chance.between(-1.0, 1.0);
        Self { mean_c, swing_c: figures.room_swing_c, phase_turns: chance.unit() }
    }

    fn at(&self, at_s: f64) -> f64 {
        if self.swing_c == 0.0 {
            return self.mean_c;
        }
        self.mean_c + self.swing_c * math::sin_turns(at_s / ROOM_SWING_S + self.phase_turns)
    }
}

/// The mains voltage: an offset of the house, an Ornstein-Uhlenbeck wander with a memory of twenty minutes (a new point
/// every minute, straight lines between), and sags of 5 to 10 % that last one to fifteen minutes.
#[derive(Clone, Debug)]
struct Mains {
    sd: f64,
    offset: f64,
    wander: Stream,
    minute: u64,
    from: f64,
    to: f64,
    sags: Stream,
    mean_gap_s: f64,
    next_sag_s: f64,
    sag_ends_s: f64,
    sag: f64,
}

/// What is left of the wander after a minute, and how much of its standard deviation each minute adds: √(1 - 0.95²).
const WANDER_KEEPS: f64 = 0.95;
const WANDER_ADDS: f64 = 0.312_25;

impl Mains {
    fn new(figures: &Figures, seed: Seed) -> Self {
        let mut wander = seed.stream("mains wander");
        let mut sags = seed.stream("mains sags");
        let mean_gap_s = 3600.0 / figures.sags_per_hour;
        let offset = wander.between(-0.02, 0.02);
        let to = wander.normal() * figures.mains_sd * WANDER_ADDS;
        let next_sag_s = sags.waiting(mean_gap_s);
        let (minute, from, sag_ends_s, sag) = (0, 0.0, 0.0, 0.0);
        Self { sd: figures.mains_sd, offset, wander, minute, from, to, sags, mean_gap_s, next_sag_s, sag_ends_s, sag }
    }

    /// Power relative to nominal: the square of the voltage, which stays within 10 % of nominal. Time runs forward.
    fn at(&mut self, at_s: f64) -> f64 {
        if self.sd == 0.0 {
            return 1.0;
        }
        while at_s >= (self.minute + 1) as f64 * 60.0 {
            self.minute += 1;
            self.from = self.to;
            self.to = self.from * WANDER_KEEPS + self.wander.normal() * self.sd * WANDER_ADDS;
        }
        if at_s >= self.next_sag_s {
            self.sag = self.sags.between(0.05, 0.10);
            self.sag_ends_s = at_s + self.sags.between(60.0, 900.0);
            self.next_sag_s = self.sag_ends_s + self.sags.waiting(self.mean_gap_s);
        }
        let into_minute = at_s / 60.0 - self.minute as f64;
        let sag = if at_s < self.sag_ends_s { self.sag } else { 0.0 };
        let volts = 1.0 + self.offset + self.from + (self.to - self.from) * into_minute - sag;
        math::square(volts.clamp(0.90, 1.10))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Figures of many hours: mean and standard deviation of the voltage, share of it sagging, room's range, lid.
    fn survey(level: Level, seed: u64, hours: u32) -> ([f64; 2], [f64; 2], f64) {
        let mut world = Disturbances::new(level, Seed(seed), f64::from(hours) * 3600.0, 22.0);
        let (mut sum, mut squares, mut coldest, mut warmest, mut open_s) = (0.0, 0.0, f64::MAX, f64::MIN, 0.0);
        let steps = f64::from(hours * 7200);
        for _ in 0..hours * 7200 {
            let around = world.advance();
            assert_eq!(around, around.possible());
            let volts = around.mains.sqrt();
            sum += volts;
            squares += volts * volts;
            coldest = around.ambient_c.min(coldest);
            warmest = around.ambient_c.max(warmest);
            open_s += if around.lid > 0.0 { 0.5 } else { 0.0 };
        }
        let mean = sum / steps;
        ([mean, (squares / steps - mean * mean).max(0.0).sqrt()], [coldest, warmest], open_s)
    }

    #[test]
    fn clean_and_quiet_days_have_no_weather() {
        for level in [Level::Clean, Level::Quiet] {
            assert_eq!(survey(level, 1, 20), ([1.0, 0.0], [22.0, 22.0], 0.0));
        }
    }

    #[test]
    fn bad_days_are_as_bad_as_they_say() {
        for seed in 1..6 {
            let ([mean, sd], [coldest, warmest], open_s) = survey(Level::Nominal, seed, 200);
            assert!((0.97..1.03).contains(&mean) && (0.012..0.022).contains(&sd), "nominal mains {mean} {sd}");
            assert!(warmest - coldest > 3.9 && coldest >= 17.0 && warmest <= 27.0, "room {coldest} {warmest}");
            assert_eq!(open_s, 0.0);
            let ([mean, sd], _, open_s) = survey(Level::Harsh, seed, 200);
            assert!((0.94..1.02).contains(&mean) && (0.03..0.05).contains(&sd), "harsh mains {mean} {sd}");
            assert!((60.0..=240.0).contains(&open_s), "the lid was open for {open_s} s");
        }
    }

    #[test]
    fn names_find_their_level() {
        assert_eq!(Level::by_name("harsh"), Some(Level::Harsh));
        assert_eq!(Level::by_name("Harsh"), None);
    }
}
