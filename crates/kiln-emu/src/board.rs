//! The programs that run an image: boot it, fire with it, compare it with kiln-sim.

use std::path::Path;

use kiln_core::profile::Profile;
use kiln_core::snapshot::Phase;
use kiln_emu::kiln::{Bench, Chamber, QUIET, STARTS, Strike, differs, simulated};
use kiln_emu::machine::{Ended, Image, Machine};
use kiln_hal::fake::Hd44780;
use kiln_sim::disturb::Level;
use kiln_sim::plant::PlantSpec;
use kiln_sim::random::Seed;
use kiln_sim::world::settings_for;

use crate::screen::Screen;

/// What a firing is made of.
struct Order {
    image: Image,
    profile: Profile,
    plant: PlantSpec,
    level: Level,
    seed: u64,
    seconds: u64,
    /// A sector's erase takes from this to that, ms.
    erase_ms: (u64, u64),
}

fn read(file: &str) -> Result<Vec<u8>, String> {
    std::fs::read(Path::new(file)).map_err(|error| format!("{file}: {error}"))
}

fn image(file: &str) -> Result<Image, String> {
    Image::from_elf(&read(file)?).map_err(|error| format!("{file}: {error}"))
}

impl Order {
    /// From the words after the command: ELF, profile, and options as pairs.
    fn parse(words: &[String]) -> Result<Self, String> {
        let [elf, profile, options @ ..] = words else {
            return Err("an ELF and a profile are needed".to_owned());
        };
        let document = read(profile)?;
        let profile = kiln_wire::profile::parse(&document).map_err(|refusal| format!("{profile}: {refusal}"))?.profile;
        let mut order = Self {
            image: image(elf)?,
            profile,
            plant: plant("top9")?,
            level: Level::Nominal,
            seed: 1,
            seconds: 48 * 3600,
            erase_ms: (45, 400),
        };
        for pair in options.chunks(2) {
            let [name, value] = pair else { return Err(format!("{pair:?}: a value is missing")) };
            let number = || value.parse::<u64>().map_err(|_| format!("{value} is no number"));
            match name.as_str() {
                "--plant" => order.plant = plant(value)?,
                "--seed" => order.seed = number()?,
                "--seconds" => order.seconds = number()?,
                "--level" => order.level = level(value)?,
                _ => return Err(format!("there is no option {name}")),
            }
        }
        Ok(order)
    }

    /// Switches the board on.
    fn bench(&self, at_once: bool) -> Result<Bench, String> {
        let planned_s = self.profile.nominal_seconds(kiln_core::units::Celsius::new(self.plant.ambient_c));
        let chamber = Chamber::new(&self.plant, self.level, Seed(self.seed), planned_s);
        let chamber = chamber.map_err(|error| error.to_string())?;
        let mut machine = Machine::new(&self.image, self.seed);
        machine.chip.wires.sensor.at_once = at_once;
        machine.chip.flash_state.erase_us = (self.erase_ms.0 * 1000, self.erase_ms.1 * 1000);
        Bench::switch_on(machine, chamber, settings_for(&self.plant)).map_err(|error| error.to_string())
    }
}

fn plant(name: &str) -> Result<PlantSpec, String> {
    PlantSpec::built_in(name).map_err(|error| error.to_string())
}

fn level(word: &str) -> Result<Level, String> {
    match word {
        "clean" => Ok(Level::Clean),
        "quiet" => Ok(Level::Quiet),
        "nominal" => Ok(Level::Nominal),
        "harsh" => Ok(Level::Harsh),
        _ => Err(format!("there is no level {word}")),
    }
}

/// What the board did, in figures.
fn figures(machine: &Machine) {
    for core in &machine.cores {
        println!("core {} at {:08x}: {} instructions, {:?}", core.id, core.pc, core.instructions, core.rest);
    }
    let ledger = &machine.chip.ledger;
    println!("{} s, {} resets", machine.now_us() / 1_000_000, machine.resets);
    println!("{} erases, {} pages, {} us busy", ledger.erases, ledger.programs, ledger.flash_busy_us);
    println!("refused {:?} {:x?}, flash by core 1 {}", ledger.refused, ledger.refusals, ledger.flash_by_core1);
    println!("{} edges, {} feeds", machine.chip.edges.len(), machine.chip.watchdog.feeds);
    if let Some([upper, lower]) = machine.chip.wires.lcd.as_ref().and_then(Hd44780::rows) {
        println!("[{upper}]\n[{lower}]");
    }
}

/// Boots an image and tells what it did.
pub(crate) fn boot(words: &[String]) -> Result<bool, String> {
    let [file, seconds] = words else { return Err("boot ELF SECONDS".to_owned()) };
    let seconds: u64 = seconds.parse().map_err(|_| format!("{seconds} is no number"))?;
    let mut machine = Machine::new(&image(file)?, 1);
    let ended = loop {
        match machine.run_until(seconds * 1_000_000) {
            Ok(Ended::Time) => break Ok(true),
            Ok(Ended::Reset) => println!("reset at {} us", machine.now_us()),
            Err(stop) => break Err(stop.to_string()),
        }
    };
    for (block, offset, reads, writes) in machine.chip.ledger.touched() {
        println!("{block:<16} {offset:03x} {reads:>10} {writes:>10}");
    }
    figures(&machine);
    ended
}

