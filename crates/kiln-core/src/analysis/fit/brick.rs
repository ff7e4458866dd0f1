//! A brick kiln as equations: what a record's power does to its thermocouple.
//!
//! ```text
//! power ─late─▶ elements ══▶ hot face ──▶ inner wall ──▶ outer wall ──▶ room
//!                  ║    ╲       ║                              ══ radiation and air: the fourth power counts
//!                  ║     ╲▶    ware (and its water)            ── conduction
//!                  ╚══▶ thermocouple, which sees face and ware and a little of the elements
//! ```
//! Elements are the reason for the effort: at a few percent of power they are hardly hotter than the kiln and answer
//! slowly, at half power they glow and answer fast. A linear model fitted to the steps of a tuning run is therefore
//! too quick for the small steps of a regulator (docs/decisions/0020-analysis-truth.md). Rises are above the first
//! temperature, in K; heat flows in percent of full power. Knows no figure of any one kiln but the middle of many.

use super::super::record::Record;
use super::squares::{Belief, Model, exp};
use crate::units::Celsius;

/// The figures of a kiln, by their natural logarithms.
pub(super) const FIGURES: usize = 12;
pub(super) type Logs = [f64; FIGURES];

/// What a kiln is believed to be before it is seen. The spreads are generous: a standard deviation of 0.6 lets a figure
/// be half or twice as large without much ado.
///
/// Elements of 1 to 3 W/cm² (Kanthal, Resistance Heating Alloys for Appliances, surface load) in air of 8 W/(m² K)
/// would be some 2200 K hotter than the kiln at full power if they did not radiate. Thermocouple tips of a few
/// millimetres follow in one to three minutes below 100 °C.
pub(super) fn beliefs(wet: bool) -> [Belief; FIGURES] {
    let belief = |likely: f64, spread: f64| Belief { likely: crate::math::ln(likely), spread };
    [
        belief(250.0, 0.3),                                         // seconds of the elements, cold
        belief(2200.0, 0.3), // load of the elements: K at full power without radiation
        belief(1.5, 0.5),    // what the tip sees of the elements, K/%
        belief(150.0, 0.5),  // seconds of the tip at 65 °C
        belief(0.025, 0.8),  // warming of the hot face, K/(s·%)
        belief(0.003, 0.6),  // hot face to ware, 1/s of the face
        belief(0.0006, 0.6), // the same, 1/s of the ware
        belief(0.003, 0.6),  // hot face to inner wall, 1/s of the face
        belief(0.0003, 0.6), // soaking of the wall, 1/s
        belief(3.0, 0.4),    // seconds the power is late: the relay's window, the filter
        belief(0.8, 0.15),   // drying of the ware, % for each K above 90 °C
        if wet { belief(300.0, 3.0) } else { belief(0.001, 0.01) }, // water to be boiled off, %·s
    ]
}

/// Starts of a search for a kiln with wet ware, %·s: 0.1 kg and 1.2 kg of water in a kiln of 9 kW.
pub(super) const WET: [f64; 2] = [2500.0, 30_000.0];
/// Where in [`Logs`] the water is.
pub(super) const WATER: usize = 11;
/// Ware gives off its water from here on.
pub(super) const DRYING: Celsius = Celsius::whole(90);
/// All of it in no less than a minute, s.
const DRYING_LEAST: f64 = 60.0;

/// 0 °C, K.
const FREEZING: f64 = 273.15;
/// The temperature that exchanges by radiation are given at, K: 65 °C.
const GIVEN_AT: f64 = 338.0;
/// Radiation of the elements over what the air takes from them, 1/K³: 5.67e-8 W/(m² K⁴) times an exchange factor of
/// 0.46 (wire in a groove), over 8 W/(m² K).
const RADIATES: f64 = 3.26e-9;
/// The share of radiation in what brick, ware and tip exchange, over that of the air, at [`GIVEN_AT`].
const SHARE: f64 = 0.65;
/// Brick conducts better the hotter it is, 1/K (insulating firebrick: 0.095 W/(m K) + 7e-5 for each K).
const CONDUCTS: f64 = 0.0007;
/// Brick and ware take more heat the hotter they are, 1/K (fired clay: 850 J/(kg K) + 0.3 for each K).
const STORES: f64 = 0.0003;
/// The share of the elements' heat that goes to the face first; the ware has the rest.
const TO_FACE: f64 = 0.7;
/// The share of the face in what the tip sees; the ware has the rest.
const SEES_FACE: f64 = 0.6;
/// Conductances and heat of an outer wall twice and four times as thick as the inner one, over those of the inner.
const BETWEEN: f64 = 0.5;
const OUTER: f64 = 0.25;
const TO_ROOM: f64 = 0.2;
/// What of the face's rise drives heat into a wall at balance, from the three figures above.
const BALANCE: f64 = 0.182;

