//! The console's task: moves bytes between the cable and kiln-app's console.

use core::fmt::{self, Write as _};

use embassy_futures::select::{Either, select};
use embassy_time::{Duration, Timer, with_timeout};
use embassy_usb::class::cdc_acm::{Receiver, Sender};
use embassy_usb::driver::EndpointError;
use kiln_app::console::{self, Typed, Wish};
use kiln_core::units::Instant;

use super::{Console, PACKET_BYTES, Usb};
use crate::board::real;
use crate::house::House;

/// How often new lines are looked for.
const LOOK_EVERY: Duration = Duration::from_millis(200);
/// How long a reader may leave a packet lying; then it is not read, and the lines go on without it.
const READ_WITHIN: Duration = Duration::from_secs(2);
/// Bytes gathered before they are sent.
const ROOM: usize = 1024;

/// Serves the console, for ever.
#[embassy_executor::task]
pub(crate) async fn console(house: &'static House, console: Console) -> ! {
    let (mut sender, mut receiver) = console.split();
    loop {
        sender.wait_connection().await;
        // Ends when the cable is pulled.
        serve(house, &mut sender, &mut receiver).await.ok();
    }
}

/// What one look at the console has to keep.
#[derive(Default)]
struct Kept {
    typed: Typed,
    /// The position behind the last line of the log that was sent.
    logged: u64,
    /// Until when the code that was told last is good.
    code_told: Option<Instant>,
}

async fn serve(
    house: &'static House,
    sender: &mut Sender<'static, Usb>,
    receiver: &mut Receiver<'static, Usb>,
) -> Result<(), EndpointError> {
    let mut packet = [0; PACKET_BYTES];
    let mut kept = Kept::default();
    loop {
        let read = match select(receiver.read_packet(&mut packet), Timer::after(LOOK_EVERY)).await {
            Either::First(read) => read?,
            Either::Second(()) => 0,
        };
        for byte in packet.get(..read).unwrap_or_default() {
            if let Some(wish) = kept.typed.take(*byte) {
                let mut said = Said::default();
                answer(house, wish, &mut kept, &mut said);
                send(sender, &said).await?;
            }
        }
        // A terminal that is not open reads nothing.
        if sender.dtr() {
            let mut said = Said::default();
            news(house, &mut kept, &mut said);
            send(sender, &said).await?;
        }
    }
}

fn answer(house: &'static House, wish: Wish, kept: &mut Kept, said: &mut Said) {
    // What does not fit is left out: answers are short.
    console::answer(wish, house.gate, house.secrets.as_ref(), &house.now(), said).ok();
    kept.code_told = shown(house).map(|(_, until)| until);
}

/// Lines of the log, and a code that is shown because somebody pressed the button.
fn news(house: &'static House, kept: &mut Kept, said: &mut Said) {
    if let Some((code, until)) = shown(house).filter(|(_, until)| kept.code_told != Some(*until)) {
        kept.code_told = Some(until);
        write!(said, "kiln code {code}, good for two minutes\r\n").ok();
    }
    kept.logged = house.with(|service, _| console::log_lines(service.store().ring(), kept.logged, said));
}

fn shown(house: &'static House) -> Option<(kiln_app::door::Code, Instant)> {
    let now = Instant::from_millis(real().get());
    house.gate.door.borrow().codes.shown(now).map(|(code, _, until)| (code, until))
}

async fn send(sender: &mut Sender<'static, Usb>, said: &Said) -> Result<(), EndpointError> {
    let bytes = said.0.as_bytes();
    for packet in bytes.chunks(PACKET_BYTES) {
        match with_timeout(READ_WITHIN, sender.write_packet(packet)).await {
            Ok(sent) => sent?,
            Err(_) => return Ok(()),
        }
    }
    // A full packet at the end must be followed by an empty one, or the computer waits for more (USB 2.0, 5.8.3).
    if !bytes.is_empty() && bytes.len().is_multiple_of(PACKET_BYTES) {
        with_timeout(READ_WITHIN, sender.write_packet(&[])).await.unwrap_or(Ok(()))?;
    }
    Ok(())
}

/// What is to be said; a text that does not fit as a whole is not begun.
#[derive(Default)]
struct Said(heapless::String<ROOM>);

impl fmt::Write for Said {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.push_str(text).map_err(|_| fmt::Error)
    }
}
