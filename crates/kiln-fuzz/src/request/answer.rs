//! What a connection was told, held to HTTP (RFC 9112) and to the shape of our refusals.

use serde_json::Value;

/// What goes before an answer when the body is waited for.
const CONTINUE: &[u8] = b"HTTP/1.1 100 Continue\r\n\r\n";

/// An answer.
pub(super) struct Answer {
    /// Its status.
    pub(super) status: u16,
}

impl Answer {
    /// Reads what was told; `None` for nothing.
    ///
    /// # Panics
    /// It is no whole answer.
    pub(super) fn read(told: &[u8]) -> Option<Self> {
        let told = told.strip_prefix(CONTINUE).unwrap_or(told);
        if told.is_empty() {
            return None;
        }
        let mut fields = [httparse::EMPTY_HEADER; 24];
        let mut response = httparse::Response::new(&mut fields);
        let size = match response.parse(told).expect("a head of HTTP") {
            httparse::Status::Complete(size) => size,
            httparse::Status::Partial => 0,
        };
        let (status, body) = (response.code.expect("a status"), told.get(size..).unwrap_or_default());
        assert!(size > 0 && response.reason != Some("Answer"), "a status without a name, or half a head: {status}");
        assert!((200..500).contains(&status) || status == 503, "status {status}");
        let field = |name: &str| {
            let found = response.headers.iter().find(|field| field.name.eq_ignore_ascii_case(name));
            found.map(|field| String::from_utf8_lossy(field.value).into_owned())
        };
        let kind = field("Content-Type").unwrap_or_default();
        let body = match (field("Content-Length"), field("Transfer-Encoding")) {
            (Some(length), None) => {
                assert_eq!(length.parse(), Ok(body.len()), "the length of the body");
                body.to_vec()
            }
            (None, Some(_)) => unchunked(body).expect("whole chunks"),
            (None, None) => {
                assert!(body.is_empty() || kind == "text/event-stream", "a body without a length");
                Vec::new()
            }
            (Some(length), Some(coding)) => unreachable!("two lengths: {length} and {coding}"),
        };
        if kind == "application/json" && field("Content-Encoding").is_none() {
            let document: Value = serde_json::from_slice(&body).expect("JSON");
            let code = document.pointer("/error/code").and_then(Value::as_str);
            assert_eq!(code.is_some_and(|code| !code.is_empty()), status >= 400, "{status} {document}");
        }
        assert!(status < 400 || kind == "application/json", "a refusal is a document: {status}");
        Some(Self { status })
    }
}

/// The body of chunks; `None` where they are not whole.
fn unchunked(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let end = rest.windows(2).position(|pair| pair == b"\r\n")?;
        let size = usize::from_str_radix(core::str::from_utf8(rest.get(..end)?).ok()?, 16).ok()?;
        rest = rest.get(end + 2..)?;
        body.extend(rest.get(..size)?);
        rest = rest.get(size..)?.strip_prefix(b"\r\n")?;
        if size == 0 {
            return rest.is_empty().then_some(body);
        }
    }
}
