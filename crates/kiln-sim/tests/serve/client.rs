//! A client as plain as can be: one request a connection, from an address of one's own.

use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use serde_json::Value;

/// An answer.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// The head, its first line included.
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}\n{}", self.head, self.body))
    }

    /// A field of the head.
    pub(crate) fn field(&self, name: &str) -> Option<&str> {
        let lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.into_iter().find(|(there, _)| there.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    /// The code of the refusal.
    pub(crate) fn code(&self) -> String {
        self.json()["error"]["code"].as_str().unwrap_or_default().to_owned()
    }
}

/// Somebody at 127.0.0.`from`.
#[derive(Clone, Debug)]
pub(crate) struct Client {
    pub(crate) address: SocketAddr,
    from: u8,
    pub(crate) token: Option<String>,
}

impl Client {
    pub(crate) fn new(address: SocketAddr, from: u8) -> Self {
        Self { address, from, token: None }
    }

    /// A connection.
    pub(crate) fn connect(&self) -> std::io::Result<TcpStream> {
        connect(self.address, self.from)
    }

    /// The same client at 127.0.0.`from`.
    pub(crate) fn at(self, from: u8) -> Self {
        Self { from, ..self }
    }

    /// Pairs with the kiln by the code it shows.
    pub(crate) fn pair(&mut self, code: &str) {
        let answer = self.post("/api/pair", &format!(r#"{{"code":"{code}","name":"test"}}"#));
        assert_eq!(answer.status, 200, "{}", answer.body);
        self.token = Some(answer.json()["token"].as_str().unwrap().to_owned());
    }

    /// Sends a part of a request, and nothing more.
    pub(crate) fn raw_part(&self, bytes: &[u8]) -> Option<Answer> {
        let mut stream = self.connect().ok()?;
        stream.write_all(bytes).ok()?;
        let mut said = Vec::new();
        let _read = stream.read_to_end(&mut said).is_ok();
        answer(&said)
    }

    /// Sends bytes and reads until the other side ends.
    pub(crate) fn raw(&self, bytes: &[u8]) -> Option<Answer> {
        let mut stream = self.connect().ok()?;
        // Whoever refuses early may close before everything was sent; the answer is what counts.
        let _sent = stream.write_all(bytes).is_ok();
        let mut said = Vec::new();
        let _read = stream.read_to_end(&mut said).is_ok();
        answer(&said)
    }

    pub(crate) fn send(&self, method: &str, path: &str, fields: &[(&str, &str)], body: Option<&str>) -> Answer {
        self.patient(&self.request(method, path, fields, body))
    }

    /// Sends bytes until the kiln has room for them: a client waits when it is told to.
    pub(crate) fn patient(&self, bytes: &[u8]) -> Answer {
        for _ in 0..50 {
            match self.raw(bytes) {
                Some(answer) if answer.status != 429 && !(answer.status == 503 && answer.code() == "busy") => {
                    return answer;
                }
                _ => std::thread::sleep(Duration::from_millis(150)),
            }
        }
        panic!("{:?}: no answer", String::from_utf8_lossy(bytes));
    }

    /// The bytes of a request.
    pub(crate) fn request(&self, method: &str, path: &str, fields: &[(&str, &str)], body: Option<&str>) -> Vec<u8> {
        let mut text = format!("{method} {path} HTTP/1.1\r\n");
        if !fields.iter().any(|(name, _)| name.eq_ignore_ascii_case("host")) {
            text += &format!("Host: {}\r\n", self.address);
        }
        for (name, value) in fields {
            text += &format!("{name}: {value}\r\n");
        }
        if let Some(token) = &self.token {
            text += &format!("Authorization: Bearer {token}\r\n");
        }
        if let Some(body) = body {
            if !fields.iter().any(|(name, _)| name.eq_ignore_ascii_case("content-type")) {
                text += "Content-Type: application/json\r\n";
            }
            text += &format!("Content-Length: {}\r\n", body.len());
        }
        text += "\r\n";
        text += body.unwrap_or_default();
        text.into_bytes()
    }

    pub(crate) fn get(&self, path: &str) -> Answer {
        self.send("GET", path, &[], None)
    }

    pub(crate) fn post(&self, path: &str, body: &str) -> Answer {
        self.send("POST", path, &[], Some(body))
    }

    pub(crate) fn stop(&self) -> Answer {
        self.send("POST", "/api/stop", &[("X-Kiln", "stop")], None)
    }

    /// Reads a document until it says what is waited for.
    pub(crate) fn until(&self, path: &str, what: impl Fn(&Value) -> bool) -> Value {
        let begun = Instant::now();
        loop {
            let answer = self.get(path);
            if answer.status == 200 {
                let document = answer.json();
                if what(&document) {
                    return document;
                }
                assert!(begun.elapsed() < Duration::from_mins(2), "waited for too long: {document}");
            }
            std::thread::sleep(Duration::from_millis(120));
        }
    }
}

impl Client {
    /// Reads a text until it says what is waited for.
    pub(crate) fn until_text(&self, path: &str, what: impl Fn(&str) -> bool) -> String {
        for _ in 0..400 {
            let answer = self.get(path);
            if answer.status == 200 && what(&answer.body) {
                return answer.body;
            }
            std::thread::sleep(Duration::from_millis(120));
        }
        panic!("{path}: waited for too long");
    }
}

/// A connection from 127.0.0.`from`.
pub(crate) fn connect(address: SocketAddr, from: u8) -> std::io::Result<TcpStream> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let stream = runtime.block_on(async {
        let socket = tokio::net::TcpSocket::new_v4()?;
        socket.bind(SocketAddr::from((Ipv4Addr::new(127, 0, 0, from), 0)))?;
        socket.connect(address).await?.into_std()
    })?;
    stream.set_nonblocking(false)?;
    stream.set_read_timeout(Some(Duration::from_secs(10)))?;
    stream.set_write_timeout(Some(Duration::from_secs(10)))?;
    Ok(stream)
}

fn answer(said: &[u8]) -> Option<Answer> {
    let end = said.windows(4).position(|bytes| bytes == b"\r\n\r\n")?;
    let head = String::from_utf8(said[..end].to_vec()).ok()?;
    let status = head.split(' ').nth(1)?.parse().ok()?;
    let chunked = head.contains("Transfer-Encoding: chunked");
    let body = if chunked { whole(&said[end + 4..])? } else { said[end + 4..].to_vec() };
    Some(Answer { status, head, body: String::from_utf8_lossy(&body).into_owned() })
}

/// The body of chunks; `None` when the last one is missing.
fn whole(mut chunks: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let end = chunks.windows(2).position(|bytes| bytes == b"\r\n")?;
        let size = usize::from_str_radix(std::str::from_utf8(&chunks[..end]).ok()?, 16).ok()?;
        if size == 0 {
            return Some(body);
        }
        body.extend_from_slice(chunks.get(end + 2..end + 2 + size)?);
        chunks = chunks.get(end + 4 + size..)?;
    }
}
