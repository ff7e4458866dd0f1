//! The shipping code against the traces kept in the repository.

use std::fs;
use std::path::Path;

use kiln_golden::Traces;
use kiln_golden::replay::{MODULES, Replay, pid, state};

#[test]
fn every_replay_agrees() {
    let traces = Traces::builtin();
    let mut wrong = Vec::new();
    for (name, replay) in MODULES {
        if let Replay::Runs(replay) = replay {
            let tally = replay(&traces);
            assert!(tally.rows_compared() > 0, "{name}: nothing compared");
            if !tally.agrees() {
                wrong.push((*name, tally.mismatches(), tally.rows_forgotten()));
            }
        }
    }
    assert!(wrong.is_empty(), "module, mismatches, rows forgotten: {wrong:?}");
}

#[test]
fn no_module_waits_for_its_replay() {
    let waiting: Vec<_> = MODULES.iter().filter(|(_, replay)| matches!(replay, Replay::NotYet)).collect();
    let names: Vec<_> = waiting.iter().map(|(name, _)| name).collect();
    assert!(names.is_empty(), "{names:?}");
}

#[test]
fn every_folder_of_traces_is_listed() {
    let mut listed: Vec<_> = MODULES.iter().map(|(name, _)| (*name).to_owned()).collect();
    listed.sort();
    assert_eq!(Traces::builtin().modules().unwrap(), listed);
}

/// A folder as it was recorded, uncompressed and with the texts of its errors, gives the same result.
#[test]
fn a_plain_folder_with_texts_replays_alike() {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("plain");
    for module in ["pid", "state"] {
        fs::create_dir_all(root.join(module)).unwrap();
        for (name, text) in Traces::builtin().files(module).unwrap() {
            let text = text.replace(",stall\n", ",\"Stall of 3.5°C/h, worse than 4.5°C/h\"\n");
            fs::write(root.join(module).join(name), text).unwrap();
        }
    }
    let (plain, kept) = (Traces::from_dir(&root).unwrap(), Traces::builtin());
    for replay in [pid::replay, state::replay] {
        let (plain, kept) = (replay(&plain), replay(&kept));
        assert!(plain.agrees() && plain.rows_compared() == kept.rows_compared());
    }
}
