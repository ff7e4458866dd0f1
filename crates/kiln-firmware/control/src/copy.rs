//! Copies of whole words, eight at a time.
//!
//! Some 27 kilobytes a second go from one place of the loop's stack to another: requests and settings that are handed on.
//! The compiler's own routine moves a word with each instruction; here four instructions move 32 bytes. Names and rules
//! are those of the run-time ABI for the Arm architecture, 5.3.2: the addresses are aligned to words, the ranges do not
//! overlap, and nothing is returned.

use core::arch::global_asm;

global_asm!(
    ".section .text.__aeabi_memcpy8, \"ax\", %progbits",
    ".balign 4",
    ".global __aeabi_memcpy8",
    ".global __aeabi_memcpy4",
    ".type __aeabi_memcpy8, %function",
    ".type __aeabi_memcpy4, %function",
    ".thumb_func",
    "__aeabi_memcpy8:",
    ".thumb_func",
    "__aeabi_memcpy4:",
    "push {{r4-r10, lr}}",
    "subs r2, #32",
    "blo 2f",
    "1:",
    "ldm r1!, {{r3-r10}}",
    "stm r0!, {{r3-r10}}",
    "subs r2, #32",
    "bhs 1b",
    // 0 to 31 bytes are left: the lowest five bits of r2 are their number. Sixteen in carry, eight in negative.
    "2:",
    "lsls r3, r2, #28",
    "itt hs",
    "ldmhs r1!, {{r4-r7}}",
    "stmhs r0!, {{r4-r7}}",
    "itt mi",
    "ldmmi r1!, {{r4-r5}}",
    "stmmi r0!, {{r4-r5}}",
    // Four in carry, two in negative; then one.
    "lsls r3, r2, #30",
    "itt hs",
    "ldrhs r4, [r1], #4",
    "strhs r4, [r0], #4",
    "itt mi",
    "ldrhmi r4, [r1], #2",
    "strhmi r4, [r0], #2",
    "lsls r3, r2, #31",
    "itt mi",
    "ldrbmi r4, [r1]",
    "strbmi r4, [r0]",
    "pop {{r4-r10, pc}}",
    ".size __aeabi_memcpy8, . - __aeabi_memcpy8",
);
