//! A profile document.

use kiln_wire::profile::{self, BYTES_MOST, Parsed};

use crate::Verdict;
use crate::place::refused;

pub(crate) fn check(bytes: &[u8]) -> Verdict {
    match profile::parse(bytes) {
        Ok(Parsed { profile, description }) => {
            let mut room = vec![0; usize::from(BYTES_MOST)];
            let written = profile::write(&profile, description, &mut room).expect("there is room for every profile");
            let again = profile::parse(written).expect("what was written is a profile");
            assert_eq!(again.profile, profile, "the profile that comes back");
            let texts = [description, again.description].map(|text| text.map(|text| text.chars().collect::<String>()));
            assert!(
                texts.windows(2).all(|pair| pair.first() == pair.last()),
                "the description that comes back: {texts:?}"
            );
            Verdict::Taken
        }
        Err(refusal) => refused(bytes, &refusal),
    }
}
