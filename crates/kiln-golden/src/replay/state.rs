//! The firing state machine: run, resume, stop, update by update.

use std::collections::BTreeMap;

use kiln_core::command::{Command, Outcome, Refusal, ResumePoint};
use kiln_core::event::Events;
use kiln_core::fault::{Fault, Kind};
use kiln_core::firing::rules::{DefaultMinimum, StallRule};
use kiln_core::firing::{Demand, Firing, Rules, Run, RunView, Seen, State};
use kiln_core::profile::Profile;
use kiln_core::units::{Celsius, Duty, Instant, Millis};
use serde_json::Value;

use crate::profiles::{self, NotOurs};
use crate::table::{Check, Row, Scenario, TraceError};
use crate::tally::{Reason, Tally};
use crate::traces::Traces;

const STALE_RECOVERY: Reason = Reason::agreed("a reheat left over from an error is not honoured by the next run");
const NEGATIVE_STEP: Reason = Reason::agreed("a step below 0, as a row logged while reheating says, is not given");
const RATE: Reason = Reason::agreed("a rate of 0 or below is refused");

/// Replays the module.
pub fn replay(traces: &Traces) -> Tally {
    Tally::over(traces, "state", scenario)
}

fn scenario(scenario: &Scenario, tally: &mut Tally) -> Result<(), TraceError> {
    let rules = rules(scenario.param("config")?)?;
    let profiles = all_profiles(scenario)?;
    let mut machine = Machine { firing: Firing::new(), rules, events: Events::default(), target: 0.0, cut_short: None };
    for row in scenario.rows() {
        let op = row.text("op")?;
        let result = machine.apply(&row, op, &profiles)?;
        match machine.cut_short {
            Some(reason) => {
                look_at_all(scenario);
                tally.exclude(row, reason);
            }
            None => tally.row(row, |check| machine.compare(check, op, result)),
        }
    }
    Ok(())
}

fn look_at_all(scenario: &Scenario) {
    scenario.columns().iter().for_each(|column| scenario.look_at(column));
}

/// What one call answered.
#[derive(Clone, Copy)]
enum Answer {
    Target(f64),
    Outcome(Outcome),
}

struct Machine {
    firing: Firing,
    rules: Rules,
    events: Events,
    target: f64,
    cut_short: Option<Reason>,
}

impl Machine {
    fn apply(
        &mut self,
        row: &Row<'_>,
        op: &str,
        profiles: &BTreeMap<String, Result<Profile, NotOurs>>,
    ) -> Result<Answer, TraceError> {
        let now = row.instant("now_s")?;
        let args = row.json("arg_json")?;
        let profile = args.get("profile").and_then(Value::as_str).and_then(|name| profiles.get(name));
        match (op, profile) {
            ("update", _) => return Ok(Answer::Target(self.update(now, row.celsius("temp_c")?))),
            ("run" | "resume", Some(Err(NotOurs::Rate))) => self.cut_short = Some(RATE),
            ("run", Some(Ok(profile))) => {
                self.note_stale_recovery();
                return Ok(Answer::Outcome(self.command(&Command::Run(*profile), now)));
            }
            ("resume", Some(Ok(profile))) => {
                let below_zero = args.get("step_index").and_then(Value::as_i64).is_some_and(|index| index < 0);
                self.cut_short = below_zero.then_some(NEGATIVE_STEP);
                return Ok(Answer::Outcome(self.command(&Command::Resume(*profile, point(&args)), now)));
            }
            ("stop", _) => {
                self.cut_short = None;
                return Ok(Answer::Outcome(self.command(&Command::Stop, now)));
            }
            ("clear_error", _) => {
                let outcome = match self.firing.state() {
                    State::Error { .. } => self.command(&Command::ClearError, now),
                    State::Idle | State::Running(_) | State::Tuning(_) | State::Complete(_) => {
                        Outcome::Refused(Refusal::NoError)
                    }
                };
                return Ok(Answer::Outcome(outcome));
            }
            _ => return Err(TraceError::new(&row.place("op"), "an unknown call or profile")),
        }
        Ok(Answer::Outcome(Outcome::Done))
    }

    /// The reference controller's next run goes on with the reheat that an error cut off; ours does not.
    fn note_stale_recovery(&mut self) {
        if let State::Error { run: Some(run), .. } = self.firing.state()
            && run.view(&self.rules, None).reheating.is_some()
        {
            self.cut_short = Some(STALE_RECOVERY);
        }
    }

    fn update(&mut self, now: Instant, at: Celsius) -> f64 {
        let seen = Seen { now, at, duty: Duty::OFF, withheld: false };
        self.target = match self.firing.tick(&self.rules, &seen, &mut self.events) {
            Demand::Target(target) => target.get(),
            Demand::Off | Demand::Heat(_) => 0.0,
        };
        self.target
    }

