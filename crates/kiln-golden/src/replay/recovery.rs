//! After a restart: the last row of a log, the decision, and when it is made.

use kiln_app::log::name::run_of;
use kiln_app::recovery::{Listener, Policy, Tail, WhyTail};
use kiln_core::command::ResumePoint;
use kiln_core::profile::{Name, Profile, Step};
use kiln_core::recovery::{Decision, Doubt, Facts, LastRow, Rules, decide};
use kiln_core::units::{Celsius, Kelvin, Millis};
use kiln_wire::log::{Column, Place, State};

use crate::table::{Row, Scenario, TraceError};
use crate::tally::{Reason, Tally};
use crate::traces::Traces;

/// Which file was read last is decided by a pointer here, by the time of the file there.
const FILE_CHOICE: Reason = Reason::agreed("which log is read");
/// A row written while the kiln is brought back says -1.
const NO_STEP: Reason = Reason::agreed("a step of -1 is no step");
/// `nan`, `inf` and `1_000` are numbers there.
const NO_NUMBER: Reason = Reason::extra("what no kiln can have is refused by the name of its field");
/// `running` is a state there, only not the one looked for.
const NO_STATE: Reason = Reason::extra("a word that is no state is refused by the name of its field");

/// Replays the module.
pub fn replay(traces: &Traces) -> Tally {
    Tally::over(traces, "recovery", |scenario, tally| match scenario.name() {
        "decision" => scenario.rows().try_for_each(|row| decision(row, tally)),
        "parse_last_line" => scenario.rows().try_for_each(|row| last_line(row, tally)),
        "listener" => listener(scenario, tally),
        other => Err(TraceError::new(&other, "not a scenario that is known here")),
    })
}

/// What goes on; the reference's rules never look at it.
fn any_profile() -> Result<Profile, TraceError> {
    let name = Name::new("any").ok_or_else(|| TraceError::new(&"profile", "no name"))?;
    Profile::new(name, &[Step::Cool { target: None }]).map_err(|e| TraceError::new(&"profile", &format!("{e:?}")))
}

fn decision(row: Row<'_>, tally: &mut Tally) -> Result<(), TraceError> {
    let file = row.text("log_file")?;
    row.text("id")?;
    let files = row.json("files_json")?;
    let content = files.as_array().into_iter().flatten().find(|entry| entry["name"] == file);
    let Some(content) = content.and_then(|entry| entry["content"].as_str()) else {
        tally.exclude(row, FILE_CHOICE);
        return Ok(());
    };
    let delta = row.get("max_temp_delta").ok().and_then(Kelvin::new);
    let rules = Rules::reference(delta.ok_or_else(|| TraceError::new(&file, "no delta"))?);
    let found = row.celsius("current_temp")?;
    match Policy::REFERENCE.read(content) {
        Err(WhyTail::Bad(bad)) if bad.column == Some(Column::State) => tally.exclude(row, NO_STATE),
        Err(_) => compare(row, tally, None, "", "unreadable"),
        Ok(tail) => {
            let last = Policy::REFERENCE.facts(&tail);
            let answer = decide(&Facts { last, found, work: None, outage: None }, &any_profile()?, &rules);
            let profile = run_of(file).map(str::to_lowercase);
            let reason = match (&profile, answer) {
                (None, _) => "no_profile_name",
                (Some(_), Decision::Resume(_)) => "ok",
                (Some(_), Decision::Ask(Doubt::TooFar(_))) => "deviation",
                (Some(_), Decision::Ask(_)) => "asked",
                (Some(_), Decision::Nothing) => ended(tail.row.state),
            };
            compare(row, tally, Some(&tail), profile.as_deref().unwrap_or(""), reason);
        }
    }
    Ok(())
}

const fn ended(state: State) -> &'static str {
    match state {
        State::Error => "state:ERROR",
        State::Complete => "state:COMPLETE",
        State::Idle => "state:IDLE",
        State::Running | State::Tuning | State::Recovery => "state:other",
    }
}

