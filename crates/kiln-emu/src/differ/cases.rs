//! Drawing cases: any encoding by chance, the encodings of a program, and a few made by hand.

use std::collections::BTreeMap;

use super::case::Case;
use super::draw::Dice;
use super::safe::needs;
use crate::cpu::decode::{decode, is_wide};
use crate::cpu::insn::{Op, Order};

/// Cases, and how many there are of each form.
#[derive(Debug, Default)]
pub struct Drawn {
    /// The cases.
    pub cases: Vec<Case>,
    /// How many of each form.
    pub forms: BTreeMap<String, usize>,
}

/// How many words are tried for each case that is wanted.
const PATIENCE: usize = 400;

/// Draws up to `wanted` cases, at most `each` of one form: encodings of `program` first, in turn, then any.
pub fn draw(seed: u64, wanted: usize, each: usize, program: &[(u16, u16)], after: u32) -> Drawn {
    let mut dice = Dice::new(seed);
    let mut drawn = Drawn::default();
    by_hand(&mut drawn, &mut dice);
    for halves in program {
        if drawn.cases.len() < wanted {
            drawn.take(*halves, &mut dice, each, after);
        }
    }
    for _ in 0..wanted.saturating_mul(PATIENCE) {
        if drawn.cases.len() >= wanted {
            break;
        }
        drawn.take(any(&mut dice), &mut dice, each, after);
    }
    drawn
}

/// Two half words by chance: a narrow instruction, a floating-point one, or any wide one.
fn any(dice: &mut Dice) -> (u16, u16) {
    let word = dice.word();
    let (first, second) = ((word >> 16) as u16, word as u16);
    match dice.below(4) {
        0 => (first % 0xE800, second),
        1 => (first & 0x1FF | if dice.below(4) == 0 { 0xFE00 } else { 0xEC00 }, second & 0xF0FF | 0x0A00),
        _ => (first % 0x1800 + 0xE800, second),
    }
}

/// Registers and memory by chance.
fn state(dice: &mut Dice) -> ([u32; 48], [u32; 16]) {
    let mut registers = [0; 48];
    for (at, word) in registers.iter_mut().enumerate() {
        *word = if at < 16 { dice.operand() } else { dice.float() };
    }
    registers[14] = dice.word() & 0xF80F_0000;
    // Most programs leave FPSCR as it is after reset.
    registers[15] = match dice.below(8) {
        0 => dice.word() & 0xF300_009F,
        1 => dice.word() & 0xF000_009F,
        _ => 0,
    };
    (registers, std::array::from_fn(|_| dice.operand()))
}

impl Drawn {
    fn take(&mut self, (first, second): (u16, u16), dice: &mut Dice, each: usize, after: u32) {
        let op = decode(first, second);
        let at = self.cases.len();
        let Some(holds) = needs(op, dice, Case::window(at), after) else { return };
        let count = self.forms.entry(op.form()).or_default();
        if *count >= each {
            return;
        }
        *count += 1;
        let (mut registers, memory) = state(dice);
        for (reg, value) in holds {
            // The link register follows r12.
            registers[usize::from(reg.min(13))] = value;
        }
        let mut halves = if is_wide(first) { vec![first, second] } else { vec![first] };
        if matches!(op, Op::StoreOrdered { order: Order::Exclusive, .. }) && dice.below(4) != 0 {
            // The load that makes it succeed: ldrex r.., same width, same base, into r11.
            if let Some(load) = matching_load(first, second) {
                halves.splice(0..0, load);
            }
        }
        self.cases.push(Case { op, halves, registers, memory });
    }

    fn push(&mut self, halves: &[u16], dice: &mut Dice) {
        let first = halves.iter().position(|half| *half == 0xE8DF).unwrap_or_default();
        let op = decode(halves[first], halves.get(first + 1).copied().unwrap_or_default());
        *self.forms.entry(op.form()).or_default() += 1;
        let (registers, memory) = state(dice);
        self.cases.push(Case { op, halves: halves.to_vec(), registers, memory });
    }
}

