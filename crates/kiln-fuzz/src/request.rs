//! Everything one connection sends, through the worker, the gate and the routes of a kiln with files on its flash.
//!
//! What comes back must be one whole answer of HTTP, and who shows neither token nor code changes nothing.

mod answer;
mod wire;

use core::net::Ipv4Addr;
use core::pin::pin;
use core::task::{Context, Waker};

use kiln_app::door::{Code, Door, Hosts, Interface, Peer, Purpose, Token, TokenName, Tokens, host};
use kiln_app::http::{Bulk, Deadlines, Desk, Gate, Head, LONG_BODY, ROOM, Routes, work};
use kiln_app::net::HostName;
use kiln_app::service::{Identity, Now, Seen, Service, TASK, Workspace};
use kiln_app::store::{Memory, Store};
use kiln_core::command::Command;
use kiln_core::snapshot::Snapshot;
use kiln_core::units::{Millis, WallClock};
use kiln_hal::board::ControlLink as _;
use kiln_hal::link::{AppEnd, ControlEnd, Link, Roster, Task};
use kiln_sim::disturb::Level;
use kiln_sim::flash::NorFlash;
use kiln_sim::plant::PlantSpec;
use kiln_sim::random::Seed;
use kiln_sim::world::{Setting, World, settings_for};

use crate::Verdict;
use answer::Answer;
use wire::{Counted, Once};

/// What the token and the code are drawn from: so that bytes that were kept hold them, too.
const TOKEN: [u8; 16] = [7; 16];
const CODE: u64 = 271_828;
/// The time of day: 2026-01-01.
const WALL: WallClock = WallClock::from_unix_millis(1_767_225_600_000);
const PROFILE: &[u8] =
    br#"{"name":"Test","steps":[{"type":"ramp","target_temp":600},{"type":"hold","target_temp":600,"duration":600}]}"#;

/// A kiln as the connection finds it: made once, copied for each.
struct Found {
    flash: NorFlash,
    told: Snapshot,
    now: Now,
    tokens: Tokens,
}

thread_local! {
    static FOUND: Found = found();
}

pub(crate) fn check(bytes: &[u8]) -> Verdict {
    if let Ok(Some(head)) = Head::read(bytes) {
        comes_back(&head);
    }
    let Some(answer) = FOUND.with(|found| served(found, bytes)) else { return Verdict::Refused };
    if answer.status < 400 { Verdict::Taken } else { Verdict::Refused }
}

/// What was understood of a head, written plainly, is understood the same.
fn comes_back(head: &Head<'_>) {
    let query = head.query.map(|query| format!("?{query}")).unwrap_or_default();
    let mut text = format!("{} {}{query} HTTP/1.1\r\n", head.method, head.path).into_bytes();
    for name in kiln_app::http::READ_FIELDS {
        if let Some(value) = head.field(name) {
            text.extend([name.as_bytes(), b": ", value, b"\r\n"].concat());
        }
    }
    text.extend(b"\r\n");
    let again = Head::read(&text).expect("what was written is a head").expect("it is whole");
    assert_eq!(
        (again.method, again.path, again.query, again.length),
        (head.method, head.path, head.query, head.length)
    );
    assert!(kiln_app::http::READ_FIELDS.iter().all(|name| again.field(name) == head.field(name)));
}

/// A kiln at its first readings, with a profile, an app paired.
fn found() -> Found {
    let plant = PlantSpec::built_in("top9").expect("a kiln");
    let (settings, level) = (settings_for(&plant), Level::Quiet);
    let setting = Setting { plant: &plant, settings, level, seed: Seed(1), start_c: None, planned_s: 3600.0 };
    let mut world = World::<1>::new(&setting).expect("a world");
    for _ in 0..50 {
        world.turn();
    }
    let now = Now { control: world.start() + world.elapsed(), real: Millis::from_seconds(100), wall: Some(WALL) };
    let told = world.told().expect("control speaks");
    let mut tokens = Tokens::new();
    let named = TokenName::new("test").expect("a name");
    tokens.issue(named, Some(WALL), TOKEN).expect("there is room");
    let flash = NorFlash::new();
    let (link, mut memory) = (Link::new(), Box::new(Memory::new(flash.clone())));
    let mut workspace = Box::new(Workspace::new());
    let mut service = Box::new(service(&link, &mut memory, &mut workspace));
    service.put_profile("test", PROFILE, Seen::Nothing).expect("a profile is kept");
    service.turn(&now);
    drop(service);
    Found { flash, told, now, tokens }
}