fn compare(row: Row<'_>, tally: &mut Tally, tail: Option<&Tail<'_>>, profile: &str, reason: &str) {
    let read = |value: fn(&Tail<'_>) -> f64| tail.map_or(0.0, value);
    let step = tail.and_then(|tail| step_shown(tail, row, tally));
    tally.row(row, |check| {
        check.flag("can_recover", reason == "ok");
        check.exact("profile_name", profile);
        check.float("elapsed_s", read(|tail| tail.row.elapsed.seconds()));
        check.float("last_temp", read(|tail| tail.row.temperature.get()));
        check.float("last_target", read(|tail| tail.row.target.get()));
        check.exact("reason", reason);
        if let Some(step) = &step {
            check.exact("step_index", step);
        }
    });
}

/// The step as the trace shows it; `None` when it shows one that is none.
fn step_shown(tail: &Tail<'_>, row: Row<'_>, tally: &mut Tally) -> Option<String> {
    match tail.row.place {
        Place::None => Some(String::new()),
        Place::Step { index, .. } => Some(index.to_string()),
        Place::Recovering { .. } => {
            tally.exclude_fields(row, &["step_index"], NO_STEP);
            None
        }
    }
}

fn last_line(row: Row<'_>, tally: &mut Tally) -> Result<(), TraceError> {
    row.text("id")?;
    let content = row.json("content_json")?;
    let content = content.as_str().ok_or_else(|| TraceError::new(&"content_json", "not a text"))?;
    let read = Policy::REFERENCE.read(content);
    let expected: u8 = row.get("parsed")?;
    if let Err(WhyTail::Bad(bad)) = read
        && bad.column.is_some()
        && expected == 1
    {
        tally.exclude(row, NO_NUMBER);
        return Ok(());
    }
    let tail = read.as_ref().ok();
    let step = tail.map_or_else(|| Some(String::new()), |tail| step_shown(tail, row, tally));
    tally.row(row, |check| {
        check.flag("parsed", tail.is_some());
        check.float_opt("elapsed_s", tail.map(|tail| tail.row.elapsed.seconds()));
        check.float_opt("current_temp", tail.map(|tail| tail.row.temperature.get()));
        check.float_opt("target_temp", tail.map(|tail| tail.row.target.get()));
        check.exact("state", tail.map_or("", |tail| tail.row.state.word()));
        if let Some(step) = &step {
            check.exact("step_index", step);
        }
    });
    Ok(())
}

/// One listener for each trial: a log of a running firing, clock 1000 s, step 2.
fn listener(scenario: &Scenario, tally: &mut Tally) -> Result<(), TraceError> {
    let delta = Kelvin::new(scenario.param_f64("max_temp_delta")?);
    let rules = Rules::reference(delta.ok_or_else(|| TraceError::new(&"max_temp_delta", "not finite"))?);
    let (mut listener, mut trial) = (Listener::REFERENCE, None);
    for row in scenario.rows() {
        row.text("k")?;
        let this: usize = row.get("trial")?;
        if trial.replace(this) != Some(this) {
            listener = Listener::REFERENCE;
        }
        let (temperature, found) = (row.celsius("last_logged_temp")?, row.celsius("status_temp")?);
        let elapsed = Millis::from_seconds(1000);
        let last = LastRow { elapsed, temperature, running: true, step: Some(2), into_step: None };
        let look = listener.see(found);
        let answer = decide(&Facts { last, found, work: None, outage: None }, &any_profile()?, &rules);
        let sent = if let Decision::Resume(point) = answer { Some(point).filter(|_| look) } else { None };
        sending(row, tally, &listener, sent.as_ref(), found);
    }
    Ok(())
}

fn sending(row: Row<'_>, tally: &mut Tally, listener: &Listener, sent: Option<&ResumePoint>, found: Celsius) {
    tally.row(row, |check| {
        check.flag("attempted", listener.looked());
        check.flag("resume_sent", sent.is_some());
        check.exact_opt("cmd_file", sent.map(|_| "cone6.json"));
        check.float_opt("cmd_elapsed", sent.map(|point| point.elapsed.seconds()));
        check.float_opt("cmd_last_temp", sent.and_then(|point| point.temperature).map(Celsius::get));
        check.float_opt("cmd_current_temp", sent.map(|_| found.get()));
        check.exact_opt("cmd_step_index", sent.and_then(|point| point.step));
    });
}
