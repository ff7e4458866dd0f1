//! A client of WebDriver, as small as the shell's proof needs: open, look, click, type, take a picture, close.

use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, TcpStream};
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use serde_json::{Value, json};

/// How long something in the page is waited for.
const PATIENCE: Duration = Duration::from_mins(1);
/// From a page that is drawn to a screen that shows it.
const DRAWN: Duration = Duration::from_millis(700);
/// How often a command that was not answered is sent.
const TRIES: u32 = 5;
/// The name of an element's id in answers (WebDriver, section 12).
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// A window that is driven; closed when it is dropped, for a driver keeps its only session otherwise.
pub(crate) struct Window {
    port: u16,
    session: String,
}

impl Window {
    /// Opens a program.
    ///
    /// # Errors
    /// When the driver does not answer, or the program does not start.
    pub(crate) fn open(port: u16, program: &Path, arguments: &[String]) -> Result<Self> {
        let options = json!({ "application": program, "args": arguments });
        let wanted = json!({ "capabilities": { "alwaysMatch": { "tauri:options": options } } });
        let answer = ask(port, "POST", "/session", Some(&wanted))?;
        let session = answer.get("sessionId").and_then(Value::as_str).context("no session")?.to_owned();
        Ok(Self { port, session })
    }

    fn ask(&self, method: &str, path: &str, body: Option<&Value>) -> Result<Value> {
        ask(self.port, method, &format!("/session/{}/{path}", self.session), body)
    }

    /// Runs a script in the page; what it returns.
    pub(crate) fn run(&self, script: &str) -> Result<Value> {
        self.ask("POST", "execute/sync", Some(&json!({ "script": script, "args": [] })))
    }

    /// Waits until a script in the page returns something true; that.
    pub(crate) fn until(&self, what: &str, script: &str) -> Result<Value> {
        let begun = Instant::now();
        loop {
            let seen = self.run(script);
            match &seen {
                Ok(value) if !matches!(value, Value::Null | Value::Bool(false)) => return seen,
                _ if begun.elapsed() > PATIENCE => {
                    let page = self.run("return document.body.innerText").unwrap_or_default();
                    bail!("waited for {what}: {seen:?}\n{}", page.as_str().unwrap_or_default());
                }
                _ => std::thread::sleep(Duration::from_millis(100)),
            }
        }
    }

    fn element(&self, what: &str, script: &str) -> Result<String> {
        let element = self.until(what, script)?;
        Ok(element.get(ELEMENT).and_then(Value::as_str).with_context(|| format!("{what} is no element"))?.to_owned())
    }

    /// Clicks what a script in the page finds.
    pub(crate) fn click(&self, what: &str, script: &str) -> Result<()> {
        let element = self.element(what, script)?;
        self.ask("POST", &format!("element/{element}/click"), Some(&json!({})))?;
        Ok(())
    }

    /// Types into what a script in the page finds.
    pub(crate) fn type_into(&self, what: &str, script: &str, text: &str) -> Result<()> {
        let element = self.element(what, script)?;
        self.ask("POST", &format!("element/{element}/value"), Some(&json!({ "text": text })))?;
        Ok(())
    }

    /// Holds the pointer down on what a script in the page finds.
    pub(crate) fn hold(&self, what: &str, script: &str, hold: Duration) -> Result<()> {
        let element = self.element(what, script)?;
        let at = json!({ "type": "pointerMove", "x": 0, "y": 0, "origin": { ELEMENT: element } });
        let actions = json!([at, { "type": "pointerDown", "button": 0 },
            { "type": "pause", "duration": u64::try_from(hold.as_millis())? }, { "type": "pointerUp", "button": 0 }]);
        let pointer =
            json!({ "type": "pointer", "id": "mouse", "parameters": { "pointerType": "mouse" }, "actions": actions });
        self.ask("POST", "actions", Some(&json!({ "actions": [pointer] })))?;
        Ok(())
    }

    /// Takes a picture, a PNG, once what there is has been drawn.
    pub(crate) fn picture(&self, file: &Path) -> Result<()> {
        self.run(
            "window.drawn = false; requestAnimationFrame(() => requestAnimationFrame(() => { window.drawn = true; }))",
        )?;
        self.until("a page that is drawn", "return window.drawn")?;
        std::thread::sleep(DRAWN);
        let answer = self.ask("GET", "screenshot", None)?;
        let bytes = bytes_of(answer.as_str().context("no picture")?).context("the picture is no base64")?;
        Ok(std::fs::write(file, bytes)?)
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        // It has gone already, or goes now.
        drop(ask(self.port, "DELETE", &format!("/session/{}", self.session), None));
    }
}

/// One command; the `value` of its answer. tauri-driver keeps connections that the driver behind it has closed, and then
/// answers with nothing: such a command has not arrived, and is sent again.
fn ask(port: u16, method: &str, path: &str, body: Option<&Value>) -> Result<Value> {
    for _ in 0..TRIES {
        if let Some(value) = ask_once(port, method, path, body)? {
            return Ok(value);
        }
        std::thread::sleep(Duration::from_millis(200));
    }
    bail!("{method} {path}: no answer, {TRIES} times")
}

/// One command, sent once; nothing when nothing was answered.
fn ask_once(port: u16, method: &str, path: &str, body: Option<&Value>) -> Result<Option<Value>> {
    let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
    stream.set_read_timeout(Some(Duration::from_mins(2)))?;
    let body = body.map(Value::to_string).unwrap_or_default();
    let length = body.len();
    write!(
        stream,
        "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\
         Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
    )?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    if answer.is_empty() {
        return Ok(None);
    }
    let answer = String::from_utf8_lossy(&answer);
    let (head, body) = answer.split_once("\r\n\r\n").context("an answer without a body")?;
    let body =
        if head.to_ascii_lowercase().contains("transfer-encoding: chunked") { whole(body) } else { body.to_owned() };
    let mut document: Value = serde_json::from_str(body.trim()).with_context(|| format!("not JSON: {head}\n{body}"))?;
    let value = document.get_mut("value").map(Value::take).unwrap_or_default();
    if value.get("error").is_some_and(Value::is_string) {
        bail!("{method} {path}: {value}");
    }
    Ok(Some(value))
}

/// The body of chunks.
fn whole(mut chunks: &str) -> String {
    let mut body = String::new();
    while let Some((size, rest)) = chunks.split_once("\r\n") {
        let size = usize::from_str_radix(size.trim(), 16).unwrap_or(0);
        let Some(chunk) = rest.get(..size).filter(|_| size > 0) else {
            break;
        };
        body += chunk;
        chunks = rest.get(size + 2..).unwrap_or_default();
    }
    body
}

/// The bytes of base64 (RFC 4648, section 4).
fn bytes_of(text: &str) -> Option<Vec<u8>> {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let (mut bytes, mut bits, mut held) = (Vec::new(), 0_u32, 0);
    for letter in text.bytes().filter(|letter| !b"\r\n=".contains(letter)) {
        let value = LETTERS.iter().position(|known| *known == letter)?;
        bits = (bits << 6 | u32::try_from(value).ok()?) & 0xff_ffff;
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push(u8::try_from(bits >> held & 0xff).ok()?);
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_read() {
        for (text, bytes) in [("", &b""[..]), ("Zg==", b"f"), ("Zm9v\nYmFy", b"foobar"), ("/+8=", b"\xff\xef")] {
            assert_eq!(bytes_of(text).unwrap(), bytes, "{text}");
        }
        assert!(bytes_of("a b").is_none());
    }

    #[test]
    fn chunks_are_put_together() {
        assert_eq!(whole("3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"), "abcde");
    }
}
