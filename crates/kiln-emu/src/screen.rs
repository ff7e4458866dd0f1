//! A firing on the emulated board, in the terminal: the display, the kiln, and how fast it goes.

use std::io::{IsTerminal as _, Write as _};
use std::time::Instant;

use kiln_emu::kiln::{Bench, Line};
use kiln_hal::fake::Hd44780;

/// Seconds of the firing between two pictures.
const EVERY: u64 = 60;

/// What is shown.
pub(crate) struct Screen {
    began: Instant,
    terminal: bool,
    /// Lines of the last picture, to be drawn over.
    drawn: usize,
}

impl Screen {
    pub(crate) fn new() -> Self {
        Self { began: Instant::now(), terminal: std::io::stdout().is_terminal(), drawn: 0 }
    }

    /// Shows a second, where it is time to.
    pub(crate) fn show(&mut self, bench: &Bench, line: &Line) {
        let every = if self.terminal { EVERY } else { 30 * EVERY };
        if !line.tick.is_multiple_of(every) {
            return;
        }
        let speed = seconds(line.tick) / self.began.elapsed().as_secs_f64().max(1e-3);
        let target = f64::from_bits(line.target_bits);
        let text = format!(
            "{:>2}:{:02}:{:02}  {:7.1} °C  target {target:7.1} °C  duty {:5.1} %  {:?}  {speed:.0} times real time",
            line.tick / 3600,
            line.tick / 60 % 60,
            line.tick % 60,
            bench.chamber.plant().thermocouple_c(),
            f64::from_bits(line.duty_bits),
            line.state,
        );
        let mut picture = vec![text];
        if let Some(rows) = bench.machine.chip.wires.lcd.as_ref().and_then(Hd44780::rows) {
            picture.push("┌────────────────┐".to_owned());
            picture.extend(rows.map(|row| format!("│{row}│")));
            picture.push("└────────────────┘".to_owned());
        }
        if self.terminal && self.drawn > 0 {
            print!("\x1b[{}A", self.drawn);
        }
        self.drawn = picture.len();
        for row in picture {
            println!("{row}\x1b[K");
        }
        drop(std::io::stdout().flush());
    }

    /// The last picture stays.
    pub(crate) fn end(&mut self) {
        self.drawn = 0;
    }
}

fn seconds(tick: u64) -> f64 {
    f64::from(u32::try_from(tick).unwrap_or(u32::MAX))
}
