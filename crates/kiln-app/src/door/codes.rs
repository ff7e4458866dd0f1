//! The six digits on the display or the console: proof that somebody stands at the kiln.
//!
//! One code at a time, for one purpose, good once, for two minutes and five tries. With five tries of a million a guess
//! succeeds once in 200,000 codes, and wrong codes make everybody wait longer and longer. A try while no code is shown
//! counts for nothing, so nobody can lock the owner out from afar.

use core::fmt;

use kiln_core::units::{Instant, Millis};

use super::limits::{CODE_LASTS, CODE_PAUSE, CODE_PAUSE_LONGEST, CODE_TRIES};
use super::refusal::Refusal;

/// A code of six digits.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Code([u8; Self::DIGITS]);

impl Code {
    /// Its digits.
    pub const DIGITS: usize = 6;

    /// A code of 64 random bits, each code as likely as any other to one part in 10^13.
    pub fn new(random: u64) -> Self {
        let mut rest = random;
        let mut digits = [b'0'; Self::DIGITS];
        for digit in &mut digits {
            *digit = b'0'.saturating_add(u8::try_from(rest % 10).unwrap_or(0));
            rest /= 10;
        }
        Self(digits)
    }

    /// Whether `text` is this code; looks at every digit whatever it finds.
    fn is(self, text: &str) -> bool {
        let differing = self.0.iter().zip(text.as_bytes()).fold(0, |bits, (ours, theirs)| bits | (ours ^ theirs));
        text.len() == Self::DIGITS && core::hint::black_box(differing) == 0
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|digit| write!(f, "{}", char::from(*digit)))
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Code(..)")
    }
}

/// What a code is shown for. One shown for the first does not serve for the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// To pair an app.
    Pairing,
    /// To do once what only somebody at the kiln may do.
    Local,
}

/// The code that is shown.
#[derive(Clone, Copy, Debug)]
struct Shown {
    code: Code,
    purpose: Purpose,
    until: Instant,
    tries_left: u8,
}

/// The code that is shown, and the pause after too many wrong ones.
#[derive(Clone, Debug, Default)]
pub struct Codes {
    shown: Option<Shown>,
    paused_until: Option<Instant>,
    /// The pause after the next void code.
    next_pause: Option<Millis>,
}

impl Codes {
    /// No code is shown.
    pub const fn new() -> Self {
        Self { shown: None, paused_until: None, next_pause: None }
    }

    /// Makes a code to show, in place of any other.
    ///
    /// # Errors
    /// During the pause after too many wrong codes.
    pub fn show(&mut self, purpose: Purpose, now: Instant, random: u64) -> Result<Code, Refusal> {
        self.pause(now)?;
        let code = Code::new(random);
        self.shown = Some(Shown { code, purpose, until: now + CODE_LASTS, tries_left: CODE_TRIES });
        Ok(code)
    }

    /// Takes the code off the display.
    pub fn hide(&mut self) {
        self.shown = None;
    }

    /// What is on the display: the code, what for, and until when.
    pub fn shown(&self, now: Instant) -> Option<(Code, Purpose, Instant)> {
        self.shown.filter(|shown| now < shown.until).map(|shown| (shown.code, shown.purpose, shown.until))
    }

    /// Uses the code up, or one of its tries.
    ///
    /// # Errors
    /// A wrong code, none shown for this purpose, or the pause after too many wrong ones.
    pub fn take(&mut self, purpose: Purpose, text: &str, now: Instant) -> Result<(), Refusal> {
        self.pause(now)?;
        let Some(shown) = self.shown.filter(|shown| now < shown.until && shown.purpose == purpose) else {
            return Err(Refusal::CodeNotShown);
        };
        if shown.code.is(text) {
            *self = Self::new();
            return Ok(());
        }
        let tries_left = shown.tries_left.saturating_sub(1);
        if tries_left > 0 {
            self.shown = Some(Shown { tries_left, ..shown });
            return Err(Refusal::CodeWrong { tries_left });
        }
        let wait = self.next_pause.unwrap_or(CODE_PAUSE);
        *self = Self {
            shown: None,
            paused_until: Some(now + wait),
            next_pause: Some((wait + wait).min(CODE_PAUSE_LONGEST)),
        };
        Err(Refusal::CodePaused { wait })
    }

    /// Refuses during the pause.
    fn pause(&self, now: Instant) -> Result<(), Refusal> {
        match self.paused_until.filter(|until| now < *until) {
            Some(until) => Err(Refusal::CodePaused { wait: until.since(now) }),
            None => Ok(()),
        }
    }
}
