//! What is left for after a reset, as words.

use super::super::words::{Meaning, Packed, Sink, Source};
use super::{most, packed_enum, packed_struct};
use kiln_core::black_box::{BlackBox, Evidence, KEPT};
use kiln_core::cone::KeptWork;
use kiln_core::fault::Fault;
use kiln_core::firing::{Checkpoint, KeptReheat, RunKind};
use kiln_core::profile::{Profile, RampRate};
use kiln_core::regulate::adaptive::{Known, TERMS};
use kiln_core::report::{Report, Version};
use kiln_core::restart::{Application, Cause, Ledger, RESETS, Remembered};
use kiln_core::settings::InForce;
use kiln_core::units::{Celsius, CelsiusPerHour, Duty, Instant, Millis};

packed_struct!(Remembered {
    ledger: Ledger,
    in_force: InForce,
    uptime: Millis,
    application_died: bool,
    latched: Option<Fault>,
    firing: Option<Checkpoint>,
    integral: f64,
    known: Option<Known>,
    black_box: BlackBox,
});

packed_struct!(Report {
    version: Version,
    started: Instant,
    cause: Cause,
    ledger: Ledger,
    went_on: bool,
    application: Application,
    black_box: BlackBox,
});

packed_struct!(Version { major: u16, minor: u16, patch: u16 });

packed_enum! {
    Cause {
        0 => Power,
        1 => Application,
        2 => Control,
        3 => Asked,
    }
}

packed_enum! {
    Application {
        0 => Whole,
        1 => Minimal,
    }
}

packed_struct!(Ledger { application: u8, control: [Option<Millis>; RESETS] });

packed_struct!(Checkpoint {
    profile: Profile,
    kind: RunKind,
    step: usize,
    step_start: f64,
    step_start_active: f64,
    step_from: Celsius,
    waited: Millis,
    arrived: bool,
    adapted: Option<(CelsiusPerHour, f64)>,
    clock: Millis,
    active: Millis,
    paused: Option<Millis>,
    reheat: Option<KeptReheat>,
    target: Option<Celsius>,
    work: KeptWork,
});

packed_struct!(KeptReheat { target: Celsius, from: Celsius, rate: RampRate, since: Millis });

packed_struct!(BlackBox { kept: [Option<Evidence>; KEPT], total: u32 });

packed_struct!(Evidence {
    fault: Fault,
    at: Instant,
    reading: Option<Celsius>,
    sample: Option<Celsius>,
    terminals: Option<Celsius>,
    target: Option<Celsius>,
    duty: Duty,
    energized: bool,
    elapsed: Option<Millis>,
});

/// Each number by its place between its bounds, after the version of what they mean.
impl Packed for Known {
    const WORDS: usize = 1 + TERMS;

    fn pack(&self, to: &mut impl Sink) {
        to.put(Self::VERSION);
        for step in self.steps() {
            to.put(u32::from(step));
        }
    }

    fn unpack(from: &mut impl Source) -> Option<Self> {
        let version = from.word(Meaning::Form("Known", &[Self::VERSION]))?;
        let mut steps = [0; TERMS];
        for step in &mut steps {
            *step = u16::try_from(from.word(Meaning::UpTo(u32::from(Self::STEPS)))?).ok()?;
        }
        if version == Self::VERSION { Self::of_steps(steps) } else { None }
    }
}

impl<T: Packed, const N: usize> Packed for [Option<T>; N] {
    const WORDS: usize = N * <Option<T> as Packed>::WORDS;

    fn pack(&self, to: &mut impl Sink) {
        for item in self {
            item.pack(to);
        }
    }

    fn unpack(from: &mut impl Source) -> Option<Self> {
        let mut items = [const { None }; N];
        for place in &mut items {
            *place = Option::<T>::unpack(from)?;
        }
        Some(items)
    }
}
