//! The log of a run: which file, which rows, byte for byte.

use std::num::NonZeroU8;

use kiln_app::log::{Action, FileName, Recorder, Settings, Subject};
use kiln_core::units::{Celsius, CelsiusPerHour, Duty, Instant, Millis, WallClock};
use kiln_wire::log::{Place, Row as LogRow, State};
use serde_json::{Value, json};

use crate::table::{Row, Scenario, TraceError};
use crate::tally::Tally;
use crate::traces::Traces;

/// Replays the module.
pub fn replay(traces: &Traces) -> Tally {
    Tally::over(traces, "datalog", one)
}

fn one(scenario: &Scenario, tally: &mut Tally) -> Result<(), TraceError> {
    let firing = Millis::from_seconds(scenario.param_u64("logging_interval")?);
    let settings = Settings { firing, ..Settings::default() };
    let mut recorder = Recorder::default();
    for row in scenario.rows() {
        let status = row.json("status_json")?;
        let now = row.millis("now_s")?;
        let appended = if row.text("kind")? == "recovery_ctx" {
            let context = status.get("file").and_then(Value::as_str).and_then(FileName::new);
            let context = context.zip(status.get("elapsed").and_then(seconds));
            let (log, elapsed) = context.ok_or_else(|| wrong(row, "not a recovery"))?;
            recorder.resumed(log, elapsed);
            Value::Null
        } else {
            let file = recorder.open().map(|name| name.as_str().to_owned());
            status_appends(row, &mut recorder, &settings, &status, now, file)?
        };
        // Compared as values: a text of JSON may be spaced in many ways.
        let expected = row.json("appended_json")?;
        if appended != expected {
            tally.mismatch(format!("{} expected {expected}, got {appended}", scenario.name()));
        }
        tally.row(row, |check| {
            check.flag("is_logging", recorder.open().is_some());
            check.exact("file", recorder.open().map_or("", FileName::as_str));
        });
    }
    Ok(())
}

/// Hands a status to the recorder; what it appends, as the trace writes it.
fn status_appends(
    row: Row<'_>,
    recorder: &mut Recorder,
    settings: &Settings,
    status: &Value,
    now: Millis,
    mut file: Option<String>,
) -> Result<Value, TraceError> {
    let told = log_row(status, now).ok_or_else(|| wrong(row, "not a status"))?;
    let subject = match (told.state, status["profile_name"].as_str()) {
        (State::Running, Some(name)) => Some(Subject::Firing(name)),
        (State::Tuning, _) => Some(Subject::Tuning),
        _ => None,
    };
    let mut text = String::new();
    for action in recorder.see(settings, Instant::from_millis(now.get()), subject, &told) {
        match action {
            Action::Create(name) | Action::Reopen(name) => file = Some(name.as_str().to_owned()),
            Action::Append(line) => text.push_str(&line.to_string()),
            Action::Close => {}
        }
    }
    Ok(if text.is_empty() { Value::Null } else { json!([[file, text]]) })
}

/// What the log would say of a status.
fn log_row(status: &Value, now: Millis) -> Option<LogRow<'_>> {
    let number = |key: &str| status[key].as_f64();
    let small = |key: &str| status[key].as_u64().and_then(|value| u8::try_from(value).ok());
    let count = small("total_steps").and_then(NonZeroU8::new);
    let place = match (status["step_name"].as_str(), small("step_index")) {
        _ if status["is_recovering"] == true => Place::Recovering { count },
        (Some(name), Some(index)) => Place::Step { name, index, count },
        _ => Place::None,
    };
    Some(LogRow {
        at: Some(WallClock::from_unix_millis(now.get())),
        elapsed: seconds(&status["elapsed"])?,
        temperature: Celsius::new(number("current_temp")?)?,
        target: Celsius::new(number("target_temp")?)?,
        duty: Duty::from_percent(number("ssr_output")?),
        state: state(status["state"].as_str()?)?,
        place,
        rate: CelsiusPerHour::new(number("measured_rate").unwrap_or(0.0))?,
    })
}

fn state(word: &str) -> Option<State> {
    [State::Idle, State::Running, State::Tuning, State::Complete, State::Error].into_iter().find(|s| s.word() == word)
}

fn seconds(value: &Value) -> Option<Millis> {
    value.as_f64().and_then(Millis::from_seconds_f64)
}

fn wrong(row: Row<'_>, why: &str) -> TraceError {
    TraceError::new(&row.place("status_json"), why)
}
