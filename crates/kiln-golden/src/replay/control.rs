//! The whole control loop: the shipping controller over the shipping driver and a chip in memory.

use std::collections::BTreeMap;

use kiln_control::{Controller, InForce, Inputs, Settings};
use kiln_core::command::{Command, CommandId, Request};
use kiln_core::firing::State;
use kiln_core::guard::Fitted;
use kiln_core::limits;
use kiln_core::profile::Profile;
use kiln_core::regulate::{GainSchedule, PidGains, PidSettings, RegulatorSettings};
use kiln_core::schedule;
use kiln_core::sensor::{FilterSettings, Problem, Sample};
use kiln_core::snapshot::{Phase, Snapshot};
use kiln_core::tune::Goal;
use kiln_core::units::{Celsius, Instant, Kelvin, Millis, WallClock};
use kiln_core::window::{RelaySet, WindowSettings};
use kiln_hal::board::Thermocouple;
use kiln_hal::fake::{FakeBus, FakeMax31856};
use kiln_hal::max31856::{Averaging, Config, Mains, Max31856, ThermocoupleType};
use serde_json::Value;

use super::state;
use super::tuner::mode_named;
use crate::profiles;
use crate::table::{Check, Row, Scenario, TraceError};
use crate::tally::{Reason, Tally};
use crate::traces::Traces;

const GUARDED: Reason = Reason::agreed("a guard of ours has acted");
const STOPPED_TUNING: Reason = Reason::agreed("stopping a tuning run ends in Idle, not in an error");
const MISSING: Reason =
    Reason::extra("a profile that does not exist cannot be asked for: its text is sent, not its name");
const COARSE_CLOCK: Reason = Reason::extra("compared within 1e-5: the trace's clock steps by 2.4e-7 s");
const TUNING_TICK: Reason = Reason::extra("a tuning run begins with the tick of its command, not with the next");

/// Slots in a row of the trace.
const SLOTS: u32 = 10;
/// The moment on our clock at which the trace begins.
const START: Instant = Instant::from_millis(4_294_900_000);
/// How long the reference controller blocks while it switches so many relays, 10 ms between two of them.
const BLOCKS: [Millis; 4] = [Millis::ZERO, Millis::ZERO, Millis::new(10), Millis::new(20)];
/// The trace's clock is an f64 of seconds since 1970, where neighbours are 2.4e-7 s apart. It shows wherever a tick is
/// not a whole second, most of all in the derivative.
const COARSE: f64 = 1e-5;

/// Replays the module.
pub fn replay(traces: &Traces) -> Tally {
    Tally::over(traces, "control", |scenario, tally| {
        let reason = "counts of another program, or its words";
        tally.exclude_columns(scenario, &["tick", "end_ms", "status_sent", "wdt_feeds", "error"], reason);
        let mut bench = Bench::new(scenario)?;
        for row in scenario.rows() {
            bench.row(&row)?;
            if let Some(reason) = bench.apart.or(bench.tuning_tick.then_some(TUNING_TICK)) {
                scenario.columns().iter().for_each(|column| scenario.look_at(column));
                tally.exclude(row, reason);
                continue;
            }
            if bench.off_grid {
                tally.exclude_fields(row, &["elapsed_s"], COARSE_CLOCK);
            }
            tally.row(row, |check| bench.compare(check));
        }
        Ok(())
    })
}

/// The loop under test.
struct Bench {
    controller: Controller,
    chip: FakeMax31856,
    thermocouple: Max31856<FakeBus>,
    profiles: BTreeMap<String, Profile>,
    epoch: WallClock,
    scheduled: String,
    relays: RelaySet,
    on_slots: u32,
    asked: u32,
    apart: Option<Reason>,
    /// What a switching of the relays takes of the reference controller's time: it blocks.
    blocks: Millis,
    /// Whether the trace's clock has left the whole milliseconds since the run began.
    off_grid: bool,
    /// Whether a tuning run began or ended in this row.
    tuning_tick: bool,
}

impl Bench {
    fn new(scenario: &Scenario) -> Result<Self, TraceError> {
        let settings = settings(scenario.param("config")?)?;
        let chip = FakeMax31856::new();
        let config = Config { kind: ThermocoupleType::K, mains: Mains::Hz60, averaging: Averaging::Samples8 };
        let mut bench = Self {
            controller: Controller::new(InForce::given(settings), START)
                .map_err(|error| TraceError::new(&"rules", &format!("{error:?}")))?,
            thermocouple: Max31856::new(chip.bus(), config),
            profiles: profiles(scenario)?,
            epoch: WallClock::from_unix_millis(scenario.param_u64("epoch_s")? * 1000),
            scheduled: String::new(),
            relays: RelaySet::NONE,
            on_slots: 0,
            asked: 0,
            apart: None,
            blocks: BLOCKS.get(settings.window.relays()).copied().unwrap_or(Millis::ZERO),
            off_grid: false,
            tuning_tick: false,
            chip,
        };
        bench.thermocouple.setup().map_err(|problem| TraceError::new(&"set-up", &format!("{problem:?}")))?;
        bench.warm_up(scenario)?;
        Ok(bench)
    }

