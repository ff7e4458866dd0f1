//! Everybody's worst at once: slow clients, a flood, a huge upload, a reader who does not read; and the owner, who
//! wants to see the kiln and to stop it.
//!
//! Judges nothing: it gathers how long the owner waited.

use std::fmt;
use std::io::{self, Read as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// Clients that send a byte now and then, each from an address of its own: 127.0.0.2 to 127.0.0.65.
const SLOW: u8 = 64;
/// Requests of the flood in a second.
const FLOOD: u64 = 200;
/// Threads of the flood.
const FLOODERS: u64 = 4;
/// Bytes of the upload.
const UPLOAD: usize = 10 << 20;

/// What is done to whom.
#[derive(Clone, Debug)]
pub struct Attack {
    /// How long.
    pub seconds: u64,
    /// The owner's token.
    pub token: String,
    /// The kiln.
    pub address: SocketAddr,
}

/// What the owner saw: seconds until the answer; `None` where there was none or another.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    /// Readings of the status.
    pub owner: Vec<Option<f64>>,
    /// Stops.
    pub stops: Vec<Option<f64>>,
    /// Connections of all attackers.
    pub attacks: u64,
}

impl Seen {
    /// The share of readings answered within so many seconds, percent.
    pub fn served_within(&self, seconds: f64) -> f64 {
        share(&self.owner, seconds)
    }

    /// The share of stops carried out within so many seconds, percent.
    pub fn stopped_within(&self, seconds: f64) -> f64 {
        share(&self.stops, seconds)
    }
}

impl fmt::Display for Seen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let worst = |times: &[Option<f64>]| times.iter().flatten().copied().fold(0.0, f64::max);
        write!(
            f,
            "{} attacks; status {} times, {:.2} % within 2 s, slowest {:.3} s; stop {} times, {:.2} % within 1 s, \
             slowest {:.3} s",
            self.attacks,
            self.owner.len(),
            self.served_within(2.0),
            worst(&self.owner),
            self.stops.len(),
            self.stopped_within(1.0),
            worst(&self.stops),
        )
    }
}

fn share(times: &[Option<f64>], seconds: f64) -> f64 {
    let good = times.iter().flatten().filter(|time| **time <= seconds).count();
    100.0 * good as f64 / times.len().max(1) as f64
}

/// Attacks, and gathers what the owner saw meanwhile.
///
/// # Errors
/// A thread that cannot be started.
pub fn run(attack: &Attack) -> io::Result<Seen> {
    let (over, count) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicU64::new(0)));
    let mut attackers = Vec::new();
    let mut begin = |name: String, work: Box<dyn Fn(SocketAddr) -> io::Result<()> + Send>| {
        let (over, count, address) = (Arc::clone(&over), Arc::clone(&count), attack.address);
        let thread = thread::Builder::new().name(name).stack_size(256 << 10).spawn(move || {
            while !over.load(Ordering::Relaxed) {
                count.fetch_add(1, Ordering::Relaxed);
                // That it fails is what is wanted; it goes on all the same.
                if work(address).is_err() {
                    thread::sleep(Duration::from_millis(50));
                }
            }
        });
        thread.map(|thread| attackers.push(thread))
    };
    for client in 0..SLOW {
        begin(format!("slow {client}"), Box::new(move |address| slow(address, 2 + client)))?;
    }
    for client in 0..FLOODERS {
        begin(format!("flood {client}"), Box::new(move |address| flood(address, 66 + client as u8)))?;
    }
    begin("upload".to_owned(), Box::new(|address| upload(address, 80)))?;
    begin("reader".to_owned(), Box::new(|address| reader(address, 81)))?;
    let mut seen = owner(attack);
    over.store(true, Ordering::Relaxed);
    for attacker in attackers {
        // One that panicked has attacked less; the figures stand.
        drop(attacker.join());
    }
    seen.attacks = count.load(Ordering::Relaxed);
    Ok(seen)
}

