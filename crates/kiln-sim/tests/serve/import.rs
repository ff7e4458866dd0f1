//! Profiles of other programs, brought over HTTP: read by the kiln, its unit asked for where the file has none.

use super::{awake, kiln, paired};

/// kiln-controller's points in time, °F, without saying so.
const POINTS: &str = r#"{"type":"profile","name":"Cone 05","data":[[0,68],[3600,248],[7200,248]]}"#;
/// Rate, target, minutes, a line each.
const SEGMENTS: &str = "rate C/h,target C,hold min\n100,600,10\nFULL,1000,0\n";

#[test]
fn a_profile_of_another_program_is_read_by_the_kiln() {
    let served = kiln(60.0, None);
    let client = paired(&served, 1);
    awake(&client);
    let put = |path: &str, body: &str| client.send("PUT", path, &[("If-None-Match", "*")], Some(body));

    let asked = put("/api/profiles/cone-05?from=file", POINTS);
    assert_eq!((asked.status, asked.code().as_str()), (422, "units_unknown"), "{}", asked.body);
    assert_eq!(client.get("/api/profiles/cone-05").status, 404, "nothing is kept that was not understood");
    let taken = put("/api/profiles/cone-05?from=file&units=f", POINTS);
    assert_eq!((taken.status, &taken.json()["created"]), (201, &true.into()), "{}", taken.body);
    let stored = client.get("/api/profiles/cone-05").json();
    assert_eq!((&stored["name"], &stored["temp_units"]), (&"Cone 05".into(), &"c".into()), "{stored}");
    assert!((stored["steps"][0]["target_temp"].as_f64().unwrap() - 120.0).abs() < 1e-9, "{stored}");
    let again = put("/api/profiles/cone-05?from=file&units=f", POINTS);
    assert_eq!((again.status, again.code().as_str()), (409, "stale"));

    let table = put("/api/profiles/table?from=file", SEGMENTS);
    assert_eq!(table.status, 201, "{}", table.body);
    assert_eq!(client.get("/api/profiles/table").json()["steps"].as_array().map(Vec::len), Some(3));
    for (path, body, status) in [
        ("/api/profiles/x?from=file&units=k", SEGMENTS, 400),
        ("/api/profiles/x?from=file", r#"{"steps":[]}"#, 422),
        ("/api/profiles/x?from=file", "no profile at all", 422),
        ("/api/profiles/x", SEGMENTS, 400),
    ] {
        let refused = put(path, body);
        assert_eq!(refused.status, status, "{path} {body}: {}", refused.body);
    }
}
