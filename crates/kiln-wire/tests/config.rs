//! What a configuration document may hold, what each bad one is refused for, and what is stored and shown of it.
#![expect(clippy::panic, clippy::expect_used, reason = "a test that panics has failed")]

use kiln_core::settings::Settings;
use kiln_core::units::Celsius;
use kiln_wire::config::{Applies, BYTES_MOST, Changes, Config, ConfigAnswer, ConfigSchema, reference};
use kiln_wire::json;

fn merged(over: &Config, document: &str) -> (Config, Changes) {
    over.merged(document.as_bytes()).unwrap_or_else(|refusal| panic!("{refusal}\n{document}"))
}

/// Refused at `path` for the reason with the code `why`; then nothing has changed.
fn check(document: &str, path: &str, why: &str) {
    match Config::DELIVERED.merged(document.as_bytes()) {
        Ok((config, _)) => panic!("taken, not refused for {why} at {path}: {document}\n{config:?}"),
        Err(refusal) => assert_eq!((refusal.path.as_str(), refusal.why.code()), (path, why), "{document}\n{refusal}"),
    }
}

fn stored(config: &Config) -> String {
    let mut buffer = [0; 4096];
    String::from_utf8(config.store(&mut buffer).expect("it fits").to_vec()).expect("JSON is UTF-8")
}

fn written(document: &impl serde::Serialize) -> String {
    let mut buffer = vec![0; 32 * 1024];
    String::from_utf8(json::write(document, &mut buffer).expect("it fits").to_vec()).expect("JSON is UTF-8")
}

const BAD: &[(&str, &str, &str)] = &[
    ("", "", "syntax"),
    ("[]", "", "wrong_type"),
    ("{\"format\":2}", "format", "newer_format"),
    ("{\"format\":2,\"safety\":{\"max_temp_c\":\"hot\"}}", "format", "newer_format"),
    ("{\"format\":0}", "format", "too_low"),
    ("{\"kiln\":{}}", "kiln", "unknown_key"),
    ("{\"safety\":7}", "safety", "wrong_type"),
    ("{\"safety\":{\"max_temp\":1200}}", "safety.max_temp", "unknown_key"),
    ("{\"safety\":{\"max_temp_c\":1200,\"max_temp_c\":1300}}", "safety.max_temp_c", "duplicate_key"),
    ("{\"safety\":{\"max_temp_c\":null}}", "safety.max_temp_c", "wrong_type"),
    ("{\"safety\":{\"max_temp_c\":\"1200\"}}", "safety.max_temp_c", "wrong_type"),
    ("{\"safety\":{\"max_temp_c\":1350.01}}", "safety.max_temp_c", "too_high"),
    ("{\"safety\":{\"max_temp_c\":49}}", "safety.max_temp_c", "too_low"),
    ("{\"safety\":{\"max_temp_c\":NaN}}", "safety.max_temp_c", "not_finite"),
    ("{\"safety\":{\"max_temp_c\":1e999}}", "safety.max_temp_c", "not_finite"),
    ("{\"safety\":{\"stall_fails\":0}}", "safety.stall_fails", "too_low"),
    ("{\"safety\":{\"stall_fails\":2.5}}", "safety.stall_fails", "wrong_type"),
    ("{\"safety\":{\"stall_fails\":-1}}", "safety.stall_fails", "wrong_type"),
    ("{\"safety\":{\"rate_window_s\":7200}}", "safety.rate_window_s", "does_not_fit"),
    ("{\"safety\":{\"resume_longest_min\":16}}", "safety.resume_longest_min", "too_high"),
    ("{\"sensor\":{\"thermocouple_type\":\"k\"}}", "sensor.thermocouple_type", "not_a_choice"),
    ("{\"sensor\":{\"thermocouple_type\":\"G8\"}}", "sensor.thermocouple_type", "not_a_choice"),
    ("{\"sensor\":{\"mains_hz\":55}}", "sensor.mains_hz", "not_one_of"),
    ("{\"sensor\":{\"averaging\":3}}", "sensor.averaging", "not_one_of"),
    ("{\"sensor\":{\"offset_k\":-50.5}}", "sensor.offset_k", "too_low"),
    ("{\"sensor\":{\"median_samples\":9}}", "sensor.median_samples", "too_high"),
    ("{\"control\":{\"waits\":1}}", "control.waits", "wrong_type"),
    ("{\"control\":{\"start_at\":\"\"}}", "control.start_at", "not_a_choice"),
    ("{\"control\":{\"window_s\":0.5}}", "control.window_s", "too_low"),
    ("{\"control\":{\"bank_c\":601}}", "control.bank_c", "too_high"),
    ("{\"hardware\":{\"relay_pins\":[]}}", "hardware.relay_pins", "empty"),
    ("{\"hardware\":{\"relay_pins\":[6,6]}}", "hardware.relay_pins[1]", "twice"),
    ("{\"hardware\":{\"relay_pins\":[5]}}", "hardware.relay_pins[0]", "too_low"),
    ("{\"hardware\":{\"relay_pins\":[16]}}", "hardware.relay_pins[0]", "too_high"),
    ("{\"hardware\":{\"relay_pins\":\"15\"}}", "hardware.relay_pins", "wrong_type"),
    (
        "{\"hardware\":{\"relay_pins\":[6,7,8]},\"control\":{\"relay_stagger_s\":3}}",
        "control.relay_stagger_s",
        "does_not_fit",
    ),
    ("{\"network\":{\"name\":\"\"}}", "network.name", "empty"),
    ("{\"network\":{\"name\":\"My Kiln\"}}", "network.name", "invalid"),
    ("{\"network\":{\"name\":\"-kiln\"}}", "network.name", "invalid"),
    ("{\"network\":{\"wifi_password\":\"short\"}}", "network.wifi_password", "too_low"),
    ("{\"network\":{\"wifi_ssid\":\"a\\u0000b\"}}", "network.wifi_ssid", "control_character"),
    ("{\"network\":{\"http_port\":0}}", "network.http_port", "too_low"),
    ("{\"network\":{\"static_ip\":\"192.168.1\"}}", "network.static_ip", "invalid"),
    ("{\"network\":{\"static_ip\":\"192.168.1.7\"}}", "network.static_subnet", "missing"),
    ("{\"logging\":{\"level\":\"loud\"}}", "logging.level", "not_a_choice"),
    ("{\"display\":{\"currency\":\"doubloons\"}}", "display.currency", "text_too_long"),
];

