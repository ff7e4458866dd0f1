//! A kiln of the simulator, served on a port of its own, and a client that is paired with it.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;

use anyhow::{Context as _, Result, bail};

/// A served kiln; ended when it is dropped.
pub(crate) struct Served {
    child: Child,
    said: BufReader<ChildStdout>,
    folder: PathBuf,
    /// Where it is.
    pub(crate) address: SocketAddr,
    /// The token of the paired client.
    pub(crate) token: String,
}

impl Served {
    /// Starts a new kiln with this program and pairs with it.
    ///
    /// # Errors
    /// When it does not start, or does not pair.
    pub(crate) fn begin(program: &Path, target: &Path, speed: &str) -> Result<Self> {
        let folder = target.join("served").join(std::process::id().to_string());
        std::fs::create_dir_all(&folder)?;
        // Free a moment ago: nobody else asks for ports here.
        let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        let mut command = Command::new(program);
        command.args(["serve", "--fresh", "--speed", speed, "--port", &address.port().to_string(), "--flash"]);
        command.arg(folder.join("kiln.img")).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().context("cannot start kiln-sim")?;
        let said = BufReader::new(child.stdout.take().context("kiln-sim has no output")?);
        let mut served = Self { child, said, folder, address, token: String::new() };
        let code = served.shown_code()?;
        let body = format!("{{\"code\":\"{code}\",\"name\":\"xtask\"}}");
        let answer = ask(address, "POST", "/api/pair", "", &body)?;
        let token = answer.split("\"token\":\"").nth(1).and_then(|rest| rest.split('"').next());
        token.with_context(|| format!("not paired: {answer}"))?.clone_into(&mut served.token);
        Ok(served)
    }

    /// Has it show a code, as its display would.
    ///
    /// # Errors
    /// When it shows none.
    pub(crate) fn code(&mut self) -> Result<String> {
        if let Some(input) = &mut self.child.stdin {
            input.write_all(b"pair\n")?;
        }
        self.shown_code()
    }

    fn shown_code(&mut self) -> Result<String> {
        Ok(self.line("pairing   code")?.chars().filter(char::is_ascii_digit).take(6).collect())
    }

    /// Its process.
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// Reads one of its documents.
    ///
    /// # Errors
    /// When it does not answer with one.
    pub(crate) fn document(&self, path: &str) -> Result<serde_json::Value> {
        let answer = ask(self.address, "GET", path, "", "")?;
        let body = answer.split_once("\r\n\r\n").map(|(_, body)| body).context("an answer without a body")?;
        serde_json::from_str(body).with_context(|| format!("not JSON: {answer}"))
    }

    /// The next line that begins so.
    fn line(&mut self, begins: &str) -> Result<String> {
        let mut line = String::new();
        while self.said.read_line(&mut line)? > 0 {
            if line.starts_with(begins) {
                return Ok(line);
            }
            line.clear();
        }
        bail!("kiln-sim ended before it said {begins:?}")
    }

    /// Resident memory in KiB.
    ///
    /// # Errors
    /// When the system does not say.
    pub(crate) fn resident_kib(&self) -> Result<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let kib = line.and_then(|line| line.split_whitespace().next()).context("no VmRSS")?;
        Ok(kib.parse()?)
    }

    /// Ends it; what it says of its time.
    ///
    /// # Errors
    /// When it says nothing.
    pub(crate) fn end(mut self) -> Result<String> {
        if let Some(input) = &mut self.child.stdin {
            input.write_all(b"quit\n")?;
        }
        self.line("time")
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // It has ended already, or it is ended now.
        drop(self.child.kill());
        drop(self.child.wait());
        drop(std::fs::remove_dir_all(&self.folder));
    }
}

/// Sends a request and returns the whole answer.
fn ask(address: SocketAddr, method: &str, path: &str, fields: &str, body: &str) -> Result<String> {
    let mut stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(Duration::from_secs(5)))?;
    let length = body.len();
    let json = "Content-Type: application/json";
    write!(
        stream,
        "{method} {path} HTTP/1.1\r\nHost: {address}\r\n{fields}{json}\r\nContent-Length: {length}\r\n\r\n{body}"
    )?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    Ok(answer)
}
