//! Profiles of other controllers: what each format is read as, and what each bad file is refused for.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that panics has failed")]

use kiln_core::profile::{Name, Profile, RampRate, Step};
use kiln_core::units::Celsius;
use kiln_wire::Refusal;
use kiln_wire::import::Units::{self, Celsius as C, Fahrenheit as F};
use kiln_wire::import::{Format, detect, read, stated_units};

const fn name() -> &'static str {
    "from a file"
}

fn import(format: Format, units: Units, bytes: &[u8]) -> Result<(Profile, Vec<String>), Refusal> {
    let imported = read(format, units, Name::new(name()).unwrap(), bytes)?;
    let places = imported.left_out.places().iter().map(|place| place.as_str().to_owned());
    Ok((imported.profile, places.collect()))
}

/// A step in one line: `ramp 100 at 50`, `hold 100 for 60`, `cool 50`; figures to a hundredth.
fn shown(step: &Step) -> String {
    let figure = |value: f64| ((value * 100.0).round() / 100.0).to_string();
    match step {
        Step::Ramp { target, rate: RampRate::PerHour(rate), min_rate: None } => {
            format!("ramp {} at {}", figure(target.get()), figure(rate.get()))
        }
        Step::Ramp { target, rate: RampRate::Full, min_rate: None } => format!("ramp {} full", figure(target.get())),
        Step::Hold { target, time } => format!("hold {} for {}", figure(target.get()), figure(time.seconds())),
        Step::HoldCone { target, until } => format!(
            "hold {} until cone {} for {} at most",
            figure(target.get()),
            until.cone().name(),
            figure(until.longest().seconds())
        ),
        Step::Cool { target: Some(target) } => format!("cool {}", figure(target.get())),
        Step::Ramp { .. } | Step::Cool { .. } => panic!("{step:?}"),
    }
}

/// A sample file: its format, the units it states, those it is read in, its profile's name and steps, what is left out.
struct Sample {
    file: &'static str,
    bytes: &'static [u8],
    format: Format,
    stated: Option<Units>,
    units: Units,
    name: &'static str,
    steps: &'static [&'static str],
    left_out: &'static [&'static str],
}

macro_rules! sample {
    ($file:literal, $format:ident, $stated:expr, $units:ident, $name:expr, $steps:expr, $left_out:expr) => {
        Sample {
            file: $file,
            bytes: include_bytes!(concat!("imports/", $file)),
            format: Format::$format,
            stated: $stated,
            units: $units,
            name: $name,
            steps: &$steps,
            left_out: &$left_out,
        }
    };
}

