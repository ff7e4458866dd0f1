//! The first instructions of the control core, and its vector table.
//!
//! The boot ROM comes here with the stack pointer and the vector table that the launcher named, interrupts as they may be.
//! No interrupt is ever taken: the loop sleeps until its alarm is pending and looks for itself.

use core::arch::naked_asm;

use kiln_firmware_abi::pins::HEAT_MASK;

use crate::{fault, run};

/// Sixteen exceptions of the processor and 52 interrupts of the chip.
const VECTORS: usize = 16 + 52;

type Vector = unsafe extern "C" fn();

unsafe extern "C" {
    fn __stack_top();
}

/// Everything but the reset is the end. Entry 0 is the stack pointer, which only the launcher reads.
#[used]
#[unsafe(link_section = ".vectors")]
static TABLE: [Vector; VECTORS] = {
    let mut table: [Vector; VECTORS] = [fault::handler; VECTORS];
    table[0] = __stack_top;
    table[1] = control_reset;
    table
};

/// Heat off, limits and floating point on, statics as they should be; then [`run::main`].
///
#[unsafe(naked)]
#[unsafe(no_mangle)]
unsafe extern "C" fn control_reset() {
    naked_asm!(
        "cpsid i",
        // SIO.GPIO_OUT_CLR: a reset of the processors leaves the pins as they were.
        "ldr r0, =0xD0000020",
        "ldr r1, ={heat}",
        "str r1, [r0]",
        // Making the loop takes more stack than running it: until it runs, all free memory is stack.
        "ldr r0, =__bss_end",
        "msr msplim, r0",
        "ldr r0, =__bss_start",
        "ldr r1, =__bss_end",
        "movs r2, #0",
        "4: cmp r0, r1",
        "bhs 5f",
        "str r2, [r0], #4",
        "b 4b",
        // CPACR: full access to the floating point unit. FPCCR 0: no exception here returns, so nothing is stacked for it.
        "5: ldr r0, =0xE000ED88",
        "ldr r1, [r0]",
        "orr r1, r1, #0xF00000",
        "str r1, [r0]",
        "ldr r0, =0xE000EF34",
        "str r2, [r0]",
        // ACTLR.EXTEXCLALL: exclusive accesses reach the monitor that both cores share. The link needs none.
        "ldr r0, =0xE000E008",
        "ldr r1, [r0]",
        "orr r1, r1, #0x20000000",
        "str r1, [r0]",
        "dsb",
        "isb",
        "bl {main}",
        "udf #0",
        heat = const HEAT_MASK,
        main = sym run::main,
    )
}
