//! What a firing on the emulated board is made of, from the words of a command.

use std::path::Path;

use kiln_core::profile::Profile;
use kiln_emu::kiln::{Bench, Chamber, Row, TABLE};
use kiln_emu::machine::{Control, Image, Machine};
use kiln_sim::disturb::Level;
use kiln_sim::plant::PlantSpec;
use kiln_sim::random::Seed;
use kiln_sim::world::settings_for;

/// What is fired with.
pub(crate) enum Program {
    /// The whole image, as it is flashed.
    Whole(Image),
    /// The control image alone, as the whole one carries it.
    Control(Control),
}

impl Program {
    pub(crate) fn read(file: &str) -> Result<Self, String> {
        let bytes = read(file)?;
        if bytes.starts_with(b"\x7FELF") {
            return Image::from_elf(&bytes).map(Self::Whole).map_err(|error| format!("{file}: {error}"));
        }
        Control::new(&bytes).map(Self::Control).map_err(|error| format!("{file} is no control image: {error:?}"))
    }

    fn machine(&self, seed: u64) -> Machine {
        match self {
            Self::Whole(image) => Machine::new(image, seed),
            Self::Control(control) => Machine::alone(control, seed),
        }
    }
}

/// What a firing is made of.
pub(crate) struct Order {
    pub(crate) program: Program,
    pub(crate) profile: Profile,
    pub(crate) plant: PlantSpec,
    pub(crate) level: Level,
    pub(crate) seed: u64,
    pub(crate) seconds: u64,
    /// What happens in the middle of it, and in which second.
    pub(crate) fault: Option<(Row, u64)>,
    /// A sector's erase takes from this to that, ms.
    erase_ms: (u64, u64),
}

pub(crate) fn read(file: &str) -> Result<Vec<u8>, String> {
    std::fs::read(Path::new(file)).map_err(|error| format!("{file}: {error}"))
}

pub(crate) fn image(file: &str) -> Result<Image, String> {
    Image::from_elf(&read(file)?).map_err(|error| format!("{file}: {error}"))
}

impl Order {
    /// From the words after the command: ELF, profile, and options as pairs.
    pub(crate) fn parse(words: &[String]) -> Result<Self, String> {
        let [elf, profile, options @ ..] = words else {
            return Err("an ELF and a profile are needed".to_owned());
        };
        let document = read(profile)?;
        let profile = kiln_wire::profile::parse(&document).map_err(|refusal| format!("{profile}: {refusal}"))?.profile;
        let mut order = Self {
            program: Program::read(elf)?,
            profile,
            plant: plant("top9")?,
            level: Level::Nominal,
            seed: 1,
            seconds: 48 * 3600,
            fault: None,
            erase_ms: (45, 400),
        };
        for pair in options.chunks(2) {
            let [name, value] = pair else { return Err(format!("{pair:?}: a value is missing")) };
            let number = || value.parse::<u64>().map_err(|_| format!("{value} is no number"));
            match name.as_str() {
                "--plant" => order.plant = plant(value)?,
                "--seed" => order.seed = number()?,
                "--seconds" => order.seconds = number()?,
                "--level" => order.level = level(value)?,
                "--fault" => order.fault = Some(fault(value)?),
                _ => return Err(format!("there is no option {name}")),
            }
        }
        Ok(order)
    }

    /// Switches the board on.
    pub(crate) fn bench(&self, at_once: bool) -> Result<Bench, String> {
        let planned_s = self.profile.nominal_seconds(kiln_core::units::Celsius::new(self.plant.ambient_c));
        let chamber = Chamber::new(&self.plant, self.level, Seed(self.seed), planned_s);
        let chamber = chamber.map_err(|error| error.to_string())?;
        let mut machine = self.program.machine(self.seed);
        machine.chip.wires.sensor.at_once = at_once;
        machine.chip.flash_state.erase_us = (self.erase_ms.0 * 1000, self.erase_ms.1 * 1000);
        Bench::switch_on(machine, chamber, settings_for(&self.plant)).map_err(|error| error.to_string())
    }
}

fn plant(name: &str) -> Result<PlantSpec, String> {
    PlantSpec::built_in(name).map_err(|error| error.to_string())
}

fn level(word: &str) -> Result<Level, String> {
    match word {
        "clean" => Ok(Level::Clean),
        "quiet" => Ok(Level::Quiet),
        "nominal" => Ok(Level::Nominal),
        "harsh" => Ok(Level::Harsh),
        _ => Err(format!("there is no level {word}")),
    }
}

/// `NAME@SECOND`.
fn fault(word: &str) -> Result<(Row, u64), String> {
    let names = || TABLE.map(|row| row.name).join(", ");
    let (name, second) = word.split_once('@').ok_or_else(|| format!("{word}: NAME@SECOND; there are {}", names()))?;
    let row = TABLE.into_iter().find(|row| row.name == name);
    let row = row.ok_or_else(|| format!("there is no fault {name}; there are {}", names()))?;
    Ok((row, second.parse().map_err(|_| format!("{second} is no number"))?))
}
