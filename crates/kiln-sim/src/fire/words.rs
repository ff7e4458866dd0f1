//! What happened, in words for potters.

use kiln_core::command::Refusal;
use kiln_core::cone::{Certainty, Reached};
use kiln_core::event::{Event, Waiting};
use kiln_core::fault::Fault;
use kiln_core::profile::{Profile, RampRate, Step};
use kiln_core::sensor::Problem;
use kiln_core::snapshot::Phase;
use kiln_sim::firing::Ending;

/// A length of time, as `13 h 05 min`, `4 min 10 s` or `2 h`.
pub(super) fn span(seconds: f64) -> String {
    let whole = seconds.max(0.0).round() as u64;
    match (whole / 3600, whole / 60 % 60, whole % 60) {
        (0, 0, seconds) => format!("{seconds} s"),
        (0, minutes, 0) => format!("{minutes} min"),
        (0, minutes, seconds) => format!("{minutes} min {seconds:02} s"),
        (hours, 0, 0) => format!("{hours} h"),
        (hours, minutes, _) => format!("{hours} h {minutes:02} min"),
    }
}

/// A moment of a firing, as `07:05:30`.
pub(super) fn clock(seconds: u64) -> String {
    format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

/// A step, as `ramp to 600 °C at 108 °C/h`.
pub(super) fn step(step: &Step) -> String {
    match step {
        Step::Ramp { target, rate: RampRate::PerHour(rate), .. } => {
            format!("ramp to {:.0} °C at {:.0} °C/h", target.get(), rate.get())
        }
        Step::Ramp { target, rate: RampRate::Full, .. } => format!("straight to {:.0} °C", target.get()),
        Step::Hold { target, time } => format!("hold {:.0} °C for {}", target.get(), span(time.seconds())),
        Step::HoldCone { target, until } => format!(
            "hold {:.0} °C until cone {}, at most {}",
            target.get(),
            until.cone().name(),
            span(until.longest().seconds())
        ),
        Step::Cool { target: Some(target) } => format!("cool to {:.0} °C", target.get()),
        Step::Cool { target: None } => "cool".to_owned(),
    }
}

/// A step as short as it can be told, as `600 °C · 108/h`.
pub(super) fn step_short(step: &Step) -> String {
    match step {
        Step::Ramp { target, rate: RampRate::PerHour(rate), .. } => {
            format!("{:.0} °C, {:.0}/h", target.get(), rate.get())
        }
        Step::Ramp { target, rate: RampRate::Full, .. } => format!("{:.0} °C, full", target.get()),
        Step::Hold { time, .. } => match time.get() / 60_000 {
            minutes if minutes >= 120 && minutes.is_multiple_of(60) => format!("hold {} h", minutes / 60),
            minutes => format!("hold {minutes} min"),
        },
        Step::HoldCone { until, .. } => format!("hold to cone {}", until.cone().name()),
        Step::Cool { target: Some(target) } => format!("cool to {:.0} °C", target.get()),
        Step::Cool { target: None } => "cool".to_owned(),
    }
}

/// How far the heat work has come, as `5 down, 62 % of the way to 6 (estimate)`.
pub(super) fn reached(reached: &Reached) -> String {
    let name = reached.cone.name();
    let way = reached.cone.next().map_or_else(String::new, |next| {
        format!(", {:.0} % of the way to {}", (reached.beyond * 100.0).floor(), next.name())
    });
    let doubt = match reached.certainty {
        Certainty::Verified => "",
        Certainty::Estimate => " (estimate)",
    };
    format!("{name} down{way}{doubt}")
}

/// What the kiln is doing.
pub(super) const fn phase(phase: Phase) -> &'static str {
    match phase {
        Phase::Idle => "idle",
        Phase::Running => "firing",
        Phase::Tuning => "tuning",
        Phase::Complete => "complete",
        Phase::Error => "fault",
    }
}

