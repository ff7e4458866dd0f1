//! The emulator's programs, for `cargo xtask`.

mod board;
mod order;
mod screen;

use std::path::Path;
use std::process::ExitCode;

use kiln_emu::differ;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let ended = match words.split_first() {
        Some((name, rest)) if name == "differ" => compare(rest),
        Some((name, rest)) if name == "forms" => forms(rest),
        Some((name, rest)) if name == "boot" => board::boot(rest),
        Some((name, rest)) if name == "starts" => board::starts(rest),
        Some((name, rest)) if name == "fire" => board::fire(rest),
        Some((name, rest)) if name == "trace" => board::trace(rest),
        Some((name, rest)) if name == "profile" => board::profile(rest),
        Some((name, rest)) if name == "erases" => board::erases(rest),
        Some((name, rest)) if name == "strikes" => board::strikes(rest),
        _ => {
            Err("differ SEED CASES EACH [ELF…] | forms ELF… | boot ELF SECONDS | starts ELF | fire IMAGE PROFILE CONTROL-ELF [--option value]… | \
                  erases IMAGE PROFILE | trace IMAGE PROFILE [--option value]… | strikes IMAGE PROFILE CONTROL-ELF | profile IMAGE PROFILE CONTROL-ELF"
                .to_owned())
        }
    };
    match ended {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("kiln-emu: {error}");
            ExitCode::from(2)
        }
    }
}

/// The programs named by some words.
fn programs(words: &[String]) -> Result<differ::Program, String> {
    let mut program = differ::Program::default();
    for word in words {
        let elf = std::fs::read(word).map_err(|error| format!("{word}: {error}"))?;
        program.add(&elf).map_err(|error| format!("{word}: {error}"))?;
    }
    Ok(program)
}

/// Lists the instruction forms of programs, and what the core does not know.
fn forms(words: &[String]) -> Result<bool, String> {
    let program = programs(words)?;
    for (form, count) in &program.forms {
        println!("{count:>7} {form}");
    }
    for ((first, second), address) in &program.unknown {
        println!("unknown {first:04x} {second:04x} at {address:08x}");
    }
    println!("{} encodings of {} forms", program.encodings.len(), program.forms.len());
    Ok(program.unknown.is_empty())
}

/// Compares our core with QEMU's.
fn compare(words: &[String]) -> Result<bool, String> {
    let number = |at: usize, otherwise: u32| {
        words.get(at).map_or(Ok(otherwise), |word| word.parse().map_err(|_| format!("{word} is no number")))
    };
    let count = |at: usize, otherwise: u32| -> Result<usize, String> {
        usize::try_from(number(at, otherwise)?).map_err(|error| error.to_string())
    };
    let (seed, wanted, each) = (number(0, 1)?.into(), count(1, 20_000)?, count(2, 100)?);
    let program = programs(words.get(3..).unwrap_or_default())?;
    let folder = std::env::temp_dir().join(format!("kiln-emu-{}", std::process::id()));
    std::fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
    let sound = compare_in(&folder, seed, wanted, each, &program);
    std::fs::remove_dir_all(&folder).map_err(|error| error.to_string())?;
    sound
}

fn compare_in(folder: &Path, seed: u64, wanted: usize, each: usize, program: &differ::Program) -> Result<bool, String> {
    let harness = differ::Harness::assemble(folder)?;
    let found: Vec<(u16, u16)> = program.encodings.iter().copied().collect();
    let drawn = differ::draw(seed, wanted, each, &found, harness.after);
    let ours = differ::ours(&harness, &drawn.cases)?;
    let theirs = differ::qemus(&harness, &drawn.cases, folder)?;
    let tally = differ::judge(&drawn.cases, &ours, &theirs);
    for text in &tally.told {
        println!("{text}");
    }
    for (form, count) in &tally.forms {
        println!("{count} of {}: {form}", drawn.forms.get(form).copied().unwrap_or_default());
    }
    let untried = program.forms.keys().filter(|form| !drawn.forms.contains_key(*form));
    for form in untried {
        println!("untried: {form}");
    }
    println!(
        "cases {}\nforms {}\nfaults {}\ndiffering {}",
        tally.cases,
        drawn.forms.len(),
        tally.faults,
        tally.differing
    );
    Ok(tally.differing == 0)
}
