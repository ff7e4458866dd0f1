//! Somebody in place of the application, at the application's end of the link in the emulated memory.

use std::sync::atomic::Ordering;

use kiln_core::command::Request;
use kiln_core::report::Report;
use kiln_core::settings::Published;
use kiln_core::snapshot::Snapshot;
use kiln_firmware_abi::fault::{End, Record};
use kiln_firmware_abi::map;
use kiln_firmware_abi::shared::{Shared, Start};
use kiln_firmware_abi::wiring::Wiring;
use kiln_hal::link::{AppEnd, Full, Link, Roster, SLOTS, Task};

use crate::chip::{Chip, RAM};

/// The word of [`Start`] that says how far control has come, and that it is ready (`kiln_firmware_abi::shared::Stage`).
const STAGE: u32 = std::mem::offset_of!(Shared, start) as u32;
const READY: u32 = 0x4B49_0002;
/// The word behind it, by which the application says the same of its drivers, and the last of the six, by which control
/// tells its deepest stack.
const SETTLED: u32 = STAGE + 4;
const STACK: u32 = STAGE + 20;
/// Where the kiln's wiring is told.
const WIRING: u32 = STAGE + std::mem::offset_of!(Start, wiring) as u32;

/// The task that signs for the application's service (`kiln_app::service::TASK`).
const TASK: u8 = 0;

/// The mailbox.
#[derive(Debug)]
pub struct Mailbox {
    link: Link<SLOTS>,
    beat: u32,
}

const fn at(offset: u32) -> u32 {
    map::SHARED.base - RAM + offset
}

impl Mailbox {
    /// Nobody yet.
    pub fn new() -> Self {
        Self { link: Link::new(), beat: 0 }
    }

    /// Whether control says that it is ready.
    pub fn is_ready(chip: &Chip) -> bool {
        chip.ram.load(at(STAGE), 4) == Some(READY)
    }

    /// Tells control how the kiln is wired.
    pub fn wire(chip: &mut Chip, wiring: &Wiring) {
        for (place, word) in (0..).zip(wiring.to_words()) {
            chip.ram.store(at(WIRING) + 4 * place, 4, word);
        }
    }

    /// Says in the application's stead that its drivers are built.
    pub fn settle(chip: &mut Chip) {
        chip.ram.store(at(SETTLED), 4, READY);
    }

    /// Bytes of its stack that control has used at the deepest, as it tells.
    pub fn stack(chip: &Chip) -> u32 {
        chip.ram.load(at(STACK), 4).unwrap_or_default()
    }

    /// What the control core's fault handler had left, as control tells it after its start.
    pub fn control_fault(chip: &Chip) -> Option<End> {
        let first = at(std::mem::offset_of!(Shared, control_fault) as u32);
        let words = std::array::from_fn(|place| chip.ram.load(first + 4 * place as u32, 4).unwrap_or_default());
        Record::of(words).found().map(|(end, _)| end)
    }

    /// Takes in what the emulated memory holds.
    fn fetch(&self, chip: &Chip) {
        for (place, word) in (0..).zip(self.link.words()) {
            word.store(chip.ram.load(at(4 * place), 4).unwrap_or_default(), Ordering::Relaxed);
        }
    }

    /// Puts back what has changed.
    fn put(&self, chip: &mut Chip) {
        for (place, word) in (0..).zip(self.link.words()) {
            let word = word.load(Ordering::Relaxed);
            if chip.ram.load(at(4 * place), 4) != Some(word) {
                chip.ram.store(at(4 * place), 4, word);
            }
        }
    }

    /// Does something at the application's end.
    fn with<T>(&self, chip: &mut Chip, act: impl FnOnce(&mut AppEnd<'_>) -> T) -> T {
        self.fetch(chip);
        let roster = Task::new(0).map_or(Roster::EMPTY, |task| Roster::EMPTY.with(task));
        let result = act(&mut AppEnd::new(&self.link, roster));
        self.put(chip);
        result
    }

    /// Asks for something.
    ///
    /// # Errors
    /// The queue is full.
    pub fn ask(&self, chip: &mut Chip, request: &Request) -> Result<(), Full> {
        self.with(chip, |end| end.ask(request))
    }

    /// Publishes settings.
    pub fn publish(&self, chip: &mut Chip, settings: &Published) {
        self.with(chip, |end| end.publish_settings(settings));
    }

    /// Shows that the application lives.
    pub fn beat(&mut self, chip: &mut Chip) {
        self.beat += 1;
        self.with(chip, |end| {
            if let Some(mut pulse) = Task::new(0).and_then(|task| end.pulse(task)) {
                pulse.beat();
            }
        });
    }

    /// How many turns the application's service has done; it wraps.
    pub fn turns(&self, chip: &Chip) -> u32 {
        self.fetch(chip);
        let end = AppEnd::new(&self.link, Roster::EMPTY);
        Task::new(TASK).and_then(|task| end.pulse(task)).map_or(0, |pulse| pulse.count())
    }

    /// The newest snapshot.
    pub fn snapshot(&self, chip: &Chip) -> Option<Snapshot> {
        self.fetch(chip);
        AppEnd::new(&self.link, Roster::EMPTY).newest()
    }

    /// The newest report.
    pub fn report(&self, chip: &Chip) -> Option<Report> {
        self.fetch(chip);
        AppEnd::new(&self.link, Roster::EMPTY).observer().report()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_links_words_are_its_memory() {
        let link: Link<SLOTS> = Link::new();
        let base = std::ptr::from_ref(&link).addr();
        for (place, word) in link.words().enumerate() {
            assert_eq!(std::ptr::from_ref(word).addr(), base + 4 * place);
        }
        assert_eq!(link.words().count() * 4, size_of::<Link<SLOTS>>());
    }
}
