//! What the kiln's own display shows, made of what the application knows.
//!
//! Decides how long a page stays and where the address on it comes from. The pages themselves are
//! [`kiln_hal::lcd::pages`]'s.

use kiln_core::snapshot::{Phase, Snapshot};
use kiln_core::units::{Celsius, Instant, Millis};
use kiln_hal::lcd::Lines;
use kiln_hal::lcd::pages::Display;

use crate::door::Codes;
use crate::net::wifi::Passphrase;
use crate::net::{setup_ap, usb};
use crate::service::{Now, Service};
use crate::store::Flash;

/// How long a page stays.
const PAGE_STAYS: Millis = Millis::from_seconds(4);

/// An address as text.
type Address = heapless::String<15>;

/// The lines to be shown at this moment.
pub fn lines<F: Flash>(service: &Service<'_, F>, codes: &Codes, passphrase: Option<&Passphrase>, now: &Now) -> Lines {
    let Some(told) = service.told() else {
        return Lines::new(format_args!("Waiting for the"), format_args!("control core"));
    };
    let code = codes.shown(Instant::from_millis(now.real.get())).map(|(code, ..)| text::<6>(code));
    let network = service.network();
    let passphrase = passphrase.filter(|_| network.setup_network).map(Passphrase::secret);
    let address = network.address.as_ref().map(|address| text::<15>(address.as_str()));
    let address: Option<Address> = address
        .or_else(|| network.setup_network.then(|| text(setup_ap::ADDRESS)))
        .or_else(|| network.usb.then(|| text(usb::ADDRESS)));
    let turn = usize::try_from(now.real.get() / PAGE_STAYS.get()).unwrap_or(0);
    Display { address: address.as_deref(), passphrase, pairing: code.as_deref(), ..told_by(told) }.page(turn).lines()
}

fn told_by(told: &Snapshot) -> Display<'static> {
    let run = told.run.as_ref().filter(|_| told.phase == Phase::Running);
    Display {
        at: told.reading.as_ref().map(|reading| reading.temperature),
        phase: told.phase,
        target: told.target.filter(|target| *target > Celsius::ZERO),
        step: run.map(|run| (run.step.saturating_add(1), run.steps)),
        left: run.and_then(|run| Millis::from_seconds_f64(run.remaining)),
        address: None,
        passphrase: None,
        pairing: None,
        fault: told.fault.map(|fault| fault.kind()),
    }
}

fn text<const N: usize>(what: impl core::fmt::Display) -> heapless::String<N> {
    let mut text = heapless::String::new();
    // An address and a code fit.
    core::fmt::write(&mut text, format_args!("{what}")).ok();
    text
}