/// Why the schedule waits.
pub(super) const fn waiting(waiting: Waiting) -> &'static str {
    match waiting {
        Waiting::Behind => "the schedule waits: the kiln is behind with all it has",
        Waiting::Arriving => "the schedule waits: the kiln has not arrived yet",
        Waiting::Reheating => "the schedule waits: reheating after an outage",
        Waiting::Paused => "the schedule waits: paused",
        Waiting::HeatWithheld => "the schedule waits: heat is withheld",
    }
}

fn numbered(index: usize, profile: &Profile) -> String {
    profile.step(index).map_or_else(|| format!("step {}", index + 1), |s| format!("step {}: {}", index + 1, step(s)))
}

/// An event of a firing of `profile`.
pub(super) fn event(event: &Event, profile: &Profile) -> String {
    match event {
        Event::Started { step } => format!("started, {}", numbered(*step, profile)),
        Event::Resumed { step } => format!("goes on, {}", numbered(*step, profile)),
        Event::StepEntered { step } => numbered(*step, profile),
        Event::HoldReached => "temperature reached, the hold counts".to_owned(),
        Event::ConeFallen { cone } => format!("cone {} has fallen", cone.name()),
        Event::ConeGaveUp { cone } => {
            format!("cone {} has not fallen in the longest time of the hold, goes on", cone.name())
        }
        Event::FellBehind => "the kiln has fallen behind, the schedule waits".to_owned(),
        Event::RegulatorFellBack => "the model is no kiln's any more, the PID goes on".to_owned(),
        Event::RateAdapted { from, to } => {
            format!("the kiln cannot do {:.0} °C/h, goes on at {:.0} °C/h", from.get(), to.get())
        }
        Event::StallAdvanced { short } => format!("stands still {:.1} °C short of the target, goes on", short.get()),
        Event::Reheated => "reheated".to_owned(),
        Event::Banked { target } => format!("nobody there, falls back to {:.0} °C", target.get()),
        Event::Paused => "paused".to_owned(),
        Event::Unpaused => "goes on after a pause".to_owned(),
        Event::Skipped => "step skipped".to_owned(),
        Event::Changed => "steps changed".to_owned(),
        Event::Completed => "complete".to_owned(),
        Event::Stopped => "stopped".to_owned(),
        Event::TuningStarted => "tuning started".to_owned(),
        Event::TuningCompleted => "tuning complete".to_owned(),
        Event::StartMissed => "a scheduled start was missed".to_owned(),
        Event::StartRefused => "a scheduled start was refused".to_owned(),
        Event::Faulted(cause) => fault(cause),
        Event::Recovered => "the cause is gone, goes on".to_owned(),
        Event::Cleared => "fault cleared".to_owned(),
    }
}

