//! What every tuning rule is told of a kiln: a gain, a time constant, a dead time.

/// A first-order process behind a dead time.
///
/// `temperature = gain · power` in the end, reached exponentially with `time_constant` after `dead_time` of nothing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fopdt {
    gain: f64,
    time_constant: f64,
    dead_time: f64,
}

/// One turn of the control loop, s: what is faster than this is taken to be as slow.
const TURN: f64 = 1.0;

impl Fopdt {
    /// Takes the gain in K per percent of full power, the time constant and the dead time in s; `None` unless gain and
    /// time constant are above 0, the dead time is at least 0 and all are finite.
    pub fn new(gain: f64, time_constant: f64, dead_time: f64) -> Option<Self> {
        let sound = gain > 0.0 && gain.is_finite() && time_constant > 0.0 && time_constant.is_finite();
        (sound && dead_time >= 0.0 && dead_time.is_finite()).then_some(Self { gain, time_constant, dead_time })
    }

    /// Takes figures as the reference's analyser does, which has no door: a gain that is none counts as 1 K/%, and both
    /// times as at least 1 s.
    pub fn forced(gain: f64, time_constant: f64, dead_time: f64) -> Self {
        let gain = if gain > 0.0 { gain } else { 1.0 };
        Self { gain, time_constant: time_constant.max(TURN), dead_time: dead_time.max(TURN) }
    }

    /// The rise that one percent of full power makes in the end, K/%.
    pub const fn gain(&self) -> f64 {
        self.gain
    }

    /// How long it takes to 63 % of that rise once it has begun, s.
    pub const fn time_constant(&self) -> f64 {
        self.time_constant
    }

    /// How long nothing happens, s.
    pub const fn dead_time(&self) -> f64 {
        self.dead_time
    }

    /// How fast it climbs per percent of power, K/(s·%): what a regulator notices first.
    pub fn slope(&self) -> f64 {
        self.gain / self.time_constant
    }

    /// The same kiln as a loop sees it that turns once a second: no time in it below a second.
    pub(super) fn in_turns(&self) -> Self {
        Self { time_constant: self.time_constant.max(TURN), dead_time: self.dead_time.max(TURN), ..*self }
    }
}
