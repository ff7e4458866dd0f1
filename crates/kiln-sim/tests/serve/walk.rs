//! Every route of the table over a real socket: it answers, and says what it is.

use kiln_app::http::route::{ROWS, find};

use super::client::Client;
use super::{awake, kiln, paired};

/// A name for each path that has one.
fn named(path: &str) -> String {
    let name = match path {
        path if path.contains("profile") => "bisque-cone-04",
        path if path.contains("commands") => "1",
        path if path.contains("tokens") => "99",
        _ => "no-such-run.csv",
    };
    path.replace("{}", name)
}

#[test]
fn every_route_answers_and_says_what_it_is() {
    let served = kiln(100.0, None);
    let client = paired(&served, 1);
    awake(&client);
    let mut seen = 0;
    for row in ROWS.iter().filter(|row| row.path != "/api/events") {
        // A restart has a test of its own; here nobody would begin anew.
        for deed in row.deeds.iter().filter(|_| row.path != "/api/reboot") {
            let method = format!("{:?}", deed.method).to_uppercase();
            let body = (method != "GET" && method != "DELETE").then_some("{}");
            let answer = client.send(&method, &named(row.path), &[], body);
            let what = format!("{method} {}: {} {}", row.path, answer.head, answer.body);
            assert!(answer.status < 500 || answer.status == 503, "{what}");
            assert_ne!(answer.status, 405, "{what}");
            assert_eq!(answer.field("Connection"), Some("close"), "{what}");
            assert_eq!(answer.field("X-Content-Type-Options"), Some("nosniff"), "{what}");
            if answer.status >= 400 {
                let error = &answer.json()["error"];
                assert!(error["code"].is_string() && error["message"].is_string(), "{what}");
                assert!(error["params"].is_object(), "{what}");
            } else if answer.status == 200 {
                let told = !answer.body.is_empty() || row.path == "/api/logs";
                assert!(answer.field("Content-Type").is_some() && told, "{what}");
            }
            seen += 1;
        }
        let wrong = client.send("TRACE", &named(row.path), &[], None);
        assert_eq!((wrong.status, wrong.field("Allow")), (405, Some(row.allow)), "{}", row.path);
    }
    assert!(seen > 50, "{seen}");
    served.end();
}

/// What stands between these words in a text, each time.
fn between<'a>(text: &'a str, begins: &'a str, ends: char) -> impl Iterator<Item = &'a str> {
    text.split(begins).skip(1).filter_map(move |rest| rest.split(ends).next())
}

#[test]
fn incident_the_stop_button_of_a_page_called_an_address_that_does_not_exist() {
    let served = kiln(1.0, None);
    let page = Client::new(served.address, 1).get("/").body;
    let mut asked = 0;
    for call in between(&page, "ask(\"", ')') {
        let (method, rest) = call.split_once("\",\"").unwrap();
        let path = rest.split('"').next().unwrap();
        let (row, _) = find(path).unwrap_or_else(|| panic!("{path} is not there"));
        assert!(row.deeds.iter().any(|deed| format!("{:?}", deed.method).to_uppercase() == method), "{method} {path}");
        asked += 1;
    }
    for path in between(&page, "href=\"/", '"') {
        let whole = format!("/{path}");
        let path = if whole.ends_with('/') { format!("{whole}x/csv") } else { whole };
        assert!(find(&path).is_some(), "{path} is not there");
        asked += 1;
    }
    assert!(asked >= 9, "{asked}");
    assert_eq!(page.matches("fetch(").count(), 1, "all goes through the one that was looked at");
    served.end();
}

#[test]
fn a_status_that_has_not_changed_is_not_sent_again() {
    let served = kiln(0.5, None);
    let client = paired(&served, 1);
    awake(&client);
    let sent = (0..20).filter(|_| {
        let first = client.get("/api/status");
        let etag = first.field("ETag").unwrap().to_owned();
        let again = client.send("GET", "/api/status", &[("If-None-Match", &etag)], None);
        assert!(again.status == 304 && again.body.is_empty() || again.field("ETag") != Some(&etag));
        again.status == 200
    });
    assert!(sent.count() < 10);
    served.end();
}
