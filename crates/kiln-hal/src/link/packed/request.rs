//! What is asked, as words. The largest is a firing to go on with: 32 steps, a name, and where it had come to.

use super::super::words::{Meaning, Packed, Sink, Source};
use super::{most, packed_enum, packed_struct};
use kiln_core::command::{Command, CommandId, ManualHold, Request, ResumePoint, TimeChange, TuningMode};
use kiln_core::cone::{HoldUntil, KeptWork};
use kiln_core::limits;
use kiln_core::profile::{Name, Profile, RampRate, Step};
use kiln_core::units::{Celsius, CelsiusPerHour, Kelvin, Millis, WallClock};

/// The name twice, so that whoever asked can be told that what came was damaged.
impl Packed for Request {
    const WORDS: usize = 2 + Command::WORDS;

    fn pack(&self, to: &mut impl Sink) {
        let Self { id, command } = self;
        id.pack(to);
        to.put(again(*id));
        command.pack(to);
    }

    fn unpack(from: &mut impl Source) -> Option<Self> {
        let id = CommandId::unpack(from)?;
        // Damage shows in the sum.
        from.word(Meaning::Any)?;
        Some(Self { id, command: Packed::unpack(from)? })
    }

    fn name(from: &mut impl Source) -> Option<u32> {
        let (id, second) = (CommandId::unpack(from)?, from.word(Meaning::Any)?);
        (second == again(id)).then_some(id.0)
    }
}

/// A name, written differently: what changes both words alike makes no name.
const fn again(id: CommandId) -> u32 {
    !id.0.rotate_left(7)
}

impl Packed for CommandId {
    const WORDS: usize = 1;

    fn pack(&self, to: &mut impl Sink) {
        self.0.pack(to);
    }

    fn unpack(from: &mut impl Source) -> Option<Self> {
        u32::unpack(from).map(Self)
    }
}

packed_enum! {
    Command {
        0 => Run(profile: Profile),
        1 => Resume(profile: Profile, point: ResumePoint),
        2 => Stop,
        3 => Shutdown,
        4 => Pause,
        5 => Unpause,
        6 => Skip,
        7 => AddTime(change: TimeChange),
        8 => AddDegrees(by: Kelvin),
        9 => ReplaceRest(profile: Profile),
        10 => Hold(hold: ManualHold),
        11 => RenewHold,
        12 => Tune(mode: TuningMode, cap: Option<Celsius>),
        13 => StopTuning,
        14 => Schedule(profile: Profile, at: WallClock),
        15 => CancelSchedule,
        16 => ClearError,
        17 => Ping,
    }
}

packed_struct!(ResumePoint {
    elapsed: Millis,
    step: Option<usize>,
    temperature: Option<Celsius>,
    found: Option<Celsius>,
    work: Option<KeptWork>,
});

packed_enum! {
    TimeChange {
        0 => Longer(by: Millis),
        1 => Shorter(by: Millis),
    }
}

packed_struct!(ManualHold { target: Celsius, rate: RampRate, time: Millis });

packed_enum! {
    TuningMode {
        0 => Safe,
        1 => Standard,
        2 => Thorough,
        3 => HighTemperature,
        4 => Relay,
    }
}

packed_enum! {
    RampRate {
        0 => PerHour(rate: CelsiusPerHour),
        1 => Full,
    }
}

/// A step without the words that say which of its parts are there: 32 of them make the size of the link.
enum Flat {
    Ramp { target: Celsius, rate: CelsiusPerHour },
    RampAtLeast { target: Celsius, rate: CelsiusPerHour, least: CelsiusPerHour },
    FullRamp { target: Celsius },
    FullRampAtLeast { target: Celsius, least: CelsiusPerHour },
    Hold { target: Celsius, time: Millis },
    HoldCone { target: Celsius, until: HoldUntil },
    Cool,
    CoolTo { target: Celsius },
}

packed_enum! {
    Flat {
        0 => Ramp { target: Celsius, rate: CelsiusPerHour },
        1 => RampAtLeast { target: Celsius, rate: CelsiusPerHour, least: CelsiusPerHour },
        2 => FullRamp { target: Celsius },
        3 => FullRampAtLeast { target: Celsius, least: CelsiusPerHour },
        4 => Hold { target: Celsius, time: Millis },
        5 => HoldCone { target: Celsius, until: HoldUntil },
        6 => Cool,
        7 => CoolTo { target: Celsius },
    }
}

impl Packed for Step {
    const WORDS: usize = Flat::WORDS;

    fn pack(&self, to: &mut impl Sink) {
        use RampRate::{Full, PerHour};
        let flat = match *self {
            Self::Ramp { target, rate: PerHour(rate), min_rate: None } => Flat::Ramp { target, rate },
            Self::Ramp { target, rate: PerHour(rate), min_rate: Some(least) } => {
                Flat::RampAtLeast { target, rate, least }
            }
            Self::Ramp { target, rate: Full, min_rate: None } => Flat::FullRamp { target },
            Self::Ramp { target, rate: Full, min_rate: Some(least) } => Flat::FullRampAtLeast { target, least },
            Self::Hold { target, time } => Flat::Hold { target, time },
            Self::HoldCone { target, until } => Flat::HoldCone { target, until },
            Self::Cool { target: None } => Flat::Cool,
            Self::Cool { target: Some(target) } => Flat::CoolTo { target },
        };
        flat.pack(to);
    }

    fn unpack(from: &mut impl Source) -> Option<Self> {
        use RampRate::{Full, PerHour};
        Some(match Flat::unpack(from)? {
            Flat::Ramp { target, rate } => Self::Ramp { target, rate: PerHour(rate), min_rate: None },
            Flat::RampAtLeast { target, rate, least } => {
                Self::Ramp { target, rate: PerHour(rate), min_rate: Some(least) }
            }
            Flat::FullRamp { target } => Self::Ramp { target, rate: Full, min_rate: None },
            Flat::FullRampAtLeast { target, least } => Self::Ramp { target, rate: Full, min_rate: Some(least) },
            Flat::Hold { target, time } => Self::Hold { target, time },
            Flat::HoldCone { target, until } => Self::HoldCone { target, until },
            Flat::Cool => Self::Cool { target: None },
            Flat::CoolTo { target } => Self::Cool { target: Some(target) },
        })
    }
}

/// The name, the number of steps, the steps.
impl Packed for Profile {
    const WORDS: usize = Name::WORDS + 1 + limits::STEPS_MOST * Step::WORDS;

    fn pack(&self, to: &mut impl Sink) {
        self.name().pack(to);
        self.steps().len().pack(to);
        self.steps().iter().for_each(|step| step.pack(to));
    }

    fn unpack(from: &mut impl Source) -> Option<Self> {
        const MOST: u32 = 32;
        const _: () = assert!(limits::STEPS_MOST == 32, "as the line above says");
        let name = Name::unpack(from)?;
        let count = usize::try_from(from.word(Meaning::UpTo(MOST))?).ok()?;
        let mut steps = [Step::Cool { target: None }; limits::STEPS_MOST];
        let steps = steps.get_mut(..count)?;
        for step in steps.iter_mut() {
            *step = Step::unpack(from)?;
        }
        Self::new(name, steps).ok()
    }
}