/// Boots an image on every board of the table and tells what came of it: `starts ELF`.
pub(crate) fn starts(words: &[String]) -> Result<bool, String> {
    let [file] = words else { return Err("starts ELF".to_owned()) };
    let image = image(file)?;
    let (mut sound, mut stack) = (true, 0);
    for start in STARTS {
        let started = start.watch(&image, 1).map_err(|stop| format!("{}: {stop}", start.name))?;
        sound &= started.wrong.is_empty();
        stack = stack.max(started.stack);
        let [core0, core1] = started.instructions;
        let verdict = if started.wrong.is_empty() { "well" } else { "NOT WELL" };
        println!("{}: {verdict}; instructions {core0} and {core1}, stack {}", start.name, started.stack);
        for wrong in &started.wrong {
            println!("  {wrong}");
        }
        for line in started.log.iter().chain(started.display.iter().flatten()) {
            println!("  | {line}");
        }
    }
    println!("starts {}\nstack-core-0 {stack}", STARTS.len());
    Ok(sound)
}

/// Fires with an image and shows it.
pub(crate) fn fire(words: &[String]) -> Result<bool, String> {
    let order = Order::parse(words)?;
    let mut bench = order.bench(false)?;
    let mut screen = Screen::new();
    let lines = bench.trace(&order.profile, QUIET, order.seconds, &mut |bench, line| {
        screen.show(bench, line);
        true
    });
    screen.end();
    figures(&bench.machine);
    let lines = lines.map_err(|error| error.to_string())?;
    let last = lines.last().map(|line| line.state);
    println!("{} s, ended {last:?}", lines.len());
    Ok(last == Some(Phase::Complete))
}

/// Fires with an image and in kiln-sim, and compares second by second.
pub(crate) fn trace(words: &[String]) -> Result<bool, String> {
    let order = Order::parse(words)?;
    let mut bench = order.bench(true)?;
    let seeds = (order.level, Seed(order.seed));
    let settings = settings_for(&order.plant);
    let expected = simulated(&order.plant, &order.profile, settings, seeds, bench.late_ms(), order.seconds);
    let expected = expected.map_err(|error| error.to_string())?;
    let begun = [bench.machine.cores[0].instructions, bench.machine.cores[1].instructions];
    let emulated = bench.trace(&order.profile, expected.before, order.seconds, &mut |_, _| true);
    let emulated = emulated.map_err(|error| error.to_string())?;
    figures(&bench.machine);
    for (core, begun) in bench.machine.cores.iter().zip(begun) {
        println!("instructions-core-{} {}", core.id, core.instructions - begun);
    }
    println!("seconds {}", emulated.len());
    match differs(&emulated, &expected.lines) {
        None => {
            println!("differing 0");
            Ok(true)
        }
        Some((mine, other)) => {
            let show =
                |line: Option<&kiln_emu::kiln::Line>| line.map_or_else(|| "nothing".to_owned(), ToString::to_string);
            println!("first difference\nemulated  {}\nsimulated {}", show(mine), show(other));
            Ok(false)
        }
    }
}

/// Strikes each core in each way in the middle of a firing: `strikes ELF PROFILE CONTROL-ELF`.
pub(crate) fn strikes(words: &[String]) -> Result<bool, String> {
    let [elf, profile, control, options @ ..] = words else {
        return Err("strikes ELF PROFILE CONTROL-ELF".to_owned());
    };
    let order = Order::parse(&[&[elf.clone(), profile.clone()], options].concat())?;
    let symbols = Image::symbols_of(&read(control)?).map_err(|error| format!("{control}: {error}"))?;
    let mut sound = true;
    for core in 0..2 {
        for (name, strike) in Strike::ALL {
            let mut bench = order.bench(false)?;
            let begun = bench.trace(&order.profile, QUIET, 120, &mut |_, _| true);
            begun.map_err(|error| error.to_string())?;
            let names = if core == 1 { &symbols } else { &order.image };
            let after = bench.strike(core, strike, names).map_err(|error| format!("{name} of core {core}: {error}"))?;
            let resumed = after.phase == Some(Phase::Running);
            // A loop that has lost its application goes on firing; one that has lost itself lets go within a window, 5 s.
            let low = core == 0 || after.low_after_ms.is_none_or(|ms| ms <= 5_000);
            sound &= after.resets == 1 && resumed && low;
            println!(
                "core {core} {name}: low-ms {:?} reset-ms {:?} resets {} reason {} records {:08x?} phase {:?}",
                after.low_after_ms, after.reset_after_ms, after.resets, after.reason, after.records, after.phase
            );
        }
    }
    Ok(sound)
}
