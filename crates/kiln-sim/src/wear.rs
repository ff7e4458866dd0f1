//! `kiln-sim flash-wear`: the words of the command line, and what is printed.

use clap::Args;
use kiln_app::store::ERASES_MOST;
use kiln_core::units::Millis;
use kiln_sim::flash::wear::{FIRINGS_A_YEAR, Worn, fire};

use crate::{Status, Trouble};

/// What the exit status of `kiln-sim flash-wear` means.
pub(crate) const EXIT_STATUS: &str = "Exit status:
  0  every sector stays within half of what the chip is specified for
  1  one does not
  2  refused: a word of the command line";

/// The words after `kiln-sim flash-wear`.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// Years of four firings a week, of 13 hours each.
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..=100))]
    years: u32,
    /// Seconds between rows.
    #[arg(long, default_value_t = 30, value_parser = clap::value_parser!(u64).range(1..=600))]
    row_every: u64,
}

/// Wears.
pub(crate) fn command(options: &Options) -> Result<Status, Trouble> {
    let worn = fire(options.years * FIRINGS_A_YEAR, Millis::from_seconds(options.row_every));
    let Worn { firings, flushes, wear } = worn.map_err(|error| Trouble::Refused(error.to_string()))?;
    let (most, mean) = (wear.most(), wear.total() as f64 / wear.erases.len() as f64);
    println!(
        "| {} | {} | {firings} | {flushes} | {} | {mean:.0} | {most} |",
        options.years,
        options.row_every,
        wear.total()
    );
    Ok(if most <= ERASES_MOST / 2 { Status::Complete } else { Status::Ended })
}
