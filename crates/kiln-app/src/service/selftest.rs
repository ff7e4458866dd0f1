//! A test of the outputs that a person asks for: do the relays follow, does the kiln get warmer?
//!
//! Nothing but a short hold by hand that is watched: every guard stands, a stop ends it, and it leaves a log. Each relay
//! must be seen on at its pin while full power is asked for, and off after it; elements must warm a cold kiln.

use super::desk::Standing;
use super::{Now, Refused, Service};
use crate::store::Flash;
use kiln_core::command::{Command, CommandId, ManualHold, Outcome, Refusal};
use kiln_core::limits;
use kiln_core::profile::RampRate;
use kiln_core::snapshot::Phase;
use kiln_core::units::{Celsius, Instant, Kelvin, Millis, WallClock};
use kiln_wire::answer::Problem;
use kiln_wire::ask::SelfTestWhat;
use kiln_wire::bounded::List;
use kiln_wire::records::{SelfTestResult, SelfTestState};

/// A kiln hotter than this is not tested: a rise says less, and somebody may have meant to let it cool.
const COLDEST: Celsius = Celsius::whole(100);
/// How far above the kiln the hold aims, so that full power is asked for all along.
const AIM: Kelvin = Kelvin::whole(60);
/// How long relays are watched: two of the longest usual windows.
const RELAYS_FOR: Millis = Millis::from_seconds(45);
/// How long elements have.
const ELEMENTS_FOR: Millis = Millis::from_minutes(10);
/// The rise that elements that work make of a cold kiln in that time: that of `limits::NOT_RISING_RISE`.
const RISE: Kelvin = limits::NOT_RISING_RISE;
/// A rise with which nothing more needs to be seen.
const PLENTY: Kelvin = Kelvin::whole(10);
/// How long after the stop the pins may take.
const OFF_WITHIN: Millis = Millis::from_seconds(3);
/// How long control may take to begin.
const BEGIN_WITHIN: Millis = Millis::from_seconds(10);

/// The test that goes on, and the last one's result.
#[derive(Debug, Default)]
pub(super) struct SelfTest {
    going: Option<Going>,
    last: Option<SelfTestResult>,
}

#[derive(Clone, Copy, Debug)]
struct Going {
    what: SelfTestWhat,
    id: CommandId,
    began: Instant,
    from: Celsius,
    /// Relays seen on, a bit each.
    seen: u16,
    /// When the stop was asked for, and the rise by then.
    stopped: Option<(Instant, Kelvin)>,
}

impl<F: Flash> Service<'_, F> {
    /// Begins a test of the outputs.
    ///
    /// # Errors
    /// One goes on; the kiln is not at rest and cold; control cannot be asked.
    pub fn start_selftest(&mut self, now: &Now, what: SelfTestWhat) -> Result<SelfTestResult, Refused> {
        let told = self.told().ok_or(Problem::ControlSilent)?;
        if self.selftest.going.is_some() || !matches!(told.phase, Phase::Idle | Phase::Complete) {
            return Err(Refusal::Busy.into());
        }
        let from = told.reading.map(|reading| reading.temperature).ok_or(Refusal::NoReading)?;
        if from > COLDEST {
            return Err(Refusal::KilnTooHot.into());
        }
        let time = if what == SelfTestWhat::Relays { RELAYS_FOR } else { ELEMENTS_FOR };
        let hold = ManualHold { target: from + AIM, rate: RampRate::Full, time: time + BEGIN_WITHIN };
        let id = self.ask(now, &Command::Hold(hold), None)?;
        self.selftest.going = Some(Going { what, id, began: now.control, from, seen: 0, stopped: None });
        Ok(self.selftest())
    }

    /// `GET /api/selftest`.
    pub fn selftest(&self) -> SelfTestResult {
        if let Some(going) = &self.selftest.going {
            return SelfTestResult { what: Some(going.what), state: SelfTestState::Running, ..nothing() };
        }
        self.selftest.last.clone().unwrap_or_else(nothing)
    }

    /// Watches the test that goes on.
    pub(super) fn go_on_with_selftest(&mut self, now: &Now) {
        let (Some(mut going), Some(told)) = (self.selftest.going, self.told()) else { return };
        let rise = told.reading.map_or(Kelvin::ZERO, |reading| reading.temperature - going.from);
        going.seen |= told.relays.bits();
        let (off, running) = (!told.relays.any(), told.phase == Phase::Running);
        self.selftest.going = Some(going);
        if let Some((at, rise)) = going.stopped {
            if (off && !running) || now.control.since(at) > OFF_WITHIN {
                self.conclude(now, &going, rise, off);
            }
            return;
        }
        let lasted = now.control.since(going.began);
        let refused = matches!(self.desk.standing(going.id), Standing::Answered(Outcome::Refused(_)));
        if refused || (!running && lasted > BEGIN_WITHIN) {
            // Something else ended it, or it never began.
            return self.conclude(now, &going, rise, false);
        }
        let over = match going.what {
            SelfTestWhat::Relays => lasted >= RELAYS_FOR,
            SelfTestWhat::Elements => lasted >= ELEMENTS_FOR || rise >= PLENTY,
        };
        if over && self.ask(now, &Command::Stop, None).is_ok() {
            self.selftest.going = Some(Going { stopped: Some((now.control, rise)), ..going });
        }
    }

    fn conclude(&mut self, now: &Now, going: &Going, rise: Kelvin, off: bool) {
        let relays = self.configured.config.hardware().relay_pins().as_slice().len();
        let wrong = (0_u8..16).take(relays).filter(|relay| !off || going.seen >> relay & 1 == 0);
        let relays_wrong: List<u8, { limits::RELAYS_MOST }> = List::first_of(wrong);
        let elements = going.what == SelfTestWhat::Elements;
        let passed = relays_wrong.is_empty() && (!elements || rise >= RISE);
        let hours = now.control.since(going.began).seconds() / 3600.0;
        self.selftest.going = None;
        self.selftest.last = Some(SelfTestResult {
            what: Some(going.what),
            state: if passed { SelfTestState::Passed } else { SelfTestState::Failed },
            at_ms: now.wall.map(WallClock::unix_millis),
            relays_wrong,
            rise_k: elements.then_some(rise.get()),
            rate_c_per_h: (elements && hours > 0.0).then(|| rise.get() / hours),
        });
    }
}

fn nothing() -> SelfTestResult {
    SelfTestResult {
        what: None,
        state: SelfTestState::None,
        at_ms: None,
        relays_wrong: List::default(),
        rise_k: None,
        rate_c_per_h: None,
    }
}
