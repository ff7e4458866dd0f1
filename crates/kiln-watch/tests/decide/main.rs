//! What the watcher decides, by tables: no socket, no clock.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]
#![allow(clippy::indexing_slicing, reason = "a test that reaches beyond has failed")]

mod asking;
mod book;
mod past;
mod policy;
mod poller;
mod stop;
mod words;

use kiln_core::units::{Instant, Millis, WallClock};
use kiln_watch::Moment;
use kiln_watch::status::Status;
use serde_json::{Value, json};

/// The moment so many seconds after the beginning.
fn at(seconds: f64) -> Instant {
    Instant::from_millis(0) + Millis::from_seconds_f64(seconds).unwrap()
}

/// The same on both clocks.
fn moment(seconds: f64) -> Moment {
    Moment { now: at(seconds), wall: WallClock::from_unix_millis(1_790_000_000_000 + at(seconds).as_millis()) }
}

/// A kiln at rest, with some of it changed: JSON pointers and what is to be there.
fn status(changes: &[(&str, Value)]) -> Status {
    let mut text = json!({
        "state": "idle", "temp_c": 20.0, "temp_age_s": 0.5, "target_c": null, "output_percent": 0.0, "sensor_problem": null,
        "run": null, "fault": null, "guards": [], "recovery": null, "scheduled": null,
        "clock": {"wall_ms": 1_790_000_000_000_u64, "control_ms": 1000}, "control": {"silent": false},
        "network": {"name": "studio"}, "something_new": 1,
    });
    for (pointer, value) in changes {
        *text.pointer_mut(pointer).unwrap_or_else(|| panic!("no {pointer}")) = value.clone();
    }
    serde_json::from_value(text).unwrap()
}

/// A firing in a step.
fn run(id: &str, step: u32, elapsed_s: f64, hold_s: Option<f64>) -> Value {
    json!({
        "id": id, "profile": "Bisque", "elapsed_s": 100.0, "remaining_s": 5000.0, "progress_percent": 10.0,
        "step": {"index": step, "count": 3, "target_c": 600.0, "elapsed_s": elapsed_s, "hold_s": hold_s},
    })
}

/// A firing kiln.
fn firing(id: &str) -> Vec<(&'static str, Value)> {
    vec![("/state", json!("running")), ("/run", run(id, 0, 0.0, None)), ("/temp_c", json!(300.0))]
}

fn fault(code: &str, severity: &str) -> Value {
    json!({"code": code, "kind": "k", "severity": severity, "message": "in its words", "params": {"seen_c": 1291.4}})
}