/// A kiln that gets to 1300 °C with 55 % of its power takes this much to hold a temperature, % for each K above the
/// room. A record of an hour tells of the wall's first centimetres only and would have it less.
const HOLDS: f64 = 0.043;

/// The longest step, s.
const STEP: f64 = 4.0;

/// A kiln.
#[derive(Clone, Copy, Debug)]
struct Brick {
    element_s: f64,
    load: f64,
    tip_sees: f64,
    tip_s: f64,
    warms: f64,
    face_ware: f64,
    ware_face: f64,
    face_wall: f64,
    soaks: f64,
    late: f64,
    dries: f64,
    water: f64,
}

impl Brick {
    fn new(logs: &Logs) -> Self {
        let [element_s, load, tip_sees, tip_s, warms, face_ware, ware_face, face_wall, soaks, late, dries, water] =
            exp(logs);
        Self { element_s, load, tip_sees, tip_s, warms, face_ware, ware_face, face_wall, soaks, late, dries, water }
    }

    /// The heat that elements of `excess` K above a kiln of `kelvin` give off, %, and its rise, %/K.
    fn given(&self, excess: f64, kelvin: f64) -> (f64, f64) {
        let (element, per_kelvin) = (kelvin + excess, 100.0 / self.load);
        let fourth = |x: f64| x * x * x * x;
        (
            per_kelvin * (excess + RADIATES * (fourth(element) - fourth(kelvin))),
            per_kelvin * (1.0 + 4.0 * RADIATES * element * element * element),
        )
    }
}

/// What is where.
#[derive(Clone, Copy, Debug, Default)]
struct State {
    elements: f64,
    face: f64,
    ware: f64,
    inner: f64,
    outer: f64,
    tip: f64,
    water: f64,
}

/// How the kiln's surroundings depend on its temperature.
struct Weather {
    kelvin: f64,
    /// Exchange through air and by radiation, over that at [`GIVEN_AT`].
    exchange: f64,
    conducts: f64,
    stores: f64,
}

impl Weather {
    fn at(kelvin: f64) -> Self {
        let over = kelvin / GIVEN_AT;
        Self {
            kelvin,
            exchange: (1.0 + SHARE * over * over * over) / (1.0 + SHARE),
            conducts: 1.0 + CONDUCTS * (kelvin - GIVEN_AT),
            stores: 1.0 + STORES * (kelvin - GIVEN_AT),
        }
    }
}

impl State {
    /// `h` seconds with `power` %; the mean of the tip's rise. `dry` is what the water takes, %. Each store by a
    /// linearised trapezoid: second order, and stable however fast the store.
    fn step(&mut self, kiln: &Brick, power: f64, dry: f64, h: f64, weather: &Weather) -> f64 {
        let Weather { kelvin, exchange, conducts, stores } = *weather;
        let (given, rises) = kiln.given(self.elements - self.face, kelvin);
        let capacity = kiln.element_s * 100.0 / kiln.load;
        let warmer = h * (power - given) / (capacity + 0.5 * h * rises);
        let flow = given + 0.5 * rises * warmer;
        let Self { face, ware, inner, outer, .. } = *self;

        let (to_ware, to_wall) = (kiln.face_ware * exchange, kiln.face_wall * conducts);
        let into_face = (TO_FACE * kiln.warms * flow - to_ware * (face - ware) - to_wall * (face - inner)) / stores;
        let into_ware = kiln.warms * ((1.0 - TO_FACE) * flow - dry) + to_ware * (face - ware);
        let soaks = kiln.soaks * conducts;
        let into_inner = soaks * (face - inner - BETWEEN * (inner - outer)) / stores;
        let into_outer = soaks * (OUTER * (inner - outer) - TO_ROOM * outer) / stores;
        let damped = |rate: f64, leaves: f64| h * rate / (1.0 + 0.5 * h * leaves);
        let face_warmer = damped(into_face, to_ware + to_wall);
        let ware_warmer = damped(into_ware * kiln.ware_face / (kiln.face_ware * stores), kiln.ware_face * exchange);
        let sees = SEES_FACE * (face + 0.5 * face_warmer) + (1.0 - SEES_FACE) * (ware + 0.5 * ware_warmer);
        // The tip gives back what it sees of the elements by the same exchange as everything else.
        let sees = sees + kiln.tip_sees * flow / exchange;
        let follows = exchange / kiln.tip_s;
        let tip_warmer = damped(follows * (sees - self.tip), follows);
        let mean = self.tip + 0.5 * tip_warmer;

        self.elements += warmer;
        self.face += face_warmer;
        self.ware += ware_warmer;
        self.inner += damped(into_inner, 1.5 * soaks);
        self.outer += damped(into_outer, 0.5 * soaks);
        self.tip += tip_warmer;
        self.water -= dry * h;
        mean
    }

