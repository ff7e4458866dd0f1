//! The radio: is it there, is it well, and what it is told to do.
//!
//! A radio that is missing or misbehaves is a controller without radio, which says so. Its driver waits for ever for a
//! chip that does not answer and gives up the whole application over one that answers nonsense. So it is asked first
//! whether it is there; bringing it up has an end; and a start after one that its driver gave up leaves it off.

mod keeper;
mod kept;
mod nvram;
mod wake;

pub(crate) use keeper::keep;
pub(crate) use kept::Kept;
pub(crate) use wake::{Asleep, Parts, wake};

/// The bus that the radio hangs on.
pub(crate) type Bus = kept::Kept<cyw43_pio::PioSpi<'static, embassy_rp::peripherals::PIO0, 0>>;
/// The pin that gives it power.
pub(crate) type Power = kept::Kept<embassy_rp::gpio::Output<'static>>;

/// Moves bytes between radio and stack, for ever.
#[embassy_executor::task]
pub(crate) async fn run(runner: cyw43::Runner<'static, cyw43::SpiBus<Power, Bus>>) -> ! {
    runner.run().await
}

/// Runs the stack of the air, for ever.
#[embassy_executor::task]
pub(crate) async fn network(mut runner: embassy_net::Runner<'static, cyw43::NetDriver<'static>>) -> ! {
    runner.run().await
}
