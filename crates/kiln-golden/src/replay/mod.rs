//! One file per module of the traces: what to feed, what to compare.
//!
//! To add a module: write `replay/NAME.rs` with `pub fn replay(traces: &Traces) -> Tally`, and name it in [`MODULES`].

pub mod analysis;
pub mod analysis_formulas;
pub mod control;
pub mod datalog;
pub mod gain_schedule;
pub mod max31856;
pub mod pid;
pub mod profile;
pub mod rate_monitor;
pub mod recovery;
pub mod scheduler;
pub mod ssr;
pub mod state;
pub mod temp_filter;
pub mod tuner;

use crate::tally::Tally;
use crate::traces::Traces;

/// What stands for a module.
#[derive(Clone, Copy)]
pub enum Replay {
    /// It is replayed.
    Runs(fn(&Traces) -> Tally),
    /// It must be replayed and is not: the replay as a whole fails.
    NotYet,
    /// It belongs to a part that does not exist so far: listed, and no failure.
    Later,
}

/// Every module of the traces.
pub const MODULES: &[(&str, Replay)] = &[
    ("pid", Replay::Runs(pid::replay)),
    ("gain_schedule", Replay::Runs(gain_schedule::replay)),
    ("profile", Replay::Runs(profile::replay)),
    ("state", Replay::Runs(state::replay)),
    ("rate_monitor", Replay::Runs(rate_monitor::replay)),
    ("temp_filter", Replay::Runs(temp_filter::replay)),
    ("ssr", Replay::Runs(ssr::replay)),
    ("tuner", Replay::Runs(tuner::replay)),
    ("scheduler", Replay::Runs(scheduler::replay)),
    ("recovery", Replay::Runs(recovery::replay)),
    ("datalog", Replay::Runs(datalog::replay)),
    ("max31856", Replay::Runs(max31856::replay)),
    ("control", Replay::Runs(control::replay)),
    ("analysis", Replay::Runs(analysis::replay)),
    ("analysis_formulas", Replay::Runs(analysis_formulas::replay)),
];
