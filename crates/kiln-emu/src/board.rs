//! The programs that run an image: boot it, fire with it, compare it with kiln-sim, strike it.

use kiln_core::snapshot::Phase;
use kiln_emu::kiln::{Line, Mailbox, QUIET, STARTS, TABLE, differs, simulated};
use kiln_emu::machine::{Ended, Image, Machine, Spent};
use kiln_hal::fake::Hd44780;
use kiln_sim::random::Seed;
use kiln_sim::world::settings_for;

use crate::order::{Order, image, read};
use crate::screen::Screen;

/// Seconds of a firing between two words about how far it is.
const WORD_EVERY: u64 = 3_600;
/// Erases of a sector, and the longest that the watchdog may wait for its meal meanwhile: a slot of 100 ms and a millisecond.
const ERASES: u64 = 1_000;
const LATEST_US: u64 = 101_000;
/// Seconds of a firing before something happens to it.
const BEFORE: u64 = 120;

/// What the board did, in figures.
fn figures(machine: &Machine) {
    for core in &machine.cores {
        println!("core {} at {:08x}: {} instructions, {:?}", core.id, core.pc, core.instructions, core.rest);
    }
    let ledger = &machine.chip.ledger;
    println!("{} s, {} resets", machine.now_us() / 1_000_000, machine.resets);
    println!("{} erases, {} pages, {} us busy", ledger.erases, ledger.programs, ledger.flash_busy_us);
    println!("refused {:?} {:x?}, flash by core 1 {}", ledger.refused, ledger.refusals, ledger.flash_by_core1);
    let watchdog = &machine.chip.watchdog;
    println!(
        "{} edges, {} feeds, {} us between two at the most",
        machine.chip.edges.len(),
        watchdog.feeds,
        watchdog.gap_us
    );
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
        for line in &started.log {
            println!("  | {line}");
        }
    }
    println!("starts {}\nstack-core-0 {stack}", STARTS.len());
    Ok(sound)
}

/// The three files of a command, and its options: what is fired with, the profile, the names of the control image.
fn named(words: &[String]) -> Result<(Order, Image), String> {
    let [program, profile, control, options @ ..] = words else {
        return Err("an image, a profile and the control image's ELF are needed".to_owned());
    };
    let order = Order::parse(&[&[program.clone(), profile.clone()], options].concat())?;
    let names = Image::symbols_of(&read(control)?).map_err(|error| format!("{control}: {error}"))?;
    Ok((order, names))
}

/// Fires with an image and shows it: `fire IMAGE PROFILE CONTROL-ELF [--option value]…`.
pub(crate) fn fire(words: &[String]) -> Result<bool, String> {
    let (order, names) = named(words)?;
    let mut bench = order.bench(false)?;
    let mut screen = Screen::new();
    let first = order.fault.map_or(order.seconds, |(_, second)| second.min(order.seconds));
    let lines = bench.trace(&order.profile, QUIET, first, &mut |bench, line| {
        screen.show(bench, line);
        true
    });
    let mut lines = lines.map_err(|error| error.to_string())?;
    if let Some((row, second)) = order.fault.filter(|(_, second)| u64::try_from(lines.len()) == Ok(*second)) {
        screen.end();
        let after = bench.strike(row.strike, &names).map_err(|error| error.to_string())?;
        println!("{} in second {second}: {after:?}", row.name);
        let rest = bench.seconds(second..order.seconds, &mut |bench, line| {
            screen.show(bench, line);
            true
        });
        lines.extend(rest.map_err(|error| error.to_string())?);
    }
    screen.end();
    figures(&bench.machine);
    let last = lines.last().map(|line| line.state);
    println!("{} s, ended {last:?}", lines.len());
    Ok(last == Some(Phase::Complete))
}

/// Tells in which functions core 1 spends the instructions of a second: `profile IMAGE PROFILE CONTROL-ELF [--option …]`.
pub(crate) fn profile(words: &[String]) -> Result<bool, String> {
    let (mut order, names) = named(words)?;
    order.seconds = order.seconds.min(600);
    let mut bench = order.bench(true)?;
    let lines = bench.trace(&order.profile, QUIET, order.seconds, &mut |bench, _| {
        bench.machine.spent.get_or_insert_with(|| Box::new(Spent::new(1)));
        true
    });
    let lines = lines.map_err(|error| error.to_string())?;
    let seconds = lines.last().map_or(1, |line| line.tick.max(1));
    let counted = bench.machine.spent.as_ref().map(|spent| spent.by_function(&names)).unwrap_or_default();
    let all: u64 = counted.iter().map(|(_, count)| count).sum();
    println!("{:>8} instructions a second", all / seconds);
    for (name, count) in counted.iter().filter(|(_, count)| count / seconds > 0) {
        println!("{:>8} {:>4} ‰ {name}", count / seconds, count * 1000 / all.max(1));
    }
    Ok(true)
}