    /// What the water of the ware takes, %.
    fn drying(&self, kiln: &Brick, start: f64) -> f64 {
        let over = start + self.ware - DRYING.get();
        if self.water > 0.0 && over > 0.0 { (self.water / DRYING_LEAST).min(kiln.dries * over) } else { 0.0 }
    }
}

/// A record to drive kilns through.
pub(super) struct Driven<'a>(pub(super) &'a Record);

/// A kiln driven through a record: the rise of each cell.
pub(super) struct Run<'a> {
    record: &'a Record,
    kiln: Brick,
    state: State,
    start: f64,
    index: usize,
    /// Cells that the power is late, and the share of a cell beyond.
    behind: (usize, f64),
    steps: u16,
}

impl<'a> Model<FIGURES> for Driven<'a> {
    type Run = Run<'a>;

    fn run(&self, figures: &Logs) -> Run<'a> {
        let (record, kiln) = (self.0, Brick::new(figures));
        let start = record.start().map_or(0.0, Celsius::get);
        let state = State { water: kiln.water, ..State::default() };
        let mut steps = 1;
        while record.width() > STEP * f64::from(steps) {
            steps += 1;
        }
        Run { record, kiln, state, start, index: 0, behind: super::cells(kiln.late / record.width()), steps }
    }

    fn seen(&self) -> impl Iterator<Item = Option<f64>> {
        self.0.rises()
    }
}

impl Iterator for Run<'_> {
    type Item = f64;

    fn next(&mut self) -> Option<f64> {
        let power = self.record.late(self.index, self.behind);
        self.index += 1;
        let count = f64::from(self.steps);
        let h = self.record.width() / count;
        let mut sum = 0.0;
        for _ in 0..self.steps {
            let weather = Weather::at(FREEZING + self.start + self.state.face);
            let dry = self.state.drying(&self.kiln, self.start);
            sum += self.state.step(&self.kiln, power, dry, h, &weather);
        }
        Some(sum / count)
    }
}

/// A kiln that goes on from rest, second by second.
#[derive(Clone, Copy, Debug)]
pub(super) struct Alive {
    kiln: Brick,
    state: State,
    start: f64,
}

impl Alive {
    /// Dry: water is the ware's of one firing and not the kiln's.
    pub(super) fn new(logs: &Logs, start: Celsius) -> Self {
        Self { kiln: Brick::new(logs), state: State::default(), start: start.get() }
    }

    /// Seconds the power is late.
    pub(super) const fn late(&self) -> f64 {
        self.kiln.late
    }

    /// One second with `power` %; the tip's rise above the start, K.
    pub(super) fn second(&mut self, power: f64) -> f64 {
        let weather = Weather::at(FREEZING + self.start + self.state.face);
        self.state.step(&self.kiln, power, 0.0, 1.0, &weather);
        self.state.tip
    }
}

/// The rise per percent after a small step of power, every [`EVERY`] seconds, of a kiln at rest at a temperature.
pub(super) struct Answer {
    rises: [f64; ANSWERS],
    late: f64,
}

/// How far apart an [`Answer`]'s points are, s; and how long it lasts: 80 minutes.
const EVERY: f64 = 4.0;
const ANSWERS: usize = 1201;
/// Steps in which elements come to rest.
const REST: u32 = 400;

impl Answer {
    /// Of a dry kiln that stands at `about` with the power that its wall then takes, started from `start`.
    pub(super) fn of(logs: &Logs, start: Celsius, about: Celsius) -> Self {
        let kiln = Brick::new(logs);
        let weather = Weather::at(FREEZING + about.get());
        let rise = (about - start).get().max(0.0);
        let holds = (BALANCE * kiln.face_wall * weather.conducts / kiln.warms).max(HOLDS) * rise;
        let resting = (0..REST).fold(0.0, |excess, _| {
            let (given, rises) = kiln.given(excess, weather.kelvin);
            excess + (holds - given) / rises
        });
        let at_rest = State { elements: resting, ..State::default() };
        // The elements alone are not linear: with and without the step, the difference is the answer.
        let (mut with, mut without) = (at_rest, at_rest);
        let mut rises = [0.0; ANSWERS];
        for rise in rises.iter_mut().skip(1) {
            with.step(&kiln, holds + 1.0, 0.0, EVERY, &weather);
            without.step(&kiln, holds, 0.0, EVERY, &weather);
            *rise = with.tip - without.tip;
        }
        Self { rises, late: kiln.late }
    }

    /// The rise so many seconds after the step, K/%.
    pub(super) fn at(&self, seconds: f64) -> f64 {
        let (whole, part) = super::cells((seconds - self.late).max(0.0) / EVERY);
        let value = |index: usize| self.rises.get(index).or(self.rises.last()).copied().unwrap_or(0.0);
        value(whole) + (value(whole + 1) - value(whole)) * part
    }
}