    /// The second before the trace: one reading, at the kiln's own whole degree.
    fn warm_up(&mut self, scenario: &Scenario) -> Result<(), TraceError> {
        let first: i32 = scenario.rows().next().map_or(Ok(0), |row| row.get("raw19"))?;
        self.chip.set_raw19((first + 64) / 128 * 128);
        let before = Instant::from_millis(START.as_millis() - 1000);
        let reading = Some(self.thermocouple.read());
        self.step(before, None, reading);
        Ok(())
    }

    fn step(&mut self, now: Instant, command: Option<&Command>, reading: Option<Result<Sample, Problem>>) {
        let wall = Some(self.epoch + now.since(START));
        let request = command.map(|command| Request { id: CommandId(self.asked), command: *command });
        let energized = self.relays;
        let (contactor_held, output_failed, fitted) = (true, false, Fitted::default());
        let inputs = Inputs {
            now,
            wall,
            request,
            dropped: None,
            settings: None,
            reading,
            energized,
            contactor_held,
            fitted,
            output_failed,
            armed: true,
            alone: None,
        };
        self.relays = self.controller.step(&inputs).relays;
    }

    /// One row: its command, its reading, ten slots.
    fn row(&mut self, row: &Row<'_>) -> Result<(), TraceError> {
        let mut now = START + Millis::new(row.get("start_ms")?);
        self.chip.set_raw19(row.get("raw19")?);
        self.chip.set_faults(row.get("sr")?);
        let command = self.command(&row.json("cmd_json")?);
        self.asked += 1;
        let mut reading = Some(self.thermocouple.read());
        self.on_slots = 0;
        self.off_grid &= matches!(self.controller.firing().state(), State::Running(_));
        let was_tuning = self.is_tuning();
        for slot in 0..SLOTS {
            let was_on = self.controller.window().is_on();
            self.step(now, command.as_ref().filter(|_| slot == 0), reading.take());
            let is_on = self.controller.window().is_on();
            self.on_slots += u32::from(is_on);
            now = now + limits::SLOT;
            if was_on != is_on && self.blocks > Millis::ZERO {
                now = now + self.blocks;
                self.off_grid = true;
            }
        }
        self.tuning_tick = was_tuning != self.is_tuning();
        if self.controller.verdicts().withhold_heat() {
            self.apart = Some(GUARDED);
        }
        Ok(())
    }

    fn is_tuning(&self) -> bool {
        matches!(self.controller.firing().state(), State::Tuning(_))
    }

    fn is_on(&self) -> bool {
        self.controller.window().is_on()
    }

    fn compare(&self, check: &mut Check<'_>) {
        let snapshot = self.controller.clone().snapshot(START);
        let timed = |check: &mut Check<'_>, column: &str, got: f64| {
            if self.off_grid { check.float_within(column, got, COARSE) } else { check.float(column, got) }
        };
        check.exact("state", number(snapshot.phase));
        check.float("temp_c", snapshot.reading.map_or(0.0, |reading| reading.temperature.get()));
        timed(check, "target_c", target(&snapshot));
        timed(check, "ssr_output", snapshot.duty.percent());
        let window = self.controller.window();
        timed(check, "duty", window.requested().percent());
        timed(check, "duty_locked", window.locked().percent());
        check.exact("on_subticks", self.on_slots);
        check.flag("relay_on_end", self.is_on());
        let gains = self.controller.regulator().gains();
        let gain = |of: fn(&PidGains) -> f64| gains.map_or(f64::NAN, |gains| of(&gains));
        check.float("kp", gain(PidGains::kp));
        check.float("ki", gain(PidGains::ki));
        check.float("kd", gain(PidGains::kd));
        timed(check, "pid_integral", self.controller.regulator().integral());
        timed(check, "elapsed_s", snapshot.run.map_or(0.0, |run| run.elapsed.seconds()));
        check.exact("step_index", snapshot.run.map_or(0, |run| run.step));
        check.exact("stall_fails", snapshot.run.map_or(0, |run| run.stall_fails));
        check.exact("scheduled", if snapshot.scheduled.is_some() { self.scheduled.as_str() } else { "" });
    }

    fn command(&mut self, json: &Value) -> Option<Command> {
        let number = |key: &str| json.get(key).and_then(Value::as_f64);
        let name = json.get("profile_filename").and_then(Value::as_str);
        let profile = name.and_then(|name| self.profiles.get(name).copied());
        match json.get("type").and_then(Value::as_u64)? {
            1 => profile.map(Command::Run).or_else(|| self.missing()),
            2 => Some(Command::Resume(profile?, state::point(json))),
            3 => Some(Command::Stop),
            4 => Some(Command::Shutdown),
            5 => {
                Some(Command::Tune(mode_named(json.get("mode")?.as_str()?)?, number("max_temp").and_then(Celsius::new)))
            }
            6 => {
                if self.is_tuning() {
                    self.apart = Some(STOPPED_TUNING);
                }
                Some(Command::StopTuning)
            }
            7 => Some(Command::Ping),
            8 => {
                let at = json.get("start_time").and_then(Value::as_u64)? * 1000;
                let command = profile.map(|profile| Command::Schedule(profile, WallClock::from_unix_millis(at)));
                if self.controller.scheduled() > 0 {
                    // Refused whatever it names.
                    return command;
                }
                name.unwrap_or_default().clone_into(&mut self.scheduled);
                command.or_else(|| self.missing())
            }
            9 => Some(Command::CancelSchedule),
            10 => {
                if self.apart == Some(MISSING) || self.apart == Some(STOPPED_TUNING) {
                    self.apart = None;
                }
                Some(Command::ClearError)
            }
            _ => None,
        }
    }

    fn missing(&mut self) -> Option<Command> {
        self.apart = Some(MISSING);
        None
    }
}

