//! The rooms of the house: the one table that says what each crate may depend on and how it is built.
//!
//! A crate that is not here, or a row without a crate, is refused by `cargo xtask tidy`.

/// What becomes of a crate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    /// It runs on the board: `no_std`, no panics, walls checked on the board's target.
    Ships,
    /// It is a program for the board: judged as what ships, built by `cargo xtask firmware` alone. On a computer it is empty.
    Image,
    /// It runs on a computer only.
    Host,
}

/// What a crate may depend on.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Wall {
    /// It may name the crates of the first list; those may bring along the crates of the second, and no others.
    Only(&'static [&'static str], &'static [&'static str]),
    /// Anything; for crates that never reach a kiln.
    Open,
}

/// One crate of the project.
#[derive(Debug)]
pub(crate) struct Room {
    pub(crate) name: &'static str,
    pub(crate) fate: Fate,
    pub(crate) wall: Wall,
}

/// The board's processor: a Cortex-M33 with hardware single-precision floats.
pub(crate) const BOARD_TARGET: &str = "thumbv8m.main-none-eabihf";

/// What the page computes with is built for.
pub(crate) const PAGE_TARGET: &str = "wasm32-unknown-unknown";

/// Every crate of the project.
pub(crate) const ROOMS: &[Room] = &[
    Room { name: "kiln-core", fate: Fate::Ships, wall: Wall::Only(&[], &[]) },
    Room { name: "kiln-hal", fate: Fate::Ships, wall: Wall::Only(&["kiln-core", "embedded-hal"], &[]) },
    Room { name: "kiln-control", fate: Fate::Ships, wall: Wall::Only(&["kiln-core", "kiln-hal"], &["embedded-hal"]) },
    Room {
        name: "kiln-wire",
        fate: Fate::Ships,
        wall: Wall::Only(
            &["kiln-core", "serde", "serde-json-core", "heapless"],
            &["serde_core", "ryu", "hash32", "byteorder", "stable_deref_trait"],
        ),
    },
    Room {
        name: "kiln-app",
        fate: Fate::Ships,
        wall: Wall::Only(
            &[
                "kiln-core",
                "kiln-hal",
                "kiln-wire",
                "heapless",
                "httparse",
                "leasehund",
                "littlefs2",
                "littlefs2-sys",
                "serde",
                "serde-json-core",
                "sha2",
            ],
            &[
                "embedded-hal",
                "serde_core",
                "ryu",
                "hash32",
                "byteorder",
                "stable_deref_trait",
                "cfg-if",
                "digest",
                "block-buffer",
                "crypto-common",
                "hybrid-array",
                "typenum",
                "littlefs2-core",
                "bitflags",
                "delog",
                "log",
                "generic-array",
                "tinyrlibc",
            ],
        ),
    },
    Room { name: "kiln-wasm", fate: Fate::Host, wall: Wall::Only(&["kiln-core"], &[]) },
    Room {
        name: "kiln-firmware-abi",
        fate: Fate::Ships,
        wall: Wall::Only(&["kiln-hal"], &["kiln-core", "embedded-hal"]),
    },
    Room {
        name: "kiln-firmware-control",
        fate: Fate::Image,
        wall: Wall::Only(
            &["kiln-core", "kiln-hal", "kiln-control", "kiln-firmware-abi", "embedded-hal", "rp-pac", "cortex-m"],
            &["bare-metal", "bitfield", "volatile-register", "vcell", "nb", "void", "critical-section"],
        ),
    },
    Room { name: "kiln-firmware-net", fate: Fate::Ships, wall: Wall::Open },
    Room { name: "kiln-firmware-app", fate: Fate::Image, wall: Wall::Open },
    Room { name: "kiln-sim", fate: Fate::Host, wall: Wall::Open },
    Room { name: "kiln-tick", fate: Fate::Host, wall: Wall::Open },
    Room { name: "kiln-golden", fate: Fate::Host, wall: Wall::Open },
    Room { name: "kiln-emu", fate: Fate::Host, wall: Wall::Open },
    Room { name: "kiln-fuzz", fate: Fate::Host, wall: Wall::Open },
    Room { name: "kiln-watch", fate: Fate::Host, wall: Wall::Open },
    Room { name: "xtask", fate: Fate::Host, wall: Wall::Open },
];

/// Files that may hold `unsafe`, each with the reason.
pub(crate) const UNSAFE_FILES: &[(&str, &str)] = &[
    ("crates/kiln-wasm/src/exports.rs", "the page writes questions into the memory of its instance and reads answers"),
    ("crates/kiln-firmware/app/src/fault.rs", "a fault handler runs when the stack may have run out"),
    ("crates/kiln-firmware/app/src/launch.rs", "copies the control image to its place in RAM"),
    ("crates/kiln-firmware/app/src/memory.rs", "names memory that has a fixed place"),
    ("crates/kiln-firmware/control/src/alias.rs", "a register's second addresses have no safe door"),
    ("crates/kiln-firmware/control/src/fault.rs", "a fault handler runs when the stack may have run out"),
    ("crates/kiln-firmware/control/src/fence.rs", "the fence's registers are written whole, with a password"),
    ("crates/kiln-firmware/control/src/memory.rs", "names memory that has a fixed place"),
    ("crates/kiln-firmware/control/src/protect.rs", "the memory protection unit has no safe door"),
    ("crates/kiln-firmware/control/src/run.rs", "the loop's memory is too large for a stack"),
    ("crates/kiln-firmware/control/src/stack.rs", "paints the stack and sets its limit"),
    ("crates/kiln-firmware/control/src/start.rs", "the first instructions come before the language's promises"),
    ("crates/kiln-firmware/control/src/timer.rs", "the processor's interrupt lines have no safe door"),
];

/// Crates that repeat the workspace's lints because they need `unsafe`, each with the reason.
pub(crate) const OWN_LINTS: &[(&str, &str)] = &[
    ("kiln-wasm", "exports.rs hands the memory of an instance to the page that owns it"),
    ("kiln-firmware-app", "the board's start, memory and faults"),
    ("kiln-firmware-control", "the board's start, memory and faults"),
];

/// The crates that run on the board.
pub(crate) fn shipping() -> impl Iterator<Item = &'static Room> {
    ROOMS.iter().filter(|room| room.fate == Fate::Ships)
}