const SAMPLES: &[Sample] = &[
    sample!(
        "time-points.json",
        TimePoints,
        None,
        F,
        "Glaze by the clock",
        ["ramp 120 at 100", "hold 120 for 3600", "ramp 1020 at 300", "ramp 1200 full", "hold 1200 for 1800"],
        []
    ),
    sample!(
        "time-points-hours.json",
        TimePoints,
        Some(C),
        C,
        "Soft glass",
        ["ramp 520 at 250", "hold 520 for 1800", "ramp 370 at 100"],
        ["must_hit_temp"]
    ),
    sample!(
        "rate-segments.json",
        RateSegments,
        Some(F),
        F,
        "Fast bisque, by rate",
        ["ramp 100 at 100", "hold 100 for 3600", "ramp 1000 full", "ramp 800 at 200", "hold 800 for 600", "cool 200"],
        []
    ),
    sample!(
        "pikilncontroller.json",
        PiKilnController,
        Some(F),
        F,
        "Cone 6, two climbs",
        ["ramp 100 at 100", "hold 100 for 1800", "ramp 1000 full", "ramp 1200 at 50", "hold 1200 for 900"],
        ["cone", "segments[0].fanon", "segments[0].note", "segments[1].fanon", "segments[2].fanon"]
    ),
    sample!(
        "pikilncontroller-cone.json",
        PiKilnController,
        Some(C),
        C,
        "Held to cone 6",
        ["ramp 1100 at 100", "ramp 1205 at 60", "hold 1205 until cone 6 for 2700 at most"],
        ["cone"]
    ),
    sample!(
        "smartkiln.json",
        SmartKiln,
        None,
        C,
        name(),
        ["ramp 600 at 100", "ramp 1060 at 60", "hold 1060 for 750"],
        []
    ),
    sample!(
        "red-mountain.json",
        RedMountain,
        None,
        C,
        name(),
        ["ramp 120 at 100", "hold 120 for 1800", "ramp 1020 at 100", "hold 1020 for 1200", "hold 1020 for 600"],
        []
    ),
    sample!(
        "kilnaid.json",
        KilnAid,
        None,
        C,
        "Slow cool",
        ["ramp 1000 at 150", "ramp 1200 full", "hold 1200 for 4500", "ramp 900 at 80"],
        []
    ),
    sample!(
        "pidkiln.txt",
        PidKiln,
        Some(C),
        C,
        name(),
        [
            "ramp 120 at 100",
            "hold 120 for 1800",
            "ramp 600 at 120",
            "ramp 1060 at 60",
            "hold 1060 for 600",
            "ramp 800 at 120"
        ],
        []
    ),
    sample!(
        "named.csv",
        Csv,
        Some(C),
        C,
        name(),
        ["ramp 120 at 60", "hold 120 for 1800", "ramp 1000.5 full", "ramp 900 at 150", "hold 900 for 3600"],
        ["note"]
    ),
    sample!(
        "plain.csv",
        Csv,
        None,
        F,
        name(),
        [
            "ramp 121.11 at 83.33",
            "hold 121.11 for 3600",
            "ramp 982.22 full",
            "ramp 1062.78 at 60",
            "hold 1062.78 for 600"
        ],
        []
    ),
];

#[test]
fn every_sample_is_read() {
    for sample in SAMPLES {
        let file = sample.file;
        assert_eq!(detect(sample.bytes), Ok(sample.format), "{file}");
        assert_eq!(stated_units(sample.format, sample.bytes), Ok(sample.stated), "{file}");
        let (profile, left_out) =
            import(sample.format, sample.units, sample.bytes).unwrap_or_else(|refusal| panic!("{file}: {refusal}"));
        assert_eq!(profile.name().as_str(), sample.name, "{file}");
        assert_eq!(profile.steps().iter().map(shown).collect::<Vec<_>>(), sample.steps, "{file}");
        assert_eq!(left_out, sample.left_out, "{file}");
    }
    let formats = Format::ALL.into_iter().filter(|format| *format != Format::PicoKiln);
    for format in formats {
        assert!(SAMPLES.iter().any(|sample| sample.format == format), "{format:?} has no sample");
    }
}

/// What the file states wins over nobody: other units are refused where the file states them.
#[test]
fn other_units_are_refused() {
    for sample in SAMPLES {
        let other = if sample.units == C { F } else { C };
        match (sample.stated, import(sample.format, other, sample.bytes)) {
            (Some(_), Err(refusal)) => assert_eq!(refusal.why.code(), "other_units", "{}: {refusal}", sample.file),
            (Some(_), Ok(_)) => panic!("{}: read in {other:?}", sample.file),
            (None, Ok((profile, _))) => assert_ne!(profile.steps().iter().map(shown).collect::<Vec<_>>(), sample.steps),
            (None, Err(refusal)) => assert_eq!(refusal.why.code(), "too_high", "{}: {refusal}", sample.file),
        }
    }
}

