//! What both cores see, in SRAM8 and SRAM9.
//!
//! Atomic words with one writer each, plain loads and stores. The launcher clears the first part before control starts;
//! what a fault handler left behind stays until it has been told.

use crate::fault::Record;
use core::sync::atomic::{AtomicU32, Ordering};
use kiln_hal::link::{Link, SLOTS};

/// The memory that both cores see.
#[derive(Debug)]
#[repr(C)]
pub struct Shared {
    /// Requests, snapshots, settings, beats.
    pub link: Link<SLOTS>,
    /// What the images tell each other about the start.
    pub start: Start,
    /// What the application's fault handler left; kept over a reset.
    pub application_fault: Record,
    /// What the control core's fault handler had left, as the control image found it when it started.
    pub control_fault: Record,
}

/// What the images tell each other about the start.
#[derive(Debug)]
#[repr(C)]
pub struct Start {
    stage: AtomicU32,
    settled: AtomicU32,
    fence: AtomicU32,
    boot: AtomicU32,
    restart: AtomicU32,
    stack: AtomicU32,
    /// How the kiln is wired, as the configuration has it: see [`crate::wiring`].
    pub wiring: crate::wiring::Told,
}

/// How far the control image has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Nothing has been heard of it.
    Silent,
    /// Its first instructions have run.
    Entered,
    /// Its pins are set up and off, the watchdog runs, the loop begins.
    Ready,
}

impl Stage {
    const ALL: [Self; 3] = [Self::Silent, Self::Entered, Self::Ready];

    const fn word(self) -> u32 {
        match self {
            Self::Silent => 0,
            Self::Entered => 0x4B49_0001,
            Self::Ready => 0x4B49_0002,
        }
    }
}

impl Start {
    /// Clears it. The launcher only, while the control core is held in reset.
    pub fn clear(&self) {
        for word in [&self.stage, &self.settled, &self.fence, &self.boot, &self.restart, &self.stack] {
            word.store(0, Ordering::Release);
        }
        self.wiring.clear();
    }

    /// Says how far control has come. The control image only.
    pub fn tell(&self, stage: Stage) {
        self.stage.store(stage.word(), Ordering::Release);
    }

    /// How far control has come; anything that it cannot have said is silence.
    pub fn stage(&self) -> Stage {
        let word = self.stage.load(Ordering::Acquire);
        Stage::ALL.into_iter().find(|stage| stage.word() == word).unwrap_or(Stage::Silent)
    }

    /// Says that the application has built its drivers: clocks, resets, pads and pins may be closed to it. The
    /// application only; it cannot be taken back.
    pub fn settle(&self) {
        self.settled.store(Stage::Ready.word(), Ordering::Release);
    }

    /// Whether the application has built its drivers.
    pub fn is_settled(&self) -> bool {
        self.settled.load(Ordering::Acquire) == Stage::Ready.word()
    }

    /// Asks for a restart of the whole chip. Control grants it when nothing is fired or tuned. The application only.
    pub fn ask_restart(&self) {
        self.restart.store(Stage::Ready.word(), Ordering::Release);
    }

    /// Whether a restart has been asked for.
    pub fn is_restart_asked(&self) -> bool {
        self.restart.load(Ordering::Acquire) == Stage::Ready.word()
    }

    /// Says what is closed to the application, one bit for each of [`crate::fence::CLOSED`]. The control image only.
    pub fn tell_fence(&self, closed: u32) {
        self.fence.store(closed, Ordering::Release);
    }

    /// What is closed to the application.
    pub fn fence(&self) -> u32 {
        self.fence.load(Ordering::Acquire)
    }

    /// Says how many bytes of its stack the control core has used at the deepest. The control image only.
    pub fn tell_stack(&self, bytes: u32) {
        self.stack.store(bytes, Ordering::Release);
    }

    /// How many bytes of its stack the control core has used at the deepest.
    pub fn stack(&self) -> u32 {
        self.stack.load(Ordering::Acquire)
    }

    /// Says why the chip started, as its registers tell (`WATCHDOG.REASON`, `POWMAN.CHIP_RESET`). The control image only.
    pub fn tell_boot(&self, reason: u32) {
        self.boot.store(reason, Ordering::Release);
    }

    /// Why the chip started.
    pub fn boot(&self) -> u32 {
        self.boot.load(Ordering::Acquire)
    }
}
