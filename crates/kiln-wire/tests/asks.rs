//! What may be asked: what each request becomes, and what each bad one is refused for.
#![expect(clippy::panic, reason = "a test that panics has failed")]

use kiln_core::command::{Command, TimeChange, TuningMode};
use kiln_core::profile::{Name, RampRate};
use kiln_core::units::{Celsius, Kelvin, Millis, WallClock};
use kiln_wire::Refusal;
use kiln_wire::ask::{
    AdjustRequest, ExpectRequest, FactoryResetRequest, HoldRequest, PairRequest, RecoveryRequest, RunPatch, RunRequest,
    ScheduleRequest, SelfTestRequest, TimeRequest, TuningRequest, WifiRequest, parse_steps,
};

/// Which request a document is read as.
#[derive(Clone, Copy, Debug)]
enum As {
    Run,
    Expect,
    Adjust,
    Hold,
    Steps,
    Schedule,
    Tuning,
    Recovery,
    Time,
    Pair,
    Wifi,
    Patch,
    SelfTest,
    Reset,
}

fn read(request: As, body: &[u8]) -> Result<(), Refusal> {
    let running = Name::new("running").unwrap_or_else(|| panic!("a name"));
    match request {
        As::Run => RunRequest::parse(body).map(drop),
        As::Expect => ExpectRequest::parse(body).map(drop),
        As::Adjust => AdjustRequest::parse(body).map(drop),
        As::Hold => HoldRequest::parse(body).map(drop),
        As::Steps => parse_steps(body, running).map(drop),
        As::Schedule => ScheduleRequest::parse(body).map(drop),
        As::Tuning => TuningRequest::parse(body).map(drop),
        As::Recovery => RecoveryRequest::parse(body).map(drop),
        As::Time => TimeRequest::parse(body).map(drop),
        As::Pair => PairRequest::parse(body).map(drop),
        As::Wifi => WifiRequest::parse(body).map(drop),
        As::Patch => RunPatch::parse(body).map(drop),
        As::SelfTest => SelfTestRequest::parse(body).map(drop),
        As::Reset => FactoryResetRequest::parse(body).map(drop),
    }
}

/// Refused at `path` for the reason with the code `why`; taken where there is none.
fn check(request: As, body: &str, path: &str, why: &str) {
    let (found_path, found) = match read(request, body.as_bytes()) {
        Ok(()) => (String::new(), ""),
        Err(refusal) => (refusal.path.as_str().to_owned(), refusal.why.code()),
    };
    assert_eq!((found_path.as_str(), found), (path, why), "{request:?} {body}");
}