#[test]
fn our_own_documents_are_read_too() {
    let document =
        |units: &str| format!(r#"{{"name":"n","steps":[{{"type":"hold","target_temp":212,"duration":60}}]{units}}}"#);
    let cases = [("", C, "hold 212 for 60"), (",\"temp_units\":\"f\"", F, "hold 100 for 60")];
    for (stated, units, step) in cases {
        let document = document(stated);
        assert_eq!(detect(document.as_bytes()), Ok(Format::PicoKiln));
        assert_eq!(stated_units(Format::PicoKiln, document.as_bytes()), Ok(Some(units)));
        let (profile, _) = import(Format::PicoKiln, units, document.as_bytes()).unwrap();
        assert_eq!(profile.steps().iter().map(shown).collect::<Vec<_>>(), [step]);
        let other = if units == C { F } else { C };
        let refusal = import(Format::PicoKiln, other, document.as_bytes()).unwrap_err();
        assert_eq!((refusal.path.as_str(), refusal.why.code()), ("temp_units", "other_units"));
    }
}

/// A bad file: its format, text, and the place, line and reason it is refused for.
type Bad = (Format, &'static str, &'static str, u32, &'static str);

const JSON: &[Bad] = &[
    (Format::TimePoints, "{\"data\":7}", "data", 1, "wrong_type"),
    (Format::TimePoints, "{}", "data", 1, "missing"),
    (Format::TimePoints, "{\"data\":[]}", "data", 1, "empty"),
    (Format::TimePoints, "{\"data\":[[0,20]]}", "data", 1, "empty"),
    (Format::TimePoints, "{\"data\":[[0,20],\n[60]]}", "data[1]", 2, "missing"),
    (Format::TimePoints, "{\"data\":[[0,20],\n[60,30,1]]}", "data[1][2]", 2, "too_many"),
    (Format::TimePoints, "{\"data\":[[0,20],[60,\"hot\"]]}", "data[1][1]", 1, "wrong_type"),
    (Format::TimePoints, "{\"data\":[[5,20],[60,30]]}", "data[0]", 1, "too_high"),
    (Format::TimePoints, "{\"data\":[[0,20],[600,30],[500,40]]}", "data[2]", 1, "too_low"),
    (Format::TimePoints, "{\"data\":[[0,20],[600,1351]]}", "data[1]", 1, "too_high"),
    (Format::TimePoints, "{\"data\":[[0,20],[6,1000]]}", "data[1]", 1, "too_high"),
    (Format::TimePoints, "{\"data\":[[0,20],[600,-1]]}", "data[1]", 1, "too_low"),
    (Format::TimePoints, "{\"data\":[[0,1e308],[600,1e308]]}", "data[1]", 1, "too_high"),
    (Format::TimePoints, "{\"temp_units\":\"k\",\"data\":[]}", "temp_units", 1, "not_a_choice"),
    (Format::TimePoints, "{\"TimeUnit\":\"weeks\",\"data\":[]}", "TimeUnit", 1, "not_a_choice"),
    (Format::TimePoints, "{\"name\":\"\",\"data\":[]}", "name", 1, "empty"),
    (Format::RateSegments, "{\"segments\":[{\"rate\":100}]}", "segments[0].target", 1, "missing"),
    (Format::RateSegments, "{\"segments\":[\n{\"target\":100}]}", "segments[0].rate", 2, "missing"),
    (
        Format::RateSegments,
        "{\"segments\":[{\"target\":100,\"rate\":\"fast\"}]}",
        "segments[0].rate",
        1,
        "not_a_choice",
    ),
    (Format::RateSegments, "{\"segments\":[{\"target\":100,\"rate\":0}]}", "segments[0].rate", 1, "too_low"),
    (Format::RateSegments, "{\"segments\":[{\"target\":100,\"rate\":-9}]}", "segments[0].rate", 1, "too_low"),
    (
        Format::RateSegments,
        "{\"segments\":[{\"target\":100,\"rate\":9,\"hold\":-1}]}",
        "segments[0].hold",
        1,
        "too_low",
    ),
    (
        Format::RateSegments,
        "{\"segments\":[{\"target\":100,\"rate\":9,\"hold\":1e9}]}",
        "segments[0].hold",
        1,
        "too_high",
    ),
    (Format::RateSegments, "{\"version\":3,\"segments\":[]}", "version", 1, "newer_format"),
    (Format::RateSegments, "{\"segments\":[7]}", "segments[0]", 1, "wrong_type"),
    (Format::PiKilnController, "{\"units-rate\":\"°F/min\",\"segments\":[]}", "units-rate", 1, "not_a_choice"),
    (
        Format::PiKilnController,
        "{\"units-temp\":\"C\",\"units-rate\":\"F/hr\",\"segments\":[]}",
        "units-rate",
        1,
        "other_units",
    ),
    (Format::PiKilnController, "{\"units-hold\":\"day\",\"segments\":[]}", "units-hold", 1, "not_a_choice"),
    (
        Format::PiKilnController,
        "{\"segments\":[{\"rate\":9,\"temp\":99,\"hold\":30,\n\"holdToCone\":\"14\"}]}",
        "segments[0].holdToCone",
        2,
        "not_a_choice",
    ),
    (
        Format::PiKilnController,
        "{\"segments\":[{\"rate\":9,\"temp\":99,\"hold\":0,\"holdToCone\":\"6\"}]}",
        "segments[0].hold",
        1,
        "too_low",
    ),
    (
        Format::PiKilnController,
        "{\"segments\":[{\"rate\":9,\"temp\":99,\"hold\":30,\"holdToCone\":6}]}",
        "segments[0].holdToCone",
        1,
        "wrong_type",
    ),
    (Format::SmartKiln, "{\"segments\":[]}", "ramps", 1, "missing"),
    (
        Format::RedMountain,
        "{\"schedule\":[{\"temperature\":99,\"rampMinutes\":-1}]}",
        "schedule[0].rampMinutes",
        1,
        "too_low",
    ),
    (
        Format::RedMountain,
        "{\"schedule\":[{\"temperature\":99,\"rampMinutes\":1}]}",
        "schedule[0].rampMinutes",
        1,
        "too_high",
    ),
    (Format::KilnAid, "{\"steps\":[{\"t\":99,\"rt\":9998}]}", "steps[0].rt", 1, "too_high"),
    (Format::KilnAid, "{\"steps\":[{\"t\":99,\"rt\":99", "steps[0].rt", 1, "syntax"),
];

const TEXT: &[Bad] = &[
    (Format::PidKiln, "", "", 1, "empty"),
    (Format::PidKiln, "# only a comment\n", "", 1, "empty"),
    (Format::PidKiln, "100:60\n", "segments[0].dwell", 1, "missing"),
    (Format::PidKiln, "100:60:0\n\n# more\nhot:60:0\n", "segments[1].temperature", 4, "wrong_type"),
    (Format::PidKiln, "100:60:0:1\n", "", 1, "too_many"),
    (Format::PidKiln, "100::0\n", "segments[0].minutes", 1, "missing"),
    (Format::PidKiln, "100:60:0\n1351:600:0\n", "segments[1].temperature", 2, "too_high"),
    (Format::PidKiln, "100:60:0\n1300:1:0\n", "segments[1].minutes", 2, "too_high"),
    (Format::PidKiln, "100:60:0\n200:-60:0\n", "segments[1].minutes", 2, "too_low"),
    (Format::PidKiln, "100:60:1e9\n", "segments[0].dwell", 1, "wrong_type"),
    (Format::PidKiln, "nan:60:0\n", "segments[0].temperature", 1, "wrong_type"),
    (Format::Csv, "", "", 1, "empty"),
    (Format::Csv, "rate,target\n", "", 1, "empty"),
    (Format::Csv, "rate,hold\n100,10\n", "target", 1, "missing"),
    (Format::Csv, "rate,target,rate\n", "rate", 1, "duplicate_key"),
    (Format::Csv, "rate,target,colour\n", "", 1, "unknown_key"),
    (Format::Csv, "rate (°C/min),target\n", "rate", 1, "not_a_choice"),
    (Format::Csv, "rate (C/h),target (F)\n", "target", 1, "other_units"),
    (Format::Csv, "100\n", "segments[0].target", 1, "missing"),
    (Format::Csv, "100,200,10\n\n100,abc,0\n", "segments[1].target", 3, "wrong_type"),
    (Format::Csv, "100,200,10,7\n", "", 1, "too_many"),
    (Format::Csv, "0,200,10\n", "segments[0].rate", 1, "too_low"),
    (Format::Csv, "100,200,-1\n", "segments[0].hold", 1, "too_low"),
    (Format::Csv, "100;1,000,5;0\n", "segments[0].target", 1, "wrong_type"),
    (Format::Csv, "100,200,0\n9999,1351,0\n", "segments[1].target", 2, "too_high"),
];

#[test]
fn bad_files_are_refused_by_name_and_line() {
    for (format, text, path, line, why) in JSON.iter().chain(TEXT) {
        let refusal = match import(*format, C, text.as_bytes()) {
            Ok((profile, _)) => panic!("{format:?} {text:?} is read: {profile:?}"),
            Err(refusal) => refusal,
        };
        assert_eq!(
            (refusal.path.as_str(), refusal.line, refusal.why.code()),
            (*path, *line, *why),
            "{text:?}: {refusal}"
        );
    }
}

#[test]
fn what_is_too_much_is_refused() {
    let segments = |count: usize| vec!["100,200,1\n100,300,1\n"; count].concat();
    assert_eq!(import(Format::Csv, C, segments(8).as_bytes()).unwrap().0.steps().len(), 32);
    let refused = |format, bytes: &[u8]| import(format, C, bytes).unwrap_err().why.code();
    assert_eq!(refused(Format::Csv, segments(9).as_bytes()), "too_many");
    assert_eq!(refused(Format::Csv, segments(9000).as_bytes()), "too_large");
    assert_eq!(refused(Format::PidKiln, b"100:60:\xFF\n"), "not_utf8");
    assert_eq!(refused(Format::TimePoints, "[".repeat(100_000).as_bytes()), "too_deep");
    let keys: Vec<String> = (0..40).map(|key| format!("\"k{key}\":0")).collect();
    let many = format!("{{\"data\":[[0,20],[600,30]],{}}}", keys.join(","));
    assert_eq!(refused(Format::TimePoints, many.as_bytes()), "invalid");
    let many = format!("{{\"data\":[[0,20],[600,30]],{}}}", keys.get(..20).unwrap().join(","));
    let imported = read(Format::TimePoints, C, Name::new("n").unwrap(), many.as_bytes()).unwrap();
    assert_eq!((imported.left_out.places().len(), imported.left_out.more()), (8, 12));
}

#[test]
fn what_is_of_no_format_is_not_guessed() {
    let cases: [(&[u8], &str); 8] = [
        (b"", "empty"),
        (b"# nothing\n", "empty"),
        (b"bisque\n", "not_a_choice"),
        (b"{}", "not_a_choice"),
        (b"{\"schedule\":[]}", "not_a_choice"),
        (b"{\"segments\":[{}]}", "not_a_choice"),
        (b"{\"data\":", "syntax"),
        (b"\xFF\xFE", "not_utf8"),
    ];
    for (bytes, why) in cases {
        assert_eq!(detect(bytes).unwrap_err().why.code(), why, "{bytes:?}");
    }
    let marked = [b"\xEF\xBB\xBF", SAMPLES.first().unwrap().bytes].concat();
    assert_eq!(detect(&marked), Ok(Format::TimePoints));
    for format in Format::ALL {
        assert_eq!(Format::named(format.word()), Some(format));
    }
}

/// kiln-controller's repository keeps Fahrenheit files beside Celsius ones, neither saying which.
#[test]
fn incident_units_missing_in_the_file() {
    let bytes = br#"{"data":[[0,65],[27335,1832]],"type":"profile","name":"bisque"}"#;
    assert_eq!(stated_units(Format::TimePoints, bytes), Ok(None));
    assert_eq!(import(Format::TimePoints, C, bytes).unwrap_err().why.code(), "too_high");
    let (profile, _) = import(Format::TimePoints, F, bytes).unwrap();
    assert_eq!(profile.peak(), Celsius::new(1000.0));
}

#[test]
fn holds_in_hours_and_members_that_are_null() {
    let bytes = br#"{"units-hold":"hr","title":null,"segments":[{"rate":60,"temp":80,"hold":1.5},
        {"rate":60,"temp":90,"hold":null,"holdToCone":null}]}"#;
    let (profile, left_out) = import(Format::PiKilnController, C, bytes).unwrap();
    let steps: Vec<_> = profile.steps().iter().map(shown).collect();
    assert_eq!(steps, ["ramp 80 at 60", "hold 80 for 5400", "ramp 90 at 60"]);
    assert!(left_out.is_empty() && profile.name().as_str() == name());
}

