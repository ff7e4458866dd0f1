//! A profile of another controller: found out, asked for its units, read, and kept as one of ours.

use kiln_core::profile::Name;
use kiln_wire::import::{self, Format, Units};
use kiln_wire::profile;

use crate::Verdict;
use crate::place::{refused, refused_line};

pub(crate) fn check(bytes: &[u8]) -> Verdict {
    let format = match import::detect(bytes) {
        Ok(format) => format,
        Err(refusal) => return refused_line(bytes, &refusal),
    };
    let refused = if matches!(format, Format::PidKiln | Format::Csv) { refused_line } else { refused };
    assert_eq!(Format::named(format.word()), Some(format));
    let stated = match import::stated_units(format, bytes) {
        Ok(stated) => stated,
        Err(refusal) => return refused(bytes, &refusal),
    };
    let name = Name::new("Imported").expect("a name");
    let mut verdict = Verdict::Refused;
    for units in [Units::Celsius, Units::Fahrenheit] {
        match import::read(format, units, name, bytes) {
            Ok(imported) => {
                assert!(stated.is_none_or(|stated| stated == units), "the file states other units");
                let mut room = vec![0; usize::from(profile::BYTES_MOST)];
                // A description may be longer than ours; then it is cut before it is kept.
                let written = profile::write(&imported.profile, None, &mut room).expect("there is room");
                let again = profile::parse(written).expect("what was imported is a profile");
                assert_eq!(again.profile, imported.profile, "the profile that comes back");
                verdict = Verdict::Taken;
            }
            Err(refusal) => drop(refused(bytes, &refusal)),
        }
    }
    verdict
}
