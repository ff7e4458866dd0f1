//! What the page's worker calls: functions over plain numbers, and the memory they share.
//!
//! The only file of the crate with `unsafe`. A worker has one thread and one instance, no call is made while another
//! goes on, and nothing here calls back: whoever holds the machine holds it alone.
#![allow(unsafe_code, reason = "the memory of one instance is handed to the page that owns it")]

use core::cell::UnsafeCell;

use crate::firing::Ordered;
use crate::machine::{Answer, Machine};

/// The most numbers that are taken in: the log of more than a day, a row every two seconds.
const FIGURES_MOST: usize = 1 << 18;

struct Alone<T>(UnsafeCell<T>);

// SAFETY: WebAssembly without threads; see the head of the file.
unsafe impl<T> Sync for Alone<T> {}

static MACHINE: Alone<Machine> = Alone(UnsafeCell::new(Machine::new()));
static FIGURES: Alone<[f64; FIGURES_MOST]> = Alone(UnsafeCell::new([0.0; FIGURES_MOST]));

#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    core::arch::wasm32::unreachable()
}

fn with(ask: impl FnOnce(&mut Machine) -> Answer) -> u32 {
    // SAFETY: the only place that makes a reference to it, and it ends with the call.
    let answer = ask(unsafe { &mut *MACHINE.0.get() });
    match answer {
        Answer::Done => 0,
        Answer::Refused => 1,
        Answer::Nothing => 2,
        Answer::DoesNotFit => 3,
    }
}

fn machine() -> &'static Machine {
    // SAFETY: no call is under way, so that no other reference lives.
    unsafe { &*MACHINE.0.get() }
}

fn figures(count: usize) -> &'static [f64] {
    // SAFETY: the page writes to it only between calls.
    unsafe { &*FIGURES.0.get() }.get(..count).unwrap_or_default()
}

/// Exports functions; `at` and `len` tell where memory lies.
macro_rules! exports {
    ($( $name:ident ( $($argument:ident : $kind:ty),* ) $(-> $out:ty)? = $body:expr; )+) => {
        $(
            // SAFETY: the names are this crate's own, and nothing else is linked.
            #[unsafe(no_mangle)]
            extern "C" fn $name($($argument: $kind),*) -> exports!(@out $($out)?) {
                $body
            }
        )+
    };
    (@out) => { u32 };
    (@out $out:ty) => { $out };
}

exports! {
    figures_at() -> *mut f64 = FIGURES.0.get().cast();
    figures_most() -> usize = FIGURES_MOST;
    numbers_at() -> *const f64 = machine().numbers().as_ptr();
    numbers_len() -> usize = machine().numbers().len();

    read_profile(count: usize) = with(|machine| machine.read_profile(figures(count)));
    write_profile() = with(Machine::write_profile);
    plan(start: f64) = with(|machine| machine.plan(start));
    plan_work(start: f64) = with(|machine| machine.plan_work(start));
    pull(step: f64, seconds: f64, celsius: f64, start: f64) = with(|machine| machine.pull(step, seconds, celsius, start));
    cone_falls(cone: f64, rate: f64) = with(|machine| machine.cone_falls(cone, rate));
    cone_profile(cone: f64, ware: f64, speed: f64) = with(|machine| machine.cone_profile(cone, ware, speed));
    read_log(count: usize, window: f64) = with(|machine| machine.read_log(figures(count), window));
    log_work(count: usize) = with(|machine| machine.log_work(figures(count)));
    fit() = with(Machine::fit);
    beside() = with(Machine::beside);
    swing() = with(Machine::swing);
    gains(rule: f64, pace: f64, gain: f64, time_constant: f64, dead_time: f64) =
        with(|machine| machine.gains(rule, pace, [gain, time_constant, dead_time]));
    relay_gains(gain: f64, period: f64) = with(|machine| machine.relay_gains(gain, period));
    keep_kiln() = with(Machine::keep_kiln);
    recall_kiln(count: usize) = with(|machine| machine.recall_kiln(figures(count)));
    fire(count: usize) = with(|machine| Ordered::of(figures(count)).map_or(Answer::Nothing, |order| machine.fire(&order)));
}