#[test]
fn a_time_that_goes_back_is_told_the_time_before() {
    let refusal = import(Format::TimePoints, C, b"{\"data\":[[0,20],[600,30],[500,40]]}").unwrap_err();
    assert_eq!(refusal.to_string(), "data[2] (line 1): must be at least 600 s");
}

/// A generator whose cases can be told by their number.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 16).unwrap() % limit.max(1)
    }
}

fn mutated(bytes: &[u8], random: &mut Random) -> Vec<u8> {
    const PIECES: [&[u8]; 16] = [
        b"-", b"9999", b"1e308", b"\"", b"[", b"]", b"{", b"}", b",", b":", b";", b"\n", b"#", b"\xC3", b"0.1", b"null",
    ];
    let mut bytes = bytes.to_vec();
    for _ in 0..=random.below(4) {
        let at = random.below(bytes.len() + 1);
        let to = (at + random.below(6)).min(bytes.len());
        match random.below(3) {
            0 => drop(bytes.splice(at..to, [])),
            1 => drop(bytes.splice(at..at, PIECES.get(random.below(PIECES.len())).unwrap().iter().copied())),
            _ => bytes.iter_mut().skip(at).take(1).for_each(|byte| *byte = u8::try_from(random.below(256)).unwrap()),
        }
    }
    bytes
}

