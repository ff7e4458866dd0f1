//! The reference controller's `config.json`: flat, UPPER_SNAKE, read once and then forgotten.
//!
//! Every key it has is known here. A key either becomes one of ours, held to our range, or it is set aside with the
//! reason, never silently; what has no meaning or is bad refuses the whole file by its name, and what was stored stays.

use super::{BYTES_MOST, Changes, Config};
use crate::json::{Document, Place};
use crate::refusal::Refusal;
use crate::why::Why;
use serde::ser::{Serialize, SerializeMap, Serializer};

/// What becomes of a key of the reference controller.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Becomes {
    /// This key of ours, the value multiplied.
    Key(&'static str, &'static str, f64),
    /// Nothing here, for this reason.
    Aside(&'static str),
}

use Becomes::{Aside, Key};

const WIRED: &str = "the board's wiring is fixed";
const ONE_SECOND: &str = "the control loop runs once a second, its relays ten times";
const ALWAYS: &str = "the watchdog is always on, with a patience of its own";
const FOLDERS: &str = "files are kept by kind, not by folder";

/// Every key of the reference controller's file.
const TABLE: &[(&str, Becomes)] = &[
    ("MAX31856_SPI_ID", Aside(WIRED)),
    ("MAX31856_SCK_PIN", Aside(WIRED)),
    ("MAX31856_MOSI_PIN", Aside(WIRED)),
    ("MAX31856_MISO_PIN", Aside(WIRED)),
    ("MAX31856_CS_PIN", Aside(WIRED)),
    ("SSR_PIN", Key("hardware", "relay_pins", 1.0)),
    ("WIFI_SSID", Key("network", "wifi_ssid", 1.0)),
    ("WIFI_PASSWORD", Key("network", "wifi_password", 1.0)),
    ("WIFI_STATIC_IP", Key("network", "static_ip", 1.0)),
    ("WIFI_STATIC_SUBNET", Key("network", "static_subnet", 1.0)),
    ("WIFI_STATIC_GATEWAY", Key("network", "static_gateway", 1.0)),
    ("WIFI_STATIC_DNS", Key("network", "static_dns", 1.0)),
    ("WEB_SERVER_HOST", Aside("the page is served on every address of the controller")),
    ("WEB_SERVER_PORT", Key("network", "http_port", 1.0)),
    ("THERMOCOUPLE_TYPE", Key("sensor", "thermocouple_type", 1.0)),
    ("TEMP_UNITS", Key("display", "temp_units", 1.0)),
    ("THERMOCOUPLE_OFFSET", Key("sensor", "offset_k", 1.0)),
    ("MAINS_FREQUENCY", Key("sensor", "mains_hz", 1.0)),
    ("THERMOCOUPLE_AVERAGING", Key("sensor", "averaging", 1.0)),
    ("TEMP_MEDIAN_WINDOW", Key("sensor", "median_samples", 1.0)),
    ("TEMP_READ_INTERVAL", Aside(ONE_SECOND)),
    ("PID_UPDATE_INTERVAL", Aside(ONE_SECOND)),
    ("STATUS_UPDATE_INTERVAL", Aside(ONE_SECOND)),
    ("SSR_UPDATE_INTERVAL", Aside(ONE_SECOND)),
    ("PID_KP_BASE", Key("control", "kp", 1.0)),
    ("PID_KI_BASE", Key("control", "ki", 1.0)),
    ("PID_KD_BASE", Key("control", "kd", 1.0)),
    ("THERMAL_H", Key("control", "gain_growth_per_k", 1.0)),
    ("THERMAL_T_AMBIENT", Key("control", "gain_ambient_c", 1.0)),
    ("SSR_CYCLE_TIME", Key("control", "window_s", 1.0)),
    ("SSR_STAGGER_DELAY", Key("control", "relay_stagger_s", 1.0)),
    ("MAX_TEMP", Key("safety", "max_temp_c", 1.0)),
    ("STALL_CHECK_INTERVAL", Key("safety", "stall_every_s", 1.0)),
    ("STALL_CONSECUTIVE_FAILS", Key("safety", "stall_fails", 1.0)),
    ("STALL_MIN_STEP_TIME", Key("safety", "stall_grace_s", 1.0)),
    ("STALL_RATE_RATIO", Aside("a kiln stands still below a rate, not below a share of one")),
    ("STALL_ARRIVAL_BAND", Key("safety", "stall_band_k", 1.0)),
    ("RATE_MEASUREMENT_WINDOW", Key("safety", "rate_window_s", 1.0)),
    ("RATE_RECORDING_INTERVAL", Key("safety", "rate_every_s", 1.0)),
    ("MAX_RECOVERY_TEMP_DELTA", Key("safety", "resume_unknown_change_k", 1.0)),
    ("LOGGING_INTERVAL", Key("logging", "row_every_s", 1.0)),
    ("LOG_LEVEL", Key("logging", "level", 1.0)),
    ("LOG_TO_FLASH", Key("logging", "to_flash", 1.0)),
    ("ENABLE_WATCHDOG", Aside(ALWAYS)),
    ("WATCHDOG_TIMEOUT", Aside(ALWAYS)),
    ("LCD_I2C_ID", Aside(WIRED)),
    ("LCD_I2C_SCL", Aside(WIRED)),
    ("LCD_I2C_SDA", Aside(WIRED)),
    ("LCD_I2C_FREQ", Key("display", "lcd_hz", 1.0)),
    ("LCD_I2C_ADDR", Key("display", "lcd_address", 1.0)),
    ("PROFILES_DIR", Aside(FOLDERS)),
    ("LOGS_DIR", Aside(FOLDERS)),
];

