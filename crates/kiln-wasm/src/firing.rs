//! The profile fired on the fitted kiln, with the firing and the PID that the controller has.
//!
//! Left out of it: guards (nothing breaks here), the sensor's noise, and ware that is wet or heavier than the day's of
//! the log. The relay's window counts by the power it delivers.

use crate::machine::{Answer, Machine};
use kiln_core::analysis::Twin;
use kiln_core::cone::HeatWork;
use kiln_core::event::Events;
use kiln_core::firing::{Demand, Rehearsal, Restart, Rules, Seen, Tried};
use kiln_core::profile::Profile;
use kiln_core::regulate::{Ask, ByPid, GainSchedule, PidGains, PidSettings};
use kiln_core::units::{Celsius, Duty, Instant, Millis};
use kiln_core::window::WindowSettings;

/// The most points that are drawn.
const POINTS_MOST: usize = 1500;
/// The longest simulated firing, s: a profile may ask for weeks.
const LONGEST: u64 = 72 * 3600;
/// How near counts as on the plan, K.
const NEAR: f64 = 5.0;

/// What a simulated firing is asked with.
#[derive(Clone, Copy, Debug)]
pub struct Ordered {
    /// The parallel gains.
    pub gains: [f64; 3],
    /// How they grow for each kelvin above the next figure.
    pub growth: f64,
    /// The temperature at which they are as given, °C.
    pub ambient: f64,
    /// The relay's window, s.
    pub window: f64,
    /// The hottest that the kiln may get, °C.
    pub max_temp: f64,
    /// Where the kiln begins, °C.
    pub start: f64,
}

impl Ordered {
    /// From its figures, in their order.
    pub fn of(figures: &[f64]) -> Option<Self> {
        let [kp, ki, kd, growth, ambient, window, max_temp, start] = *<&[f64; 8]>::try_from(figures).ok()?;
        Some(Self { gains: [kp, ki, kd], growth, ambient, window, max_temp, start })
    }
}

impl Machine {
    /// Fires the profile on the fitted kiln.
    ///
    /// Numbers: 1 when it came to its end, 0 when a fault ended it, 2 when it was given up after three days; seconds;
    /// full-power seconds; the most above and the most below the target in K; the mean distance from it in K; the share
    /// of the time within 5 K; seconds that the schedule waited; seconds at full power; the hottest in °C; three of the
    /// heat work, as of `Machine::push_work`. Then for every point: seconds, °C asked for or no number, °C, power in %.
    /// Refused: a profile hotter than the kiln may get, gains that no regulator takes.
    pub fn fire(&mut self, ordered: &Ordered) -> Answer {
        let (Some(profile), Some(kiln)) = (self.profile, self.kiln) else { return Answer::Nothing };
        self.begin();
        let Some(mut oven) = Oven::new(ordered, &profile, |start| kiln.at_rest(start)) else { return Answer::Refused };
        let (mut course, mut points) = (Course::NEW, Points::NEW);
        let mut ended = None;
        while ended.is_none() && course.seconds < LONGEST {
            match oven.turn() {
                Ok(turn) => {
                    points.take(&turn, course.seconds);
                    course.take(&turn);
                }
                Err(Ended(well)) => ended = Some(well),
            }
        }
        self.tell(ended, &course, &points)
    }

    fn tell(&mut self, ended: Option<bool>, course: &Course, points: &Points) -> Answer {
        let seconds = seconds(course.seconds);
        let share = |sum: f64| if course.targeted > 0.0 { sum / course.targeted } else { 0.0 };
        let figures = [
            ended.map_or(2.0, |well| f64::from(u8::from(well))),
            seconds,
            course.energy,
            course.overshoot,
            course.lag,
            share(course.distance),
            share(course.near),
            course.waited,
            course.saturated,
            course.hottest,
        ];
        self.numbers.extend(figures);
        self.push_work(&course.work);
        self.numbers.extend(points.kept().iter().flatten().copied());
        self.numbers.answer()
    }
}

/// One second of a simulated firing.
#[derive(Clone, Copy, Debug)]
struct Turn {
    target: Option<Celsius>,
    measured: Celsius,
    duty: Duty,
    waits: bool,
}

/// The end of a firing, and whether it was well.
struct Ended(bool);

/// A fitted kiln with a controller.
struct Oven {
    twin: Twin,
    firing: Rehearsal,
    rules: Rules,
    regulator: ByPid,
    settings: PidSettings,
    window: WindowSettings,
    events: Events,
    measured: Celsius,
    duty: Duty,
    now: Instant,
}

/// A second.
const TURN: Millis = Millis::from_seconds(1);

