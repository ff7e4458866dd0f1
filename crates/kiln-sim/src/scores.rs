//! `kiln-sim bench`: the words of the command line, and what is printed.

use clap::Args;
use kiln_core::window::WindowSettings;
use kiln_sim::bench::faults::{BROKEN, break_one, calm};
use kiln_sim::bench::{
    Contender, Pair, Row, Scored, Summary, calm_table, cases, fault_table, fire_case, per_pair, side_by_side,
    summary_table, window,
};
use kiln_sim::disturb::Level;
use kiln_sim::who::Who;

use crate::{Day, Status, Trouble, threads};

/// What the exit status of `kiln-sim bench` means.
pub(crate) const EXIT_STATUS: &str = "Exit status:
  0  every firing that a perfect model could finish came to its end
  1  some did not
  2  refused: a word of the command line";

/// The words after `kiln-sim bench`.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// Who controls; may be given several times.
    #[arg(long, value_enum, default_value = "delivered")]
    regulator: Vec<Who>,
    /// The relay window, s.
    #[arg(long, default_value_t = 5.0)]
    window: f64,
    /// How bad the days are.
    #[arg(long, value_enum, default_value = "nominal")]
    day: Day,
    /// The seeds, each fired on every pair.
    #[arg(long, value_delimiter = ',', default_value = "11,12,13")]
    seeds: Vec<u64>,
    /// Only this kiln.
    #[arg(long)]
    plant: Option<String>,
    /// Only this schedule.
    #[arg(long)]
    schedule: Option<String>,
    /// Break something in each firing instead: tells how soon it is found, and what is found where nothing breaks.
    #[arg(long)]
    faults: bool,
    /// With --faults: only this fault.
    #[arg(long, requires = "faults")]
    fault: Option<String>,
    /// With --faults: how many firings with each fault.
    #[arg(long, requires = "faults", default_value_t = 40)]
    cases: u64,
    /// With --faults: how many firings of each kind of day in which nothing breaks.
    #[arg(long, requires = "faults", default_value_t = 160)]
    calm: u64,
    /// Show every pair.
    #[arg(short, long)]
    verbose: bool,
    /// Firings side by side [default: one for each core].
    #[arg(long)]
    threads: Option<usize>,
}

/// Fires and scores.
pub(crate) fn command(options: &Options) -> Result<Status, Trouble> {
    let pairs = chosen(options)?;
    let window = window(options.window).map_err(Trouble::Refused)?;
    if options.faults {
        return break_things(options, window).map_err(Trouble::Refused);
    }
    let cases = cases(&pairs, options.day.into(), &options.seeds).map_err(Trouble::Refused)?;
    let threads = threads(options.threads);
    let (mut reachable, mut all) = (Vec::new(), Vec::new());
    let mut details = String::new();
    for who in &options.regulator {
        let contender = Contender { regulator: who.regulator(), window, known: None };
        let scored = side_by_side(&cases, threads, |case| fire_case(case, &contender)).map_err(Trouble::Refused)?;
        let name = format!("{} ({} s)", who.name(), options.window);
        reachable.push(row(&name, scored.iter().filter(|one| one.case.pair.bound.is_reachable())));
        all.push(row(&name, scored.iter()));
        if options.verbose {
            details += &format!("\n{name}:\n\n{}", per_pair(&scored));
        }
    }
    println!("{:?}, seeds {:?}. Schedules that can be followed all the way:\n", options.day, options.seeds);
    println!("{}\nAll pairs:\n\n{}{details}", summary_table(&reachable), summary_table(&all));
    Ok(if all.iter().all(|row| row.summary.unfinished == 0) { Status::Complete } else { Status::Ended })
}

/// Breaks things. The seeds of the firings follow from the first seed on.
fn break_things(options: &Options, window: WindowSettings) -> Result<Status, String> {
    let threads = threads(options.threads);
    let first = options.seeds.first().copied().unwrap_or(0);
    for who in &options.regulator {
        let contender = Contender { regulator: who.regulator(), window, known: None };
        println!("{} ({} s), seeds from {first} on.\n", who.name(), options.window);
        let mut found = Vec::new();
        for name in BROKEN.into_iter().filter(|name| options.fault.as_ref().is_none_or(|only| only == name)) {
            found.extend(break_one(name, first, options.cases, &contender, threads)?);
        }
        println!("{}", fault_table(&found));
        let mut days = Vec::new();
        for (day, level) in [("quiet", Level::Quiet), ("nominal", Level::Nominal), ("harsh", Level::Harsh)] {
            days.push((day, calm(level, first, options.calm, &contender, threads)?));
        }
        println!("{}", calm_table(&days));
    }
    Ok(Status::Complete)
}

fn chosen(options: &Options) -> Result<Vec<Pair>, Trouble> {
    let fits = |word: &Option<String>, name: &str| word.as_ref().is_none_or(|word| word == name);
    let pairs: Vec<Pair> = Pair::built_in()
        .map_err(Trouble::Refused)?
        .into_iter()
        .filter(|pair| fits(&options.plant, &pair.plant) && fits(&options.schedule, &pair.schedule))
        .collect();
    if pairs.is_empty() { Err(Trouble::Refused("no pair is of that kiln and schedule".to_owned())) } else { Ok(pairs) }
}

fn row<'a>(name: &str, fired: impl Iterator<Item = &'a Scored>) -> Row {
    let scores: Vec<_> = fired.map(|one| (one.score, one.case.pair.bound.finishes)).collect();
    Row { name: name.to_owned(), summary: Summary::of(&scores) }
}
