//! `kiln-sim pipe`: the shipping controller as an ordinary process, to be scored from outside.
//!
//! Lines of readings in, lines of duties out. Decides how the words of the pipe become settings, profile and readings;
//! what is answered is what the shipping controller does. Time is what the lines say it is.

use std::io::{self, BufRead, Write};

use kiln_control::{Controller, InForce, Inputs, Settings};
use kiln_core::command::{self, Command, CommandId, Request};
use kiln_core::firing::State;
use kiln_core::firing::rules::StartAt;
use kiln_core::guard::Fitted;
use kiln_core::limits;
use kiln_core::profile::Profile;
use kiln_core::sensor::{ChipFault, Problem, Sample};
use kiln_core::snapshot::Phase;
use kiln_core::units::{Celsius, Instant, Millis};
use kiln_core::window::{RelaySet, WindowSettings};
use kiln_sim::bench::Schedule;
use serde::Deserialize;

use crate::{Status, Trouble};

/// What `kiln-sim pipe --help` says.
pub(crate) const ABOUT: &str =
    "Answers a stream of readings with duties, so that a regulator can be scored from outside.

The first line of the standard input is a header:
  H {\"schedule\": {\"segments\": [{\"ramp\": 600, \"rate\": 108}, {\"hold\": 15}, {\"asap\": 480}]},
     \"T0\": 22.0, \"ssr_cycle_s\": 5.0, \"ambient_c\": 22.0}                            (on one line)
A ramp goes to a temperature in °C at a rate in °C/h, a hold lasts minutes, asap goes to a temperature at full rate.
Then comes a line for every simulated second:
  t_s,temp_c,fault      fault 1: the thermocouple chip reports an open thermocouple, the temperature means nothing
Each is answered by a line, flushed:
  duty,sp,seg,state     duty 0..1 for the next relay window, set-point in °C, segment counted from 0,
                        state 0 running, 1 finished, 2 tripped, 3 alarm raised and still running
The schedule waits for a kiln that is behind; rates are never changed. What trips it is told on the standard error.
Bad input ends with exit status 2.";

/// Slots in a second.
const SLOTS: u64 = 10;
/// Where the controller's clock stands when the lines say 0 s.
const BEGINNING: Instant = Instant::from_millis(1_000_000);
/// The latest second a line may name: over a century, so that its milliseconds are exact.
const LATEST_S: f64 = 4e9;
const RUN: CommandId = CommandId(1);

/// The header. What it holds besides is for others.
#[derive(Debug, Deserialize)]
struct Header {
    schedule: Schedule,
    #[serde(rename = "T0")]
    start_c: f64,
    ssr_cycle_s: f64,
    ambient_c: f64,
}

/// A second of the kiln.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Second {
    now: Instant,
    reading: Result<Celsius, Problem>,
}

/// Answers the standard input until it ends.
pub(crate) fn command() -> Result<Status, Trouble> {
    let (input, output) = (io::stdin().lock(), io::stdout().lock());
    match answer(input, output) {
        Ok(()) => Ok(Status::Complete),
        Err(Broken::Input(why)) => Err(Trouble::Refused(format!("pipe: {why}"))),
        // Whoever asked has gone away.
        Err(Broken::Output) => Ok(Status::Ended),
    }
}

/// Why the pipe ended early.
#[derive(Debug)]
enum Broken {
    Input(String),
    Output,
}

fn answer(input: impl BufRead, mut output: impl Write) -> Result<(), Broken> {
    let mut lines = input.lines().enumerate().map(|(index, line)| match line {
        Ok(line) => Ok((index + 1, line)),
        Err(error) => Err(Broken::Input(format!("line {}: {error}", index + 1))),
    });
    let (_, header) = lines.next().unwrap_or_else(|| Err(Broken::Input("there is no header".to_owned())))?;
    let mut kiln = Fired::new(&header).map_err(|why| Broken::Input(format!("line 1: {why}")))?;
    let mut before = None;
    for line in lines {
        let (number, line) = line?;
        let refuse = |why: String| Broken::Input(format!("line {number}: {why}"));
        let second = second(&line).map_err(refuse)?;
        if before.is_some_and(|before: Instant| second.now <= before) {
            return Err(refuse("time does not go on".to_owned()));
        }
        before = Some(second.now);
        let answer = kiln.second(&second).map_err(refuse)?;
        writeln!(output, "{answer}").and_then(|()| output.flush()).map_err(|_| Broken::Output)?;
    }
    Ok(())
}

