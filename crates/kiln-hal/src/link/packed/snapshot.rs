//! What is told, as words: the whole snapshot.

use super::super::words::{Meaning, Packed, Sink, Source};
use super::{most, packed_enum, packed_struct};
use kiln_core::command::{CommandId, OUTCOMES_KEPT, Outcome, Outcomes, Refusal};
use kiln_core::cone::{Cone, Reached};
use kiln_core::event::{self, Event, Events, Waiting};
use kiln_core::fault::Fault;
use kiln_core::firing::{RunKind, RunView};
use kiln_core::guard::{GUARDS, Verdicts};
use kiln_core::profile::{Name, Step};
use kiln_core::regulate::PidTerms;
use kiln_core::sensor::{Problem, Reading};
use kiln_core::settings;
use kiln_core::snapshot::{Phase, Snapshot};
use kiln_core::tune;
use kiln_core::units::{Celsius, CelsiusPerHour, Duty, Instant, Kelvin, Millis, WallClock};
use kiln_core::window::RelaySet;

packed_struct!(Snapshot {
    number: u32,
    taken: Instant,
    phase: Phase,
    reading: Option<Reading>,
    cold_junction: Option<Celsius>,
    problem: Option<Problem>,
    target: Option<Celsius>,
    duty: Duty,
    window: Duty,
    relays: RelaySet,
    contactor: bool,
    fault: Option<Fault>,
    verdicts: Verdicts,
    run: Option<RunView>,
    tuning: Option<tune::View>,
    terms: Option<PidTerms>,
    scheduled: Option<(WallClock, Name)>,
    settings: settings::View,
    outcomes: Outcomes,
    events: Events,
});

packed_enum! {
    Phase {
        0 => Idle,
        1 => Running,
        2 => Tuning,
        3 => Complete,
        4 => Error,
    }
}

packed_struct!(Reading { temperature: Celsius, taken: Instant, sequence: u32 });

packed_struct!(RunView {
    name: Name,
    kind: RunKind,
    step: usize,
    steps: usize,
    in_force: Step,
    step_from: Celsius,
    step_start: f64,
    step_elapsed: f64,
    elapsed: Millis,
    remaining: f64,
    progress: f64,
    measured: CelsiusPerHour,
    history: usize,
    waiting: Option<Waiting>,
    reheating: Option<Celsius>,
    stall_fails: u32,
    reached: Option<Reached>,
});

packed_enum! {
    RunKind {
        0 => Profile,
        1 => Manual,
        2 => Bank,
    }
}

packed_enum! {
    Waiting {
        0 => Behind,
        1 => Arriving,
        2 => Reheating,
        3 => Paused,
        4 => HeatWithheld,
    }
}

packed_struct!(PidTerms {
    dt: f64,
    error: f64,
    delta: f64,
    p: f64,
    i: f64,
    d: f64,
    raw: f64,
    output: f64,
    integral: f64,
    frozen: bool,
});

packed_enum! {
    Outcome {
        0 => Done,
        1 => Refused(why: Refusal),
    }
}

packed_enum! {
    Refusal {
        0 => Busy,
        1 => NotRunning,
        2 => NotTuning,
        3 => NotPaused,
        4 => AlreadyPaused,
        5 => NotHolding,
        6 => NoError,
        7 => Latched,
        8 => CausePresent,
        9 => NoReading,
        10 => OutOfRange,
        11 => NothingToChange,
        12 => BadTime,
        13 => Full,
        14 => NoClock,
        15 => TooHot,
        16 => KilnTooHot,
        17 => SelfTest,
        18 => SettingsUnknown,
        19 => Overtaken,
        20 => Damaged,
    }
}

packed_enum! {
    Event {
        0 => Started { step: usize },
        1 => Resumed { step: usize },
        2 => StepEntered { step: usize },
        3 => HoldReached,
        4 => FellBehind,
        5 => RateAdapted { from: CelsiusPerHour, to: CelsiusPerHour },
        6 => StallAdvanced { short: Kelvin },
        7 => Reheated,
        8 => Banked { target: Celsius },
        9 => Paused,
        10 => Unpaused,
        11 => Skipped,
        12 => Changed,
        13 => Completed,
        14 => Stopped,
        15 => TuningStarted,
        16 => TuningCompleted,
        17 => StartMissed,
        18 => StartRefused,
        19 => Faulted(fault: Fault),
        20 => Recovered,
        21 => Cleared,
        22 => ConeFallen { cone: Cone },
        23 => ConeGaveUp { cone: Cone },
        24 => RegulatorFellBack,
    }
}

/// What each guard found, in their order.
impl Packed for Verdicts {
    const WORDS: usize = GUARDS * <Option<Fault>>::WORDS;

    fn pack(&self, to: &mut impl Sink) {
        self.each().iter().for_each(|found| found.pack(to));
    }

    fn unpack(from: &mut impl Source) -> Option<Self> {
        let mut faults = [None; GUARDS];
        for fault in &mut faults {
            *fault = Packed::unpack(from)?;
        }
        Some(Self::new(faults))
    }
}

/// How many, then each, oldest first.
impl Packed for Outcomes {
    const WORDS: usize = 1 + OUTCOMES_KEPT * <(CommandId, Outcome)>::WORDS;

    fn pack(&self, to: &mut impl Sink) {
        let mut oldest_first = [None; OUTCOMES_KEPT];
        oldest_first.iter_mut().rev().zip(self.iter()).for_each(|(place, known)| *place = Some(known));
        self.iter().count().pack(to);
        oldest_first.iter().flatten().for_each(|known| known.pack(to));
    }

    fn unpack(from: &mut impl Source) -> Option<Self> {
        const MOST: u32 = 8;
        const _: () = assert!(OUTCOMES_KEPT == 8, "as the line above says");
        let mut outcomes = Self::default();
        let count = from.word(Meaning::UpTo(MOST))?;
        for _ in 0..(count <= MOST).then_some(count)? {
            let (id, outcome) = Packed::unpack(from)?;
            outcomes.note(id, outcome);
        }
        Some(outcomes)
    }
}

/// How many there have been, how many are kept, then those, oldest first.
impl Packed for Events {
    const WORDS: usize = 2 + event::KEPT * <(Instant, Event)>::WORDS;

    fn pack(&self, to: &mut impl Sink) {
        let kept = || self.since(self.total().wrapping_sub(KEPT));
        self.total().pack(to);
        kept().count().pack(to);
        kept().for_each(|happened| happened.pack(to));
    }

    fn unpack(from: &mut impl Source) -> Option<Self> {
        let total = u32::unpack(from)?;
        let count = usize::try_from(from.word(Meaning::UpTo(KEPT))?).ok()?;
        let mut kept = [(Instant::from_millis(0), Event::HoldReached); event::KEPT];
        let kept = kept.get_mut(..count)?;
        for happened in kept.iter_mut() {
            *happened = Packed::unpack(from)?;
        }
        Some(Self::recalled(total, kept.iter().copied()))
    }
}

/// The events that are kept, as a word.
const KEPT: u32 = 16;
const _: () = assert!(event::KEPT == 16, "as the line above says");
