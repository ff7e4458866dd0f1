//! One case: a stub, and what is in registers and memory before it.

use crate::cpu::insn::Op;

/// Words of a record: 48 registers, 16 of memory, 16 of remarks.
pub(super) const RECORD_WORDS: usize = 80;
/// Where the records are; the first word is their number.
pub(super) const RECORDS: u32 = 0x8000_0000;
pub(super) const FIRST: u32 = RECORDS + 64;
/// Where the stubs are, a page behind the start of what a literal may reach.
pub(super) const STUBS: u32 = 0x1010_0000;
/// Bytes of a stub.
pub(super) const STUB_SIZE: u32 = 48;
/// Words of a record.
pub(super) const MEMORY: usize = 48;
pub(super) const STUB: usize = 67;

/// One case.
#[derive(Clone, Debug)]
pub struct Case {
    /// What is tried.
    pub op: Op,
    /// Its half words, and those that belong to it.
    pub halves: Vec<u16>,
    /// r0 to r12, lr, apsr, fpscr, s0 to s31.
    pub registers: [u32; 48],
    /// Sixteen words that the instruction may read and write.
    pub memory: [u32; 16],
}

impl Case {
    /// The address of the record of case `at`.
    pub(super) fn record(at: usize) -> u32 {
        FIRST + (at * RECORD_WORDS * 4) as u32
    }

    /// The address of the memory of case `at`.
    pub(super) fn window(at: usize) -> u32 {
        Self::record(at) + 4 * MEMORY as u32
    }

    /// The address of the stub of case `at`.
    pub(super) fn stub(at: usize) -> u32 {
        STUBS + 4096 + at as u32 * STUB_SIZE
    }

    /// The words of the record before the run.
    pub(super) fn words(&self, at: usize) -> Vec<u32> {
        let mut words = self.registers.to_vec();
        words.extend(self.memory);
        words.resize(RECORD_WORDS, 0);
        words[STUB] = Self::stub(at) | 1;
        words
    }

    /// The stub: the instruction, and a jump back that needs no register.
    pub(super) fn code(&self, after: u32) -> Vec<u8> {
        let mut halves = self.halves.clone();
        if halves.len() % 2 == 1 {
            // nop, so that the literal stands on a word.
            halves.push(0xBF00);
        }
        // ldr.w pc, [pc, #0]: the literal behind it.
        halves.extend([0xF8DF, 0xF000, after as u16, (after >> 16) as u16]);
        let mut bytes: Vec<u8> = halves.iter().flat_map(|half| half.to_le_bytes()).collect();
        bytes.resize(STUB_SIZE as usize, 0);
        bytes
    }
}

/// All records, their number first.
pub(super) fn records(cases: &[Case]) -> Vec<u8> {
    let mut words = vec![cases.len() as u32];
    words.resize(16, 0);
    for (at, case) in cases.iter().enumerate() {
        words.extend(case.words(at));
    }
    words.iter().flat_map(|word| word.to_le_bytes()).collect()
}

/// All stubs, with a page of something around them for literals.
pub(super) fn stubs(cases: &[Case], after: u32) -> Vec<u8> {
    let around: Vec<u8> = (0..4096_u32).map(|at| (at.wrapping_mul(0x9E37_79B1) >> 24) as u8).collect();
    let mut bytes = around.clone();
    bytes.extend(cases.iter().flat_map(|case| case.code(after)));
    bytes.extend(around);
    bytes
}
