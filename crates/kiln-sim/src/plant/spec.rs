//! What a kiln is made of: the data file of a plant, and every reason to refuse one.
//!
//! SI units, named in each field; temperatures in °C. Heat capacities and conductivities are polynomials of the
//! temperature in °C. Nothing is defaulted: a missing or unknown field is refused by its name.

use serde::{Deserialize, Serialize};

/// The kilns that come with the program, by name, as JSON.
const BUILT_IN: &str = include_str!("../../data/plants.json");

/// The names of the built-in kilns.
pub const NAMES: [&str; 9] =
    ["test2k5", "top9", "front15", "old9", "glass5", "top9_heavy", "jb_onelump", "plant_a", "plant_b"];

/// A kiln as data.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlantSpec {
    /// What kind of kiln it is, in a sentence.
    pub doc: String,
    /// Where the figures come from.
    pub source: String,
    /// Temperature of the room, °C, when nobody says otherwise.
    pub ambient_c: f64,
    /// What the maker rates it for, °C. The physics does not stop there.
    pub rated_c: f64,
    /// What comes out of the wall and into the elements.
    pub supply: Supply,
    /// The equations it obeys, with their figures.
    pub model: Model,
}

/// The electrical side.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Supply {
    /// Power at nominal mains with cold elements, W.
    pub power_w: f64,
    /// Nominal mains voltage, V.
    pub volts: f64,
    /// Element groups in parallel; one of them failing takes an equal share of the power away.
    pub groups: u32,
    /// Rise of the element resistance per kelvin above 20 °C. It lowers the current and the metered power.
    /// Kanthal A-1 rises by 4 to 5 % up to 1300 °C (maker's data sheet); the kilns of our own family leave it at 0,
    /// so that `power_w` is what they draw at any temperature.
    pub resistance_rise_per_k: f64,
}

/// The equations a kiln obeys.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Model {
    /// Elements, a brick wall in cells, ware with a core, air, radiation: a kiln from first principles.
    Brick(Brick),
    /// An element and an oven, both linear, with an optional delay and lag before the reading.
    TwoNode(TwoNode),
    /// A gain, a time constant and a dead time.
    DeadTime(DeadTime),
}

/// A kiln from first principles.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Brick {
    /// The heating elements, all together.
    pub elements: Elements,
    /// The wall, floor and lid as one.
    pub wall: Wall,
    /// The load and the shelves.
    pub ware: Ware,
    /// The air in the chamber.
    pub air: Air,
    /// The thermocouple.
    pub thermocouple: Thermocouple,
    /// What an open lid or door does.
    pub lid: Lid,
}

/// The heating elements, all together.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Elements {
    /// Mass, kg.
    pub mass_kg: f64,
    /// Surface, m².
    pub area_m2: f64,
    /// Exchange factor (view factor and emissivities) to the wall.
    pub view_wall: f64,
    /// Exchange factor to the ware.
    pub view_ware: f64,
    /// Heat capacity at 0 °C, J/(kg K).
    pub cp_j_kgk: f64,
    /// Its rise, J/(kg K²).
    pub cp_rise_j_kgk2: f64,
}

/// The wall as one slab whose area grows outwards.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wall {
    /// Area of the hot face, m².
    pub inner_m2: f64,
    /// Area of the cold face, m².
    pub outer_m2: f64,
    /// Emissivity of the jacket.
    pub outer_emissivity: f64,
    /// Convection from the jacket to the room, W/(m² K).
    pub outer_film_w_m2k: f64,
    /// Layers, hot face first. The first is cut into cells that grow by 1.6, the others evenly.
    pub layers: Vec<Layer>,
}

/// One material of the wall.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Layer {
    /// Thickness, m.
    pub thickness_m: f64,
    /// Density, kg/m³.
    pub density_kg_m3: f64,
    /// Heat capacity at 0 °C, J/(kg K).
    pub cp_j_kgk: f64,
    /// Its rise, J/(kg K²).
    pub cp_rise_j_kgk2: f64,
    /// Conductivity at 0 °C, W/(m K).
    pub k_w_mk: f64,
    /// Its linear rise, W/(m K²).
    pub k_rise_w_mk2: f64,
    /// Its quadratic rise, W/(m K³).
    pub k_curve_w_mk3: f64,
    /// Cells it is cut into, at least one.
    pub cells: u32,
}

/// The load and the shelves: a surface that radiates and a core behind it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ware {
    /// Mass, kg.
    pub mass_kg: f64,
    /// Surface, m².
    pub area_m2: f64,
    /// Exchange factor to the wall.
    pub view_wall: f64,
    /// Heat capacity at 0 °C, J/(kg K).
    pub cp_j_kgk: f64,
    /// Its rise, J/(kg K²).
    pub cp_rise_j_kgk2: f64,
    /// The share of the mass that is core.
    pub core_share: f64,
    /// Conductance from surface to core, W/K.
    pub core_w_k: f64,
    /// Water to be driven off above 90 °C, kg.
    pub moisture_kg: f64,
}