/// The owner looks four times a second, and stops the kiln every other second.
fn owner(attack: &Attack) -> Seen {
    let (begun, mut seen, mut turn) = (Instant::now(), Seen::default(), 0_u64);
    while begun.elapsed() < Duration::from_secs(attack.seconds) {
        let bearer = format!("Authorization: Bearer {}\r\n", attack.token);
        seen.owner.push(timed(attack.address, &format!("GET /api/status HTTP/1.1\r\n{bearer}"), ""));
        if turn.is_multiple_of(8) {
            let stop = format!("POST /api/stop HTTP/1.1\r\nX-Kiln: stop\r\nContent-Length: 0\r\n{bearer}");
            seen.stops.push(timed(attack.address, &stop, ""));
        }
        turn += 1;
        thread::sleep(Duration::from_millis(250));
    }
    seen
}

/// How long a request of the owner took, if it was answered well.
fn timed(address: SocketAddr, head: &str, body: &str) -> Option<f64> {
    let begun = Instant::now();
    let said = ask(address, 1, &format!("{head}Host: {address}\r\n\r\n{body}")).ok()?;
    // A kiln that does nothing refuses a stop: it was heard all the same.
    let good = said.starts_with("HTTP/1.1 200") || said.starts_with("HTTP/1.1 409");
    good.then(|| begun.elapsed().as_secs_f64())
}

fn ask(address: SocketAddr, from: u8, request: &str) -> io::Result<String> {
    let mut stream = connect(address, from)?;
    stream.write_all(request.as_bytes())?;
    let mut said = String::new();
    stream.read_to_string(&mut said)?;
    Ok(said)
}

/// A byte of a head every quarter of a second.
fn slow(address: SocketAddr, from: u8) -> io::Result<()> {
    let mut stream = connect(address, from)?;
    for byte in b"GET /api/status HTTP/1.1\r\nX: yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy" {
        stream.write_all(&[*byte])?;
        thread::sleep(Duration::from_millis(250));
    }
    Ok(())
}

fn flood(address: SocketAddr, from: u8) -> io::Result<()> {
    thread::sleep(Duration::from_millis(1000 * FLOODERS / FLOOD));
    ask(address, from, &format!("GET /api/status HTTP/1.1\r\nHost: {address}\r\n\r\n")).map(drop)
}

fn upload(address: SocketAddr, from: u8) -> io::Result<()> {
    let mut stream = connect(address, from)?;
    let head = format!(
        "PUT /api/profiles/huge HTTP/1.1\r\nHost: {address}\r\nContent-Type: application/json\r\nContent-Length: {UPLOAD}\r\n\r\n"
    );
    stream.write_all(head.as_bytes())?;
    let piece = [b' '; 16 << 10];
    for _ in 0..UPLOAD / piece.len() {
        stream.write_all(&piece)?;
    }
    Ok(())
}

/// A byte of the page every second.
fn reader(address: SocketAddr, from: u8) -> io::Result<()> {
    let mut stream = connect(address, from)?;
    stream.write_all(format!("GET / HTTP/1.1\r\nHost: {address}\r\n\r\n").as_bytes())?;
    for _ in 0..20 {
        stream.read_exact(&mut [0])?;
        thread::sleep(Duration::from_secs(1));
    }
    Ok(())
}

/// A connection from 127.0.0.`from`.
fn connect(address: SocketAddr, from: u8) -> io::Result<TcpStream> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let stream = runtime.block_on(async {
        let socket = tokio::net::TcpSocket::new_v4()?;
        socket.set_recv_buffer_size(4096)?;
        socket.bind(SocketAddr::from((Ipv4Addr::new(127, 0, 0, from), 0)))?;
        socket.connect(address).await?.into_std()
    })?;
    stream.set_nonblocking(false)?;
    stream.set_read_timeout(Some(Duration::from_secs(4)))?;
    stream.set_write_timeout(Some(Duration::from_secs(4)))?;
    Ok(stream)
}