const CASES: &[(As, &str, &str, &str)] = &[
    (As::Run, r#"{"profile":"Bisque 04"}"#, "", ""),
    (As::Run, r#"{"profile":"Bisque 04","expect_etag":null}"#, "", ""),
    (As::Run, "", "profile", "missing"),
    (As::Run, "{", "", "syntax"),
    (As::Run, r#"{"profile":""}"#, "profile", "empty"),
    (As::Run, r#"{"profile":"a\nb"}"#, "profile", "control_character"),
    (As::Run, r#"{"profile":7}"#, "profile", "wrong_type"),
    (As::Run, r#"{"profile":"a","start":1}"#, "start", "unknown_key"),
    (As::Run, r#"{"profile":"a","expect_etag":""}"#, "expect_etag", "empty"),
    (As::Run, r#"{"profile":"a","profile":"b"}"#, "profile", "duplicate_key"),
    (As::Run, r#"{"profile":"a"} {}"#, "", "trailing_text"),
    (As::Expect, "", "", ""),
    (As::Expect, "  \r\n", "", ""),
    (As::Expect, "{}", "", ""),
    (As::Expect, "[]", "", "wrong_type"),
    (As::Expect, "null", "", "wrong_type"),
    (As::Expect, r#"{"expect_run":5}"#, "expect_run", "wrong_type"),
    (As::Adjust, r#"{"add_minutes":10}"#, "", ""),
    (As::Adjust, r#"{"add_degrees_c":-50}"#, "", ""),
    (As::Adjust, "{}", "add_minutes", "missing"),
    (As::Adjust, r#"{"add_minutes":1,"add_degrees_c":1}"#, "add_degrees_c", "invalid"),
    (As::Adjust, r#"{"add_degrees_c":50.01}"#, "add_degrees_c", "too_high"),
    (As::Adjust, r#"{"add_degrees_c":-51}"#, "add_degrees_c", "too_low"),
    (As::Adjust, r#"{"add_minutes":-10081}"#, "add_minutes", "too_high"),
    (As::Adjust, r#"{"add_minutes":1e999}"#, "add_minutes", "not_finite"),
    (As::Hold, r#"{"target_c":600,"minutes":30}"#, "", ""),
    (As::Hold, r#"{"target_c":600,"minutes":30,"rate_c_per_h":"full"}"#, "", ""),
    (As::Hold, r#"{"renew":true}"#, "", ""),
    (As::Hold, r#"{"renew":true,"minutes":5}"#, "minutes", "invalid"),
    (As::Hold, r#"{"renew":false}"#, "target_c", "missing"),
    (As::Hold, r#"{"target_c":600}"#, "minutes", "missing"),
    (As::Hold, r#"{"target_c":1351,"minutes":30}"#, "target_c", "too_high"),
    (As::Hold, r#"{"target_c":-1,"minutes":30}"#, "target_c", "too_low"),
    (As::Hold, r#"{"target_c":600,"minutes":721}"#, "minutes", "too_high"),
    (As::Hold, r#"{"target_c":600,"minutes":-1}"#, "minutes", "too_low"),
    (As::Hold, r#"{"target_c":600,"minutes":3,"rate_c_per_h":0}"#, "rate_c_per_h", "too_low"),
    (As::Hold, r#"{"target_c":600,"minutes":3,"rate_c_per_h":"fast"}"#, "rate_c_per_h", "not_a_choice"),
    (As::Steps, r#"{"steps":[{"type":"hold","target_temp":600,"duration":60}]}"#, "", ""),
    (As::Steps, r#"{"steps":[]}"#, "steps", "empty"),
    (As::Steps, r#"{"steps":[{"type":"hold","target_temp":6000,"duration":60}]}"#, "steps[0].target_temp", "too_high"),
    (As::Steps, r#"{"name":"x","steps":[]}"#, "name", "unknown_key"),
    (As::Schedule, r#"{"profile":"a","start_ms":1800000000000}"#, "", ""),
    (As::Schedule, r#"{"profile":"a"}"#, "start_ms", "missing"),
    (As::Schedule, r#"{"profile":"a","start_ms":"soon"}"#, "start_ms", "wrong_type"),
    (As::Schedule, r#"{"profile":"a","start_ms":-1}"#, "start_ms", "wrong_type"),
    (As::Schedule, r#"{"profile":"a","start_ms":1.5}"#, "start_ms", "wrong_type"),
    (As::Tuning, r#"{"mode":"safe"}"#, "", ""),
    (As::Tuning, r#"{"mode":"high_temp","max_temp_c":900}"#, "", ""),
    (As::Tuning, r#"{"mode":"SAFE"}"#, "mode", "not_a_choice"),
    (As::Tuning, r#"{"mode":"safe","max_temp_c":901}"#, "max_temp_c", "too_high"),
    (As::Tuning, r#"{"mode":"safe","max_temp_c":49}"#, "max_temp_c", "too_low"),
    (As::Recovery, r#"{"action":"resume"}"#, "", ""),
    (As::Recovery, r#"{"action":"maybe"}"#, "action", "not_a_choice"),
    (As::Recovery, "{}", "action", "missing"),
    (As::Time, r#"{"epoch_ms":1800000000000}"#, "", ""),
    (As::Time, r#"{"epoch_ms":1699999999999}"#, "epoch_ms", "too_low"),
    (As::Time, r#"{"epoch_ms":4102444800001}"#, "epoch_ms", "too_high"),
    (As::Pair, r#"{"code":"012345","name":"Anna's phone"}"#, "", ""),
    (As::Pair, r#"{"code":"12345","name":"a"}"#, "code", "invalid"),
    (As::Pair, r#"{"code":"1234567","name":"a"}"#, "code", "text_too_long"),
    (As::Pair, r#"{"code":"12345a","name":"a"}"#, "code", "invalid"),
    (As::Pair, r#"{"code":123456,"name":"a"}"#, "code", "wrong_type"),
    (As::Pair, r#"{"code":"123456","name":""}"#, "name", "empty"),
    (As::Pair, r#"{"code":"123456"}"#, "name", "missing"),
    (As::Wifi, r#"{"ssid":"studio","password":"clay and ash"}"#, "", ""),
    (As::Wifi, r#"{"ssid":"studio"}"#, "", ""),
    (As::Wifi, r#"{"ssid":""}"#, "ssid", "empty"),
    (As::Wifi, r#"{"ssid":"studio","password":"short"}"#, "password", "too_low"),
    (As::Patch, r#"{"notes":"two\nlines","cone_result":"04 half over"}"#, "", ""),
    (As::Patch, r#"{"notes":""}"#, "", ""),
    (As::Patch, r#"{"cone_result":"a\nb"}"#, "cone_result", "control_character"),
    (As::Patch, r#"{"profile":"b"}"#, "profile", "unknown_key"),
    (As::SelfTest, r#"{"what":"relays"}"#, "", ""),
    (As::SelfTest, r#"{"what":"everything"}"#, "what", "not_a_choice"),
    (As::Reset, r#"{"confirm":"forget everything"}"#, "", ""),
    (As::Reset, r#"{"confirm":"yes"}"#, "confirm", "not_a_choice"),
    (As::Reset, "{}", "confirm", "missing"),
];

#[test]
fn requests_are_taken_or_refused_by_the_name_of_the_key() {
    for (request, body, path, why) in CASES {
        check(*request, body, path, why);
    }
    check(As::Patch, &format!(r#"{{"notes":"{}"}}"#, "x".repeat(501)), "notes", "text_too_long");
    check(As::Wifi, &format!(r#"{{"ssid":"{}"}}"#, "x".repeat(33)), "ssid", "text_too_long");
    check(As::Expect, &" ".repeat(5000), "", "");
    check(As::Run, &format!(r#"{{"profile":"a"{}}}"#, " ".repeat(5000)), "profile", "too_large");
}

#[test]
fn requests_become_what_control_is_asked() {
    let adjust = |body: &str| AdjustRequest::parse(body.as_bytes()).map(|request| request.command);
    let minutes = Millis::from_minutes(15);
    assert_eq!(adjust(r#"{"add_minutes":15}"#), Ok(Command::AddTime(TimeChange::Longer(minutes))));
    assert_eq!(adjust(r#"{"add_minutes":-15}"#), Ok(Command::AddTime(TimeChange::Shorter(minutes))));
    assert_eq!(adjust(r#"{"add_degrees_c":-5}"#), Ok(Command::AddDegrees(Kelvin::whole(-5))));
    let hold = HoldRequest::parse(br#"{"target_c":600,"minutes":15,"rate_c_per_h":"full"}"#);
    let Ok(Command::Hold(hold)) = hold.map(|hold| hold.command()) else { panic!("a hold") };
    assert_eq!((hold.target, hold.rate, hold.time), (Celsius::whole(600), RampRate::Full, minutes));
    let tuning = TuningRequest::parse(br#"{"mode":"high_temp","max_temp_c":500}"#);
    let expected = Command::Tune(TuningMode::HighTemperature, Some(Celsius::whole(500)));
    assert_eq!(tuning.map(|tuning| tuning.command()), Ok(expected));
    let schedule = ScheduleRequest::parse(br#"{"profile":"a","start_ms":1800000000000}"#);
    assert_eq!(schedule.map(|start| start.start), Ok(WallClock::from_unix_millis(1_800_000_000_000)));
    let pair = PairRequest::parse(br#"{"code":"012345","name":"Anna"}"#);
    assert_eq!(pair.map(|pair| pair.code), Ok(*b"012345"));
}
