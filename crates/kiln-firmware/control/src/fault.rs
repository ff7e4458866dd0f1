//! The end of the control core: heat off first, then a record, then no more feeding until the watchdog bites.

use core::arch::naked_asm;
use core::panic::PanicInfo;

use kiln_firmware_abi::fault::{End, Kind, Name};
use kiln_firmware_abi::pins::{HEAT_MASK, RELAY_FIRST, RELAYS};
use rp_pac as pac;

use crate::memory::KEPT;
use crate::timer;

/// Every exception ends here. Heat goes off before the stack is touched: it may be what has run out.
#[unsafe(naked)]
pub(crate) unsafe extern "C" fn handler() {
    naked_asm!(
        "cpsid i",
        // SIO.GPIO_OUT_CLR: the contactor's pin, and the relays' while they are the processors'.
        "ldr r0, =0xD0000020",
        "ldr r1, ={heat}",
        "str r1, [r0]",
        // IO_BANK0.GPIOn_CTRL.OUTOVER, set by the second address: each relay's pin low, whatever its block says.
        "ldr r0, =(0x4002A004 + 8 * {first})",
        "mov r1, #0x2000",
        "movs r2, #{relays}",
        "2: str r1, [r0], #8",
        "subs r2, #1",
        "bne 2b",
        "mov r0, sp",
        "mov r1, lr",
        // A fresh stack: the old one may have overflowed.
        "ldr r2, =__stack_limit",
        "movs r3, #0",
        "msr msplim, r3",
        "ldr r3, =__stack_top",
        "mov sp, r3",
        "msr msplim, r2",
        "ldr r2, =__bss_end",
        "bl {record}",
        "udf #0",
        heat = const HEAT_MASK,
        first = const RELAY_FIRST,
        relays = const RELAYS,
        record = sym record,
    )
}

/// Leaves what the processor knows of a fault. `stacked` is where it put the registers.
extern "C" fn record(stacked: *const u32, _exception_return: u32, limit: u32) -> ! {
    // SAFETY: the processor's own status registers, which this core alone uses.
    let (cfsr, hfsr, address) = unsafe {
        let scb = &*cortex_m::peripheral::SCB::PTR;
        let cfsr = scb.cfsr.read();
        // MMARVALID: the memory protection unit has refused, and says where in a register of its own.
        let address = if cfsr & 1 << 7 == 0 { scb.bfar.read() } else { scb.mmfar.read() };
        (cfsr, scb.hfsr.read(), address)
    };
    let kind = End::from_status(cfsr);
    let sp = u32::try_from(stacked.addr()).unwrap_or_default();
    let inside = sp >= limit && sp <= kiln_firmware_abi::map::CONTROL.end() - 32;
    // After an overflow nothing was stacked.
    let (lr, pc) = if inside && kind == Kind::Fault && stacked.is_aligned() {
        // SAFETY: eight words below the top of this core's stack, aligned.
        unsafe { (stacked.add(5).read_volatile(), stacked.add(6).read_volatile()) }
    } else {
        (0, 0)
    };
    end(&End { pc, lr, sp, cfsr, hfsr, address, ..End::of(kind) }, &Name::NONE)
}

/// Heat off, a record, and no more feeding.
pub(crate) fn end(end: &End, name: &Name) -> ! {
    heat_off();
    let uptime_ms = u32::try_from(timer::now_us() / 1000).unwrap_or(u32::MAX);
    KEPT.fault.leave(&End { uptime_ms, ..*end }, name);
    loop {
        heat_off();
        cortex_m::asm::wfe();
    }
}

fn heat_off() {
    pac::SIO.gpio_out(0).value_clr().write_value(HEAT_MASK);
    for pin in RELAY_FIRST..RELAY_FIRST + RELAYS {
        pac::IO_BANK0.gpio(usize::from(pin)).ctrl().modify(|w| w.set_outover(pac::io::vals::Outover::LOW));
    }
}

#[panic_handler]
fn panic(info: &PanicInfo<'_>) -> ! {
    heat_off();
    let (line, name) = info.location().map_or((0, Name::NONE), |place| (place.line(), Name::of(place.file())));
    end(&End { line, ..End::of(Kind::Panic) }, &name)
}
