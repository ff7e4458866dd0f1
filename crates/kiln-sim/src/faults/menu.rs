//! The menu of faults: each with its name, what it does, how bad it is meant to be and its row of hazards.
//!
//! Decides nothing: a name that is not on the menu is refused by listing those that are.

use serde::Deserialize;

/// The faults that come with the program.
const BUILT_IN: &str = include_str!("../../data/faults.json");

/// What a firing may do about a fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FaultKind {
    /// Heat has to go: the chamber must never get hotter than the configured maximum by more than is allowed.
    Hazard,
    /// The firing goes on as well as it can; no guard may end it.
    Degraded,
    /// It passes; the firing comes to its end.
    Event,
}

/// Why the temperature of the chamber is not held against the loop.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Beyond {
    /// Software with one probe cannot know.
    Always,
    /// Software knows, and without a contactor cannot do anything about it.
    WithoutContactor,
}

/// What the wires of the thermocouple do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each is the fault of the sensor of the same name")]
pub enum WireAction {
    Open,
    Short,
    Reversed,
    Stuck,
}

/// What the thermocouple chip and its bus do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each is the trouble of the chip of the same name")]
pub enum ChipAction {
    Bus,
    LineLow,
    LineHigh,
    Frozen,
}

/// What a relay does.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RelayAction {
    /// Conducts for ever.
    Welded,
    /// Never conducts.
    Open,
    /// Misses this share of its slots.
    Chatter(f64),
}

/// What the pin of a relay does, from a moment on at which it is high.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PinAction {
    /// Stays as it is and says that it does.
    Refuses,
    /// Stays as it is and says nothing.
    StuckHigh,
}

/// What a fault does. Times in s, differences in K.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each field says its unit, and the menu says what each does")]
pub enum Action {
    Wires(WireAction),
    ThermocoupleOut,
    Drift { k_per_hour: f64 },
    ColdJunction { error_k: f64, within_s: f64 },
    Terminals { warmer_k: f64, within_s: f64 },
    FalseBits { status: u8, on_s: u64, off_s: u64 },
    Spikes { over_k: f64, samples: u64, every_s: u64 },
    Chip(ChipAction),
    ChipForgets { every_s: u64 },
    ChipKeepsNothing,
    Relay(RelayAction),
    AllRelays(RelayAction),
    Contactor(RelayAction),
    Elements(f64),
    Lid(f64),
    Mains(f64),
    LoopStalls { ms: u64, every_s: u64 },
    LoopHangs,
    CoreStops,
    Resets { count: u64, apart_s: u64 },
    Pin(PinAction),
    Gains([f64; 3]),
    EmergencyStop,
    AppBabbles,
    AppDies,
    WeekLong,
}

/// One fault of the menu.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Its name; not a field of the data, where it is the key.
    #[serde(skip)]
    pub name: String,
    /// How bad it is meant to be.
    pub kind: FaultKind,
    /// Its row of the table of hazards.
    pub row: String,
    /// When it comes if nobody says: a share of the firing's nominal time.
    #[serde(default)]
    pub at: Option<f64>,
    /// How long it lasts, s; 0 is to the end.
    #[serde(default)]
    pub lasts_s: u64,
    /// What it does.
    pub does: Action,
    /// Why the temperature of the chamber is not held against the loop, if it is not.
    #[serde(default)]
    pub beyond: Option<Beyond>,
    /// What it is, in a sentence.
    pub doc: String,
}

/// Every fault there is.
#[derive(Clone, Debug)]
pub struct Menu {
    entries: Vec<Entry>,
}

impl Menu {
    /// The faults that come with the program, in the order of their names.
    ///
    /// # Errors
    /// The data of the program is damaged.
    pub fn built_in() -> Result<Self, String> {
        let read: std::collections::BTreeMap<String, Entry> =
            serde_json::from_str(BUILT_IN).map_err(|error| format!("data/faults.json: {error}"))?;
        let entries = read.into_iter().map(|(name, entry)| Entry { name, ..entry }).collect();
        Ok(Self { entries })
    }

    /// Every fault.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The fault of that name.
    pub fn get(&self, name: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.name == name)
    }

    /// Every name, for whoever has to choose one.
    pub fn names(&self) -> String {
        let names: Vec<&str> = self.entries.iter().map(|entry| entry.name.as_str()).collect();
        names.join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_menu_reads_and_has_every_kind() {
        let menu = Menu::built_in().unwrap();
        for kind in [FaultKind::Hazard, FaultKind::Degraded, FaultKind::Event] {
            assert!(menu.entries().iter().any(|entry| entry.kind == kind), "{kind:?}");
        }
        for entry in menu.entries() {
            assert!(entry.row.starts_with("H-") && entry.row.len() == 4, "{entry:?}");
            assert!(
                entry.kind != FaultKind::Event || entry.lasts_s > 0 || ["H-27", "H-14"].contains(&entry.row.as_str()),
                "{entry:?} passes"
            );
            assert!(entry.at.is_none_or(|at| (0.0..=1.0).contains(&at)), "{entry:?}");
        }
        assert!(menu.get("tc_open").is_some() && menu.get("nonsense").is_none());
    }
}
