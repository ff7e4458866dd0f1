//! `cargo xtask campaign NAME`: a long proof, run in full, its result written under `docs/campaigns/`.
//!
//! Each campaign has a small sibling in `cargo xtask test`. What is written says which commit it measured, with which
//! command and which seed, so that anyone can run it again. Refuses to judge by wall time.

mod api_fuzz;
mod emu_diff;
mod emu_trace;
mod fire_cost;
mod flash_wear;
mod fuzz;
mod hostile_load;
mod miri;
mod mutants;
mod planted;
mod power_cuts;
mod properties;
mod shell;
mod soak;
mod swarm;
mod tuning;

use std::path::Path;
use std::process::Command;

use anyhow::{Result, bail};

use crate::{proc, setup, workspace};

/// A long proof.
struct Campaign {
    name: &'static str,
    /// What it shows, as a sentence.
    says: &'static str,
    run: fn(&Path, &[String]) -> Result<Report>,
}

/// A new campaign is one more line here and one more file beside this one.
const CAMPAIGNS: &[Campaign] = &[
    Campaign {
        name: "api-fuzz",
        says: "Requests drawn from the description of the interface: no answer that it does not know, no 5xx but 503.",
        run: api_fuzz::run,
    },
    Campaign {
        name: "emu-diff",
        says: "The emulated processor against QEMU's, instruction by instruction: every register, flag and byte is the same.",
        run: emu_diff::run,
    },
    Campaign {
        name: "emu-trace",
        says: "The image that is flashed fires on the emulated board as the same loop does in kiln-sim, to the bit.",
        run: emu_trace::run,
    },
    Campaign {
        name: "fire-cost",
        says: "What a whole glaze firing costs a computer, in instructions of the release build.",
        run: fire_cost::run,
    },
    Campaign {
        name: "fuzz",
        says: "Any bytes, taken for what a kiln is sent or has stored, and guided by the code they reach: no promise breaks.",
        run: fuzz::run,
    },
    Campaign {
        name: "hostile-load",
        says: "Slow clients, a flood, a huge upload, a reader who does not read: the owner is served and stops the kiln.",
        run: hostile_load::run,
    },
    Campaign {
        name: "miri",
        says: "The tests of the link between the cores, run by an interpreter that stops at undefined behaviour.",
        run: miri::run,
    },
    Campaign {
        name: "mutants",
        says: "Every small change of guards, lease, window, limits and roll call that a machine can make: a test fails.",
        run: mutants::run,
    },
    Campaign {
        name: "flash-wear",
        says: "Ten years of four firings a week, each of 13 hours, on one flash chip: how often its sectors are erased.",
        run: flash_wear::run,
    },
    Campaign {
        name: "planted-bugs",
        says: "Bugs that would harm a kiln, planted one at a time: the tests notice each.",
        run: planted::run,
    },
    Campaign {
        name: "power-cuts",
        says: "The power fails at every operation of the flash, torn in three ways: what was acknowledged is there.",
        run: power_cuts::run,
    },
    Campaign {
        name: "properties",
        says: "Whatever is asked, read, broken or late, the pin is low where it must be. Seeds 0 and up.",
        run: properties::run,
    },
    Campaign {
        name: "shell",
        says: "The desktop shell, packed and driven: two kilns, pairing, a firing, a stop, a kiln that falls silent.",
        run: shell::run,
    },
    Campaign {
        name: "soak",
        says: "The live page over an accelerated day of firing: the browser's heap grows by less than 50 MB; half a day is drawn.",
        run: soak::run,
    },
    Campaign {
        name: "swarm-any",
        says: "Firings with one fault each, on kilns and days drawn by chance: every slot is judged at the pin.",
        run: swarm::any,
    },
    Campaign {
        name: "swarm-none",
        says: "Firings on usual days: lids lifted, samples lost, mains sagging. Nothing latches, all come to their end.",
        run: swarm::none,
    },
    Campaign {
        name: "tuning",
        says: "What the tuning analysis finds of every simulated kiln under every plan, beside the truth.",
        run: tuning::run,
    },
];

/// What a campaign found.
struct Report {
    /// The seed of everything drawn by chance, where something is.
    seed: Option<u64>,
    figures: Vec<Figure>,
    /// What is told beside the figures, as Markdown; empty where they say all.
    table: String,
}

