//! Names, clocks, modes, passphrases.

use kiln_core::units::{Millis, WallClock};

use super::super::clock::{AGAIN, Clock, Source, Verdict};
use super::super::mdns::{Announcer, Send};
use super::super::name::HostName;
use super::super::{Mode, setup_ap, usb};
use super::*;
use crate::dice::Dice;

const TRUTH: u64 = 1_795_000_000_000;
const MINUTE: u64 = 60_000;

#[test]
fn a_name_is_one_label_of_the_dns() {
    for good in ["pico-kiln", "K", "kiln2", "a-1-b"] {
        assert!(HostName::new(good).is_some(), "{good}");
    }
    for bad in ["", "-kiln", "kiln-", "kiln.local", "kiln 1", "öfen", "kiln_1", &"k".repeat(33)] {
        assert!(HostName::new(bad).is_none(), "{bad}");
    }
    assert!(HostName::new(HostName::DEFAULT).is_some());
    let long = HostName::new(&"k".repeat(32)).expect("a name").numbered(17);
    assert_eq!(long.as_str(), "k".repeat(28) + "-17");
}

#[test]
fn a_name_is_probed_three_times_and_announced() {
    let name = HostName::new("pico-kiln").expect("a name");
    let mut announcer = Announcer::new(name, at(0));
    let sent: std::vec::Vec<_> = (0..2000).filter_map(|ms| announcer.step(at(ms)).map(|what| (ms, what))).collect();
    let (probe, ours) = (Send::Probe, Send::Announcement);
    assert_eq!(sent, [(0, probe), (250, probe), (500, probe), (750, ours)]);
    announcer.conflict(at(3000));
    assert!(!announcer.is_ours());
    assert_eq!((announcer.name().as_str(), announcer.step(at(3000))), ("pico-kiln-2", Some(probe)));
    announcer.link_up(at(9000));
    assert_eq!(announcer.name().as_str(), "pico-kiln-2", "a name that was found is kept");
}

#[test]
fn a_neighbour_who_wants_every_name_is_answered_slowly_and_for_ever() {
    let mut announcer = Announcer::new(HostName::new("pico-kiln").expect("a name"), at(0));
    let mut probes = 0;
    for ms in (0..600_000).step_by(50) {
        if announcer.step(at(ms)).is_some() {
            probes += 1;
            announcer.conflict(at(ms));
        }
    }
    assert!((100..150).contains(&probes), "{probes} probes in ten minutes");
    assert!(announcer.name().as_str().len() <= HostName::LONGEST);
}

/// Answers in order: minutes since the start, who, how far from the truth, and what becomes of it.
fn check(answers: &[(u64, Source, i64, Verdict)]) {
    let mut clock = Clock::new(at(0));
    for (minute, source, off, wanted) in answers {
        let now = minute * MINUTE;
        let wall = WallClock::from_unix_millis((TRUTH + now).checked_add_signed(*off).expect("a time"));
        assert_eq!(clock.answer(*source, wall, Millis::new(50), at(now)), *wanted, "minute {minute}");
    }
}

#[test]
fn a_time_is_believed_by_its_sense() {
    let (ntp, app) = (Source::Ntp, Source::App);
    let year = 365 * 86_400_000_i64;
    check(&[(0, ntp, 0, Verdict::Set), (60, ntp, 900, Verdict::Adjusted), (61, app, year, Verdict::NotNeeded)]);
    check(&[(0, ntp, 0, Verdict::Set), (60, ntp, 2 * year, Verdict::Waiting), (61, ntp, 0, Verdict::Adjusted)]);
    check(&[(0, ntp, year, Verdict::Set), (60, ntp, 0, Verdict::Waiting), (61, ntp, 0, Verdict::Jumped)]);
    check(&[(0, ntp, 0, Verdict::Set), (1, ntp, year, Verdict::Waiting), (2, ntp, 2 * year, Verdict::Waiting)]);
    check(&[(0, app, 0, Verdict::Set), (1, app, -year, Verdict::Jumped), (2, ntp, 0, Verdict::Jumped)]);
    check(&[(0, ntp, -10 * year, Verdict::Refused), (1, ntp, 80 * year, Verdict::Refused)]);
    let mut clock = Clock::new(at(0));
    let slow = clock.answer(Source::Ntp, WallClock::from_unix_millis(TRUTH), Millis::new(10_001), at(0));
    assert_eq!((slow, clock.wall(at(0)), clock.is_synced()), (Verdict::Refused, None, false));
}

