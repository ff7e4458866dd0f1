//! The wrong-request matrix: every way to be wrong, with every need and every writing method.

use super::*;

const WRITES: [Method; 4] = [Method::Post, Method::Put, Method::Patch, Method::Delete];
const NEEDS: [Need; 4] = [Need::Open, Need::Token, Need::Local, Need::Stop];

/// A way to spoil a request, and the answer it gets.
type Wrong = (&'static str, fn(&mut Asked<'_>), u16, &'static str);

/// Wrong whatever the route needs.
const ALWAYS: &[Wrong] = &[
    ("no host", |a| a.headers.host = Field::Absent, 400, "host_missing"),
    ("two hosts", |a| a.headers.host = Field::Malformed, 400, "host_malformed"),
    ("empty host", |a| a.headers.host = Field::Once(""), 400, "host_malformed"),
    ("a host and a path", |a| a.headers.host = Field::Once("pico-kiln.local/"), 400, "host_malformed"),
    ("a user before the host", |a| a.headers.host = Field::Once("a@pico-kiln.local"), 400, "host_malformed"),
    ("two hosts in one", |a| a.headers.host = Field::Once("pico-kiln.local, evil.com"), 400, "host_malformed"),
    ("a port that is none", |a| a.headers.host = Field::Once("pico-kiln.local:8o"), 400, "host_malformed"),
    ("a port with a sign", |a| a.headers.host = Field::Once("pico-kiln.local:+80"), 400, "host_malformed"),
    ("a port too large", |a| a.headers.host = Field::Once("pico-kiln.local:65616"), 400, "host_malformed"),
    ("a rebound name", |a| a.headers.host = Field::Once("evil.com"), 421, "host_unknown"),
    ("our name under theirs", |a| a.headers.host = Field::Once("pico-kiln.local.evil.com"), 421, "host_unknown"),
    ("our name behind theirs", |a| a.headers.host = Field::Once("evil.pico-kiln.local"), 421, "host_unknown"),
    ("a name that begins like ours", |a| a.headers.host = Field::Once("pico-kiln-2.local"), 421, "host_unknown"),
    ("a bare name", |a| a.headers.host = Field::Once("pico-kiln"), 421, "host_unknown"),
    ("another address", |a| a.headers.host = Field::Once("192.168.1.24"), 421, "host_unknown"),
    ("our address written otherwise", |a| a.headers.host = Field::Once("192.168.1.023"), 421, "host_unknown"),
    ("localhost", |a| a.headers.host = Field::Once("localhost"), 421, "host_unknown"),
    ("another port", |a| a.headers.host = Field::Once("pico-kiln.local:8080"), 421, "host_unknown"),
    ("another site", |a| a.headers.origin = Field::Once("http://evil.com"), 403, "origin_refused"),
    ("a null origin", |a| a.headers.origin = Field::Once("null"), 403, "origin_refused"),
    ("an empty origin", |a| a.headers.origin = Field::Once(""), 403, "origin_refused"),
    ("two origins", |a| a.headers.origin = Field::Malformed, 403, "origin_refused"),
    ("a wildcard", |a| a.headers.origin = Field::Once("*"), 403, "origin_refused"),
    ("our name, by TLS", |a| a.headers.origin = Field::Once("https://pico-kiln.local"), 403, "origin_refused"),
    ("our name, another port", |a| a.headers.origin = Field::Once("http://pico-kiln.local:81"), 403, "origin_refused"),
    ("our other name", |a| a.headers.origin = Field::Once("http://192.168.1.23"), 403, "origin_refused"),
    ("longer than ours", |a| a.headers.origin = Field::Once("http://pico-kiln.local.evil.com"), 403, "origin_refused"),
    ("a path behind ours", |a| a.headers.origin = Field::Once("http://pico-kiln.local/"), 403, "origin_refused"),
    ("nearly the app", |a| a.headers.origin = Field::Once("http://tauri.localhost.evil.com"), 403, "origin_refused"),
    ("the app by TLS", |a| a.headers.origin = Field::Once("https://tauri.localhost"), 403, "origin_refused"),
    ("the app, shouted", |a| a.headers.origin = Field::Once("TAURI://LOCALHOST"), 403, "origin_refused"),
    ("cross-site, own origin", |a| a.headers.sec_fetch_site = Field::Once("cross-site"), 403, "cross_site"),
    (
        "cross-site, no origin",
        |a| {
            a.headers.origin = Field::Absent;
            a.headers.sec_fetch_site = Field::Once("cross-site");
        },
        403,
        "cross_site",
    ),
    ("an unknown word for the site", |a| a.headers.sec_fetch_site = Field::Once("alien"), 403, "cross_site"),
    ("the site twice", |a| a.headers.sec_fetch_site = Field::Malformed, 403, "cross_site"),
    ("two authorizations", |a| a.headers.authorization = Field::Malformed, 400, "header_malformed"),
    ("two X-Kiln", |a| a.headers.x_kiln = Field::Malformed, 400, "header_malformed"),
    ("two codes", |a| a.headers.x_kiln_code = Field::Malformed, 400, "header_malformed"),
    ("two types", |a| a.headers.content_type = Field::Malformed, 400, "header_malformed"),
    ("in chunks", |a| a.body = Body::Chunked, 411, "length_required"),
    ("a byte too long", |a| a.body = Body::Length(BODY_BYTES + 1), 413, "body_too_large"),
    ("ten megabytes", |a| a.body = Body::Length(10_000_000), 413, "body_too_large"),
    ("no type", |a| a.headers.content_type = Field::Absent, 415, "not_json"),
    ("an empty type", |a| a.headers.content_type = Field::Once(""), 415, "not_json"),
    ("a form", |a| a.headers.content_type = Field::Once("application/x-www-form-urlencoded"), 415, "not_json"),
    ("a form with files", |a| a.headers.content_type = Field::Once("multipart/form-data; boundary=a"), 415, "not_json"),
    ("plain text", |a| a.headers.content_type = Field::Once("text/plain"), 415, "not_json"),
    ("text of JSON", |a| a.headers.content_type = Field::Once("text/plain; application/json"), 415, "not_json"),
    ("nearly JSON", |a| a.headers.content_type = Field::Once("application/jsonp"), 415, "not_json"),
    ("JSON lines", |a| a.headers.content_type = Field::Once("application/json-seq"), 415, "not_json"),
    ("two types in one", |a| a.headers.content_type = Field::Once("application/json, text/plain"), 415, "not_json"),
    ("JSON in Latin-1", |a| a.headers.content_type = Field::Once("application/json; charset=latin1"), 415, "not_json"),
    ("a wrong code", |a| a.headers.x_kiln_code = Field::Once("000000"), 403, "code_not_shown"),
];

