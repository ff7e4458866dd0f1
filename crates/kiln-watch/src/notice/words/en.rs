//! English.

use kiln_core::fault::Kind;

use super::{Alarm, Alert, Severity, Told, Unit, sentences};

/// What the kiln did about a fault.
pub(super) const fn reaction(severity: Severity) -> &'static str {
    match severity {
        Severity::Notice | Severity::Other => "",
        Severity::Hold => "Heat is withheld and the firing waits.",
        Severity::Trip => "Heat is off and the firing has ended.",
        Severity::Lockout => "Heat is off and the safety contactor is open.",
    }
}

const LOOK_AT_SENSOR: &str = "Check the thermocouple and its wires.";
const LOOK_AT_POWER: &str = "Check mains, fuses, relay and elements.";
const CUT: &str = "Cut the power by hand now.";

const fn told(name: &'static str, means: &'static str, to_do: &'static str) -> Told {
    Told { name, means, to_do }
}

/// What is said of a fault.
pub(super) const fn fault(kind: Kind) -> Told {
    match kind {
        Kind::OverTemperature => told("too hot", "The kiln is hotter than its maximum.", "Go to the kiln."),
        Kind::OverTemperatureSuspected => told("too hot?", "One reading is over the maximum.", "Keep an eye on it."),
        Kind::SensorNotReady => told("no reading", "No good reading since power-up.", LOOK_AT_SENSOR),
        Kind::SensorStale => told("no reading", "The newest good reading is too old to heat by.", LOOK_AT_SENSOR),
        Kind::SensorLost => told("sensor lost", "Readings have been missing for too long.", LOOK_AT_SENSOR),
        Kind::SensorSetup => told("sensor chip", "The thermocouple chip loses its settings.", "Check its wiring."),
        Kind::BelowMinimumRate => told("too slow", "It climbs slower than the step allows.", LOOK_AT_POWER),
        Kind::Stalled => told("stalled", "It should climb and stands still.", LOOK_AT_POWER),
        Kind::TuningTooHot => told("tuning too hot", "The tuning run got hotter than its limit.", "Look at the kiln."),
        Kind::OutputFailed => told("output failed", "A relay or the contactor could not be driven.", CUT),
        Kind::LoopLate => told("loop late", "The control loop came late.", ""),
        Kind::SensorFrozenSuspected => told("sensor frozen?", "The reading does not move at all.", LOOK_AT_SENSOR),
        Kind::SensorFrozen => told("sensor frozen", "The reading does not move although heat does.", LOOK_AT_SENSOR),
        Kind::SensorJumpSuspected => told("reading jumped?", "The reading jumped.", LOOK_AT_SENSOR),
        Kind::SensorJumped => told("reading jumped", "The reading jumped and did not come back.", LOOK_AT_SENSOR),
        Kind::FallingFast => told("falling fast", "It cools faster than a closed kiln can.", "Is the lid open?"),
        Kind::ThermocoupleOut => told("thermocouple out", "It is not in the kiln any more.", LOOK_AT_SENSOR),
        Kind::HeatLostSuspected => told("no heat?", "It gets colder although it is heated.", LOOK_AT_POWER),
        Kind::HeatLost => told("no heat", "No heat arrives, however often it is tried.", LOOK_AT_POWER),
        Kind::NotRising => told("not rising", "It was heated for long and is as cold as before.", LOOK_AT_POWER),
        Kind::ThermocoupleReversed => {
            told("thermocouple reversed", "Heated, it reads colder.", "Swap the thermocouple's two wires.")
        }
        Kind::RelayWelded => told("relay welded", "It gets hotter and nobody heats it.", CUT),
        Kind::CurrentWhileOff => told("current while off", "Current flows although all relays are off.", CUT),
        Kind::OverSetpoint => told("over the target", "It is far above its target.", ""),
        Kind::ElectronicsWarm => told("controller warm", "The controller gets warm.", "Shade it or move it."),
        Kind::ElectronicsHot => told("controller hot", "The controller is too hot.", "Cool it or move it away."),
        Kind::ElectronicsTooHot => told("controller too hot", "It was too hot for too long.", "Move it away."),
        Kind::FiringTooLong => told("firing too long", "It took longer than any firing should.", "Look at the kiln."),
        Kind::LidOpen => told("lid open", "The lid is open.", "Close it."),
        Kind::EmergencyStop => told("emergency stop", "It was pressed, or its loop is broken.", "Go to the kiln."),
        Kind::ThermocouplesDisagree => told("thermocouples disagree", "The two are far apart.", LOOK_AT_SENSOR),
        Kind::ApplicationSilent => told("page silent", "Page and log do not answer; the firing goes on.", ""),
        Kind::StillLatched => told("fault of before", "A fault from before the power cut still latches.", "See which."),
        Kind::KeepsResetting => told("keeps resetting", "Its loop was reset three times in half an hour.", CUT),
    }
}

/// Any other alarm.
pub(super) fn alarm(alarm: &Alarm, unit: Unit) -> (String, String) {
    match alarm {
        Alarm::Fault(fault) | Alarm::Withheld(fault) => (fault.code.clone(), fault.message.clone()),
        Alarm::Recovery(recovery) => {
            let at = recovery.found_c.map(|found| format!("It is at {} now.", unit.shown(found)));
            let question = if recovery.can_resume { "Should it go on?" } else { "It cannot go on." };
            let body = format!("{} was cut off.", recovery.profile);
            ("firing cut off".to_owned(), sentences(&[&body, &at.unwrap_or_default(), question]))
        }
        Alarm::Resumed { profile } => {
            ("went on after a restart".to_owned(), format!("The controller started anew; {profile} goes on."))
        }
        Alarm::Lost => (
            "not heard of for a minute".to_owned(),
            "It was firing, and goes on by itself. Check your network, or look at the kiln.".to_owned(),
        ),
        Alarm::Silent => (
            "control does not answer".to_owned(),
            "What is shown may be past. Look at the kiln; its watchdog ends heat that nobody controls.".to_owned(),
        ),
    }
}

/// An alert.
pub(super) fn alert(alert: &Alert, unit: Unit) -> (String, String) {
    let at = |celsius: Option<f64>| celsius.map(|celsius| format!(" at {}", unit.shown(celsius))).unwrap_or_default();
    match alert {
        Alert::Started { profile } => ("firing".to_owned(), format!("{profile} has begun.")),
        Alert::StepReached { step, count, target_c } => {
            let to = target_c.map(|target| format!(", to {}", unit.shown(target))).unwrap_or_default();
            (format!("step {step} of {count}"), format!("Step {step} has begun{to}."))
        }
        Alert::HoldEnds { step, target_c } => {
            ("hold ends soon".to_owned(), format!("The hold{} (step {step}) ends in ten minutes.", at(*target_c)))
        }
        Alert::Completed { profile } => ("complete".to_owned(), format!("{profile} is complete. The kiln cools.")),
        Alert::Stopped { profile, temp_c } => {
            let what = profile.as_deref().unwrap_or("The firing");
            ("stopped".to_owned(), format!("{what} was ended{}.", at(*temp_c)))
        }
        Alert::SafeToOpen { temp_c } => {
            ("safe to open".to_owned(), format!("It has cooled to {}.", unit.shown(*temp_c)))
        }
        Alert::StartMissed { profile } => {
            ("did not start".to_owned(), format!("The delayed start of {profile} did not begin."))
        }
        Alert::Tuned => ("tuning is over".to_owned(), "Look at what it found.".to_owned()),
        Alert::Back { temp_c } => ("is back".to_owned(), format!("It answers again{}.", at(*temp_c))),
    }
}