/// 10,000 damaged files: no panic, and whatever is taken is a profile within the limits that our own format keeps.
#[test]
fn damaged_files_are_refused_or_sound() {
    let mut random = Random(0x5eed);
    let (mut taken, mut refused) = (0, 0);
    for case in 0..10_000_usize {
        let sample = SAMPLES.get(case % SAMPLES.len()).unwrap();
        let bytes = mutated(sample.bytes, &mut random);
        let format = if random.below(8) == 0 { Format::ALL[random.below(9)] } else { sample.format };
        let stated = stated_units(format, &bytes);
        drop(detect(&bytes));
        for units in [C, F] {
            match import(format, units, &bytes) {
                Ok((profile, _)) => {
                    taken += 1;
                    assert_eq!(Profile::new(*profile.name(), profile.steps()), Ok(profile), "case {case}");
                    assert!(
                        stated.as_ref().is_ok_and(|stated| stated.is_none_or(|stated| stated == units)),
                        "case {case}"
                    );
                }
                Err(refusal) => {
                    refused += 1;
                    assert!(refusal.line >= 1 && !refusal.to_string().is_empty(), "case {case}");
                }
            }
        }
    }
    assert!(taken > 1000 && refused > 5000, "{taken} taken, {refused} refused");
}

/// Times and rates come out as the file has them: the nominal length of a file by the clock is the file's length.
#[test]
fn a_file_by_the_clock_takes_as_long_as_it_says() {
    let sample = SAMPLES.iter().find(|sample| sample.file == "pidkiln.txt").unwrap();
    let (profile, _) = import(sample.format, sample.units, sample.bytes).unwrap();
    let seconds = profile.nominal_seconds(Some(Celsius::whole(20)));
    assert!((seconds - 60.0 * (60.0 + 30.0 + 240.0 + 460.0 + 10.0 + 130.0)).abs() < 0.1, "{seconds}");
}