/// How many keys the reference controller has.
const COUNT: usize = 52;

/// Their names.
const NAMES: &[&str] = &{
    let mut names = [""; COUNT];
    let mut index = 0;
    while index < COUNT {
        #[expect(clippy::indexing_slicing, reason = "checked when compiled")]
        {
            names[index] = TABLE[index].0;
        }
        index += 1;
    }
    names
};

const _: () = assert!(TABLE.len() == COUNT);

/// The keys of the file that become nothing here, each with the reason.
pub fn aside() -> impl Iterator<Item = (&'static str, &'static str)> {
    TABLE.iter().filter_map(|(name, becomes)| match becomes {
        Aside(why) => Some((*name, *why)),
        Key(..) => None,
    })
}

/// The keys of the file.
pub fn keys() -> impl Iterator<Item = &'static str> {
    NAMES.iter().copied()
}

/// What the reference controller takes for no network.
const NO_NETWORK: &str = "your_wifi_ssid";

/// A file of the reference controller, taken in.
#[derive(Clone, Debug, PartialEq)]
pub struct Imported {
    /// The configuration with it.
    pub config: Config,
    /// Which keys it changed.
    pub changes: Changes,
    /// What was set aside.
    pub aside: Asides,
}

/// `POST /api/config/import`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct ImportAnswer {
    /// Counts the changes; control takes settings by it.
    pub revision: u32,
    /// What changed, and when each takes effect.
    #[cfg_attr(feature = "schema", ts(as = "Vec<super::Changed>"), schemars(with = "Vec<super::Changed>"))]
    pub changed: Changes,
    /// The keys of the file that become nothing here, each with the reason.
    #[cfg_attr(
        feature = "schema",
        ts(type = "Record<string, string>"),
        schemars(with = "std::collections::BTreeMap<String, String>")
    )]
    pub aside: Asides,
}

/// Keys of the file that become nothing here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Asides(u64);

impl Asides {
    /// The keys, each with the reason.
    pub fn iter(self) -> impl Iterator<Item = (&'static str, &'static str)> {
        TABLE.iter().enumerate().filter(move |(index, _)| self.0 >> index & 1 != 0).map(|(_, (name, becomes))| {
            match becomes {
                Aside(why) => (*name, *why),
                Key(..) => (*name, "it names no network"),
            }
        })
    }
}

/// As an object: the key and the reason.
impl Serialize for Asides {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (name, why) in self.iter() {
            map.serialize_entry(name, why)?;
        }
        map.end()
    }
}

/// Takes the reference controller's file over `stored`, whole or not at all.
///
/// # Errors
/// The first key that is unknown, bad or out of range, by its name in the file.
pub fn import(bytes: &[u8], stored: &Config) -> Result<Imported, Refusal> {
    let document = Document::open(bytes, BYTES_MOST)?;
    only_known(&document)?;
    let (mut config, mut changes, mut aside) = (stored.clone(), Changes::NONE, Asides::default());
    let lcd = TABLE.iter().filter(|(name, _)| name.starts_with("LCD_"));
    for (index, (name, becomes)) in TABLE.iter().enumerate() {
        let Some(place) = document.member(Place::WHOLE, name) else { continue };
        match becomes {
            Key("network", "wifi_ssid", _) if is_placeholder(&document, place) => aside.0 |= 1 << index,
            Key(group, key, scale) => config.set((group, key), &document, place, *scale, &mut changes)?,
            Aside(_) => aside.0 |= 1 << index,
        }
    }
    if lcd.into_iter().any(|(name, _)| document.member(Place::WHOLE, name).is_some()) {
        config.fit_display(&mut changes);
    }
    config.fits_together(&document)?;
    Ok(Imported { config, changes, aside })
}

fn is_placeholder(document: &Document<'_>, place: Place) -> bool {
    document.read_at::<crate::json::Text<'_>>(place).is_ok_and(|text| text == *NO_NETWORK)
}

/// Refuses the first key that the reference controller does not have.
fn only_known(document: &Document<'_>) -> Result<(), Refusal> {
    let unknown = document.object(Place::WHOLE)?.find(|(key, _)| !NAMES.iter().any(|name| *key == **name));
    unknown.map_or(Ok(()), |(_, place)| Err(document.refuse(place, None, Why::UnknownKey { known: NAMES })))
}
