//! A tuning run: heats a kiln by a plan and lets the log show how it answers.
//!
//! Decides the power, the steps and their ends, and that a run above its cap has failed. It draws no conclusions:
//! gains are fitted from the log. It knows neither the relay nor the log.
//!
//! A plan says what to do ([`Plan`]), a [`Tuning`] remembers how far it has come. The plans that ship find their
//! plateaus by closing the loop on the temperature ([`plan::Kind::Settle`]): no fixed percentage holds both a small
//! test kiln and a brick front-loader below 100 °C, and the walls of either take hours to reach a balance of their
//! own. Around the plateau they step the power by a known amount.
//!
//! ```text
//! Waiting ──first reading──▶ step 0 ─done─▶ step 1 ─done─▶ … ─done─▶ Finished
//!                              └──────── above the cap ────────▶ Failed
//! ```

pub mod plan;
mod plateau;
pub mod reference;
mod relay;
mod settle;
pub mod shipping;
mod step;
mod swing;

pub use plan::Plan;
pub use settle::Answer;
pub use swing::{Swing, Swings};

use crate::fault::Fault;
use crate::limits;
use crate::units::{Celsius, Duty, Instant, Kelvin, Millis};
use plan::{Kind, Step, Until};
use step::{Progress, Verdict};

/// What the run asks for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum TuneDemand {
    /// This much heat.
    Heat(Duty),
    /// Nothing more: the run is over.
    Finished,
    /// Nothing more: the run has failed.
    Failed(Fault),
}

/// What a run has found out for itself.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct Findings {
    /// How the kiln answered its first heat.
    pub answer: Option<Answer>,
    /// The last plateau a loop settled on, and the mean power it took.
    pub steady: Option<(Celsius, Duty)>,
    /// How many plateaus loops have settled on.
    pub plateaus: u8,
    /// The figures of the relay test.
    pub swing: Option<Swing>,
}

/// Where a run is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Stage {
    /// It goes on.
    Running,
    /// It has come to its end.
    Finished,
    /// It has failed.
    Failed(Fault),
}

/// What a step tries to get to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Goal {
    /// A temperature.
    Reach(Celsius),
    /// A fall from the step's highest temperature.
    Drop(Kelvin),
}

/// What there is to show of a run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct View {
    /// Where the run is.
    pub stage: Stage,
    /// The step, counted from 0; the number of steps once the run is over.
    pub index: usize,
    /// How many steps there are.
    pub count: usize,
    /// The last step begun.
    pub step: Step,
    /// What it tries to get to.
    pub goal: Option<Goal>,
    /// How long it has been going on.
    pub elapsed: Millis,
    /// Whether it has found a plateau.
    pub plateau: bool,
    /// Its highest temperature; `None` before the first reading.
    pub peak: Option<Celsius>,
    /// The samples its plateau is judged by.
    pub samples: usize,
    /// The cap of the run.
    pub cap: Celsius,
}

/// Why a cap is not one a plan can be run under.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BadCap {
    /// The lowest cap.
    pub lowest: Celsius,
    /// The highest cap.
    pub highest: Celsius,
}

/// The lowest cap: below it a kiln in a warm workshop has no room to move.
pub const LOWEST_CAP: Celsius = Celsius::whole(50);

/// A tuning run and what it remembers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tuning {
    plan: &'static Plan,
    cap: Celsius,
    stage: Stage,
    index: usize,
    progress: Option<Progress>,
    findings: Findings,
    believed: Believed,
}

impl Tuning {
    /// A run of `plan`, under its own cap or another one.
    ///
    /// # Errors
    /// The caps that can be chosen, when `cap` is not one of them.
    pub fn new(plan: &'static Plan, cap: Option<Celsius>) -> Result<Self, BadCap> {
        let cap = cap.unwrap_or(plan.cap);
        let bad = BadCap { lowest: LOWEST_CAP + plan.headroom, highest: limits::TUNING_HOTTEST };
        if cap < bad.lowest || cap > bad.highest {
            return Err(bad);
        }
        let (stage, findings) = (Stage::Running, Findings::default());
        Ok(Self { plan, cap, stage, index: 0, progress: None, findings, believed: Believed::default() })
    }

