//! The application on its thread: one turn after each virtual second, and the workers beside it.
//!
//! All of it is the code of the board; here are only the executor, the socket and the file. Workers and turns are polled
//! one after the other on one thread, as on the board's core.

use std::future::Future;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::mpsc::{Receiver, Sender};
use std::task::{Context, Poll};
use std::time::Duration;

use kiln_app::door::{Door, Hosts};
use kiln_app::http::{self, Bulk, Deadlines, Desk, Gate, LONG_BODY, Pages, ROOM, Routes, WORKERS};
use kiln_app::net::name::HostName;
use kiln_app::service::{Identity, Now, Service, TASK, Workspace};
use kiln_app::store::{Memory, Store};
use kiln_core::units::Millis;
use kiln_hal::link::{AppEnd, Link, Roster, Task};

use super::clockwork::{Clockwork, Told};
use super::net::{RealTime, TcpDoor};
use super::radio::{self, Radio};
use super::wall::Wall;
use super::wishes::Wish;
use crate::flash::NorFlash;

/// How long the application sleeps when no second ends: commands and outcomes are looked for that often.
const TURN: Duration = Duration::from_millis(40);

/// How long an answer that announces a restart has to leave, on the real clock.
const FAREWELL: Millis = Millis::new(300);

/// What this controller is.
const IDENTITY: Identity = Identity { board: "simulator", simulated: true };

/// What the thread is given.
#[derive(Debug)]
pub struct Given {
    /// Where to listen.
    pub address: SocketAddr,
    /// The flash image; `None` keeps nothing.
    pub flash: Option<PathBuf>,
    /// The page.
    pub pages: Pages,
    /// Whether the time of day is known from the beginning, as by a time server.
    pub knows_time: bool,
    /// What is wanted at the kiln.
    pub wishes: Receiver<Wish>,
    /// Where the address is told, or why there is none.
    pub ready: Sender<Result<SocketAddr, String>>,
}

/// Runs the application until it is time to end.
pub fn run(link: &Link, clockwork: &Clockwork, given: &Given) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let served = runtime.map_err(|error| error.to_string()).and_then(|runtime| {
        let flash = given.flash.as_ref().map_or_else(|| Ok(NorFlash::new()), |path| NorFlash::open(path));
        let flash = flash.map_err(|error| format!("cannot use the flash image: {error}"))?;
        runtime.block_on(serve(link, clockwork, given, flash))
    });
    if let Err(why) = served {
        // Whoever started this may have gone already.
        drop(given.ready.send(Err(why)));
        clockwork.end();
    }
}

async fn serve(link: &Link, clockwork: &Clockwork, given: &Given, flash: NorFlash) -> Result<(), String> {
    let time = RealTime::start();
    let door = TcpDoor::open(given.address, time).map_err(|error| format!("cannot listen: {error}"))?;
    let address = door.address().map_err(|error| error.to_string())?;
    let mut memory = Memory::new(flash);
    let store = Store::open(&mut memory);
    let roster = Task::new(TASK).map_or(Roster::EMPTY, |task| Roster::EMPTY.with(task));
    let mut workspace = Box::new(Workspace::new());
    let service = Service::new(AppEnd::new(link, roster), store, IDENTITY, &mut workspace);
    let mut routes = Routes::with(service, entropy()?, given.pages);
    let hosts = Hosts {
        port: address.port(),
        loopback: true,
        ..Hosts::of_board(HostName::new(HostName::DEFAULT).ok_or("no name")?)
    };
    let tokens = routes.tokens();
    let gate = Gate::new(Door::new(hosts, tokens), routes);
    let mut long = [0; LONG_BODY];
    let bulk = Bulk::new(&mut long);
    let desk = Desk { site: &gate, time: &time, bulk: &bulk, deadlines: Deadlines::DELIVERED };
    let mut rooms = vec![[0; ROOM]; WORKERS];
    let mut tasks: Vec<Pin<Box<dyn Future<Output = ()> + '_>>> = Vec::new();
    for room in &mut rooms {
        tasks.push(Box::pin(http::work(door.clone(), &desk, room)));
    }
    given.ready.send(Ok(address)).map_err(|_| "nobody waits for the application".to_owned())?;
    let turns = turns(&gate, clockwork, time, given);
    First { tasks, turns: Box::pin(turns) }.await;
    Ok(())
}

/// The turns of the service, one after each virtual second and some between, until it is time to end.
async fn turns(gate: &Gate<Routes<'_, NorFlash>>, clockwork: &Clockwork, time: RealTime, given: &Given) {
    let mut wall = Wall::new(given.knows_time, clockwork.look().control);
    let mut radio = Radio::new();
    let mut restart_at = None;
    loop {
        // A turn is due at the end of a second, or when there has been none for a while.
        let _woken = tokio::time::timeout(TURN, clockwork.second.notified()).await.is_ok();
        let told = clockwork.look();
        let now = turn(gate, &told, time.millis(), (&mut wall, &mut radio));
        for wish in given.wishes.try_iter() {
            let random = gate.application.borrow_mut().draw();
            let shown = gate.show_code(wish.purpose, now.real, random);
            wish.answer(shown.map(|code| code.to_string()).map_err(|refusal| refusal.message().to_owned()));
        }
        clockwork.served(told.seconds);
        if gate.application.borrow_mut().service().restart_wanted() {
            // Whoever asked is answered first.
            if *restart_at.get_or_insert(now.real + FAREWELL) <= now.real {
                clockwork.restart();
            }
        }
        if clockwork.is_ending() {
            if !clockwork.is_cut() {
                gate.application.borrow_mut().close();
            }
            return;
        }
    }
}

/// One turn of the application, with what it cannot know by itself.
fn turn(gate: &Gate<Routes<'_, NorFlash>>, told: &Told, real: Millis, (wall, radio): (&mut Wall, &mut Radio)) -> Now {
    let mut routes = gate.application.borrow_mut();
    if let Some(said) = routes.take_time() {
        wall.said(said, told.control);
    }
    let now = Now { control: told.control, real, wall: wall.at(told) };
    let service = routes.service();
    radio.step(service.wifi(), radio::instant(&now));
    let surroundings = radio.surroundings(service.wifi(), wall.is_synced());
    service.set_surroundings(surroundings);
    if let Some(found) = radio.look(service.wifi_scan_wanted(), &now) {
        service.wifi_found(&now, found);
    }
    routes.turn(&now, &mut gate.door.borrow_mut());
    now
}

/// Bytes that nobody can guess.
fn entropy() -> Result<[u8; 32], String> {
    use std::io::Read as _;
    let mut bytes = [0; 32];
    let read = std::fs::File::open("/dev/urandom").and_then(|mut file| file.read_exact(&mut bytes));
    read.map(|()| bytes).map_err(|error| format!("no random numbers: {error}"))
}

/// Everything at once, until the turns end.
struct First<'t, T> {
    tasks: Vec<Pin<Box<dyn Future<Output = ()> + 't>>>,
    turns: Pin<Box<T>>,
}

impl<T: Future<Output = ()>> Future for First<'_, T> {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        for task in &mut self.tasks {
            // A worker never ends.
            let _waits = task.as_mut().poll(cx).is_pending();
        }
        self.turns.as_mut().poll(cx)
    }
}
