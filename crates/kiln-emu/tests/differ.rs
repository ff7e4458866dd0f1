//! Our core and QEMU's end in the same state, case by case. `cargo xtask campaign emu-diff` is the same in full.

use kiln_emu::cpu::insn::{Dp, Op};
use kiln_emu::differ::{Harness, draw, judge, ours, qemus};

struct Folder(std::path::PathBuf);

impl Folder {
    fn new(name: &str) -> std::io::Result<Self> {
        let folder = std::env::temp_dir().join(format!("kiln-emu-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&folder)?;
        Ok(Self(folder))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.0));
    }
}

#[test]
fn our_core_ends_where_qemus_does() {
    let folder = Folder::new("differ").unwrap();
    let harness = Harness::assemble(&folder.0).unwrap();
    let drawn = draw(1, 12_000, 60, &[], harness.after);
    assert!(drawn.forms.len() > 350, "{} forms", drawn.forms.len());
    let mine = ours(&harness, &drawn.cases).unwrap();
    let theirs = qemus(&harness, &drawn.cases, &folder.0).unwrap();
    let tally = judge(&drawn.cases, &mine, &theirs);
    assert_eq!(tally.differing, 0, "{:#?}", tally.told);
    assert!(tally.faults > 50, "faults are compared too: {}", tally.faults);
}

#[test]
fn a_wrong_result_is_seen() {
    let folder = Folder::new("wrong").unwrap();
    let harness = Harness::assemble(&folder.0).unwrap();
    let drawn = draw(2, 3_000, 10, &[], harness.after);
    let theirs = qemus(&harness, &drawn.cases, &folder.0).unwrap();
    let mut wrong = drawn.cases.clone();
    // One case does something else on our core: adds instead of subtracting.
    let at = wrong.iter().position(|case| matches!(case.op, Op::DpImm { op: Dp::Sub, rd: 0..=7, .. })).unwrap();
    wrong[at].registers[8] ^= 1;
    let mine = ours(&harness, &wrong).unwrap();
    assert_eq!(judge(&drawn.cases, &mine, &theirs).differing, 1);
}
