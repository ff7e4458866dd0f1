//! A kiln in eight numbers: the duty that explains how fast it gets hotter.
//!
//! ```text
//! q + d = (θ0 + θ1·T)·dT/dt + θ2·(T-Ta) + θ3·(z⁴-za⁴) + θ4·(T-F60) + θ5·(T-F400) + θ6·(T-F3000) + θ7·(T-F400)·(T-Ta)
//! ```
//! q is the duty really applied, behind two equal lags; d what the model does not explain; Fτ the temperature behind a
//! lag of τ seconds (three layers of wall), z a thousandth of the kelvin. In words: heat capacity that rises with the
//! temperature, conduction, radiation, three layers of wall, conductivity that rises with the temperature. Times in s,
//! temperatures in °C, duties as shares of full power. It learns nothing and wants nothing.

/// How many numbers a kiln is.
pub const TERMS: usize = 8;
/// Time constants of the wall's layers, s.
pub(super) const LAYERS_S: [f32; 3] = [60.0, 400.0, 3000.0];
/// The room that heat is lost to, °C. A room of another temperature shows as a small disturbance.
const ROOM: f32 = 22.0;
/// 0 °C, K.
const ZERO_K: f32 = 273.15;
/// The least heat capacity anything is divided by, s/K: a kiln that climbs 5 °C a second.
const CAPACITY_LEAST: f32 = 0.2;
/// Heat capacities a kiln can have, s/K; below 0 for a moment while little is known of the cold or the heat.
const CAPACITIES: core::ops::RangeInclusive<f32> = -1.0..=200.0;
/// Duties that can hold a kiln hot, more than all of it for one that does not get there.
const HOLDING: core::ops::RangeInclusive<f32> = -0.5..=8.0;
/// No number of a kiln is as large as this.
const NUMBER_MOST: f32 = 500.0;
/// What each number can be.
pub(super) const POSSIBLE: [core::ops::RangeInclusive<f32>; TERMS] =
    [0.05..=40.0, 0.0..=60.0, 0.0..=10.0, 0.0..=1.0, -2.0..=40.0, 0.0..=20.0, 0.0..=10.0, 0.0..=10.0];
/// What each term is multiplied by, so that the numbers of a kiln are about 1.
const SCALES: [f32; TERMS] = [1.0, 1e-3, 1e-3, 1.0, 1e-2, 1e-2, 1e-2, 1e-5];

/// The numbers of a kiln.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Numbers(pub [f32; TERMS]);

/// What the model says of a moment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct State {
    /// The temperature.
    pub at: f32,
    /// The duty behind one and behind both lags.
    pub heat: [f32; 2],
    /// The layers of the wall.
    pub layers: [f32; 3],
}

/// What acts on the kiln while time passes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Acting {
    /// The duty applied.
    pub duty: f32,
    /// The heat that the model does not explain, as a duty.
    pub unexplained: f32,
    /// Both lags together, s.
    pub lag_s: f32,
}

/// The eight terms of a moment: what each number is multiplied by.
pub(super) fn terms(at: f32, rate: f32, layers: [f32; 3]) -> [f32; TERMS] {
    let over = at - ROOM;
    let [near, middle, deep] = layers.map(|layer| at - layer);
    let [s0, s1, s2, s3, s4, s5, s6, s7] = SCALES;
    [s0 * rate, s1 * rate * at, s2 * over, s3 * radiated(at), s4 * near, s5 * middle, s6 * deep, s7 * middle * over]
}

/// z⁴ - za⁴ of a temperature.
fn radiated(at: f32) -> f32 {
    let square = |at: f32| {
        let thousandth = (at + ZERO_K) * 1e-3;
        thousandth * thousandth
    };
    let (hot, room) = (square(at), square(ROOM));
    hot * hot - room * room
}

/// The sum of the products.
pub(super) fn dot(a: &[f32; TERMS], b: &[f32; TERMS]) -> f32 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

