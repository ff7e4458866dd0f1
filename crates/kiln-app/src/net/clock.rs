//! What time it is, for people: labels of rows, names of files, the start of a schedule.
//!
//! Never an input of control: control counts its own milliseconds. A time answer is believed by its sense, not by its
//! sender: NTP is not signed, and a wrong label must at least be a plausible one.

use kiln_core::units::{Instant, Millis, WallClock};

/// No earlier time is believed: 2023-11-14, before this controller was made.
pub const EARLIEST: WallClock = WallClock::from_unix_millis(1_700_000_000_000);
/// No later time is believed: 2100-01-01.
pub const LATEST: WallClock = WallClock::from_unix_millis(4_102_444_800_000);
/// An answer that took longer to come says too little.
pub const LONGEST_TRIP: Millis = Millis::from_seconds(10);
/// A difference of more is a jump: it is told, and believed only from two answers in a row that agree.
pub const JUMP: Millis = Millis::from_minutes(10);
/// Two answers agree within this.
pub const AGREE: Millis = Millis::from_seconds(5);
/// How often a known time is asked for again.
pub const AGAIN: Millis = Millis::from_hours(1);
/// How long to wait after no answer; doubles up to [`AGAIN`].
pub const RETRY: Millis = Millis::from_seconds(60);

/// Who says what time it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// A time server (RFC 5905).
    Ntp,
    /// The browser or app of a paired user: taken only where no time server has answered.
    App,
}

/// What became of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The time was not known; it is known from here on.
    Set,
    /// The clock was put right by less than a jump.
    Adjusted,
    /// The clock jumped: labels before and after do not follow one another. To be noted in the log.
    Jumped,
    /// A jump that a second answer must confirm.
    Waiting,
    /// Not believed: outside all sense, or too slow.
    Refused,
    /// Not needed: a time server has answered.
    NotNeeded,
}

/// A time at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Fix {
    wall: WallClock,
    at: Instant,
}

impl Fix {
    fn at(self, now: Instant) -> WallClock {
        self.wall + now.since(self.at)
    }
}

/// The clock on the wall.
#[derive(Clone, Debug)]
pub struct Clock {
    fix: Option<(Fix, Source)>,
    doubt: Option<Fix>,
    ask_at: Instant,
    retry: Millis,
}

impl Clock {
    /// The time is not known, and asked for as soon as there is a link.
    pub const fn new(now: Instant) -> Self {
        Self { fix: None, doubt: None, ask_at: now, retry: RETRY }
    }

    /// What time it is; `None` while nobody has said it.
    pub fn wall(&self, now: Instant) -> Option<WallClock> {
        self.fix.map(|(fix, _)| fix.at(now))
    }

    /// Whether a time server has said it.
    pub fn is_synced(&self) -> bool {
        matches!(self.fix, Some((_, Source::Ntp)))
    }

    /// Whether a time server is to be asked at this moment; says so once for each attempt. `link` is the driver's word.
    pub fn ask(&mut self, link: bool, now: Instant) -> bool {
        let due = link && now >= self.ask_at;
        if due {
            self.ask_at = now + self.retry;
            self.retry = (self.retry + self.retry).min(AGAIN);
        }
        due
    }

    /// Takes an answer; `trip` is how long it took to come.
    pub fn answer(&mut self, source: Source, wall: WallClock, trip: Millis, now: Instant) -> Verdict {
        if wall < EARLIEST || wall > LATEST || trip > LONGEST_TRIP {
            return Verdict::Refused;
        }
        if source == Source::App && self.is_synced() {
            return Verdict::NotNeeded;
        }
        let fix = Fix { wall, at: now };
        let verdict = match self.fix {
            None => Verdict::Set,
            Some((known, _)) if apart(known.at(now), wall) <= JUMP => Verdict::Adjusted,
            // Whoever is paired may say what time it is; so may the first time server, over an app.
            Some((_, Source::App)) => Verdict::Jumped,
            Some((_, Source::Ntp)) => match self.doubt {
                Some(doubt) if apart(doubt.at(now), wall) <= AGREE => Verdict::Jumped,
                Some(_) | None => Verdict::Waiting,
            },
        };
        if verdict == Verdict::Waiting {
            self.doubt = Some(fix);
            return verdict;
        }
        (self.fix, self.doubt) = (Some((fix, source)), None);
        if source == Source::Ntp {
            (self.ask_at, self.retry) = (now + AGAIN, RETRY);
        }
        verdict
    }
}

/// How far two times are apart.
fn apart(one: WallClock, other: WallClock) -> Millis {
    Millis::new(one.unix_millis().abs_diff(other.unix_millis()))
}
