//! `kiln-sim fire`: a firing watched, logged and drawn.
//!
//! Decides where readings, rows and pictures go and how fast time passes; how the kiln is fired is the loop's business.

mod chart;
mod log;
mod pace;
mod picture;
mod summary;
mod view;
mod words;

use std::fs::File;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use clap::Args;
use kiln_core::profile::Profile;
use kiln_sim::disturb::Level;
use kiln_sim::faults::{Menu, Planned};
use kiln_sim::firing::{Ending, Moment, NotFired, Order, Wish, fire};
use kiln_sim::plant::PlantSpec;
use kiln_sim::random::Seed;
use kiln_sim::world::settings_for;

use self::log::Log;
use self::pace::Pace;
use self::view::View;
use crate::{Day, Status, Trouble};

/// How many times faster than a real kiln a firing is shown on a terminal: an hour in a second.
const SPEED_ON_TERMINAL: f64 = 3600.0;
/// The longest profile document that is read at all; the door says what is wrong with it.
const DOCUMENT_MOST: u64 = 1 << 20;

/// What the exit status of `kiln-sim fire` means.
pub(crate) const EXIT_STATUS: &str = "Exit status:
  0  the firing came to its end
  1  a fault or the user (Ctrl-C) ended it; log and picture are there nevertheless
  2  refused: the profile (its field is named), the plant, a word of the command line
  3  set-up missing: the log or the picture cannot be written where it should go";

/// The words after `kiln-sim fire`.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// The profile to fire, a JSON file.
    profile: PathBuf,
    /// The kiln to fire it in: test2k5, top9, front15, old9, glass5, top9_heavy, jb_onelump, plant_a or plant_b.
    #[arg(long, default_value = "top9")]
    plant: String,
    /// What everything drawn by chance follows from: the same seed gives the same firing, to the bit.
    #[arg(long, default_value_t = 1, allow_negative_numbers = true)]
    seed: u64,
    /// How bad the day is.
    #[arg(long, value_enum, default_value = "nominal")]
    level: Day,
    /// Simulated seconds in a real one [default: 3600 on a terminal, else as fast as can be].
    #[arg(long, value_name = "X", value_parser = speed, allow_negative_numbers = true)]
    speed: Option<f64>,
    /// What breaks, and when: NAME@6h30m, NAME@50% of the nominal time, NAME@+10m after the fault before it. May be
    /// given several times; a name that there is not is refused with those that there are.
    #[arg(long = "fault", value_name = "NAME@WHEN")]
    faults: Vec<String>,
    /// Write the log of the firing here, as CSV.
    #[arg(long, value_name = "FILE")]
    log: Option<PathBuf>,
    /// Draw the firing here, as PNG.
    #[arg(long, value_name = "FILE")]
    plot: Option<PathBuf>,
}

fn speed(word: &str) -> Result<f64, String> {
    match word.parse::<f64>() {
        Ok(speed) if speed.is_finite() && speed > 0.0 => Ok(speed),
        Ok(_) | Err(_) => Err("a number above 0".to_owned()),
    }
}

/// What is fired, and where.
#[derive(Clone, Copy, Debug)]
struct Subject<'a> {
    profile: &'a Profile,
    plant: &'a str,
    level: Level,
    seed: u64,
}

impl Subject<'_> {
    /// The day in a word.
    fn day(&self) -> &'static str {
        Level::ALL.into_iter().find(|(_, level)| *level == self.level).map_or("", |(name, _)| name)
    }
}

