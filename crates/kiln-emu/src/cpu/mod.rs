//! One Cortex-M33, as far as a program that stays Secure can see it.
//!
//! An instruction costs one cycle; sleep costs nothing and is the machine's to skip. What the core does not know stops
//! the run with its name: it never guesses.

mod alu;
pub mod decode;
mod exception;
mod exec;
pub mod insn;
mod kinds;
mod mpu;
mod nvic;
mod ppb;
mod step;
mod stop;

pub use exception::Exception;
pub use ppb::Ppb;
pub use stop::{Stop, Trap};

use insn::{Op, Reg};

/// A decoded instruction and its length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot {
    /// What it does.
    pub op: Op,
    /// Bytes, 2 or 4.
    pub length: u8,
}

/// What a core is connected to.
///
/// Addresses are aligned to the access. The private peripherals at 0xE000_0000 never come here.
pub trait Bus {
    /// Reads `bytes` (1, 2 or 4) at an address.
    ///
    /// # Errors
    /// A bus error, or the end of the run.
    fn load(&mut self, core: usize, address: u32, bytes: u32) -> Result<u32, Trap>;
    /// Writes the lower `bytes` (1, 2 or 4) of a value to an address.
    ///
    /// # Errors
    /// A bus error, or the end of the run.
    fn store(&mut self, core: usize, address: u32, bytes: u32, value: u32) -> Result<(), Trap>;
    /// The instruction at an address.
    ///
    /// # Errors
    /// A bus error, or the end of the run.
    fn fetch(&mut self, core: usize, address: u32) -> Result<Slot, Trap>;
    /// Begins to watch an address for an exclusive store.
    fn watch(&mut self, core: usize, address: u32);
    /// Ends the watch; whether it stood on this address.
    fn unwatch(&mut self, core: usize, address: Option<u32>) -> bool;
    /// SEV: an event for every core.
    fn send_event(&mut self, core: usize);
    /// BKPT: what the debugger at the other end makes of it. Returns whether it was taken.
    ///
    /// # Errors
    /// The end of the run.
    fn breakpoint(&mut self, core: usize, imm: u8, registers: &mut [u32; 16]) -> Result<bool, Trap>;
}

/// Why a core does not execute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rest {
    /// It executes.
    Awake,
    /// WFI: until an interrupt is pending.
    Interrupt,
    /// WFE: until an event.
    Event,
    /// A fault within the handler of faults: until a reset.
    Lockup,
    /// Held in reset, or waiting in the boot ROM.
    Held,
}

/// A core.
#[derive(Clone, Debug)]
pub struct Cpu {
    /// Its number.
    pub id: usize,
    /// R0 to R15. R13 is the stack pointer in use, R15 the address of the running instruction plus four.
    pub r: [u32; 16],
    /// The address of the instruction that runs or is next.
    pub pc: u32,
    /// The stack pointer that is not in use: the process one in Handler mode, and so on.
    other_sp: u32,
    next: u32,
    /// A branch to an EXC_RETURN value, carried out when the instruction has ended.
    leaving: Option<u32>,
    n: bool,
    z: bool,
    c: bool,
    v: bool,
    q: bool,
    ge: u8,
    it: u8,
    thumb: bool,
    /// Number of the exception in progress, 0 in Thread mode.
    ipsr: u16,
    primask: bool,
    faultmask: bool,
    basepri: u8,
    npriv: bool,
    spsel: bool,
    fpca: bool,
    sfpa: bool,
    msplim: u32,
    psplim: u32,
    /// S0 to S31.
    pub s: [u32; 32],
    fpscr: u32,
    event: bool,
    /// Why it does not execute.
    pub rest: Rest,
    /// Something may have to be taken before the next instruction.
    attention: bool,
    /// Its private peripherals.
    pub ppb: Ppb,
    /// Instructions executed since it was made.
    pub instructions: u64,
    /// AIRCR.SYSRESETREQ was written.
    pub reset_request: bool,
    /// The lowest stack pointer seen with the main stack in use.
    pub lowest_msp: u32,
}

