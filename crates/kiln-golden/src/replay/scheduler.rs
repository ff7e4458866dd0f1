//! Delayed starts: one slot, carried out however late.

use kiln_core::schedule::{Refused, Rules, Schedule};
use kiln_core::units::{Millis, WallClock};
use kiln_wire::log::IsoTime;

use crate::table::{Row, Scenario, TraceError};
use crate::tally::Tally;
use crate::traces::Traces;

/// Replays the module.
pub fn replay(traces: &Traces) -> Tally {
    Tally::over(traces, "scheduler", one)
}

fn one(scenario: &Scenario, tally: &mut Tally) -> Result<(), TraceError> {
    let mut schedule: Schedule<String> = Schedule::default();
    for row in scenario.rows() {
        let now = wall(row, "now_s")?;
        let result = act(&mut schedule, row, now)?;
        let next = schedule.next();
        let at = next.map(|(at, _)| at);
        let left = at.map_or(Millis::ZERO, |at| at.since(now));
        tally.row(row, |check| {
            check.exact("result", &result);
            check.exact_opt("pending_filename", next.map(|(_, name)| name));
            check.float_opt("pending_start", at.map(|at| at.since(WallClock::from_unix_millis(0)).seconds()));
            check.exact_opt("seconds_until_start", at.map(|_| left.get() / 1000));
            check.exact_opt("start_time_iso", at.map(IsoTime));
        });
    }
    Ok(())
}

fn act(schedule: &mut Schedule<String>, row: Row<'_>, now: WallClock) -> Result<String, TraceError> {
    let rules = &Rules::REFERENCE;
    Ok(match row.text("op")? {
        "schedule" => match schedule.add(rules, row.text("filename")?.to_owned(), wall(row, "start_time")?, now) {
            Ok(()) => "ok".to_owned(),
            Err(Refused::Full) => "refused:occupied".to_owned(),
            Err(Refused::NotInFuture) => "refused:past".to_owned(),
            Err(Refused::TooFar) => "too far".to_owned(),
        },
        "can_consume" => u8::from(schedule.is_due(now)).to_string(),
        "consume" => schedule.take_due(rules, now).unwrap_or_else(|| "None".to_owned()),
        "cancel" => u8::from(schedule.cancel_all()).to_string(),
        _ => "ok".to_owned(),
    })
}

fn wall(row: Row<'_>, column: &str) -> Result<WallClock, TraceError> {
    Ok(WallClock::from_unix_millis(row.millis(column)?.get()))
}
