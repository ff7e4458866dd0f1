//! The body of a request. What was taken is written as a document again, and must mean the same.

use core::fmt::Debug;

use kiln_core::command::{Command, ManualHold, TimeChange, TuningMode};
use kiln_core::profile::{Name, RampRate};
use kiln_core::units::{Celsius, Millis, WallClock};
use kiln_wire::Refusal;
use kiln_wire::ask::{
    AdjustRequest, ExpectRequest, FactoryResetRequest, HoldRequest, PairRequest, RecoveryAction, RecoveryRequest,
    RunPatch, RunRequest, ScheduleRequest, SelfTestRequest, TimeRequest, TuningRequest, WifiRequest, parse_steps,
};
use kiln_wire::profile;
use serde_json::{Value, json};

use crate::Verdict;
use crate::place::refused;

/// Every request.
const KINDS: &[fn(&[u8]) -> Verdict] = &[
    |body| taken(body, RunRequest::parse, run),
    |body| taken(body, ExpectRequest::parse, |asked| json!({ "expect_run": text(asked.expect_run.as_ref()) })),
    |body| taken(body, AdjustRequest::parse, adjust),
    |body| taken(body, HoldRequest::parse, hold),
    steps,
    |body| taken(body, ScheduleRequest::parse, schedule),
    |body| taken(body, TuningRequest::parse, tuning),
    |body| taken(body, RecoveryRequest::parse, recovery),
    |body| taken(body, TimeRequest::parse, |asked| json!({ "epoch_ms": asked.now.unix_millis() })),
    |body| taken(body, PairRequest::parse, pair),
    |body| taken(body, WifiRequest::parse, wifi),
    |body| taken(body, RunPatch::parse, patch),
    |body| taken(body, SelfTestRequest::parse, |asked| json!({ "what": asked.what })),
    |body| taken(body, FactoryResetRequest::parse, |_| json!({ "confirm": "forget everything" })),
];

/// The first byte chooses the request, counted round; the rest is its body.
pub(crate) fn check(bytes: &[u8]) -> Verdict {
    let Some((kind, body)) = bytes.split_first() else { return Verdict::Refused };
    let mut kinds = KINDS.iter().cycle().skip(usize::from(*kind) % KINDS.len());
    kinds.next().map_or(Verdict::Refused, |check| check(body))
}

fn taken<T: PartialEq + Debug>(
    body: &[u8],
    parse: fn(&[u8]) -> Result<T, Refusal>,
    written: fn(&T) -> Value,
) -> Verdict {
    match parse(body) {
        Ok(asked) => {
            let document = without_null(written(&asked)).to_string();
            assert_eq!(parse(document.as_bytes()).as_ref(), Ok(&asked), "the request that comes back: {document}");
            Verdict::Taken
        }
        Err(refusal) => refused(body, &refusal),
    }
}

/// An optional key is left out or null: both ways are taken, and the way in which it was written is not kept.
fn without_null(mut document: Value) -> Value {
    if let Some(keys) = document.as_object_mut() {
        keys.retain(|_, value| !value.is_null());
    }
    document
}

fn text(text: Option<&impl ToString>) -> Option<String> {
    text.map(ToString::to_string)
}

fn ms(wall: WallClock) -> u64 {
    wall.unix_millis()
}

fn minutes(time: Millis) -> f64 {
    time.seconds() / 60.0
}

fn run(asked: &RunRequest) -> Value {
    json!({ "profile": asked.profile.as_str(), "expect_etag": text(asked.expect_etag.as_ref()) })
}

#[expect(clippy::wildcard_enum_match_arm, reason = "an adjustment that became anything else does not come back")]
fn adjust(asked: &AdjustRequest) -> Value {
    let expect_run = text(asked.expect_run.as_ref());
    match asked.command {
        Command::AddTime(TimeChange::Longer(time)) => json!({ "add_minutes": minutes(time), "expect_run": expect_run }),
        Command::AddTime(TimeChange::Shorter(time)) => {
            json!({ "add_minutes": -minutes(time), "expect_run": expect_run })
        }
        Command::AddDegrees(by) => json!({ "add_degrees_c": by.get(), "expect_run": expect_run }),
        other => json!({ "an adjustment became": format!("{other:?}") }),
    }
}

fn hold(asked: &HoldRequest) -> Value {
    match asked {
        HoldRequest::Renew => json!({ "renew": true }),
        HoldRequest::Begin(ManualHold { target, rate, time }) => {
            let rate = match rate {
                RampRate::Full => json!("full"),
                RampRate::PerHour(rate) => json!(rate.get()),
            };
            json!({ "target_c": target.get(), "minutes": minutes(*time), "rate_c_per_h": rate })
        }
    }
}

fn steps(body: &[u8]) -> Verdict {
    let running = Name::new("Running").expect("a name");
    match parse_steps(body, running) {
        Ok((profile, expect_run)) => {
            let mut room = vec![0; usize::from(profile::BYTES_MOST)];
            let written = profile::write(&profile, None, &mut room).expect("there is room for every profile");
            let mut document: Value = serde_json::from_slice(written).expect("a profile is JSON");
            let steps = document.get_mut("steps").map(Value::take);
            let again = without_null(json!({ "steps": steps, "expect_run": text(expect_run.as_ref()) })).to_string();
            assert_eq!(parse_steps(again.as_bytes(), running), Ok((profile, expect_run)), "the steps that come back");
            Verdict::Taken
        }
        Err(refusal) => refused(body, &refusal),
    }
}

fn schedule(asked: &ScheduleRequest) -> Value {
    json!({ "profile": asked.profile.as_str(), "start_ms": ms(asked.start) })
}

fn tuning(asked: &TuningRequest) -> Value {
    let mode = match asked.mode {
        TuningMode::Safe => "safe",
        TuningMode::Standard => "standard",
        TuningMode::Thorough => "thorough",
        TuningMode::HighTemperature => "high_temp",
        TuningMode::Relay => "relay",
    };
    json!({ "mode": mode, "max_temp_c": asked.max_temp.map(Celsius::get) })
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "stands in a table with the others")]
fn recovery(asked: &RecoveryRequest) -> Value {
    let action = match asked.action {
        RecoveryAction::Resume => "resume",
        RecoveryAction::Discard => "discard",
    };
    json!({ "action": action })
}

fn pair(asked: &PairRequest) -> Value {
    json!({ "code": String::from_utf8_lossy(&asked.code), "name": asked.name.as_str() })
}

fn wifi(asked: &WifiRequest) -> Value {
    json!({ "ssid": asked.ssid.as_str(), "password": text(asked.password.as_ref()) })
}

fn patch(asked: &RunPatch) -> Value {
    json!({ "notes": text(asked.notes.as_ref()), "cone_result": text(asked.cone_result.as_ref()) })
}
