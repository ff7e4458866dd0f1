//! The controller's own log in memory: whole lines, the newest few.
//!
//! A position counts every byte ever logged, so that a reader knows what it has missed.

use core::fmt::{self, Write as _};

/// How much a line matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Only of interest to who looks for a mistake in the software.
    Debug,
    /// What happens.
    Info,
    /// What should not happen and does no harm.
    Warn,
    /// What does harm.
    Error,
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Debug => "DEBUG",
            Self::Info => "INFO",
            Self::Warn => "WARN",
            Self::Error => "ERROR",
        })
    }
}

/// The newest lines.
#[derive(Debug, Default)]
pub struct Ring {
    text: heapless::String<{ Ring::ROOM }>,
    /// The position of the first byte that is still here.
    from: u64,
}

impl Ring {
    /// Bytes of lines that are kept.
    pub const ROOM: usize = 8192;
    /// The longest line, in bytes; a longer one is cut.
    pub const LINE_LONGEST: usize = 160;

    /// Adds a line; the oldest lines make room.
    pub(super) fn add(&mut self, stamp: &dyn fmt::Display, level: Level, what: &dyn fmt::Display) {
        let mut line = Cut(heapless::String::<{ Self::LINE_LONGEST }>::new());
        // Only a cut line fails, and what fitted is in it.
        write!(line, "{stamp} {level} {what}").ok();
        while self.text.len() + line.0.len() + 1 > Self::ROOM {
            self.forget_a_line();
        }
        // There is room: it has just been made.
        self.text.push_str(&line.0).and_then(|()| self.text.push('\n')).ok();
    }

    fn forget_a_line(&mut self) {
        let length = self.text.find('\n').map_or(self.text.len(), |at| at + 1);
        self.from = self.from.saturating_add(u64::try_from(length).unwrap_or(u64::MAX));
        self.text.drain(..length);
    }

    /// The position behind the newest line.
    pub fn end(&self) -> u64 {
        self.from.saturating_add(u64::try_from(self.text.len()).unwrap_or(u64::MAX))
    }

    /// The lines from a position on, and the position they begin at: later than asked for where lines are gone.
    pub fn since(&self, position: u64) -> (u64, &str) {
        let skip = usize::try_from(position.saturating_sub(self.from)).unwrap_or(usize::MAX).min(self.text.len());
        match self.text.get(skip..) {
            Some(text) => (position.clamp(self.from, self.end()), text),
            None => (self.from, &self.text),
        }
    }
}

/// Text that ends where its room ends; a character that would end the line is a space.
struct Cut<const N: usize>(heapless::String<N>);

impl<const N: usize> fmt::Write for Cut<N> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        text.chars().try_for_each(|c| self.0.push(if c.is_control() { ' ' } else { c }).map_err(|_| fmt::Error))
    }
}
