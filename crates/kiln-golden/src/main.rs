//! `kiln-golden [--dir D] [module…]`: the golden replay as a command.

use std::process::ExitCode;

fn main() -> ExitCode {
    kiln_golden::main_like(std::env::args().skip(1))
}
