//! What the flash keeps in shapes of its own: a run's record, the pointer to the run that goes on, tokens, file names.

use kiln_app::door::kept as tokens;
use kiln_app::log::FileName;
use kiln_app::recovery::{BadPointer, Pointer};
use kiln_app::store::RunRecord;

use crate::Verdict;

pub(crate) fn check(bytes: &[u8]) -> Verdict {
    let text = core::str::from_utf8(bytes).ok();
    let taken = [token_list(bytes), text.is_some_and(record), text.is_some_and(pointer), text.is_some_and(name)];
    if taken.contains(&true) { Verdict::Taken } else { Verdict::Refused }
}

fn token_list(bytes: &[u8]) -> bool {
    let Ok(read) = tokens::read(bytes) else { return false };
    assert_eq!(tokens::write(&read).as_slice(), bytes, "the tokens that come back");
    true
}

/// A record has places of its own, skips what it does not know and rounds its peak: what was written once stays as it is.
fn record(text: &str) -> bool {
    let Ok(read) = RunRecord::parse(text) else { return false };
    let written = read.to_bytes().expect("there is room for every record");
    let again = RunRecord::parse(&written).expect("what was written is a record");
    assert_eq!(again.to_bytes().as_deref(), Ok(written.as_str()), "the record that comes back");
    assert_eq!((again.order, &again.notes, again.ending), (read.order, &read.notes, read.ending));
    true
}

fn pointer(text: &str) -> bool {
    match Pointer::parse(text) {
        Ok(read) => {
            assert_eq!(Pointer::parse(&read.to_string()).as_ref(), Ok(&read), "the pointer that comes back");
            for progress in [false, true] {
                let resumed = read.resumed(progress);
                assert!(resumed.is_none_or(|next| (1..=Pointer::FRUITLESS_MOST).contains(&next.fruitless)));
            }
            true
        }
        Err(BadPointer { line }) => {
            // A line that is missing is the one after the last.
            assert!((1..=text.lines().count() + 1).contains(&usize::from(line)), "line {line} of {text:?}");
            false
        }
    }
}

fn name(text: &str) -> bool {
    let Some(name) = FileName::new(text) else { return false };
    assert_eq!(name.as_str(), text);
    assert!(text.starts_with(name.stem()) && name.run().is_none_or(|run| text.starts_with(run)));
    true
}
