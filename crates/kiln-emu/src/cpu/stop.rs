//! What keeps an instruction from ending as usual.

use std::fmt;

/// The end of a run: something that the machine does not know, or that must not happen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stop {
    /// An encoding that the core does not know, or that it refuses to guess at.
    Instruction {
        /// The core.
        core: usize,
        /// Where it stands.
        pc: u32,
        /// What it is.
        name: String,
    },
    /// A register that its block does not have, or a value that the block does not know.
    Register {
        /// The core.
        core: usize,
        /// The accessing instruction.
        pc: u32,
        /// The block, or the region.
        block: &'static str,
        /// The address.
        address: u32,
        /// What was wanted of it.
        what: String,
    },
    /// Something that must not happen on the board.
    Forbidden {
        /// The core.
        core: usize,
        /// Where it stands.
        pc: u32,
        /// What it did.
        what: String,
    },
    /// The program asked for the end, with its exit code.
    Exit(u32),
}

impl fmt::Display for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Instruction { core, pc, name } => {
                write!(f, "core {core} at {pc:08x}: instruction not known: {name}")
            }
            Self::Register { core, pc, block, address, what } => {
                write!(f, "core {core} at {pc:08x}: {block}, {address:08x}: {what}")
            }
            Self::Forbidden { core, pc, what } => write!(f, "core {core} at {pc:08x}: {what}"),
            Self::Exit(code) => write!(f, "the program ended with {code}"),
        }
    }
}

impl std::error::Error for Stop {}

/// Why an instruction did not end as usual.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trap {
    /// A usage fault, with its bits of CFSR.
    Usage(u32),
    /// The bus refused; an instruction fetch or an access.
    Bus {
        /// Where.
        address: u32,
        /// The fetch of an instruction.
        fetch: bool,
    },
    /// The memory protection unit refused.
    Memory {
        /// Where.
        address: u32,
        /// The fetch of an instruction.
        fetch: bool,
    },
    /// SVC.
    Call,
    /// BKPT without anybody who takes it.
    Break,
    /// The end of the run.
    Stop(Box<Stop>),
}

impl Trap {
    /// UsageFault, UNDEFINSTR.
    pub const UNDEFINED: Self = Self::Usage(1 << 16);
    /// UsageFault, INVSTATE.
    pub const INVALID_STATE: Self = Self::Usage(1 << 17);
    /// UsageFault, INVPC.
    pub const INVALID_PC: Self = Self::Usage(1 << 18);
    /// UsageFault, NOCP.
    pub const NO_COPROCESSOR: Self = Self::Usage(1 << 19);
    /// UsageFault, STKOF.
    pub const STACK_OVERFLOW: Self = Self::Usage(1 << 20);
    /// UsageFault, UNALIGNED.
    pub const UNALIGNED: Self = Self::Usage(1 << 24);
    /// UsageFault, DIVBYZERO.
    pub const DIVIDE_BY_ZERO: Self = Self::Usage(1 << 25);
}

impl From<Stop> for Trap {
    fn from(stop: Stop) -> Self {
        Self::Stop(Box::new(stop))
    }
}
