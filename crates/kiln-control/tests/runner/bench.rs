//! The bench: electronics in memory and a kiln of one lump.

use kiln_control::{InForce, Reset, Runner, Settings};
use kiln_core::command::{Command, CommandId, Outcome, Request};
use kiln_core::event::Event;
use kiln_core::profile::{Name, Profile, RampRate, Step};
use kiln_core::snapshot::{Phase, Snapshot};
use kiln_core::units::{Celsius, CelsiusPerHour, Instant, Millis, WallClock};
use kiln_hal::board::{Board, Clock};
use kiln_hal::fake::{FakeBoard, FakeKiln};
use kiln_hal::max31856::{Averaging, Config, Mains, ThermocoupleType};

pub(crate) const CHIP: Config =
    Config { kind: ThermocoupleType::K, mains: Mains::Hz50, averaging: Averaging::Samples4 };

pub(crate) struct Bench {
    pub(crate) kiln: FakeKiln<1, Request, Snapshot>,
    pub(crate) board: FakeBoard<1, Request, Snapshot>,
    pub(crate) runner: Runner,
    /// The true temperature.
    pub(crate) at: f64,
    /// Whether the chip is shown the true temperature.
    pub(crate) shown: bool,
    /// Whether the kiln gives and loses heat; else it stays as it is.
    pub(crate) alive: bool,
    pub(crate) wall: Option<WallClock>,
    asked: u32,
}

impl Bench {
    /// Electronics that have just been powered up, the kiln at `at` °C.
    pub(crate) fn at(at: f64) -> Self {
        Self::with(at, Settings::DELIVERED)
    }

    pub(crate) fn with(at: f64, settings: Settings) -> Self {
        Self::begun(at, InForce::given(settings))
    }

    /// A board that knows nothing but this of its settings.
    pub(crate) fn begun(at: f64, in_force: InForce) -> Self {
        let start = Instant::from_millis(u64::from(u32::MAX) - 7300);
        let mut kiln = FakeKiln::starting_at(start);
        let mut board = kiln.board(CHIP).unwrap();
        let runner = Runner::after_reset(in_force, &mut board, Reset::Power).unwrap();
        Self { kiln, board, runner, at, shown: true, alive: true, wall: None, asked: 0 }
    }

    /// The chip starts anew.
    pub(crate) fn reset(&mut self, reset: Reset) {
        self.board = self.kiln.board(CHIP).unwrap();
        self.runner = Runner::after_reset(InForce::DELIVERED, &mut self.board, reset).unwrap();
    }

    /// Serves a slot.
    pub(crate) fn slot(&mut self) {
        if self.shown {
            self.kiln.chip.set_temperature(self.at);
        }
        self.kiln.link.set_wall(self.wall);
        self.runner.turn(&mut self.board);
        if self.alive {
            let power = if self.is_on() { 1200.0 } else { 0.0 };
            self.at += (power - 0.4 * (self.at - 20.0)) / 36_000.0;
        }
    }

    /// Serves the slots of so many milliseconds.
    pub(crate) fn run(&mut self, ms: u64) -> &mut Self {
        (0..ms / 100).for_each(|_| self.slot());
        self
    }

    /// Serves slots until the pin is on; at most two minutes.
    pub(crate) fn until_on(&mut self) -> &mut Self {
        for _ in 0..1200 {
            if self.is_on() {
                return self;
            }
            self.slot();
        }
        panic!("the relay never came on: {:?}", self.events());
    }

    /// The longest unbroken time the pin is on over so many milliseconds.
    pub(crate) fn longest_on(&mut self, ms: u64) -> u64 {
        let (mut longest, mut on) = (0, 0);
        for _ in 0..ms / 100 {
            self.slot();
            on = if self.is_on() { on + 100 } else { 0 };
            longest = longest.max(on);
        }
        longest
    }

    pub(crate) fn is_on(&self) -> bool {
        self.kiln.relays[0].level()
    }

    pub(crate) fn now(&mut self) -> Instant {
        self.board.clock().now()
    }

    /// Leaves a request in the mailbox; its outcome can be asked for afterwards.
    pub(crate) fn ask(&mut self, command: Command) -> CommandId {
        self.asked += 1;
        let id = CommandId(self.asked);
        self.kiln.link.ask(Request { id, command });
        id
    }

    /// Leaves a request and serves the slot that takes it.
    pub(crate) fn done(&mut self, command: Command) -> Outcome {
        let id = self.ask(command);
        self.slot();
        self.kiln.link.with_newest(|snapshot| snapshot.outcomes.of(id)).flatten().unwrap()
    }

    pub(crate) fn phase(&self) -> Phase {
        self.kiln.link.with_newest(|snapshot| snapshot.phase).unwrap()
    }

    pub(crate) fn look<T>(&self, look: impl FnOnce(&Snapshot) -> T) -> T {
        self.kiln.link.with_newest(look).unwrap()
    }

    pub(crate) fn events(&self) -> Vec<Event> {
        self.look(|snapshot| snapshot.events.since(0).map(|(_, event)| event).collect())
    }

    /// A firing under way with the relay on.
    pub(crate) fn firing(self) -> Self {
        self.firing_to(1200)
    }

    pub(crate) fn firing_to(mut self, target: i16) -> Self {
        self.run(3000);
        assert_eq!(self.done(Command::Run(climb(target, 600))), Outcome::Done);
        self.run(60_000).until_on();
        self
    }
}

/// A single climb.
pub(crate) fn climb(target: i16, rate: i16) -> Profile {
    let rate = RampRate::PerHour(CelsiusPerHour::whole(rate));
    profile(&[Step::Ramp { target: Celsius::whole(target), rate, min_rate: None }])
}

pub(crate) fn profile(steps: &[Step]) -> Profile {
    Profile::new(Name::new("bench").unwrap(), steps).unwrap()
}

pub(crate) fn minutes(count: u64) -> u64 {
    Millis::from_minutes(count).get()
}