/// The exclusive load that goes before an exclusive store; it loads into a register that the store does not use.
fn matching_load(first: u16, second: u16) -> Option<[u16; 2]> {
    let rt = 12_u16;
    let uses = [first & 15, second >> 12, second & 15, second >> 8 & 15];
    if uses.contains(&rt) {
        return None;
    }
    Some(if first & 0x80 == 0 {
        // strex: the offset is in the lower eight bits of both.
        [first | 0x10, rt << 12 | 0x0F00 | second & 0xFF]
    } else {
        [first | 0x10, rt << 12 | 0x0F0F | second & 0xF0]
    })
}

/// Branches, calls and blocks, whose cases need more than one instruction.
fn by_hand(drawn: &mut Drawn, dice: &mut Dice) {
    // movs r7, #17 and movw r7, #0x1234: what a branch jumps over, or does not.
    let (narrow, wide) = (0x2711, [0xF241, 0x2734]);
    for cond in 0..14_u16 {
        for _ in 0..8 {
            drawn.push(&[0xD001 | cond << 8, wide[0], wide[1], 0xBF00], dice);
            drawn.push(&[0xF000 | cond << 6, 0x8002, wide[0], wide[1]], dice);
        }
    }
    for _ in 0..8 {
        for register in 0..8_u16 {
            // cbz and cbnz, over two half words.
            drawn.push(&[0xB108 | register, wide[0], wide[1], 0xBF00], dice);
            drawn.push(&[0xB908 | register, wide[0], wide[1], 0xBF00], dice);
        }
        drawn.push(&[0xE001, wide[0], wide[1], 0xBF00], dice);
        drawn.push(&[0xF000, 0xB802, wide[0], wide[1]], dice);
        drawn.push(&[0xF000, 0xF802, wide[0], wide[1]], dice);
        drawn.push(&[0xDF00 | dice.below(256) as u16, narrow], dice);
        // add r0, pc; mov r1, pc; add sp, #16; sub sp, #32; mov r2, sp.
        drawn.push(&[0x4478, 0x4679, 0xB004, 0xB088, 0x466A], dice);
        // push {r1-r5, lr}; pop {r2-r6}; pop {r7}.
        drawn.push(&[0xB53E, 0xBC7C, 0xBC80], dice);
        // vpush {d4-d7}; vpop {d0-d3}; vpush {s1-s3}; vpop {s29-s31}.
        drawn.push(&[0xED2D, 0x8B08, 0xECBD, 0x0B08], dice);
        drawn.push(&[0xED6D, 0x0A03, 0xECFD, 0xEA03], dice);
        // str r3, [sp, #-8]!; ldr r4, [sp], #8.
        drawn.push(&[0xF84D, 0x3D08, 0xF85D, 0x4B08], dice);
        for entry in 0..2 {
            // movs r1, #entry; tbb [pc, r1] over a table of two bytes; the same with tbh and two half words.
            drawn.push(&[0x2100 | entry, 0xE8DF, 0xF001, 0x0301, wide[0], wide[1], 0xBF00], dice);
            drawn.push(&[0x2100 | entry, 0xE8DF, 0xF011, 2, 4, wide[0], wide[1], 0xBF00], dice);
        }
    }
    blocks(drawn, dice);
    for _ in 0..8 {
        special(drawn, dice);
        limits(drawn, dice);
        rests(drawn, dice);
    }
}

/// MRS and MSR of a special register.
const fn mrs(rd: u16, sysm: u16) -> [u16; 2] {
    [0xF3EF, 0x8000 | rd << 8 | sysm]
}

const fn msr(sysm: u16, rn: u16) -> [u16; 2] {
    [0xF380 | rn, 0x8800 | sysm]
}

/// Numbers of special registers (Armv8-M, D1.2.164).
const PSP: u16 = 9;
const MSPLIM: u16 = 10;
const PSPLIM: u16 = 11;
const CONTROL: u16 = 20;
const ISB: [u16; 2] = [0xF3BF, 0x8F6F];

