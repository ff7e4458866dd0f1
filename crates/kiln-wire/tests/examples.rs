//! Every example profile is taken in, says what it is for, and fits a kiln as delivered.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that panics has failed")]

use kiln_core::limits;
use kiln_core::profile::{Profile, Step};
use kiln_core::units::Celsius;
use kiln_wire::profile::parse;
use std::path::Path;

fn folder() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/profiles"))
}

fn check(file: &Path) -> Profile {
    let document = std::fs::read(file).unwrap();
    let parsed = parse(&document).unwrap_or_else(|refusal| panic!("{}: {refusal}", file.display()));
    let shown = file.display();
    assert!(parsed.description.is_some_and(|text| text.len() > 200), "{shown}: says too little");
    assert!(parsed.profile.peak().unwrap() <= limits::MAX_TEMPERATURE_DEFAULT, "{shown}: too hot");
    assert!(std::str::from_utf8(&document).unwrap().contains("\"format\": 1"), "{shown}: has no format");
    parsed.profile
}

#[test]
fn every_example_is_sound() {
    let files: Vec<_> = std::fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path()).collect();
    let documents = files.iter().filter(|file| file.extension().is_some_and(|end| end == "json"));
    let profiles: Vec<_> = documents.map(|file| check(file)).collect();
    assert!(profiles.len() >= 5);
}

#[test]
fn the_examples_take_as_long_as_they_say() {
    let hours = |file: &str| check(&folder().join(file)).nominal_seconds(Some(Celsius::whole(20))) / 3600.0;
    for (file, says) in [("bisque-cone-04.json", 13.5), ("glaze-cone-6.json", 13.0), ("glaze-to-cone-6.json", 12.5)] {
        assert!((hours(file) - says).abs() < 0.2, "{file}: {} h", hours(file));
    }
}

#[test]
fn one_of_them_cools_under_control() {
    let profile = check(&folder().join("crystalline-controlled-cooling.json"));
    let mut at = Celsius::whole(20);
    let falls = profile.steps().iter().filter(|step| {
        let falls = matches!(step, Step::Ramp { target, .. } if *target < at);
        at = step.nominal_end(at);
        falls
    });
    assert!(falls.count() >= 2);
}
