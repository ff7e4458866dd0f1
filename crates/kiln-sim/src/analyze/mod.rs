//! `kiln-sim tune` and `kiln-sim analyze`: a tuning run and what it shows, a log and what it shows.
//!
//! Decides what is printed and which exit status follows; the analysis is the controller's own.

mod log;
mod report;
mod table;

use std::io::{self, Write};
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use kiln_core::analysis::{Fit, NoFit, Ultimate, fit};
use kiln_core::command::TuningMode;
use kiln_core::tune::Swing;
use kiln_core::units::{Duty, Kelvin};
use kiln_sim::plant::{NAMES, PlantSpec};
use kiln_sim::random::Seed;
use kiln_sim::tune::{Analysed, Ending, Order, analyse};

use crate::{Day, Status, Trouble};

/// What the exit status of both commands means.
pub(crate) const EXIT_STATUS: &str = "Exit status:
  0  there is a model or a swing, and gains
  1  a fault ended the run, or the record shows no kiln: the reason is printed
  2  refused: the plant, the log (its line is named), a word of the command line
  3  set-up missing: the log cannot be written where it should go";

/// Which plan.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Mode {
    /// One plateau below 100 °C, half an hour.
    Safe,
    /// Two plateaus below 150 °C, an hour.
    Standard,
    /// Four plateaus below 200 °C, three hours.
    Thorough,
    /// Three plateaus below 500 °C.
    High,
    /// A relay test around 150 °C.
    Relay,
}

impl From<Mode> for TuningMode {
    fn from(mode: Mode) -> Self {
        match mode {
            Mode::Safe => Self::Safe,
            Mode::Standard => Self::Standard,
            Mode::Thorough => Self::Thorough,
            Mode::High => Self::HighTemperature,
            Mode::Relay => Self::Relay,
        }
    }
}

/// The words after `kiln-sim tune`.
#[derive(Debug, Args)]
pub(crate) struct TuneOptions {
    /// The plan.
    #[arg(long, value_enum, default_value = "safe")]
    mode: Mode,
    /// The kiln to tune: test2k5, top9, front15, old9, glass5, top9_heavy, jb_onelump, plant_a or plant_b.
    #[arg(long, default_value = "top9")]
    plant: String,
    /// What everything drawn by chance follows from.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How bad the day is.
    #[arg(long, value_enum, default_value = "nominal")]
    level: Day,
    /// Write the log of the run here, as CSV.
    #[arg(long, value_name = "FILE")]
    log: Option<PathBuf>,
    /// Tune every kiln by every plan instead, and print how far off each analysis is.
    #[arg(long, conflicts_with_all = ["mode", "plant", "seed", "log"])]
    table: bool,
    /// How many days of each kiln and plan the table takes.
    #[arg(long, default_value_t = 1, requires = "table")]
    seeds: u64,
}

/// The words after `kiln-sim analyze`.
#[derive(Debug, Args)]
pub(crate) struct AnalyzeOptions {
    /// A tuning log of this controller or of the reference, CSV.
    log: PathBuf,
    /// The window of the relay, s [default: 5 for this controller's logs, 20 for the reference's].
    #[arg(long, value_name = "S")]
    window: Option<u64>,
}

/// Tunes a simulated kiln and prints the analysis beside the truth.
pub(crate) fn tune_command(options: &TuneOptions) -> Result<Status, Trouble> {
    if options.table {
        return table::command(options.level.into(), options.seeds);
    }
    let plant = PlantSpec::built_in(&options.plant).map_err(|error| {
        Trouble::Refused(format!("--plant {}: {error}; there are {}", options.plant, NAMES.join(", ")))
    })?;
    let order =
        Order { plant: &plant, mode: options.mode.into(), level: options.level.into(), seed: Seed(options.seed) };
    let Analysed { tuned, found } = analyse(&order).map_err(|error| Trouble::Refused(error.to_string()))?;
    let minutes = tuned.rows.last().map_or(0.0, |row| row.at.seconds() / 60.0);
    let ended = match tuned.ending {
        Ending::Complete => "complete".to_owned(),
        Ending::Failed(fault) => format!("ended by fault {}", fault.kind().code()),
        Ending::Endless => "given up".to_owned(),
    };
    let mut text = format!("{} · {ended} after {minutes:.1} min, at most {:.1} °C\n", options.plant, tuned.hottest_c);
    if let Some(path) = &options.log {
        text += &format!("log    {}, {} rows\n", path.display(), log::write(path, &tuned)?);
    }
    let swing = if matches!(options.mode, Mode::Relay) { tuned.swing() } else { None };
    let mains = tuned.mains;
    let found = found.map(|beside| (beside.fit, report::beside_truth(&beside, mains)));
    let (analysis, shown) = show(found, swing);
    print(&(text + &analysis));
    Ok(if tuned.ending == Ending::Complete { shown } else { Status::Ended })
}

/// Reads a log and prints what it shows.
pub(crate) fn analyze_command(options: &AnalyzeOptions) -> Result<Status, Trouble> {
    let log = log::read(&options.log, options.window)?;
    let minutes = log.record.duration().seconds() / 60.0;
    let (analysis, shown) = show(fit(&log.record).map(|fit| (fit, String::new())), log.swing);
    let (path, rows, window_s) = (options.log.display(), log.rows, log.window_s);
    print(&format!("{path} · {rows} rows, {minutes:.1} min, relay window {window_s} s\n{analysis}"));
    Ok(shown)
}

/// The relay's gains if there is a swing, the model's if there is a model.
fn show(found: Result<(Fit, String), NoFit>, swing: Option<Swing>) -> (String, Status) {
    let ultimate = swing.and_then(|swing| Ultimate::of_swing(&swing, Duty::FULL, Kelvin::whole(1)));
    let relay = ultimate.as_ref().map(report::relay).unwrap_or_default();
    match found {
        Ok((fit, beside)) => {
            let rules = report::rules(&fit, ultimate.is_none());
            (format!("{relay}{}{beside}{rules}", report::model(&fit)), Status::Complete)
        }
        Err(why) => {
            let status = if ultimate.is_some() { Status::Complete } else { Status::Ended };
            (format!("{relay}no model: {}\n", report::refusal(&why)), status)
        }
    }
}

/// Nobody reading is no trouble: the exit status says what came of it.
fn print(text: &str) {
    let mut out = io::stdout();
    drop(out.write_all(text.as_bytes()).and_then(|()| out.flush()));
}
