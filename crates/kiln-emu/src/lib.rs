//! Emulates: a small, deterministic RP2350 that boots the image that ships.
//!
//! Two Cortex-M33 cores of our own ([`cpu`]), held against QEMU instruction by instruction, and every block of the chip
//! that the image touches. A register or an instruction that is not known stops the run with its name: nothing is
//! guessed. Refuses to know what the image is for.
#![allow(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    clippy::cast_lossless,
    reason = "an emulated processor takes words apart and puts them together, as its manual says"
)]
#![allow(clippy::indexing_slicing, reason = "register files indexed by fields of as many bits as they have registers")]
#![allow(clippy::verbose_bit_mask, clippy::similar_names, reason = "fields are masked and named as in the manual")]
#![allow(clippy::inline_always, clippy::unnecessary_wraps, reason = "the interpreter's inner loop, in one shape")]
#![allow(clippy::match_same_arms, reason = "registers and encodings stand in the order of the manual")]
#![allow(clippy::wildcard_enum_match_arm, reason = "instructions are shared out over many files")]
#![allow(clippy::struct_excessive_bools, reason = "flags of a processor are flags")]
#![allow(clippy::format_push_string, reason = "text for people, written once")]
#![allow(
    clippy::new_without_default,
    reason = "what comes after a reset is said by new, and is no default of anything"
)]
#![allow(unreachable_pub, reason = "the modules say who sees what")]
#![allow(clippy::precedence, reason = "shifts bind before ands, ands before ors: bit fields read as in the manual")]

pub mod chip;
pub mod cpu;
pub mod differ;
pub mod kiln;
pub mod machine;
pub mod memory;
pub mod parts;
