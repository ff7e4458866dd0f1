//! The control core's own clock: microseconds of TIMER1, and sleep until a moment of it.
//!
//! The application's clock is TIMER0; nothing of it can move this one once the fence is closed.

use cortex_m::asm;
use rp_pac as pac;

/// TIMER1_IRQ_0, by its number in the RP2350 datasheet, 3.2.
const ALARM_INTERRUPT: u32 = 1 << 4;
/// Cycles of the 12 MHz crystal in a microsecond.
const CYCLES: u16 = 12;

/// Starts it. The application's start-up code starts the ticks of TIMER0 and the watchdog alone.
pub(crate) fn start() {
    let tick = pac::TICKS.timer1_ctrl();
    pac::TICKS.timer1_cycles().write(|w| w.set_timer1_cycles(CYCLES));
    tick.write(|w| w.set_enable(true));
    // A halted core must not stop the time of the one that heats: not in production, where nobody debugs.
    pac::TIMER1.dbgpause().write(|_| {});
    pac::TIMER1.inte().write(|w| w.set_alarm(0, true));
    // Pending wakes the sleeping core; interrupts are masked, so nothing is ever entered.
    let nvic = cortex_m::peripheral::NVIC::PTR;
    // SAFETY: the address is that of the processor's own register, which this core alone uses; a write of one bit enables
    // one line.
    unsafe { (*nvic).iser[0].write(ALARM_INTERRUPT) };
}

/// Microseconds since it started.
pub(crate) fn now_us() -> u64 {
    loop {
        let high = pac::TIMER1.timerawh().read();
        let low = pac::TIMER1.timerawl().read();
        if pac::TIMER1.timerawh().read() == high {
            return u64::from(high) << 32 | u64::from(low);
        }
    }
}

/// Waits for a few microseconds, awake.
pub(crate) fn pause_us(time: u64) {
    let end = now_us() + time;
    while now_us() < end {}
}

/// Sleeps until `moment`, or returns at once when it has passed. Moments more than 71 minutes ahead are not waited for
/// in full: the alarm compares 32 bits.
///
/// The alarm fires when the time equals its own, so a moment that passes while it is set would be slept through: it is
/// looked at before and after.
pub(crate) fn wait_until(moment: u64) {
    let [a, b, c, d, ..] = moment.to_le_bytes();
    let low = u32::from_le_bytes([a, b, c, d]);
    while now_us() < moment {
        pac::TIMER1.intr().write(|w| w.set_alarm(0, true));
        unpend();
        pac::TIMER1.alarm(0).write_value(low);
        if now_us() >= moment {
            break;
        }
        asm::dsb();
        asm::wfi();
    }
    pac::TIMER1.armed().write(|w| w.set_armed(1));
    pac::TIMER1.intr().write(|w| w.set_alarm(0, true));
    unpend();
}

fn unpend() {
    let nvic = cortex_m::peripheral::NVIC::PTR;
    // SAFETY: as above; the bit clears one pending line.
    unsafe { (*nvic).icpr[0].write(ALARM_INTERRUPT) };
}
