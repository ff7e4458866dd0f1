//! The display's task, and that of the light: pages of kiln-app onto the bus, a display that is missing costs nothing.

use embassy_rp::gpio::Output;
use embassy_time::{Duration, Timer};
use kiln_app::screen;
use kiln_core::units::{Instant, Millis};
use kiln_hal::lcd::Lcd;

use crate::board::display_bus::DisplayBus;
use crate::board::real;
use crate::house::House;

/// How often a page is made anew.
const PAGE_EVERY: Millis = Millis::new(500);
/// How often the light is looked at.
const LIGHT_EVERY: Duration = Duration::from_millis(125);

/// Shows pages, for ever. One step is one transfer of a millisecond at most; a bus that is held costs 13.
#[embassy_executor::task]
pub(crate) async fn display(house: &'static House, bus: DisplayBus, address: u8) -> ! {
    let mut lcd = Lcd::new(bus, address, now());
    let mut page_at = Millis::ZERO;
    loop {
        if real() >= page_at {
            page_at = real() + PAGE_EVERY;
            let passphrase = house.secrets.as_ref().map(|secrets| &secrets.passphrase);
            let lines =
                house.with(|service, now| screen::lines(service, &house.gate.door.borrow().codes, passphrase, now));
            lcd.show(lines);
        }
        let again = lcd.step(now()).since(now()).max(Millis::new(1));
        Timer::after_millis(again.min(PAGE_EVERY).get()).await;
    }
}

/// Shines, for ever.
#[embassy_executor::task]
pub(crate) async fn light(house: &'static House, mut lamp: Output<'static>) -> ! {
    loop {
        lamp.set_level(house.light().into());
        Timer::after(LIGHT_EVERY).await;
    }
}

fn now() -> Instant {
    Instant::from_millis(real().get())
}
