//! The stack of the loop: its limit, and how deep it has been.

use core::arch::asm;

/// What an unused word holds.
const PAINT: u32 = 0xAAAA_AAAA;

unsafe extern "C" {
    static mut __stack_limit: u32;
    static mut __stack_top: u32;
}

/// Narrows the stack to its limit, for the loop, and paints what of it is free.
pub(crate) fn settle() {
    let limit = &raw mut __stack_limit;
    let here: usize;
    // SAFETY: reads a register.
    unsafe { asm!("mov {}, sp", out(reg) here, options(nomem, nostack)) };
    let mut word = limit;
    // This function's own frame is above its stack pointer; nothing is called below it while it paints.
    while word.addr() + 64 < here {
        // SAFETY: between the limit and the stack pointer lies nothing but free stack, word by word.
        unsafe {
            word.write_volatile(PAINT);
            word = word.add(1);
        }
    }
    // SAFETY: the stack pointer is above the limit, or the loop would end here with a fault.
    unsafe { cortex_m::register::msplim::write(u32::try_from(limit.addr()).unwrap_or(u32::MAX)) };
}

/// Bytes of the stack that have been used at the deepest so far.
pub(crate) fn deepest() -> u32 {
    let (limit, top) = (&raw const __stack_limit, &raw const __stack_top);
    let mut word = limit;
    // SAFETY: from the limit to the top it is all stack, word by word.
    while word < top && unsafe { word.read_volatile() } == PAINT {
        // SAFETY: as above.
        word = unsafe { word.add(1) };
    }
    u32::try_from(top.addr() - word.addr()).unwrap_or(u32::MAX)
}