/// What special registers keep of what is written to them, and the other stack.
fn special(drawn: &mut Drawn, dice: &mut Dice) {
    // PRIMASK, BASEPRI, BASEPRI_MAX twice, FAULTMASK: what is left is in the record.
    for sysm in 16..20 {
        drawn.push(&[msr(17, 2), msr(sysm, 0), msr(sysm, 1), mrs(3, sysm)].concat(), dice);
    }
    for sysm in [PSP, PSPLIM] {
        drawn.push(&[msr(sysm, 0), mrs(1, sysm)].concat(), dice);
    }
    // movs r2, #0, so that the limit is gone before the stack is used again.
    drawn.push(&[&msr(MSPLIM, 0)[..], &mrs(1, MSPLIM), &[0x2200], &msr(MSPLIM, 2)].concat(), dice);
    // mov r0, sp becomes the process stack; SPSEL set; mov r3, sp; SPSEL clear.
    for control in [2, 6] {
        let there = [&[0x4668, 0x2100 | control][..], &msr(PSP, 0), &msr(CONTROL, 1), &ISB, &mrs(2, CONTROL)].concat();
        let back = [&[0x466B, 0x2100][..], &msr(CONTROL, 1), &ISB].concat();
        drawn.push(&[there, back].concat(), dice);
    }
}

/// The stack comes to its limit: mov r0, sp; sub r0, #0x80; msr msplim, r0, and then too far in several ways.
fn limits(drawn: &mut Drawn, dice: &mut Dice) {
    let begun = [&[0x4668, 0xF1A0, 0x0080][..], &msr(MSPLIM, 0)].concat();
    // sub sp, #0x280; str r3, [sp, #-0xF0]!; sub sp, #16 and vpush {d0-d15}; vpush {d0-d15} alone, which just fits, and back.
    for too_far in [&[0xF5AD, 0x7D20][..], &[0xF84D, 0x3DF0], &[0xB084, 0xED2D, 0x0B20], &[0xED2D, 0x0B20, 0xB020]] {
        drawn.push(&[&begun[..], too_far].concat(), dice);
    }
}

/// What ends a rest at once: an event that was sent before, an interrupt that is pending and masked.
fn rests(drawn: &mut Drawn, dice: &mut Dice) {
    // sev; wfe, narrow and wide; two events are one.
    drawn.push(&[0xBF40, 0xBF20], dice);
    drawn.push(&[0xF3AF, 0x8004, 0xF3AF, 0x8002], dice);
    drawn.push(&[0xBF40, 0xBF40, 0xBF20], dice);
    // cpsid i; movw and movt r0 to ICSR; mov r1, #PENDSVSET; str; wfi; mov r1, #PENDSVCLR; str; cpsie i.
    let to_icsr = [0xB672, 0xF64E, 0x5004, 0xF2CE, 0x0000];
    drawn.push(&[&to_icsr[..], &[0xF04F, 0x5180, 0x6001, 0xBF30, 0xF04F, 0x6100, 0x6001, 0xB662]].concat(), dice);
}

/// IT blocks of every condition and shape, over instructions that set flags outside a block.
fn blocks(drawn: &mut Drawn, dice: &mut Dice) {
    for cond in 0..14_u16 {
        for mask in 1..16_u16 {
            let length = 4 - mask.trailing_zeros() as usize;
            // adds r0, r1, r2 (narrow: add within a block); eors r3, r4; lsls r5, r6, #3; mul r1, r7, r1.
            let body = [0x1888, 0x4063, 0x00F5, 0x4379];
            let mut halves = vec![0xBF00 | cond << 4 | mask];
            halves.extend(&body[..length]);
            drawn.push(&halves, dice);
            // The same with comparisons, which do set the flags: cmp r0, r1 first.
            let mut halves = vec![0xBF00 | cond << 4 | mask, 0x4288];
            halves.extend(&body[1..length]);
            drawn.push(&halves, dice);
        }
    }
}
