//! The rules of a firing: every choice that is a setting, and the two sets of them.
//!
//! [`Rules::SHIPPING`] is what a kiln gets. [`Rules::REFERENCE`] makes the same code behave as the controller whose
//! recorded figures the golden replay compares with.

use super::run::HISTORY;
use crate::command::TuningMode;
use crate::limits;
use crate::profile::Profile;
use crate::tune::Plan;
use crate::units::{Celsius, CelsiusPerHour, Kelvin, Millis};

/// The rules of a firing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rules {
    /// The configured maximum temperature; the guards withhold heat above it, in any state.
    pub max_temperature: Celsius,
    /// What one conditioned reading above the maximum does.
    pub too_hot: TooHot,
    /// Where a new firing begins.
    pub start: StartAt,
    /// When a step is over and what the next one starts from.
    pub arrival: Arrival,
    /// How many readings in a row it takes to believe that a temperature has been reached.
    pub confirm: u32,
    /// Whether and how the schedule clock waits for a kiln that is behind.
    pub wait: Option<WaitRule>,
    /// Whether and how a ramp gets a slower rate.
    pub adapt: Option<AdaptRule>,
    /// When a kiln counts as standing still.
    pub stall: StallRule,
    /// How a firing that was cut off goes on.
    pub reheat: Reheat,
    /// What a cooling step asks of the regulator.
    pub cooling: Cooling,
    /// The temperature at which a cooling step without a target ends; `None`: never.
    pub open_cooling_ends: Option<Celsius>,
    /// How often the rate history takes a temperature.
    pub record_every: Millis,
    /// The window over which the rate is measured.
    pub rate_window: Millis,
    /// Whether the end of a firing stays visible until someone does something; else Idle follows at the next tick.
    pub completion_stays: bool,
    /// Whether a new firing may begin while a fault is latched.
    pub start_from_error: bool,
    /// Whether a profile or hold hotter than the maximum temperature is refused at the start.
    pub refuse_hot_targets: bool,
    /// Which plans a tuning run follows.
    pub plans: Plans,
    /// Where a hold or pause that nobody renews falls back to.
    pub bank: Bank,
    /// How long a pause may last.
    pub pause_longest: Millis,
}

/// What one conditioned reading above the maximum does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TooHot {
    /// Nothing here: the guards have seen the raw readings it is made of, and tell a spike from a runaway.
    LeftToGuards,
    /// It latches at once.
    EndsHere,
}

/// Where a new firing begins.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum StartAt {
    /// With the first step, whatever the kiln's temperature.
    FirstStep,
    /// With the first step that the kiln has not passed; a hold counts as passed only this far below it.
    FirstUnreached(Kelvin),
}

/// When a step is over and what the next one starts from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Arrival {
    /// A ramp ends when the reading crosses its target; a hold counts from its entry; a ramp starts from the reading.
    Crossing,
    /// A ramp ends when the set-point is at its target and the reading within this band of it (or across); into
    /// another ramp of the same direction the set-point alone decides. A hold counts from when the reading is within
    /// the band. A ramp goes on from the set-point where the reading is close to it.
    Band(Kelvin),
}

/// How the schedule clock waits for the kiln.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WaitRule {
    /// The output must be this far up (or this far from 100 % down) to count as all the kiln has, in percent.
    pub saturated_percent: f64,
    /// The kiln must be more than this behind.
    pub behind: Kelvin,
    /// The most waiting in one step.
    pub longest: Millis,
}

/// How a ramp gets a slower rate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AdaptRule {
    /// The least time in the ramp.
    pub after: Millis,
    /// The least time between two changes.
    pub every: Millis,
    /// The least output, in percent.
    pub output_percent: f64,
    /// The kiln must be more than this behind.
    pub behind: Kelvin,
    /// All of it must have been true for so long: one wild reading is no reason to change a firing.
    pub lasting: Millis,
    /// The measured rate must be below this share of the wanted one.
    pub below_share: f64,
    /// The new rate as a share of the measured one.
    pub new_share: f64,
}

