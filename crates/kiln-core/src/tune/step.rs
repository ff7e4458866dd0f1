//! One step of a tuning run while it goes on: what it asks for, and when it is done.

use super::Findings;
use super::plan::{Kind, Plan, Step, Until};
use super::plateau::Watch;
use super::relay::Relay;
use super::settle::{Answer, Loop};
use crate::fault::Fault;
use crate::units::{Celsius, CelsiusPerHour, Duty, Instant, Kelvin, Millis};

/// The rise after which a kiln has begun to answer: clear of the noise, early enough to tell the delay.
const ANSWERING: Kelvin = Kelvin::whole(2);
/// The plateau of a settled loop lies within this of the temperature it was to settle at.
const CLOSE: Kelvin = Kelvin::whole(5);

/// What a step wants after a reading.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Verdict {
    /// Go on with this power.
    Go(Duty),
    /// The step is done.
    Done,
    /// The run has failed.
    Failed(Fault),
}

/// A step while it goes on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Progress {
    pub(super) began: Instant,
    pub(super) last: Instant,
    pub(super) peak: Celsius,
    pub(super) watch: Watch,
    pub(super) plateau: bool,
    from: Celsius,
    duty: Duty,
    law: Law,
}

/// What the step does, with what it has to remember for it.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Law {
    Drive { duty: Duty, until: Until, reached: Option<Instant> },
    Probe { duty: Duty, rise: Kelvin, answering: Option<Instant> },
    Settle { target: Celsius, most: Duty, least: Millis, control: Loop },
    Bump { duty: Duty, rise: Kelvin },
    Relay { around: Celsius, hysteresis: Kelvin, power: Duty, swings: u8, relay: Relay },
}

impl Progress {
    /// Begins a step. `hottest` is the highest temperature to aim for.
    pub(super) fn begin(step: &Step, hottest: Celsius, findings: &Findings, now: Instant, at: Celsius) -> Self {
        let steady = findings.steady.map_or(Duty::OFF, |(_, duty)| duty);
        let (law, duty) = match step.kind {
            Kind::Drive { duty, until } => (Law::Drive { duty, until: until.within(hottest), reached: None }, duty),
            Kind::Probe { duty, rise } => (Law::Probe { duty, rise, answering: None }, duty),
            Kind::Settle { target, most, least } => {
                let control = Loop::new(findings.answer.unwrap_or(Answer::GENERIC), now, steady);
                (Law::Settle { target: target.min(hottest), most, least, control }, Duty::OFF)
            }
            Kind::Bump { by, rise } => {
                let duty = Duty::from_percent(steady.percent() + by.percent());
                (Law::Bump { duty, rise }, duty)
            }
            Kind::Relay { around, hysteresis, on, swings } => {
                let relay = Relay::new(now, at);
                (Law::Relay { around: around.min(hottest), hysteresis, power: on, swings, relay }, on)
            }
        };
        Self { began: now, last: now, peak: at, watch: Watch::new(now), plateau: false, from: at, duty, law }
    }

    /// The power asked for last.
    pub(super) const fn duty(&self) -> Duty {
        self.duty
    }

    /// Takes a reading; what was learnt from it goes into `findings`.
    pub(super) fn see(
        &mut self,
        plan: &Plan,
        longest: Millis,
        findings: &mut Findings,
        now: Instant,
        at: Celsius,
    ) -> Verdict {
        self.last = now;
        if now.since(self.began) >= longest {
            return self.overdue(now, at);
        }
        self.peak = self.peak.max(at);
        let done = match self.law {
            Law::Drive { until, reached, .. } => self.drive(plan, until, reached, now, at),
            Law::Probe { rise, answering, .. } => self.probe(rise, answering, findings, now, at),
            Law::Settle { target, most, least, control } => {
                self.settle(plan, (target, most, least), control, findings, now, at)
            }
            Law::Bump { rise, .. } => at - self.from >= rise,
            Law::Relay { around, hysteresis, power, swings, ref mut relay } => {
                self.duty = if relay.see(now, at, around, hysteresis) { power } else { Duty::OFF };
                findings.swing = relay.swing();
                relay.seen() >= swings
            }
        };
        if done { Verdict::Done } else { Verdict::Go(self.duty) }
    }

    /// The heat of this step cannot go on this close to the cap; whether there is anything left for it to do.
    pub(super) const fn ends_at_guard(&self) -> bool {
        match self.law {
            Law::Drive { .. } | Law::Probe { .. } | Law::Bump { .. } => self.duty.is_on(),
            Law::Settle { .. } | Law::Relay { .. } => false,
        }
    }

    fn overdue(&self, now: Instant, at: Celsius) -> Verdict {
        let Law::Probe { rise, .. } = self.law else {
            return Verdict::Done;
        };
        let hours = now.since(self.began).seconds() / 3600.0;
        let rate = |rise: Kelvin| CelsiusPerHour::new(rise.get() / hours).unwrap_or(CelsiusPerHour::ZERO);
        Verdict::Failed(Fault::Stalled { measured: rate(at - self.from), floor: rate(rise) })
    }

    fn drive(&mut self, plan: &Plan, until: Until, reached: Option<Instant>, now: Instant, at: Celsius) -> bool {
        match until {
            Until::Timeout => false,
            Until::Plateau => {
                self.watch.see(plan.samples, now, at, self.duty);
                self.plateau = self.watch.plateau().is_some();
                self.plateau
            }
            Until::Drop(drop) => at.get() <= self.peak.get() - drop.get(),
            Until::Reach { target, then } => {
                let reached = reached.or((at >= target).then_some(now));
                if let Law::Drive { reached: kept, .. } = &mut self.law {
                    *kept = reached;
                }
                reached.is_some_and(|since| now.since(since) >= then)
            }
        }
    }

    fn probe(
        &mut self,
        rise: Kelvin,
        answering: Option<Instant>,
        findings: &mut Findings,
        now: Instant,
        at: Celsius,
    ) -> bool {
        let risen = at - self.from;
        let answering = answering.or((risen >= ANSWERING).then_some(now));
        if let Law::Probe { answering: kept, .. } = &mut self.law {
            *kept = answering;
        }
        let Some(since) = answering.filter(|_| risen >= rise) else {
            return false;
        };
        let seconds = now.since(since).seconds().max(1.0);
        let slope = (risen.get() - ANSWERING.get()) / seconds;
        let lag = since.since(self.began).seconds() - ANSWERING.get() / slope;
        findings.answer = Some(Answer { slope: slope / self.duty.fraction(), lag: lag.max(0.0) });
        true
    }

    fn settle(
        &mut self,
        plan: &Plan,
        (target, most, least): (Celsius, Duty, Millis),
        mut control: Loop,
        findings: &mut Findings,
        now: Instant,
        at: Celsius,
    ) -> bool {
        self.watch.see(plan.samples, now, at, self.duty);
        self.duty = control.demand(now, at, target, most);
        self.law = Law::Settle { target, most, least, control };
        let Some((mean, duty)) = self.watch.plateau().filter(|(mean, _)| (*mean - target).abs() <= CLOSE) else {
            return false;
        };
        self.plateau = now.since(self.began) >= least && self.watch.duty_rests();
        if self.plateau {
            findings.steady = Some((mean, duty));
            findings.plateaus = findings.plateaus.saturating_add(1);
        }
        self.plateau
    }
}