impl Oven {
    fn new(ordered: &Ordered, profile: &Profile, twin: impl FnOnce(Celsius) -> Twin) -> Option<Self> {
        let [kp, ki, kd] = ordered.gains;
        let schedule = GainSchedule::new(ordered.growth, Celsius::new(ordered.ambient)?)?;
        let settings = PidSettings::new(PidGains::new(kp, ki, kd)?, schedule);
        let window = WindowSettings::new(Millis::from_seconds_f64(ordered.window)?, 1, Millis::ZERO).ok()?;
        let start = Celsius::new(ordered.start)?;
        let rules = Rules { max_temperature: Celsius::new(ordered.max_temp)?, ..Rules::SHIPPING };
        Some(Self {
            twin: twin(start),
            firing: Rehearsal::new(&rules, profile, start).ok()?,
            rules,
            regulator: ByPid::new(&settings),
            settings,
            window,
            events: Events::default(),
            measured: start,
            duty: Duty::OFF,
            now: Instant::from_millis(0),
        })
    }

    fn seen(&self) -> Seen {
        Seen { now: self.now, at: self.measured, duty: self.duty, withheld: false }
    }

    /// One turn of the controller and a second of the kiln.
    fn turn(&mut self) -> Result<Turn, Ended> {
        self.now = self.now + TURN;
        let seen = self.seen();
        let demand = match self.firing.tick(&self.rules, &seen, &mut self.events) {
            Tried::Asks(demand) => demand,
            Tried::Finished => return Err(Ended(true)),
            Tried::Failed => return Err(Ended(false)),
        };
        match self.firing.take_restart() {
            Some(Restart::Fresh) => self.regulator.rest(&self.settings),
            Some(Restart::CarryOn) => self.regulator.carry_on(self.duty),
            None => {}
        }
        let measured = self.measured;
        let (duty, target) = match demand {
            Demand::Target(target) => {
                let ask = Ask {
                    now: self.now,
                    target,
                    measured,
                    sample: Some(measured),
                    applied: self.window.delivered(self.duty),
                    ahead: self.firing.ahead(),
                    window: self.window.cycle(),
                };
                (self.regulator.update(&self.settings, &ask), Some(target))
            }
            Demand::Heat(duty) => (duty, None),
            Demand::Off => {
                self.regulator.rest(&self.settings);
                (Duty::OFF, None)
            }
        };
        self.duty = duty;
        self.measured = self.twin.turn(self.window.delivered(duty));
        Ok(Turn { target, measured, duty, waits: self.firing.waits() })
    }
}

/// The figures of a simulated firing so far.
struct Course {
    seconds: u64,
    energy: f64,
    overshoot: f64,
    lag: f64,
    distance: f64,
    /// Seconds with a target.
    targeted: f64,
    near: f64,
    waited: f64,
    saturated: f64,
    hottest: f64,
    work: HeatWork,
}

impl Course {
    const NEW: Self = Self {
        seconds: 0,
        energy: 0.0,
        overshoot: 0.0,
        lag: 0.0,
        distance: 0.0,
        targeted: 0.0,
        near: 0.0,
        waited: 0.0,
        saturated: 0.0,
        hottest: 0.0,
        work: HeatWork::NONE,
    };

    fn take(&mut self, turn: &Turn) {
        self.seconds += 1;
        self.energy += turn.duty.fraction();
        self.waited += f64::from(u8::from(turn.waits));
        self.saturated += f64::from(u8::from(turn.duty >= Duty::FULL));
        self.hottest = self.hottest.max(turn.measured.get());
        self.work.add(turn.measured, TURN);
        if let Some(target) = turn.target {
            let above = (turn.measured - target).get();
            self.overshoot = self.overshoot.max(above);
            self.lag = self.lag.max(-above);
            self.distance += above.abs();
            self.near += f64::from(u8::from(above.abs() <= NEAR));
            self.targeted += 1.0;
        }
    }
}

/// What is drawn of it: evenly spaced, twice as far apart whenever there are too many.
struct Points {
    all: [[f64; 4]; POINTS_MOST],
    used: usize,
    every: u64,
}

impl Points {
    #[expect(clippy::large_stack_arrays, reason = "48 kB: in a page or on a computer")]
    const NEW: Self = Self { all: [[0.0; 4]; POINTS_MOST], used: 0, every: 5 };

    fn take(&mut self, turn: &Turn, second: u64) {
        if !second.is_multiple_of(self.every) {
            return;
        }
        if self.used == POINTS_MOST {
            for place in 0..POINTS_MOST / 2 {
                let kept = self.all.get(2 * place).copied().unwrap_or_default();
                if let Some(point) = self.all.get_mut(place) {
                    *point = kept;
                }
            }
            (self.used, self.every) = (POINTS_MOST / 2, 2 * self.every);
            if !second.is_multiple_of(self.every) {
                return;
            }
        }
        if let Some(point) = self.all.get_mut(self.used) {
            let target = turn.target.map_or(f64::NAN, Celsius::get);
            *point = [seconds(second), target, turn.measured.get(), turn.duty.percent()];
            self.used += 1;
        }
    }

    fn kept(&self) -> &[[f64; 4]] {
        self.all.get(..self.used).unwrap_or_default()
    }
}

/// Seconds as a number.
fn seconds(count: u64) -> f64 {
    Millis::from_seconds(count).seconds()
}