/// Wrong for a route that needs a token.
const TOKEN: &[Wrong] = &[
    ("no token", |a| a.headers.authorization = Field::Absent, 401, "token_missing"),
    ("nothing", |a| a.headers.authorization = Field::Once(""), 401, "token_unknown"),
    ("the word alone", |a| a.headers.authorization = Field::Once("Bearer"), 401, "token_unknown"),
    ("the word and a space", |a| a.headers.authorization = Field::Once("Bearer "), 401, "token_unknown"),
    ("another scheme", |a| a.headers.authorization = Field::Once("Basic YTpi"), 401, "token_unknown"),
    ("without the word", |a| a.headers.authorization = Field::Once(&BEARER[7..]), 401, "token_unknown"),
    (
        "a tab",
        |a| a.headers.authorization = Field::Once("Bearer\t30313233343536373839616263646566"),
        401,
        "token_unknown",
    ),
    (
        "a digit more",
        |a| a.headers.authorization = Field::Once("Bearer 303132333435363738396162636465660"),
        401,
        "token_unknown",
    ),
    (
        "two tokens",
        |a| a.headers.authorization = Field::Once("Bearer 30313233343536373839616263646566, x"),
        401,
        "token_unknown",
    ),
    (
        "another token",
        |a| a.headers.authorization = Field::Once("Bearer 30313233343536373839616263646567"),
        401,
        "token_unknown",
    ),
    (
        "zeros",
        |a| a.headers.authorization = Field::Once("Bearer 00000000000000000000000000000000"),
        401,
        "token_unknown",
    ),
    (
        "a sign",
        |a| a.headers.authorization = Field::Once("Bearer +0313233343536373839616263646566"),
        401,
        "token_unknown",
    ),
];

