//! What a person reads, in both languages and units.

use kiln_core::fault::{Kind, Severity};
use kiln_watch::notice::words::{Language, Unit, words};
use kiln_watch::notice::{Alarm, Alert, What};
use kiln_watch::status::Fault;
use serde_json::json;

const BOTH: [Language; 2] = [Language::En, Language::Fr];

fn of_kind(kind: Kind) -> Fault {
    let severity = match kind.severity() {
        Severity::Notice => "notice",
        Severity::Hold => "hold",
        Severity::Trip => "trip",
        Severity::Lockout => "lockout",
    };
    let params = json!({"seen_c": 1291.4, "limit_c": 1280.0, "rise_k": 12.0, "failures": 3, "problem": "bus"});
    let text = json!({"code": kind.code(), "severity": severity, "message": kind.meaning(), "params": params});
    serde_json::from_value(text).unwrap()
}

#[test]
fn every_fault_has_words_of_its_own_in_both_languages() {
    for language in BOTH {
        let mut seen = std::collections::BTreeSet::new();
        for kind in Kind::ALL {
            let said = words(&What::Alarm(Alarm::Fault(of_kind(kind))), "Studio", language, Unit::C);
            assert!(said.title.contains(kind.code()) && said.body.contains("1291 °C"), "{said:?}");
            assert!(!said.body.contains("  ") && said.body.ends_with(['.', '?']), "{said:?}");
            assert!(seen.insert(said.body.clone()), "{kind:?}: {}", said.body);
        }
    }
    let said = |language| words(&What::Alarm(Alarm::Fault(of_kind(Kind::SensorLost))), "Studio", language, Unit::C);
    let figures = ["Seen 1291 °C, limit 1280 °C, rise 12 °C.", "Mesuré 1291 °C, limite 1280 °C, hausse 12 °C."];
    assert_eq!(said(Language::En).title, "Studio: sensor lost (K-05)");
    assert_eq!(said(Language::Fr).title, "Studio\u{a0}: sonde perdue (K-05)");
    for (language, figures) in BOTH.into_iter().zip(figures) {
        assert!(said(language).body.contains(figures), "{:?}", said(language));
    }
}

#[test]
fn a_fault_of_newer_software_is_told_in_the_kilns_own_words() {
    let fault: Fault = serde_json::from_value(
        json!({"code": "K-77", "severity": "worse", "message": "the moon is in the way", "params": {}}),
    )
    .unwrap();
    let said = words(&What::Alarm(Alarm::Fault(fault)), "Studio", Language::Fr, Unit::F);
    assert!(said.title.ends_with("K-77") && said.body.contains("the moon is in the way."), "{said:?}");
}

#[test]
fn temperatures_are_in_the_persons_unit_and_differences_without_the_offset() {
    let fault = of_kind(Kind::RelayWelded);
    let said = words(&What::Alarm(Alarm::Fault(fault)), "Studio", Language::En, Unit::F);
    assert!(said.body.contains("Seen 2357 °F") && said.body.contains("rise 22 °F"), "{said:?}");
    let cold = words(&What::Alert(Alert::SafeToOpen { temp_c: 59.6 }), "Studio", Language::Fr, Unit::C);
    assert_eq!(cold.body, "Il est redescendu à 60 °C.");
}

#[test]
fn every_alert_and_alarm_says_something_in_both_languages() {
    let profile = || "Bisque".to_owned();
    let recovery = |can_resume| {
        let text = json!({"id": "a", "profile": "Bisque", "was_c": 900.0, "found_c": 412.0, "can_resume": can_resume});
        What::Alarm(Alarm::Recovery(serde_json::from_value(text).unwrap()))
    };
    let all = [
        What::Alert(Alert::Started { profile: profile() }),
        What::Alert(Alert::StepReached { step: 2, count: 3, target_c: Some(600.0) }),
        What::Alert(Alert::HoldEnds { step: 2, target_c: Some(600.0) }),
        What::Alert(Alert::Completed { profile: profile() }),
        What::Alert(Alert::Stopped { profile: Some(profile()), temp_c: Some(612.0) }),
        What::Alert(Alert::StartMissed { profile: profile() }),
        What::Alert(Alert::Tuned),
        What::Alert(Alert::Back { temp_c: Some(612.0) }),
        recovery(true),
        recovery(false),
        What::Alarm(Alarm::Resumed { profile: profile() }),
        What::Alarm(Alarm::Lost),
        What::Alarm(Alarm::Silent),
    ];
    for what in &all {
        let [en, fr] = BOTH.map(|language| words(what, "Studio", language, Unit::C));
        assert!(en.title != fr.title && en.body != fr.body, "{en:?} {fr:?}");
        for said in [en, fr] {
            assert!(said.title.len() > 8 && said.body.ends_with(['.', '?']), "{said:?}");
        }
    }
}
