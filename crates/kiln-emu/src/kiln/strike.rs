//! Bad things that happen to the board in the middle of a firing, and what must become of the heat.

use kiln_core::restart::{Application, Cause};
use kiln_core::snapshot::Phase;
use kiln_firmware_abi::fault::Kind;
use kiln_firmware_abi::map;

use super::bench::{Bench, BenchError, CONTROL};
use super::mailbox::Mailbox;
use crate::chip::{CYCLES_PER_US, RAM};
use crate::cpu::Rest;
use crate::machine::{Ended, Image};

/// What happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strike {
    /// The control core stands still for ever.
    Hang,
    /// It meets an instruction that there is not.
    Undefined,
    /// It panics.
    Panic,
    /// Its stack runs out.
    Overflow,
    /// It looks at flash, which may be busy.
    Flash,
    /// A bit of its code is not what it was.
    Code,
    /// The relays' block stands still, so that one signature under the watchdog is missing.
    Relays,
    /// The application falls silent so many times.
    Application(u64),
}

impl Strike {
    /// How many resets it comes to.
    const fn resets(self) -> u64 {
        match self {
            Self::Application(times) => times,
            Self::Hang | Self::Undefined | Self::Panic | Self::Overflow | Self::Flash | Self::Code | Self::Relays => 1,
        }
    }
}

/// One row of the table: what happens, and what must come of it.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// Its name.
    pub name: &'static str,
    /// What happens.
    pub strike: Strike,
    /// What the control core's fault handler must have left.
    pub left: Option<Kind>,
    /// Why the last start must be told to have happened.
    pub cause: Cause,
    /// How much of the application must come up in the end.
    pub application: Application,
    /// Whether the firing goes on; otherwise it has ended with an error, which stays.
    pub goes_on: bool,
    /// The longest until the relay is off for the first time, ms: a window of the relay, or the patience with an
    /// application during which the firing goes on.
    pub low_within_ms: u64,
}

const WINDOW_MS: u64 = 5_000;
/// A pass over the code and the watchdog's two seconds; until it is found, a flipped bit does no harm here.
const PASS_MS: u64 = 130_000;

/// What is waited for a silent application, and the watchdog's two seconds.
const SILENCE_MS: u64 = 93_000;

const fn row(name: &'static str, strike: Strike, left: Option<Kind>) -> Row {
    let (cause, application) = (Cause::Control, Application::Whole);
    Row { name, strike, left, cause, application, goes_on: true, low_within_ms: WINDOW_MS }
}

const fn silent(name: &'static str, times: u64, application: Application) -> Row {
    let strike = Strike::Application(times);
    Row { cause: Cause::Application, application, low_within_ms: SILENCE_MS, ..row(name, strike, None) }
}

/// Every row.
pub const TABLE: [Row; 9] = [
    row("hang", Strike::Hang, None),
    row("undefined", Strike::Undefined, Some(Kind::Fault)),
    row("panic", Strike::Panic, Some(Kind::Panic)),
    row("overflow", Strike::Overflow, Some(Kind::StackOverflow)),
    row("flash", Strike::Flash, Some(Kind::Fault)),
    Row { low_within_ms: PASS_MS, ..row("code", Strike::Code, Some(Kind::CodeDamaged)) },
    Row { goes_on: false, ..row("signature", Strike::Relays, None) },
    silent("silence", 1, Application::Whole),
    silent("silences", 2, Application::Minimal),
];

/// What came of it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Aftermath {
    /// How long after the strike the relay's pin fell for the last time before the first reset, ms.
    pub low_after_ms: u64,
    /// How long after the strike the chip was reset, ms.
    pub reset_after_ms: Option<u64>,
    /// Resets.
    pub resets: u64,
    /// What the control core's fault handler left.
    pub left: Option<Kind>,
    /// What the loop tells of its start.
    pub told: Option<(Cause, bool, Application)>,
    /// What the kiln is doing in the end.
    pub phase: Option<Phase>,
    /// Whether the relay's pin was high again after the last reset.
    pub heats: bool,
}

impl Row {
    /// What is not as it must be.
    pub fn check(&self, after: &Aftermath) -> Vec<String> {
        let resets = self.strike.resets();
        let mut wrong = Vec::new();
        let mut must = |holds: bool, what: String| {
            if !holds {
                wrong.push(what);
            }
        };
        must(after.resets == resets, format!("{} resets, not {resets}", after.resets));
        must(after.low_after_ms <= self.low_within_ms, format!("the relay fell after {} ms", after.low_after_ms));
        must(after.left == self.left, format!("{:?} was left, not {:?}", after.left, self.left));
        let told = Some((self.cause, self.goes_on, self.application));
        must(after.told == told, format!("{:?} was told, not {told:?}", after.told));
        let phase = if self.goes_on { Phase::Running } else { Phase::Error };
        must(after.phase == Some(phase), format!("the kiln is {:?}", after.phase));
        must(after.heats == self.goes_on, format!("heat after the reset: {}", after.heats));
        wrong
    }
}

const SLOT_US: u64 = 100_000;
/// How long is watched after the last reset, and how long it is waited for, slots.
const AFTER: u64 = 1_200;
const WAITED: u64 = 2_400;
/// Room for what a panic tells: at the end of what both cores see.
const PLACE: u32 = map::SHARED.base + map::SHARED.len - 64;

