//! What is shown of the kiln: status, its older form, history, clocks.
//!
//! Puts together what the control loop told and what is known beside it. Nothing is made up: a kiln whose control loop
//! has not spoken has no status.

use super::{Now, Refused, Service, history};
use crate::store::Flash;
use kiln_core::units::{Celsius, Millis, WallClock};
use kiln_wire::answer::Problem;
use kiln_wire::bounded::{Label, Once};
use kiln_wire::records::{self, TuningAnswer};
use kiln_wire::status::{Around, EventView, LegacyState, NetworkView, Status, WifiState};

/// After so long on either clock without a new picture, what is shown may be past. Control tells every second.
const SILENT_AFTER: Millis = Millis::from_seconds(3);
/// The same on the real clock, which a slow simulator outruns.
const SILENT_AFTER_REAL: Millis = Millis::from_seconds(30);

/// What others know of how the kiln can be reached.
#[derive(Clone, Debug)]
pub struct Surroundings {
    /// The network.
    pub network: NetworkView,
    /// Whether the time of day comes from a time server; false when it was told by hand or is not known.
    pub synced: bool,
    /// The number of the Wi-Fi over which there is an address: see [`Service::wifi`].
    pub wifi_up: Option<u32>,
}

impl Default for Surroundings {
    fn default() -> Self {
        let network = NetworkView {
            wifi: WifiState::Off,
            ssid: None,
            address: None,
            name: Label::cut("pico-kiln"),
            signal_dbm: None,
            setup_network: false,
            usb: false,
        };
        Self { network, synced: false, wifi_up: None }
    }
}

impl<F: Flash> Service<'_, F> {
    /// `GET /api/status`.
    ///
    /// # Errors
    /// The control loop has not said anything yet.
    pub fn status(&self, now: &Now) -> Result<Status, Refused> {
        let told = self.told().ok_or(Problem::ControlSilent)?;
        let energy_kwh = self.energy_kwh();
        let (control_age, control_silent) = self.control_age(now);
        let around = Around {
            now: now.control,
            real: now.real,
            wall: now.wall,
            synced: self.surroundings.synced,
            control_age,
            control_silent,
            run: self.run_id(),
            energy_kwh,
            cost: energy_kwh.zip(self.configured.price()).map(|(energy, price)| energy * price),
            waiting_for: self.waiting.map(|(_, since)| now.control.since(since)),
            recovery: self.recovery_view(),
            network: self.surroundings.network.clone(),
        };
        Ok(Status::of(told, &around))
    }

    /// Whether the time of day comes from a time server: what others say of it is not needed then.
    pub const fn is_synced(&self) -> bool {
        self.surroundings.synced
    }

    /// `GET /api/state`.
    ///
    /// # Errors
    /// The control loop has not said anything yet.
    pub fn state(&self, now: &Now) -> Result<LegacyState, Refused> {
        let told = self.told().ok_or(Problem::ControlSilent)?;
        Ok(LegacyState::of(told, now.wall))
    }

    /// `GET /api/history`.
    pub fn history(&self, now: &Now) -> records::History<Once<impl Iterator<Item = records::Point>>> {
        let (_, length) = self.history.extent();
        let (run, began) = self.journal.shown.clone().unzip();
        let logged = self.store.logged().and_then(|logged| logged.until).map(|until| now.control.since(until));
        let newest = self.history.newest();
        records::History {
            run: run.map(|log| Label::cut(log.stem())),
            started_ms: began.flatten().map(WallClock::unix_millis),
            every_s: length.seconds() / 2.0,
            logged_until_s: logged.map(|ago| newest.saturating_sub(ago).seconds()),
            points: Once::new(self.history.points().map(point)),
        }
    }

    /// `GET /api/tuning`.
    pub fn tuning(&self) -> TuningAnswer {
        let tuning = self.told().and_then(|told| told.tuning.as_ref()).map(Into::into);
        TuningAnswer { run: self.run_id().filter(|_| tuning.is_some()), tuning }
    }

    /// The events with this number and later that are still known, oldest first.
    pub fn events(&self, from: u32, now: &Now) -> impl Iterator<Item = EventView> + '_ {
        let now = *now;
        self.told().into_iter().flat_map(move |told| {
            let kept: heapless::Vec<_, { kiln_core::event::KEPT }> = told.events.since(from).collect();
            let first = told.events.total().wrapping_sub(u32::try_from(kept.len()).unwrap_or(0));
            (0_u32..).zip(kept).map(move |(index, (at, event))| {
                let ago = now.control.since(at);
                let wall = now.wall.and_then(|wall| wall.unix_millis().checked_sub(ago.get()));
                EventView::of(first.wrapping_add(index), at.as_millis(), wall, &event)
            })
        })
    }

    /// A number that changes with everything that is shown but the clocks.
    pub fn version(&self) -> u32 {
        self.told().map_or(0, |told| told.number)
    }

    /// Energy of the run that is recorded, where the power of the elements is known.
    pub fn energy_kwh(&self) -> Option<f64> {
        let open = self.journal.open.as_ref()?;
        self.configured.power_kw().map(|power| open.energy.kwh(power))
    }

    /// How old the newest picture is, and whether that is too old.
    fn control_age(&self, now: &Now) -> (Millis, bool) {
        let Some(heard) = &self.heard else { return (now.real, true) };
        let age = now.control.since(heard.told.taken);
        (age, age > SILENT_AFTER || now.real.saturating_sub(heard.real) > SILENT_AFTER_REAL)
    }
}

fn point(point: history::Point) -> records::Point {
    records::Point {
        elapsed_s: point.at.seconds(),
        temp_c: point.temperature.map(Celsius::get),
        target_c: point.target.map(Celsius::get),
        output_percent: point.duty.percent(),
        waiting: Some(point.waiting),
    }
}
