//! Wrong requests over real HTTP: every one is refused in the one shape, and nothing changes.

use super::client::{Answer, Client};
use super::{awake, kiln, paired};

/// What may not change, whatever is asked wrongly.
fn state(client: &Client) -> String {
    let status = client.get("/api/status").json();
    let parts = ["state", "run", "tuning", "scheduled", "commands"].map(|key| status[key].to_string());
    let lists = ["/api/profiles", "/api/runs", "/api/config", "/api/schedule"].map(|path| client.get(path).body);
    let tokens = client.get("/api/tokens").body;
    format!("{parts:?}{lists:?}{tokens}")
}

const CHANGES: [(&str, &str, &str); 17] = [
    ("POST", "/api/run", r#"{"profile":"bisque-cone-04"}"#),
    ("POST", "/api/stop", "{}"),
    ("POST", "/api/shutdown", "{}"),
    ("POST", "/api/pause", "{}"),
    ("POST", "/api/hold", r#"{"target_c":100,"minutes":5}"#),
    ("POST", "/api/adjust", r#"{"add_minutes":5}"#),
    ("POST", "/api/clear-error", "{}"),
    ("PUT", "/api/profiles/evil", r#"{"name":"Evil","steps":[{"type":"hold","target_temp":60,"duration":600}]}"#),
    ("PUT", "/api/profile/evil", r#"{"name":"Evil","steps":[{"type":"hold","target_temp":60,"duration":600}]}"#),
    ("DELETE", "/api/profiles/bisque-cone-04", ""),
    ("DELETE", "/api/profile/bisque-cone-04", ""),
    ("POST", "/api/schedule", r#"{"profile":"bisque-cone-04","start_ms":4000000000000}"#),
    ("POST", "/api/tuning", r#"{"mode":"safe"}"#),
    ("PATCH", "/api/config", r#"{"safety":{"max_temp_c":1350}}"#),
    ("POST", "/api/config", r#"{"safety":{"max_temp_c":1350}}"#),
    ("POST", "/api/factory-reset", r#"{"confirm":"forget everything"}"#),
    ("DELETE", "/api/tokens/0", ""),
];

/// Ways to ask wrongly that hold for every change: fields, whether the token is sent, the statuses that refuse.
type Wrong = (&'static str, &'static [(&'static str, &'static str)], bool, &'static [u16]);

const WRONGS: [Wrong; 13] = [
    ("without a token or a word", &[], false, &[401, 403]),
    ("another token", &[("Authorization", "Bearer 00000000000000000000000000000000")], false, &[401, 403]),
    ("a token that is cut", &[("Authorization", "Bearer 0000")], false, &[401, 403]),
    ("an empty token", &[("Authorization", "Bearer ")], false, &[401, 403]),
    ("another scheme", &[("Authorization", "Basic a2lsbjpraWxu")], false, &[401, 403]),
    ("a cookie", &[("Cookie", "token=1")], false, &[401, 403]),
    ("another host", &[("Host", "evil.example")], true, &[421]),
    ("another port", &[("Host", "127.0.0.1:1")], true, &[421]),
    ("two hosts", &[("Host", "127.0.0.1"), ("Host", "evil.example")], true, &[400]),
    ("another page", &[("Origin", "http://evil.example")], true, &[403]),
    ("no page's page", &[("Origin", "null")], true, &[403]),
    ("another site", &[("Sec-Fetch-Site", "cross-site")], true, &[403]),
    ("a wrong code", &[("X-Kiln-Code", "000000")], false, &[401, 403, 429]),
];

/// The refusal has the one shape.
fn refused(answer: &Answer, statuses: &[u16], what: &str) {
    assert!(statuses.contains(&answer.status), "{what}: {} {}", answer.head, answer.body);
    assert!(!answer.code().is_empty(), "{what}: {}", answer.body);
    assert_eq!(answer.field("Access-Control-Allow-Origin"), None, "{what}");
}

#[test]
fn two_hundred_wrong_requests_change_nothing() {
    let served = kiln(20.0, None);
    let client = paired(&served, 1);
    awake(&client);
    let before = state(&client);
    let mut count = 0;
    // Each from an address of its own: what is shown here is not the rate.
    for (index, (wrong, fields, token, statuses)) in WRONGS.iter().enumerate() {
        let mut other = client.clone().at(100 + u8::try_from(index).unwrap());
        if !token {
            other.token = None;
        }
        for (method, path, body) in CHANGES {
            let body = (!body.is_empty()).then_some(body);
            let what = format!("{wrong}: {method} {path}");
            refused(&other.send(method, path, fields, body), statuses, &what);
            count += 1;
        }
    }
    assert!(count >= 200, "{count}");
    assert_eq!(state(&client), before, "nothing has changed");
    served.end();
}

#[test]
fn what_is_no_request_is_refused_by_name_and_changes_nothing() {
    let served = kiln(20.0, None);
    let client = paired(&served, 1);
    awake(&client);
    let before = state(&client);
    let host = format!("Host: {}\r\n", served.address);
    let json = "Content-Type: application/json\r\n";
    let token = format!("Authorization: Bearer {}\r\n", client.token.as_deref().unwrap());
    let long = "x".repeat(3000);
    let post =
        |path: &str, fields: &str, body: &str| format!("POST {path} HTTP/1.1\r\n{host}{token}{fields}\r\n{body}");
    let cases: Vec<(String, u16)> = vec![
        ("\x16\x03\x01\x02\x00".into(), 400),
        ("GET /api/status\r\n\r\n".into(), 400),
        ("GET /api/status HTTP/2.0\r\n\r\n".into(), 400),
        (format!("GET http://kiln/api/status HTTP/1.1\r\n{host}\r\n"), 400),
        ("GET /api/status HTTP/1.1\r\n\r\n".into(), 400),
        (format!("GET /api/status HTTP/1.1\r\n{host}X: {long}\r\n\r\n"), 431),
        (format!("GET /{long} HTTP/1.1\r\n{host}\r\n"), 431),
        (format!("GET /api/nothing HTTP/1.1\r\n{host}\r\n"), 404),
        (format!("GET /api/profiles/..%2f HTTP/1.1\r\n{host}\r\n"), 404),
        (format!("BREW /api/status HTTP/1.1\r\n{host}\r\n"), 405),
        (format!("HEAD /api/status HTTP/1.1\r\n{host}\r\n"), 405),
        (post("/api/status", "", ""), 405),
        (post("/api/run", "Transfer-Encoding: chunked\r\n", "0\r\n\r\n"), 411),
        (post("/api/run", &format!("{json}Content-Length: 2\r\nContent-Length: 2\r\n"), "{}"), 400),
        (post("/api/run", &format!("{json}Content-Length: -1\r\n"), ""), 400),
        (post("/api/run", &format!("{json}Content-Length: 10485760\r\n"), ""), 413),
        (post("/api/run", &format!("{json}Content-Length: 4097\r\n"), ""), 413),
        (post("/api/run", "Content-Length: 2\r\n", "{}"), 415),
        (post("/api/run", "Content-Type: text/plain\r\nContent-Length: 2\r\n", "{}"), 415),
        (post("/api/run", &format!("{json}Content-Length: 1\r\n"), "{"), 400),
        (post("/api/run", &format!("{json}Content-Length: 2\r\n"), "{}"), 422),
        (post("/api/run", &format!("{json}Content-Length: 17\r\n"), "{\"profile\":\"no\"} "), 404),
        (post("/api/run", &format!("{json}Content-Length: 7\r\n"), "{\"a\":1}"), 422),
        (post("/api/run", &format!("{json}Idempotency-Key: {}\r\nContent-Length: 2\r\n", "k".repeat(65)), "{}"), 400),
    ];
    for (index, (bytes, status)) in cases.iter().enumerate() {
        let other = client.clone().at(10 + u8::try_from(index).unwrap());
        let answer = other.patient(bytes.as_bytes());
        assert_eq!(answer.status, *status, "{bytes:?}: {}", answer.body);
        assert!(!answer.code().is_empty(), "{bytes:?}: {}", answer.body);
    }
    assert_eq!(state(&client), before, "nothing has changed");
    served.end();
}

/// Profiles that nobody may fire, and the place that is at fault.
const BROKEN: &[(&str, u16, &str)] = &[
    (r#"{"name":"Evil""#, 400, ""),
    (r#"{"name":"Evil","steps":[]}"#, 422, "steps"),
    (r#"{"name":"Evil","steps":[{"type":"hold","target_temp":60}]}"#, 422, "duration"),
    (r#"{"name":"Evil","steps":[{"type":"melt","target_temp":60}]}"#, 422, "type"),
    (r#"{"name":"Evil","steps":[{"type":"ramp","target_temp":99999,"desired_rate":100}]}"#, 422, "target_temp"),
    (r#"{"name":"Evil","steps":[{"type":"ramp","target_temp":600,"desired_rate":-5}]}"#, 422, "desired_rate"),
    (r#"{"name":"Evil","steps":[{"type":"ramp","target_temp":600,"desired_rate":1e999}]}"#, 400, "desired_rate"),
    (r#"{"name":"Evil","temp_units":"k","steps":[{"type":"hold","target_temp":60,"duration":60}]}"#, 422, "temp_units"),
];

#[test]
fn incident_a_broken_profile_was_stored_and_fired() {
    let served = kiln(60.0, None);
    let client = paired(&served, 1);
    awake(&client);
    let path = "/api/profiles/bisque-cone-04";
    let former = client.get(path).body;
    for (body, status, place) in BROKEN {
        let answer = client.send("PUT", path, &[], Some(body));
        assert_eq!(answer.status, *status, "{body}: {}", answer.body);
        let field = answer.json()["error"]["field"].as_str().unwrap_or_default().to_owned();
        assert!(field.ends_with(place), "{body}: {}", answer.body);
        assert_eq!(client.get(path).body, former, "{body}: the former one stays");
    }
    served.end();
}

#[test]
fn a_request_that_does_not_come_is_not_waited_for() {
    let served = kiln(20.0, None);
    let client = paired(&served, 1);
    awake(&client);
    let head = client.request("POST", "/api/run", &[], Some(&"x".repeat(100)));
    let begun = std::time::Instant::now();
    let slow = client.raw_part(&head[..20]).unwrap();
    assert_eq!((slow.status, slow.code().as_str()), (408, "too_slow"));
    assert!(begun.elapsed().as_secs_f64() < 5.0);
    served.end();
}