    fn command(&mut self, command: &Command, now: Instant) -> Outcome {
        let outcome = self.firing.command(&self.rules, command, now, &mut self.events);
        if matches!(command, Command::Stop | Command::ClearError) {
            self.target = 0.0;
        }
        outcome
    }

    fn compare(&self, check: &mut Check<'_>, op: &str, answer: Answer) {
        match answer {
            Answer::Target(target) => check.float("result", target),
            Answer::Outcome(outcome) if op == "clear_error" => check.flag("result", outcome == Outcome::Done),
            Answer::Outcome(Outcome::Done) => check.exact("result", "ok"),
            Answer::Outcome(Outcome::Refused(Refusal::Busy)) => check.exact("result", "refused:busy"),
            Answer::Outcome(Outcome::Refused(_)) => check.exact("result", "other"),
        }
        let (state, run, fault) = parts(self.firing.state());
        check.exact("state", state);
        check.exact("error", fault.map_or("", code));
        check.float("target_c", self.target);
        let view = run.map(|run| run.view(&self.rules, None));
        compare_run(check, view.as_ref());
    }
}

fn compare_run(check: &mut Check<'_>, view: Option<&RunView>) {
    check.float("elapsed_s", view.map_or(0.0, |view| view.elapsed.seconds()));
    check.exact("step_index", view.map_or(0, |view| view.step));
    check.float("step_start_time", view.map_or(0.0, |view| view.step_start));
    check.float("step_start_temp", view.map_or(0.0, |view| view.step_from.get()));
    let reheating = view.and_then(|view| view.reheating);
    check.flag("recovering", reheating.is_some());
    check.float_opt("recovery_target", reheating.map(Celsius::get));
    check.exact("stall_fail_count", view.map_or(0, |view| view.stall_fails));
    check.float("measured_rate", view.map_or(0.0, |view| view.measured.get()));
    check.exact("history_len", view.map_or(0, |view| view.history));
}

/// The state's number in the traces, the firing and the fault.
fn parts(state: &State) -> (u8, Option<&Run>, Option<&Fault>) {
    match state {
        State::Idle => (0, None, None),
        State::Running(run) => (1, Some(run), None),
        State::Tuning(_) => (2, None, None),
        State::Complete(run) => (3, Some(run), None),
        State::Error { fault, run } => (4, run.as_ref(), Some(fault)),
    }
}

fn code(fault: &Fault) -> &'static str {
    let kind = fault.kind();
    if kind == Kind::OverTemperature {
        "over_temperature"
    } else if kind == Kind::BelowMinimumRate {
        "stall"
    } else {
        "other"
    }
}

pub(crate) fn point(args: &Value) -> ResumePoint {
    let number = |key: &str| args.get(key).and_then(Value::as_f64);
    ResumePoint {
        elapsed: number("elapsed_seconds").and_then(Millis::from_seconds_f64).unwrap_or(Millis::ZERO),
        // A step below 0 is what a row logged while reheating says: not given.
        step: args.get("step_index").and_then(Value::as_u64).and_then(|step| usize::try_from(step).ok()),
        temperature: number("last_logged_temp").and_then(Celsius::new),
        found: number("current_temp").and_then(Celsius::new),
        work: None,
    }
}

fn all_profiles(scenario: &Scenario) -> Result<BTreeMap<String, Result<Profile, NotOurs>>, TraceError> {
    let named = scenario.param("profiles")?.as_object();
    let named = named.ok_or_else(|| TraceError::new(&"profiles", "not an object"))?;
    Ok(named.iter().map(|(name, json)| (name.clone(), profiles::profile(json))).collect())
}

/// The reference controller's rules with the settings of a trace.
pub(crate) fn rules(config: &Value) -> Result<Rules, TraceError> {
    let number = |key: &str, default: f64| config.get(key).and_then(Value::as_f64).unwrap_or(default);
    let time = |key: &str, default: f64| {
        Millis::from_seconds_f64(number(key, default)).ok_or_else(|| TraceError::new(&key, "not a time"))
    };
    let fails = config.get("STALL_CONSECUTIVE_FAILS").and_then(Value::as_u64).unwrap_or(3);
    let maximum = Celsius::new(number("MAX_TEMP", 1300.0)).ok_or_else(|| TraceError::new(&"MAX_TEMP", "not finite"))?;
    Ok(Rules {
        max_temperature: maximum,
        record_every: time("RATE_RECORDING_INTERVAL", 10.0)?,
        rate_window: time("RATE_MEASUREMENT_WINDOW", 600.0)?,
        stall: StallRule {
            every: time("STALL_CHECK_INTERVAL", 60.0)?,
            fails: u32::try_from(fails).map_err(|error| TraceError::new(&"STALL_CONSECUTIVE_FAILS", &error))?,
            grace: time("STALL_MIN_STEP_TIME", 600.0)?,
            default_minimum: DefaultMinimum::Share(0.8),
            ..Rules::REFERENCE.stall
        },
        ..Rules::REFERENCE
    })
}
