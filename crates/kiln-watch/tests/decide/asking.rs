//! What the page may ask through the shell, and what is taken for a kiln.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use kiln_watch::find::{mdns, typed};
use kiln_watch::http::{NotSent, Request};

#[test]
fn the_page_may_ask_for_what_is_in_the_interface_and_nothing_else() {
    let header = |name: &str, value: &str| vec![(name.to_owned(), value.to_owned())];
    let good = [
        ("GET", "/api/profiles/Cone%2004", vec![]),
        ("GET", "/api/logs?from=12", vec![]),
        ("POST", "/api/stop", header("X-Kiln", "stop")),
        ("PUT", "/api/profiles/a", header("If-None-Match", "*")),
        ("DELETE", "/api/tokens/3", vec![]),
        ("POST", "/api/run", header("Authorization", "Bearer of the page")),
    ];
    for (method, path, headers) in good {
        let request = Request::of_page(method, path, &headers, None).unwrap();
        assert_eq!((request.path(), request.header("authorization")), (path, None), "the token is put in elsewhere");
    }
    let bad = [
        ("CONNECT", "/api/status", vec![], NotSent::Method),
        ("GET", "/", vec![], NotSent::Path),
        ("GET", "http://elsewhere/api/", vec![], NotSent::Path),
        ("GET", "/api/../secrets", vec![], NotSent::Path),
        ("GET", "/api/a b", vec![], NotSent::Path),
        ("GET", "/api/a\r\nHost: b", vec![], NotSent::Path),
        ("GET", "/api/events", vec![], NotSent::Path),
        ("GET", "/api/events?x", vec![], NotSent::Path),
        ("GET", "/api/status", header("Host", "b"), NotSent::Header),
        ("GET", "/api/status", header("If-Match", "a\r\nb"), NotSent::Header),
    ];
    for (method, path, headers, why) in bad {
        assert_eq!(Request::of_page(method, path, &headers, None).unwrap_err(), why, "{method} {path}");
    }
    let long = "x".repeat(100_000);
    assert_eq!(Request::of_page("PUT", "/api/profiles/a", &[], Some(long)).unwrap_err(), NotSent::Body);
}

#[test]
fn only_what_says_that_it_is_a_kiln_and_has_an_ipv4_address_is_one() {
    let four = IpAddr::V4(Ipv4Addr::new(192, 168, 1, 20));
    let six = IpAddr::V6(Ipv6Addr::LOCALHOST);
    let kiln = mdns::candidate(true, "studio.local.", [six, four], 80).unwrap();
    assert_eq!((kiln.host.as_str(), kiln.address.to_string().as_str()), ("studio", "192.168.1.20:80"));
    let cases = [(false, vec![four], 80), (true, vec![six], 80), (true, vec![], 80), (true, vec![four], 0)];
    for (says, addresses, port) in cases {
        assert_eq!(mdns::candidate(says, "studio.local.", addresses, port), None);
    }
}

#[test]
fn an_address_is_read_as_people_type_it() {
    for (text, read) in [
        ("127.0.0.1", "127.0.0.1:80"),
        (" http://127.0.0.1:8301/ ", "127.0.0.1:8301"),
        ("http://127.0.0.1/#/kiln", "127.0.0.1:80"),
        ("localhost:8301", "127.0.0.1:8301"),
    ] {
        assert_eq!(typed(text).unwrap().to_string(), read, "{text}");
    }
    for bad in ["", "http://", ":80", "127.0.0.1:http"] {
        assert!(typed(bad).is_err(), "{bad}");
    }
}

#[test]
fn what_is_looked_for_is_what_a_kiln_says() {
    assert_eq!(format!("{}={}", mdns::KEY, kiln_watch::status::PRODUCT), kiln_app::net::multicast_dns::PRODUCT);
}