    /// The highest temperature of a kiln this run can be started on: a hotter one could not show what it does.
    pub fn startable_up_to(&self) -> Celsius {
        let lowest = self.plan.steps.iter().filter_map(|step| match step.kind {
            Kind::Settle { target, .. } | Kind::Relay { around: target, .. } => Some(target.min(self.hottest())),
            Kind::Drive { .. } | Kind::Probe { .. } | Kind::Bump { .. } => None,
        });
        lowest.reduce(Celsius::min).map_or(self.cap, |first| first - ROOM_TO_WARM)
    }

    /// Takes a reading and says what the run asks for. To be called once per control turn.
    pub fn update(&mut self, now: Instant, at: Celsius) -> TuneDemand {
        match self.stage {
            Stage::Finished => return TuneDemand::Finished,
            Stage::Failed(fault) => return TuneDemand::Failed(fault),
            Stage::Running => {}
        }
        let seen = at;
        let at = self.believed.see(self.plan.spike, seen);
        if at > self.cap {
            if let Some(progress) = &mut self.progress {
                progress.last = now;
            }
            return self.fail(Fault::TuningTooHot { seen: at, cap: self.cap });
        }
        let demand = self.act(now, at);
        match demand {
            TuneDemand::Heat(_) if self.guarded(seen) => TuneDemand::Heat(Duty::OFF),
            TuneDemand::Heat(_) | TuneDemand::Finished | TuneDemand::Failed(_) => demand,
        }
    }

    fn act(&mut self, now: Instant, at: Celsius) -> TuneDemand {
        let verdict = match self.progress {
            None => return self.begin(now, at),
            Some(_) => self.see(now, at),
        };
        match verdict {
            Verdict::Go(duty) => self.guard(duty, now, at),
            Verdict::Done => self.advance(now, at),
            Verdict::Failed(fault) => self.fail(fault),
        }
    }

    /// What the run has found out so far.
    pub const fn findings(&self) -> &Findings {
        &self.findings
    }

    /// What there is to show; `None` for a plan without steps.
    pub fn view(&self) -> Option<View> {
        let step = *self.plan.steps.get(self.index).or(self.plan.steps.last())?;
        let progress = self.progress.as_ref();
        Some(View {
            stage: self.stage,
            index: self.index,
            count: self.plan.steps.len(),
            step,
            goal: goal(&step, self.hottest()),
            elapsed: progress.map_or(Millis::ZERO, |progress| progress.last.since(progress.began)),
            plateau: progress.is_some_and(|progress| progress.plateau),
            peak: progress.map(|progress| progress.peak),
            samples: progress.map_or(0, |progress| progress.watch.len()),
            cap: self.cap,
        })
    }

    fn hottest(&self) -> Celsius {
        self.cap - self.plan.headroom
    }

    /// Withholds heat close to the cap, and ends a step that has nothing to do without it.
    fn guard(&mut self, duty: Duty, now: Instant, at: Celsius) -> TuneDemand {
        if !self.guarded(at) {
            TuneDemand::Heat(duty)
        } else if self.progress.is_some_and(|progress| progress.ends_at_guard()) {
            self.advance(now, at)
        } else {
            TuneDemand::Heat(Duty::OFF)
        }
    }

    fn guarded(&self, at: Celsius) -> bool {
        self.plan.guard.is_some_and(|guard| at >= self.cap - guard)
    }

    fn see(&mut self, now: Instant, at: Celsius) -> Verdict {
        match (&mut self.progress, self.plan.steps.get(self.index)) {
            (Some(progress), Some(step)) => progress.see(self.plan, step.longest, &mut self.findings, now, at),
            _ => Verdict::Done,
        }
    }

    fn begin(&mut self, now: Instant, at: Celsius) -> TuneDemand {
        let Some(step) = self.plan.steps.get(self.index) else {
            self.stage = Stage::Finished;
            return TuneDemand::Finished;
        };
        let progress = Progress::begin(step, self.hottest(), &self.findings, now, at);
        self.progress = Some(progress);
        let duty = if self.guarded(at) { Duty::OFF } else { progress.duty() };
        TuneDemand::Heat(duty)
    }

    fn advance(&mut self, now: Instant, at: Celsius) -> TuneDemand {
        self.index += 1;
        self.begin(now, at)
    }

    fn fail(&mut self, fault: Fault) -> TuneDemand {
        self.stage = Stage::Failed(fault);
        TuneDemand::Failed(fault)
    }
}

/// Keeps a spike from being taken for the kiln.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
struct Believed {
    last: Option<Celsius>,
    doubted: u8,
}

impl Believed {
    /// A spike lasts one or two readings.
    const LONGEST: u8 = 2;