/// Fires.
pub(crate) fn command(options: &Options) -> Result<Status, Trouble> {
    let plant = plant(&options.plant)?;
    let profile = profile(&options.profile)?;
    let faults = faults(&options.faults)?;
    let settings = settings_for(&plant);
    let subject = Subject { profile: &profile, plant: &options.plant, level: options.level.into(), seed: options.seed };
    let mut log = options.log.as_deref().map(Log::create).transpose()?;
    let canvas = options.plot.as_deref().map(|path| canvas(path).map(|file| (path, file))).transpose()?;
    let live = io::stdout().is_terminal();
    let mut pace = Pace::new(options.speed.or(live.then_some(SPEED_ON_TERMINAL)));
    let title =
        format!("{} · {} · {} day · seed {}", profile.name().as_str(), options.plant, subject.day(), options.seed);
    let mut view = View::new(io::stdout(), live, &profile, title);
    let asked_to_stop = interrupts();
    let order = Order {
        plant: &plant,
        profile: &profile,
        settings,
        level: subject.level,
        seed: Seed(options.seed),
        start_c: None,
        record_every_s: u64::from(canvas.is_some()),
        faults: &faults,
    };
    let outcome = fire(&order, &mut |moment: &Moment<'_>| {
        view.see(moment);
        if let Some(log) = &mut log {
            log.see(moment);
        }
        pace.keep(moment.at_s, &asked_to_stop);
        if asked_to_stop.load(Ordering::Relaxed) { Wish::Stop } else { Wish::GoOn }
    })
    .map_err(|error| refused(&error, &subject, settings.rules.max_temperature.get()))?;
    let rows = log.map(Log::finish).transpose()?;
    view.finish(&summary::text(&outcome, options.log.as_deref().zip(rows), options.plot.as_deref()));
    if let Some((path, file)) = canvas {
        picture::draw(&subject, &outcome, file).map_err(|error| no_picture(path, &error))?;
    }
    Ok(if outcome.ending == Ending::Complete { Status::Complete } else { Status::Ended })
}

fn plant(name: &str) -> Result<PlantSpec, Trouble> {
    PlantSpec::built_in(name).map_err(|error| Trouble::Refused(format!("--plant {name}: {error}")))
}

fn profile(path: &Path) -> Result<Profile, Trouble> {
    let refused = |why: String| Trouble::Refused(format!("{}: {why}", path.display()));
    let mut document = Vec::new();
    let read = File::open(path)
        .and_then(|file| io::Read::read_to_end(&mut io::Read::take(file, DOCUMENT_MOST), &mut document));
    read.map_err(|error| refused(error.to_string()))?;
    kiln_wire::profile::parse(&document).map(|parsed| parsed.profile).map_err(|refusal| refused(refusal.to_string()))
}

/// What breaks, by the words of the command line.
fn faults(words: &[String]) -> Result<Vec<Planned>, Trouble> {
    let menu = Menu::built_in().map_err(Trouble::Refused)?;
    let planned = words.iter().map(|word| Planned::parse(word, &menu).map_err(|why| (word, why)));
    planned.collect::<Result<_, _>>().map_err(|(word, why)| Trouble::Refused(format!("--fault {word}: {why}")))
}

/// The file of the picture, before anything is fired for it.
fn canvas(path: &Path) -> Result<File, Trouble> {
    File::create(path).map_err(|error| no_picture(path, &error))
}

fn no_picture(path: &Path, error: &impl ToString) -> Trouble {
    Trouble::SetUp { doing: "draw the picture", path: path.to_owned(), error: error.to_string() }
}

fn refused(error: &NotFired, subject: &Subject<'_>, maximum_c: f64) -> Trouble {
    Trouble::Refused(match error {
        NotFired::Refused(refusal) => words::refusal(*refusal, subject.profile, subject.plant, maximum_c),
        NotFired::World(_) | NotFired::Silent => error.to_string(),
    })
}

/// Set when the user or the system asks for an end. A second Ctrl-C ends the program at once.
fn interrupts() -> Arc<AtomicBool> {
    let asked = Arc::new(AtomicBool::new(false));
    for signal in [signal_hook::consts::SIGINT, signal_hook::consts::SIGTERM] {
        let armed = signal_hook::flag::register_conditional_shutdown(signal, 1, Arc::clone(&asked))
            .and_then(|_| signal_hook::flag::register(signal, Arc::clone(&asked)));
        if let Err(error) = armed {
            eprintln!("kiln-sim: Ctrl-C ends at once, without log and picture: {error}");
        }
    }
    asked
}
