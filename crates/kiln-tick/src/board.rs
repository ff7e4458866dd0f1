//! The loop on an emulated Cortex-M33, each turn timed by the processor's own timer.
//!
//! Under QEMU's `-icount shift=6` an instruction takes 64 ns of virtual time, and the timer of the mps2-an505 counts
//! 20 MHz, 50 ns: 32 counts are 25 instructions.

use core::mem::size_of;

use cortex_m::Peripherals;
use cortex_m::peripheral::SYST;
use cortex_m::peripheral::syst::SystClkSource;
use cortex_m_rt::entry;
use cortex_m_semihosting::{debug, hprintln};
use kiln_control::Runner;

use crate::world::{Turn, Who, begin, turn};

/// Ten minutes of a ramp.
const TURNS: u32 = 6000;
/// The timer counts down through 24 bits: 13 million instructions before it comes round.
const ROUND: u32 = 0x00ff_ffff;

/// Counts of one kind of turn, in instructions.
#[derive(Default)]
struct Count {
    turns: u32,
    sum: u64,
    most: u32,
}

impl Count {
    fn add(&mut self, instructions: u32) {
        self.turns += 1;
        self.sum += u64::from(instructions);
        self.most = self.most.max(instructions);
    }

    fn mean(&self) -> u64 {
        self.sum / u64::from(self.turns.max(1))
    }
}

#[entry]
fn main() -> ! {
    let counted = Peripherals::take().and_then(|mut core| {
        core.SYST.set_clock_source(SystClkSource::Core);
        core.SYST.set_reload(ROUND);
        core.SYST.clear_current();
        core.SYST.enable_counter();
        Some((count(Who::Pid)?, count(Who::Adaptive)?))
    });
    match counted {
        Some(((tick, slot), (adaptive, _))) => {
            hprintln!("tick-mean {}\ntick-most {}", tick.mean(), tick.most);
            hprintln!("slot-mean {}\nslot-most {}", slot.mean(), slot.most);
            hprintln!("adaptive-tick-mean {}\nadaptive-tick-most {}", adaptive.mean(), adaptive.most);
            hprintln!("memory {}", size_of::<Runner>());
            end(debug::EXIT_SUCCESS)
        }
        None => end(debug::EXIT_FAILURE),
    }
}

/// Fires, and counts each turn.
fn count(who: Who) -> Option<(Count, Count)> {
    let (mut runner, mut world) = begin(who)?;
    let (mut tick, mut slot) = (Count::default(), Count::default());
    let nothing = instructions(&mut || {});
    for _ in 0..TURNS {
        let mut spent = 0;
        let kind = turn(&mut runner, &mut world, |work| spent = instructions(work));
        let count = match kind {
            Turn::Tick => &mut tick,
            Turn::Slot => &mut slot,
        };
        count.add(spent.saturating_sub(nothing));
    }
    Some((tick, slot))
}

/// The instructions that some work takes, the reading of the timer included.
fn instructions(work: &mut dyn FnMut()) -> u32 {
    let before = SYST::get_current();
    work();
    let after = SYST::get_current();
    let counts = before.wrapping_sub(after) & ROUND;
    u32::try_from(u64::from(counts) * 25 / 32).unwrap_or(u32::MAX)
}

fn end(how: debug::ExitStatus) -> ! {
    debug::exit(how);
    loop {
        cortex_m::asm::nop();
    }
}

#[panic_handler]
fn panic(_why: &core::panic::PanicInfo<'_>) -> ! {
    end(debug::EXIT_FAILURE)
}
