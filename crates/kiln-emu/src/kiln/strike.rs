//! Bad things that happen to a processor in the middle of a firing, and what becomes of the heat.

use kiln_core::snapshot::Phase;
use kiln_firmware_abi::map;
use kiln_firmware_abi::shared::Shared;

use super::bench::{Bench, BenchError};
use super::mailbox::Mailbox;
use crate::chip::{CYCLES_PER_US, FLASH, RAM};
use crate::cpu::Rest;
use crate::machine::{Ended, Image};

/// What happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strike {
    /// The core stands still for ever.
    Hang,
    /// It meets an instruction that there is not.
    Fault,
    /// It panics.
    Panic,
    /// Its stack runs out.
    Overflow,
}

impl Strike {
    /// All of them, with their names.
    pub const ALL: [(&'static str, Self); 4] =
        [("hang", Self::Hang), ("fault", Self::Fault), ("panic", Self::Panic), ("overflow", Self::Overflow)];
}

/// What came of it.
#[derive(Clone, Copy, Debug)]
pub struct Aftermath {
    /// How long after the strike the relay's pin was last high, ms; `None` when it was low already.
    pub low_after_ms: Option<u64>,
    /// How long after the strike the chip was reset, ms.
    pub reset_after_ms: Option<u64>,
    /// Resets.
    pub resets: u64,
    /// Why, as WATCHDOG.REASON tells.
    pub reason: u32,
    /// The first words of what the control core's and the application's fault handlers had left.
    pub records: [u32; 2],
    /// What the kiln is doing in the end.
    pub phase: Option<Phase>,
}

/// How long is watched, in slots.
const WATCHED: u64 = 1500;
const SLOT_US: u64 = 100_000;
/// Room for what a panic tells: at the end of what both cores see.
const PLACE: u32 = map::SHARED.base + map::SHARED.len - 64;

impl Bench {
    /// Strikes a core while the relay's pin is high, and watches for longer than a loop goes on without its application.
    ///
    /// # Errors
    /// The run ended, or the pin never was high.
    pub fn strike(&mut self, core: usize, strike: Strike, symbols: &Image) -> Result<Aftermath, BenchError> {
        self.wait_for_heat()?;
        let resets = self.machine.resets;
        self.machine.chip.edges.clear();
        self.inflict(core, strike, symbols)?;
        let begun = self.machine.now_us();
        let mut after =
            Aftermath { low_after_ms: None, reset_after_ms: None, resets: 0, reason: 0, records: [0; 2], phase: None };
        let mut told = resets;
        for slot in 0..WATCHED {
            if let Some(conversion) = self.chamber.before() {
                self.machine.chip.wires.sensor.code = conversion.ltc_code();
            }
            if self.machine.run_until(begun + (slot + 1) * SLOT_US)? == Ended::Reset {
                after.reset_after_ms.get_or_insert((self.machine.now_us() - begun) / 1000);
                after.reason = self.machine.chip.watchdog.reason();
                self.machine.run_until(begun + (slot + 1) * SLOT_US)?;
            }
            let struck = core == 0 && self.machine.resets == resets;
            if self.machine.resets > told && Mailbox::is_ready(&self.machine.chip) {
                told = self.machine.resets;
                self.tell_anew();
            }
            if !struck && slot % 10 == 0 && Mailbox::is_ready(&self.machine.chip) {
                self.mailbox.beat(&mut self.machine.chip);
            }
            self.chamber.after(self.machine.chip.pins.level(self.relay));
        }
        let first_reset = after.reset_after_ms.unwrap_or(u64::MAX);
        let falls = self.machine.chip.edges.iter().filter(|(_, levels)| levels >> self.relay & 1 == 0);
        let ms = |cycle: u64| (cycle / CYCLES_PER_US).saturating_sub(begun) / 1000;
        after.low_after_ms = falls.map(|(cycle, _)| ms(*cycle)).rfind(|ms| *ms <= first_reset);
        after.resets = self.machine.resets - resets;
        let word = |offset: usize| self.machine.chip.ram.load(map::SHARED.base - RAM + offset as u32, 4);
        after.records = [
            word(std::mem::offset_of!(Shared, control_fault)).unwrap_or_default(),
            word(std::mem::offset_of!(Shared, application_fault)).unwrap_or_default(),
        ];
        after.phase = self.snapshot().map(|told| told.phase);
        Ok(after)
    }

    fn wait_for_heat(&mut self) -> Result<(), BenchError> {
        for _ in 0..6000 {
            if self.slot()? {
                return Ok(());
            }
        }
        Err(BenchError::Refused("the relay's pin never was high".to_owned()))
    }

    fn inflict(&mut self, core: usize, strike: Strike, symbols: &Image) -> Result<(), BenchError> {
        let cpu = &mut self.machine.cores[core];
        let chip = &mut self.machine.chip;
        let missing = || BenchError::Refused("the image has no panic to go to".to_owned());
        match strike {
            Strike::Hang => {
                cpu.rest = Rest::Held;
                return Ok(());
            }
            // Control's code is copied from flash at each start; the application's stays as it is, so it goes astray to
            // where such an instruction lies.
            Strike::Fault if core == 1 => {
                let pc = cpu.pc;
                chip.ram.store(pc - RAM, 2, 0xDE00);
            }
            Strike::Fault => {
                let bytes = chip.flash.bytes();
                let at = bytes.chunks_exact(2).position(|half| half == [0, 0xDE]).ok_or_else(missing)?;
                cpu.pc = FLASH + 2 * at as u32;
            }
            Strike::Panic | Strike::Overflow => {
                // core::panicking::panic(text, its length, location); a location is a file's name, its length, line, column.
                let entry = symbols.symbol_with("panicking5panic").ok_or_else(missing)?;
                cpu.pc = entry & !1;
                (cpu.r[0], cpu.r[1], cpu.r[2]) = (PLACE + 16, 8, PLACE);
                for (at, word) in (0..).zip([PLACE + 16, 8, 77, 5, 0x7572_7473, 0x0073_726B]) {
                    chip.ram.store(PLACE - RAM + 4 * at, 4, word);
                }
                if strike == Strike::Overflow {
                    cpu.r[13] = cpu.main_stack_limit() + 8;
                }
            }
        }
        if cpu.rest != Rest::Awake {
            cpu.rest = Rest::Awake;
        }
        Ok(())
    }

    /// What the application does after a start: settings, as they were.
    fn tell_anew(&mut self) {
        let published = kiln_core::settings::Published { revision: 1, settings: self.settings, latched: None };
        self.mailbox.publish(&mut self.machine.chip, &published);
        self.mailbox.beat(&mut self.machine.chip);
    }
}
