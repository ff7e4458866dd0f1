//! What comes out: keys, rounding, sizes, and one shape for every refusal.
#![expect(clippy::panic, reason = "a test that panics has failed")]

use kiln_core::command::{CommandId, Outcome, Outcomes, Refusal};
use kiln_core::event::Events;
use kiln_core::fault::Fault;
use kiln_core::guard::{GUARDS, Verdicts};
use kiln_core::regulate::PidTerms;
use kiln_core::sensor::{Problem, Reading};
use kiln_core::settings::{Origin, View};
use kiln_core::snapshot::{Phase, Snapshot};
use kiln_core::units::{Celsius, Duty, Instant, Millis, WallClock};
use kiln_core::window::RelaySet;
use kiln_wire::answer::{CommandAnswer, ErrorAnswer, Problem as Trouble};
use kiln_wire::bounded::Label;
use kiln_wire::json;
use kiln_wire::profile::parse;
use kiln_wire::status::{Around, LegacyState, NetworkView, Status, WifiState};
use serde_json::Value;

fn written(document: &impl serde::Serialize) -> (Value, usize) {
    let mut buffer = vec![0; 16 * 1024];
    let Ok(text) = json::write(document, &mut buffer) else { panic!("it is too long") };
    let Ok(value) = serde_json::from_slice(text) else { panic!("it is no JSON: {}", String::from_utf8_lossy(text)) };
    (value, text.len())
}

/// A kiln about which everything there is to say is said.
fn busy() -> Snapshot {
    let hot = Fault::SensorLost { problem: Problem::Bus, failures: u16::MAX };
    let mut outcomes = Outcomes::default();
    for id in 0..8 {
        outcomes.note(CommandId(u32::MAX - id), Outcome::Refused(Refusal::CausePresent));
    }
    let temperature = Celsius::new(1_234.567_89).unwrap_or(Celsius::ZERO);
    Snapshot {
        number: u32::MAX,
        taken: Instant::from_millis(9_000),
        phase: Phase::Error,
        reading: Some(Reading { temperature, taken: Instant::from_millis(8_500), sequence: 7 }),
        cold_junction: Some(Celsius::whole(41)),
        problem: Some(Problem::OutOfRange(Celsius::whole(2000))),
        target: Some(Celsius::whole(1240)),
        duty: Duty::from_percent(66.666_666),
        window: Duty::from_percent(33.333_333),
        relays: RelaySet::first(10),
        contactor: true,
        fault: Some(hot),
        verdicts: Verdicts::new([Some(hot); GUARDS]),
        settings: View { origin: Origin::Published(4), waiting: Some(5), refused: None },
        run: None,
        tuning: None,
        terms: Some(PidTerms {
            dt: 1.0,
            error: 5.432_1,
            delta: 0.1,
            p: 135.8,
            i: 1e-9,
            d: -3.25,
            raw: 132.5,
            output: 100.0,
            integral: -12.345_678,
            frozen: true,
        }),
        scheduled: None,
        outcomes,
        events: Events::default(),
    }
}

fn around() -> Around {
    Around {
        now: Instant::from_millis(9_100),
        real: Millis::from_seconds(3),
        wall: Some(WallClock::from_unix_millis(1_800_000_000_123)),
        synced: true,
        control_age: Millis::new(140),
        control_silent: false,
        run: None,
        energy_kwh: None,
        cost: None,
        waiting_for: None,
        recovery: None,
        network: NetworkView {
            wifi: WifiState::Up,
            ssid: Label::new("studio"),
            address: Label::new("192.168.100.200"),
            name: Label::cut("kiln"),
            signal_dbm: Some(-61),
            setup_network: false,
            usb: true,
        },
    }
}

#[test]
fn status_tells_what_is_and_fits_its_room() {
    let (status, bytes) = written(&Status::of(&busy(), &around()));
    assert!(bytes <= 4096, "{bytes}");
    let expected = [
        ("/state", "\"error\""),
        ("/temp_c", "1234.57"),
        ("/temp_age_s", "0.6"),
        ("/sensor_problem", "\"out_of_range\""),
        ("/output_percent", "66.67"),
        ("/duty_percent", "33.33"),
        ("/relays_on/9", "9"),
        ("/contactor_held", "true"),
        ("/run", "null"),
        ("/fault/code", "\"K-05\""),
        ("/fault/severity", "\"trip\""),
        ("/fault/params/problem", "\"bus\""),
        ("/pid/integral_k_s", "-12.35"),
        ("/commands/0/state", "\"refused\""),
        ("/commands/0/code", "\"cause_present\""),
        ("/clock/wall_ms", "1800000000123"),
        ("/clock/control_ms", "9100"),
        ("/clock/real_ms", "3000"),
        ("/control/age_s", "0.1"),
        ("/control/settings_revision", "4"),
        ("/control/settings_waiting", "5"),
        ("/network/wifi", "\"up\""),
    ];
    for (place, value) in expected {
        assert_eq!(status.pointer(place).map(ToString::to_string).as_deref(), Some(value), "{place}");
    }
}