/// A fault with its code and its figures.
pub(super) fn fault(fault: &Fault) -> String {
    let kind = fault.kind();
    let code = kind.code();
    match fault {
        Fault::OverTemperature { seen, limit } => {
            format!("{code} too hot: {:.1} °C, the limit is {:.0} °C", seen.get(), limit.get())
        }
        Fault::OverTemperatureSuspected { seen, limit } => {
            format!("{code} one reading of {:.1} °C, the limit is {:.0} °C", seen.get(), limit.get())
        }
        Fault::SensorNotReady { problem: met } => format!("{code} no thermocouple yet: {}", problem(*met)),
        Fault::SensorStale { age, worst } => {
            format!("{code} the reading is {:.1} s old, it could be {:.0} °C", age.seconds(), worst.get())
        }
        Fault::SensorLost { problem: met, failures } => {
            format!("{code} thermocouple lost, {failures} bad readings: {}", problem(*met))
        }
        Fault::SensorSetup { register } => {
            format!("{code} the thermocouple chip did not keep register {register:#04x}")
        }
        Fault::BelowMinimumRate { measured, minimum } => {
            format!("{code} climbs at {:.0} °C/h, the profile's minimum is {:.0}", measured.get(), minimum.get())
        }
        Fault::Stalled { measured, floor } => {
            format!("{code} stands still: {:.1} °C/h, expected {:.1} at least", measured.get(), floor.get())
        }
        Fault::TuningTooHot { seen, cap } => {
            format!("{code} tuning got too hot: {:.1} °C, the cap is {:.0} °C", seen.get(), cap.get())
        }
        Fault::OutputFailed => format!("{code} a relay or the contactor could not be driven"),
        Fault::LoopLate { late } => format!("{code} the control loop was {} ms late", late.get()),
        Fault::SensorJumpSuspected { from, to } | Fault::SensorJumped { from, to } => {
            format!("{code} the reading jumped from {:.0} to {:.0} °C", from.get(), to.get())
        }
        Fault::FallingFast { lowest } | Fault::ThermocoupleOut { lowest } => {
            format!("{code} {}; {:.0} °C at the least", kind.meaning(), lowest.get())
        }
        Fault::NotRising { rise } | Fault::RelayWelded { rise } => {
            format!("{code} {}; rise {:.1} °C", kind.meaning(), rise.get())
        }
        Fault::StillLatched { before } => format!("{code} {}: {} {}", kind.meaning(), before.code(), before.meaning()),
        Fault::SensorFrozenSuspected { .. }
        | Fault::SensorFrozen { .. }
        | Fault::HeatLostSuspected { .. }
        | Fault::HeatLost { .. }
        | Fault::ThermocoupleReversed { .. }
        | Fault::CurrentWhileOff
        | Fault::OverSetpoint { .. }
        | Fault::ElectronicsWarm { .. }
        | Fault::ElectronicsHot { .. }
        | Fault::ElectronicsTooHot { .. }
        | Fault::FiringTooLong { .. }
        | Fault::LidOpen
        | Fault::ApplicationSilent { .. }
        | Fault::KeepsResetting
        | Fault::EmergencyStop
        | Fault::ThermocouplesDisagree { .. } => format!("{code} {}", kind.meaning()),
    }
}

fn problem(problem: Problem) -> String {
    match problem {
        Problem::Bus => "the chip does not answer".to_owned(),
        Problem::Chip(bits) => format!("the chip reports {:#04x}", bits.bits()),
        Problem::OutOfRange(seen) => format!("{:.1} °C is no temperature of a kiln", seen.get()),
        Problem::Setup(register) => format!("register {register:#04x} did not keep its setting"),
        Problem::Converting => "the first measurement is still going on".to_owned(),
    }
}

/// Why a profile was refused by the controller of the plant `plant`.
pub(super) fn refusal(refusal: Refusal, profile: &Profile, plant: &str, maximum_c: f64) -> String {
    match (refusal, profile.peak()) {
        (Refusal::TooHot, Some(peak)) => format!(
            "\"{}\" asks for {:.0} °C, and {plant} must not go above {maximum_c:.0} °C",
            profile.name().as_str(),
            peak.get()
        ),
        (refusal, _) => format!("the controller refuses \"{}\": {refusal:?}", profile.name().as_str()),
    }
}

/// How a firing ended.
pub(super) fn ending(ending: &Ending) -> String {
    match ending {
        Ending::Complete => "complete".to_owned(),
        Ending::Failed(cause) => format!("ended by fault {}", fault(cause)),
        Ending::Stopped => "stopped".to_owned(),
        Ending::WatchdogReset => "ended by a watchdog reset".to_owned(),
        Ending::Endless => "given up: it took many times its time".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_told_as_people_tell_them() {
        let short = [(f64::NAN, "0 s"), (0.4, "0 s"), (250.4, "4 min 10 s"), (600.0, "10 min"), (3599.6, "1 h")];
        let cases = short.into_iter().chain([(3601.0, "1 h 00 min"), (47_130.0, "13 h 05 min")]);
        for (seconds, text) in cases {
            assert_eq!(span(seconds), text);
        }
        assert_eq!((clock(0), clock(100 * 3600 + 61)), ("00:00:00".to_owned(), "100:01:01".to_owned()));
    }
}