/// When a kiln counts as standing still.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StallRule {
    /// How often it is judged.
    pub every: Millis,
    /// How many judgements in a row it takes.
    pub fails: u32,
    /// How many it takes to end a firing that only stands still: a mains that comes back in ten minutes ends none.
    pub fails_standing: u32,
    /// The time in the step before it counts.
    pub grace: Millis,
    /// The minimum where the step names none.
    pub default_minimum: DefaultMinimum,
    /// Within this band of its target a kiln that stands still counts as there.
    pub arrival_band: Kelvin,
    /// Whether ramps are judged by the size of their rate alone, before the history covers its window, and descents
    /// fail like climbs; else ramps and unreached holds by their rate toward the target while the kiln is behind, and
    /// only climbs fail.
    pub blind: bool,
}

/// The minimum rate of a ramp that names none.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum DefaultMinimum {
    /// This share of the rate wanted.
    Share(f64),
    /// This rate, or half the rate wanted where that is lower.
    Floor(CelsiusPerHour),
}

/// How a firing that was cut off goes on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Reheat {
    /// Straight to the last known temperature when more than `loss` was lost, as fast as the kiln can.
    Jump {
        /// The loss that counts.
        loss: Kelvin,
    },
    /// From where the kiln is, at no more than the profile's rate.
    AtProfileRate,
}

/// What a cooling step asks of the regulator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cooling {
    /// Nothing: the regulator rests, and starts fresh with the next step.
    NoHeat,
    /// 0 °C: the regulator goes on and keeps what it has learned.
    ZeroDegrees,
}

/// Which plans a tuning run follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Plans {
    /// Those that find their plateaus under low caps.
    Shipping,
    /// Those of the reference controller.
    Reference,
}

impl Plans {
    /// The plan for a mode, if there is one.
    pub const fn plan(self, mode: TuningMode) -> Option<&'static Plan> {
        match self {
            Self::Shipping => Some(Plan::shipping(mode)),
            Self::Reference => Plan::reference(mode),
        }
    }
}

/// A low temperature for a bounded time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bank {
    /// The temperature, at most [`limits::BANK_HOTTEST`].
    pub target: Celsius,
    /// The time there, at most [`limits::BANK_LONGEST`].
    pub time: Millis,
}

impl Rules {
    /// What a kiln gets.
    pub const SHIPPING: Self = Self {
        max_temperature: limits::MAX_TEMPERATURE_DEFAULT,
        too_hot: TooHot::LeftToGuards,
        start: StartAt::FirstUnreached(Kelvin::whole(10)),
        arrival: Arrival::Band(Kelvin::whole(1)),
        confirm: 5,
        wait: Some(WaitRule { saturated_percent: 99.0, behind: Kelvin::whole(4), longest: Millis::from_minutes(30) }),
        adapt: Some(AdaptRule::SHIPPING),
        stall: StallRule {
            every: Millis::from_minutes(1),
            fails: 3,
            fails_standing: 20,
            grace: Millis::from_minutes(10),
            default_minimum: DefaultMinimum::Floor(CelsiusPerHour::whole(5)),
            arrival_band: Kelvin::whole(10),
            blind: false,
        },
        reheat: Reheat::AtProfileRate,
        cooling: Cooling::NoHeat,
        open_cooling_ends: Some(Celsius::whole(60)),
        record_every: Millis::from_seconds(10),
        rate_window: Millis::from_minutes(10),
        completion_stays: true,
        start_from_error: false,
        refuse_hot_targets: true,
        plans: Plans::Shipping,
        bank: Bank { target: Celsius::whole(150), time: Millis::from_hours(2) },
        pause_longest: Millis::from_hours(1),
    };

    /// The same for whoever would rather have a ramp that waits than a slower one: the rates stay, the clock stands still.
    pub const WAITING: Self = Self {
        wait: Some(WaitRule { saturated_percent: 99.0, behind: Kelvin::whole(4), longest: Millis::from_hours(12) }),
        adapt: None,
        ..Self::SHIPPING
    };