impl Bench {
    /// Strikes while the relay's pin is high, and watches until the firing goes on.
    ///
    /// # Errors
    /// The run ended, or the pin never was high.
    pub fn strike(&mut self, strike: Strike, symbols: &Image) -> Result<Aftermath, BenchError> {
        self.wait_for_heat()?;
        let (mut after, begun) = (Aftermath::default(), self.machine.now_us());
        let (resets, times) = (self.machine.resets, strike.resets());
        self.machine.chip.edges.clear();
        self.inflict(strike, symbols)?;
        let (mut slots, mut ready_for) = (0, 0);
        while ready_for < AFTER && slots < times * WAITED {
            slots += 1;
            let over = self.machine.resets - resets == times;
            let silent = matches!(strike, Strike::Application(_)) && !over;
            let ready = over && Mailbox::is_ready(&self.machine.chip);
            let reset = self.free_slot(begun + slots * SLOT_US, silent)?;
            if reset && after.reset_after_ms.is_none() {
                after.reset_after_ms = Some((self.machine.now_us() - begun) / 1000);
            }
            ready_for += u64::from(ready);
            after.heats |= ready && self.machine.chip.pins.level(self.relay);
        }
        after.low_after_ms = self.last_fall(begun, after.reset_after_ms.unwrap_or(u64::MAX));
        after.resets = self.machine.resets - resets;
        after.left = Mailbox::control_fault(&self.machine.chip).map(|end| end.kind);
        let report = self.mailbox.report(&self.machine.chip);
        after.told = report.map(|report| (report.cause, report.went_on, report.application));
        after.phase = self.snapshot().map(|told| told.phase);
        self.count_anew()?;
        self.find_slots()?;
        Ok(after)
    }

    /// How long after a moment at which the relay's pin was high it fell for the last time up to so many milliseconds.
    fn last_fall(&self, begun_us: u64, most_ms: u64) -> u64 {
        let (mut high, mut last) = (true, most_ms);
        for (cycle, levels) in &self.machine.chip.edges {
            let ms = (cycle / CYCLES_PER_US).saturating_sub(begun_us) / 1000;
            let now = levels >> self.relay & 1 != 0;
            if ms <= most_ms && high && !now {
                last = ms;
            }
            high = now;
        }
        last
    }

    /// A slot that may hold a reset; whether it did.
    fn free_slot(&mut self, end_us: u64, silent: bool) -> Result<bool, BenchError> {
        if let Some(conversion) = self.chamber.before() {
            self.machine.chip.wires.sensor.code = conversion.ltc_code();
            if !silent && Mailbox::is_ready(&self.machine.chip) {
                self.beat();
            }
        }
        let reset = self.machine.run_until(end_us)? == Ended::Reset;
        if reset {
            self.machine.run_until(end_us)?;
            self.wait_for_control()?;
            self.tell_anew();
        }
        self.chamber.after(self.machine.chip.pins.level(self.relay));
        Ok(reset)
    }

    fn wait_for_heat(&mut self) -> Result<(), BenchError> {
        for _ in 0..6000 {
            if self.slot()? {
                return Ok(());
            }
        }
        Err(BenchError::Refused("the relay's pin never was high".to_owned()))
    }

    fn inflict(&mut self, strike: Strike, symbols: &Image) -> Result<(), BenchError> {
        let cpu = &mut self.machine.cores[CONTROL];
        let chip = &mut self.machine.chip;
        let missing = || BenchError::Refused("the image has not what is struck".to_owned());
        match strike {
            Strike::Application(_) => return Ok(()),
            Strike::Hang => {
                cpu.rest = Rest::Held;
                return Ok(());
            }
            Strike::Relays => {
                chip.stop_pio(2);
                return Ok(());
            }
            Strike::Code => {
                // The last word of the constants that anything is in.
                let end = symbols.symbol("__constant_end").ok_or_else(missing)? - RAM;
                let lit = |at: &u32| chip.ram.load(*at, 4).is_some_and(|word| word != 0);
                let at = (1..64).map(|word| end - 4 * word).find(lit).ok_or_else(missing)?;
                let word = chip.ram.load(at, 4).unwrap_or_default();
                chip.ram.store(at, 4, word ^ 1 << 17);
                return Ok(());
            }
            // The instruction that is next: control's code is copied anew at each start.
            Strike::Undefined => {
                chip.ram.store(cpu.pc - RAM, 2, 0xDE00);
            }
            Strike::Flash => cpu.pc = crate::chip::FLASH + 0x1000,
            Strike::Panic | Strike::Overflow => {
                // core::panicking::panic(text, its length, location), of which the linker may leave (_, location); a location is
                // a file's name, its length, line, column.
                let entry = symbols.symbol_with("panicking5panic").ok_or_else(missing)?;
                cpu.pc = entry & !1;
                (cpu.r[0], cpu.r[1], cpu.r[2]) = (PLACE + 16, PLACE, PLACE);
                for (at, word) in (0..).zip([PLACE + 16, 8, 77, 5, 0x7572_7473, 0x0073_726B]) {
                    chip.ram.store(PLACE - RAM + 4 * at, 4, word);
                }
                if strike == Strike::Overflow {
                    cpu.r[13] = cpu.main_stack_limit() + 8;
                }
            }
        }
        cpu.rest = Rest::Awake;
        Ok(())
    }
}