impl Numbers {
    /// A kiln before anything is known of it: between a small test kiln and a top loader. It may be wrong by three.
    pub const PRIOR: Self = Self([0.25, 1.2, 0.45, 0.035, 1.1, 0.25, 0.08, 0.2]);

    /// Seconds of full heat for a kelvin, at a temperature.
    pub(super) fn capacity(&self, at: f32) -> f32 {
        let Self([still, rising, ..]) = self;
        (still + rising * 1e-3 * at).max(CAPACITY_LEAST)
    }

    /// The duty that a state loses, and how much more it loses for a kelvin.
    fn loss(&self, state: &State) -> (f32, f32) {
        let Self([_, _, conduction, radiation, near, middle, deep, hot_wall]) = self;
        let z = (state.at + ZERO_K) * 1e-3;
        let [_, layer, _] = state.layers;
        let more = conduction * 1e-3
            + radiation * 4e-3 * z * z * z
            + (near + middle + deep) * 1e-2
            + hot_wall * 1e-5 * (2.0 * state.at - layer - ROOM);
        (dot(&self.0, &terms(state.at, 0.0, state.layers)), more.max(0.0))
    }

    /// Whether each number is one that a kiln can have.
    pub fn is_possible(&self) -> bool {
        self.0.iter().zip(&POSSIBLE).all(|(number, possible)| possible.contains(number))
    }

    /// Whether these can be a kiln's: between the lightest and the heaviest there are, from cold to hot, and losing heat
    /// in the cold and the heat.
    pub fn is_a_kiln(&self) -> bool {
        let finite = self.0.iter().all(|number| number.is_finite() && number.abs() < NUMBER_MOST);
        let [still, rising, ..] = self.0;
        let capacities = [20.0, 700.0, 1350.0].map(|at| still + rising * 1e-3 * at);
        finite
            && capacities.iter().all(|capacity| CAPACITIES.contains(capacity))
            && [600.0, 1200.0].iter().all(|at| HOLDING.contains(&self.holding_duty(*at)))
    }

    /// The duty that holds a kiln at a temperature for ever, its walls soaked.
    pub fn holding_duty(&self, at: f32) -> f32 {
        self.loss(&State::soaked(at)).0
    }
}

impl State {
    /// A kiln that has been at one temperature for long, without heat on its way.
    pub(super) const fn soaked(at: f32) -> Self {
        Self { at, heat: [0.0; 2], layers: [at; 3] }
    }

    /// Lives through `h` seconds, linearly implicit in the loss so that any step is stable; returns the rate, K/s.
    pub(super) fn pass(&mut self, kiln: &Numbers, acting: &Acting, h: f32) -> f32 {
        let (loss, more) = kiln.loss(self);
        let [first, second] = self.heat;
        let rate = (second - loss + acting.unexplained) / (kiln.capacity(self.at) + h * more);
        let share = (2.0 * h / acting.lag_s).min(1.0);
        self.heat = [first + share * (acting.duty - first), second + share * (first - second)];
        let before = self.at;
        self.at += h * rate;
        for (layer, tau) in self.layers.iter_mut().zip(LAYERS_S) {
            *layer += h / tau * (before - *layer);
        }
        rate
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_holding_duty_holds() {
        for at in [100.0, 600.0, 1200.0] {
            let mut state = State::soaked(at);
            let duty = Numbers::PRIOR.holding_duty(at);
            state.heat = [duty; 2];
            let acting = Acting { duty, unexplained: 0.0, lag_s: 30.0 };
            for _ in 0..3600 {
                state.pass(&Numbers::PRIOR, &acting, 1.0);
            }
            assert!((state.at - at).abs() < 0.05, "{at} {state:?}");
        }
    }

    #[test]
    fn long_steps_are_stable() {
        let mut state = State::soaked(1200.0);
        for _ in 0..100 {
            state.pass(&Numbers::PRIOR, &Acting { duty: 0.0, unexplained: 0.0, lag_s: 10.0 }, 10.0);
            assert!(state.at > 20.0 && state.at < 1200.0, "{state:?}");
        }
    }
}
