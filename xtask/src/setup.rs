//! What the commands need on the machine, how to see it and how to get it.
//!
//! As root or with `CI=true` what is missing is installed without asking; anyone else is shown the exact command and
//! asked. Refuses to know what the commands do with it.

use std::io::{IsTerminal as _, Write as _};
use std::path::Path;
use std::process::Command;

use anyhow::{Result, bail};

use crate::proc;
use crate::rooms::{BOARD_TARGET, PAGE_TARGET};
use crate::workspace;

/// Something a command needs.
struct Requirement {
    what: &'static str,
    /// The commands that need it.
    needed_by: &'static [&'static str],
    present: fn(&Path) -> bool,
    source: Source,
}

/// Where it comes from.
#[derive(Clone, Copy)]
enum Source {
    /// Arguments of rustup.
    Rustup(&'static [&'static str]),
    /// Arguments of cargo.
    Cargo(&'static [&'static str]),
    /// Packages of Debian and its relatives.
    Apt(&'static [&'static str]),
    /// A package of Python, in an environment of the project's own.
    Python(&'static str),
}

const REQUIREMENTS: &[Requirement] = &[
    Requirement {
        what: "a C compiler, to link with",
        needed_by: &["test", "run", "golden", "budget", "campaign", "firmware"],
        present: |root| starts(root, "cc", "--version"),
        source: Source::Apt(&["build-essential"]),
    },
    Requirement {
        what: "the compiler's parts for the board's processor",
        needed_by: &["test", "budget", "firmware"],
        present: |root| lists(root, "target", BOARD_TARGET),
        source: Source::Rustup(&["target", "add", BOARD_TARGET]),
    },
    Requirement {
        what: "clippy",
        needed_by: &["test"],
        present: |root| lists(root, "component", "clippy"),
        source: Source::Rustup(&["component", "add", "clippy"]),
    },
    Requirement {
        what: "rustfmt",
        needed_by: &["test"],
        present: |root| lists(root, "component", "rustfmt"),
        source: Source::Rustup(&["component", "add", "rustfmt"]),
    },
    Requirement {
        what: "clang, which reads the headers of littlefs",
        needed_by: &["test", "run", "golden", "budget", "campaign", "firmware"],
        present: |root| starts(root, "clang", "--version"),
        source: Source::Apt(&["clang"]),
    },
    Requirement {
        what: "a C compiler for the board, for littlefs",
        needed_by: &["test", "budget", "firmware", "campaign emu-diff"],
        present: |root| starts(root, "arm-none-eabi-gcc", "--version"),
        source: Source::Apt(&["gcc-arm-none-eabi"]),
    },
    Requirement {
        what: "the C headers for the board",
        needed_by: &["test", "budget", "firmware"],
        present: |root| {
            let header = ["-mcpu=cortex-m33", "-x", "c", "-include", "string.h", "-fsyntax-only", "/dev/null"];
            proc::succeeds(Command::new("arm-none-eabi-gcc").args(header).current_dir(root))
        },
        source: Source::Apt(&["libnewlib-arm-none-eabi"]),
    },
    Requirement {
        what: "valgrind, to count instructions",
        needed_by: &["test", "budget", "campaign"],
        present: |root| starts(root, "valgrind", "--version"),
        source: Source::Apt(&["valgrind"]),
    },
    Requirement {
        what: "an emulated Cortex-M33, to count the board's instructions",
        needed_by: &["test", "budget", "campaign emu-diff"],
        present: |root| starts(root, "qemu-system-arm", "--version"),
        source: Source::Apt(&["qemu-system-arm"]),
    },
    Requirement {
        what: "miri, which comes with a nightly compiler",
        needed_by: &["campaign miri"],
        present: |_| proc::succeeds(Command::new("cargo").args(["+nightly", "miri", "--version"])),
        source: Source::Rustup(&[
            "toolchain",
            "install",
            "nightly",
            "--profile",
            "minimal",
            "--component",
            "miri,rust-src",
        ]),
    },
    Requirement {
        what: "cargo-mutants, to change the code and see the tests fail",
        needed_by: &["campaign mutants"],
        present: |_| proc::succeeds(Command::new("cargo").args(["mutants", "--version"])),
        source: Source::Cargo(&["install", "--locked", "cargo-mutants"]),
    },
    Requirement {
        what: "curl, which asks as everybody's scripts do",
        needed_by: &["test"],
        present: |root| starts(root, "curl", "--version"),
        source: Source::Apt(&["curl"]),
    },
    Requirement {
        what: "Python's environments",
        needed_by: &["test", "campaign"],
        present: |root| starts(root, "python3", "--version") && proc::succeeds(&mut has_venv(root)),
        source: Source::Apt(&["python3-venv"]),
    },
    Requirement {
        what: "schemathesis, to ask whatever the interface allows",
        needed_by: &["test", "campaign"],
        present: |root| starts(root, "target/python/bin/schemathesis", "--version"),
        source: Source::Python("schemathesis==4.32.5"),
    },
    Requirement {
        what: "Node and npm, which build the page",
        needed_by: &["test", "app", "shell", "budget", "campaign soak"],
        present: |root| starts(root, "node", "--version") && starts(root, "npm", "--version"),
        source: Source::Apt(&["nodejs", "npm"]),
    },
    Requirement {
        what: "the compiler's parts for the browser",
        needed_by: &["test", "app", "run", "firmware", "campaign soak"],
        present: |root| lists(root, "target", PAGE_TARGET),
        source: Source::Rustup(&["target", "add", PAGE_TARGET]),
    },
    Requirement {
        what: "Chromium, to see the page in",
        needed_by: &["test", "app e2e", "campaign soak"],
        present: |root| starts(root, "/usr/bin/chromium", "--version"),
        source: Source::Apt(&["chromium", "fonts-dejavu-core"]),
    },
    Requirement {
        what: "a C compiler and pkg-config, for the shell's libraries",
        needed_by: &["shell"],
        present: |root| starts(root, "cc", "--version") && starts(root, "pkg-config", "--version"),
        source: Source::Apt(&["build-essential", "pkg-config"]),
    },
    Requirement {
        what: "the desktop's libraries, which draw the shell's window and its tray",
        needed_by: &["shell"],
        present: |root| {
            let libraries = ["--exists", "webkit2gtk-4.1", "gtk+-3.0", "ayatana-appindicator3-0.1", "librsvg-2.0"];
            proc::succeeds(Command::new("pkg-config").args(libraries).current_dir(root))
        },
        source: Source::Apt(&["libwebkit2gtk-4.1-dev", "libgtk-3-dev", "libayatana-appindicator3-dev", "librsvg2-dev"]),
    },
    Requirement {
        what: "a screen nobody sees and a driver, for the shell",
        needed_by: &["campaign shell"],
        present: |_| ["Xvfb", "WebKitWebDriver", "dbus-run-session"].into_iter().all(is_on_path),
        source: Source::Apt(&["xvfb", "webkit2gtk-driver", "dbus-daemon", "dbus-bin", "fonts-dejavu-core"]),
    },
    Requirement {
        what: "somebody who shows notifications, for the shell",
        needed_by: &["campaign shell"],
        present: |root| {
            proc::succeeds(Command::new("/usr/bin/python3").args(["-c", "import dbusmock"]).current_dir(root))
        },
        source: Source::Apt(&["python3-dbusmock"]),
    },
    Requirement {
        what: "tauri-driver, which hands a program to the driver",
        needed_by: &["campaign shell"],
        present: |_| is_on_path("tauri-driver"),
        source: Source::Cargo(&["install", "--locked", "tauri-driver"]),
    },
    Requirement {
        what: "cargo-fuzz, to look for bytes that break a promise",
        needed_by: &["campaign fuzz"],
        present: |root| starts(root, "cargo-fuzz", "--version"),
        source: Source::Cargo(&["install", "--locked", "cargo-fuzz"]),
    },
    Requirement {
        what: "a C++ compiler, for libFuzzer",
        needed_by: &["campaign fuzz"],
        present: |root| starts(root, "c++", "--version"),
        source: Source::Apt(&["g++"]),
    },
];

