//! How the whole image comes up: with everything there, and with each part missing or broken.
//!
//! A row is a board, and what its own log must say. Whatever is missing, control is ready, the application turns,
//! nothing is refused, no relay is on, and nothing is reset. The delivered configuration has no display.

use std::fmt;

use kiln_firmware_abi::map;
use kiln_firmware_abi::pins::RELAY_MASK;

use super::Mailbox;
use crate::chip::{Chip, FLASH, RAM};
use crate::cpu::Stop;
use crate::machine::{Ended, Image, Machine};

/// How long each board is watched, µs; and the part of it at the end in which the application has to turn.
const WATCHED_US: u64 = 15_000_000;
const LAST_US: u64 = 2_000_000;
/// Turns that the application does in the last part at the least; it does twenty a second.
const TURNS: u32 = 20;
/// The most instructions of core 0 in a start.
const MOST: u64 = 400_000_000;
/// The pin by which the radio answers.
const RADIO_DATA: u32 = 24;

/// One board.
#[derive(Clone, Copy)]
pub struct Start {
    /// What is the matter with it.
    pub name: &'static str,
    prepare: fn(&mut Chip),
    /// Whether it has lived before: the same board is switched off and on again.
    again: bool,
    /// What its log has to say.
    says: &'static [&'static str],
}

/// What came of a start.
#[derive(Clone, Debug, Default)]
pub struct Started {
    /// What is not as it must be.
    pub wrong: Vec<String>,
    /// Instructions of the two cores.
    pub instructions: [u64; 2],
    /// The deepest that the stack of core 0 has been, bytes.
    pub stack: u32,
    /// The lines of the application's own log.
    pub log: Vec<String>,
}

const fn start(name: &'static str, prepare: fn(&mut Chip), says: &'static [&'static str]) -> Start {
    Start { name, prepare, again: false, says }
}

/// Every board.
pub const STARTS: &[Start] = &[
    start("blank flash, no radio", |_| {}, &["begins, start 1", "no radio: Missing"]),
    Start { again: true, ..start("switched off and on", |_| {}, &["begins, start 2", "no radio: Missing"]) },
    start("files of noise", noise, &["no files: Unreadable"]),
    start("a radio that answers nonsense", |chip| chip.noise = 1 << RADIO_DATA, &["no radio: Nonsense"]),
    start("no thermocouple", |chip| chip.wires.sensor.absent = true, &["begins, start 1"]),
];

fn noise(chip: &mut Chip) {
    for at in (map::FILES.base..map::FILES.end()).step_by(8) {
        let bytes = chip.chance.next().to_le_bytes();
        chip.flash.fill_from(at - FLASH, &bytes);
    }
}

impl Start {
    /// Switches the board on and watches it.
    ///
    /// # Errors
    /// The machine met something that it does not know, or that must not happen.
    pub fn watch(&self, image: &Image, seed: u64) -> Result<Started, Box<Stop>> {
        let mut machine = self.on(image, seed);
        if self.again {
            machine.run_until(WATCHED_US)?;
            let mut same = Image::default();
            same.add(FLASH, machine.chip.flash.bytes().to_vec());
            machine = self.on(&same, seed + 1);
        }
        let mut resets = run(&mut machine, WATCHED_US - LAST_US)?;
        let mailbox = Mailbox::new();
        let turned = mailbox.turns(&machine.chip);
        resets += run(&mut machine, WATCHED_US)?;
        let turns = mailbox.turns(&machine.chip).wrapping_sub(turned);
        Ok(self.judge(&machine, resets, turns))
    }

    fn on(&self, image: &Image, seed: u64) -> Machine {
        let mut machine = Machine::new(image, seed);
        machine.chip.noted = RELAY_MASK;
        (self.prepare)(&mut machine.chip);
        machine
    }

    fn judge(&self, machine: &Machine, resets: u64, turns: u32) -> Started {
        let (chip, [core0, core1]) = (&machine.chip, &machine.cores);
        let log = log(chip);
        let heat = chip.edges.iter().any(|(_, levels)| levels & RELAY_MASK != 0);
        let mut wrong = Vec::new();
        let mut must = |right: bool, what: &dyn fmt::Display| {
            if !right {
                wrong.push(what.to_string());
            }
        };
        must(Mailbox::is_ready(chip), &"control is not ready");
        must(resets == 0, &format!("{resets} resets"));
        must(turns >= TURNS, &format!("the application turned {turns} times in the end"));
        must(!heat, &"a relay was on");
        must(chip.ledger.refused == [0; 2], &format!("refused: {:x?}", chip.ledger.refusals));
        must(chip.ledger.flash_by_core1 == 0, &"core 1 looked at the flash");
        must(core0.instructions <= MOST, &format!("{} instructions of core 0", core0.instructions));
        for text in self.says {
            must(log.iter().any(|line| line.contains(text)), &format!("the log does not say \"{text}\""));
        }
        Started {
            wrong,
            instructions: [core0.instructions, core1.instructions],
            stack: map::APPLICATION.end().saturating_sub(core0.lowest_msp),
            log,
        }
    }
}

/// Runs to a moment; how often the chip was reset on the way, which is not watched for long.
fn run(machine: &mut Machine, until: u64) -> Result<u64, Box<Stop>> {
    let mut resets = 0;
    while machine.run_until(until)? == Ended::Reset && resets < 3 {
        resets += 1;
    }
    Ok(resets)
}

/// The lines of the application's own log, as they lie in its memory.
fn log(chip: &Chip) -> Vec<String> {
    let (from, to) = (map::APPLICATION.base - RAM, map::APPLICATION.end() - RAM);
    let bytes = chip.ram.bytes().get(from as usize..to as usize).unwrap_or_default();
    let texts = bytes.split(|byte| *byte != b'\n' && !(b' '..=b'~').contains(byte));
    let lines = texts.filter_map(|text| std::str::from_utf8(text).ok()).flat_map(str::lines);
    let level = |line: &str| [" INFO ", " WARN ", " ERROR "].iter().any(|level| line.contains(level));
    let mut lines: Vec<String> = lines.filter(|line| level(line)).map(str::to_owned).collect();
    lines.dedup();
    lines
}
