//! What a profile document may hold, and what each bad one is refused for.
#![expect(clippy::panic, reason = "a test that panics has failed")]

use kiln_core::cone::{Cone, HoldUntil};
use kiln_core::profile::{Profile, RampRate, Step};
use kiln_core::units::{Celsius, CelsiusPerHour, Millis};
use kiln_wire::profile::{BYTES_MOST, DESCRIPTION_LONGEST, Parsed, parse};

/// A document around its steps.
fn around(steps: &str) -> String {
    format!(r#"{{"name":"n","steps":[{steps}]}}"#)
}

/// A document of one sound ramp around what else stands in it.
fn with(more: &str) -> String {
    format!(r#"{{"name":"n","steps":[{{"type":"ramp","target_temp":100}}]{more}}}"#)
}

fn taken(document: &str) -> Parsed<'_> {
    parse(document.as_bytes()).unwrap_or_else(|refusal| panic!("{refusal}\n{document}"))
}

/// Refused at `path` for the reason with the code `why`.
fn check(document: &[u8], path: &str, why: &str) {
    let shown = String::from_utf8_lossy(document.get(..200).unwrap_or(document)).into_owned();
    match parse(document) {
        Ok(parsed) => panic!("taken, not refused for {why} at {path}: {shown}\n{:?}", parsed.profile),
        Err(refusal) => {
            assert_eq!((refusal.path.as_str(), refusal.why.code()), (path, why), "{shown}\n{refusal}");
            assert!(refusal.to_string().contains(path), "{refusal}");
        }
    }
}

/// A bad text, the path it is refused at, and the code of the reason.
type Bad = (&'static str, &'static str, &'static str);

const DOCUMENTS: &[Bad] = &[
    // Not a document.
    ("", "", "syntax"),
    ("   ", "", "syntax"),
    ("null", "", "wrong_type"),
    ("[]", "", "wrong_type"),
    ("\"profile\"", "", "wrong_type"),
    ("nul", "", "syntax"),
    ("True", "", "syntax"),
    ("{", "", "syntax"),
    ("}", "", "syntax"),
    ("{\"name\"}", "name", "syntax"),
    ("{\"name\":}", "name", "syntax"),
    ("{\"name\":\"n\",}", "", "syntax"),
    ("{'name':'n'}", "", "syntax"),
    ("{name:\"n\"}", "", "syntax"),
    ("{\"name\":\"n\" \"steps\":[]}", "name", "syntax"),
    ("{\"name\":\"n", "name", "syntax"),
    ("{\"name\":\"n\",\"steps\":[", "steps[0]", "syntax"),
    ("{\"name\":\"n\",\"steps\":[,]}", "steps[0]", "syntax"),
    ("{\"name\":\"n\",\"steps\":[{}}", "steps[0]", "syntax"),
    ("// a comment\n{}", "", "syntax"),
    // Keys of the whole.
    ("{}", "name", "missing"),
    ("{\"name\":\"n\"}", "steps", "missing"),
    ("{\"steps\":[]}", "name", "missing"),
    ("{\"name\":\"n\",\"steps\":[]}", "steps", "empty"),
    ("{\"name\":\"n\",\"steps\":{}}", "steps", "wrong_type"),
    ("{\"name\":\"n\",\"steps\":null}", "steps", "wrong_type"),
    ("{\"name\":\"n\",\"steps\":\"ramp\"}", "steps", "wrong_type"),
    ("{\"name\":\"n\",\"name\":\"m\",\"steps\":[]}", "name", "duplicate_key"),
    ("{\"name\":\"n\",\"n\\u0061me\":\"m\",\"steps\":[]}", "name", "duplicate_key"),
    ("{\"name\":\"n\",\"Name\":\"m\",\"steps\":[]}", "Name", "unknown_key"),
    ("{\"name\":\"n\",\"data\":[[0,20]],\"steps\":[]}", "data", "unknown_key"),
    ("{\"name\":\"n\",\"extra\":{\"a\":1,\"a\":2},\"steps\":[]}", "extra.a", "duplicate_key"),
    ("{\"\":1,\"name\":\"n\",\"steps\":[]}", "", "unknown_key"),
    // Names and descriptions.
    ("{\"name\":\"\",\"steps\":[]}", "name", "empty"),
    ("{\"name\":7,\"steps\":[]}", "name", "wrong_type"),
    ("{\"name\":null,\"steps\":[]}", "name", "wrong_type"),
    ("{\"name\":[\"n\"],\"steps\":[]}", "name", "wrong_type"),
    ("{\"name\":\"two\\nlines\",\"steps\":[]}", "name", "control_character"),
    ("{\"name\":\"nul\\u0000\",\"steps\":[]}", "name", "control_character"),
    ("{\"name\":\"del\u{7f}\",\"steps\":[]}", "name", "control_character"),
    ("{\"name\":\"raw\nline\",\"steps\":[]}", "name", "control_character"),
    ("{\"name\":\"\\x41\",\"steps\":[]}", "name", "syntax"),
    ("{\"name\":\"\\u00g9\",\"steps\":[]}", "name", "syntax"),
    ("{\"name\":\"\\u+041\",\"steps\":[]}", "name", "syntax"),
    ("{\"name\":\"\\ud83d\",\"steps\":[]}", "name", "syntax"),
    ("{\"name\":\"\\udd25\",\"steps\":[]}", "name", "syntax"),
    ("{\"name\":\"\\ud83d\\u0041\",\"steps\":[]}", "name", "syntax"),
];

/// What stands after the steps of a sound document.
const MORE: &[Bad] = &[
    (",\"description\":7", "description", "wrong_type"),
    (",\"description\":null", "description", "wrong_type"),
    (",\"description\":\"bell\\u0007\"", "description", "control_character"),
    (",\"temp_units\":\"k\"", "temp_units", "not_a_choice"),
    (",\"temp_units\":\"C\"", "temp_units", "not_a_choice"),
    (",\"temp_units\":1", "temp_units", "wrong_type"),
    (",\"temp_units\":null", "temp_units", "wrong_type"),
    (",\"format\":2", "format", "newer_format"),
    (",\"format\":4294967295,\"zones\":[]", "format", "newer_format"),
    (",\"format\":0", "format", "too_low"),
    (",\"format\":-1", "format", "wrong_type"),
    (",\"format\":1.5", "format", "wrong_type"),
    (",\"format\":\"1\"", "format", "wrong_type"),
    (",\"format\":null", "format", "wrong_type"),
    (",\"comment\":\"x\"", "comment", "unknown_key"),
];

#[test]
fn documents_are_refused_by_name() {
    for (document, path, why) in DOCUMENTS {
        check(document.as_bytes(), path, why);
    }
    for (more, path, why) in MORE {
        check(with(more).as_bytes(), path, why);
    }
    let after = ["x", "{}", ",", "]", "}", "\0", "//", "\u{FEFF}"];
    for junk in after {
        check(format!("{}\n {junk}", with("")).as_bytes(), "", "trailing_text");
    }
}

/// The path is within the step.
const STEPS: &[Bad] = &[
    ("7", "", "wrong_type"),
    ("null", "", "wrong_type"),
    ("[]", "", "wrong_type"),
    ("{}", ".type", "missing"),
    (r#"{"target_temp":100}"#, ".type", "missing"),
    (r#"{"type":"soak","target_temp":100}"#, ".type", "not_a_choice"),
    (r#"{"type":"Ramp","target_temp":100}"#, ".type", "not_a_choice"),
    (r#"{"type":null,"target_temp":100}"#, ".type", "wrong_type"),
    (r#"{"type":0,"target_temp":100}"#, ".type", "wrong_type"),
    (r#"{"type":"ramp","type":"hold","target_temp":100}"#, ".type", "duplicate_key"),
    // Ramps.
    (r#"{"type":"ramp"}"#, ".target_temp", "missing"),
    (r#"{"type":"ramp","target_temp":null}"#, ".target_temp", "wrong_type"),
    (r#"{"type":"ramp","target_temp":"100"}"#, ".target_temp", "wrong_type"),
    (r#"{"type":"ramp","target_temp":true}"#, ".target_temp", "wrong_type"),
    (r#"{"type":"ramp","target_temp":[100]}"#, ".target_temp", "wrong_type"),
    (r#"{"type":"ramp","target_temp":NaN}"#, ".target_temp", "not_finite"),
    (r#"{"type":"ramp","target_temp":Infinity}"#, ".target_temp", "not_finite"),
    (r#"{"type":"ramp","target_temp":-Infinity}"#, ".target_temp", "not_finite"),
    (r#"{"type":"ramp","target_temp":1e999}"#, ".target_temp", "not_finite"),
    (r#"{"type":"ramp","target_temp":-1e999}"#, ".target_temp", "not_finite"),
    (r#"{"type":"ramp","target_temp":01}"#, ".target_temp", "syntax"),
    (r#"{"type":"ramp","target_temp":+1}"#, ".target_temp", "syntax"),
    (r#"{"type":"ramp","target_temp":.5}"#, ".target_temp", "syntax"),
    (r#"{"type":"ramp","target_temp":1.}"#, ".target_temp", "syntax"),
    (r#"{"type":"ramp","target_temp":1e}"#, ".target_temp", "syntax"),
    (r#"{"type":"ramp","target_temp":0x10}"#, ".target_temp", "syntax"),
    (r#"{"type":"ramp","target_temp":1,000}"#, "", "syntax"),
    (r#"{"type":"ramp","target_temp":--1}"#, ".target_temp", "syntax"),
    (r#"{"type":"ramp","target_temp":-1}"#, ".target_temp", "too_low"),
    (r#"{"type":"ramp","target_temp":-1e308}"#, ".target_temp", "too_low"),
    (r#"{"type":"ramp","target_temp":1350.001}"#, ".target_temp", "too_high"),
    (r#"{"type":"ramp","target_temp":1e308}"#, ".target_temp", "too_high"),
    (r#"{"type":"ramp","target_temp":100,"target_temp":100}"#, ".target_temp", "duplicate_key"),
    (r#"{"type":"ramp","target_temp":100,"desired_rate":0}"#, ".desired_rate", "too_low"),
    (r#"{"type":"ramp","target_temp":100,"desired_rate":-0.0}"#, ".desired_rate", "too_low"),
    (r#"{"type":"ramp","target_temp":100,"desired_rate":-100}"#, ".desired_rate", "too_low"),
    (r#"{"type":"ramp","target_temp":100,"desired_rate":0.05}"#, ".desired_rate", "too_low"),
    (r#"{"type":"ramp","target_temp":100,"desired_rate":9999}"#, ".desired_rate", "too_high"),
    (r#"{"type":"ramp","target_temp":100,"desired_rate":1e300}"#, ".desired_rate", "too_high"),
    (r#"{"type":"ramp","target_temp":100,"desired_rate":null}"#, ".desired_rate", "wrong_type"),
    (r#"{"type":"ramp","target_temp":100,"desired_rate":{}}"#, ".desired_rate", "wrong_type"),
    (r#"{"type":"ramp","target_temp":100,"desired_rate":"fast"}"#, ".desired_rate", "not_a_choice"),
    (r#"{"type":"ramp","target_temp":100,"desired_rate":"100"}"#, ".desired_rate", "not_a_choice"),
    (r#"{"type":"ramp","target_temp":100,"min_rate":-1}"#, ".min_rate", "too_low"),
    (r#"{"type":"ramp","target_temp":100,"min_rate":100.1}"#, ".min_rate", "above_rate"),
    (r#"{"type":"ramp","target_temp":100,"desired_rate":50,"min_rate":51}"#, ".min_rate", "above_rate"),
    (r#"{"type":"ramp","target_temp":100,"desired_rate":"full","min_rate":3001}"#, ".min_rate", "too_high"),
    (r#"{"type":"ramp","target_temp":100,"min_rate":null}"#, ".min_rate", "wrong_type"),
    (r#"{"type":"ramp","target_temp":100,"duration":60}"#, ".duration", "not_in_this_step"),
    (r#"{"type":"ramp","target_temp":100,"rate":60}"#, ".rate", "unknown_key"),
    // Holds.
    (r#"{"type":"hold","duration":60}"#, ".target_temp", "missing"),
    (r#"{"type":"hold","target_temp":100}"#, ".duration", "missing"),
    (r#"{"type":"hold","target_temp":100,"duration":-1}"#, ".duration", "too_low"),
    (r#"{"type":"hold","target_temp":100,"duration":604801}"#, ".duration", "too_high"),
    (r#"{"type":"hold","target_temp":100,"duration":1e300}"#, ".duration", "too_high"),
    (r#"{"type":"hold","target_temp":100,"duration":"1h"}"#, ".duration", "wrong_type"),
    (r#"{"type":"hold","target_temp":100,"duration":60,"desired_rate":60}"#, ".desired_rate", "not_in_this_step"),
    (r#"{"type":"hold","target_temp":100,"duration":60,"min_rate":60}"#, ".min_rate", "not_in_this_step"),
    (r#"{"type":"hold","target_temp":1e4,"duration":60}"#, ".target_temp", "too_high"),
    (r#"{"type":"hold","target_temp":100,"until_cone":"6"}"#, ".longest_s", "missing"),
    (r#"{"type":"hold","target_temp":100,"longest_s":600}"#, ".until_cone", "missing"),
    (r#"{"type":"hold","target_temp":100,"duration":60,"longest_s":600}"#, ".until_cone", "missing"),
    (r#"{"type":"hold","target_temp":100,"until_cone":"6","duration":60}"#, ".duration", "does_not_fit"),
    (
        r#"{"type":"hold","target_temp":100,"until_cone":"6","duration":60,"longest_s":600}"#,
        ".duration",
        "does_not_fit",
    ),
    (r#"{"type":"hold","until_cone":"6","longest_s":600}"#, ".target_temp", "missing"),
    (r#"{"type":"hold","target_temp":100,"until_cone":"6","longest_s":59.9}"#, ".longest_s", "too_low"),
    (r#"{"type":"hold","target_temp":100,"until_cone":"6","longest_s":-1}"#, ".longest_s", "too_low"),
    (r#"{"type":"hold","target_temp":100,"until_cone":"6","longest_s":604801}"#, ".longest_s", "too_high"),
    (r#"{"type":"hold","target_temp":100,"until_cone":"6","longest_s":1e300}"#, ".longest_s", "too_high"),
    (r#"{"type":"hold","target_temp":100,"until_cone":"6","longest_s":null}"#, ".longest_s", "wrong_type"),
    (r#"{"type":"hold","target_temp":1400,"until_cone":"6","longest_s":60}"#, ".target_temp", "too_high"),
    (r#"{"type":"hold","target_temp":100,"until_cone":6,"longest_s":600}"#, ".until_cone", "wrong_type"),
    (r#"{"type":"hold","target_temp":100,"until_cone":"0","longest_s":600}"#, ".until_cone", "not_a_choice"),
    (r#"{"type":"hold","target_temp":100,"until_cone":"cone 6","longest_s":600}"#, ".until_cone", "not_a_choice"),
    (r#"{"type":"hold","target_temp":100,"until_cone":null,"longest_s":600}"#, ".until_cone", "wrong_type"),
    (r#"{"type":"ramp","target_temp":100,"until_cone":"6"}"#, ".until_cone", "not_in_this_step"),
    (r#"{"type":"ramp","target_temp":100,"longest_s":600}"#, ".longest_s", "not_in_this_step"),
    (r#"{"type":"cooling","target_temp":100,"until_cone":"6"}"#, ".until_cone", "not_in_this_step"),
    // Cooling.
    (r#"{"type":"cooling","target_temp":-5}"#, ".target_temp", "too_low"),
    (r#"{"type":"cooling","target_temp":100,"duration":60}"#, ".duration", "not_in_this_step"),
    (r#"{"type":"cooling","desired_rate":60}"#, ".desired_rate", "not_in_this_step"),
    (r#"{"type":"cooling","target_temp":null}"#, ".target_temp", "wrong_type"),
];

#[test]
fn steps_are_refused_by_name() {
    let sound = r#"{"type":"hold","target_temp":100,"duration":60},"#;
    for (step, key, why) in STEPS {
        check(around(step).as_bytes(), &format!("steps[0]{key}"), why);
        check(around(&format!("{sound}{sound}{sound}{step}")).as_bytes(), &format!("steps[3]{key}"), why);
    }
}

#[test]
fn too_much_is_refused() {
    let many = |count: usize, step: &str| around(&vec![step; count].join(","));
    let ramp = r#"{"type":"ramp","target_temp":100}"#;
    assert_eq!(taken(&many(32, ramp)).profile.steps().len(), 32);
    check(many(33, ramp).as_bytes(), "steps", "too_many");
    check(many(1000, "{}").as_bytes(), "steps", "too_many");
    check(many(1000, "7").as_bytes(), "steps", "too_many");
    check(many(1000, ramp).as_bytes(), "steps[240].type", "too_large");

    let name = |text: &str| format!(r#"{{"name":"{text}","steps":[{ramp}]}}"#);
    assert_eq!(taken(&name(&"é".repeat(32))).profile.name().as_str().len(), 64);
    check(name(&"x".repeat(65)).as_bytes(), "name", "text_too_long");
    check(name(&"é".repeat(33)).as_bytes(), "name", "text_too_long");
    check(name(&"\\u00e9".repeat(33)).as_bytes(), "name", "text_too_long");
    let described = |len: usize| with(&format!(",\"description\":\"{}\"", "d".repeat(len)));
    assert_eq!(taken(&described(DESCRIPTION_LONGEST)).description.unwrap().len(), DESCRIPTION_LONGEST);
    check(described(DESCRIPTION_LONGEST + 1).as_bytes(), "description", "text_too_long");
    check(described(9000).as_bytes(), "description", "too_large");

    let keys: Vec<String> = (0..200).map(|index| format!("\"k{index}\":0")).collect();
    check(format!("{{{}}}", keys.join(",")).as_bytes(), "k128", "too_many_keys");
    check(format!("{{\"{}\":1}}", "k".repeat(100)).as_bytes(), &format!("{}…", "k".repeat(32)), "unknown_key");
    check(with(",\"a\":[[[[[[[[0]]]]]]]]").as_bytes(), "a[0][0][0][0][0][0][0]", "too_deep");
}

#[test]
fn the_limit_is_on_the_document_with_its_white_space() {
    let most = usize::from(BYTES_MOST);
    let padded = |len: usize| format!("{:<len$}", with(""));
    assert!(parse(padded(most).as_bytes()).is_ok());
    check(padded(most + 1).as_bytes(), "", "too_large");
    // A fault within the limit is named before the length is.
    check(format!("{{\"name\":7,{}", " ".repeat(9000)).as_bytes(), "", "too_large");
    check(format!("{{\"name\":,{}", " ".repeat(9000)).as_bytes(), "name", "syntax");
    // A character or an escape across the limit is not its fault.
    for character in ["é", "\\u00e9", "\\ud83d\\udd25", "1"] {
        let text = format!("{{\"name\":\"{}{}", character.repeat(2), character.repeat(most));
        for offset in 0..13 {
            check(format!("{}{text}", " ".repeat(offset)).as_bytes(), "name", "too_large");
        }
    }
}

#[test]
fn what_is_not_utf8_is_refused_where_it_stands() {
    check(b"\xFF\xFE{\0}\0", "", "not_utf8");
    check(b"{\"name\":\"caf\xE9\",\"steps\":[]}", "name", "not_utf8");
    check(b"{\"name\":\"n\",\"steps\":[{\"type\":\"ra\xC3(", "steps[0].type", "not_utf8");
    check(b"{\"name\":\"cut \xC3", "name", "not_utf8");
}

#[test]
fn a_sound_document_is_taken_whole() {
    let document = r#"
        {"steps": [
            {"min_rate": 20, "desired_rate": 108.5, "target_temp": 6e2, "type": "ramp"},
            {"type": "ramp", "target_temp": 1046, "desired_rate": "full", "min_rate": 0},
            {"type": "ramp", "target_temp": 900},
            {"type": "hold", "target_temp": 900, "duration": 600.25},
            {"type": "hold", "target_temp": 905, "longest_s": 1800, "until_cone": "010"},
            {"type": "cooling", "target_temp": 100},
            {"type": "cooling"}
        ], "name": "Caf\u00e9 \"\ud83d\udd25\" \/ ün\\do", "description": "line\nbreak", "temp_units": "c", "format": 1 }
    "#;
    let parsed = taken(document);
    let target = Celsius::whole;
    let rate = |value| CelsiusPerHour::new(value).unwrap();
    let steps = [
        Step::Ramp { target: target(600), rate: RampRate::PerHour(rate(108.5)), min_rate: Some(rate(20.0)) },
        Step::Ramp { target: target(1046), rate: RampRate::Full, min_rate: Some(CelsiusPerHour::ZERO) },
        Step::Ramp { target: target(900), rate: RampRate::PerHour(rate(100.0)), min_rate: None },
        Step::Hold { target: target(900), time: Millis::new(600_250) },
        Step::HoldCone {
            target: target(905),
            until: HoldUntil::new(Cone::named("010").unwrap(), Millis::from_minutes(30)).unwrap(),
        },
        Step::Cool { target: Some(target(100)) },
        Step::Cool { target: None },
    ];
    assert_eq!(parsed.profile.name().as_str(), "Café \"🔥\" / ün\\do");
    assert_eq!(parsed.description.unwrap().to_string(), "line\nbreak");
    assert_eq!(parsed.profile.steps(), steps);
    assert_eq!(taken(&format!("\u{FEFF}{document}")).profile, parsed.profile, "a byte-order mark is skipped");
}

/// The reference controller reads `temp_units` and fires a Fahrenheit profile in Celsius: 1945 °F became 1945 °C.
#[test]
fn incident_fahrenheit_profile_is_fired_in_celsius() {
    // The units may stand after the steps.
    let document = r#"{"name":"Cone 04","steps":[
        {"type":"ramp","target_temp":212,"desired_rate":180,"min_rate":9},
        {"type":"ramp","target_temp":1945,"desired_rate":"full"},
        {"type":"ramp","target_temp":1832},
        {"type":"hold","target_temp":1832,"duration":600},
        {"type":"cooling","target_temp":32}],"temp_units":"f"}"#;
    let celsius = |value| Celsius::new(value).unwrap();
    let rate = |value| RampRate::PerHour(CelsiusPerHour::whole(value));
    let steps = [
        Step::Ramp { target: celsius(100.0), rate: rate(100), min_rate: Some(CelsiusPerHour::whole(5)) },
        Step::Ramp { target: celsius(9565.0 / 9.0), rate: RampRate::Full, min_rate: None },
        Step::Ramp { target: celsius(1000.0), rate: rate(100), min_rate: None },
        Step::Hold { target: celsius(1000.0), time: Millis::from_minutes(10) },
        Step::Cool { target: Some(celsius(0.0)) },
    ];
    assert_eq!(taken(document).profile.steps(), steps);
    check(document.replace("1945", "2463").as_bytes(), "steps[1].target_temp", "too_high");
    check(document.replace("1945", "1e308").as_bytes(), "steps[1].target_temp", "too_high");
    check(document.replace("212", "31").as_bytes(), "steps[0].target_temp", "too_low");
    check(document.replace("\":180", "\":5401").as_bytes(), "steps[0].desired_rate", "too_high");
}

/// The reference ignores an unknown step type: the step adds no time and never ends.
#[test]
fn incident_unknown_step_never_ends() {
    check(around(r#"{"type":"soak","target_temp":100}"#).as_bytes(), "steps[0].type", "not_a_choice");
}

/// The reference keeps the backslashes of an escape in the name, and doubles them when it writes the name back.
#[test]
fn incident_escapes_are_kept_as_backslashes() {
    let parsed_name = |profile: &Profile| profile.name().as_str().to_owned();
    let document = with("").replace(r#""n""#, r#""\u00c9mail \\ \"vert\"""#);
    let parsed = taken(&document);
    assert_eq!(parsed_name(&parsed.profile), "Émail \\ \"vert\"");
    let mut buffer = [0; 8192];
    let written = kiln_wire::profile::write(&parsed.profile, None, &mut buffer).unwrap();
    assert_eq!(parsed_name(&parse(written).unwrap().profile), "Émail \\ \"vert\"");
}

#[test]
fn a_refusal_says_where_and_why_to_a_person_and_to_a_program() {
    let refused = |document: &str| parse(document.as_bytes()).unwrap_err();
    let cases = [
        (
            around("\n{\"type\":\"ramp\",\n\"target_temp\":2000}"),
            "steps[0].target_temp (line 3): must be at most 1350 °C",
        ),
        (around("{\"type\":\"ramp\"}"), "steps[0].target_temp (line 1): missing"),
        (with("}"), "document (line 1): something follows the end of the document"),
        (with(",\"temp_units\":\"k\""), "temp_units (line 1): must be \"c\" or \"f\""),
        (with(",\"description\":[]"), "description (line 1): must be a text, is a list"),
        (
            with(",\"\\u001b[2Jx\":1"),
            "�[2Jx (line 1): there is no such key here; there is \"format\", \"name\", \
            \"description\", \"temp_units\" or \"steps\"",
        ),
    ];
    for (document, sentence) in cases {
        assert_eq!(refused(&document).to_string(), sentence);
    }
    let params: Vec<_> = refused(&around(r#"{"type":"ramp","target_temp":2000}"#)).why.params().collect();
    assert_eq!(format!("{params:?}"), r#"[Param { name: "most_c", value: Number(1350.0) }]"#);
    assert!(size_of::<kiln_wire::Refusal>() <= 128, "{}", size_of::<kiln_wire::Refusal>());
}
