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

pub use plan::Plan;
pub use relay::Swing;
pub use settle::Answer;

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
        Ok(Self { plan, cap, stage, index: 0, progress: None, findings })
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
        if at > self.cap {
            if let Some(progress) = &mut self.progress {
                progress.last = now;
            }
            return self.fail(Fault::TuningTooHot { seen: at, cap: self.cap });
        }
        let verdict = match self.progress {
            None => return self.begin(now, at),
            Some(_) => self.see(now, at),
        };
        match verdict {
            Verdict::Go(duty) if self.guarded(at) && duty.is_on() => {
                if self.progress.is_some_and(|progress| progress.ends_at_guard()) {
                    self.advance(now, at)
                } else {
                    TuneDemand::Heat(Duty::OFF)
                }
            }
            Verdict::Go(duty) => TuneDemand::Heat(duty),
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
