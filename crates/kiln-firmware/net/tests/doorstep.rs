//! Two network stacks in one program, a cable of memory between them: whoever comes is served, sooner or later.

use std::cell::Cell;
use std::net::Ipv4Addr;

use embassy_futures::block_on;
use embassy_futures::join::{join, join3};
use embassy_futures::select::select;
use embassy_net::tcp::TcpSocket;
use embassy_net::{Config, Ipv4Cidr, Runner, Stack, StackResources, StaticConfigV4};
use embassy_net_driver_channel as channel;
use embassy_net_driver_channel::driver::{HardwareAddress, LinkState};
use embassy_time::{Duration, Timer, with_timeout};
use kiln_app::door::Interface;
use kiln_app::http::{Listener as _, Socket as _};
use kiln_core::units::Millis;
use kiln_firmware_net::{Buffers, Doorstep, Home, SOCKETS, porter};

const FRAME: usize = 1514;
const PORT: u16 = 80;
const KILN: Ipv4Addr = Ipv4Addr::new(192, 168, 7, 1);
const PATIENCE: Duration = Duration::from_secs(10);

type Device = channel::Device<'static, FRAME>;

fn leak<T>(value: T) -> &'static mut T {
    Box::leak(Box::new(value))
}

/// One end of the cable: its stack, what runs it, and its end of the wire.
fn end(last: u8) -> (Stack<'static>, Runner<'static, Device>, channel::Runner<'static, FRAME>) {
    let state = leak(channel::State::<FRAME, 8, 8>::new());
    let (wire, device) = channel::new(state, HardwareAddress::Ethernet([2, 0, 0, 0, 0, last]));
    let config = Config::ipv4_static(StaticConfigV4 {
        address: Ipv4Cidr::new(Ipv4Addr::new(192, 168, 7, last), 24),
        gateway: None,
        dns_servers: heapless::Vec::new(),
    });
    let (stack, runner) = embassy_net::new(device, config, leak(StackResources::<16>::new()), u64::from(last));
    (stack, runner, wire)
}

/// Carries frames from one end to the other.
async fn carry(mut from: channel::TxRunner<'static, FRAME>, mut to: channel::RxRunner<'static, FRAME>) -> ! {
    loop {
        let frame = from.tx_buf().await;
        let room = to.rx_buf().await;
        let length = frame.len();
        if let Some(place) = room.get_mut(..length) {
            place.copy_from_slice(frame);
        }
        from.tx_done();
        to.rx_done(length);
    }
}

/// Serves with `workers` workers while `visit` goes on.
fn served<V: Future<Output = ()>>(workers: usize, visit: impl FnOnce(Stack<'static>) -> V) {
    let (kiln, mut kiln_runner, kiln_wire) = end(1);
    let (client, mut client_runner, client_wire) = end(2);
    let (kiln_link, kiln_in, kiln_out) = kiln_wire.split();
    let (client_link, client_in, client_out) = client_wire.split();
    kiln_link.set_link_state(LinkState::Up);
    client_link.set_link_state(LinkState::Up);
    let doorstep: &'static Doorstep = leak(Doorstep::empty());
    let porters = std::array::from_fn::<_, SOCKETS, _>(|_| {
        porter(doorstep, kiln, PORT, || Interface::Usb, leak(Buffers::empty()), leak(Home::new()))
    });
    let workers = (0..workers).map(|_| work(doorstep));
    let world = join3(
        join(kiln_runner.run(), client_runner.run()),
        join(carry(kiln_out, client_in), carry(client_out, kiln_in)),
        join(all(porters), all(workers)),
    );
    block_on(select(world, visit(client)));
}

/// Every one of them, for ever.
async fn all<F: Future>(them: impl IntoIterator<Item = F>) {
    let mut them: Vec<_> = them.into_iter().map(Box::pin).collect();
    std::future::poll_fn(|context| {
        for one in &mut them {
            assert!(one.as_mut().poll(context).is_pending(), "it goes on for ever");
        }
        std::task::Poll::<()>::Pending
    })
    .await;
}

/// Gives back what it is sent, and hangs up; a `!` it hangs up on at once.
async fn work(mut doorstep: &'static Doorstep) {
    loop {
        let (mut socket, peer) = doorstep.accept().await;
        assert_eq!((peer.address.octets()[3], peer.interface), (2, Interface::Usb));
        let mut bytes = [0; 64];
        let until = Millis::new(embassy_time::Instant::now().as_millis() + 3000);
        let Ok(read) = socket.read(&mut bytes, until).await else { continue };
        if bytes[0] != b'!' && socket.write(bytes.get(..read).unwrap_or_default(), until).await.is_ok() {
            socket.end(until).await.ok();
            socket.read(&mut bytes, until).await.ok();
        }
    }
}

/// Says a word and hears it again; whether that worked.
async fn ask(stack: Stack<'static>, word: &[u8], slow: Duration) -> bool {
    let (mut receive, mut send, mut heard) = ([0; 256], [0; 256], [0; 64]);
    let mut socket = TcpSocket::new(stack, &mut receive, &mut send);
    let talk = async {
        socket.connect((KILN, PORT)).await.ok()?;
        Timer::after(slow).await;
        socket.write(word).await.ok()?;
        let read = socket.read(&mut heard).await.ok()?;
        socket.close();
        socket.flush().await.ok()?;
        (heard.get(..read) == Some(word)).then_some(())
    };
    with_timeout(PATIENCE, talk).await.is_ok_and(|talked| talked.is_some())
}

#[test]
fn one_after_another_is_served_in_sockets_that_come_home() {
    served(4, |client| async move {
        for visit in 0..50_u8 {
            assert!(ask(client, &[visit + b'0', b'?'], Duration::MIN).await, "visit {visit}");
        }
    });
}

#[test]
fn whoever_comes_while_all_are_busy_waits_and_is_served() {
    served(1, |client| async move {
        let served = Cell::new(0);
        let visit = async |word: &[u8]| {
            let told = ask(client, word, Duration::MIN).await;
            served.set(served.get() + usize::from(told));
        };
        let slow = async { assert!(ask(client, b"slow", Duration::from_millis(300)).await) };
        join(slow, join3(visit(b"one"), visit(b"two"), join(visit(b"three"), visit(b"four")))).await;
        assert_eq!(served.get(), 4);
    });
}

#[test]
fn whoever_is_hung_up_on_leaves_a_socket_that_listens_again() {
    served(2, |client| async move {
        for round in 0..3 * SOCKETS {
            assert!(!ask(client, b"!", Duration::MIN).await, "round {round}");
        }
        assert!(ask(client, b"still there", Duration::MIN).await);
    });
}
