//! Connections and time of this computer, as the workers of the application see them.
//!
//! Decides nothing. Send buffers are as small as a board's, so that whoever reads slowly is slow here, too.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::rc::Rc;
use std::time::Instant;

use kiln_app::door::{Interface, Peer};
use kiln_app::http::{Broken, Listener, Socket, Time};
use kiln_core::units::Millis;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpSocket, TcpStream};

/// Bytes of the kernel's buffer for what is being sent.
const SEND_BUFFER: u32 = 4096;
/// Connections the kernel holds until a worker takes them.
const BACKLOG: u32 = 64;

/// Time since the start of the program.
#[derive(Clone, Copy, Debug)]
pub struct RealTime(Instant);

impl RealTime {
    /// Begins.
    pub fn start() -> Self {
        Self(Instant::now())
    }

    fn instant(self, moment: Millis) -> tokio::time::Instant {
        tokio::time::Instant::from_std(self.0 + std::time::Duration::from_millis(moment.get()))
    }

    /// The time since the start.
    pub fn millis(self) -> Millis {
        Millis::new(u64::try_from(self.0.elapsed().as_millis()).unwrap_or(u64::MAX))
    }
}

impl Time for RealTime {
    fn now(&self) -> Millis {
        self.millis()
    }

    async fn wait_until(&self, moment: Millis) {
        tokio::time::sleep_until(self.instant(moment)).await;
    }
}

/// Where workers take connections from; every worker has a handle.
#[derive(Clone, Debug)]
pub struct TcpDoor {
    listener: Rc<TcpListener>,
    time: RealTime,
}

impl TcpDoor {
    /// Listens on an address of this computer.
    ///
    /// # Errors
    /// The port is taken, or not for everybody.
    pub fn open(address: SocketAddr, time: RealTime) -> io::Result<Self> {
        let socket = TcpSocket::new_v4()?;
        socket.set_reuseaddr(true)?;
        socket.set_send_buffer_size(SEND_BUFFER)?;
        socket.bind(address)?;
        Ok(Self { listener: Rc::new(socket.listen(BACKLOG)?), time })
    }

    /// The address.
    ///
    /// # Errors
    /// The system does not say.
    pub fn address(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }
}

impl Listener for TcpDoor {
    type Socket = Tcp;

    async fn accept(&mut self) -> (Tcp, Peer) {
        loop {
            if let Ok((stream, address)) = self.listener.accept().await
                && let IpAddr::V4(address) = address.ip()
            {
                return (Tcp { stream, time: self.time }, Peer { address, interface: Interface::Loopback });
            }
            // Out of files, most likely: whoever waits goes on waiting a little.
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    }
}

/// A connection.
#[derive(Debug)]
pub struct Tcp {
    stream: TcpStream,
    time: RealTime,
}

impl Tcp {
    async fn within<T>(time: RealTime, until: Millis, work: impl Future<Output = io::Result<T>>) -> Result<T, Broken> {
        let done = tokio::time::timeout_at(time.instant(until), work).await;
        done.map_err(|_| Broken::Late)?.map_err(|_| Broken::Gone)
    }
}

impl Socket for Tcp {
    async fn read(&mut self, into: &mut [u8], until: Millis) -> Result<usize, Broken> {
        Self::within(self.time, until, self.stream.read(into)).await
    }

    async fn write(&mut self, from: &[u8], until: Millis) -> Result<usize, Broken> {
        Self::within(self.time, until, self.stream.write(from)).await
    }

    async fn end(&mut self, until: Millis) -> Result<(), Broken> {
        Self::within(self.time, until, self.stream.shutdown()).await
    }
}
