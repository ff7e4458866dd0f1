//! When a row is due, and into which file it goes.
//!
//! A log begins with the run, has a row at once, then one for every interval, and ends with one last row that shows
//! how the run ended. A firing that goes on after an outage goes on in its own log. Rows are paced by the monotonic
//! clock; the wall clock only labels them. Nothing here knows how files are kept.

use core::fmt;

use kiln_core::units::{CelsiusPerHour, Instant, Millis};
use kiln_wire::log::{HEADER, Place, Row, State};

use super::name::{Begun, FileName, TUNING};

/// How often a row is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// In a firing.
    pub firing: Millis,
    /// In a tuning run, whose analysis lives on detail.
    pub tuning: Millis,
}

impl Default for Settings {
    fn default() -> Self {
        Self { firing: Millis::from_seconds(30), tuning: Millis::from_seconds(2) }
    }
}

/// What is going on that deserves a log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject<'a> {
    /// A firing, with the name its log goes by.
    Firing(&'a str),
    /// A tuning run.
    Tuning,
}

/// A line of a log.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Line<'a> {
    /// The first line.
    Header,
    /// A row.
    Row(Row<'a>),
}

/// The bytes to append, line end included.
impl fmt::Display for Line<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Header => writeln!(f, "{HEADER}"),
            Self::Row(row) => writeln!(f, "{row}"),
        }
    }
}

/// What is to be done with files.
#[derive(Clone, Debug, PartialEq)]
pub enum Action<'a> {
    /// Begin a new file.
    Create(FileName),
    /// Go on at the end of a file that exists.
    Reopen(FileName),
    /// Append a line to the open file.
    Append(Line<'a>),
    /// Close the open file.
    Close,
}

/// At most: close, open, header or event, row.
pub type Actions<'a> = heapless::Vec<Action<'a>, 6>;

/// Which log is open, and when its next row is due.
#[derive(Clone, Debug, Default)]
pub struct Recorder {
    open: Option<Open>,
    resumed: Option<Resumed>,
    /// The newest run that began here.
    begun: Begun,
}

#[derive(Clone, Debug)]
struct Open {
    name: FileName,
    tuning: bool,
    last: Instant,
}

#[derive(Clone, Debug)]
struct Resumed {
    log: FileName,
    elapsed: Millis,
}

impl Recorder {
    /// A recorder for this start of the controller, with no run yet.
    pub fn of_boot(boot: u32) -> Self {
        Self { begun: Begun { boot, number: 0 }, ..Self::default() }
    }

    /// A recorder with no log open that goes on counting where `before` was.
    pub fn after(before: &Self) -> Self {
        Self { begun: before.begun, ..Self::default() }
    }

    /// The newest run.
    pub const fn newest(&self) -> Begun {
        self.begun
    }

    /// The next firing is one that goes on after an outage, in this log and from this clock.
    pub fn resumed(&mut self, log: FileName, elapsed: Millis) {
        self.resumed = Some(Resumed { log, elapsed });
    }

    /// The log that is open.
    pub fn open(&self) -> Option<&FileName> {
        self.open.as_ref().map(|open| &open.name)
    }

    /// Takes a status; what is to be done with files, in order. `subject` is `None` when nothing goes on; `given`
    /// is what a row would say now.
    pub fn see<'a>(
        &mut self,
        settings: &Settings,
        now: Instant,
        subject: Option<Subject<'_>>,
        given: &Row<'a>,
    ) -> Actions<'a> {
        let mut actions = Actions::new();
        let row = without_reheat_rate(*given);
        let tuning = subject == Some(Subject::Tuning);
        match (&mut self.open, subject) {
            (None, None) => {}
            (None, Some(subject)) => self.begin(now, subject, given, &mut actions),
            (Some(_), None) => {
                self.open = None;
                add(&mut actions, Action::Append(Line::Row(row)));
                add(&mut actions, Action::Close);
            }
            (Some(open), Some(subject)) if open.tuning != tuning => {
                add(&mut actions, Action::Close);
                self.begin(now, subject, given, &mut actions);
            }
            (Some(open), Some(_)) => {
                let interval = if tuning { settings.tuning } else { settings.firing };
                if now.since(open.last) >= interval {
                    open.last = now;
                    add(&mut actions, Action::Append(Line::Row(row)));
                }
            }
        }
        actions
    }

    fn begin<'a>(&mut self, now: Instant, subject: Subject<'_>, row: &Row<'a>, actions: &mut Actions<'a>) {
        let resumed = self.resumed.take();
        let (name, tuning) = match (subject, resumed) {
            (Subject::Firing(_), Some(Resumed { log, elapsed })) => {
                add(actions, Action::Reopen(log.clone()));
                let event = Row { elapsed, state: State::Recovery, place: Place::None, ..*row };
                add(actions, Action::Append(Line::Row(event)));
                (log, false)
            }
            (Subject::Firing(run), None) => (self.create(run, row, actions), false),
            (Subject::Tuning, _) => (self.create(TUNING, row, actions), true),
        };
        add(actions, Action::Append(Line::Row(without_reheat_rate(*row))));
        self.open = Some(Open { name, tuning, last: now });
    }

    fn create<'a>(&mut self, run: &str, row: &Row<'a>, actions: &mut Actions<'a>) -> FileName {
        self.begun.number = self.begun.number.saturating_add(1);
        let name = FileName::of_log(run, row.at, self.begun);
        add(actions, Action::Create(name.clone()));
        add(actions, Action::Append(Line::Header));
        name
    }
}

