//! Every route of the table over a real socket: it answers, and says what it is.

use kiln_app::http::route::ROWS;

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
