//! Profiles go out and come back the same, and no mutation of a document makes an invalid one.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that panics has failed")]

use kiln_core::cone::{Cone, HoldUntil};
use kiln_core::limits;
use kiln_core::profile::{Name, Profile, RampRate, Step};
use kiln_core::units::{Celsius, CelsiusPerHour, Millis};
use kiln_wire::json::Text;
use kiln_wire::profile::{BYTES_MOST, DESCRIPTION_LONGEST, parse, write};

/// Pseudo-random numbers: xorshift64* (Vigna 2016).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 11
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(end).unwrap()).unwrap()
    }

    fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }

    /// Between `low` and `high`: one of them, a round figure or any.
    fn between(&mut self, low: f64, high: f64) -> f64 {
        #[expect(clippy::as_conversions, clippy::cast_precision_loss, reason = "53 random bits are exact in an f64")]
        let share = self.next() as f64 / 9_007_199_254_740_992.0;
        let any = low + share * (high - low);
        match self.below(8) {
            0 => low,
            1 => high,
            2..5 => any.round().clamp(low, high),
            _ => any,
        }
    }

    fn target(&mut self) -> Celsius {
        Celsius::new(self.between(limits::TARGET_LOWEST.get(), limits::CEILING.get())).unwrap()
    }

    fn rate(&mut self, high: f64) -> CelsiusPerHour {
        CelsiusPerHour::new(self.between(limits::RATE_SLOWEST.get(), high)).unwrap()
    }

    fn step(&mut self) -> Step {
        let target = self.target();
        match self.below(6) {
            5 => Step::HoldCone { target, until: self.until() },
            0 => Step::Hold { target, time: Millis::new(self.next() % (limits::HOLD_LONGEST.get() + 1)) },
            1 => Step::Cool { target: (self.below(2) == 0).then_some(target) },
            2 => Step::Ramp { target, rate: RampRate::Full, min_rate: None },
            _ => {
                let rate = self.rate(limits::RATE_FASTEST.get());
                let min_rate = (self.below(2) == 0).then(|| self.rate(rate.get()));
                Step::Ramp { target, rate: RampRate::PerHour(rate), min_rate }
            }
        }
    }

    fn until(&mut self) -> HoldUntil {
        let least = limits::CONE_HOLD_SHORTEST.get();
        let longest = least + self.next() % (limits::HOLD_LONGEST.get() - least + 1);
        let cone = Cone::named(self.pick::<&str>(&Cone::NAMES)).unwrap();
        HoldUntil::new(cone, Millis::new(longest)).unwrap()
    }

    fn text(&mut self, most: usize) -> String {
        let mut text = String::new();
        let wanted = 1 + self.below(most);
        loop {
            let c = *self.pick(&['a', 'Z', ' ', '"', '\\', '/', 'é', 'ß', '窯', '🔥', '\u{2028}', '{', ':', '<']);
            if !text.is_empty() && text.len() + c.len_utf8() > wanted {
                return text;
            }
            text.push(c);
        }
    }

    fn profile(&mut self) -> Profile {
        let steps: Vec<Step> = (0..=self.below(limits::STEPS_MOST)).map(|_| self.step()).collect();
        Profile::new(Name::new(&self.text(60)).unwrap(), &steps).unwrap()
    }

    /// One change to a document: a byte, a piece gone, a piece doubled, or a word where it does not belong.
    fn mutate(&mut self, document: &mut Vec<u8>) {
        const WORDS: &[&str] = &[
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"",
            "\\",
            "\\u",
            "\\ud83d",
            "null",
            "true",
            "\"f\"",
            "\"full\"",
            "NaN",
            "-",
            "0",
            "1e999",
            "1e-400",
            "99999999",
            ".5",
            "\"name\":\"x\",",
            "\"duration\":1,",
            "\"until_cone\":\"6\",",
            "\"longest_s\":90,",
            "\"min_rate\":1e2,",
            "\"type\":\"hold\",",
            "\"format\":2,",
            "\u{FEFF}",
            "\u{1F525}",
            "\"temp_units\":\"f\",",
        ];
        let from = self.below(document.len() + 1);
        let to = (from + self.below(40)).min(document.len());
        match self.below(5) {
            0 if from < document.len() => document[from] = u8::try_from(self.below(256)).unwrap(),
            1 => drop(document.drain(from..to)),
            2 => {
                let piece = document[from..to].to_vec();
                let at = self.below(document.len() + 1);
                drop(document.splice(at..at, piece));
            }
            3 => {
                let digits = self.below(2000).to_string().into_bytes();
                drop(document.splice(from..to.min(from + 3), digits));
            }
            _ => {
                let word = self.pick(WORDS).bytes();
                drop(document.splice(from..from, word));
            }
        }
    }
}

