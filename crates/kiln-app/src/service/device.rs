//! What is told of the controller itself: what it is, what it has been through, what it said.

use super::{Now, Refused, Service};
use crate::store::Flash;
use kiln_core::limits;
use kiln_core::report::Report;
use kiln_core::restart::{Application, Cause};
use kiln_core::units::Millis;
use kiln_wire::answer::{ErrorAnswer, Problem};
use kiln_wire::bounded::{Label, List};
use kiln_wire::records::{
    CrashView, Diag, EvidenceView, FittedView, Info, LimitsView, MemoryView, ResetsView, StorageView,
};

/// The version of the interface: a new one means that something known has changed its meaning.
const API: u32 = 1;

/// What the board tells of itself.
#[derive(Debug, Default)]
pub(super) struct Board {
    memory: Option<MemoryView>,
    crashes: List<CrashView, 2>,
}

/// The hardware the service runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The board, or `simulator`.
    pub board: &'static str,
    /// Whether no real kiln hangs on it.
    pub simulated: bool,
}

impl<F: Flash> Service<'_, F> {
    /// `GET /api/info`.
    pub fn info(&self) -> Info {
        let config = &self.configured.config;
        let (hardware, display) = (config.hardware(), config.display());
        Info {
            product: "pico-kiln",
            version: env!("CARGO_PKG_VERSION"),
            board: self.identity.board,
            simulated: self.identity.simulated,
            name: Label::cut(display.kiln_name()),
            api: API,
            boot: self.store.boot(),
            fitted: FittedView {
                contactor: *hardware.contactor_fitted(),
                second_thermocouple: *hardware.second_thermocouple_fitted(),
                current: *hardware.current_input_fitted(),
                lid: *hardware.lid_switch_fitted(),
                emergency_stop: *hardware.emergency_stop_fitted(),
                display: *display.lcd_fitted(),
            },
            limits: LimitsView::HERE,
            max_temp_c: *config.safety().max_temp_c(),
            currency: Label::cut(display.currency()),
        }
    }

    /// `GET /api/diag`. `refused` counts the requests that were turned away.
    ///
    /// # Errors
    /// The control loop has not said anything yet.
    pub fn diag(&mut self, now: &Now, refused: u32) -> Result<Diag, Refused> {
        let report = self.end.observer().report().ok_or(Problem::ControlSilent)?;
        let last_fault = self.last_fault();
        Ok(Diag {
            uptime_s: now.control.since(report.started).seconds(),
            resets: resets(&report),
            crashes: self.board.crashes.clone(),
            evidence: List::first_of(report.black_box.first().map(EvidenceView::from)),
            faults_total: report.black_box.total,
            last_fault,
            config_trouble: self.config_trouble().map(|problem| ErrorAnswer::from(problem).error),
            storage: self.storage(),
            memory: self.board.memory,
            signal_dbm: self.surroundings.network.signal_dbm,
            rows_lost: self.store.logged().map_or(0, |logged| logged.lost),
            requests_refused: refused,
        })
    }

    /// Says what is measured of the memory.
    pub fn set_memory(&mut self, memory: MemoryView) {
        self.board.memory = Some(memory);
    }

    /// Says how each core ended before this start.
    pub fn set_crashes(&mut self, crashes: List<CrashView, 2>) {
        self.board.crashes = crashes;
    }

    /// How the flash is.
    pub fn storage(&mut self) -> StorageView {
        let whole = |bytes: usize| u32::try_from(bytes).unwrap_or(u32::MAX);
        let trouble = self.store.trouble().is_some();
        match self.store.room() {
            Ok(room) if !trouble => {
                StorageView { mounted: true, bytes: whole(room.total), bytes_free: whole(room.free), erases_most: None }
            }
            Ok(_) | Err(_) => {
                StorageView { mounted: false, bytes: whole(crate::store::PARTITION), bytes_free: 0, erases_most: None }
            }
        }
    }

    /// The lines of the controller's own log from a position on, and the position they begin at.
    pub fn log_lines(&self, from: u64) -> (u64, &str) {
        self.store.ring().since(from)
    }

    /// Forgets everything: profiles, firings, settings, tokens, networks.
    ///
    /// # Errors
    /// A run is recorded, or what the flash said.
    pub fn factory_reset(&mut self, now: &Now) -> Result<(), Refused> {
        self.forget_cut_off(now);
        self.store.factory_reset().map_err(|error| Refused::by_store(error, Problem::StorageFailed))?;
        self.starts.forget();
        let before = core::mem::take(&mut self.configured);
        self.wireless.configured(&before.config, &self.configured.config);
        self.history.clear();
        self.note(now, crate::store::Level::Warn, &"everything was forgotten on request");
        Ok(())
    }
}

fn resets(report: &Report) -> ResetsView {
    let recent = |uptimes: &[Option<Millis>]| {
        let mut since = Millis::ZERO;
        let within = uptimes.iter().map_while(|uptime| *uptime).take_while(|uptime| {
            let counts = since <= limits::CONTROL_RESETS_WITHIN;
            since += *uptime;
            counts
        });
        u8::try_from(within.count()).unwrap_or(u8::MAX)
    };
    let control = if report.cause == Cause::Power { 0 } else { recent(&report.ledger.control) };
    ResetsView {
        cause: report.cause.into(),
        went_on: report.went_on,
        application: report.ledger.application,
        control,
        minimal: report.application == Application::Minimal,
    }
}