    fn see(&mut self, spike: Option<Kelvin>, at: Celsius) -> Celsius {
        match (self.last, spike) {
            (Some(last), Some(spike)) if (at - last).abs() > spike && self.doubted < Self::LONGEST => {
                self.doubted += 1;
                last
            }
            _ => {
                *self = Self { last: Some(at), doubted: 0 };
                at
            }
        }
    }
}

/// A kiln this far below its first plateau shows how it warms.
const ROOM_TO_WARM: Kelvin = Kelvin::whole(20);

fn goal(step: &Step, hottest: Celsius) -> Option<Goal> {
    match step.kind {
        Kind::Drive { until: Until::Reach { target, .. }, .. }
        | Kind::Settle { target, .. }
        | Kind::Relay { around: target, .. } => Some(Goal::Reach(target.min(hottest))),
        Kind::Drive { until: Until::Drop(drop), .. } => Some(Goal::Drop(drop)),
        Kind::Drive { until: Until::Timeout | Until::Plateau, .. } | Kind::Probe { .. } | Kind::Bump { .. } => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::TuningMode;

    const MODES: [TuningMode; 5] =
        [TuningMode::Safe, TuningMode::Standard, TuningMode::Thorough, TuningMode::HighTemperature, TuningMode::Relay];

    /// Feeds readings a second apart; the last demand.
    fn feed(tuning: &mut Tuning, from: u64, readings: &[f64]) -> TuneDemand {
        let mut last = TuneDemand::Finished;
        for (second, at) in (from..).zip(readings) {
            last = tuning.update(Instant::from_millis(second * 1000), Celsius::new(*at).unwrap());
        }
        last
    }

    #[test]
    fn a_spike_withholds_heat_and_a_hot_kiln_ends_the_run() {
        for mode in MODES {
            let plan = Plan::shipping(mode);
            let mut tuning = Tuning::new(plan, None).unwrap();
            let hot = plan.cap.get() + 0.1;
            assert!(matches!(feed(&mut tuning, 0, &[22.0, 22.0]), TuneDemand::Heat(duty) if duty.is_on()), "{mode:?}");
            assert_eq!(feed(&mut tuning, 2, &[hot]), TuneDemand::Heat(Duty::OFF), "{mode:?}");
            assert_eq!(feed(&mut tuning, 3, &[hot]), TuneDemand::Heat(Duty::OFF), "{mode:?}");
            assert!(matches!(feed(&mut tuning, 4, &[22.0]), TuneDemand::Heat(duty) if duty.is_on()), "{mode:?}");
            let failed = feed(&mut tuning, 5, &[hot; 3]);
            assert!(matches!(failed, TuneDemand::Failed(Fault::TuningTooHot { .. })), "{mode:?}: {failed:?}");
            assert_eq!(feed(&mut tuning, 8, &[22.0]), failed, "{mode:?}: a failed run stays failed");
        }
    }

    #[test]
    fn no_heat_within_twelve_degrees_of_the_cap() {
        for mode in MODES {
            let mut tuning = Tuning::new(Plan::shipping(mode), None).unwrap();
            let near = Plan::shipping(mode).cap.get() - 11.0;
            for second in 0..4000 {
                assert_eq!(feed(&mut tuning, second, &[near]), TuneDemand::Heat(Duty::OFF), "{mode:?} at {second} s");
            }
        }
    }

    #[test]
    fn caps_are_refused_by_their_range() {
        for mode in MODES {
            let plan = Plan::shipping(mode);
            for (cap, taken) in [(79, false), (80, true), (900, true), (901, false)] {
                let answer = Tuning::new(plan, Some(Celsius::whole(cap)));
                assert_eq!(answer.is_ok(), taken, "{mode:?} {cap} {answer:?}");
            }
        }
    }

    #[test]
    fn labels_fit_a_log() {
        let plans = MODES.into_iter().flat_map(|mode| [Some(Plan::shipping(mode)), Plan::reference(mode)]);
        for step in plans.flatten().flat_map(|plan| plan.steps) {
            let plain = step.label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
            assert!(plain && (1..=32).contains(&step.label.len()), "{}", step.label);
        }
    }

    #[test]
    fn a_run_can_only_be_started_on_a_kiln_with_room_to_warm() {
        let startable = MODES.map(|mode| Tuning::new(Plan::shipping(mode), None).unwrap().startable_up_to().get());
        assert_eq!(startable.map(f64::to_bits), [45.0, 50.0, 45.0, 130.0, 130.0].map(f64::to_bits));
    }
}
