//! Profiles: how long they take, where a firing is in them, what a step asks for and when it is over.

use std::collections::BTreeMap;

use kiln_core::firing::InStep;
use kiln_core::firing::rules::Arrival;
use kiln_core::profile::estimate::progress_percent;
use kiln_core::profile::{Profile, Step};
use kiln_core::units::{Celsius, Millis};

use crate::profiles::{self, NotOurs};
use crate::table::{Row, Scenario, TraceError};
use crate::tally::{Reason, Tally};
use crate::traces::Traces;

const RATE: Reason = Reason::agreed("a rate of 0 or below is refused, and so is what follows from it");
const TYPE: Reason = Reason::agreed("an unknown step type is refused, and so is what follows from it");

/// The profiles of the module by their number.
type Profiles = BTreeMap<usize, Result<Profile, NotOurs>>;

/// Replays the module.
pub fn replay(traces: &Traces) -> Tally {
    let profiles = profiles(traces);
    Tally::over(traces, "profile", |scenario, tally| {
        let profiles = profiles.as_ref().map_err(Clone::clone)?;
        match scenario.name() {
            "duration" => duration(scenario, tally, profiles),
            "progress" => follow(scenario, tally, profiles, progress),
            "find_step" => follow(scenario, tally, profiles, find_step),
            "step_target" => step_target(scenario, tally),
            other => Err(TraceError::new(&"profile", other)),
        }
    })
}

fn profiles(traces: &Traces) -> Result<Profiles, TraceError> {
    let scenario = traces.scenario("profile", "duration")?;
    scenario.rows().map(|row| Ok((row.get("id")?, profiles::profile(&row.json("profile_json")?)))).collect()
}

/// Why a row is left out whose profile is not one of ours; `None` for a profile that is broken.
fn left_out(why: NotOurs) -> Option<Reason> {
    match why {
        NotOurs::Rate => Some(RATE),
        NotOurs::Type => Some(TYPE),
        NotOurs::Broken => None,
    }
}

fn duration(scenario: &Scenario, tally: &mut Tally, profiles: &Profiles) -> Result<(), TraceError> {
    tally.exclude_columns(scenario, &["error"], "only whether a profile is refused is compared");
    for row in scenario.rows() {
        row.text("profile_json")?;
        let profile = profiles.get(&row.get("id")?).ok_or_else(|| TraceError::new(&"profile: id", "unknown"))?;
        if let Some(reason) = profile.as_ref().err().and_then(|why| left_out(*why)) {
            tally.exclude(row, reason);
            continue;
        }
        let profile = profile.as_ref().ok();
        tally.row(row, |check| {
            check.flag("ok", profile.is_some());
            check.float_opt("duration_s", profile.map(|profile| profile.nominal_seconds(None)));
            check.exact_opt("n_steps", profile.map(|profile| profile.steps().len()));
        });
    }
    Ok(())
}

/// Replays rows that each ask one thing of one profile.
fn follow(
    scenario: &Scenario,
    tally: &mut Tally,
    profiles: &Profiles,
    one: impl Fn(&mut Tally, Row<'_>, &Profile) -> Result<(), TraceError>,
) -> Result<(), TraceError> {
    for row in scenario.rows() {
        match profiles.get(&row.get("profile_id")?) {
            Some(Ok(profile)) => one(tally, row, profile)?,
            Some(Err(why)) => match left_out(*why) {
                Some(reason) => tally.exclude(row, reason),
                None => return Err(TraceError::new(&row.place("profile_id"), "a refused profile")),
            },
            None => return Err(TraceError::new(&row.place("profile_id"), "unknown")),
        }
    }
    Ok(())
}

fn progress(tally: &mut Tally, row: Row<'_>, profile: &Profile) -> Result<(), TraceError> {
    let elapsed: f64 = row.get("elapsed_s")?;
    let duration = profile.nominal_seconds(None);
    tally.row(row, |check| {
        check.flag("is_complete", elapsed >= duration);
        check.float("progress_pct", progress_percent(elapsed, duration));
    });
    Ok(())
}

fn find_step(tally: &mut Tally, row: Row<'_>, profile: &Profile) -> Result<(), TraceError> {
    let located = profile.locate(row.get("elapsed_s")?);
    tally.row(row, |check| {
        check.flag("ok", true);
        check.exact("step_index", located.index);
        check.float("time_in_step_s", located.seconds);
        check.float("step_start_temp", located.from.get());
    });
    Ok(())
}

fn step_target(scenario: &Scenario, tally: &mut Tally) -> Result<(), TraceError> {
    tally.exclude_columns(scenario, &["id"], "the number of the row");
    for row in scenario.rows() {
        let step = match step(&row)? {
            Ok(step) => step,
            Err(why) => {
                let reason = left_out(why).ok_or_else(|| TraceError::new(&row.place("type"), "a refused step"))?;
                tally.exclude(row, reason);
                continue;
            }
        };
        let seconds = row.get::<f64>("elapsed_s")? - row.get::<f64>("step_start_time")?;
        let (from, at) = (row.celsius("step_start_temp")?, row.celsius("current_temp")?);
        tally.row(row, |check| {
            check.float("out_target", step.setpoint(from, seconds).map_or(0.0, Celsius::get));
            check.flag(
                "out_complete",
                InStep { step, from, seconds, at }.end(Arrival::Crossing, None, None, None).is_some(),
            );
        });
    }
    Ok(())
}

fn step(row: &Row<'_>) -> Result<Result<Step, NotOurs>, TraceError> {
    let target = row.opt("target_temp")?.and_then(Celsius::new);
    let (rate, duration) = (row.opt("desired_rate")?, row.opt("duration")?);
    Ok(match row.text("type")? {
        "ramp" => profiles::ramp(target, rate, None),
        "cooling" => Ok(Step::Cool { target }),
        "hold" => {
            let time = duration.and_then(Millis::from_seconds_f64);
            target.zip(time).map(|(target, time)| Step::Hold { target, time }).ok_or(NotOurs::Broken)
        }
        _ => Err(NotOurs::Type),
    })
}
