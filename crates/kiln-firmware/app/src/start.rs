//! The start of the application core: control first, then the cable, then the radio, each without waiting for the next.
//!
//! Everything has an end: a control core that does not get ready, files that do not open, a radio that is silent each
//! leave the rest to come up and say so.

use embassy_executor::{SpawnError, SpawnToken, Spawner};
use embassy_rp::flash::Flash;
use embassy_rp::gpio::{Input, Level as Pin, Output, Pull};
use embassy_rp::i2c::{self, I2c};
use embassy_rp::pio::Pio;
use embassy_rp::trng::{self, Trng};
use embassy_rp::{Peripherals, dma, usb};
use kiln_app::http::{self, Bulk, Deadlines, Desk, LONG_BODY, ROOM, WORKERS};
use kiln_app::store::Level;
use kiln_core::restart::Application;
use kiln_firmware_abi::fault::{End, Kind, Name};
use kiln_firmware_net::{Buffers, Doorstep, Home, SOCKETS};
use kiln_wire::bounded::{Label, List};
use kiln_wire::records::{CoreWord, CrashView, CrashWord};
use static_cell::{ConstStaticCell, StaticCell};

use crate::board::chance::Chance;
use crate::board::display_bus::DisplayBus;
use crate::board::interrupts::Irqs;
use crate::board::partition::Partition;
use crate::house::build;
use crate::house::turns::turns;
use crate::house::{House, RealTime, Site};
use crate::launch::Failed;
use crate::memory::SHARED;
use crate::net::page::{AIR_SOCKETS, CABLE_SOCKETS, Side, porter};
use crate::net::{leases, name, portal, stacks, time};
use crate::{cable, display, launch, radio, wiring};

/// Starts a task. There is room for each as often as it is started; were there not, the rest goes on without it.
pub(crate) fn begin<S>(spawner: Spawner, task: Result<SpawnToken<S>, SpawnError>) {
    if let Ok(task) = task {
        spawner.spawn(task);
    }
}

/// Starts everything; control has been launched, or has not.
pub(crate) async fn start(spawner: Spawner, parts: Peripherals, launched: Result<(), Failed>) {
    let end = build::end(&SHARED.link);
    let ready = match launched {
        Ok(()) => launch::ready().await,
        Err(failed) => Err(failed),
    };
    let how_much = match ready {
        Ok(()) => build::how_much(end.observer()).await,
        Err(_) => Application::Whole,
    };
    let files = match how_much {
        Application::Whole => Partition::new(Flash::new_blocking(parts.FLASH)),
        Application::Minimal => Partition::none(),
    };
    let trng = Trng::new(parts.TRNG, Irqs, trng::Config::default());
    let house = build::house(end, files, Chance::new(trng)).await;
    wiring::tell(house);

    let mut pio = Pio::new(parts.PIO0, Irqs);
    let select = Output::new(parts.PIN_25, Pin::High);
    let channel = dma::Channel::new(parts.DMA_CH0, Irqs);
    let (data, clock) = (parts.PIN_24, parts.PIN_29);
    let divider = cyw43_pio::RM2_CLOCK_DIVIDER;
    let bus = cyw43_pio::PioSpi::new(&mut pio.common, pio.sm0, divider, pio.irq0, select, data, clock, channel);
    let power = radio::Kept::new(Output::new(parts.PIN_23, Pin::Low));
    let air = radio::Parts { bus: radio::Kept::new(bus), power };
    let cable = usb::Driver::new(parts.USB, Irqs);
    let shown = house.with(|service, _| {
        let display = service.config().display();
        display.lcd_fitted().then_some((*display.lcd_address(), *display.lcd_hz()))
    });
    if let Some((address, frequency)) = shown {
        let mut config = i2c::Config::default();
        config.frequency = frequency;
        let bus = DisplayBus::new(I2c::new_blocking(parts.I2C0, parts.PIN_21, parts.PIN_20, config));
        begin(spawner, display::display(house, bus, u8::try_from(address).unwrap_or(0x27)));
    }
    begin(spawner, turns(house, Input::new(parts.PIN_22, Pull::Up)));
    begin(spawner, display::light(house, Output::new(parts.PIN_26, Pin::Low)));
    // All drivers are built: from here on clocks, resets and pins may be closed to this core.
    if ready.is_ok() {
        SHARED.start.settle();
    }
    tell_ends(house, ready, how_much);
    let asleep = asleep(how_much);
    SHARED.application_fault.clear();
    serve(spawner, house, cable, air, asleep);
}

/// Why the radio shall stay off, if it shall.
fn asleep(how_much: Application) -> Option<radio::Asleep> {
    let fell = SHARED.application_fault.found();
    let by_radio = fell.is_some_and(|(end, name)| end.kind == Kind::Panic && name.as_str().contains("cyw43"));
    match how_much {
        Application::Minimal => Some(radio::Asleep::Minimal),
        Application::Whole => by_radio.then_some(radio::Asleep::GaveUp),
    }
}

