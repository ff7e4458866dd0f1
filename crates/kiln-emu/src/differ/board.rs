//! A board as QEMU's mps2-an521 is, as far as the harness uses it, around our own core.

use super::Harness;
use super::case::{Case, FIRST, RECORD_WORDS, RECORDS, STUBS, records, stubs};
use crate::cpu::{Bus, Cpu, Slot, Stop, Trap};
use crate::memory::Memory;

/// Code, RAM and external RAM: their first addresses.
const REGIONS: [u32; 3] = [0x1000_0000, 0x3800_0000, RECORDS];
const SIZES: [usize; 3] = [4 << 20, 1 << 20, 16 << 20];

pub(super) struct Board {
    cpu: Cpu,
    wires: Wires,
}

struct Wires {
    memory: [Memory; 3],
    watched: Option<u32>,
    output: Vec<u8>,
    pc: u32,
}

impl Board {
    pub(super) fn new(harness: &Harness, cases: &[Case]) -> Self {
        let memory = SIZES.map(|size| Memory::new(size, 0));
        let mut wires = Wires { memory, watched: None, output: Vec::new(), pc: 0 };
        for (address, bytes) in &harness.segments {
            wires.put(*address, bytes);
        }
        wires.put(STUBS, &stubs(cases, harness.after | 1));
        wires.put(RECORDS, &records(cases));
        let mut cpu = Cpu::new(0);
        let word = |wires: &Wires, address| wires.word(address).unwrap_or_default();
        cpu.start(REGIONS[0], word(&wires, REGIONS[0]), word(&wires, REGIONS[0] + 4));
        Self { cpu, wires }
    }

    /// The number of the case that runs.
    pub(super) fn current(&self) -> usize {
        let record = self.wires.word(REGIONS[1] + 4).unwrap_or_default();
        record.wrapping_sub(FIRST) as usize / (4 * RECORD_WORDS)
    }

    /// Runs the program to its end; what it wrote.
    pub(super) fn run(&mut self) -> Result<Vec<u8>, Stop> {
        loop {
            self.wires.pc = self.cpu.pc;
            if let Err(stop) = self.cpu.step(&mut self.wires) {
                return match *stop {
                    Stop::Exit(0) => Ok(std::mem::take(&mut self.wires.output)),
                    stop => Err(stop),
                };
            }
            if !self.cpu.wake() {
                let what = format!("the core came to rest: {:?}", self.cpu.rest);
                return Err(Stop::Forbidden { core: 0, pc: self.cpu.pc, what });
            }
        }
    }
}

impl Wires {
    fn find(address: u32) -> Result<(usize, u32), Trap> {
        let at = REGIONS
            .iter()
            .rposition(|first| *first <= address)
            .filter(|at| ((address - REGIONS[*at]) as usize) < SIZES[*at]);
        at.map(|at| (at, address - REGIONS[at])).ok_or(Trap::Bus { address, fetch: false })
    }

    fn put(&mut self, address: u32, bytes: &[u8]) {
        if let Ok((at, offset)) = Self::find(address) {
            self.memory[at].fill_from(offset, bytes);
        }
    }

    fn word(&self, address: u32) -> Option<u32> {
        let (at, offset) = Self::find(address).ok()?;
        self.memory[at].load(offset, 4)
    }
}

impl Bus for Wires {
    fn load(&mut self, _: usize, address: u32, bytes: u32) -> Result<u32, Trap> {
        let (at, offset) = Self::find(address)?;
        self.memory[at].load(offset, bytes).ok_or(Trap::Bus { address, fetch: false })
    }

    fn store(&mut self, _: usize, address: u32, bytes: u32, value: u32) -> Result<(), Trap> {
        let (at, offset) = Self::find(address)?;
        self.memory[at].store(offset, bytes, value).ok_or(Trap::Bus { address, fetch: false })
    }

    fn fetch(&mut self, _: usize, address: u32) -> Result<Slot, Trap> {
        self.pc = address;
        let (at, offset) = Self::find(address).map_err(|_| Trap::Bus { address, fetch: true })?;
        self.memory[at].fetch(offset).ok_or(Trap::Bus { address, fetch: true })
    }

    fn watch(&mut self, _: usize, address: u32) {
        self.watched = Some(address);
    }

    fn unwatch(&mut self, _: usize, address: Option<u32>) -> bool {
        self.watched.take().is_some_and(|watched| Some(watched) == address)
    }

    fn send_event(&mut self, _: usize) {}

    /// Semihosting, as far as the harness uses it.
    fn breakpoint(&mut self, core: usize, imm: u8, registers: &mut [u32; 16]) -> Result<bool, Trap> {
        if imm != 0xAB {
            return Ok(false);
        }
        let argument = |at: u32| self.word(registers[1].wrapping_add(4 * at)).unwrap_or_default();
        match registers[0] {
            1 => registers[0] = 1,
            5 => {
                let (from, size) = (argument(1), argument(2));
                let written: Vec<u8> = (from..from.wrapping_add(size))
                    .step_by(4)
                    .flat_map(|address| self.word(address).unwrap_or_default().to_le_bytes())
                    .collect();
                self.output.extend(written);
                registers[0] = 0;
            }
            0x20 => return Err(Stop::Exit(argument(1)).into()),
            _ => {
                let what = format!("semihosting call {:#x}", registers[0]);
                return Err(Stop::Forbidden { core, pc: self.pc, what }.into());
            }
        }
        Ok(true)
    }
}