/// While a kiln is brought back to where an outage found it, its rate says nothing about the schedule.
fn without_reheat_rate(row: Row<'_>) -> Row<'_> {
    match row.place {
        Place::Recovering { .. } => Row { rate: CelsiusPerHour::ZERO, ..row },
        Place::None | Place::Step { .. } => row,
    }
}

/// Adds an action; [`Actions`] has room for the most one status can cause.
fn add<'a>(actions: &mut Actions<'a>, action: Action<'a>) {
    if actions.push(action).is_err() {
        debug_assert!(false, "more actions than a status can cause");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kiln_core::units::{Celsius, Duty, WallClock};
    use std::format;
    use std::string::String;

    fn row(state: State, place: Place<'_>) -> Row<'_> {
        Row {
            at: Some(WallClock::from_unix_millis(1_700_000_005_000)),
            elapsed: Millis::from_seconds(1234),
            temperature: Celsius::whole(300),
            target: Celsius::whole(305),
            duty: Duty::from_percent(33.0),
            state,
            place,
            rate: CelsiusPerHour::whole(12),
        }
    }

    /// What a status causes, in short: the kinds of actions and the state and rate of rows.
    fn told(actions: &Actions<'_>) -> String {
        let word = |action: &Action<'_>| match action {
            Action::Create(name) => format!("create {}", name.as_str()),
            Action::Reopen(name) => format!("reopen {}", name.as_str()),
            Action::Append(Line::Header) => "header".into(),
            Action::Append(Line::Row(row)) => format!("{} {}", row.state.word(), row.rate.get()),
            Action::Close => "close".into(),
        };
        actions.iter().map(word).collect::<std::vec::Vec<_>>().join(", ")
    }

    fn check(recorder: &mut Recorder, script: &[(u64, Option<Subject<'_>>, State, &str)]) {
        for (second, subject, state, expected) in script {
            let now = Instant::from_millis(second * 1000);
            let actions = recorder.see(&Settings::default(), now, *subject, &row(*state, Place::None));
            assert_eq!(told(&actions), *expected, "at {second} s");
        }
    }

    const FIRING: Option<Subject<'_>> = Some(Subject::Firing("bisque"));
    const TUNING_RUN: Option<Subject<'_>> = Some(Subject::Tuning);

    #[test]
    fn a_run_from_its_first_row_to_its_last() {
        check(
            &mut Recorder::default(),
            &[
                (0, None, State::Idle, ""),
                (5, FIRING, State::Running, "create bisque_2023-11-14_22-13-25.csv, header, RUNNING 12"),
                (34, FIRING, State::Running, ""),
                (35, FIRING, State::Running, "RUNNING 12"),
                (36, None, State::Complete, "COMPLETE 12, close"),
                (99, None, State::Idle, ""),
                (100, TUNING_RUN, State::Tuning, "create tuning_2023-11-14_22-13-25.csv, header, TUNING 12"),
                (101, TUNING_RUN, State::Tuning, ""),
                (102, TUNING_RUN, State::Tuning, "TUNING 12"),
                (103, FIRING, State::Running, "close, create bisque_2023-11-14_22-13-25.csv, header, RUNNING 12"),
            ],
        );
    }

    #[test]
    fn without_a_known_time_a_run_is_named_by_boot_and_number() {
        let mut recorder = Recorder::of_boot(12);
        let untimed = Row { at: None, ..row(State::Running, Place::None) };
        let see = |recorder: &mut Recorder, subject| {
            told(&recorder.see(&Settings::default(), Instant::from_millis(0), subject, &untimed))
        };
        assert_eq!(see(&mut recorder, FIRING), "create bisque_boot-12_run-1.csv, header, RUNNING 12");
        assert_eq!(see(&mut recorder, TUNING_RUN), "close, create tuning_boot-12_run-2.csv, header, RUNNING 12");
    }

    #[test]
    fn a_resumed_firing_goes_on_in_its_log() {
        let mut recorder = Recorder::default();
        recorder.resumed(FileName::new("a.csv").unwrap(), Millis::from_seconds(1230));
        let reheating = row(State::Running, Place::Recovering { count: None });
        let actions = recorder.see(&Settings::default(), Instant::from_millis(0), FIRING, &reheating);
        assert_eq!(told(&actions), "reopen a.csv, RECOVERY 12, RUNNING 0");
        check(
            &mut recorder,
            &[
                (31, None, State::Idle, "IDLE 12, close"),
                (32, FIRING, State::Running, "create bisque_2023-11-14_22-13-25.csv, header, RUNNING 12"),
            ],
        );
    }
}