    /// The reference controller's behaviour, with its default settings.
    pub const REFERENCE: Self = Self {
        too_hot: TooHot::EndsHere,
        start: StartAt::FirstStep,
        arrival: Arrival::Crossing,
        confirm: 1,
        wait: None,
        adapt: None,
        stall: StallRule {
            default_minimum: DefaultMinimum::Share(0.8),
            arrival_band: Kelvin::ZERO,
            blind: true,
            ..Self::SHIPPING.stall
        },
        reheat: Reheat::Jump { loss: Kelvin::whole(5) },
        cooling: Cooling::ZeroDegrees,
        open_cooling_ends: None,
        completion_stays: false,
        start_from_error: true,
        refuse_hot_targets: false,
        plans: Plans::Reference,
        ..Self::SHIPPING
    };
}

/// A rule that is out of its range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RuleError {
    /// The maximum temperature lies outside its limits.
    MaxTemperature,
    /// The bank is hotter or longer than its limits.
    Bank,
    /// A pause may last longer than its limit.
    Pause,
    /// The rate history cannot cover its window, or takes no samples.
    RateWindow,
    /// Arrival needs no reading at all.
    Confirm,
    /// A rule is judged all the time.
    Stall,
    /// A percentage or share of the waiting rule is none, or it waits for a kiln that is not behind.
    Wait,
    /// A percentage or share of the slowing rule is none, or it slows a kiln that is not behind.
    Adapt,
    /// The default minimum rate is no share.
    Minimum,
}

impl Rules {
    /// Whether a profile asks for more than this kiln may be heated to, and is refused for it.
    pub(super) fn refuses(&self, profile: &Profile) -> bool {
        profile.peak().is_some_and(|peak| self.refuses_target(peak))
    }

    /// The same of one temperature.
    pub(super) fn refuses_target(&self, target: Celsius) -> bool {
        self.refuse_hot_targets && target > self.max_temperature
    }

    /// Whether every rule is inside its limits.
    ///
    /// # Errors
    /// The first that is not.
    pub fn check(&self) -> Result<(), RuleError> {
        let range = limits::MAX_TEMPERATURE_LOWEST..=limits::CEILING;
        let samples = self.rate_window.get().checked_div(self.record_every.get());
        // Both ends of the window count.
        let covers = samples.and_then(|samples| usize::try_from(samples).ok()).is_some_and(|samples| samples < HISTORY);
        let bank = self.bank.target <= limits::BANK_HOTTEST && self.bank.time <= limits::BANK_LONGEST;
        let checks = [
            (range.contains(&self.max_temperature), RuleError::MaxTemperature),
            (bank, RuleError::Bank),
            (self.pause_longest <= limits::PAUSE_LONGEST, RuleError::Pause),
            (covers, RuleError::RateWindow),
            (self.confirm > 0, RuleError::Confirm),
            (
                self.stall.every > Millis::ZERO && self.stall.fails > 0 && self.stall.fails_standing > 0,
                RuleError::Stall,
            ),
            (self.wait.is_none_or(|wait| wait.is_sound()), RuleError::Wait),
            (self.adapt.is_none_or(|adapt| adapt.is_sound()), RuleError::Adapt),
            (self.stall.default_minimum.is_sound(), RuleError::Minimum),
        ];
        checks.into_iter().find(|(fine, _)| !fine).map_or(Ok(()), |(_, error)| Err(error))
    }
}

impl WaitRule {
    fn is_sound(&self) -> bool {
        PERCENT.contains(&self.saturated_percent) && self.behind >= Kelvin::ZERO
    }
}

impl AdaptRule {
    /// What a ramp that is slowed gets.
    pub const SHIPPING: Self = Self {
        after: Millis::from_minutes(10),
        every: Millis::from_minutes(5),
        output_percent: 95.0,
        behind: Kelvin::whole(20),
        lasting: Millis::from_seconds(30),
        below_share: 0.85,
        new_share: 0.9,
    };

    fn is_sound(&self) -> bool {
        let shares = [self.below_share, self.new_share];
        PERCENT.contains(&self.output_percent)
            && shares.iter().all(|share| SHARE.contains(share))
            && self.behind >= Kelvin::ZERO
    }
}

impl DefaultMinimum {
    fn is_sound(&self) -> bool {
        match self {
            Self::Share(share) => SHARE.contains(share),
            Self::Floor(rate) => *rate >= CelsiusPerHour::ZERO,
        }
    }
}

