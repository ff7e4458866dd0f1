//! The head of a request: what was asked, before anything of it is believed.
//!
//! Decides whether the bytes are a request of HTTP/1 whose length is known (RFC 9112). Refuses what two programs could
//! read in two ways: two lengths, a length and a transfer coding, folded lines. Who may ask for what is not known here.

use crate::door::limits::HEADER_BYTES as HEAD_MOST;
use crate::door::{Field, Headers};
use core::str;

/// The most header fields.
const FIELDS_MOST: usize = 40;

/// The fields that anybody looks at. No other one changes an answer.
pub const READ_FIELDS: [&str; 13] = [
    "Host",
    "Origin",
    "Sec-Fetch-Site",
    "Content-Type",
    "Content-Length",
    "Transfer-Encoding",
    "Authorization",
    "X-Kiln",
    "X-Kiln-Code",
    "Idempotency-Key",
    "If-Match",
    "If-None-Match",
    "Expect",
];

/// What is wrong with a head.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// It is no request of HTTP/1.
    Malformed,
    /// It is too long, or has too many fields.
    TooLarge,
    /// A field that must be there once is there twice, as named.
    Twice(&'static str),
    /// The length is no number.
    BadLength,
    /// The body comes in a coding, so that its length is not known.
    Coded,
}

/// A request without its body.
#[derive(Clone, Copy, Debug)]
pub struct Head<'a> {
    /// The method, as it was sent.
    pub method: &'a str,
    /// The path, still percent-coded; begins with a slash.
    pub path: &'a str,
    /// What follows the question mark.
    pub query: Option<&'a str>,
    /// The length of the body, if one was announced.
    pub length: Option<u64>,
    /// Bytes of the head, the empty line included.
    pub size: usize,
    fields: [Option<&'a [u8]>; READ_FIELDS.len()],
}

impl<'a> Head<'a> {
    /// Reads a head from the first bytes of a connection; `None` while it is not all there.
    ///
    /// # Errors
    /// What is wrong with it. A head that is wrong already is refused before it is all there.
    pub fn read(bytes: &'a [u8]) -> Result<Option<Self>, Flaw> {
        let mut fields = [httparse::EMPTY_HEADER; FIELDS_MOST];
        let mut request = httparse::Request::new(&mut fields);
        let within = bytes.get(..HEAD_MOST).unwrap_or(bytes);
        let size = match request.parse(within) {
            Ok(httparse::Status::Complete(size)) => size,
            Ok(httparse::Status::Partial) if within.len() == HEAD_MOST => return Err(Flaw::TooLarge),
            Ok(httparse::Status::Partial) => return Ok(None),
            Err(httparse::Error::TooManyHeaders) => return Err(Flaw::TooLarge),
            Err(_) => return Err(Flaw::Malformed),
        };
        let (Some(method), Some(target)) = (request.method, request.path) else { return Err(Flaw::Malformed) };
        let (path, query) = match target.split_once('?') {
            Some((path, query)) => (path, Some(query)),
            None => (target, None),
        };
        if !path.starts_with('/') || !target.is_ascii() || target.contains('#') {
            return Err(Flaw::Malformed);
        }
        let fields = sorted(request.headers)?;
        let mut head = Self { method, path, query, length: None, size, fields };
        if head.field("Transfer-Encoding").is_some() {
            return Err(Flaw::Coded);
        }
        head.length = head.field("Content-Length").map(length).transpose()?;
        Ok(Some(head))
    }

    /// A field by its name, one of [`READ_FIELDS`].
    pub fn field(&self, name: &str) -> Option<&'a [u8]> {
        let place = READ_FIELDS.iter().position(|known| known.eq_ignore_ascii_case(name))?;
        self.fields.get(place).copied().flatten()
    }

    /// A field as text; one that is not visible ASCII is as good as absent.
    pub fn text(&self, name: &str) -> Option<&'a str> {
        self.field(name).and_then(|value| str::from_utf8(value).ok()).filter(|text| text.is_ascii())
    }

    /// What the door reads of it.
    pub fn door(&self) -> Headers<'a> {
        let mut headers = Headers::default();
        for (name, value) in READ_FIELDS.into_iter().zip(self.fields) {
            if let Some(value) = value {
                headers.note(name, value);
            }
        }
        headers
    }

    /// A field as the door reads it.
    pub fn once(&self, name: &str) -> Field<'a> {
        let mut field = Field::Absent;
        if let Some(value) = self.field(name) {
            field.note(value);
        }
        field
    }

    /// The value of a name in the query; nothing is decoded.
    pub fn asked(&self, name: &str) -> Option<&'a str> {
        self.query?.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
    }
}

