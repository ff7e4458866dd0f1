//! The application's turns: what the control loop tells goes in, what is to be kept is kept, twenty times a second.
//!
//! The end of each turn is what control takes for the application's life.

use embassy_rp::gpio::Input;
use embassy_time::{Duration, Timer};
use kiln_app::button::Button;
use kiln_app::door::Purpose;
use kiln_app::net::clock::Source;
use kiln_app::store::Level;
use kiln_core::units::Millis;

use super::House;
use crate::board::real;

/// The pause between two turns: commands and outcomes are looked for that often.
const PAUSE: Duration = Duration::from_millis(50);
/// How long an answer that announces a restart has to leave.
const FAREWELL: Millis = Millis::from_seconds(1);

/// Turns for ever.
#[embassy_executor::task]
pub(crate) async fn turns(house: &'static House, pressed: Input<'static>) -> ! {
    let mut button = Button::default();
    let mut restart_at = None;
    loop {
        house.turn();
        if let Some(purpose) = button.see(pressed.is_low(), real()) {
            house.show_code(purpose);
        }
        if house.with(|service, _| service.restart_wanted()) && *restart_at.get_or_insert(real() + FAREWELL) <= real() {
            house.gate.application.borrow_mut().close();
            crate::restart::ask();
        }
        Timer::after(PAUSE).await;
    }
}

impl House {
    fn turn(&self) {
        if self.with(|service, _| service.told().is_none())
            && let Some(first) = self.observer.newest()
        {
            self.control.borrow_mut().see(first.taken, real());
        }
        let now = self.now();
        let told_time = {
            let mut routes = self.gate.application.borrow_mut();
            let before = routes.service().told().map(|told| told.taken);
            routes.service().set_surroundings(self.surroundings());
            routes.turn(&now, &mut self.gate.door.borrow_mut());
            let after = routes.service().told().map(|told| told.taken);
            if let Some(taken) = after.filter(|_| after != before) {
                self.control.borrow_mut().see(taken, now.real);
            }
            routes.take_time()
        };
        if let Some(wall) = told_time {
            self.told_time(Source::App, wall, Millis::ZERO);
        }
    }

    /// Shows a code at the kiln: on its display, and on the console.
    pub(crate) fn show_code(&self, purpose: Purpose) {
        if self.secrets.is_none() {
            return;
        }
        let random = self.draw();
        if let Err(refusal) = self.gate.show_code(purpose, real(), random) {
            self.say(Level::Warn, format_args!("no code at the kiln: {}", refusal.message()));
        }
    }
}
