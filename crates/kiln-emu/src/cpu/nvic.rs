//! The interrupt controller's memory: what is pending, enabled and active, and how urgent.

/// Interrupts of the chip that come from outside the core.
pub(super) const INTERRUPTS: u16 = 52;
/// Exceptions of the core, then interrupts.
pub(super) const EXCEPTIONS: usize = 16 + 64;

/// Exceptions by number in one word each; bit 16 is interrupt 0.
#[derive(Clone, Debug)]
pub struct Nvic {
    /// Waiting to be taken.
    pub pending: u128,
    /// Taken and not yet returned from.
    pub active: u128,
    /// May be taken. Those that cannot be disabled are always here.
    pub enabled: u128,
    /// Levels of the interrupt lines.
    pub lines: u64,
    /// Urgency: smaller is more urgent.
    pub priority: [u8; EXCEPTIONS],
}

impl Nvic {
    pub(super) const fn new() -> Self {
        // NMI, HardFault, SVCall, DebugMonitor (never pended here), PendSV and SysTick have no enable bit.
        let always = 1 << 2 | 1 << 3 | 1 << 11 | 1 << 14 | 1 << 15;
        Self { pending: 0, active: 0, enabled: always, lines: 0, priority: [0; EXCEPTIONS] }
    }

    /// A line that is high makes its interrupt pending, unless it is being served.
    pub(super) fn follow_lines(&mut self) {
        self.pending |= u128::from(self.lines) << 16 & !self.active;
    }
}