/// Fires with an image and in kiln-sim, and compares second by second.
pub(crate) fn trace(words: &[String]) -> Result<bool, String> {
    let order = Order::parse(words)?;
    let mut bench = order.bench(true)?;
    let seeds = (order.level, Seed(order.seed));
    let settings = settings_for(&order.plant);
    let expected = simulated(&order.plant, &order.profile, settings, seeds, bench.late_ms(), order.seconds);
    let expected = expected.map_err(|error| error.to_string())?;
    bench.machine.chip.watchdog.gap_us = 0;
    let mut begun = [0; 2];
    let emulated = bench.trace(&order.profile, expected.before, order.seconds, &mut |bench, line| {
        if line.tick == 0 {
            begun = [bench.machine.cores[0].instructions, bench.machine.cores[1].instructions];
        }
        if line.tick > 0 && line.tick.is_multiple_of(WORD_EVERY) {
            eprintln!("{line} after {} instructions", bench.machine.cores[1].instructions);
        }
        true
    });
    let emulated = emulated.map_err(|error| error.to_string())?;
    figures(&bench.machine);
    for (core, begun) in bench.machine.cores.iter().zip(begun) {
        println!("instructions-core-{} {}", core.id, core.instructions - begun);
    }
    let counted = emulated.last().map_or(1, |line| line.tick.max(1));
    println!("instructions-second {}", (bench.machine.cores[1].instructions - begun[1]) / counted);
    let ledger = &bench.machine.chip.ledger;
    println!("instructions-slot-most {}", bench.most);
    println!("gap-us-most {}", bench.machine.chip.watchdog.gap_us);
    println!("stack-core-1 {}", Mailbox::stack(&bench.machine.chip));
    println!("refused {}\nflash-core-1 {}", ledger.refused.iter().sum::<u64>(), ledger.flash_by_core1);
    println!("seconds {}", emulated.len());
    let (differing, first) = differs(&emulated, &expected.lines);
    println!("differing {differing}");
    if let Some((mine, other)) = first {
        let show = |line: Option<&Line>| line.map_or_else(|| "nothing".to_owned(), ToString::to_string);
        println!("first difference\nemulated  {}\nsimulated {}", show(mine), show(other));
    }
    Ok(differing == 0)
}

/// Does to the board, in the middle of a firing, each thing of the table: `strikes IMAGE PROFILE CONTROL-ELF`.
pub(crate) fn strikes(words: &[String]) -> Result<bool, String> {
    let (order, names) = named(words)?;
    let mut failed = 0;
    for row in TABLE {
        let mut bench = order.bench(false)?;
        let begun = bench.trace(&order.profile, QUIET, BEFORE, &mut |_, _| true);
        begun.map_err(|error| error.to_string())?;
        let after = bench.strike(row.strike, &names).map_err(|error| format!("{}: {error}", row.name))?;
        let wrong = row.check(&after);
        let (low, reset) = (after.low_after_ms, after.reset_after_ms.unwrap_or_default());
        println!("{:<10} relay low after {low} ms, first reset after {reset} ms, left {:?}", row.name, after.left);
        for what in &wrong {
            println!("  {what}");
        }
        failed += u64::from(!wrong.is_empty());
    }
    println!("struck {}\nfailed {failed}", TABLE.len());
    Ok(failed == 0)
}

/// Fires while core 0 erases a thousand sectors, each for as long as a sector can take: `erases IMAGE PROFILE [--option value]…`.
pub(crate) fn erases(words: &[String]) -> Result<bool, String> {
    let order = Order::parse(words)?;
    let mut bench = order.bench(false)?;
    bench.trace(&order.profile, QUIET, BEFORE, &mut |_, _| true).map_err(|error| error.to_string())?;
    bench.machine.chip.watchdog.gap_us = 0;
    bench.machine.erase_without_end();
    let rest = bench.seconds(BEFORE..order.seconds, &mut |bench, _| bench.machine.chip.ledger.erases < ERASES);
    rest.map_err(|error| error.to_string())?;
    let (ledger, gap) = (&bench.machine.chip.ledger, bench.machine.chip.watchdog.gap_us);
    println!("erases {}\nbusy-ms {}\ngap-us-most {gap}", ledger.erases, ledger.flash_busy_us / 1000);
    println!("flash-core-1 {}\nrefused {:?}", ledger.flash_by_core1, ledger.refused);
    Ok(ledger.erases >= ERASES && gap <= LATEST_US && ledger.flash_by_core1 == 0 && ledger.refused == [0; 2])
}