/// Wrong for a stop.
const STOP: &[Wrong] = &[
    ("no word", |a| a.headers.x_kiln = Field::Absent, 403, "stop_header_missing"),
    ("an empty word", |a| a.headers.x_kiln = Field::Once(""), 403, "stop_header_missing"),
    ("another word", |a| a.headers.x_kiln = Field::Once("start"), 403, "stop_header_missing"),
    ("a longer word", |a| a.headers.x_kiln = Field::Once("stop now"), 403, "stop_header_missing"),
    ("the word, shouted", |a| a.headers.x_kiln = Field::Once("STOP"), 403, "stop_header_missing"),
];

/// Wrong for what only somebody at the kiln may do.
const LOCAL: &[Wrong] = &[
    ("from the owner's Wi-Fi", |_| (), 403, "local_needed"),
    ("from this computer", |a| a.peer.interface = Interface::Loopback, 403, "local_needed"),
    (
        "by cable while firing",
        |a| {
            a.peer.interface = Interface::Usb;
            a.idle = false;
        },
        403,
        "local_needed",
    ),
    (
        "by the set-up access point while firing",
        |a| {
            a.peer.interface = Interface::SetupAccessPoint;
            a.idle = false;
        },
        403,
        "local_needed",
    ),
];

/// Sends one wrong request to a door of its own.
fn check(wrong: &Wrong, method: Method, need: Need) {
    let (name, spoil, status, code) = *wrong;
    let mut asked = asked(method, need);
    spoil(&mut asked);
    let (mut door, before) = (door(), door());
    let verdict = door.judge(&asked, at(1000));
    assert_eq!(outcome(&verdict), (status, code), "{name}, {method:?}, {need:?}");
    assert_eq!(super::super::kept::write(&door.tokens), super::super::kept::write(&before.tokens), "{name}");
}

#[test]
fn every_wrong_request_is_refused_by_its_own_name() {
    let mut count = 0;
    for method in WRITES {
        for need in NEEDS {
            // A code counts only where nearness does.
            let counts = |wrong: &&Wrong| wrong.3 != "code_not_shown" || matches!(need, Need::Token | Need::Local);
            let special = match need {
                Need::Open => &[],
                Need::Token => TOKEN,
                Need::Local => LOCAL,
                Need::Stop => STOP,
            };
            for wrong in ALWAYS.iter().filter(counts).chain(special) {
                check(wrong, method, need);
                count += 1;
            }
        }
    }
    assert!(count >= 800, "{count} combinations");
}

#[test]
fn the_right_requests_pass() {
    type Right = (&'static str, fn(&mut Asked<'_>));
    let rights: &[Right] = &[
        ("the kiln's own page", |_| ()),
        ("by address", |a| {
            (a.headers.host, a.headers.origin) = (Field::Once("192.168.1.23"), Field::Once("http://192.168.1.23"));
        }),
        ("with the port", |a| a.headers.host = Field::Once("pico-kiln.local:80")),
        ("with a dot", |a| a.headers.host = Field::Once("pico-kiln.local.")),
        ("shouted", |a| a.headers.host = Field::Once("PICO-KILN.LOCAL")),
        ("by cable", |a| (a.headers.host, a.headers.origin) = (Field::Once("192.168.7.1"), Field::Absent)),
        ("by the access point", |a| (a.headers.host, a.headers.origin) = (Field::Once("192.168.4.1"), Field::Absent)),
        ("a program", |a| (a.headers.origin, a.headers.sec_fetch_site) = (Field::Absent, Field::Absent)),
        ("the app on macOS", |a| {
            (a.headers.origin, a.headers.sec_fetch_site) =
                (Field::Once("tauri://localhost"), Field::Once("cross-site"));
        }),
        ("the app on Windows", |a| {
            (a.headers.origin, a.headers.sec_fetch_site) =
                (Field::Once("http://tauri.localhost"), Field::Once("cross-site"));
        }),
        ("without a body", |a| (a.body, a.headers.content_type) = (Body::None, Field::Absent)),
        ("with an empty body", |a| (a.body, a.headers.content_type) = (Body::Length(0), Field::Absent)),
        ("the longest body", |a| a.body = Body::Length(BODY_BYTES)),
        ("the longest profile", |a| (a.body, a.body_limit) = (Body::Length(PROFILE_BYTES), PROFILE_BYTES)),
        ("JSON in UTF-8", |a| a.headers.content_type = Field::Once("Application/JSON; Charset=UTF-8")),
        ("bearer in lower case", |a| a.headers.authorization = Field::Once("bearer  30313233343536373839616263646566")),
    ];
    for (name, change) in rights {
        for need in [Need::Open, Need::Token, Need::Stop] {
            let mut asked = asked(Method::Post, need);
            change(&mut asked);
            assert_eq!(outcome(&door().judge(&asked, at(0))), (200, ""), "{name}, {need:?}");
        }
    }
}

