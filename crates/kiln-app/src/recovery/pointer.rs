//! Which firing is going on, remembered across a power cut.
//!
//! A small file of three lines: the firing's log, its profile by the very name it was started with, and how often it
//! has been resumed without a row of its own in between. It is written when a firing begins and removed when it ends.

use core::fmt;

use crate::log::FileName;

/// The firing that is going on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pointer {
    /// Its log.
    pub log: FileName,
    /// Its profile, without `.json`.
    pub profile: FileName,
    /// Resumes in a row that ended before a row was written.
    pub fruitless: u8,
}

/// Why a pointer file says nothing: the line that is wrong, counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BadPointer {
    /// The line.
    pub line: u8,
}

impl Pointer {
    /// After so many fruitless resumes somebody is asked.
    pub const FRUITLESS_MOST: u8 = 3;

    /// Reads the file.
    ///
    /// # Errors
    /// The line that is wrong.
    pub fn parse(text: &str) -> Result<Self, BadPointer> {
        let mut lines = text.lines();
        let mut line = |number| lines.next().ok_or(BadPointer { line: number });
        let log = FileName::new(line(1)?).ok_or(BadPointer { line: 1 })?;
        let profile = FileName::new(line(2)?).ok_or(BadPointer { line: 2 })?;
        let fruitless = line(3)?.parse().map_err(|_| BadPointer { line: 3 })?;
        if lines.next().is_some() { Err(BadPointer { line: 4 }) } else { Ok(Self { log, profile, fruitless }) }
    }

    /// The pointer to write before the firing is resumed; `None` when it has been tried often enough. `progress` says
    /// that the log ends with a row of the firing, not with the note that it was resumed.
    pub fn resumed(&self, progress: bool) -> Option<Self> {
        let tried = if progress { 0 } else { self.fruitless };
        (tried < Self::FRUITLESS_MOST).then(|| Self { fruitless: tried + 1, ..self.clone() })
    }
}

/// The content of the file.
impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}\n{}\n{}", self.log.as_str(), self.profile.as_str(), self.fruitless)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::string::ToString;

    fn pointer(profile: &str) -> Pointer {
        let name = |text| FileName::new(text).unwrap();
        Pointer { log: name("UPPER_2025-11-02_13-28-09.csv"), profile: name(profile), fruitless: 0 }
    }

    #[test]
    fn incident_upper_case_profiles_are_never_resumed() {
        for profile in ["UPPER", "Biscuit_Faience", "cone6"] {
            let read = Pointer::parse(&pointer(profile).to_string()).unwrap();
            assert_eq!(read.profile.as_str(), profile, "the profile is found under the name it was started with");
        }
    }

    #[test]
    fn a_firing_that_never_gets_going_is_not_resumed_for_ever() {
        let mut pointer = pointer("cone6");
        for count in 1..=Pointer::FRUITLESS_MOST {
            pointer = pointer.resumed(false).unwrap();
            assert_eq!(pointer.fruitless, count);
        }
        assert_eq!(pointer.resumed(false), None);
        assert_eq!(pointer.resumed(true).map(|pointer| pointer.fruitless), Some(1));
    }

    #[test]
    fn a_bad_line_is_named() {
        let good = "a_2025-11-02_13-28-09.csv\na\n0\n";
        assert!(Pointer::parse(good).is_ok());
        let cases =
            [("", 1), ("../x\na\n0", 1), ("a.csv", 2), ("a.csv\n\n0", 2), ("a.csv\na\n-1", 3), ("a.csv\na\n", 3)];
        for (text, line) in cases {
            assert_eq!(Pointer::parse(text), Err(BadPointer { line }), "{text:?}");
        }
        assert_eq!(Pointer::parse(&(good.to_string() + "more")), Err(BadPointer { line: 4 }));
    }
}
