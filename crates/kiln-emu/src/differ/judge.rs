//! Whether two runs of the same cases ended in the same state.

use std::collections::BTreeMap;

use super::case::{Case, RECORD_WORDS};

/// What was compared, and what differed.
#[derive(Debug, Default)]
pub struct Tally {
    /// Cases that were compared.
    pub cases: usize,
    /// Cases that differed.
    pub differing: usize,
    /// Cases that ended in a fault, on both.
    pub faults: usize,
    /// How many differed of each form.
    pub forms: BTreeMap<String, usize>,
    /// What differed, in words; the first few of each form.
    pub told: Vec<String>,
}

/// How many differences of one form are told.
const TOLD: usize = 3;

/// The name of a word of a record.
fn name(at: usize) -> String {
    match at {
        0..=12 => format!("r{at}"),
        13 => "lr".to_owned(),
        14 => "apsr".to_owned(),
        15 => "fpscr".to_owned(),
        16..=47 => format!("s{}", at - 16),
        48..=63 => format!("memory[{}]", at - 48),
        64 => "cfsr".to_owned(),
        65 => "masks".to_owned(),
        66 => "sp".to_owned(),
        _ => format!("word {at}"),
    }
}

fn word(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(*bytes.get(at * 4..)?.first_chunk()?))
}

/// Compares the records of two runs.
pub fn judge(cases: &[Case], ours: &[u8], theirs: &[u8]) -> Tally {
    let mut tally = Tally { cases: cases.len(), ..Tally::default() };
    for (number, case) in cases.iter().enumerate() {
        let first = number * RECORD_WORDS;
        let words =
            |bytes: &[u8]| -> Vec<Option<u32>> { (first..first + RECORD_WORDS).map(|at| word(bytes, at)).collect() };
        let (mine, other) = (words(ours), words(theirs));
        tally.faults += usize::from(mine.get(64) != Some(&Some(0)));
        if mine == other && mine.iter().all(Option::is_some) {
            continue;
        }
        tally.differing += 1;
        let count = tally.forms.entry(case.op.form()).or_default();
        *count += 1;
        if *count > TOLD {
            continue;
        }
        let mut text = format!("{:?} ({:04x?}):", case.op, case.halves);
        for (at, (mine, other)) in mine.iter().zip(&other).enumerate().filter(|(_, (mine, other))| mine != other) {
            let before = case.words(number).get(at).copied().unwrap_or_default();
            let show = |word: &Option<u32>| word.map_or_else(|| "nothing".to_owned(), |word| format!("{word:08x}"));
            text += &format!(" {}: {before:08x} -> ours {}, QEMU's {};", name(at), show(mine), show(other));
        }
        tally.told.push(text);
    }
    tally
}
