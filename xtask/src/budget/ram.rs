//! Bytes of memory that the application keeps for good on the board, as kiln-tick's `app-ram` prints them.
//!
//! The parts are shown; what has a budget is their sum: `ram-http` for all that HTTP alone needs, with the buffers of
//! the network's sockets, and `ram-app` for everything else.

use anyhow::{Result, ensure};

use super::size::PROFILE;
use super::{Bench, Counts, emulator, tick};
use crate::proc;
use crate::rooms::BOARD_TARGET;

const IMAGE: &str = "app-ram";
/// What belongs to HTTP begins with this, the rest with the other.
const GROUPS: [&str; 2] = ["http-", "app-"];

/// The two sums.
pub(super) fn counts(bench: &Bench) -> Result<Counts> {
    let mut command = proc::cargo(&bench.root);
    command.args(["build", "--profile", PROFILE, "--target", BOARD_TARGET, "--package", tick::PACKAGE, "--bin", IMAGE]);
    proc::run(&mut command)?;
    let folder = bench.metadata.target_folder()?.join(BOARD_TARGET).join(PROFILE);
    let parts = emulator::run(&folder.join(IMAGE))?;
    for (name, bytes) in &parts {
        println!("ram      {name:<20} {bytes:>8}");
    }
    sums(&parts)
}

/// The sum of each group. A part of no group, or a group without a part, was forgotten somewhere.
fn sums(parts: &[(String, u64)]) -> Result<Counts> {
    let of = |group: &'static str| parts.iter().filter(move |(name, _)| name.starts_with(group));
    ensure!(
        GROUPS.into_iter().map(|group| of(group).count()).sum::<usize>() == parts.len(),
        "a part of memory belongs to no group: {parts:?}"
    );
    let sum = |group: &'static str| {
        ensure!(of(group).count() > 0, "nothing of {group} was measured");
        Ok((group.trim_end_matches('-').to_owned(), of(group).map(|(_, bytes)| bytes).sum()))
    };
    GROUPS.into_iter().map(sum).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_summed_by_their_group_and_none_is_left_out() {
        let parts = |names: &[(&str, u64)]| names.iter().map(|(name, n)| ((*name).to_owned(), *n)).collect::<Counts>();
        let both = sums(&parts(&[("http-rooms", 7), ("app-store", 5), ("http-door", 1)])).unwrap();
        assert_eq!(both, parts(&[("http", 8), ("app", 5)]));
        assert!(sums(&parts(&[("http-rooms", 7)])).is_err(), "a group without a part");
        assert!(sums(&parts(&[("http-a", 7), ("app-a", 5), ("other", 1)])).is_err(), "a part without a group");
    }
}