/// One number of a report.
struct Figure {
    what: &'static str,
    value: String,
    /// What it is held to; empty for a figure that is only reported.
    bar: &'static str,
    kept: bool,
}

/// What a report says about where it comes from.
struct Origin {
    command: String,
    commit: String,
    date: String,
}

/// `cargo xtask campaign NAME [arguments]`; without a name, the list of them.
///
/// # Errors
/// When there is no campaign of that name, or it cannot be run to its end.
pub(crate) fn command(words: &[String]) -> Result<bool> {
    let Some((name, arguments)) = words.split_first() else {
        for campaign in CAMPAIGNS {
            println!("{:<16} {}", campaign.name, campaign.says);
        }
        return Ok(true);
    };
    let Some(campaign) = CAMPAIGNS.iter().find(|campaign| campaign.name == name) else {
        bail!("there is no campaign named {name}; `cargo xtask campaign` lists them");
    };
    let root = workspace::root()?;
    setup::ensure(&root, "campaign")?;
    let origin = Origin::now(&root, words)?;
    let report = (campaign.run)(&root, arguments)?;
    let text = document(campaign, &report, &origin);
    let file = format!("docs/campaigns/{name}.md");
    workspace::write(&root, &file, &text)?;
    println!("{text}\nwritten to {file}");
    Ok(report.figures.iter().all(|figure| figure.kept))
}

impl Origin {
    /// The command, the commit and the day of this run.
    fn now(root: &Path, words: &[String]) -> Result<Self> {
        let git = |words: &[&str]| proc::read(Command::new("git").current_dir(root).args(words));
        let changed = !git(&["status", "--porcelain", "--untracked-files=no"])?.trim().is_empty();
        let commit = git(&["rev-parse", "--short=12", "HEAD"])?.trim().to_owned();
        Ok(Self {
            command: format!("cargo xtask campaign {}", words.join(" ")),
            commit: if changed { format!("{commit} with changes not committed") } else { commit },
            date: proc::read(Command::new("date").args(["-u", "+%Y-%m-%d"]))?.trim().to_owned(),
        })
    }
}

fn document(campaign: &Campaign, report: &Report, origin: &Origin) -> String {
    let Origin { command, commit, date } = origin;
    let seed = report.seed.map_or_else(|| "none: nothing is drawn by chance".to_owned(), |seed| seed.to_string());
    let mut text = format!(
        "# {}\n\n{}\n\n| | |\n|---|---|\n| command | `{command}` |\n| commit | {commit} |\n| date | {date} |\n\
         | seed | {seed} |\n\n| figure | value | bar | kept |\n|---|---:|---:|---|\n",
        campaign.name, campaign.says
    );
    for Figure { what, value, bar, kept } in &report.figures {
        let kept = match (bar.is_empty(), kept) {
            (true, _) => "",
            (false, true) => "yes",
            (false, false) => "NO",
        };
        text += &format!("| {what} | {value} | {bar} | {kept} |\n");
    }
    if !report.table.is_empty() {
        text += &format!("\n{}", report.table);
    }
    text
}

/// A count with its thousands apart: 1 234 567.
fn grouped(count: u64) -> String {
    let digits = count.to_string();
    let pad = (3 - digits.len() % 3) % 3;
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (at + pad).is_multiple_of(3) {
            text.push(' ');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_readable() {
        for (count, text) in [(0, "0"), (999, "999"), (1000, "1 000"), (12_345, "12 345"), (1_234_567, "1 234 567")] {
            assert_eq!(grouped(count), text);
        }
    }

    #[test]
    fn a_report_names_its_origin_and_what_was_missed() {
        let campaign = CAMPAIGNS.first().unwrap();
        let figure = |bar, kept| Figure { what: "instructions", value: "5".to_owned(), bar, kept };
        let report = Report {
            seed: Some(7),
            figures: vec![figure("≤ 4", false), figure("", true)],
            table: "| more |\n".to_owned(),
        };
        let origin = Origin { command: "c".to_owned(), commit: "abc".to_owned(), date: "2000-01-01".to_owned() };
        let text = document(campaign, &report, &origin);
        for line in [
            "| commit | abc |",
            "| seed | 7 |",
            "| instructions | 5 | ≤ 4 | NO |",
            "| instructions | 5 |  |  |",
            "| more |",
        ] {
            assert!(text.lines().any(|there| there == line), "{line}");
        }
    }
}
