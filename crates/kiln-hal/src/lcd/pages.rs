//! What the display says: pages made of a few figures, each of two lines of sixteen characters.
//!
//! Pure: figures in, characters out. Refuses to know where the figures come from and how long a page stays.

use super::text::Lines;
use super::words::plain;
use core::fmt;
use kiln_core::fault::Kind;
use kiln_core::snapshot::Phase;
use kiln_core::units::{Celsius, Millis};

/// A page with its figures.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Page<'a> {
    /// The temperature, if there is one, and what the kiln is doing.
    Now(Option<Celsius>, Phase),
    /// The target, if there is one; the step, counted from 1, of how many; the time left, if it can be told.
    Plan(Option<Celsius>, usize, usize, Option<Millis>),
    /// Where the page is to be found, as a name or as four numbers.
    Address(&'a str),
    /// The passphrase of the kiln's own network, for setting it up.
    Passphrase(&'a str),
    /// The code that pairs a phone.
    Pairing(&'a str),
    /// A fault, and the temperature with it.
    Fault(Kind, Option<Celsius>),
}

/// Everything there may be to show.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Display<'a> {
    /// The temperature.
    pub at: Option<Celsius>,
    /// What the kiln is doing.
    pub phase: Phase,
    /// The target.
    pub target: Option<Celsius>,
    /// The step, counted from 1, and how many there are, while firing.
    pub step: Option<(usize, usize)>,
    /// The time left.
    pub left: Option<Millis>,
    /// Where the page is to be found.
    pub address: Option<&'a str>,
    /// The passphrase, while the kiln is being set up.
    pub passphrase: Option<&'a str>,
    /// The pairing code, while one is valid.
    pub pairing: Option<&'a str>,
    /// The worst fault.
    pub fault: Option<Kind>,
}

impl<'a> Display<'a> {
    /// The page to be shown at turn `turn`: all there are, one after the other. A pairing code goes before everything
    /// but a fault, for somebody stands there and waits for it; a fault has every other turn.
    pub fn page(&self, turn: usize) -> Page<'a> {
        let fault = self.fault.map(|kind| Page::Fault(kind, self.at));
        let pairing = self.pairing.map(Page::Pairing);
        if let Some(urgent) = fault.filter(|_| turn.is_multiple_of(2)).or(pairing) {
            return urgent;
        }
        let turn = if fault.is_some() { turn / 2 } else { turn };
        let plan = self.step.map(|(step, steps)| Page::Plan(self.target, step, steps, self.left));
        let now = Page::Now(self.at, self.phase);
        let pages = [Some(now), plan, self.passphrase.map(Page::Passphrase), self.address.map(Page::Address)];
        let count = pages.iter().flatten().count();
        let chosen = turn.checked_rem(count).and_then(|place| pages.into_iter().flatten().nth(place));
        chosen.unwrap_or(now)
    }
}

impl Page<'_> {
    /// The page in the display's characters.
    pub fn lines(&self) -> Lines {
        match *self {
            Self::Now(at, phase) => Lines::new(format_args!("{}", Degrees(at)), format_args!("{}", name(phase))),
            Self::Plan(target, step, steps, left) => {
                Lines::new(format_args!("to {}", Degrees(target)), format_args!("step {step}/{steps} {}", Left(left)))
            }
            Self::Address(address) => two("Open in browser:", address),
            Self::Passphrase(text) if text.chars().count() <= super::COLUMNS => two("Wi-Fi password:", text),
            // It needs both lines; the caller's other pages say what it is.
            Self::Passphrase(text) => split(text),
            Self::Pairing(code) => two("Pairing code:", code),
            Self::Fault(kind, at) => {
                Lines::new(format_args!("{} {}", kind.code(), plain(kind)), format_args!("{}", Degrees(at)))
            }
        }
    }
}

fn two(upper: &str, lower: &str) -> Lines {
    Lines::new(format_args!("{upper}"), format_args!("{lower}"))
}

/// A text over both lines.
fn split(text: &str) -> Lines {
    let at = text.char_indices().nth(super::COLUMNS).map_or(text.len(), |(at, _)| at);
    let (upper, lower) = text.split_at_checked(at).unwrap_or((text, ""));
    two(upper, lower)
}

const fn name(phase: Phase) -> &'static str {
    match phase {
        Phase::Idle => "Idle",
        Phase::Running => "Firing",
        Phase::Tuning => "Tuning",
        Phase::Complete => "Complete",
        Phase::Error => "Stopped: fault",
    }
}

/// A temperature in whole degrees, or that there is none.
struct Degrees(Option<Celsius>);

impl fmt::Display for Degrees {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            // A reading is never −0: nobody has seen such a kiln.
            Some(at) if at.get() > -0.5 && at.get() < 0.5 => f.write_str("0 °C"),
            Some(at) => write!(f, "{:.0} °C", at.get()),
            None => f.write_str("--- °C"),
        }
    }
}

/// Hours and minutes, rounded up; at most 999 hours.
struct Left(Option<Millis>);

impl fmt::Display for Left {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(left) = self.0 else {
            return f.write_str("--:--");
        };
        let minutes = left.get().div_ceil(60_000).min(999 * 60 + 59);
        write!(f, "{}:{:02}", minutes / 60, minutes % 60)
    }
}
