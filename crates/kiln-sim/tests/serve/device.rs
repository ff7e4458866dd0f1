//! The controller itself over a real socket: its clock, its restart, its diagnosis, who came to its door.

use std::time::Duration;

use kiln_app::door::Purpose;
use kiln_sim::serve::{Order, Served};
use serde_json::Value;

use super::{Scratch, awake, client::Client, kiln, order, paired};

#[test]
fn without_a_clock_the_time_of_day_is_taken_from_who_says_it() {
    let told = r#"{"epoch_ms":1800000000000}"#;
    let served = kiln(100.0, None);
    let client = paired(&served, 1);
    awake(&client);
    let answer = client.post("/api/time", told).json();
    assert_eq!(answer["accepted"], false, "a time server has said it: {answer}");
    assert_eq!(client.get("/api/status").json()["clock"]["synced"], true);
    served.end();

    let served = Served::begin(&Order { knows_time: false, ..order(100.0, None) }).unwrap();
    let client = paired(&served, 1);
    awake(&client);
    let status = client.get("/api/status").json();
    assert_eq!((&status["clock"]["wall_ms"], &status["clock"]["synced"]), (&Value::Null, &false.into()), "{status}");
    for _ in 0..2 {
        let answer = client.post("/api/time", told).json();
        assert_eq!((&answer["accepted"], &answer["wall_ms"]), (&true.into(), &1_800_000_000_000_u64.into()));
    }
    let status = client.until("/api/status", |status| !status["clock"]["wall_ms"].is_null());
    assert!(status["clock"]["wall_ms"].as_u64().unwrap() >= 1_800_000_000_000, "{status}");
    assert_eq!(status["clock"]["synced"], false, "somebody said it, no time server did");
    served.end();
}

