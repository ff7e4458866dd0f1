//! The command: which traces, which modules, and the table of what came of them.

use std::process::ExitCode;

use crate::pack;
use crate::replay::{MODULES, Replay};
use crate::tally::Tally;
use crate::traces::Traces;

const USAGE: &str =
    "usage: kiln-golden [--dir DIR] [MODULE…]   replay (default: the traces of the repository, all modules)
       kiln-golden pack DIR [INTO]        compress a folder of traces into the repository (or INTO)";

/// What was asked for.
enum Ask {
    Replay { traces: Traces, modules: Vec<String> },
    Pack { from: Traces, into: Option<String> },
    Help,
}

/// Runs the command with its arguments, without the program's name.
///
/// Success when every module that must be replayed agrees in full; 1 when not; 2 when the arguments make no sense.
pub fn main_like(args: impl IntoIterator<Item = String>) -> ExitCode {
    match parse(args.into_iter().collect()) {
        Ok(Ask::Replay { traces, modules }) => replay(&traces, &modules),
        Ok(Ask::Pack { from, into }) => match pack::pack(&from, into.as_deref()) {
            Ok(summary) => {
                println!("{summary}");
                ExitCode::SUCCESS
            }
            Err(error) => {
                eprintln!("{error}");
                ExitCode::FAILURE
            }
        },
        Ok(Ask::Help) => {
            println!("{USAGE}");
            ExitCode::SUCCESS
        }
        Err(why) => {
            eprintln!("{why}\n{USAGE}");
            ExitCode::from(2)
        }
    }
}

fn parse(args: Vec<String>) -> Result<Ask, String> {
    let mut args = args.into_iter().peekable();
    if args.peek().is_some_and(|first| first == "pack") {
        let from = args.nth(1).ok_or("pack: which folder?")?;
        let from = Traces::from_dir(from).map_err(|e| e.to_string())?;
        return Ok(Ask::Pack { from, into: args.next() });
    }
    let (mut traces, mut modules) = (Traces::builtin(), Vec::new());
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--help" | "-h" => return Ok(Ask::Help),
            "--dir" => {
                let folder = args.next().ok_or("--dir: which folder?")?;
                traces = Traces::from_dir(folder).map_err(|e| e.to_string())?;
            }
            name if MODULES.iter().any(|(module, _)| *module == name) => modules.push(arg),
            unknown => return Err(format!("{unknown}: no such module or option")),
        }
    }
    Ok(Ask::Replay { traces, modules })
}

fn replay(traces: &Traces, wanted: &[String]) -> ExitCode {
    println!("{:<18}{:>9}{:>8}{:>10}{:>10}{:>12}", "module", "scenarios", "rows", "compared", "excluded", "mismatches");
    let (mut total, mut missing, mut agrees) = (Tally::default(), 0, true);
    for (name, replay) in MODULES.iter().filter(|(name, _)| wanted.is_empty() || wanted.iter().any(|w| w == name)) {
        match replay {
            Replay::Runs(replay) => {
                let tally = replay(traces);
                print_module(name, &tally);
                agrees &= tally.agrees();
                total.scenarios += tally.scenarios;
                total.rows += tally.rows;
                total.compared += tally.compared;
                total.mismatches += tally.mismatches;
                for (reason, count) in tally.excluded {
                    *total.excluded.entry(reason).or_default() += count;
                }
                for (reason, count) in tally.fields {
                    *total.fields.entry(reason).or_default() += count;
                }
            }
            Replay::NotYet => {
                println!("{name:<18} not yet");
                missing += 1;
            }
            Replay::Later => println!("{name:<18} later, with the part it belongs to"),
        }
    }
    print_line("total", &total);
    verdict(&total, missing, agrees)
}

fn verdict(total: &Tally, missing: usize, agrees: bool) -> ExitCode {
    let extra = total.rows_extra();
    let few = extra * 100 <= total.rows;
    println!("rows excluded beyond the agreed list: {extra} of {} (at most 1 in 100)", total.rows);
    if missing > 0 {
        println!("{missing} module(s) not replayed yet");
    }
    if agrees && few && missing == 0 {
        println!("the code agrees with the traces");
        ExitCode::SUCCESS
    } else {
        println!("the code does NOT agree with the traces");
        ExitCode::FAILURE
    }
}

fn print_line(name: &str, tally: &Tally) {
    println!(
        "{name:<18}{:>9}{:>8}{:>10}{:>10}{:>12}",
        tally.scenarios,
        tally.rows,
        tally.compared,
        tally.rows_excluded(),
        tally.mismatches
    );
}

fn print_module(name: &str, tally: &Tally) {
    print_line(name, tally);
    let kind = |agreed: bool| if agreed { "" } else { " [extra]" };
    for (reason, count) in &tally.excluded {
        println!("    {count} rows: {}{}", reason.text, kind(reason.agreed));
    }
    for (reason, count) in &tally.fields {
        println!("    {count} rows in part: {}{}", reason.text, kind(reason.agreed));
    }
    for (reason, columns) in &tally.columns {
        let columns: Vec<&str> = columns.iter().map(String::as_str).collect();
        println!("    columns {}: {reason}", columns.join(", "));
    }
    if tally.rows_forgotten() > 0 {
        println!("    ! {} rows were neither compared nor excluded", tally.rows_forgotten());
    }
    for shown in &tally.shown {
        println!("    ! {shown}");
    }
    let more = tally.mismatches.saturating_sub(tally.shown.len());
    if more > 0 {
        println!("    ! and {more} more");
    }
}
