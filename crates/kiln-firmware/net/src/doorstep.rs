//! Where connections wait: a few sockets on each network, and workers that take whoever is there.
//!
//! A socket listens for one connection; when all are taken, whoever comes is refused by the network itself. So there are
//! more sockets than workers: whoever comes while all workers are busy waits in a socket, not outside. A worker takes
//! connections of either network, so that none stands idle while the other network's clients wait.
//!
//! ```text
//!   socket ─ porter ─▶ ┌────────┐ ─▶ worker
//!   socket ─ porter ─▶ │ waiting│ ─▶ worker        a worker drops the socket: its porter clears it up and listens again
//!   socket ─ porter ─▶ └────────┘ ─▶ worker
//! ```

use core::cell::RefCell;
use core::future::{Future, poll_fn};
use core::task::Poll;

use embassy_net::tcp::{State, TcpSocket};
use embassy_net::{IpAddress, Stack};
use embassy_sync::blocking_mutex::raw::NoopRawMutex;
use embassy_sync::signal::Signal;
use embassy_sync::waitqueue::MultiWakerRegistration;
use embassy_time::{Duration, Instant, with_deadline, with_timeout};
use heapless::Deque;
use kiln_app::door::{Interface, Peer};
use kiln_app::http::{Broken, Listener, RECEIVE_BUFFER, SEND_BUFFER, Socket, WORKERS};
use kiln_core::units::Millis;

/// The most sockets there can be.
pub const SOCKETS: usize = 5;

/// A connection over which nothing comes for so long is given up by the network itself. Workers give up sooner.
const DEAD_AFTER: Duration = Duration::from_secs(20);
/// How long the end of a connection may take.
const CLEARED_WITHIN: Duration = Duration::from_secs(1);

/// A connection on its way to a worker.
struct Arrival {
    socket: TcpSocket<'static>,
    peer: Peer,
    home: &'static Home,
}

/// Where a socket comes back to.
pub type Home = Signal<NoopRawMutex, TcpSocket<'static>>;

/// Connections that wait for a worker.
pub struct Doorstep {
    waiting: RefCell<Deque<Arrival, SOCKETS>>,
    workers: RefCell<MultiWakerRegistration<WORKERS>>,
}

impl Doorstep {
    /// Nobody is there.
    pub const fn empty() -> Self {
        Self { waiting: RefCell::new(Deque::new()), workers: RefCell::new(MultiWakerRegistration::new()) }
    }

    fn arrive(&self, arrival: Arrival) {
        // There is a place for every socket there is.
        if let Err(lost) = self.waiting.borrow_mut().push_back(arrival) {
            lost.home.signal(lost.socket);
        }
        self.workers.borrow_mut().wake();
    }

    fn next(&self) -> impl Future<Output = Arrival> + '_ {
        poll_fn(|context| {
            let first = self.waiting.borrow_mut().pop_front();
            if first.is_none() {
                self.workers.borrow_mut().register(context.waker());
            }
            first.map_or(Poll::Pending, Poll::Ready)
        })
    }
}

/// The memory of a socket.
pub struct Buffers {
    receive: [u8; RECEIVE_BUFFER],
    send: [u8; SEND_BUFFER],
}

impl Buffers {
    /// Empty ones.
    pub const fn empty() -> Self {
        Self { receive: [0; RECEIVE_BUFFER], send: [0; SEND_BUFFER] }
    }
}

/// Waits for connections on `port` with one socket, for ever; `interface` says by which network they come.
pub async fn porter(
    doorstep: &'static Doorstep,
    stack: Stack<'static>,
    port: u16,
    interface: impl Fn() -> Interface,
    buffers: &'static mut Buffers,
    home: &'static Home,
) -> ! {
    let mut socket = TcpSocket::new(stack, &mut buffers.receive, &mut buffers.send);
    loop {
        socket.set_timeout(Some(DEAD_AFTER));
        // An answer is written in whole pieces: waiting for more to send only delays its end.
        socket.set_nagle_enabled(false);
        if socket.accept(port).await.is_ok()
            && let Some(IpAddress::Ipv4(address)) = socket.remote_endpoint().map(|end| end.addr)
        {
            doorstep.arrive(Arrival { socket, peer: Peer { address, interface: interface() }, home });
            socket = home.wait().await;
        }
        clear(&mut socket).await;
    }
}

/// Ends what is left of a connection, so that the socket can listen again.
async fn clear(socket: &mut TcpSocket<'static>) {
    // What was handed over goes out; then nothing of it is waited for.
    with_timeout(CLEARED_WITHIN, socket.flush()).await.ok();
    if !matches!(socket.state(), State::Closed | State::TimeWait) {
        socket.abort();
        with_timeout(CLEARED_WITHIN, socket.flush()).await.ok();
    }
}

impl Listener for &'static Doorstep {
    type Socket = Tcp;

    async fn accept(&mut self) -> (Tcp, Peer) {
        let Arrival { socket, peer, home } = self.next().await;
        (Tcp { socket: Some(socket), home }, peer)
    }
}

/// A connection in a worker's hands; dropped, its socket goes home.
pub struct Tcp {
    /// There until it is dropped.
    socket: Option<TcpSocket<'static>>,
    home: &'static Home,
}

impl Drop for Tcp {
    fn drop(&mut self) {
        if let Some(socket) = self.socket.take() {
            self.home.signal(socket);
        }
    }
}

impl Tcp {
    async fn within<T, E>(until: Millis, work: impl Future<Output = Result<T, E>>) -> Result<T, Broken> {
        let done = with_deadline(Instant::from_millis(until.get()), work).await;
        done.map_err(|_| Broken::Late)?.map_err(|_| Broken::Gone)
    }
}

impl Socket for Tcp {
    async fn read(&mut self, into: &mut [u8], until: Millis) -> Result<usize, Broken> {
        let socket = self.socket.as_mut().ok_or(Broken::Gone)?;
        Self::within(until, socket.read(into)).await
    }

    async fn write(&mut self, from: &[u8], until: Millis) -> Result<usize, Broken> {
        let socket = self.socket.as_mut().ok_or(Broken::Gone)?;
        Self::within(until, socket.write(from)).await
    }

    async fn end(&mut self, until: Millis) -> Result<(), Broken> {
        let socket = self.socket.as_mut().ok_or(Broken::Gone)?;
        socket.close();
        Self::within(until, socket.flush()).await
    }
}
