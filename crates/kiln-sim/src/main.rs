//! `kiln-sim`: fires profiles on simulated kilns, and lets any regulator be scored from outside.
//!
//! Decides what the words of the command line mean and which exit status follows; the work is in the library.
#![allow(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "pixels, percents and seconds for people: every cast is of a value bounded beside it"
)]
#![expect(
    clippy::format_push_string,
    reason = "text for people, written once; write! would add an error that cannot be"
)]

mod analyze;
mod cone;
mod cuts;
mod fire;
mod many;
mod pipe;
mod scores;
mod served;
mod wear;

use std::fmt;
use std::num::NonZero;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};

/// Simulated kilns under the shipping control loop.
#[derive(Debug, Parser)]
#[command(name = "kiln-sim", version, max_term_width = 100)]
struct Words {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Fires a profile from cold to the end.
    #[command(after_help = fire::EXIT_STATUS)]
    Fire(fire::Options),
    /// Fires by the thousand, each on a bad day of its own, and judges every slot at the pin.
    #[command(after_help = many::EXIT_STATUS)]
    Swarm(many::Options),
    /// Fires the benchmark of control and scores it.
    #[command(after_help = scores::EXIT_STATUS)]
    Bench(scores::Options),
    /// Cuts the power at every operation of the flash, and judges what is there afterwards.
    #[command(after_help = cuts::EXIT_STATUS)]
    PowerCuts(cuts::Options),
    /// Fires for years on one flash chip, and counts how often its sectors are erased.
    #[command(after_help = wear::EXIT_STATUS)]
    FlashWear(wear::Options),
    /// Prints the schedule of a cone and a speed as a profile.
    #[command(after_help = cone::EXIT_STATUS)]
    Cone(cone::Options),
    /// Tunes a kiln and shows the analysis beside the truth.
    #[command(after_help = analyze::EXIT_STATUS)]
    Tune(analyze::TuneOptions),
    /// Shows what a tuning log tells of a kiln, and the gains that follow.
    #[command(after_help = analyze::EXIT_STATUS)]
    Analyze(analyze::AnalyzeOptions),
    /// Serves a complete kiln over HTTP.
    #[command(after_help = served::CONSOLE)]
    Serve(served::Options),
    /// Does its worst to a served kiln, and tells what its owner saw.
    Load(served::LoadOptions),
    /// Answers a stream of readings with duties, so that a regulator can be scored from outside.
    #[command(long_about = pipe::ABOUT)]
    Pipe,
}

/// How bad the day is.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Day {
    /// No disturbance at all.
    Clean,
    /// Clean but for 0.003 °C of sensor noise.
    Quiet,
    /// A workshop: noise, a spike now and then, wandering mains.
    Nominal,
    /// A bad workshop: more of it, sags, the lid opened twice.
    Harsh,
}

impl From<Day> for kiln_sim::disturb::Level {
    fn from(day: Day) -> Self {
        match day {
            Day::Clean => Self::Clean,
            Day::Quiet => Self::Quiet,
            Day::Nominal => Self::Nominal,
            Day::Harsh => Self::Harsh,
        }
    }
}

/// How a command ended, for the exit status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Status {
    /// The firing came to its end.
    Complete,
    /// A fault or the user ended it.
    Ended,
}

/// Why a command was not carried out, for the exit status.
#[derive(Debug)]
enum Trouble {
    /// What was asked for is wrong, in words that name it.
    Refused(String),
    /// Something this computer should have is not there: a folder, a right, room.
    SetUp {
        /// What was to be done with it.
        doing: &'static str,
        /// The file.
        path: PathBuf,
        /// What the system said.
        error: String,
    },
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(why) => f.write_str(why),
            Self::SetUp { doing, path, error } => write!(f, "cannot {doing} {}: {error}", path.display()),
        }
    }
}

/// How much is done side by side: as asked, or one for each core.
fn threads(asked: Option<usize>) -> usize {
    asked.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, NonZero::get))
}

fn main() -> ExitCode {
    let done = match Words::parse().command {
        Command::Fire(options) => fire::command(&options),
        Command::Swarm(options) => many::command(&options),
        Command::Bench(options) => scores::command(&options),
        Command::PowerCuts(options) => Ok(cuts::command(&options)),
        Command::FlashWear(options) => wear::command(&options),
        Command::Cone(options) => cone::command(&options),
        Command::Tune(options) => analyze::tune_command(&options),
        Command::Analyze(options) => analyze::analyze_command(&options),
        Command::Serve(options) => served::command(&options),
        Command::Load(options) => served::load_command(&options),
        Command::Pipe => pipe::command(),
    };
    match done {
        Ok(Status::Complete) => ExitCode::SUCCESS,
        Ok(Status::Ended) => ExitCode::from(1),
        Err(trouble) => {
            eprintln!("kiln-sim: {trouble}");
            ExitCode::from(match trouble {
                Trouble::Refused(_) => 2,
                Trouble::SetUp { .. } => 3,
            })
        }
    }
}
