//! Every command of the project, one line each in [`COMMANDS`].
//!
//! Decides how the project is built, checked and measured. Refuses to know how a kiln is fired.
#![expect(clippy::unnecessary_wraps, reason = "commands, steps and checks stand in tables and share one type")]
#![expect(
    clippy::format_push_string,
    reason = "text for people, written once; write! would add an error that cannot be"
)]

mod budget;
mod callgrind;
mod campaign;
mod docs;
mod golden;
mod licence;
mod proc;
mod rooms;
mod run;
mod rust_source;
mod setup;
mod test;
mod tidy;
mod workspace;

use std::process::ExitCode;

use anyhow::Result;

/// What a command is given, the words after its name, and how it answers.
enum Run {
    /// With whether all is well.
    Judge(fn(&[String]) -> Result<bool>),
    /// With the exit status of the program that did the work.
    Through(fn(&[String]) -> Result<u8>),
}

struct Entry {
    name: &'static str,
    arguments: &'static str,
    says: &'static str,
    run: Run,
}

const COMMANDS: &[Entry] = &[
    Entry {
        name: "run",
        arguments: "[PROFILE] [options of kiln-sim fire]",
        says: "fires a profile on a simulated kiln, live",
        run: Run::Through(run::command),
    },
    Entry {
        name: "test",
        arguments: "[STEP or part of a test's name]",
        says: "the whole test command, as CI runs it",
        run: Run::Judge(test::command),
    },
    Entry {
        name: "tidy",
        arguments: "[CHECK] [--shrink]",
        says: "walls, lengths, words, links, generated documents",
        run: Run::Judge(tidy::command),
    },
    Entry {
        name: "docs",
        arguments: "",
        says: "writes the documents that come from the code",
        run: Run::Judge(docs::command),
    },
    Entry {
        name: "budget",
        arguments: "",
        says: "sizes and instruction counts against their budgets",
        run: Run::Judge(budget::command),
    },
    Entry {
        name: "setup",
        arguments: "[COMMAND]",
        says: "installs what the commands need, asking first",
        run: Run::Judge(setup::command),
    },
];

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let Some((name, rest)) = words.split_first() else {
        return usage();
    };
    let Some(entry) = COMMANDS.iter().find(|entry| entry.name == name) else {
        return usage();
    };
    let ended = match entry.run {
        Run::Judge(command) => command(rest).map(|sound| u8::from(!sound)),
        Run::Through(command) => command(rest),
    };
    match ended {
        Ok(status) => ExitCode::from(status),
        Err(error) => {
            eprintln!("cargo xtask {name}: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn usage() -> ExitCode {
    eprintln!("cargo xtask COMMAND\n");
    for entry in COMMANDS {
        let call = format!("{} {}", entry.name, entry.arguments);
        eprintln!("  {call:<42} {}", entry.says);
    }
    ExitCode::from(2)
}