/// Workers and networks.
fn serve(spawner: Spawner, house: &'static House, usb: cable::Usb, air: radio::Parts, asleep: Option<radio::Asleep>) {
    static STEP: StaticCell<Doorstep> = StaticCell::new();
    static BUFFERS: ConstStaticCell<[Buffers; SOCKETS]> = ConstStaticCell::new([const { Buffers::empty() }; SOCKETS]);
    static HOMES: StaticCell<[Home; SOCKETS]> = StaticCell::new();
    let doorstep: &Doorstep = STEP.init_with(Doorstep::empty);
    let homes: &[Home; SOCKETS] = HOMES.init_with(|| [const { Home::new() }; SOCKETS]);
    let mut places = BUFFERS.take().iter_mut().zip(homes);
    begin_workers(spawner, house, doorstep);

    let (device, console) = cable::attach(spawner, usb, house.secrets.as_ref());
    let (stack, runner) = stacks::cable(device, house.draw());
    begin(spawner, cable::network(runner));
    begin(spawner, cable::watch(house, stack));
    begin(spawner, cable::console(house, console));
    begin(spawner, leases::leases(house, stack, Side::Cable));
    begin(spawner, name::name(house, stack, Side::Cable));
    for (buffers, home) in places.by_ref().take(CABLE_SOCKETS) {
        begin(spawner, porter(house, doorstep, stack, Side::Cable, buffers, home));
    }
    match asleep {
        None => begin(spawner, raise(spawner, house, doorstep, air, places)),
        Some(why) => house.say(Level::Error, format_args!("no radio: {why:?}")),
    }
}

/// The sockets that are left for the air.
type Left = core::iter::Zip<core::slice::IterMut<'static, Buffers>, core::slice::Iter<'static, Home>>;

/// Brings the radio up, and what needs it.
#[embassy_executor::task]
async fn raise(
    spawner: Spawner,
    house: &'static House,
    doorstep: &'static Doorstep,
    parts: radio::Parts,
    places: Left,
) {
    let awake = match radio::wake(spawner, parts).await {
        Ok(awake) => awake,
        Err(why) => return house.say(Level::Error, format_args!("no radio: {why:?}")),
    };
    house.say(Level::Info, format_args!("the radio is up"));
    let (stack, runner) = stacks::air(awake.driver, house.draw());
    begin(spawner, radio::network(runner));
    for (buffers, home) in places.take(AIR_SOCKETS) {
        begin(spawner, porter(house, doorstep, stack, Side::Air, buffers, home));
    }
    begin(spawner, leases::leases(house, stack, Side::Air));
    begin(spawner, portal::portal(house, stack));
    begin(spawner, name::name(house, stack, Side::Air));
    begin(spawner, time::time(house, stack));
    begin(spawner, radio::keep(house, stack, awake.control));
}

/// What a worker works with on this board.
type BoardDesk = Desk<'static, Site, RealTime>;

fn begin_workers(spawner: Spawner, house: &'static House, doorstep: &'static Doorstep) {
    static TIME: RealTime = RealTime;
    static LONG: ConstStaticCell<[u8; LONG_BODY]> = ConstStaticCell::new([0; LONG_BODY]);
    static BULK: StaticCell<Bulk<'static>> = StaticCell::new();
    static DESK: StaticCell<BoardDesk> = StaticCell::new();
    static ROOMS: ConstStaticCell<[[u8; ROOM]; WORKERS]> = ConstStaticCell::new([[0; ROOM]; WORKERS]);
    let bulk: &Bulk<'static> = BULK.init_with(|| Bulk::new(LONG.take()));
    let desk: &BoardDesk =
        DESK.init_with(|| Desk { site: house.gate, time: &TIME, bulk, deadlines: Deadlines::DELIVERED });
    for room in ROOMS.take() {
        begin(spawner, worker(doorstep, desk, room));
    }
}

/// Serves one connection after another, for ever.
#[embassy_executor::task(pool_size = WORKERS)]
async fn worker(doorstep: &'static Doorstep, desk: &'static BoardDesk, room: &'static mut [u8; ROOM]) {
    http::work(doorstep, desk, room).await;
}

/// What the log is told of how the last start ended and how this one went.
fn tell_ends(house: &'static House, ready: Result<(), Failed>, how_much: Application) {
    if let Err(why) = ready {
        house.say(Level::Error, format_args!("the control core does not run: {why:?}; no heat"));
    }
    if how_much == Application::Minimal {
        house.say(Level::Error, format_args!("the application kept dying: no radio and no files this time"));
    }
    let cores = [(CoreWord::Application, &SHARED.application_fault), (CoreWord::Control, &SHARED.control_fault)];
    let crashes = cores.map(|(core, record)| record.found().map(|(end, name)| crash(core, &end, &name)));
    for crash in crashes.iter().flatten() {
        let CrashView { core, kind, file, line, pc, .. } = crash;
        house.say(Level::Error, format_args!("{core:?} ended: {kind:?} {}:{line} pc {pc:#x}", file.as_str()));
    }
    house.with(|service, _| service.set_crashes(List::first_of(crashes.into_iter().flatten())));
}

fn crash(core: CoreWord, end: &End, name: &Name) -> CrashView {
    let kind = match end.kind {
        Kind::Panic => CrashWord::Panic,
        Kind::Fault => CrashWord::Fault,
        Kind::StackOverflow => CrashWord::StackOverflow,
        Kind::CodeDamaged => CrashWord::CodeDamaged,
        Kind::ValueDamaged => CrashWord::ValueDamaged,
        Kind::Hardware => CrashWord::Hardware,
    };
    let file = Label::cut(name.as_str());
    CrashView { core, kind, file, line: end.line, pc: end.pc, status: end.cfsr, uptime_s: end.uptime_ms / 1000 }
}