#[test]
fn bad_documents_are_refused_by_the_name_of_the_key() {
    for (document, path, why) in BAD {
        check(document, path, why);
    }
    check(&format!("{{\"display\":{{\"currency\":\"{}\"}}}}", "x".repeat(5000)), "display.currency", "too_large");
}

#[test]
fn what_is_delivered_is_what_ships() {
    let delivered = Config::DELIVERED;
    assert_eq!(delivered.settings(), Ok(Settings::DELIVERED));
    assert_eq!(delivered.recovery(), Ok(kiln_core::recovery::Rules::SHIPPING));
}

#[test]
fn every_key_can_be_stored_and_read_back_at_its_extremes() {
    let full = "{\"hardware\":{\"relay_pins\":[6,7,8,9,10,11,12,13,14,15],\"element_power_w\":99999.123456789},\
        \"control\":{\"kp\":1234.5678901234567,\"ki\":0.12345678901234567,\"kd\":12345.678901234567,\"window_s\":119.99},\
        \"network\":{\"name\":\"abcdefghijklmnopqrstuvwxyz-12345\",\"wifi_ssid\":\"\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\",\
        \"wifi_password\":\"\\\"\\\"\\\"\\\"\\\"\\\"\\\"\\\"\\\"\\\"\\\"\\\"\\\"\\\"\\\"\\\"\\\"\\\"\\\"\\\"\\\"\\\"\\\"\\\"\\\"\\\"\\\"\\\"\\\"\\\"\\\"\\\"\",\
        \"static_ip\":\"192.168.100.200\",\"static_subnet\":\"255.255.255.255\",\"static_gateway\":\"192.168.100.201\",\
        \"static_dns\":\"192.168.100.202\"},\"display\":{\"kiln_name\":\"élan élan élan\",\"currency\":\"€\"}}";
    for document in ["{}", full] {
        let (config, _) = merged(&Config::DELIVERED, document);
        let text = stored(&config);
        assert!(text.len() <= usize::from(BYTES_MOST) / 4 * 3, "{}", text.len());
        assert_eq!(Config::parse(text.as_bytes()), Ok(config));
    }
}