/// The air in the chamber; it stores nothing and mixes at once.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Air {
    /// Convection between the air and everything it touches, W/(m² K).
    pub film_w_m2k: f64,
    /// Heat carried out through vent and gaps, W/K.
    pub vent_w_k: f64,
}

/// A tip that radiates and convects, and a sheath that delays what it feels.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Thermocouple {
    /// Heat capacity of the tip per surface, J/(m² K).
    pub capacity_j_m2k: f64,
    /// Emissivity of the tip.
    pub emissivity: f64,
    /// Convection at the tip, W/(m² K).
    pub film_w_m2k: f64,
    /// How much of its view is element.
    pub view_elements: f64,
    /// How much is wall.
    pub view_wall: f64,
    /// How much is ware.
    pub view_ware: f64,
    /// Time constant of the sheath, s.
    pub sheath_s: f64,
}

/// What a lid or door opened all the way does.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lid {
    /// Opening that radiates into the room, m².
    pub open_m2: f64,
    /// Heat the air then carries out, W/K.
    pub vent_w_k: f64,
}

/// An element and an oven, both linear.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TwoNode {
    /// Heat capacity of the element, J/K.
    pub element_j_k: f64,
    /// Heat capacity of the oven, J/K.
    pub oven_j_k: f64,
    /// Thermal resistance from the oven to the room, K/W.
    pub loss_k_w: f64,
    /// Thermal resistance from the element to the oven, K/W.
    pub coupling_k_w: f64,
    /// Time before the oven's temperature reaches the thermocouple, s.
    pub delay_s: f64,
    /// Lag of the thermocouple, s.
    pub lag_s: f64,
}

/// A gain, a time constant and a dead time.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeadTime {
    /// Final rise above the room at full power, K, if nothing were lost.
    pub gain_k: f64,
    /// Time constant, s.
    pub tau_s: f64,
    /// Time before power does anything, s.
    pub dead_time_s: f64,
    /// Share of the gain that is lost at `loss_at_c`, growing with the fourth power of the °C.
    pub loss_share: f64,
    /// Temperature at which the loss is full, °C.
    pub loss_at_c: f64,
    /// What is left of the gain with the lid open.
    pub lid_gain_share: f64,
    /// What is left of the time constant with the lid open.
    pub lid_tau_share: f64,
}

/// Why a kiln was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PlantError {
    /// No built-in kiln has this name.
    UnknownName(String),
    /// The text is not JSON of the right shape; `field` says where, as in `model.brick.wall.layers[0].cells`.
    Shape {
        /// Path of the field, `.` for the whole document.
        field: String,
        /// What the reader expected and found.
        why: String,
    },
    /// A field holds a figure no kiln has.
    Value {
        /// Path of the field.
        field: String,
        /// What it must be.
        why: String,
    },
}

impl core::fmt::Display for PlantError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::UnknownName(name) => write!(f, "no kiln is called {name:?}; there are {}", NAMES.join(", ")),
            Self::Shape { field, why } | Self::Value { field, why } => write!(f, "{field}: {why}"),
        }
    }
}

impl core::error::Error for PlantError {}

impl PlantSpec {
    /// A kiln that comes with the program.
    ///
    /// # Errors
    /// [`PlantError::UnknownName`] when there is none of that name.
    pub fn built_in(name: &str) -> Result<Self, PlantError> {
        let mut all: std::collections::BTreeMap<String, serde_json::Value> = read(BUILT_IN)?;
        let one = all.remove(name).ok_or_else(|| PlantError::UnknownName(name.to_owned()))?;
        Self::from_json(&one.to_string())
    }

    /// Reads one kiln from its JSON text.
    ///
    /// # Errors
    /// The first field that is missing, unknown, of the wrong type or holds a figure no kiln has.
    pub fn from_json(text: &str) -> Result<Self, PlantError> {
        let spec: Self = read(text)?;
        super::check::check(&spec)?;
        Ok(spec)
    }
}

/// Reads a document whole; trailing text is refused.
fn read<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, PlantError> {
    let mut reader = serde_json::Deserializer::from_str(text);
    let value = serde_path_to_error::deserialize(&mut reader)
        .map_err(|error| PlantError::Shape { field: error.path().to_string(), why: error.into_inner().to_string() })?;
    reader.end().map_err(|error| PlantError::Shape { field: ".".to_owned(), why: error.to_string() })?;
    Ok(value)
}
