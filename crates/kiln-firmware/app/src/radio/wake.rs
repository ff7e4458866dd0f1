//! Bringing the radio up: asked first whether it is there, and given up after a while.

use cyw43::{A4, Aligned, Control, NetDriver, PowerManagementMode, SpiBusCyw43 as _};
use embassy_executor::Spawner;
use embassy_time::{Duration, Timer, with_timeout};
use embedded_hal::digital::OutputPin as _;
use static_cell::StaticCell;

use super::nvram::NVRAM;
use super::{Bus, Power};
use crate::start::begin;

/// What its own processor runs: the maker's program, unchanged (docs/hardware/radio-licence.md says on which terms).
static PROGRAM: Aligned<A4, [u8; 231_077]> = Aligned(*cyw43_firmware::CYW43_43439A0);

/// How long it may take to answer to its name; it needs 50 ms after power comes (CYW43439 datasheet, power-up).
const ANSWERS_WITHIN: Duration = Duration::from_millis(600);
/// How long bringing it up may take. A sound one takes about two seconds.
const UP_WITHIN: Duration = Duration::from_secs(5);

/// The read-only register that holds a fixed pattern, and the pattern (CYW43439 datasheet, gSPI registers, 0x14).
const TEST_RO: u32 = 0x14;
const FEEDBEAD: u32 = 0xFEED_BEAD;
/// The register that holds what was written, and two patterns for it.
const TEST_RW: u32 = 0x18;
const PATTERNS: [u32; 2] = [0x1234_5678, 0xEDCB_A987];

/// Why there is no radio.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Asleep {
    /// Nothing answers.
    Missing,
    /// Something answers, and not as a radio does.
    Nonsense,
    /// It did not come up in time.
    Slow,
    /// The application kept dying, and comes up without.
    Minimal,
    /// Bringing it up, or running it, ended the application at the last start.
    GaveUp,
}

/// What the radio is reached by.
pub(crate) struct Parts {
    /// Its bus.
    pub(crate) bus: Bus,
    /// Its power.
    pub(crate) power: Power,
}

/// A radio that is up.
pub(crate) struct Awake {
    /// Its end of the stack.
    pub(crate) driver: NetDriver<'static>,
    /// What it is told by.
    pub(crate) control: Control<'static>,
}

/// Brings the radio up.
///
/// # Errors
/// Why there is none; it is off then, until the next start.
pub(crate) async fn wake(spawner: Spawner, parts: Parts) -> Result<Awake, Asleep> {
    static STATE: StaticCell<cyw43::State> = StaticCell::new();
    let Parts { mut bus, mut power } = parts;
    let there = with_timeout(ANSWERS_WITHIN, is_there(&mut bus, &mut power)).await;
    if let Err(why) = there.unwrap_or(Err(Asleep::Missing)) {
        let Ok(()) = power.set_low();
        return Err(why);
    }
    let state = STATE.init_with(cyw43::State::new);
    let up = with_timeout(UP_WITHIN, async {
        let (driver, mut control, runner) = cyw43::new(state, power, bus, &PROGRAM, &NVRAM).await;
        begin(spawner, super::run(runner));
        control.init(cyw43_firmware::CYW43_43439A0_CLM).await;
        // Saving power delays every answer by up to 200 ms; a kiln has power.
        control.set_power_management(PowerManagementMode::None).await;
        Ok(Awake { driver, control })
    });
    up.await.unwrap_or(Err(Asleep::Slow))
}

/// Whether it answers to its name and remembers what it is told.
async fn is_there(bus: &mut Bus, power: &mut Power) -> Result<(), Asleep> {
    let Ok(()) = power.set_low();
    Timer::after_millis(20).await;
    let Ok(()) = power.set_high();
    Timer::after_millis(60).await;
    let mut heard = false;
    loop {
        match read(bus, TEST_RO).await {
            FEEDBEAD => break,
            // Lines that nobody drives.
            0 | u32::MAX => {}
            _ if heard => return Err(Asleep::Nonsense),
            _ => heard = true,
        }
        Timer::after_millis(20).await;
    }
    for pattern in PATTERNS {
        bus.cmd_write(&[command(true, TEST_RW), halves_swapped(pattern)]).await;
        if read(bus, TEST_RW).await != pattern || read(bus, TEST_RO).await != FEEDBEAD {
            return Err(Asleep::Nonsense);
        }
    }
    Ok(())
}

async fn read(bus: &mut Bus, register: u32) -> u32 {
    let mut word = [0];
    bus.cmd_read(command(false, register), &mut word).await;
    let [word] = word;
    halves_swapped(word)
}

/// Reads or writes four bytes of a register of the bus itself; before it is set up, the halves of each word are swapped
/// (CYW43439 datasheet, gSPI command word).
const fn command(write: bool, register: u32) -> u32 {
    let write = if write { 1 << 31 } else { 0 };
    halves_swapped(write | 1 << 30 | register << 11 | 4)
}

const fn halves_swapped(word: u32) -> u32 {
    word.rotate_left(16)
}