#[test]
fn a_change_says_what_changed_and_when_it_takes_effect() {
    let document =
        "{\"safety\":{\"max_temp_c\":1250},\"logging\":{\"level\":\"debug\"},\"hardware\":{\"relay_pins\":[14]}}";
    let (config, changes) = merged(&Config::DELIVERED, document);
    let told: Vec<_> = changes.iter().map(|key| (key.group, key.name, key.applies)).collect();
    let expected = [
        ("hardware", "relay_pins", Applies::Restart),
        ("safety", "max_temp_c", Applies::NextFiring),
        ("logging", "level", Applies::Now),
    ];
    assert_eq!(told, expected);
    assert_eq!(changes.local().map(|key| key.name), Some("relay_pins"));
    assert_eq!(config.settings().map(|settings| settings.rules.max_temperature), Ok(Celsius::whole(1250)));
    let (_, again) = merged(&config, document);
    assert!(again.is_empty(), "what is so already has not changed");
    assert_eq!(merged(&config, "{\"control\":{\"kp\":30}}").1.local(), None);
}

#[test]
fn secrets_go_in_and_never_come_out() {
    let (config, _) =
        merged(&Config::DELIVERED, "{\"network\":{\"wifi_ssid\":\"studio\",\"wifi_password\":\"clay and ash\"}}");
    assert_eq!(config.network().wifi_password().reveal(), "clay and ash");
    assert!(stored(&config).contains("clay and ash"));
    let shown = written(&ConfigAnswer { config: &config, revision: 7 });
    assert!(!shown.contains("clay") && shown.contains("\"wifi_password_set\":true"), "{shown}");
    assert!(!format!("{config:?}").contains("clay"));
    assert!(!written(&ConfigSchema).contains("clay"));
}

#[test]
fn the_schema_tells_every_key() {
    let schema: serde_json::Value = serde_json::from_str(&written(&ConfigSchema)).expect("it is JSON");
    let keys = schema["keys"].as_array().expect("it has keys");
    assert_eq!(keys.len(), Config::keys().count());
    let max = keys.iter().find(|key| key["name"] == "max_temp_c").expect("it has the key");
    assert_eq!(
        (max["most"].as_f64(), max["local"].as_bool(), max["delivered"].as_f64()),
        (Some(1350.0), Some(true), Some(1300.0))
    );
}

#[test]
fn incident_one_bad_value_discards_the_whole_file() {
    let (good, _) =
        merged(&Config::DELIVERED, "{\"network\":{\"wifi_ssid\":\"studio\"},\"sensor\":{\"thermocouple_type\":\"S\"}}");
    let bad = "{\"control\":{\"kp\":30},\"sensor\":{\"mains_hz\":\"50\"}}";
    let refusal = good.merged(bad.as_bytes()).expect_err("the frequency is a text");
    assert_eq!(refusal.path.as_str(), "sensor.mains_hz");
    let flat = "{\"PID_KP_BASE\":30,\"MAX_TEMP\":\"hot\",\"WIFI_SSID\":\"other\"}";
    let refusal = reference::import(flat.as_bytes(), &good).expect_err("the maximum is a word");
    assert_eq!((refusal.path.as_str(), refusal.why.code()), ("MAX_TEMP", "wrong_type"));
    assert_eq!(good.network().wifi_ssid().as_str(), "studio", "what was stored is still there");
}

#[test]
fn incident_each_save_doubles_the_backslashes() {
    let (mut config, _) =
        merged(&Config::DELIVERED, r#"{"network":{"wifi_ssid":"a\\b\"c","wifi_password":"\\\\\\\\1234"}}"#);
    for _ in 0..5 {
        config = Config::parse(stored(&config).as_bytes()).expect("it was stored by us");
    }
    assert_eq!(config.network().wifi_ssid().as_str(), "a\\b\"c");
    assert_eq!(config.network().wifi_password().reveal(), "\\\\\\\\1234");
}

#[test]
fn incident_a_second_change_discards_the_first() {
    let (first, _) = merged(&Config::DELIVERED, "{\"control\":{\"kp\":30}}");
    let (second, _) = merged(&first, "{\"control\":{\"ki\":0.2}}");
    assert_eq!((*second.control().kp(), *second.control().ki()), (30.0, 0.2));
}