#[test]
fn incident_no_prefix_of_a_token_is_a_token() {
    // CVE-2025-57808: an empty value, or the beginning of the right one, was taken for the right one.
    for end in 0..BEARER.len() {
        let mut asked = asked(Method::Post, Need::Token);
        asked.headers.authorization = Field::Once(&BEARER[..end]);
        assert_eq!(outcome(&door().judge(&asked, at(0))), (401, "token_unknown"), "{}", &BEARER[..end]);
    }
}

#[test]
fn a_header_counts_once_or_not_at_all() {
    let cases: [(&[&[u8]], Field<'_>); 7] = [
        (&[], Field::Absent),
        (&[b" stop\t"], Field::Once("stop")),
        (&[b""], Field::Once("")),
        (&[b"stop", b"stop"], Field::Malformed),
        (&[b"stop", b"x", b"stop"], Field::Malformed),
        (&[b"st\nop"], Field::Malformed),
        (&["stöp".as_bytes()], Field::Malformed),
    ];
    for (values, wanted) in cases {
        let mut headers = Headers::default();
        for value in values {
            headers.note("X-KILN", value);
        }
        assert_eq!(headers, Headers { x_kiln: wanted, ..Headers::default() }, "{values:?}");
    }
}

#[test]
fn reading_is_open_to_everybody_who_names_us_rightly() {
    for method in [Method::Get, Method::Head] {
        let mut asked = asked(method, Need::Open);
        asked.headers =
            Headers { host: asked.headers.host, sec_fetch_site: Field::Once("cross-site"), ..Headers::default() };
        asked.body = Body::None;
        let permit = door().judge(&asked, at(0)).expect("open");
        assert_eq!((permit.token, permit.local), (None, None));
        asked.headers.origin = Field::Once("http://evil.com");
        assert_eq!(outcome(&door().judge(&asked, at(0))), (403, "origin_refused"));
    }
}

#[test]
fn a_preflight_is_answered_for_our_pages_only_and_does_nothing() {
    let cases = [
        (Field::Once("http://pico-kiln.local"), 200),
        (Field::Once("tauri://localhost"), 200),
        (Field::Once("http://tauri.localhost"), 200),
        (Field::Once("http://evil.com"), 403),
        (Field::Once("null"), 403),
        (Field::Absent, 403),
    ];
    for (origin, status) in cases {
        for need in NEEDS {
            let mut asked = asked(Method::Options, need);
            asked.headers = Headers {
                host: asked.headers.host,
                origin,
                sec_fetch_site: Field::Once("cross-site"),
                ..Headers::default()
            };
            asked.body = Body::None;
            let verdict = door().judge(&asked, at(0));
            assert_eq!(outcome(&verdict).0, status, "{origin:?} {need:?}");
            assert!(verdict.is_err() || verdict.is_ok_and(|permit| permit.preflight && permit.token.is_none()));
        }
    }
}

#[test]
fn a_simulator_answers_to_its_own_port_only() {
    let mut door = door();
    (door.hosts.port, door.hosts.loopback) = (8080, true);
    let cases = [
        ("localhost:8080", 200),
        ("127.0.0.1:8080", 200),
        ("localhost", 421),
        ("127.0.0.1:80", 421),
        ("127.0.0.2:8080", 421),
    ];
    for (host, status) in cases {
        let mut asked = asked(Method::Get, Need::Open);
        (asked.headers.host, asked.headers.origin) = (Field::Once(host), Field::Absent);
        assert_eq!(outcome(&door.judge(&asked, at(0))).0, status, "{host}");
    }
}