/// Whether Python can make an environment, asked of it.
fn has_venv(root: &Path) -> Command {
    let mut command = Command::new("python3");
    command.args(["-c", "import ensurepip, venv"]).current_dir(root);
    command
}

/// `cargo xtask setup [COMMAND]`: gets what one command needs, or all of them.
///
/// # Errors
/// When something is missing and cannot be had.
pub(crate) fn command(words: &[String]) -> Result<bool> {
    let root = workspace::root()?;
    let wanted = |needed_by: &[&str]| words.is_empty() || words.iter().any(|word| needed_by.contains(&word.as_str()));
    install(&root, &|requirement| wanted(requirement.needed_by))
}

/// Makes sure that a command has what it needs.
///
/// # Errors
/// When something is missing and cannot be had.
pub(crate) fn ensure(root: &Path, command: &str) -> Result<()> {
    install(root, &|requirement| requirement.needed_by.contains(&command)).map(drop)
}

fn install(root: &Path, wanted: &dyn Fn(&Requirement) -> bool) -> Result<bool> {
    let missing = || REQUIREMENTS.iter().filter(|requirement| wanted(requirement) && !(requirement.present)(root));
    let lacking: Vec<&Requirement> = missing().collect();
    if lacking.is_empty() {
        return Ok(true);
    }
    let commands = commands(&lacking, is_root());
    for requirement in &lacking {
        eprintln!("missing: {}", requirement.what);
    }
    allowed(&commands)?;
    for words in &commands {
        if let Some((program, arguments)) = words.split_first() {
            proc::run(Command::new(program).args(arguments).current_dir(root))?;
        }
    }
    match missing().next() {
        Some(still) => bail!("still missing after installing: {}", still.what),
        None => Ok(true),
    }
}