/// Reads `t_s,temp_c,fault`.
fn second(line: &str) -> Result<Second, String> {
    let shape = || format!("expected t_s,temp_c,fault, found {line:?}");
    let mut words = line.trim().split(',').map(str::trim);
    let [Some(at), Some(temperature), Some(fault), None] = [words.next(), words.next(), words.next(), words.next()]
    else {
        return Err(shape());
    };
    let at_s: f64 = at.parse().map_err(|_| shape())?;
    let at = Some(at_s).filter(|at_s| *at_s <= LATEST_S).and_then(Millis::from_seconds_f64);
    let at = at.ok_or_else(|| format!("{at_s} s is no time"))?;
    let reading = match fault {
        "1" => Err(ChipFault::from_bits(ChipFault::OPEN).map_or(Problem::Bus, Problem::Chip)),
        "0" => {
            let celsius: f64 = temperature.parse().map_err(|_| shape())?;
            Ok(Celsius::new(celsius).ok_or_else(|| format!("{celsius} °C is no temperature"))?)
        }
        _ => return Err(shape()),
    };
    Ok(Second { now: BEGINNING + at, reading })
}

/// The controller and what has been asked of it.
struct Fired {
    controller: Controller,
    profile: Profile,
    terminals: Option<Celsius>,
    asked: bool,
    setpoint: Celsius,
    relays: RelaySet,
    contactor: bool,
    tripped: bool,
}

impl Fired {
    fn new(line: &str) -> Result<Self, String> {
        let json = line.trim().strip_prefix("H ").ok_or("the header begins with \"H \"")?;
        let header: Header = serde_json::from_str(json).map_err(|error| error.to_string())?;
        let start = Celsius::new(header.start_c).ok_or("T0 is no temperature")?;
        let profile = header.schedule.profile(start)?;
        let cycle = Millis::from_seconds_f64(header.ssr_cycle_s).ok_or("ssr_cycle_s is no time")?;
        let window = WindowSettings::new(cycle, 1, Millis::ZERO)
            .map_err(|_| format!("ssr_cycle_s: {} is outside 1..=120", header.ssr_cycle_s))?;
        Ok(Self {
            controller: Controller::new(InForce::given(settings(window)), BEGINNING)
                .map_err(|error| format!("{error:?}"))?,
            profile,
            terminals: Celsius::new(header.ambient_c),
            asked: false,
            setpoint: start,
            relays: RelaySet::NONE,
            contactor: false,
            tripped: false,
        })
    }

    /// Ten slots, the reading in the first; the answer.
    fn second(&mut self, second: &Second) -> Result<String, String> {
        let sample = second.reading.map(|raw| Sample { raw, cold_junction: self.terminals, step: Sample::FINE });
        for slot in 0..SLOTS {
            let now = second.now + Millis::new(slot * limits::SLOT.get());
            // A start needs a reading, so it follows the first one in the same second.
            let request = (slot == 1 && !self.asked && sample.is_ok())
                .then_some(Request { id: RUN, command: Command::Run(self.profile) });
            self.asked |= request.is_some();
            let outputs = self.controller.step(&Inputs {
                now,
                wall: None,
                request,
                dropped: None,
                settings: None,
                reading: (slot == 0).then_some(sample),
                energized: self.relays,
                contactor_held: self.contactor,
                fitted: Fitted::default(),
                output_failed: false,
                armed: true,
                alone: None,
            });
            (self.relays, self.contactor) = (outputs.relays, outputs.contactor);
        }
        self.answer(second.now)
    }

    fn answer(&mut self, now: Instant) -> Result<String, String> {
        let told = self.controller.snapshot(now);
        self.setpoint = match (told.target, told.run) {
            (Some(target), _) => target,
            // In the second of the start nothing has been asked for yet: the schedule begins where the kiln is.
            (None, Some(run)) if told.phase == Phase::Running && run.elapsed == Millis::ZERO => run.step_from,
            (None, _) => self.setpoint,
        };
        if let Some(command::Outcome::Refused(refusal)) = told.outcomes.of(RUN) {
            return Err(format!("the controller refuses the schedule: {refusal:?}"));
        }
        let state = match self.controller.firing().state() {
            State::Complete(_) => 1,
            State::Error { fault, .. } => {
                if !core::mem::replace(&mut self.tripped, true) {
                    eprintln!("kiln-sim: tripped by {}: {fault:?}", fault.kind().code());
                }
                2
            }
            _ if told.verdicts.worst().is_some() => 3,
            State::Idle | State::Running(_) | State::Tuning(_) => 0,
        };
        let seg = told.run.map_or(0, |run| run.step);
        let duty = self.controller.window().requested().fraction();
        Ok(format!("{duty},{},{seg},{state}", self.setpoint.get()))
    }
}

/// What ships, but for what the pipe is about: the schedule begins with its first segment and its rates stay.
fn settings(window: WindowSettings) -> Settings {
    let mut settings = Settings { window, ..Settings::DELIVERED };
    settings.rules.adapt = None;
    settings.rules.start = StartAt::FirstStep;
    settings
}
