//! Every command of the project, one line each in [`COMMANDS`].
//!
//! Decides how the project is built, checked and measured. Refuses to know how a kiln is fired.
#![expect(clippy::unnecessary_wraps, reason = "commands, steps and checks stand in tables and share one type")]
#![expect(
    clippy::format_push_string,
    reason = "text for people, written once; write! would add an error that cannot be"
)]

mod app;
mod budget;
mod callgrind;
mod campaign;
mod curl;
mod docs;
mod emulate;
mod firmware;
mod fuzz;
mod golden;
mod licence;
mod link;
mod proc;
mod rooms;
mod run;
mod rust_source;
mod served;
mod setup;
mod shell;
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

/// A command: its name, what may follow it, what it does, and who does it.
struct Entry(&'static str, &'static str, &'static str, Run);

/// A new command is one more line here.
const COMMANDS: &[Entry] = &[
    Entry("run", "[PROFILE] [options of kiln-sim fire]", "fires on a simulated kiln, live", Run::Through(run::command)),
    Entry("app", "[check | e2e | screenshots]", "builds the page into app/dist", Run::Judge(app::command)),
    Entry("shell", "[bundle | icons]", "builds the desktop shell; its packages", Run::Judge(shell::command)),
    Entry(
        "test",
        "[STEP or part of a test's name]",
        "everything that is checked, as CI does",
        Run::Judge(test::command),
    ),
    Entry("tidy", "[CHECK] [--shrink]", "walls, lengths, words, links, documents", Run::Judge(tidy::command)),
    Entry("golden", "[--dir D] [MODULE…]", "replays recorded traces", Run::Through(golden::command)),
    Entry("budget", "", "sizes and instruction counts", Run::Judge(budget::command)),
    Entry(
        "emulate",
        "PROFILE [--seed N] [--plant NAME] [--level DAY]",
        "fires with the board's image, emulated",
        Run::Through(emulate::command),
    ),
    Entry("firmware", "", "builds what is flashed onto a board", Run::Judge(firmware::command)),
    Entry("dist", "", "builds what is handed out, twice, and compares", Run::Judge(firmware::dist)),
    Entry("campaign", "[NAME] [arguments]", "runs a long proof, writes its result", Run::Judge(campaign::command)),
    Entry("docs", "", "writes the documents made from the code", Run::Judge(docs::command)),
    Entry("setup", "[COMMAND]", "installs what is missing, asking first", Run::Judge(setup::command)),
];

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let Some((name, rest)) = words.split_first() else {
        return usage();
    };
    let Some(Entry(.., run)) = COMMANDS.iter().find(|entry| entry.0 == name) else {
        return usage();
    };
    let ended = match run {
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
    for Entry(name, arguments, says, _) in COMMANDS {
        let call = format!("{name} {arguments}");
        eprintln!("  {call:<42} {says}");
    }
    ExitCode::from(2)
}
