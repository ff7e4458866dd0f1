//! Every instruction that the core knows, decoded.
//!
//! One value of [`Op`] is one instruction with its fields pulled apart, so that an instruction is decoded once and
//! executed often. Names and meanings are those of the Armv8-M Architecture Reference Manual (DDI 0553).

pub use super::kinds::{
    Dp, Extend, Fp, Hint, Index, Lanes, Mul, MulLong, Order, Parallel, Q, Reg, Round, Sets, Shift, Unary, Width,
};

/// A decoded instruction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "fields carry the manual's names")]
pub enum Op {
    /// Two operands, the second a constant. `carry` is the constant's carry out, 2 for the flag as it is.
    DpImm {
        op: Dp,
        s: Sets,
        rd: Reg,
        rn: Reg,
        carry: u8,
        imm: u32,
    },
    /// Two operands, the second a register shifted by a constant.
    DpReg {
        op: Dp,
        s: Sets,
        rd: Reg,
        rn: Reg,
        rm: Reg,
        shift: Shift,
        by: u8,
    },
    /// A shift by a register.
    ShiftReg {
        shift: Shift,
        s: Sets,
        rd: Reg,
        rn: Reg,
        rm: Reg,
    },
    /// The address of the instruction, word-aligned, plus an offset.
    Adr {
        rd: Reg,
        offset: i32,
    },
    Movt {
        rd: Reg,
        imm: u16,
    },
    Pkh {
        rd: Reg,
        rn: Reg,
        rm: Reg,
        top: bool,
        by: u8,
    },
    /// `rn` is 15 for a plain extension.
    Extend {
        kind: Extend,
        rd: Reg,
        rn: Reg,
        rm: Reg,
        rotate: u8,
    },
    Unary {
        kind: Unary,
        rd: Reg,
        rm: Reg,
    },
    /// `rn` is 15 for BFC.
    Bfi {
        rd: Reg,
        rn: Reg,
        lsb: u8,
        width: u8,
    },
    Bfx {
        signed: bool,
        rd: Reg,
        rn: Reg,
        lsb: u8,
        width: u8,
    },
    Sat {
        signed: bool,
        rd: Reg,
        rn: Reg,
        bits: u8,
        shift: Shift,
        by: u8,
    },
    Sat16 {
        signed: bool,
        rd: Reg,
        rn: Reg,
        bits: u8,
    },
    Qsum {
        kind: Q,
        rd: Reg,
        rn: Reg,
        rm: Reg,
    },
    Sel {
        rd: Reg,
        rn: Reg,
        rm: Reg,
    },
    Parallel {
        lanes: Lanes,
        kind: Parallel,
        rd: Reg,
        rn: Reg,
        rm: Reg,
    },
    /// The narrow MULS sets flags outside an IT block.
    Mul {
        kind: Mul,
        s: Sets,
        rd: Reg,
        rn: Reg,
        rm: Reg,
        ra: Reg,
    },
    MulLong {
        kind: MulLong,
        lo: Reg,
        hi: Reg,
        rn: Reg,
        rm: Reg,
    },

    Load {
        width: Width,
        rt: Reg,
        rn: Reg,
        index: Index,
        imm: i32,
    },
    LoadReg {
        width: Width,
        rt: Reg,
        rn: Reg,
        rm: Reg,
        lsl: u8,
    },
    LoadLit {
        width: Width,
        rt: Reg,
        offset: i32,
    },
    Store {
        width: Width,
        rt: Reg,
        rn: Reg,
        index: Index,
        imm: i32,
    },
    StoreReg {
        width: Width,
        rt: Reg,
        rn: Reg,
        rm: Reg,
        lsl: u8,
    },
    LoadMany {
        rn: Reg,
        before: bool,
        wback: bool,
        list: u16,
    },
    StoreMany {
        rn: Reg,
        before: bool,
        wback: bool,
        list: u16,
    },
    LoadDual {
        rt: Reg,
        rt2: Reg,
        rn: Reg,
        index: Index,
        imm: i32,
    },
    StoreDual {
        rt: Reg,
        rt2: Reg,
        rn: Reg,
        index: Index,
        imm: i32,
    },
    LoadOrdered {
        order: Order,
        width: Width,
        rt: Reg,
        rn: Reg,
        imm: u16,
    },
    StoreOrdered {
        order: Order,
        width: Width,
        rd: Reg,
        rt: Reg,
        rn: Reg,
        imm: u16,
    },
    Clrex,
    TableBranch {
        rn: Reg,
        rm: Reg,
        half: bool,
    },
    TestTarget {
        rd: Reg,
        rn: Reg,
        alternate: bool,
    },
    Preload,

    B {
        offset: i32,
    },
    BCond {
        cond: u8,
        offset: i32,
    },
    Bl {
        offset: i32,
    },
    Bx {
        rm: Reg,
    },
    Blx {
        rm: Reg,
    },
    Cbz {
        nonzero: bool,
        rn: Reg,
        offset: u8,
    },
    It {
        state: u8,
    },
    Svc {
        imm: u8,
    },
    Bkpt {
        imm: u8,
    },
    Udf,
    Hint(Hint),
    Barrier,
    Cps {
        disable: bool,
        primask: bool,
        faultmask: bool,
    },
    Mrs {
        rd: Reg,
        sysm: u8,
    },
    Msr {
        rn: Reg,
        sysm: u8,
        mask: u8,
    },
    SecureGateway,

    Fp {
        kind: Fp,
        d: Reg,
        n: Reg,
        m: Reg,
    },
    FpImm {
        d: Reg,
        bits: u32,
    },
    FpFixed {
        d: Reg,
        to_fixed: bool,
        signed: bool,
        half: bool,
        fraction: u8,
    },
    /// Between a core register and a single one.
    FpCore {
        to_core: bool,
        rt: Reg,
        n: Reg,
    },
    /// Between two core registers and two neighbouring single ones (or a double one).
    FpCores {
        to_core: bool,
        rt: Reg,
        rt2: Reg,
        m: Reg,
    },
    /// `rt` is 15 for the flags.
    Vmrs {
        rt: Reg,
    },
    Vmsr {
        rt: Reg,
    },
    /// `count` single registers from `d` on.
    FpLoad {
        d: Reg,
        rn: Reg,
        count: u8,
        imm: i32,
    },
    FpStore {
        d: Reg,
        rn: Reg,
        count: u8,
        imm: i32,
    },
    FpLoadMany {
        d: Reg,
        rn: Reg,
        count: u8,
        before: bool,
        wback: bool,
    },
    FpStoreMany {
        d: Reg,
        rn: Reg,
        count: u8,
        before: bool,
        wback: bool,
    },

    /// An encoding that the core does not know.
    Unknown,
}

impl Op {
    /// The form of an instruction: its name and its fixed choices, without registers and constants.
    ///
    /// Two instructions of one form are executed by the same code.
    pub fn form(&self) -> String {
        let text = format!("{self:?}");
        let mut form = String::new();
        let mut rest = text.as_str();
        while let Some(at) = rest.find(|c: char| c.is_ascii_digit() || c == '-') {
            let (head, tail) = rest.split_at(at);
            form.push_str(head);
            // Digits that are part of a name (Add8) stay; a field's value (rd: 3) goes.
            let value = head.ends_with(": ");
            let end = tail.find(|c: char| !(c.is_ascii_digit() || c == '-')).unwrap_or(tail.len());
            let (digits, after) = tail.split_at(end);
            form.push_str(if value { "#" } else { digits });
            rest = after;
        }
        form.push_str(rest);
        form
    }
}