impl Cpu {
    /// A core after reset, held.
    pub fn new(id: usize) -> Self {
        Self {
            id,
            r: [0; 16],
            pc: 0,
            other_sp: 0,
            next: 0,
            leaving: None,
            n: false,
            z: false,
            c: false,
            v: false,
            q: false,
            ge: 0,
            it: 0,
            thumb: true,
            ipsr: 0,
            primask: false,
            faultmask: false,
            basepri: 0,
            npriv: false,
            spsel: false,
            fpca: false,
            sfpa: false,
            msplim: 0,
            psplim: 0,
            s: [0; 32],
            fpscr: 0,
            event: false,
            rest: Rest::Held,
            attention: false,
            ppb: Ppb::new(),
            instructions: 0,
            reset_request: false,
            lowest_msp: u32::MAX,
        }
    }

    /// Starts it: vector table, main stack pointer, first instruction (its lowest bit tells Thumb).
    pub fn start(&mut self, vectors: u32, stack: u32, entry: u32) {
        let instructions = self.instructions;
        *self = Self::new(self.id);
        self.instructions = instructions;
        self.ppb.vtor = vectors;
        self.r[13] = stack & !3;
        self.r[14] = u32::MAX;
        self.pc = entry & !1;
        self.thumb = entry & 1 != 0;
        self.attention = true;
        self.rest = Rest::Awake;
    }

    /// The stack pointer in use is the process one.
    const fn on_process_stack(&self) -> bool {
        self.spsel && self.ipsr == 0
    }

    /// The limit of the stack in use.
    const fn stack_limit(&self) -> u32 {
        if self.on_process_stack() { self.psplim } else { self.msplim }
    }

    /// Number of the exception in progress, 0 in Thread mode.
    pub const fn exception(&self) -> u16 {
        self.ipsr
    }

    /// Whether interrupts are masked by PRIMASK.
    pub const fn interrupts_masked(&self) -> bool {
        self.primask
    }

    /// The limit of the main stack.
    pub const fn main_stack_limit(&self) -> u32 {
        self.msplim
    }

    /// The flags as APSR shows them.
    pub fn apsr(&self) -> u32 {
        u32::from(self.n) << 31
            | u32::from(self.z) << 30
            | u32::from(self.c) << 29
            | u32::from(self.v) << 28
            | u32::from(self.q) << 27
            | u32::from(self.ge) << 16
    }

    fn set_nzcvq(&mut self, apsr: u32) {
        self.n = apsr >> 31 & 1 != 0;
        self.z = apsr >> 30 & 1 != 0;
        self.c = apsr >> 29 & 1 != 0;
        self.v = apsr >> 28 & 1 != 0;
        self.q = apsr >> 27 & 1 != 0;
    }

    /// The whole xPSR, as it is stacked.
    fn xpsr(&self) -> u32 {
        let it = u32::from(self.it);
        self.apsr() | (it & 3) << 25 | (it >> 2) << 10 | u32::from(self.thumb) << 24 | u32::from(self.ipsr)
    }

    fn set_xpsr(&mut self, xpsr: u32) {
        self.set_nzcvq(xpsr);
        self.ge = (xpsr >> 16 & 15) as u8;
        self.it = ((xpsr >> 25 & 3) | (xpsr >> 10 & 0x3F) << 2) as u8;
        self.thumb = xpsr >> 24 & 1 != 0;
        self.ipsr = (xpsr & 0x1FF) as u16;
    }

    /// Whether a condition holds.
    fn holds(&self, cond: u8) -> bool {
        let base = match cond >> 1 {
            0 => self.z,
            1 => self.c,
            2 => self.n,
            3 => self.v,
            4 => self.c && !self.z,
            5 => self.n == self.v,
            6 => self.n == self.v && !self.z,
            _ => return true,
        };
        base != (cond & 1 != 0)
    }

    /// Writes a register that is not the program counter; the stack pointer is held to its limit.
    #[inline]
    fn set(&mut self, rd: Reg, value: u32) -> Result<(), Trap> {
        if rd == 13 {
            return self.set_sp(value);
        }
        self.r[usize::from(rd)] = value;
        Ok(())
    }

    fn set_sp(&mut self, value: u32) -> Result<(), Trap> {
        let value = value & !3;
        if value < self.stack_limit() {
            return Err(Trap::STACK_OVERFLOW);
        }
        self.r[13] = value;
        self.lowest_msp = self.lowest_msp.min(value);
        Ok(())
    }

    /// A register's value; 15 reads as the address of the instruction plus four.
    #[inline]
    fn get(&self, reg: Reg) -> u32 {
        self.r[usize::from(reg & 15)]
    }
}
