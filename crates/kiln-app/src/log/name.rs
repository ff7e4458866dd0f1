//! What a log is called: its run, and when that began.
//!
//! `{run}_{YYYY-MM-DD_HH-MM-SS}.csv`, in UTC, or `{run}_boot-{B}_run-{N}.csv` while the time of day is not known.
//! Only letters, digits, `.`, `_` and `-` of ASCII: such a name works in a file system, a URL and a download alike.

use core::fmt::{self, Write};

use kiln_core::units::WallClock;
use kiln_wire::log::IsoTime;

/// The run a tuning log is named after.
pub const TUNING: &str = "tuning";

/// A run without a clock: which start of the controller, and which run since then, both counted from 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Begun {
    /// Starts of the controller.
    pub boot: u32,
    /// Runs since that start.
    pub number: u32,
}

/// The name of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileName(heapless::String<{ FileName::LONGEST }>);

impl FileName {
    /// The longest name, in bytes.
    pub const LONGEST: usize = 96;
    /// The bytes after the name of the run: `_boot-4294967295_run-4294967295.csv`, which is longer than any time.
    const REST: usize = 35;

    /// Takes a name; `None` if it is empty, too long, hidden or holds any other character.
    pub fn new(name: &str) -> Option<Self> {
        let plain = !name.is_empty() && !name.starts_with('.') && !name.contains("..") && name.chars().all(is_plain);
        if plain { heapless::String::try_from(name).ok().map(Self) } else { None }
    }

    /// The log of a run that began at `start`, or as the run of this number. What a file name cannot hold becomes `_`;
    /// a long name is cut.
    pub fn of_log(run: &str, start: Option<WallClock>, begun: Begun) -> Self {
        let mut name = heapless::String::new();
        for c in run.chars().take(Self::LONGEST - Self::REST) {
            add(&mut name, if is_plain(c) && c != '.' { c } else { '_' });
        }
        let mut rest = Dashed(name);
        let written = match start {
            Some(start) => write!(rest, "_{}.csv", IsoTime(start)),
            None => write!(rest, "_boot-{}_run-{}.csv", begun.boot, begun.number),
        };
        // The dashed writer has room for every time and number there is; were there none, the name would be shorter.
        debug_assert!(written.is_ok(), "no room for what is after the name");
        Self(rest.0)
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name without `.csv`.
    pub fn stem(&self) -> &str {
        self.0.strip_suffix(".csv").unwrap_or(&self.0)
    }

    /// The run a log is named after; `None` for a name that is not a log's.
    pub fn run(&self) -> Option<&str> {
        run_of(&self.0)
    }
}

/// The run a log of this name is named after: everything before the date and the time. Letter case is kept.
pub fn run_of(name: &str) -> Option<&str> {
    let (before, _time) = name.rsplit_once('_')?;
    let (run, _date) = before.rsplit_once('_')?;
    Some(run)
}

fn is_plain(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-')
}

/// Adds a character; the callers leave room for what they add.
fn add<const N: usize>(text: &mut heapless::String<N>, c: char) {
    if text.push(c).is_err() {
        debug_assert!(false, "no room for {c:?}");
    }
}

/// Writes a time as a file name can hold it.
struct Dashed<const N: usize>(heapless::String<N>);

impl<const N: usize> Write for Dashed<N> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for c in text.chars() {
            let c = match c {
                ' ' => '_',
                ':' => '-',
                plain => plain,
            };
            self.0.push(c).map_err(|_| fmt::Error)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: WallClock = WallClock::from_unix_millis(1_762_090_089_500);

    #[test]
    fn runs_become_names_and_names_runs() {
        let long = "x".repeat(200);
        let cases = [
            ("Cone 6 Glaze", "Cone_6_Glaze_2025-11-02_13-28-09.csv"),
            ("a/b c", "a_b_c_2025-11-02_13-28-09.csv"),
            ("../Émail", "____mail_2025-11-02_13-28-09.csv"),
            ("tuning", "tuning_2025-11-02_13-28-09.csv"),
            ("UPPER", "UPPER_2025-11-02_13-28-09.csv"),
        ];
        for (run, name) in cases {
            let made = FileName::of_log(run, Some(START), Begun::default());
            assert_eq!(made.run().map(str::len), Some(name.len() - 24));
            assert_eq!(made.as_str(), name);
            assert_eq!(FileName::new(name), Some(made));
        }
        let most = Begun { boot: u32::MAX, number: u32::MAX };
        for (start, end) in
            [(Some(WallClock::from_unix_millis(u64::MAX)), ".csv"), (None, "_boot-4294967295_run-4294967295.csv")]
        {
            let cut = FileName::of_log(&long, start, most);
            assert!(cut.as_str().ends_with(end), "{}", cut.as_str());
            assert_eq!(cut.run().map(|run| &long[..run.len()]), cut.run());
        }
    }

    #[test]
    fn what_is_no_name_is_refused() {
        for bad in ["", ".hidden", "a..b", "a/b", "a b", "é", "a\n", &"x".repeat(97)] {
            assert_eq!(FileName::new(bad), None, "{bad:?}");
        }
    }
}