/// The fields that are looked at, in the order of [`READ_FIELDS`].
fn sorted<'a>(headers: &[httparse::Header<'a>]) -> Result<[Option<&'a [u8]>; READ_FIELDS.len()], Flaw> {
    let mut fields = [None; READ_FIELDS.len()];
    for header in headers {
        let place = READ_FIELDS.iter().zip(&mut fields).find(|(name, _)| name.eq_ignore_ascii_case(header.name));
        if let Some((name, place)) = place
            && place.replace(header.value.trim_ascii()).is_some()
        {
            return Err(Flaw::Twice(name));
        }
    }
    Ok(fields)
}

/// Digits and nothing else: no sign, no list, no blank.
fn length(value: &[u8]) -> Result<u64, Flaw> {
    let digits = str::from_utf8(value).ok().filter(|text| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()));
    digits.and_then(|text| text.parse().ok()).ok_or(Flaw::BadLength)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::format;
    use std::string::String;

    /// What a head says, in one line; or its flaw.
    fn seen(bytes: &[u8]) -> String {
        match Head::read(bytes) {
            Ok(Some(head)) => {
                format!("{} {} {:?} {:?} {}", head.method, head.path, head.query, head.length, head.size)
            }
            Ok(None) => String::from("more"),
            Err(flaw) => format!("{flaw:?}"),
        }
    }

    #[test]
    fn what_can_be_read_in_one_way_only_is_a_request() {
        let cases: [(&str, &str); 20] = [
            ("", "more"),
            ("GET / HTTP/1.1\r\n", "more"),
            ("GET / HTTP/1.1\r\n\r\n", "GET / None None 18"),
            ("GET /a?b=c HTTP/1.0\r\nX: y\r\n\r\nbody", "GET /a Some(\"b=c\") None 29"),
            ("PUT /a HTTP/1.1\r\nContent-Length: 7\r\n\r\n", "PUT /a None Some(7) 38"),
            ("GET / HTTP/2.0\r\n\r\n", "Malformed"),
            ("GET /\r\n\r\n", "Malformed"),
            ("\x16\x03\x01", "Malformed"),
            ("GET http://kiln/ HTTP/1.1\r\n\r\n", "Malformed"),
            ("OPTIONS * HTTP/1.1\r\n\r\n", "Malformed"),
            ("GET /#a HTTP/1.1\r\n\r\n", "Malformed"),
            ("GET /\u{e9} HTTP/1.1\r\n\r\n", "Malformed"),
            ("GET / HTTP/1.1\r\nA: b\r\n c\r\n\r\n", "Malformed"),
            ("GET / HTTP/1.1\r\nHost : b\r\n\r\n", "Malformed"),
            ("GET / HTTP/1.1\r\nHost: a\r\nhost: a\r\n\r\n", "Twice(\"Host\")"),
            ("PUT / HTTP/1.1\r\nContent-Length: 7\r\nContent-Length: 7\r\n\r\n", "Twice(\"Content-Length\")"),
            ("PUT / HTTP/1.1\r\nContent-Length: +7\r\n\r\n", "BadLength"),
            ("PUT / HTTP/1.1\r\nContent-Length: 7, 7\r\n\r\n", "BadLength"),
            ("PUT / HTTP/1.1\r\nContent-Length: 99999999999999999999\r\n\r\n", "BadLength"),
            ("PUT / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nContent-Length: 7\r\n\r\n", "Coded"),
        ];
        for (bytes, expected) in cases {
            assert_eq!(seen(bytes.as_bytes()), expected, "{bytes:?}");
        }
    }

    #[test]
    fn a_head_is_never_longer_than_there_is_room_for() {
        for (size, expected) in [(HEAD_MOST, true), (HEAD_MOST + 1, false)] {
            let frame = "GET / HTTP/1.1\r\nA: \r\n\r\n".len();
            let text = format!("GET / HTTP/1.1\r\nA: {}\r\n\r\n", "x".repeat(size - frame));
            assert_eq!(matches!(Head::read(text.as_bytes()), Ok(Some(_))), expected, "{size}");
        }
        for (fields, flaw) in [(FIELDS_MOST, None), (FIELDS_MOST + 1, Some(Flaw::TooLarge))] {
            let text = format!("GET / HTTP/1.1\r\n{}\r\n", "A: b\r\n".repeat(fields));
            assert_eq!(Head::read(text.as_bytes()).err(), flaw, "{fields}");
        }
    }

    #[test]
    fn fields_and_words_of_the_query_are_found_by_name() {
        let head = Head::read(b"GET /?from=7&to=&from=8 HTTP/1.1\r\nhOsT:  kiln \r\nx-kiln: st\xc3\xb6p\r\n\r\n");
        let head = head.unwrap().unwrap();
        assert_eq!((head.text("Host"), head.text("X-Kiln"), head.field("Origin")), (Some("kiln"), None, None));
        assert_eq!((head.asked("from"), head.asked("to"), head.asked("fro")), (Some("7"), Some(""), None));
    }
}
