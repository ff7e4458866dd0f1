//! The head of an answer, and the place where an answer is written.
//!
//! Decides how an answer is framed and what every answer says of itself. What it says of the kiln is not known here.

use crate::door::origin;
use core::fmt::{self, Write};
use kiln_core::units::Millis;
use kiln_wire::ask::Etag;

/// Bytes kept for the head before what is written into an [`Out`].
pub(super) const HEAD_ROOM: usize = 768;

/// What the bytes of an answer are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    /// A document.
    Json,
    /// Lines for people.
    Text,
    /// Rows of a firing.
    Csv,
    /// A page.
    Html,
    /// A page, packed with gzip.
    PackedHtml,
    /// A document, packed with gzip.
    PackedJson,
    /// A part of the page, packed with gzip.
    PackedScript,
    /// What the page computes with, packed with gzip.
    PackedWasm,
    /// Figures for Prometheus.
    Metrics,
    /// Server-sent events.
    Events,
    /// A pack of files for whoever helps.
    Bundle,
}

impl Content {
    const fn fields(self) -> &'static str {
        match self {
            Self::Json => "Content-Type: application/json\r\n",
            Self::Text => "Content-Type: text/plain; charset=utf-8\r\n",
            Self::Csv => "Content-Type: text/csv; charset=utf-8\r\n",
            Self::Html => "Content-Type: text/html; charset=utf-8\r\n",
            Self::PackedHtml => "Content-Type: text/html; charset=utf-8\r\nContent-Encoding: gzip\r\n",
            Self::PackedJson => "Content-Type: application/json\r\nContent-Encoding: gzip\r\n",
            Self::PackedScript => "Content-Type: text/javascript; charset=utf-8\r\nContent-Encoding: gzip\r\n",
            Self::PackedWasm => "Content-Type: application/wasm\r\nContent-Encoding: gzip\r\n",
            Self::Metrics => "Content-Type: text/plain; version=0.0.4; charset=utf-8\r\n",
            Self::Events => "Content-Type: text/event-stream\r\n",
            Self::Bundle => "Content-Type: application/json\r\nContent-Disposition: attachment\r\n",
        }
    }
}

/// More that an answer says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Note {
    /// What was answered with is known by this, until it changes.
    pub etag: Option<Etag>,
    /// What else could have been asked for at this path.
    pub allow: Option<&'static str>,
    /// How long to wait before asking again.
    pub retry_after: Option<Millis>,
    /// The page elsewhere that may read this answer.
    pub origin: Option<&'static str>,
    /// What a page elsewhere may ask for; for an answer to its question only.
    pub preflight: bool,
    /// Where to look instead.
    pub location: Option<&'static str>,
    /// What a page may do.
    pub policy: Option<&'static str>,
    /// That it is worth asking with a token.
    pub challenge: bool,
}

/// An answer's status, what it is made of, and notes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// The status.
    pub status: u16,
    /// What the body is; `None` is none.
    pub content: Option<Content>,
    /// More of it.
    pub note: Note,
}

impl Told {
    /// An answer of this status, without a note.
    pub fn new(status: u16, content: Content) -> Self {
        Self { status, content: Some(content), note: Note::default() }
    }

    /// An answer that is its status only.
    pub fn empty(status: u16) -> Self {
        Self { status, content: None, note: Note::default() }
    }
}

/// How long the body is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Length {
    /// So many bytes.
    Known(usize),
    /// It comes in chunks.
    Chunked,
    /// It ends with the connection.
    Endless,
}

/// The end of the room in `head` that holds the head of the answer.
pub(super) fn head(told: &Told, length: Length, head: &mut [u8; HEAD_ROOM]) -> usize {
    let mut out = Out::new(head);
    // There is room for every note at its longest: a test writes them all.
    let _fits = write_head(told, length, &mut out).is_ok();
    out.len()
}

fn write_head(told: &Told, length: Length, out: &mut Out<'_>) -> fmt::Result {
    write!(out, "HTTP/1.1 {} {}\r\nConnection: close\r\nCache-Control: ", told.status, reason(told.status))?;
    out.write_str(if told.note.etag.is_some() { "no-cache" } else { "no-store" })?;
    out.write_str("\r\nX-Content-Type-Options: nosniff\r\n")?;
    out.write_str(told.content.map_or("", Content::fields))?;
    match (length, told.content) {
        (_, None) if told.status == 204 || told.status == 304 => {}
        (_, None) => out.write_str("Content-Length: 0\r\n")?,
        (Length::Known(bytes), Some(_)) => write!(out, "Content-Length: {bytes}\r\n")?,
        (Length::Chunked, Some(_)) => out.write_str("Transfer-Encoding: chunked\r\n")?,
        (Length::Endless, Some(_)) => {}
    }
    notes(&told.note, out)?;
    out.write_str("\r\n")
}

fn notes(note: &Note, out: &mut Out<'_>) -> fmt::Result {
    if let Some(etag) = &note.etag {
        write!(out, "ETag: \"{etag}\"\r\n")?;
    }
    if let Some(allow) = note.allow {
        write!(out, "Allow: {allow}\r\n")?;
    }
    if let Some(wait) = note.retry_after {
        write!(out, "Retry-After: {}\r\n", wait.get().div_ceil(1000).max(1))?;
    }
    if let Some(location) = note.location {
        write!(out, "Location: {location}\r\n")?;
    }
    if let Some(origin) = note.origin {
        let expose = origin::EXPOSE_HEADERS;
        write!(out, "Access-Control-Allow-Origin: {origin}\r\nAccess-Control-Expose-Headers: {expose}\r\n")?;
        out.write_str("Vary: Origin\r\n")?;
    }
    if note.preflight {
        let (methods, headers, age) = (origin::ALLOW_METHODS, origin::ALLOW_HEADERS, origin::MAX_AGE_S);
        write!(out, "Access-Control-Allow-Methods: {methods}\r\nAccess-Control-Allow-Headers: {headers}\r\n")?;
        write!(out, "Access-Control-Max-Age: {age}\r\n")?;
    }
    if note.challenge {
        out.write_str("WWW-Authenticate: Bearer\r\n")?;
    }
    if let Some(policy) = note.policy {
        write!(out, "Content-Security-Policy: {policy}\r\nReferrer-Policy: no-referrer\r\n")?;
    }
    Ok(())
}

const fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        201 => "Created",
        202 => "Accepted",
        204 => "No Content",
        302 => "Found",
        304 => "Not Modified",
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        408 => "Request Timeout",
        409 => "Conflict",
        411 => "Length Required",
        412 => "Precondition Failed",
        413 => "Content Too Large",
        415 => "Unsupported Media Type",
        421 => "Misdirected Request",
        422 => "Unprocessable Content",
        429 => "Too Many Requests",
        431 => "Request Header Fields Too Large",
        503 => "Service Unavailable",
        _ => "Answer",
    }
}

/// A place to write text into; what does not fit is not written, and that it did not fit is remembered.
#[derive(Debug)]
pub struct Out<'a> {
    room: &'a mut [u8],
    len: usize,
    cut: bool,
}

impl<'a> Out<'a> {
    /// An empty one.
    pub fn new(room: &'a mut [u8]) -> Self {
        Self { room, len: 0, cut: false }
    }

    /// Bytes written.
    pub const fn len(&self) -> usize {
        self.len
    }

    /// Whether nothing was written.
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Whether something did not fit.
    pub const fn is_cut(&self) -> bool {
        self.cut
    }

    /// Bytes that still fit.
    pub fn left(&self) -> usize {
        self.room.len().saturating_sub(self.len)
    }

    /// Goes back to an earlier length.
    pub fn back_to(&mut self, len: usize) {
        self.len = self.len.min(len);
        self.cut = false;
    }

    /// The bytes that are free, to be filled by others; [`filled`](Self::filled) says how many were.
    pub fn free(&mut self) -> &mut [u8] {
        self.room.get_mut(self.len..).unwrap_or_default()
    }

    /// So many of the free bytes have been filled.
    pub fn filled(&mut self, bytes: usize) {
        self.len = self.len.saturating_add(bytes).min(self.room.len());
    }

    /// Writes a document; whether it fitted. What did not fit leaves nothing behind.
    pub fn json<T: serde::Serialize>(&mut self, document: &T) -> bool {
        let written = serde_json_core::to_slice(document, self.free());
        self.cut |= written.is_err();
        self.filled(*written.as_ref().unwrap_or(&0));
        written.is_ok()
    }
}

impl fmt::Write for Out<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let Some(free) = self.free().get_mut(..text.len()) else {
            self.cut = true;
            return Err(fmt::Error);
        };
        free.copy_from_slice(text.as_bytes());
        self.len += text.len();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::string::String;
    use std::vec::Vec;

    fn written(told: &Told, length: Length) -> String {
        let mut room = [0; HEAD_ROOM];
        let end = head(told, length, &mut room);
        String::from_utf8(room[..end].to_vec()).unwrap()
    }

    /// As long as a built page's: the digests of the script that runs before the first paint, and of the style.
    const POLICY: &str = concat!(
        "default-src 'none'; script-src 'self' 'sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=' ",
        "'wasm-unsafe-eval'; style-src 'sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA='; connect-src 'self'; ",
        "img-src data: blob:; worker-src blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );

    #[test]
    fn every_note_at_once_fits() {
        let note = Note {
            etag: Etag::new("0123456789abcdef0123456789abcdef"),
            allow: Some("GET, PUT, POST, PATCH, DELETE"),
            retry_after: Some(Millis::new(u64::MAX)),
            origin: Some("http://tauri.localhost"),
            ..Note::default()
        };
        let all = [
            Note { preflight: true, challenge: true, ..note.clone() },
            Note { etag: Etag::new("0123456789abcdef0123456789abcdef"), policy: Some(POLICY), ..Note::default() },
            Note { location: Some("http://192.168.4.1/"), challenge: true, ..note },
        ];
        for note in all {
            let told = Told { status: 431, content: Some(Content::PackedHtml), note };
            let text = written(&told, Length::Known(usize::MAX));
            assert!(text.ends_with("\r\n\r\n"), "{text}");
        }
    }

    #[test]
    fn the_length_is_said_in_one_way_only() {
        let json = Told::new(200, Content::Json);
        let cases = [
            (json.clone(), Length::Known(7), "Content-Length: 7"),
            (json.clone(), Length::Chunked, "Transfer-Encoding: chunked"),
            (json, Length::Endless, ""),
            (Told::empty(404), Length::Known(0), "Content-Length: 0"),
            (Told::empty(304), Length::Known(0), ""),
        ];
        for (told, length, expected) in cases {
            let text = written(&told, length);
            let said: Vec<&str> =
                text.lines().filter(|l| l.starts_with("Content-Length") || l.starts_with("Transfer-")).collect();
            assert_eq!(said.join("|"), expected, "{told:?}");
        }
    }

    #[test]
    fn what_does_not_fit_is_remembered_and_leaves_nothing() {
        let mut room = [0; 8];
        let mut out = Out::new(&mut room);
        assert!(out.write_str("12345").is_ok() && out.write_str("6789").is_err());
        assert_eq!((out.len(), out.is_cut(), out.left()), (5, true, 3));
        out.back_to(2);
        assert!(!out.json(&"abcdefgh") && out.json(&"ab") && out.len() == 6);
    }
}
