//! `kiln-sim power-cuts`: the words of the command line, and what is printed.

use clap::Args;
use kiln_sim::flash::cuts::{Tally, cut_all};

use crate::{Status, threads};

/// What the exit status of `kiln-sim power-cuts` means.
pub(crate) const EXIT_STATUS: &str = "Exit status:
  0  nothing acknowledged was lost
  1  something was; the cases are listed
  2  refused: a word of the command line";

/// The words after `kiln-sim power-cuts`.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// How often the power fails, over all kinds of work.
    #[arg(long, default_value_t = 2000)]
    cuts: u64,
    /// The first seed.
    #[arg(long, default_value_t = 0)]
    seed: u64,
    /// Kinds of work side by side [default: one for each core].
    #[arg(long)]
    threads: Option<usize>,
}

/// Cuts.
pub(crate) fn command(options: &Options) -> Status {
    let threads = threads(options.threads);
    let tallies = cut_all(options.cuts, options.seed, threads);
    println!("| work | flash operations | cuts | failed mounts | lost or mixed |");
    println!("|---|---:|---:|---:|---:|");
    for Tally { work, operations, cuts, unmounted, broken, .. } in &tallies {
        println!("| {work:?} | {operations} | {cuts} | {unmounted} | {broken} |");
    }
    for case in tallies.iter().flat_map(|tally| &tally.told) {
        println!("{case}");
    }
    if tallies.iter().all(Tally::is_sound) { Status::Complete } else { Status::Ended }
}