#[test]
fn a_restart_that_was_asked_for_ends_cleanly_and_begins_over_the_same_flash() {
    let scratch = Scratch::new("restart");
    let served = kiln(100.0, Some(scratch.flash()));
    let client = paired(&served, 1);
    awake(&client);
    let boot = client.get("/api/info").json()["boot"].as_u64().unwrap();
    assert_eq!(client.post("/api/hold", r#"{"target_c":60,"minutes":30}"#).status, 200);
    let busy = client.post("/api/reboot", "{}");
    assert_eq!((busy.status, busy.code().as_str()), (409, "busy"), "not while it heats");
    assert_eq!(client.stop().status, 200);
    client.until("/api/status", |status| status["state"] == "idle");
    assert_eq!(client.post("/api/reboot", "{}").status, 204);
    let late = client.post("/api/hold", r#"{"target_c":60,"minutes":30}"#);
    assert_eq!((late.status, late.code().as_str()), (503, "control_busy"), "nothing begins that would be cut off");
    for _ in 0..100 {
        std::thread::sleep(Duration::from_millis(50));
        if served.wants_restart() {
            break;
        }
    }
    assert!(served.wants_restart() && served.has_ended());
    let served = served.restart().unwrap();
    assert_eq!(served.address, client.address);
    awake(&client);
    assert_eq!(client.get("/api/info").json()["boot"].as_u64(), Some(boot + 1));
    assert_eq!(client.get("/api/tokens").status, 200, "who is paired stays so");
    served.end();
}

#[test]
fn the_log_tells_who_came_to_the_door_and_the_diagnosis_how_many_were_turned_away() {
    let served = kiln(100.0, None);
    let client = paired(&served, 1);
    awake(&client);
    let before = client.get("/api/diag").json();
    assert_eq!((&before["requests_refused"], &before["last_fault"]), (&0.into(), &Value::Null), "{before}");
    assert_eq!((&before["resets"]["cause"], &before["config_trouble"]), (&"power".into(), &Value::Null));
    let mut stranger = client.clone().at(2);
    stranger.token = Some("0".repeat(32));
    for _ in 0..3 {
        assert_eq!(stranger.get("/api/tokens").status, 401);
    }
    assert_eq!(client.get("/api/diag").json()["requests_refused"], 3);
    let log = client.until_text("/api/logs", |log| log.contains("not known"));
    assert!(log.contains("door: an app was paired from 127.0.0.1"), "{log}");
    assert!(log.contains("door: a token that is not known from 127.0.0.2, 3 times"), "{log}");
    served.end();
}

#[test]
fn reading_is_for_paired_people_where_the_owner_wants_it_so() {
    let served = kiln(100.0, None);
    let client = paired(&served, 1);
    awake(&client);
    let stranger = Client::new(served.address, 2);
    assert_eq!(stranger.get("/api/status").status, 200);
    let set = client.send("PATCH", "/api/config", &[], Some(r#"{"network":{"private":true}}"#));
    assert_eq!(set.status, 200, "{}", set.body);
    for path in ["/api/status", "/api/events", "/api/runs", "/metrics", "/api/logs"] {
        let refused = stranger.get(path);
        assert_eq!((refused.status, refused.code().as_str()), (401, "token_missing"), "{path}");
    }
    assert_eq!((stranger.get("/").status, stranger.get("/api/openapi.json").status), (200, 200));
    assert_eq!(stranger.stop().status, 200, "a stop needs no token, also then");
    assert_eq!(client.get("/api/status").status, 200);
    drop(paired(&served, 3));
    served.end();
}

#[test]
fn a_file_of_the_reference_controller_is_taken_in_and_what_is_set_aside_is_told() {
    let served = kiln(100.0, None);
    let client = paired(&served, 1);
    awake(&client);
    let code = served.code(Purpose::Local).unwrap();
    let file = r#"{"PID_KP_BASE":6.5,"WATCHDOG_TIMEOUT":8000}"#;
    let answer = client.send("POST", "/api/config/import", &[("X-Kiln-Code", &code)], Some(file));
    assert_eq!(answer.status, 200, "{}", answer.body);
    let answer = answer.json();
    assert_eq!(answer["changed"][0]["name"], "kp", "{answer}");
    assert!(answer["aside"]["WATCHDOG_TIMEOUT"].is_string(), "{answer}");
    assert_eq!(answer["revision"], client.get("/api/config").json()["revision"]);
    served.end();
}

#[test]
fn another_wifi_is_tried_before_it_is_kept() {
    let scratch = Scratch::new("wifi");
    let served = kiln(100.0, Some(scratch.flash()));
    let client = paired(&served, 1);
    awake(&client);
    assert_eq!(client.get("/api/status").json()["network"]["wifi"], "not_configured");
    let scan = client.until("/api/wifi/scan", |scan| scan["scanning"] == false);
    let names: Vec<_> = scan["networks"].as_array().unwrap().iter().map(|network| network["ssid"].clone()).collect();
    assert_eq!(names, ["Studio", "Studio guests", "Next door"], "strongest first");

    let network = |client: &Client| client.get("/api/config").json()["network"]["wifi_ssid"].clone();
    let wrong = client.post("/api/wifi", r#"{"ssid":"Studio","password":"not the word"}"#);
    assert_eq!((wrong.status, &wrong.json()["trying_for_s"]), (200, &60.into()), "{}", wrong.body);
    client.until("/api/status", |status| status["network"]["wifi"] == "waiting");
    assert_eq!(network(&client), "", "what does not work is not stored");
    let right = client.post("/api/wifi", r#"{"ssid":"Studio","password":"clay and fire"}"#);
    assert_eq!(right.status, 200, "{}", right.body);
    let status = client.until("/api/status", |status| status["network"]["wifi"] == "up");
    assert_eq!((&status["network"]["ssid"], &status["network"]["address"]), (&"Studio".into(), &"192.0.2.20".into()));
    client.until("/api/config", |config| config["network"]["wifi_ssid"] == "Studio");
    assert!(!client.get("/api/config").body.contains("clay"), "secrets are written, never read");
    let bad = client.post("/api/wifi", "{\"ssid\":\"Studio\",\"password\":\"schl\u{fc}ssel-wort\"}");
    assert_eq!((bad.status, &bad.json()["error"]["field"]), (400, &"password".into()), "{}", bad.body);
    served.end();

    let served = kiln(100.0, Some(scratch.flash()));
    let mut client = client;
    client.address = served.address;
    client.until("/api/status", |status| status["network"]["wifi"] == "up");
    served.end();
}

#[test]
fn the_support_text_has_everything_but_secrets() {
    let served = kiln(600.0, None);
    let client = paired(&served, 1);
    awake(&client);
    assert_eq!(Client::new(served.address, 2).get("/api/support").status, 401);
    let before = client.get("/api/support");
    assert!(before.body.contains("== newest firing ==\n\n(none)"), "{}", before.body);
    let wifi = r#"{"network":{"wifi_ssid":"Studio","wifi_password":"clay and fire"}}"#;
    assert_eq!(client.send("PATCH", "/api/config", &[], Some(wifi)).status, 200);
    assert_eq!(client.post("/api/hold", r#"{"target_c":60,"minutes":300}"#).status, 200);
    client.until("/api/status", |status| status["run"]["elapsed_s"].as_f64() > Some(3600.0));
    let answer = client.get("/api/support");
    assert_eq!((answer.status, answer.field("Content-Type").map(|kind| &kind[..10])), (200, Some("text/plain")));
    let text = answer.body;
    for part in ["info", "diag", "status", "config", "log", "newest firing"] {
        assert!(text.contains(&format!("\n== {part} ==\n")), "{part}: {text}");
    }
    let token = client.token.as_deref().unwrap();
    assert!(!text.contains("clay and fire") && !text.contains(token) && !text.contains("too long"), "{text}");
    assert!(text.contains("\"wifi_password_set\":true") && text.contains("door: an app was paired"), "{text}");
    assert!(text.contains(kiln_wire::log::HEADER) && text.ends_with("(end)\n"), "{text}");
    assert!(text.lines().filter(|line| line.contains("RUNNING")).count() > 100, "{}", text.len());
    served.end();
}
