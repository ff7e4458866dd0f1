//! The sizes of what stands in the application's memory from the start to the end.
//!
//! The layouts are asked of the compiler that builds for the board: nothing is estimated but what a socket of the board
//! keeps while it waits, `WAITING`. It knows no bar; that is `ram-http` in the project's budget.

use core::future::{Future, pending};
use core::hint::black_box;
use core::mem::size_of;

use cortex_m_rt::entry;
use cortex_m_semihosting::{debug, hprintln};
use kiln_app::door::{Admission, Door, Idempotency, Peer};
use kiln_app::http::{self, Broken, Bulk, Desk, Gate, Routes};
use kiln_app::http::{LONG_BODY, Listener, RECEIVE_BUFFER, ROOM, SEND_BUFFER, Socket, Time, WORKERS};
use kiln_app::service::{History, Service};
use kiln_app::store::{Flash, FlashFailure, Memory};
use kiln_core::command::CommandId;
use kiln_core::units::Millis;
use kiln_hal::link::Link;

/// Words that a socket's future keeps while it waits, with its timer: an allowance.
const WAITING: usize = 16;

/// A network, a clock and a flash chip that are never asked.
struct Nobody;

async fn wait<T>(answer: T) -> T {
    let kept = [0_u32; WAITING];
    pending::<()>().await;
    // What is used after the wait is kept during it.
    black_box(&kept);
    answer
}

impl Socket for Nobody {
    async fn read(&mut self, _into: &mut [u8], _until: Millis) -> Result<usize, Broken> {
        wait(Err(Broken::Gone)).await
    }
    async fn write(&mut self, _from: &[u8], _until: Millis) -> Result<usize, Broken> {
        wait(Err(Broken::Gone)).await
    }
    async fn end(&mut self, _until: Millis) -> Result<(), Broken> {
        wait(Err(Broken::Gone)).await
    }
}

impl Listener for Nobody {
    type Socket = Self;
    async fn accept(&mut self) -> (Self, Peer) {
        pending().await
    }
}

impl Time for Nobody {
    fn now(&self) -> Millis {
        Millis::ZERO
    }
    async fn wait_until(&self, _moment: Millis) {
        wait(()).await;
    }
}

impl Flash for Nobody {
    fn read(&mut self, _offset: usize, _into: &mut [u8]) -> Result<(), FlashFailure> {
        Err(FlashFailure::Failed)
    }
    fn program(&mut self, _offset: usize, _bytes: &[u8]) -> Result<(), FlashFailure> {
        Err(FlashFailure::Failed)
    }
    fn erase(&mut self, _sector: usize) -> Result<(), FlashFailure> {
        Err(FlashFailure::Failed)
    }
}

type Site = Gate<Routes<'static, Nobody>>;
type WorkersDesk = Desk<'static, Site, Nobody>;

/// The size of what an asynchronous function returns; the function is not called.
const fn size_of_future<A, B, C, F: Future>(_of: &impl FnOnce(A, B, C) -> F) -> usize {
    size_of::<F>()
}

#[entry]
fn main() -> ! {
    let worker = size_of_future(&|door: Nobody, desk: &'static WorkersDesk, room: &'static mut [u8; ROOM]| {
        http::work(door, desk, room)
    });
    let http = [
        ("http-workers", WORKERS * worker),
        ("http-rooms", WORKERS * ROOM),
        ("http-sockets", WORKERS * (RECEIVE_BUFFER + SEND_BUFFER)),
        ("http-bulk", LONG_BODY + size_of::<Bulk<'_>>()),
        ("http-door", size_of::<Door>()),
        ("http-admission", size_of::<Admission<WORKERS>>()),
        ("http-idempotency", size_of::<Idempotency<CommandId>>()),
        ("http-desk", size_of::<WorkersDesk>()),
    ];
    let service = size_of::<Service<'_, Nobody>>();
    let rest = size_of::<Site>() - service - size_of::<Door>() - size_of::<Admission<WORKERS>>();
    let app = [
        // Counted with HTTP.
        ("app-service", service - size_of::<Idempotency<CommandId>>() - size_of::<History>()),
        ("app-history", size_of::<History>()),
        ("app-routes", rest),
        ("app-store", size_of::<Memory<Nobody>>()),
        ("app-link", size_of::<Link>()),
    ];
    for (name, bytes) in http.iter().chain(&app) {
        hprintln!("{} {}", name, bytes);
    }
    debug::exit(debug::EXIT_SUCCESS);
    loop {
        cortex_m::asm::nop();
    }
}

#[panic_handler]
fn panic(_why: &core::panic::PanicInfo<'_>) -> ! {
    debug::exit(debug::EXIT_FAILURE);
    loop {
        cortex_m::asm::nop();
    }
}
