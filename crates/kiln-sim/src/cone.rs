//! `kiln-sim cone`: the schedule of a cone and a speed, printed as a profile.
//!
//! Decides what the words mean and what the profile is called; the steps are `kiln_core::cone`'s.

use clap::{Args, ValueEnum};
use kiln_core::cone::{Certainty, Cone, ConeFiring};
use kiln_core::profile::Name;
use kiln_wire::json::Text;
use kiln_wire::profile;

use crate::{Status, Trouble};

/// What the exit status of `kiln-sim cone` means.
pub(crate) const EXIT_STATUS: &str = "Exit status:
  0  the profile is printed
  2  refused: there is no such cone, speed or ware";

/// The words after `kiln-sim cone`.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// The cone to fall, 022 to 13; a leading zero means another cone.
    #[arg(allow_negative_numbers = true)]
    cone: String,
    /// How fast.
    #[arg(value_enum)]
    speed: Speed,
    /// What is fired: raw clay climbs slowly while its water leaves and through the change of the quartz.
    #[arg(long, value_enum, default_value = "glaze")]
    ware: Ware,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Speed {
    /// For thick or large pieces.
    Slow,
    /// In between.
    Medium,
    /// For thin pieces.
    Fast,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Ware {
    /// Raw clay.
    Bisque,
    /// Glazed ware that was fired before.
    Glaze,
}

impl From<Speed> for kiln_core::cone::Speed {
    fn from(speed: Speed) -> Self {
        match speed {
            Speed::Slow => Self::Slow,
            Speed::Medium => Self::Medium,
            Speed::Fast => Self::Fast,
        }
    }
}

impl From<Ware> for kiln_core::cone::Ware {
    fn from(ware: Ware) -> Self {
        match ware {
            Ware::Bisque => Self::Bisque,
            Ware::Glaze => Self::Glaze,
        }
    }
}

/// Prints the profile.
pub(crate) fn command(options: &Options) -> Result<Status, Trouble> {
    println!("{}", document(options).map_err(Trouble::Refused)?);
    Ok(Status::Complete)
}

fn document(options: &Options) -> Result<String, String> {
    let Some(cone) = Cone::named(&options.cone) else {
        return Err(format!("cone {}: there is no such cone; there are {}", options.cone, Cone::NAMES.join(", ")));
    };
    let firing = ConeFiring { cone, ware: options.ware.into(), speed: options.speed.into() };
    let (ware, speed) = (word(&options.ware), word(&options.speed));
    let name = Name::new(&format!("Cone {}, {ware}, {speed}", cone.name())).ok_or("no name for it")?;
    let refused = |why| format!("cone {}, which falls at {:.0} °C: {why:?}", cone.name(), firing.peak().get());
    let made = firing.profile(name).map_err(refused)?;
    let doubt = match cone.certainty() {
        Certainty::Verified => "",
        Certainty::Estimate => " The figures of this cone are an estimate.",
    };
    let text = format!("Ends as cone {} falls; from there the kiln cools by itself.{doubt}", cone.name());
    let mut buffer = vec![0; usize::from(profile::BYTES_MOST)];
    let written = profile::write(&made, Some(Text::plain(&text)), &mut buffer);
    let written = written.map_err(|_| "the profile is too long for a document".to_owned())?;
    String::from_utf8(written.to_vec()).map_err(|error| error.to_string())
}

/// The word of the command line for a choice.
fn word(choice: &impl ValueEnum) -> String {
    choice.to_possible_value().map_or_else(String::new, |value| value.get_name().to_owned())
}
