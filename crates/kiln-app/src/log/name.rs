//! What a log is called: `{run}_{YYYY-MM-DD_HH-MM-SS}.csv`, the start in UTC.
//!
//! Only letters, digits, `.`, `_` and `-` of ASCII: such a name works in a file system, a URL and a download alike.

use core::fmt::{self, Write};

use kiln_core::units::WallClock;
use kiln_wire::log::IsoTime;

/// The run a tuning log is named after.
pub const TUNING: &str = "tuning";

/// The name of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileName(heapless::String<{ FileName::LONGEST }>);

impl FileName {
    /// The longest name, in bytes.
    pub const LONGEST: usize = 96;
    /// The bytes after the name of the run: `_2025-11-02_13-28-09.csv`, and five more until the year 1000000.
    const REST: usize = 29;

    /// Takes a name; `None` if it is empty, too long, hidden or holds any other character.
    pub fn new(name: &str) -> Option<Self> {
        let plain = !name.is_empty() && !name.starts_with('.') && !name.contains("..") && name.chars().all(is_plain);
        if plain { heapless::String::try_from(name).ok().map(Self) } else { None }
    }

    /// The log of a run that began at `start`. What a file name cannot hold becomes `_`; a long name is cut.
    pub fn of_log(run: &str, start: WallClock) -> Self {
        let mut name = heapless::String::new();
        for c in run.chars().take(Self::LONGEST - Self::REST) {
            add(&mut name, if is_plain(c) && c != '.' { c } else { '_' });
        }
        let mut rest = Dashed(name);
        // The dashed writer has room for every time there is; were there none, the name would only be shorter.
        if write!(rest, "_{}.csv", IsoTime(start)).is_err() {
            return Self(rest.0);
        }
        Self(rest.0)
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
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
            let made = FileName::of_log(run, START);
            assert_eq!(made.run().map(str::len), Some(name.len() - 24));
            assert_eq!(made.as_str(), name);
            assert_eq!(FileName::new(name), Some(made));
        }
        let cut = FileName::of_log(&long, WallClock::from_unix_millis(u64::MAX));
        assert_eq!(cut.as_str().rsplit_once('.').map(|(_, extension)| extension), Some("csv"));
    }

    #[test]
    fn what_is_no_name_is_refused() {
        for bad in ["", ".hidden", "a..b", "a/b", "a b", "é", "a\n", &"x".repeat(97)] {
            assert_eq!(FileName::new(bad), None, "{bad:?}");
        }
    }
}
