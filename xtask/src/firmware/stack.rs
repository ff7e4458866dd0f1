//! The deepest stack that direct calls can reach, from the disassembly.
//!
//! A bound with two holes, which are told: calls through pointers are counted, not followed, and a chain that comes back
//! to itself is taken once.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result};

use crate::proc;

/// One function: what it puts on the stack and whom it calls.
#[derive(Debug, Default)]
struct Function {
    frame: u64,
    calls: BTreeSet<String>,
    indirect: u64,
}

/// What is known of the stack below a function.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Bound {
    /// Bytes.
    pub(super) bytes: u64,
    /// The chain that reaches them, with each frame.
    pub(super) chain: Vec<(String, u64)>,
    /// Calls through pointers in what can be reached.
    pub(super) indirect: u64,
    /// Functions that can call themselves, over others or not.
    pub(super) cycles: BTreeSet<String>,
}

/// The bound below the function of this name, or the first whose name holds it.
///
/// # Errors
/// When there is no such function, or the disassembler cannot be had.
pub(super) fn below(elf: &Path, root: &str) -> Result<Bound> {
    let text = proc::read(Command::new("arm-none-eabi-objdump").args(["-d", "-C", "--no-show-raw-insn"]).arg(elf))?;
    let functions = read(&text);
    let exact = functions.keys().find(|name| *name == root);
    let name = exact.or_else(|| functions.keys().find(|name| name.contains(root)));
    let name = name.with_context(|| format!("there is no {root}"))?;
    let mut walk = Walk { functions: &functions, known: BTreeMap::new(), cycles: BTreeSet::new() };
    let (bytes, chain) = walk.depth(name, &mut Vec::new());
    let indirect = walk.known.keys().filter_map(|name| functions.get(name)).map(|function| function.indirect).sum();
    Ok(Bound { bytes, chain, indirect, cycles: walk.cycles })
}

fn read(disassembly: &str) -> BTreeMap<String, Function> {
    let mut functions: BTreeMap<String, Function> = BTreeMap::new();
    let mut current = String::new();
    for line in disassembly.lines() {
        if let Some((_, name)) = line.split_once(" <").filter(|_| line.ends_with(">:")) {
            name.trim_end_matches(">:").clone_into(&mut current);
            functions.entry(current.clone()).or_default();
        } else if let Some(function) = functions.get_mut(&current) {
            let mut columns = line.split('\t').skip(1);
            let operation = columns.next().unwrap_or_default().trim();
            take(function, &current, operation, columns.next().unwrap_or_default());
        }
    }
    functions
}

/// Takes one instruction in.
fn take(function: &mut Function, name: &str, operation: &str, arguments: &str) {
    let stem = operation.split('.').next().unwrap_or_default();
    match stem {
        "push" => function.frame += 4 * registers(arguments),
        "stmdb" if arguments.starts_with("sp!") => function.frame += 4 * registers(arguments),
        "vpush" => function.frame += registers(arguments) * if arguments.contains('d') { 8 } else { 4 },
        "sub" | "subw" if arguments.starts_with("sp") => {
            let number = arguments.rsplit('#').next().and_then(|text| text.split_whitespace().next());
            function.frame += number.and_then(|text| text.parse::<u64>().ok()).unwrap_or(0);
        }
        "blx" => function.indirect += 1,
        "bx" if !arguments.starts_with("lr") => function.indirect += 1,
        "bl" | "b" => {
            // A branch into the middle of a function is one of its own.
            let target = arguments.split_once('<').map(|(_, target)| target.trim_end_matches('>'));
            if let Some(target) = target.filter(|target| *target != name && !target.contains("+0x")) {
                function.calls.insert(target.to_owned());
            }
        }
        _ => {}
    }
}

/// How many registers `{r4, r5, r6-r8, lr}` are.
fn registers(list: &str) -> u64 {
    let inside = list.split_once('{').and_then(|(_, rest)| rest.split_once('}')).map_or("", |(inside, _)| inside);
    let number = |name: &str| name.trim().trim_start_matches(|c: char| !c.is_ascii_digit()).parse::<u64>().ok();
    let each = |part: &str| match part.split_once('-') {
        Some((from, to)) => number(to).zip(number(from)).map_or(1, |(to, from)| to.saturating_sub(from) + 1),
        None => 1,
    };
    inside.split(',').map(each).sum()
}

struct Walk<'f> {
    functions: &'f BTreeMap<String, Function>,
    known: BTreeMap<String, (u64, Vec<(String, u64)>)>,
    cycles: BTreeSet<String>,
}

impl Walk<'_> {
    fn depth(&mut self, name: &str, above: &mut Vec<String>) -> (u64, Vec<(String, u64)>) {
        if let Some(known) = self.known.get(name) {
            return known.clone();
        }
        if above.iter().any(|other| other == name) {
            self.cycles.insert(name.to_owned());
            return (0, Vec::new());
        }
        let Some(function) = self.functions.get(name) else { return (0, Vec::new()) };
        above.push(name.to_owned());
        let deepest = function.calls.iter().map(|called| self.depth(called, above)).max_by_key(|(bytes, _)| *bytes);
        above.pop();
        let (below, mut chain) = deepest.unwrap_or_default();
        chain.insert(0, (name.to_owned(), function.frame));
        let found = (function.frame + below, chain);
        self.known.insert(name.to_owned(), found.clone());
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "20040000 <a::main>:\n20040000:\tpush\t{r4, r5, r6, r7, lr}\n20040002:\tsub.w\tsp, sp, #1024\t@ 0x400\n\
        20040006:\tbl\t20040020 <b::deep>\n2004000a:\tb.n\t20040002 <a::main+0x2>\n\n20040020 <b::deep>:\n\
        20040020:\tstmdb\tsp!, {r4-r11, lr}\n20040024:\tvpush\t{d8-d9}\n20040028:\tblx\tr3\n2004002a:\tbl\t20040000 <a::main>\n";

    #[test]
    fn frames_are_summed_along_the_deepest_chain() {
        let functions = read(TEXT);
        let mut walk = Walk { functions: &functions, known: BTreeMap::new(), cycles: BTreeSet::new() };
        let (bytes, chain) = walk.depth("a::main", &mut Vec::new());
        assert_eq!(chain, [("a::main".to_owned(), 20 + 1024), ("b::deep".to_owned(), 36 + 16)]);
        assert_eq!(bytes, 1044 + 52);
        assert_eq!(walk.cycles.into_iter().collect::<Vec<_>>(), ["a::main"]);
        assert_eq!(functions["b::deep"].indirect, 1);
    }
}
