//! The choices that instructions are made of. Names are those of the Armv8-M Architecture Reference Manual (DDI 0553).

/// A register's number, 0 to 15; 13 is the stack pointer, 14 the link, 15 the address of the instruction plus four.
pub type Reg = u8;

/// Whether an instruction sets the flags.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sets {
    /// It leaves them alone.
    No,
    /// It sets them.
    Yes,
    /// It sets them unless an IT block covers it: the narrow encodings.
    OutsideIt,
}

/// The two-operand instructions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the manual's own names")]
pub enum Dp {
    And,
    Bic,
    Orr,
    Orn,
    Eor,
    Add,
    Adc,
    Sbc,
    Sub,
    Rsb,
    Tst,
    Teq,
    Cmn,
    Cmp,
    Mov,
    Mvn,
}

/// How an operand is shifted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the manual's own names")]
pub enum Shift {
    Lsl,
    Lsr,
    Asr,
    Ror,
    Rrx,
}

/// What a load or store moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Width {
    /// A byte, its upper bits zero.
    Byte,
    /// A half word, its upper bits zero.
    Half,
    /// A word.
    Word,
    /// A byte with its sign.
    SignedByte,
    /// A half word with its sign.
    SignedHalf,
}

/// What becomes of the base register.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Index {
    /// The offset is added, the base stays.
    Offset,
    /// The offset is added first and the sum is kept.
    Before,
    /// The base is used as it is and the sum is kept.
    After,
}

/// Exclusive and ordered accesses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// Load-acquire and store-release: ordinary accesses on a machine that keeps every order.
    Plain,
    /// Those that watch the address.
    Exclusive,
}

/// Sign and zero extension.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the manual's own names")]
pub enum Extend {
    Sxtb,
    Sxth,
    Uxtb,
    Uxth,
    Sxtb16,
    Uxtb16,
}

/// One operand, one result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the manual's own names")]
pub enum Unary {
    Rev,
    Rev16,
    Revsh,
    Rbit,
    Clz,
}

/// The rounding of lanes in a parallel instruction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the manual's own names")]
pub enum Lanes {
    Signed,
    SignedSaturating,
    SignedHalving,
    Unsigned,
    UnsignedSaturating,
    UnsignedHalving,
}

/// What a parallel instruction does to its lanes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the manual's own names")]
pub enum Parallel {
    Add8,
    Add16,
    Asx,
    Sub8,
    Sub16,
    Sax,
}

/// Multiplications and divisions of two words, and those with an accumulator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the manual's own names")]
pub enum Mul {
    Mul,
    Mla,
    Mls,
    Smla { n: bool, m: bool },
    Smul { n: bool, m: bool },
    Smlad { x: bool },
    Smuad { x: bool },
    Smlaw { m: bool },
    Smulw { m: bool },
    Smlsd { x: bool },
    Smusd { x: bool },
    Smmla { round: bool },
    Smmul { round: bool },
    Smmls { round: bool },
    Usad8,
    Usada8,
    Sdiv,
    Udiv,
}

/// Multiplications with a result of two words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the manual's own names")]
pub enum MulLong {
    Smull,
    Umull,
    Smlal,
    Umlal,
    Umaal,
    Smlalxy { n: bool, m: bool },
    Smlald { x: bool },
    Smlsld { x: bool },
}

/// Saturating sums.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the manual's own names")]
pub enum Q {
    Qadd,
    Qdadd,
    Qsub,
    Qdsub,
}

/// Rounding of a floating-point number to a whole one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Round {
    /// To nearest, ties away from zero.
    Away,
    /// To nearest, ties to even.
    Even,
    /// Up.
    Up,
    /// Down.
    Down,
    /// Towards zero.
    Zero,
    /// As FPSCR says, which is to nearest even: any other mode stops the run.
    Mode,
    /// The same, telling when the result is not exact.
    Exact,
}

/// Floating-point instructions with registers only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the manual's own names")]
pub enum Fp {
    Vmla,
    Vmls,
    Vnmla,
    Vnmls,
    Vmul,
    Vnmul,
    Vadd,
    Vsub,
    Vdiv,
    Vfma,
    Vfms,
    Vfnma,
    Vfnms,
    Vmov,
    Vabs,
    Vneg,
    Vsqrt,
    Vcmp {
        quiet: bool,
    },
    VcmpZero {
        quiet: bool,
    },
    Vmaxnm,
    Vminnm,
    Vsel {
        cc: u8,
    },
    Vrint(Round),
    /// From a whole number.
    FromInt {
        signed: bool,
    },
    /// To a whole number.
    ToInt {
        signed: bool,
        round: Round,
    },
}

/// Instructions that wait or tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the manual's own names")]
pub enum Hint {
    Nop,
    Wfe,
    Wfi,
    Sev,
}