#[test]
fn the_clock_goes_on_by_itself() {
    let mut clock = Clock::new(at(0));
    clock.answer(Source::App, WallClock::from_unix_millis(TRUTH), Millis::ZERO, at(5000));
    assert_eq!(clock.wall(at(65_000)), Some(WallClock::from_unix_millis(TRUTH + MINUTE)));
    assert!(!clock.is_synced());
    assert_eq!(clock.wall(at(0)), Some(WallClock::from_unix_millis(TRUTH)), "it does not run backwards");
}

#[test]
fn a_time_server_is_asked_with_a_link_only_and_not_often() {
    let mut clock = Clock::new(at(0));
    let asked = |clock: &mut Clock, minutes: core::ops::Range<u64>, link: bool| -> std::vec::Vec<u64> {
        minutes.filter(|minute| clock.ask(link, at(minute * MINUTE))).collect()
    };
    assert!(asked(&mut clock, 0..100, false).is_empty());
    assert_eq!(asked(&mut clock, 100..300, true), [100, 101, 103, 107, 115, 131, 163, 223, 283]);
    clock.answer(Source::Ntp, WallClock::from_unix_millis(TRUTH), Millis::ZERO, at(300 * MINUTE));
    assert_eq!(asked(&mut clock, 300..430, true), [360, 361, 363, 367, 375, 391, 423]);
    assert_eq!(AGAIN.get(), 60 * MINUTE);
}

#[test]
fn the_access_point_opens_only_without_a_wifi_and_at_rest() {
    let (station, ap) = (Mode::Station, Mode::SetupAccessPoint);
    let cases = [
        (None, true, true, station),
        (None, false, true, ap),
        (None, false, false, ap),
        (Some(ap), true, true, station),
        (Some(ap), true, false, station),
        (Some(ap), false, false, ap),
        (Some(station), false, false, station),
        (Some(station), false, true, ap),
        (Some(station), true, false, station),
    ];
    for (current, wifi, idle, wanted) in cases {
        assert_eq!(Mode::choose(current, wifi, idle), wanted, "{current:?} {wifi} {idle}");
    }
}

#[test]
fn a_passphrase_is_twelve_plain_characters_of_chance() {
    let mut dice = Dice::new(3);
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..1000 {
        let random = core::array::from_fn(|_| dice.next().to_le_bytes()[4]);
        let made = setup_ap::passphrase(random).expect("random enough");
        assert!(made.secret().len() == 12 && !made.secret().contains(['0', 'o', '1', 'l']));
        assert_eq!(std::format!("{made:?}"), "Passphrase(..)");
        seen.insert(std::string::String::from(made.secret()));
    }
    assert_eq!(seen.len(), 1000);
    for stuck in [0, 255, 0xa5] {
        assert!(setup_ap::passphrase([stuck; 12]).is_none(), "a generator that does not run");
    }
}

#[test]
fn a_passphrase_the_radio_cannot_take_is_none() {
    // The driver gives up on a passphrase of fewer than 8 or more than 63 characters.
    let cases = [(0, false), (7, false), (8, true), (63, true), (64, false)];
    for (length, sound) in cases {
        assert_eq!(Passphrase::new(&"p".repeat(length)).is_some(), sound, "{length}");
    }
    assert!(Passphrase::new("tab\tin it").is_none() && Passphrase::new("schlüssel").is_none());
    assert!(Ssid::new("").is_none() && Ssid::new(&"s".repeat(33)).is_none() && Ssid::new("Töpferei").is_some());
}

#[test]
fn both_ends_of_the_cable_have_local_addresses_of_their_own() {
    for random in [[0; 6], [255; 6], [1, 2, 3, 4, 5, 6]] {
        let (ours, theirs) = usb::hardware_addresses(random);
        assert!(ours != theirs && [ours, theirs].iter().all(|address| address[0] & 3 == 2), "{random:?}");
    }
}