fn service<'a>(
    link: &'a Link,
    memory: &'a mut Memory<NorFlash>,
    workspace: &'a mut Workspace,
) -> Service<'a, NorFlash> {
    let task = Task::new(TASK).expect("the service's task");
    let identity = Identity { board: "simulator", simulated: true };
    Service::new(AppEnd::new(link, Roster::EMPTY.with(task)), Store::open(memory), identity, workspace)
}

/// The interface is the one whose address the request names.
fn peer(bytes: &[u8]) -> Peer {
    let named = |address: Ipv4Addr| {
        let text = address.to_string();
        bytes.windows(text.len()).any(|part| part == text.as_bytes())
    };
    let interface = match host::FIXED.map(named) {
        [true, _] => Interface::Usb,
        [false, true] => Interface::SetupAccessPoint,
        [false, false] => Interface::Station,
    };
    Peer { address: Ipv4Addr::new(192, 168, 7, 9), interface }
}

/// Serves the connection; the answer, if there was one.
fn served(found: &Found, bytes: &[u8]) -> Option<Answer> {
    let flash = found.flash.copy(None);
    let (link, mut memory) = (Link::new(), Box::new(Memory::new(flash.clone())));
    let mut control = ControlEnd::new(&link);
    control.publish(&found.told);
    let mut workspace = Box::new(Workspace::new());
    let mut routes = Box::new(Routes::new(service(&link, &mut memory, &mut workspace), [3; 32]));
    let hosts = Hosts::of_board(HostName::new(HostName::DEFAULT).expect("a name"));
    let mut door = Door::new(hosts, found.tokens.clone());
    routes.turn(&found.now, &mut door);
    while control.take().is_some() {}
    let gate = Gate::new(door, *routes);
    gate.show_code(Purpose::Local, found.now.real, CODE).expect("a code is shown");
    let before = flash.operations();

    let peer = peer(bytes);
    let told = talk(&gate, found.now.real, peer, bytes);

    let asked: Vec<Command> = core::iter::from_fn(|| control.take()).map(|request| request.command).collect();
    let proof = [Token::new(TOKEN).to_string(), Code::new(CODE).to_string()];
    let proven =
        proof.iter().any(|proof| bytes.windows(proof.len()).any(|part| part.eq_ignore_ascii_case(proof.as_bytes())));
    if !proven && !peer.interface.is_at_the_kiln() {
        assert_eq!(flash.operations(), before, "somebody who proved nothing wrote on the flash");
        let harmless = |command: &Command| matches!(command, Command::Stop | Command::Shutdown);
        assert!(asked.iter().all(harmless), "somebody who proved nothing asked for {asked:?}");
    }
    // What was taken is lived with.
    let later = Now { control: found.now.control + Millis::from_seconds(1), ..found.now };
    gate.application.borrow_mut().turn(&later, &mut gate.door.borrow_mut());
    Answer::read(&told)
}

/// The worker serves one connection, and waits for the next when it is done.
fn talk(gate: &Gate<Routes<'_, NorFlash>>, real: Millis, peer: Peer, bytes: &[u8]) -> Vec<u8> {
    let mut long = Box::new([0; LONG_BODY]);
    let bulk = Bulk::new(&mut long);
    let time = Counted::new(real);
    let desk = Desk { site: gate, time: &time, bulk: &bulk, deadlines: Deadlines::DELIVERED };
    let (once, told) = Once::new(bytes, peer, &time);
    let mut room = Box::new([0; ROOM]);
    {
        let worker = pin!(work(once, &desk, &mut room));
        let waits = worker.poll(&mut Context::from_waker(Waker::noop())).is_pending();
        assert!(waits, "a worker never ends");
    }
    told.take()
}