#[test]
fn every_profile_comes_back_as_it_went_out() {
    let mut random = Random(0x005E_ED01);
    for case in 0..2000 {
        let profile = random.profile();
        let description = random.text(DESCRIPTION_LONGEST);
        let description = (case % 3 > 0).then(|| Text::plain(&description));
        let mut buffer = [0; 8192];
        let written = write(&profile, description, &mut buffer).unwrap();
        let parsed = parse(written).unwrap_or_else(|refusal| panic!("{refusal}"));
        assert_eq!((parsed.profile, parsed.description), (profile, description), "case {case}");
        // What came from a document goes out again as the same bytes.
        let mut again = [0; 8192];
        assert_eq!(write(&parsed.profile, parsed.description, &mut again).unwrap(), written, "case {case}");
    }
}

#[test]
fn the_longest_profile_fits_its_limit_and_a_small_buffer_says_so() {
    // Numbers of 17 significant digits, in every key a step can have.
    let value = |low: f64| f64::from_bits(low.to_bits() + 1);
    let rate = CelsiusPerHour::new(value(2048.0)).unwrap();
    let target = Celsius::new(value(1024.0)).unwrap();
    let step = Step::Ramp { target, rate: RampRate::PerHour(rate), min_rate: Some(rate) };
    let profile = Profile::new(Name::new(&"\"".repeat(Name::LONGEST)).unwrap(), &[step; limits::STEPS_MOST]).unwrap();
    let description = "\\".repeat(DESCRIPTION_LONGEST);
    let mut buffer = vec![0; usize::from(BYTES_MOST)];
    let len = write(&profile, Some(Text::plain(&description)), &mut buffer).unwrap().len();
    assert!(len > 6000, "{len}");
    assert!(write(&profile, None, &mut buffer[..1000]).is_err());
}

#[test]
fn the_written_form_is_the_documented_one() {
    let target = Celsius::whole;
    let steps = [
        Step::Ramp { target: target(600), rate: RampRate::PerHour(CelsiusPerHour::whole(100)), min_rate: None },
        Step::Ramp { target: target(1046), rate: RampRate::Full, min_rate: Some(CelsiusPerHour::whole(20)) },
        Step::Hold { target: target(1046), time: Millis::from_minutes(10) },
        Step::HoldCone {
            target: target(1050),
            until: HoldUntil::new(Cone::named("04").unwrap(), Millis::from_minutes(30)).unwrap(),
        },
        Step::Cool { target: None },
    ];
    let profile = Profile::new(Name::new("Cône 04").unwrap(), &steps).unwrap();
    let mut buffer = [0; 8192];
    let written = write(&profile, Some(Text::plain("a\nb")), &mut buffer).unwrap();
    let expected = concat!(
        r#"{"format":1,"name":"Cône 04","description":"a\nb","temp_units":"c","steps":["#,
        r#"{"type":"ramp","target_temp":600.0,"desired_rate":100.0},"#,
        r#"{"type":"ramp","target_temp":1046.0,"desired_rate":"full","min_rate":20.0},"#,
        r#"{"type":"hold","target_temp":1046.0,"duration":600.0},"#,
        r#"{"type":"hold","target_temp":1050.0,"until_cone":"04","longest_s":1800.0},{"type":"cooling"}]}"#
    );
    assert_eq!(std::str::from_utf8(written).unwrap(), expected);
}

/// Whether a ramp at its own rate is above its minimum rate.
fn can_be_satisfied(step: &Step) -> bool {
    match step {
        Step::Ramp { rate: RampRate::PerHour(rate), min_rate: Some(least), .. } => least <= rate,
        Step::Ramp { .. } | Step::Hold { .. } | Step::HoldCone { .. } | Step::Cool { .. } => true,
    }
}

#[test]
fn no_mutation_makes_an_invalid_profile() {
    let bases: Vec<Vec<u8>> =
        ["bisque-cone-04", "glaze-cone-6", "glass-full-fuse", "crystalline-controlled-cooling", "glaze-to-cone-6"]
            .map(|name| {
                let path = format!("{}/../../examples/profiles/{name}.json", env!("CARGO_MANIFEST_DIR"));
                std::fs::read(path).unwrap()
            })
            .into();
    let mut random = Random(0x005E_ED02);
    let (mut taken, mut refused) = (0, 0);
    for case in 0..20_000 {
        let mut document = random.pick(&bases).clone();
        for _ in 0..=random.below(4) {
            random.mutate(&mut document);
        }
        match parse(&document) {
            Err(refusal) => {
                refused += 1;
                assert!(refusal.line >= 1 && !refusal.to_string().contains('\u{1b}'), "case {case}: {refusal}");
            }
            Ok(parsed) => {
                taken += 1;
                let profile = parsed.profile;
                assert_eq!(Profile::new(*profile.name(), profile.steps()), Ok(profile), "case {case}");
                assert!(profile.steps().iter().all(can_be_satisfied), "case {case}");
                let mut buffer = [0; 8192];
                let written = write(&profile, parsed.description, &mut buffer).unwrap();
                assert_eq!(parse(written).unwrap().profile, profile, "case {case}");
            }
        }
    }
    assert!(taken > 1000 && refused > 10_000, "{taken} taken, {refused} refused");
}