fn number(phase: Phase) -> u8 {
    match phase {
        Phase::Idle => 0,
        Phase::Running => 1,
        Phase::Tuning => 2,
        Phase::Complete => 3,
        Phase::Error => 4,
    }
}

/// The target the reference controller shows: of a tuning step the temperature to reach or the fall to see.
fn target(snapshot: &Snapshot) -> f64 {
    let goal = snapshot.tuning.and_then(|tuning| tuning.goal).map(|goal| match goal {
        Goal::Reach(target) => target.get(),
        Goal::Drop(drop) => drop.get(),
    });
    goal.or(snapshot.target.map(Celsius::get)).unwrap_or(0.0)
}

fn profiles(scenario: &Scenario) -> Result<BTreeMap<String, Profile>, TraceError> {
    let named = scenario.param("profiles")?.as_object();
    let named = named.ok_or_else(|| TraceError::new(&"profiles", "not an object"))?;
    let ours = named.iter().map(|(name, json)| profiles::profile(json).map(|profile| (name.clone(), profile)));
    ours.collect::<Result<_, _>>().map_err(|error| TraceError::new(&"profiles", &format!("{error:?}")))
}

/// The reference controller's settings as ours.
fn settings(config: &Value) -> Result<Settings, TraceError> {
    let number = |key: &'static str| {
        config.get(key).and_then(Value::as_f64).ok_or_else(|| TraceError::new(&key, "not a number"))
    };
    let gains = PidGains::new(number("PID_KP_BASE")?, number("PID_KI_BASE")?, number("PID_KD_BASE")?);
    let ambient = Celsius::new(number("THERMAL_T_AMBIENT")?).unwrap_or(Celsius::ZERO);
    let schedule = GainSchedule::new(number("THERMAL_H")?, ambient);
    let (Some(gains), Some(schedule)) = (gains, schedule) else { return Err(TraceError::new(&"gains", "not ours")) };
    let pid = PidSettings { restore_between_runs: false, ..PidSettings::new(gains, schedule) };
    let relays = config.get("SSR_PIN").and_then(Value::as_array).map_or(1, Vec::len);
    let time = |key| number(key).map(|seconds| Millis::from_seconds_f64(seconds).unwrap_or(Millis::ZERO));
    let window = WindowSettings::new(time("SSR_CYCLE_TIME")?, relays, time("SSR_STAGGER_DELAY")?);
    let offset = Kelvin::new(number("THERMOCOUPLE_OFFSET")?).unwrap_or(Kelvin::ZERO);
    let median = config.get("TEMP_MEDIAN_WINDOW").and_then(Value::as_u64).and_then(|size| usize::try_from(size).ok());
    let mut conditioner = FilterSettings::new(offset, median.unwrap_or(3))
        .map_err(|error| TraceError::new(&"filter", &format!("{error:?}")))?;
    conditioner.check_calibrated = false;
    Ok(Settings {
        rules: state::rules(config)?,
        conditioner,
        regulator: RegulatorSettings::Pid(pid),
        window: window.map_err(|error| TraceError::new(&"window", &format!("{error:?}")))?,
        schedule: schedule::Rules::REFERENCE,
    })
}
