//! A firing driven over HTTP only, from pairing to its rows; and one that goes on after the power was cut.

use std::time::Duration;

use kiln_sim::serve::Served;
use kiln_wire::log::HEADER;

use super::client::Client;
use super::{Scratch, awake, kiln, paired};

const SHORT: &str = r#"{"name":"Short","steps":[
    {"type":"ramp","target_temp":60,"desired_rate":300},
    {"type":"hold","target_temp":60,"duration":600}]}"#;
pub(super) const LONG: &str = r#"{"name":"Long","steps":[
    {"type":"ramp","target_temp":300,"desired_rate":150},
    {"type":"hold","target_temp":300,"duration":36000}]}"#;

pub(super) fn stored(client: &Client, name: &str, profile: &str) {
    let path = format!("/api/profiles/{name}");
    let put = client.send("PUT", &path, &[("If-None-Match", "*")], Some(profile));
    assert_eq!((put.status, &put.json()["created"]), (201, &true.into()), "{}", put.body);
    let again = client.send("PUT", &path, &[("If-None-Match", "*")], Some(profile));
    assert_eq!((again.status, again.code().as_str()), (409, "stale"));
    let read = client.get(&path);
    assert_eq!((read.status, read.body.as_str()), (200, profile));
    let etag = read.field("ETag").unwrap().to_owned();
    assert_eq!(client.send("GET", &path, &[("If-None-Match", &etag)], None).status, 304);
}

#[test]
fn a_whole_firing_over_http_only_from_pairing_to_its_rows() {
    let served = kiln(600.0, None);
    let client = paired(&served, 1);
    awake(&client);
    stored(&client, "short", SHORT);
    let key = [("Idempotency-Key", "start-1")];
    let run = client.send("POST", "/api/run", &key, Some(r#"{"profile":"short"}"#));
    assert_eq!((run.status, run.json()["state"].as_str()), (200, Some("done")), "{}", run.body);
    let again = client.send("POST", "/api/run", &key, Some(r#"{"profile":"short"}"#));
    assert_eq!(again.json()["id"], run.json()["id"], "the same request twice is one");
    let other = client.send("POST", "/api/run", &key, Some(r#"{"profile":"long"}"#));
    assert_eq!((other.status, other.code().as_str()), (409, "key_reused"));
    let second = client.post("/api/run", r#"{"profile":"short"}"#);
    assert_eq!((second.status, second.code().as_str()), (409, "busy"), "what control did is what is answered");

    let running = client.until("/api/status", |status| !status["run"]["id"].is_null());
    let id = running["run"]["id"].as_str().unwrap().to_owned();
    let rows = client.get(&format!("/api/runs/{id}/csv"));
    assert!(rows.status == 200 && rows.body.starts_with(HEADER), "also while it goes on: {}", rows.body);
    client.until("/api/status", |status| status["state"] == "complete");
    let record = client.until(&format!("/api/runs/{id}"), |record| record["end"] == "completed");
    assert!(record["peak_c"].as_f64().unwrap() > 58.0, "{record}");
    let rows = client.get(&format!("/api/runs/{id}/csv"));
    assert!(rows.body.lines().count() > 30 && rows.body.lines().last().unwrap().contains("COMPLETE"), "{}", rows.body);
    let history = client.get("/api/history").json();
    assert!(history["points"].as_array().unwrap().len() > 100, "{history}");
    for part in ["json", "report"] {
        assert_eq!(client.get(&format!("/api/runs/{id}/{part}")).status, 200, "{part}");
    }
    let patched = client.send("PATCH", &format!("/api/runs/{id}"), &[], Some(r#"{"notes":"a\"b","cone_result":"04"}"#));
    assert_eq!(patched.json()["notes"], "a\"b");
    served.end();
}

#[test]
fn events_tell_the_status_as_it_changes_and_two_may_listen() {
    let served = kiln(50.0, None);
    let client = Client::new(served.address, 1);
    awake(&client);
    let listen = |from: u8| {
        use std::io::{Read as _, Write as _};
        let client = Client::new(served.address, from);
        let mut stream = client.connect().unwrap();
        stream.write_all(&client.request("GET", "/api/events", &[], None)).unwrap();
        let (mut said, mut buffer) = (String::new(), [0; 2048]);
        while said.matches("event: status").count() < 2 && !said.contains("HTTP/1.1 5") {
            let read = stream.read(&mut buffer).unwrap();
            said += &String::from_utf8_lossy(&buffer[..read]);
        }
        (stream, said)
    };
    let (one, two) = (listen(2), listen(3));
    for (_, said) in [&one, &two] {
        assert!(said.contains("text/event-stream") && said.contains("data: {\"number\":"), "{said}");
    }
    let third = Client::new(served.address, 4);
    let mut fewer = third.clone();
    fewer.token = None;
    let refused = fewer.raw(&fewer.request("GET", "/api/events", &[], None)).unwrap();
    assert_eq!((refused.status, refused.code().as_str()), (503, "events_full"));
    drop((one, two));
    served.end();
}

/// Cuts the power without a word: nothing is flushed, nothing is ended.
fn cut(served: Served, client: &Client) {
    drop(client.get("/api/status"));
    served.cut();
}

#[test]
fn a_firing_goes_on_in_its_own_log_after_the_power_was_cut() {
    let scratch = Scratch::new("cut");
    let served = kiln(300.0, Some(scratch.flash()));
    let client = paired(&served, 1);
    awake(&client);
    stored(&client, "long", LONG);
    assert_eq!(client.post("/api/run", r#"{"profile":"long"}"#).status, 200);
    let running = client.until("/api/status", |status| status["run"]["elapsed_s"].as_f64() > Some(1200.0));
    let id = running["run"]["id"].as_str().unwrap().to_owned();
    let before = client.get(&format!("/api/runs/{id}/csv")).body;
    std::thread::sleep(Duration::from_millis(600));
    cut(served, &client);

    let served = kiln(300.0, Some(scratch.flash()));
    let mut client = client;
    client.address = served.address;
    let resumed = client.until("/api/status", |status| status["state"] == "running");
    assert_eq!(resumed["run"]["profile"], "Long");
    let resumed = client.until("/api/status", |status| !status["run"]["id"].is_null());
    assert_eq!(resumed["run"]["id"], id.as_str(), "the same run");
    let after = client.until_text(&format!("/api/runs/{id}/csv"), |rows| rows.contains("RECOVERY"));
    assert!(after.starts_with(&before), "nothing acknowledged is lost");
    assert_eq!(client.stop().status, 200, "the token and the kiln are as they were");
    client.until("/api/status", |status| status["state"] == "idle");
    served.end();
}
