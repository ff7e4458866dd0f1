//! The end of the application core: the heat pins low first, then a record, then silence.
//!
//! The relays' pins belong to another block as soon as control runs, so that the write matters before that alone; the
//! contactor is left to control. It feeds nothing and resets nothing: a firing goes on without the application, and the control core lets the watchdog
//! bite when it has been silent for too long.

use core::arch::naked_asm;
use core::panic::PanicInfo;

use embassy_rp::pac;
use kiln_firmware_abi::fault::{End, Kind, Name};
use kiln_firmware_abi::map;
use kiln_firmware_abi::pins::RELAY_MASK;

use crate::memory::SHARED;

/// Replaces the handler of cortex-m-rt, which would use the stack that may have run out.
#[unsafe(naked)]
#[unsafe(export_name = "HardFault")]
unsafe extern "C" fn handler() {
    naked_asm!(
        "cpsid i",
        "ldr r0, =0xD0000020",
        "ldr r1, ={heat}",
        "str r1, [r0]",
        "mov r0, sp",
        "mov r1, lr",
        "ldr r2, =_stack_end",
        "movs r3, #0",
        "msr msplim, r3",
        "ldr r3, =_stack_start",
        "mov sp, r3",
        "msr msplim, r2",
        "bl {record}",
        "udf #0",
        heat = const RELAY_MASK,
        record = sym record,
    )
}

/// Leaves what the processor knows of a fault. `stacked` is where it put the registers.
extern "C" fn record(stacked: *const u32, _exception_return: u32, limit: u32) -> ! {
    // SAFETY: the processor's own status registers, which this core alone uses.
    let (cfsr, hfsr, address) = unsafe {
        let scb = &*cortex_m::peripheral::SCB::PTR;
        (scb.cfsr.read(), scb.hfsr.read(), scb.bfar.read())
    };
    let kind = End::from_status(cfsr);
    let sp = u32::try_from(stacked.addr()).unwrap_or_default();
    let inside = sp >= limit && sp <= map::APPLICATION.end() - 32;
    // After an overflow nothing was stacked.
    let (lr, pc) = if inside && kind == Kind::Fault && stacked.is_aligned() {
        // SAFETY: eight words below the top of this core's stack, aligned.
        unsafe { (stacked.add(5).read_volatile(), stacked.add(6).read_volatile()) }
    } else {
        (0, 0)
    };
    end(&End { pc, lr, sp, cfsr, hfsr, address, ..End::of(kind) }, &Name::NONE)
}

fn end(end: &End, name: &Name) -> ! {
    cortex_m::interrupt::disable();
    heat_off();
    let uptime_ms = pac::TIMER0.timerawl().read() / 1000;
    SHARED.application_fault.leave(&End { uptime_ms, ..*end }, name);
    loop {
        cortex_m::asm::wfe();
    }
}

fn heat_off() {
    pac::SIO.gpio_out(0).value_clr().write_value(RELAY_MASK);
}

#[panic_handler]
fn panic(info: &PanicInfo<'_>) -> ! {
    heat_off();
    let (line, name) = info.location().map_or((0, Name::NONE), |place| (place.line(), Name::of(place.file())));
    end(&End { line, ..End::of(Kind::Panic) }, &name)
}