/// The commands that install what is lacking: one `apt-get update` before the first package.
fn commands(lacking: &[&Requirement], root: bool) -> Vec<Vec<&'static str>> {
    let (mut commands, mut packages, mut python) = (Vec::new(), Vec::new(), Vec::new());
    for requirement in lacking {
        match requirement.source {
            Source::Rustup(arguments) => commands.push([&["rustup"], arguments].concat()),
            Source::Cargo(arguments) => commands.push([&["cargo"], arguments].concat()),
            Source::Apt(names) => packages.extend(names),
            Source::Python(name) => python.push(name),
        }
    }
    if !packages.is_empty() {
        let apt: &[&str] = if root { &["apt-get"] } else { &["sudo", "apt-get"] };
        commands.push([apt, &["update"]].concat());
        commands.push([apt, &["install", "--yes", "--no-install-recommends"], &packages].concat());
    }
    if !python.is_empty() {
        commands.push(vec!["python3", "-m", "venv", "target/python"]);
        commands.push([&["target/python/bin/pip", "install", "--quiet"], python.as_slice()].concat());
    }
    commands
}

/// Shows the commands and asks, where asking is due.
///
/// # Errors
/// When the answer is no, or nobody is there to answer.
fn allowed(commands: &[Vec<&str>]) -> Result<()> {
    let text: Vec<String> = commands.iter().map(|words| format!("  {}", words.join(" "))).collect();
    if is_root() || std::env::var("CI").is_ok_and(|value| value == "true") {
        return Ok(());
    }
    eprintln!("this would install it:\n{}", text.join("\n"));
    if !std::io::stdin().is_terminal() {
        bail!("nobody is there to ask; run the commands above, or set CI=true");
    }
    eprint!("run it? [y/N] ");
    std::io::stderr().flush()?;
    let mut answer = String::new();
    std::io::stdin().read_line(&mut answer)?;
    if !matches!(answer.trim(), "y" | "Y" | "yes") {
        bail!("nothing was installed");
    }
    Ok(())
}

fn is_root() -> bool {
    proc::read(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}

fn starts(root: &Path, program: &str, argument: &str) -> bool {
    proc::succeeds(Command::new(program).arg(argument).current_dir(root))
}

/// Whether a program is there that has no way to say so.
fn is_on_path(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(program).is_file())
}

/// Whether rustup has a target or a component for the pinned toolchain. A component carries its target's name.
fn lists(root: &Path, kind: &str, name: &str) -> bool {
    let listed = proc::read(Command::new("rustup").args([kind, "list", "--installed"]).current_dir(root));
    listed.is_ok_and(|text| text.lines().any(|line| line == name || line.starts_with(&format!("{name}-"))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packages_are_installed_together_after_one_update() {
        let lacking: Vec<&Requirement> = REQUIREMENTS.iter().collect();
        let typed: Vec<String> = commands(&lacking, false).iter().map(|words| words.join(" ")).collect();
        assert_eq!(typed.iter().filter(|line| line.contains("update")).count(), 1);
        assert_eq!(typed.first().map(String::as_str), Some("rustup target add thumbv8m.main-none-eabihf"));
        let last = "sudo apt-get install --yes --no-install-recommends build-essential clang \
                    gcc-arm-none-eabi libnewlib-arm-none-eabi valgrind qemu-system-arm";
        assert!(typed.iter().any(|line| line.starts_with(last)), "{typed:?}");
        assert_eq!(
            typed.last().map(String::as_str),
            Some("target/python/bin/pip install --quiet schemathesis==4.32.5")
        );
    }

    #[test]
    fn what_is_not_installed_is_missing() {
        let root = workspace::root().unwrap();
        assert!(lists(&root, "target", BOARD_TARGET) || !lists(&root, "target", "no-such-target"));
        assert!(!lists(&root, "target", "no-such-target") && !starts(&root, "no-such-program", "--version"));
    }
}
