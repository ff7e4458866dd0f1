//! `kiln-sim swarm`: the words of the command line, and what is printed.

use std::io::{self, IsTerminal};

use clap::Args;
use kiln_sim::faults::Menu;
use kiln_sim::swarm::{Scenario, Shown, Tally, Wanted, fly_all, fly_watched};
use kiln_sim::who::Who;

use crate::{Status, Trouble, threads};

/// What the exit status of `kiln-sim swarm` means.
pub(crate) const EXIT_STATUS: &str = "Exit status:
  0  no rule was broken
  1  a rule was broken; the seeds are listed with the command that flies one again
  2  refused: a word of the command line";

/// The words after `kiln-sim swarm`.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// How many firings.
    #[arg(long, default_value_t = 200)]
    seeds: u64,
    /// The first seed.
    #[arg(long, default_value_t = 0)]
    first: u64,
    /// Fly this one seed only.
    #[arg(long, conflicts_with_all = ["seeds", "first"])]
    seed: Option<u64>,
    /// What breaks: any (one fault in each firing), none (a usual day), or the name of a fault.
    #[arg(long, default_value = "any")]
    fault: String,
    /// The kiln, or all.
    #[arg(long, default_value = "all")]
    plant: String,
    /// Who controls.
    #[arg(long, value_enum, default_value = "delivered")]
    regulator: Who,
    /// Firings side by side [default: one for each core].
    #[arg(long)]
    threads: Option<usize>,
    /// Show the firing and everything that happens in it; for one seed.
    #[arg(short, long)]
    verbose: bool,
}

/// Flies.
pub(crate) fn command(options: &Options) -> Result<Status, Trouble> {
    let menu = Menu::built_in().map_err(Trouble::Refused)?;
    let wanted = Wanted { fault: options.fault.clone(), plant: options.plant.clone(), who: options.regulator };
    if let (Some(seed), true) = (options.seed, options.verbose) {
        return one(seed, &wanted, &menu);
    }
    let (first, count) = options.seed.map_or((options.first, options.seeds), |seed| (seed, 1));
    let threads = threads(options.threads);
    if io::stderr().is_terminal() {
        eprintln!("{count} firings on {threads} threads …");
    }
    let flown = fly_all(first, count, &wanted, &menu, threads).map_err(Trouble::Refused)?;
    let tally = Tally::new(&flown, &wanted);
    print!("{}", tally.text());
    if tally.failing() == 0 {
        return Ok(Status::Complete);
    }
    let Wanted { fault, plant, who } = &wanted;
    println!("fly one again: kiln-sim swarm --fault {fault} --plant {plant} --regulator {} --seed N -v", who.word());
    Ok(Status::Ended)
}

/// One seed, with everything that happens.
fn one(seed: u64, wanted: &Wanted, menu: &Menu) -> Result<Status, Trouble> {
    let scenario = Scenario::draw(seed, wanted, menu).map_err(Trouble::Refused)?;
    let Scenario { kiln, profile, settings, level, start_c, contactor, fittings, fault, command, .. } = &scenario;
    println!("seed {seed}: {} on {kiln}, a {level:?} day, from {start_c:.0} °C", profile.name().as_str());
    (0..).map_while(|index| profile.step(index)).for_each(|step| println!("  {step:?}"));
    println!("  maximum {:.1} °C, {:?}", settings.rules.max_temperature.get(), settings.window);
    println!("  contactor {contactor}, {fittings:?}");
    if let Some((entry, at_ms)) = fault {
        println!("  {} at {:.1} s: {}", entry.name, *at_ms as f64 / 1000.0, entry.doc);
    }
    if let Some((at_ms, command)) = command {
        println!("  {command:?} at {:.1} s", *at_ms as f64 / 1000.0);
    }
    let flown =
        fly_watched(&scenario, &mut |at_ms, shown| println!("{:>10.1} s  {}", at_ms as f64 / 1000.0, line(&shown)))
            .map_err(Trouble::Refused)?;
    println!("{:?} at {:.1} s\n{:?}", flown.how, flown.ended_ms as f64 / 1000.0, flown.figures);
    println!("{:.1} K over the maximum, {:.1} K over the target", flown.over_maximum_k, flown.over_target_k);
    flown.violations.iter().for_each(|violation| println!("BROKEN {violation:?}"));
    Ok(if flown.violations.is_empty() { Status::Complete } else { Status::Ended })
}

fn line(shown: &Shown<'_>) -> String {
    match shown {
        Shown::Happened(event) => format!("{event:?}"),
        Shown::Row(truth, told) => {
            let celsius = |value: Option<f64>| value.map_or_else(|| "-".to_owned(), |value| format!("{value:.1}"));
            format!(
                "chamber {:.1} thermocouple {:.1} reading {} target {} °C, duty {:.0} %, {:.0} W",
                truth.chamber_c,
                truth.thermocouple_c,
                celsius(told.reading.map(|reading| reading.temperature.get())),
                celsius(told.target.map(kiln_core::units::Celsius::get)),
                told.duty.percent(),
                truth.power_w
            )
        }
    }
}
