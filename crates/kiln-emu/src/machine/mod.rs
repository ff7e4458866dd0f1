//! The board: two cores, the chip around them, and time.
//!
//! The cores take turns, a few dozen instructions each, so that neither is ever far ahead of the other. While both
//! sleep, time goes straight to the next thing that happens. The same image and the same seed give the same bits.

mod alone;
mod eraser;
mod image;
mod spent;

pub use alone::Control;
pub use image::{Image, ImageError};
pub use spent::Spent;

use crate::chip::{CYCLES_PER_US, Chip, FLASH, Request};
use crate::cpu::{Cpu, Rest, Stop};

/// Cycles of one turn while both cores execute.
const TURN: u64 = 64;

/// Why a run came back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// The moment that was asked for has come.
    Time,
    /// The watchdog has reset the chip, which has started again.
    Reset,
}

/// The board.
#[derive(Clone, Debug)]
pub struct Machine {
    /// The cores.
    pub cores: [Cpu; 2],
    /// The chip around them.
    pub chip: Chip,
    /// How far each core has come, cycles.
    local: [u64; 2],
    /// How far the whole has come, cycles.
    now: u64,
    /// Resets since power came.
    pub resets: u64,
    /// Launched at each start in place of what is in flash.
    control: Option<Control>,
    /// Counts where instructions go, when somebody wants to know.
    pub spent: Option<Box<Spent>>,
}

impl Machine {
    /// A board with an image in its flash, just switched on.
    pub fn new(image: &Image, seed: u64) -> Self {
        let mut machine = Self::empty(seed);
        for (address, bytes) in &image.flash {
            machine.chip.flash.fill_from(address - FLASH, bytes);
        }
        machine.boot();
        machine
    }

    /// A board with nothing in its flash.
    fn empty(seed: u64) -> Self {
        let cores = [Cpu::new(0), Cpu::new(1)];
        Self { cores, chip: Chip::new(seed), local: [0; 2], now: 0, resets: 0, control: None, spent: None }
    }

    /// What the boot ROM does: core 0 begins at the flash's vector table, core 1 waits.
    fn boot(&mut self) {
        self.local = [self.now; 2];
        if let Some(control) = self.control.clone() {
            return self.launch(&control);
        }
        let word = |at| self.chip.flash.load(at, 4).unwrap_or_default();
        let (stack, entry) = (word(0), word(4));
        self.cores[0].start(FLASH, stack, entry);
        let instructions = self.cores[1].instructions;
        self.cores[1] = Cpu::new(1);
        self.cores[1].instructions = instructions;
    }

    /// Microseconds since power came.
    pub const fn now_us(&self) -> u64 {
        self.now / CYCLES_PER_US
    }

    /// Runs until a moment, µs since power came, or until the next reset.
    ///
    /// # Errors
    /// Something that the machine does not know, or that must not happen.
    pub fn run_until(&mut self, us: u64) -> Result<Ended, Box<Stop>> {
        let end = us * CYCLES_PER_US;
        while self.now < end {
            self.chip.clock = self.now;
            self.chip.settle();
            if self.chip.bites() || self.cores[0].reset_request {
                self.reset();
                return Ok(Ended::Reset);
            }
            self.look();
            let turn = self.turn(end);
            for core in 0..2 {
                self.execute(core, turn)?;
            }
            self.now = self.next_moment(turn, end);
        }
        Ok(Ended::Time)
    }

    /// Where the next turn ends.
    fn turn(&self, end: u64) -> u64 {
        let event = self.chip.next_event().map_or(end, |event| event.min(end));
        let both = self.cores.iter().filter(|core| core.rest == Rest::Awake).count() == 2;
        let turn = if both { event.min(self.now + TURN) } else { event };
        turn.max(self.now + 1)
    }

    /// The time after a turn: the least of what the awake cores have come to, or the next event when both sleep.
    fn next_moment(&mut self, turn: u64, end: u64) -> u64 {
        // Not the time of the core that ran last: an erase takes it far ahead of what the other has to wake for.
        self.chip.clock = self.now;
        let awake = |core: &usize| self.cores[*core].rest == Rest::Awake;
        let least = (0..2).filter(awake).map(|core| self.local[core]).min();
        let event = self.chip.next_event().map_or(end, |event| event.min(end));
        let soonest = least.map_or(event, |least| least.min(event.max(self.now)));
        if self.chip.attention() { soonest.min(turn).max(self.now) } else { soonest.max(self.now) }
    }

    /// Hands on what has changed: requests, events, interrupt lines; wakes who has a reason.
    fn look(&mut self) {
        self.chip.take_attention();
        match self.chip.take_request() {
            Some(Request::Hold | Request::Release) => self.cores[1].rest = Rest::Held,
            Some(Request::Launch([vectors, stack, entry])) => {
                self.cores[1].start(vectors, stack, entry);
                self.local[1] = self.now;
            }
            None => {}
        }
        for core in 0..2 {
            if self.chip.take_event(core) {
                self.cores[core].receive_event();
            }
            self.cores[core].set_lines(self.chip.lines(core));
            let slept = self.cores[core].rest != Rest::Awake;
            if self.cores[core].wake() && slept {
                self.local[core] = self.local[core].max(self.now);
            }
        }
    }

    /// Lets a core execute to the end of the turn, or until something has to be looked at.
    fn execute(&mut self, core: usize, turn: u64) -> Result<(), Box<Stop>> {
        let cpu = &mut self.cores[core];
        if cpu.rest != Rest::Awake || self.local[core] >= turn {
            return Ok(());
        }
        self.chip.clock = self.local[core];
        while self.chip.clock < turn && cpu.rest == Rest::Awake && !self.chip.attention() {
            if let Some(spent) = &mut self.spent {
                spent.count(core, cpu.pc);
            }
            cpu.step(&mut self.chip)?;
        }
        self.local[core] = self.chip.clock;
        Ok(())
    }

    fn reset(&mut self) {
        self.resets += 1;
        self.chip.clock = self.now;
        self.chip.bite();
        self.boot();
    }
}
