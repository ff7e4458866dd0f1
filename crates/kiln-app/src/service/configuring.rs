//! The configuration: merged over what is stored, whole or not at all, and told to control.
//!
//! A refusal leaves the last good one in force. One that cannot be read, or that newer software wrote, is kept as it is
//! and control is told nothing: without settings it does not heat, and the kiln of another configuration is another
//! kiln.

use super::{Now, Refused, Service};
use crate::log::Settings as RowSettings;
use crate::store::{Document, Flash, Level, StoreError};
use kiln_core::recovery;
use kiln_core::settings::{Origin, Published, View};
use kiln_core::units::{Instant, Millis};
use kiln_wire::answer::Problem;
use kiln_wire::config::reference::{self, ImportAnswer, Imported};
use kiln_wire::config::{Changes, Config, ConfigAnswer, ConfigSaved, FORMAT, LogLevel};

/// The format of the stored document.
const STORED_FORMAT: u16 = 1;
const _: () = assert!(FORMAT == 1, "as the line above says");
/// Settings that control does not tell of are published again after this: its memory of them may be damaged.
const AGAIN_AFTER: Millis = Millis::from_seconds(5);

/// The configuration in force.
pub(super) struct Configured {
    pub(super) config: Config,
    /// Names the configuration: another one has another number.
    revision: u32,
    /// Why the stored one could not be taken.
    trouble: Option<Problem>,
    published: Option<Instant>,
}

impl Default for Configured {
    fn default() -> Self {
        Self { config: Config::DELIVERED, revision: 0, trouble: None, published: None }
    }
}

impl Configured {
    /// How often a row is written.
    pub(super) fn rows(&self) -> RowSettings {
        let firing = Millis::from_seconds(u64::from(*self.config.logging().row_every_s()));
        RowSettings { firing, ..RowSettings::default() }
    }

    /// The power of the elements, kW, if it was said.
    pub(super) fn power_kw(&self) -> Option<f64> {
        Some(*self.config.hardware().element_power_w() / 1000.0).filter(|power| *power > 0.0)
    }

    /// The price of a kilowatt-hour, if it was said.
    pub(super) fn price(&self) -> Option<f64> {
        Some(*self.config.display().energy_price_per_kwh()).filter(|price| *price > 0.0)
    }

    /// When a firing that was cut off goes on by itself.
    pub(super) fn recovery(&self) -> recovery::Rules {
        // A configuration that came through the door has rules.
        self.config.recovery().unwrap_or(recovery::Rules::SHIPPING)
    }

    /// Whether lines of this level are wanted.
    pub(super) fn wants(&self, level: Level) -> bool {
        match self.config.logging().level() {
            LogLevel::Off => false,
            LogLevel::Error => level >= Level::Error,
            LogLevel::Warn => level >= Level::Warn,
            LogLevel::Info => level >= Level::Info,
            LogLevel::Debug => true,
        }
    }

    /// Control is to be told again.
    pub(super) fn publish_again(&mut self) {
        self.published = None;
    }
}

impl<F: Flash> Service<'_, F> {
    /// Reads the configuration at the start of the controller.
    pub(super) fn read_config(&mut self) {
        let configured = &mut self.configured;
        match self.store.read(Document::Config, STORED_FORMAT, self.scratch) {
            // A new controller.
            Err(StoreError::Absent) => {}
            Err(StoreError::Newer(_)) => configured.trouble = Some(Problem::NewerFormat),
            Err(_) => configured.trouble = Some(Problem::StorageFailed),
            Ok(stored) => match Config::parse(self.scratch.get(..stored.length).unwrap_or_default()) {
                Ok(config) => (configured.config, configured.revision) = (config, folded(stored.etag.get())),
                Err(_) => configured.trouble = Some(Problem::StorageFailed),
            },
        }
    }

    /// Why the stored configuration is not in force; `None` when it is.
    pub fn config_trouble(&self) -> Option<Problem> {
        self.configured.trouble
    }

    /// The configuration in force.
    pub fn config(&self) -> &Config {
        &self.configured.config
    }

    /// `GET /api/config`: everything but secrets.
    pub fn config_answer(&self) -> ConfigAnswer<'_> {
        ConfigAnswer { config: &self.configured.config, revision: self.configured.revision }
    }

    /// Takes a document over the configuration, whole or not at all. `local` says that whoever asks is at the kiln.
    ///
    /// # Errors
    /// The first place that does not fit; a key that only who is at the kiln may change; what the flash said. Then
    /// nothing has changed.
    pub fn patch_config(&mut self, body: &[u8], local: bool) -> Result<ConfigSaved, Refused> {
        let (config, changes) = self.configured.config.merged(body)?;
        self.keep_config(config, changes, local)
    }

    /// Takes the reference controller's file over the configuration.
    ///
    /// # Errors
    /// As [`patch_config`](Self::patch_config).
    pub fn import_config(&mut self, body: &[u8], local: bool) -> Result<ImportAnswer, Refused> {
        let Imported { config, changes, aside } = reference::import(body, &self.configured.config)?;
        let ConfigSaved { revision, changed } = self.keep_config(config, changes, local)?;
        Ok(ImportAnswer { revision, changed, aside })
    }

    pub(super) fn keep_config(
        &mut self,
        config: Config,
        changed: Changes,
        local: bool,
    ) -> Result<ConfigSaved, Refused> {
        if let Some(key) = changed.local().filter(|_| !local) {
            return Err(Refused::At(Problem::NotLocal, key.name));
        }
        if !changed.is_empty() || self.configured.trouble.is_some() {
            let bytes = config.store(self.scratch).map_err(|_| Problem::BodyTooLarge)?;
            let stored = self.store.write(Document::Config, STORED_FORMAT, bytes);
            let stored = stored.map_err(|error| Refused::by_store(error, Problem::StorageFailed))?;
            let revision = folded(stored.etag.get());
            self.wireless.configured(&self.configured.config, &config);
            self.configured = Configured { config, revision, trouble: None, published: None };
        }
        Ok(ConfigSaved { revision: self.configured.revision, changed })
    }

    /// Tells control the settings until it tells of them.
    pub(super) fn tell_settings(&mut self, now: &Now) {
        let revision = self.configured.revision;
        let known = self.told().is_some_and(|told| names(&told.settings, revision));
        let due = match self.configured.published {
            None => true,
            Some(at) => !known && now.control.since(at) >= AGAIN_AFTER,
        };
        if !due || self.configured.trouble.is_some() {
            return;
        }
        self.configured.published = Some(now.control);
        match self.configured.config.settings() {
            Ok(settings) => {
                let latched = self.still_latched();
                self.end.publish_settings(&Published { revision, settings, latched });
            }
            Err((key, _)) => self.note(now, Level::Error, &format_args!("control cannot be told {key}")),
        }
    }
}

/// Whether control knows of the settings of this number.
fn names(view: &View, revision: u32) -> bool {
    view.origin == Origin::Published(revision)
        || view.waiting == Some(revision)
        || view.refused.is_some_and(|(refused, _)| refused == revision)
}

/// A number of half the width that differs where the whole one does, nearly always.
fn folded(etag: u64) -> u32 {
    u32::try_from((etag ^ (etag >> 32)) & u64::from(u32::MAX)).unwrap_or(u32::MAX)
}
