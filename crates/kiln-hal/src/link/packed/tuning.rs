//! What a tuning run shows, as words.
//!
//! A step's label is a text in the image, and the two cores run two images: it crosses as its place among the labels of
//! every plan there is.

use super::super::words::{Meaning, Packed, Sink, Source};
use super::{most, packed_enum, packed_struct};
use kiln_core::command::TuningMode;
use kiln_core::fault::Fault;
use kiln_core::tune::plan::{Kind, Step, Until};
use kiln_core::tune::{Goal, Plan, Stage, View};
use kiln_core::units::{Celsius, Duty, Kelvin, Millis};

packed_struct!(View {
    stage: Stage,
    index: usize,
    count: usize,
    step: Step,
    goal: Option<Goal>,
    elapsed: Millis,
    plateau: bool,
    peak: Option<Celsius>,
    samples: usize,
    cap: Celsius,
});

packed_enum! {
    Stage {
        0 => Running,
        1 => Finished,
        2 => Failed(fault: Fault),
    }
}

packed_enum! {
    Goal {
        0 => Reach(target: Celsius),
        1 => Drop(by: Kelvin),
    }
}

packed_enum! {
    Kind {
        0 => Drive { duty: Duty, until: Until },
        1 => Probe { duty: Duty, rise: Kelvin },
        2 => Settle { target: Celsius, most: Duty, least: Millis },
        3 => Bump { by: Duty, rise: Kelvin },
        4 => Relay { around: Celsius, hysteresis: Kelvin, on: Duty, swings: u8 },
    }
}

packed_enum! {
    Until {
        0 => Timeout,
        1 => Reach { target: Celsius, then: Millis },
        2 => Drop(by: Kelvin),
        3 => Plateau,
    }
}

impl Packed for Step {
    const WORDS: usize = Label::WORDS + Kind::WORDS + Millis::WORDS;

    fn pack(&self, to: &mut impl Sink) {
        let Self { label, kind, longest } = self;
        Label(label).pack(to);
        kind.pack(to);
        longest.pack(to);
    }

    fn unpack(from: &mut impl Source) -> Option<Self> {
        Some(Self { label: Label::unpack(from)?.0, kind: Packed::unpack(from)?, longest: Packed::unpack(from)? })
    }
}

/// A step's name in the log.
struct Label(&'static str);

/// What is shown for a label of no plan.
const UNKNOWN: &str = "unknown";

impl Packed for Label {
    const WORDS: usize = 1;

    fn pack(&self, to: &mut impl Sink) {
        let place = labels().position(|label| label == self.0);
        to.put(place.and_then(|place| u32::try_from(place).ok()).unwrap_or(u32::MAX));
    }

    fn unpack(from: &mut impl Source) -> Option<Self> {
        match from.word(Meaning::UpTo(30))? {
            u32::MAX => Some(Self(UNKNOWN)),
            place => labels().nth(usize::try_from(place).ok()?).map(Self),
        }
    }
}

/// The labels of every plan, in the order of the modes; the same one may come several times.
fn labels() -> impl Iterator<Item = &'static str> {
    let plans = MODES.into_iter().flat_map(|mode| [Some(Plan::shipping(mode)), Plan::reference(mode)]);
    plans.flatten().flat_map(|plan| plan.steps).map(|step| step.label)
}

/// Every mode; `every_label_of_every_mode_crosses` holds it to the list of them.
pub(in crate::link) const MODES: [TuningMode; 5] =
    [TuningMode::Safe, TuningMode::Standard, TuningMode::Thorough, TuningMode::HighTemperature, TuningMode::Relay];
