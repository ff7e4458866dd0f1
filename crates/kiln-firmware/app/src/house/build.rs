//! The service comes into being: memory, files, secrets, door. Nothing here can fail; what is missing is said.

use embassy_rp::clocks::RoscRng;
use embassy_time::{Duration, Instant, Timer};
use kiln_app::door::{Door, Hosts};
use kiln_app::http::{Gate, Pages, Routes};
use kiln_app::net::name::HostName;
use kiln_app::net::secrets::{self, Secrets};
use kiln_app::service::{Identity, Service, TASK, Workspace};
use kiln_app::store::{Document, Level, Memory, Store};
use kiln_core::report::Report;
use kiln_core::restart::Application;
use kiln_hal::link::{AppEnd, Link, Observer, Roster, Task};
use static_cell::{ConstStaticCell, StaticCell};

use super::{House, Site};
use crate::board::chance::Chance;
use crate::board::partition::Partition;

/// What this controller is.
const IDENTITY: Identity = Identity { board: "pico2_w", simulated: false };
/// The page as its own build made it, or the small one that is always there.
const PAGES: Pages = include!(concat!(env!("OUT_DIR"), "/pages.rs"));
/// How long the control loop is waited for to tell what it has been through.
const REPORT_WITHIN: Duration = Duration::from_secs(2);

/// What is drawn at each start.
struct Drawn {
    seed: [u8; 32],
    /// For a device that has no secrets yet.
    own: [u8; secrets::BYTES],
}

/// Whether all of the application is to come up, by what the control loop tells; all of it when it tells nothing.
pub(crate) async fn how_much(observer: Observer<'static>) -> Application {
    let end = Instant::now() + REPORT_WITHIN;
    while Instant::now() < end {
        if let Some(Report { application, .. }) = observer.report() {
            return application;
        }
        Timer::after_millis(20).await;
    }
    Application::Whole
}

/// The application's end of the link.
pub(crate) fn end(link: &'static Link) -> AppEnd<'static> {
    AppEnd::new(link, Task::new(TASK).map_or(Roster::EMPTY, |task| Roster::EMPTY.with(task)))
}

/// Opens the files and builds the house over them.
pub(crate) async fn house(end: AppEnd<'static>, files: Partition, mut chance: Chance) -> &'static House {
    let drawn = draw(&mut chance).await;
    settle(end, memory(files), drawn)
}

/// The memory of the files. Each large thing is made in a function of its own: what the stack holds of one is given back
/// before the next.
#[inline(never)]
fn memory(files: Partition) -> &'static mut Memory<Partition> {
    static MEMORY: StaticCell<Memory<Partition>> = StaticCell::new();
    MEMORY.init_with(|| Memory::new(files))
}

/// Opens the files, and puts everything in its place.
#[inline(never)]
fn settle(end: AppEnd<'static>, memory: &'static mut Memory<Partition>, drawn: Option<Drawn>) -> &'static House {
    static GATE: StaticCell<Site> = StaticCell::new();
    static HOUSE: StaticCell<House> = StaticCell::new();
    let observer = end.observer();
    let mut store = Store::open(memory);
    let secrets = drawn.as_ref().and_then(|drawn| secrets(&mut store, &drawn.own));
    let seed = drawn.map_or_else(weak_seed, |drawn| drawn.seed);
    let gate = GATE.init_with(|| site(end, store, seed));
    let (name, port) = (gate.door.borrow().hosts.name.clone(), gate.door.borrow().hosts.port);
    let house: &House = HOUSE.init_with(|| House::new(gate, observer, secrets, name, port));
    house.tell_beginning();
    house
}

#[inline(never)]
fn site(end: AppEnd<'static>, store: Store<'static, Partition>, seed: [u8; 32]) -> Site {
    static WORKSPACE: ConstStaticCell<Workspace> = ConstStaticCell::new(Workspace::new());
    let mut routes = Routes::with(Service::new(end, store, IDENTITY, WORKSPACE.take()), seed, PAGES);
    let network = routes.service().config().network();
    let name = HostName::new(network.name().as_str()).unwrap_or_else(HostName::delivered);
    let port = u16::try_from(*network.http_port()).unwrap_or(80);
    let tokens = routes.tokens();
    Gate::new(Door::new(Hosts { port, ..Hosts::of_board(name) }, tokens), routes)
}

async fn draw(chance: &mut Chance) -> Option<Drawn> {
    Some(Drawn { seed: chance.draw().await?, own: chance.draw().await? })
}

/// For a controller whose generator is not well: nothing secret is made of it, no code is shown and no network opened.
fn weak_seed() -> [u8; 32] {
    let mut seed = [0; 32];
    for byte in &mut seed {
        [*byte, ..] = RoscRng.next_u32().to_le_bytes();
    }
    seed
}

/// What the device has of its own: as it is kept, or of these bytes, which are kept from here on.
fn secrets(store: &mut Store<'static, Partition>, drawn: &[u8; secrets::BYTES]) -> Option<Secrets> {
    let mut kept = [0; secrets::BYTES];
    let read = store.read(Document::Network, secrets::FORMAT, &mut kept);
    if let (Ok(stored), Some(secrets)) = (read, Secrets::of(&kept))
        && stored.length == secrets::BYTES
    {
        return Some(secrets);
    }
    let secrets = Secrets::of(drawn)?;
    // What cannot be kept is drawn anew at the next start; the display shows it each time.
    store.write(Document::Network, secrets::FORMAT, drawn).ok();
    Some(secrets)
}

impl House {
    fn tell_beginning(&self) {
        let boot = self.with(|service, _| service.store().boot());
        self.say(Level::Info, format_args!("application {} begins, start {boot}", env!("CARGO_PKG_VERSION")));
        if let Some(why) = self.with(|service, _| service.store().trouble()) {
            self.say(Level::Error, format_args!("no files: {why:?}"));
        }
        if self.secrets.is_none() {
            self.say(
                Level::Error,
                format_args!("the random number generator is not well: no pairing, no set-up network"),
            );
        }
    }
}