/// What a percentage may be; NaN lies outside.
const PERCENT: core::ops::RangeInclusive<f64> = 0.0..=100.0;

/// What a share may be; NaN lies outside.
const SHARE: core::ops::RangeInclusive<f64> = 0.0..=1.0;

/// How close to the reheat's end counts as there. The reference controller's figure.
pub(super) const REHEATED_WITHIN: Kelvin = Kelvin::whole(1);

/// A step of the clock backwards or longer than this is not time that passed in the kiln's firing. The reference
/// controller's figure.
pub(super) const CLOCK_STEP_LONGEST: Millis = Millis::from_minutes(1);

/// What a step of the clock that cannot be believed counts as.
pub(super) const CLOCK_STEP_ASSUMED: Millis = Millis::from_seconds(1);

const _: () = assert!(Rules::SHIPPING.bank.target.get() <= limits::BANK_HOTTEST.get());
const _: () = assert!(Rules::SHIPPING.bank.time.get() <= limits::BANK_LONGEST.get());
const _: () = assert!(Rules::SHIPPING.pause_longest.get() <= limits::PAUSE_LONGEST.get());

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_inside_their_limits_or_named() {
        let ship = Rules::SHIPPING;
        let hot = |max_temperature| Rules { max_temperature, ..ship };
        let wait = |change: fn(&mut WaitRule)| {
            let mut wait = ship.wait.unwrap();
            change(&mut wait);
            Rules { wait: Some(wait), ..ship }
        };
        let adapt = |change: fn(&mut AdaptRule)| {
            let mut adapt = AdaptRule::SHIPPING;
            change(&mut adapt);
            Rules { adapt: Some(adapt), ..ship }
        };
        let minimum = |default_minimum| Rules { stall: StallRule { default_minimum, ..ship.stall }, ..ship };
        let cases = [
            (ship, Ok(())),
            (Rules::REFERENCE, Ok(())),
            (hot(limits::CEILING), Ok(())),
            (hot(limits::CEILING + Kelvin::milli(1)), Err(RuleError::MaxTemperature)),
            (hot(Celsius::whole(49)), Err(RuleError::MaxTemperature)),
            (Rules { bank: Bank { target: Celsius::whole(601), ..ship.bank }, ..ship }, Err(RuleError::Bank)),
            (Rules { bank: Bank { time: Millis::from_hours(9), ..ship.bank }, ..ship }, Err(RuleError::Bank)),
            (Rules { pause_longest: Millis::from_hours(5), ..ship }, Err(RuleError::Pause)),
            (Rules { record_every: Millis::ZERO, ..ship }, Err(RuleError::RateWindow)),
            (Rules { rate_window: Millis::from_seconds(640), ..ship }, Err(RuleError::RateWindow)),
            (Rules { confirm: 0, ..ship }, Err(RuleError::Confirm)),
            (Rules { stall: StallRule { fails: 0, ..ship.stall }, ..ship }, Err(RuleError::Stall)),
            (wait(|wait| wait.saturated_percent = f64::NAN), Err(RuleError::Wait)),
            (wait(|wait| wait.saturated_percent = 100.1), Err(RuleError::Wait)),
            (wait(|wait| wait.behind = Kelvin::milli(-1)), Err(RuleError::Wait)),
            (adapt(|adapt| adapt.output_percent = f64::INFINITY), Err(RuleError::Adapt)),
            (adapt(|adapt| adapt.below_share = -0.1), Err(RuleError::Adapt)),
            (adapt(|adapt| adapt.new_share = 1.1), Err(RuleError::Adapt)),
            (adapt(|adapt| adapt.behind = Kelvin::milli(-1)), Err(RuleError::Adapt)),
            (minimum(DefaultMinimum::Share(f64::NAN)), Err(RuleError::Minimum)),
            (minimum(DefaultMinimum::Floor(CelsiusPerHour::whole(-1))), Err(RuleError::Minimum)),
        ];
        for (rules, expected) in cases {
            assert_eq!(rules.check(), expected, "{rules:?}");
        }
    }
}