#[test]
fn nothing_is_shown_that_is_not_known() {
    let blank = Snapshot { reading: None, target: None, terms: None, fault: None, ..busy() };
    let (status, _) = written(&Status::of(&blank, &Around { wall: None, ..around() }));
    for place in ["/temp_c", "/temp_age_s", "/target_c", "/pid", "/fault", "/clock/wall_ms", "/recovery", "/scheduled"]
    {
        assert_eq!(status.pointer(place), Some(&Value::Null), "{place}");
    }
}

#[test]
fn the_state_document_has_the_products_keys() {
    let (state, _) = written(&LegacyState::of(&busy(), None));
    let mut keys: Vec<_> = state.as_object().map(|keys| keys.keys().cloned().collect()).unwrap_or_default();
    keys.sort_unstable();
    let mut expected = [
        "timestamp",
        "state",
        "current_temp",
        "target_temp",
        "ssr_output",
        "ssr_is_on",
        "ssr_duty_cycle",
        "elapsed",
        "remaining",
        "progress",
        "profile_name",
        "error",
        "pid_stats",
    ];
    expected.sort_unstable();
    assert_eq!(keys, expected);
    assert_eq!(state.pointer("/state").and_then(Value::as_str), Some("ERROR"));
    assert_eq!(state.pointer("/timestamp"), Some(&Value::Null));
}

/// The answer is an error of this status, code and field, and of no other shape.
fn check(answer: &ErrorAnswer, status: u16, code: &str, field: Option<&str>) {
    let (written, bytes) = written(answer);
    assert!(bytes <= 1024, "{bytes} bytes: {written}");
    assert_eq!(answer.status(), status, "{written}");
    assert_eq!(written.pointer("/error/code").and_then(Value::as_str), Some(code));
    assert_eq!(written.pointer("/error/field").and_then(Value::as_str), field);
    assert!(written.pointer("/error/message").and_then(Value::as_str).is_some_and(|message| !message.is_empty()));
    assert!(written.pointer("/error/params").is_some_and(Value::is_object));
}

#[test]
fn every_refusal_has_one_shape() {
    for trouble in Trouble::ALL {
        check(&(*trouble).into(), trouble.status(), trouble.code(), None);
    }
    let controls =
        [(Refusal::Busy, 409, "busy"), (Refusal::TooHot, 422, "too_hot"), (Refusal::NoClock, 409, "clock_unknown")];
    for (refusal, status, code) in controls {
        check(&refusal.into(), status, code, None);
    }
    let documents = [
        ("{", 400, "syntax", None),
        ("{}", 422, "missing", Some("name")),
        (
            r#"{"name":"n","steps":[{"type":"hold","target_temp":9999,"duration":1}]}"#,
            422,
            "too_high",
            Some("steps[0].target_temp"),
        ),
    ];
    for (document, status, code, field) in documents {
        let Err(refusal) = parse(document.as_bytes()) else { panic!("taken: {document}") };
        check(&ErrorAnswer::from(&refusal), status, code, field);
    }
    let Err(long) = parse(" ".repeat(9000).as_bytes()) else { panic!("taken") };
    check(&ErrorAnswer::from(&long), 413, "too_large", None);
}

#[test]
fn a_command_tells_what_control_did() {
    let refused = CommandAnswer::of(CommandId(7), Outcome::Refused(Refusal::NotRunning));
    let cases =
        [(CommandAnswer::pending(CommandId(7)), "pending"), (CommandAnswer::of(CommandId(7), Outcome::Done), "done")];
    for (answer, state) in cases {
        let (written, _) = written(&answer);
        assert_eq!(written, serde_json::json!({ "id": 7, "state": state }));
    }
    assert_eq!(written(&refused).0.pointer("/error/code").and_then(Value::as_str), Some("not_running"));
}
