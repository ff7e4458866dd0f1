//! Launches the control image on the second core, by hand.
//!
//! Not by embassy's `multicore`: what it launches it also stops for every write to flash. Unpacked into RAM, compared
//! with its sum, started by the boot ROM's handshake (RP2350 datasheet, 5.3). No wait here is without an end.

use embassy_rp::pac;
use embassy_time::{Duration, Instant, Timer};
use kiln_firmware_abi::header::{self, Header, Refused};
use kiln_firmware_abi::map;
use kiln_firmware_abi::shared::Stage;
use miniz_oxide::inflate::TINFLStatus;
use miniz_oxide::inflate::core::inflate_flags::TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
use miniz_oxide::inflate::core::{DecompressorOxide, decompress};

use crate::memory::SHARED;

/// The control image as the builder packed it: its header as it is, the rest deflated (RFC 1951). Empty when the
/// application was built without one.
static IMAGE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/control.bin"));

/// How long the other core is waited for, at each word of the handshake and then until it is ready.
const PATIENCE: Duration = Duration::from_millis(100);
/// How long the control image may take to its first slot.
const READY_WITHIN: Duration = Duration::from_millis(1000);
/// How long this image may take from here to a running control image, microseconds.
const STARTS_WITHIN_US: u32 = 8_000_000;
/// How often the handshake is begun again.
const TRIES: usize = 8;

/// Why the control core does not run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Failed {
    /// The image must not be launched.
    Image(Refused),
    /// The second core does not go into reset.
    Reset,
    /// The boot ROM of the second core does not answer.
    NoAnswer,
    /// The image does not get as far as its loop.
    NotReady(Stage),
}

// SAFETY: the linker script puts it at the control image's place; nothing else of this image is linked there. Only `start`
// touches it, while the other core is held in reset.
unsafe extern "C" {
    static mut CONTROL_RAM: [u8; map::CONTROL.bytes()];
}

/// Unpacks the image, checks it, and starts the second core on it. To be called once, after the clocks are set up.
///
/// # Errors
/// When the control core does not run; heat is off.
pub(crate) fn start() -> Result<(), Failed> {
    guard();
    let header = Header::read(IMAGE).map_err(Failed::Image)?;
    hold()?;
    let ram = &raw mut CONTROL_RAM;
    // SAFETY: the other core is in reset, and no reference to this memory outlives this function.
    let place = usize::try_from(header.load_len).ok().and_then(|len| unsafe { (*ram).get_mut(..len) });
    let place = place.ok_or(Failed::Image(Refused::Nonsense))?;
    unpack(IMAGE, place).ok_or(Failed::Image(Refused::Damaged))?;
    if Header::check(place).map_err(Failed::Image)? != header {
        return Err(Failed::Image(Refused::Damaged));
    }
    // SAFETY: the other core is in reset, and this core has not looked at the link yet; all zeros is an empty one.
    unsafe { (&raw const SHARED.link).cast_mut().write_bytes(0, 1) };
    SHARED.start.clear();
    cortex_m::asm::dsb();
    pac::PSM.frce_off().modify(|w| w.set_proc1(false));
    for _ in 0..TRIES {
        if handshake(&[0, 0, 1, header.vectors, header.stack_top, header.entry]) {
            protect();
            return Ok(());
        }
    }
    Err(Failed::NoAnswer)
}

/// Unpacks an image; `None` when it does not come to as many bytes as there are to be.
#[inline(never)]
fn unpack(image: &[u8], place: &mut [u8]) -> Option<()> {
    let (head, packed) = image.split_at_checked(header::LEN)?;
    let (head_place, rest) = place.split_at_mut_checked(header::LEN)?;
    head_place.copy_from_slice(head);
    let mut state = DecompressorOxide::new();
    let (status, _, written) = decompress(&mut state, packed, rest, 0, TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF);
    (status == TINFLStatus::Done && written == rest.len()).then_some(())
}

/// Waits a bounded time until the control image is in its loop.
///
/// # Errors
/// How far it came, when it did not get there.
pub(crate) async fn ready() -> Result<(), Failed> {
    let end = Instant::now() + READY_WITHIN;
    loop {
        let stage = SHARED.start.stage();
        if stage == Stage::Ready {
            return Ok(());
        }
        if Instant::now() >= end {
            return Err(Failed::NotReady(stage));
        }
        Timer::after_millis(1).await;
    }
}

/// Starts the watchdog, so that an application that hangs before control runs is reset; control takes it over.
fn guard() {
    // Everything but the two oscillators; embassy-rp's figure is that of the RP2040.
    pac::PSM.wdsel().write_value(pac::psm::regs::Wdsel(0x01FF_FFFF & !0b1100));
    pac::WATCHDOG.load().write(|w| w.set_load(STARTS_WITHIN_US));
    pac::WATCHDOG.ctrl().write(|w| w.set_enable(true));
}

/// Makes control's memory read-only and what both see never run, for this core: the fence's second line, and the first
/// until it is closed.
fn protect() {
    const READ_ONLY: u32 = 0b10 << 1;
    const NEVER_RUN: u32 = 1;
    let regions = [(map::FENCED, READ_ONLY | NEVER_RUN), (map::SHARED, NEVER_RUN)];
    let mpu = cortex_m::peripheral::MPU::PTR;
    // SAFETY: this core's own unit; with the default map behind the two regions nothing else changes.
    unsafe {
        (*mpu).mair[0].write(0x44);
        for (number, (region, rights)) in (0..).zip(regions) {
            (*mpu).rnr.write(number);
            (*mpu).rbar.write(region.base | rights);
            (*mpu).rlar.write((region.end() - 1) & !0x1F | 1);
        }
        (*mpu).ctrl.write(0b101);
    }
    cortex_m::asm::dsb();
    cortex_m::asm::isb();
}

/// Holds the second core in reset.
fn hold() -> Result<(), Failed> {
    pac::PSM.frce_off().modify(|w| w.set_proc1(true));
    if within(|| pac::PSM.frce_off().read().proc1().then_some(())).is_some() { Ok(()) } else { Err(Failed::Reset) }
}

/// Sends the words, each of which the boot ROM must give back. A 0 begins anew: what is waiting is thrown away first.
fn handshake(words: &[u32]) -> bool {
    words.iter().all(|word| {
        if *word == 0 {
            while take().is_some() {}
            cortex_m::asm::sev();
        }
        let fifo = pac::SIO.fifo();
        let sent = within(|| fifo.st().read().rdy().then(|| fifo.wr().write_value(*word)));
        cortex_m::asm::sev();
        sent.is_some() && within(take) == Some(*word)
    })
}

/// A word from the other core, if there is one.
fn take() -> Option<u32> {
    let fifo = pac::SIO.fifo();
    fifo.st().read().vld().then(|| fifo.rd().read())
}

/// Asks again and again until there is an answer or the patience is over.
fn within<T>(mut ask: impl FnMut() -> Option<T>) -> Option<T> {
    let end = Instant::now() + PATIENCE;
    loop {
        let answer = ask();
        if answer.is_some() || Instant::now() >= end {
            return answer;
        }
    }
}
