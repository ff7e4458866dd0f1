//! The control core's life: set up, prove, loop.

use core::mem::MaybeUninit;

use kiln_control::{InForce, Reset, Runner};
use kiln_core::firing::State;
use kiln_firmware_abi::fault::{End, Kind, Name};
use kiln_firmware_abi::header::Header;
use kiln_firmware_abi::shared::Stage;
use rp_pac as pac;

use crate::board::Pico;
use crate::fence::Fence;
use crate::integrity::Integrity;
use crate::memory::{KEPT, SHARED};
use crate::{alias, boot, fault, memory, protect, spi, stack, timer, watchdog};

/// How often the stack is looked through, in ticks: it takes some 40,000 instructions.
const STACK_EVERY: u32 = 60;

/// The loop's memory: too large for the stack.
static mut RUNNER: MaybeUninit<Runner> = MaybeUninit::uninit();

/// Everything after the first instructions.
pub(crate) extern "C" fn main() -> ! {
    let Ready { mut board, runner, mut fence, mut integrity } = prepare();
    stack::settle();
    let mut ticks = 0_u32;
    SHARED.start.tell(Stage::Ready);
    loop {
        let outputs = runner.turn(&mut board);
        fence.attend();
        if !board.is_wired()
            && let Some(wiring) = SHARED.start.wiring.get()
        {
            wire(&mut board, &wiring);
        }
        integrity.attend(runner, outputs.ticked);
        ticks = ticks.wrapping_add(u32::from(outputs.ticked));
        if outputs.ticked && ticks.is_multiple_of(STACK_EVERY) {
            SHARED.start.tell_stack(stack::deepest());
        }
        if SHARED.start.is_restart_asked() && is_idle(runner) {
            KEPT.ask();
            watchdog::bite();
        }
    }
}

/// What the loop runs with.
struct Ready {
    board: Pico,
    runner: &'static mut Runner,
    fence: Fence,
    integrity: Integrity,
}

/// Sets everything up, heat off. Its deep stack is gone when it returns.
#[inline(never)]
fn prepare() -> Ready {
    SHARED.start.tell(Stage::Entered);
    timer::start();
    watchdog::start();
    SHARED.start.tell_boot(boot::registers());
    let reset = boot::reset();
    tell_fault(reset);
    restart_blocks();
    spi::start();
    let Ok(header) = Header::read(memory::image()) else { fault::end(&End::of(Kind::CodeDamaged), &Name::NONE) };
    let mut fence = Fence::default();
    fence.raise();
    protect::start(header.constant_end);
    let Ok(mut board) = Pico::unwired() else { fault::end(&End::of(Kind::Hardware), &Name::NONE) };
    if reset == Reset::Watchdog
        && let Some(wiring) = KEPT.wiring.get()
    {
        wire(&mut board, &wiring);
    }
    let runner = runner(&mut board, reset);
    Ready { board, runner, fence, integrity: Integrity::new(&header) }
}

/// Shows the application what the last fault handler of this core left, and forgets what is of before the power came.
fn tell_fault(reset: Reset) {
    if reset == Reset::Power {
        KEPT.fault.clear();
        KEPT.wiring.clear();
    }
    SHARED.control_fault.copy_from(&KEPT.fault);
    KEPT.fault.clear();
}

/// Takes the blocks that are this core's through a reset: whatever was there before is gone.
fn restart_blocks() {
    let mut blocks = pac::resets::regs::Peripherals::default();
    blocks.set_spi0(true);
    blocks.set_pio2(true);
    blocks.set_io_bank0(true);
    blocks.set_pads_bank0(true);
    let mut ours = blocks;
    ours.set_io_bank0(false);
    ours.set_pads_bank0(false);
    alias::set(pac::RESETS.reset(), ours);
    alias::clear(pac::RESETS.reset(), blocks);
    let end = timer::now_us() + 1000;
    while pac::RESETS.reset_done().read().0 & blocks.0 != blocks.0 {
        if timer::now_us() > end {
            fault::end(&End::of(Kind::Hardware), &Name::NONE);
        }
    }
}

fn wire(board: &mut Pico, wiring: &kiln_firmware_abi::wiring::Wiring) {
    if board.wire(wiring).is_err() {
        fault::end(&End::of(Kind::Hardware), &Name::NONE);
    }
}

/// Makes the loop at its place.
fn runner(board: &mut Pico, reset: Reset) -> &'static mut Runner {
    let Ok(runner) = Runner::after_reset(InForce::DELIVERED, board, reset) else {
        fault::end(&End::of(Kind::ValueDamaged), &Name::NONE)
    };
    let place = &raw mut RUNNER;
    // SAFETY: this function is called once, and nothing else names the memory.
    unsafe { (*place).write(runner) }
}

/// Whether nothing is fired or tuned.
fn is_idle(runner: &Runner) -> bool {
    match runner.controller().firing().state() {
        State::Idle | State::Complete(_) | State::Error { .. } => true,
        State::Running(_) | State::Tuning(_) => false,
    }
}
