//! How a kiln is asked: one plain HTTP request on one connection, with a deadline. Nothing is ever sent twice.
//!
//! It goes to the kiln's address and nowhere else: no proxy, no redirect, no name that is looked up.

use std::net::SocketAddr;
use std::time::Duration;

use kiln_core::units::Millis;
use serde::Serialize;
use ureq::Agent;
use ureq::http::{HeaderName, HeaderValue, Method, Request as HttpRequest, Uri};

use crate::book::Token;
use crate::limits::{ANSWER_BYTES, BODY_BYTES, CONNECT_TIME};

/// A request of a kiln's interface.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    method: Method,
    path: String,
    headers: Vec<(HeaderName, HeaderValue)>,
    body: Option<String>,
}

/// Why a request is not sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotSent {
    /// There is no such method in the interface.
    Method,
    /// The path is none of the interface, or an endless one.
    Path,
    /// A header that the interface does not know.
    Header,
    /// The body is longer than any that a kiln takes.
    Body,
}

/// The headers that mean something to a kiln; `Authorization` is put in where the token is.
const HEADERS: [&str; 6] = ["content-type", "idempotency-key", "if-match", "if-none-match", "x-kiln", "x-kiln-code"];
/// What never ends: whoever wants to know asks the poller.
const ENDLESS: &str = "/api/events";

impl Request {
    /// A request without headers and body.
    pub(crate) fn get(path: &str) -> Self {
        Self { method: Method::GET, path: path.to_owned(), headers: Vec::new(), body: None }
    }

    /// The same request with a header; its name and value are ours.
    pub(crate) fn with(mut self, name: &'static str, value: &str) -> Self {
        if let Ok(value) = HeaderValue::from_str(value) {
            self.headers.push((HeaderName::from_static(name), value));
        }
        self
    }

    /// A request that sends a document.
    pub(crate) fn post(path: &str, body: String) -> Self {
        let post = Self { method: Method::POST, body: Some(body), ..Self::get(path) };
        post.with("content-type", "application/json")
    }

    /// A request of the page, held to what the interface knows. `Authorization` is passed over.
    ///
    /// # Errors
    /// What of it is not of the interface.
    pub fn of_page(
        method: &str,
        path: &str,
        headers: &[(String, String)],
        body: Option<String>,
    ) -> Result<Self, NotSent> {
        let method = match method {
            "GET" => Method::GET,
            "POST" => Method::POST,
            "PUT" => Method::PUT,
            "PATCH" => Method::PATCH,
            "DELETE" => Method::DELETE,
            _ => return Err(NotSent::Method),
        };
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~%!$&'()*+,;=:@/?".contains(&byte);
        let route = path.split('?').next().unwrap_or_default();
        let inside = route.strip_prefix("/api/").is_some_and(|rest| rest.split('/').all(|part| part != ".."));
        if !inside || route == ENDLESS || path.len() > 1024 || !path.bytes().all(plain) {
            return Err(NotSent::Path);
        }
        if body.as_ref().is_some_and(|body| body.len() > BODY_BYTES) {
            return Err(NotSent::Body);
        }
        let mut kept = Vec::new();
        for (name, value) in headers {
            let name = name.to_ascii_lowercase();
            if name == "authorization" {
                continue;
            }
            let known = HEADERS.into_iter().find(|known| *known == name).ok_or(NotSent::Header)?;
            let value = HeaderValue::from_str(value).map_err(|_| NotSent::Header)?;
            kept.push((HeaderName::from_static(known), value));
        }
        Ok(Self { method, path: path.to_owned(), headers: kept, body })
    }

    /// The path with what is asked of it.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Whether it only reads.
    pub fn reads(&self) -> bool {
        self.method == Method::GET
    }

    /// The value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(there, _)| there == name).and_then(|(_, value)| value.to_str().ok())
    }
}

/// What a kiln answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The headers that mean something to a page.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: String,
}

impl Answer {
    /// The value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(there, _)| there == name).map(|(_, value)| value.as_str())
    }
}

/// The headers of an answer that are kept.
const TOLD: [&str; 5] = ["content-disposition", "content-type", "etag", "location", "retry-after"];

/// Nobody answered, in time and in full.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoAnswer;

/// Whoever sends requests.
#[derive(Clone, Debug)]
pub struct Client(Agent);

impl Default for Client {
    fn default() -> Self {
        let config = Agent::config_builder()
            .proxy(None)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            // The kiln ends a connection after each answer.
            .max_idle_connections(0)
            .user_agent(concat!("kiln-watch/", env!("CARGO_PKG_VERSION")))
            .accept_encoding("identity")
            .build();
        Self(config.into())
    }
}

impl Client {
    /// Sends a request and waits for the whole answer, at most so long.
    ///
    /// # Errors
    /// Nobody answered.
    pub fn send(
        &self,
        to: SocketAddr,
        request: &Request,
        token: Option<&Token>,
        within: Millis,
    ) -> Result<Answer, NoAnswer> {
        let place = Uri::builder().scheme("http").authority(to.to_string()).path_and_query(request.path.as_str());
        let mut built = HttpRequest::builder().method(request.method.clone()).uri(place.build().map_err(|_| NoAnswer)?);
        for (name, value) in &request.headers {
            built = built.header(name, value);
        }
        if let Some(token) = token {
            built = built.header("authorization", format!("Bearer {}", token.secret()));
        }
        let answer = match &request.body {
            Some(body) => self.run(built.body(body.as_str()).map_err(|_| NoAnswer)?, within),
            None if request.method == Method::GET || request.method == Method::DELETE => {
                self.run(built.body(()).map_err(|_| NoAnswer)?, within)
            }
            None => self.run(built.body("").map_err(|_| NoAnswer)?, within),
        };
        let mut answer = answer.map_err(|_| NoAnswer)?;
        let headers = TOLD.into_iter().filter_map(|name| {
            let value = answer.headers().get(name)?.to_str().ok()?;
            Some((name.to_owned(), value.to_owned()))
        });
        let headers = headers.collect();
        let body = answer.body_mut().with_config().limit(ANSWER_BYTES).read_to_string().map_err(|_| NoAnswer)?;
        Ok(Answer { status: answer.status().as_u16(), headers, body })
    }

    fn run(
        &self,
        request: HttpRequest<impl ureq::AsSendBody>,
        within: Millis,
    ) -> Result<ureq::http::Response<ureq::Body>, ureq::Error> {
        let within = Duration::from_millis(within.get());
        let connect = within.min(Duration::from_millis(CONNECT_TIME.get()));
        let configured = self.0.configure_request(request).timeout_global(Some(within)).timeout_connect(Some(connect));
        self.0.run(configured.build())
    }
}
