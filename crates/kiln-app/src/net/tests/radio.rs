//! The station against a radio that does as it likes: the Wi-Fi incident.
//!
//! A controller before this one lost its firing when the Wi-Fi dropped: it opened connections to find out whether it
//! could, and waited for them. Here the station only looks, and comes back within a known time.

use core::net::Ipv4Addr;

use kiln_core::units::Millis;

use super::super::address::{BadAddress, Ipv4Config};
use super::super::clock::{Clock, EARLIEST, LATEST, Source};
use super::super::dhcp::Dhcp;
use super::super::station::{Do, LONGEST_PAUSE, LONGEST_ROUND, Link, Seen, Station};
use super::super::wifi::Bssid;
use super::super::{captive, trial};
use super::*;
use crate::dice::Dice;
use kiln_core::units::WallClock;

/// A radio and a router. What it can do, it does after two seconds.
#[derive(Default)]
struct Radio {
    seen: Seen,
    pending: Option<(Do, u64)>,
}

impl Radio {
    fn ask(&mut self, what: Do, now: u64) {
        if what == Do::Leave {
            (self.seen, self.pending) = (Seen::default(), None);
        } else {
            self.seen.scan_done = false;
            self.pending = Some((what, now + 2000));
        }
    }

    fn run(&mut self, now: u64) {
        match self.pending {
            Some((what, due)) if now >= due => {
                match what {
                    Do::Scan => self.seen.scan_done = true,
                    Do::Join(_) => self.seen.link = Link::Joined,
                    Do::Lease | Do::Use(_) if self.seen.link.is_joined() => self.seen.link = Link::Addressed,
                    Do::Leave | Do::Lease | Do::Use(_) => {}
                }
                self.pending = None;
            }
            Some(_) | None => {}
        }
    }

    /// Does whatever it likes, with what was asked or without.
    fn rage(&mut self, dice: &mut Dice) {
        match dice.below(6) {
            0 => self.seen.link = Link::Down,
            1 => self.seen.link = Link::Joined,
            2 => self.seen.link = Link::Addressed,
            3 => self.seen.link = Link::Refused,
            4 => self.pending = None,
            _ => self.seen.scan_done = dice.below(2) == 0,
        }
    }
}

/// Lets the station run by a well-behaved radio; the seconds until it is up.
fn seconds_to_up(station: &mut Station, radio: &mut Radio, now: &mut u64) -> u64 {
    let config = wifi("studio");
    for second in 0..=LONGEST_ROUND.get() / 1000 * 2 {
        if station.is_up() {
            return second;
        }
        *now += 1000;
        radio.run(*now);
        if let Some(what) = station.step(at(*now), radio.seen, &config) {
            radio.ask(what, *now);
        }
    }
    panic!("it never came back: {station:?}");
}

#[test]
fn a_sound_radio_is_joined_in_seconds() {
    let (mut now, mut radio) = (0, Radio::default());
    let mut station = Station::new(at(0));
    assert!(seconds_to_up(&mut station, &mut radio, &mut now) <= 10);
    for second in 0..61 {
        assert_eq!(station.step(at(now + second * 1000), radio.seen, &wifi("studio")), None, "it leaves well alone");
    }
    radio.seen.link = Link::Down;
    now += 61_000;
    assert_eq!(station.step(at(now), radio.seen, &wifi("studio")), Some(Do::Leave));
    radio.ask(Do::Leave, now);
    assert!(seconds_to_up(&mut station, &mut radio, &mut now) <= 11, "one lost link costs a second more");
}

#[test]
fn failures_are_forgotten_after_a_steady_minute_and_not_before() {
    for (steady, failures) in [(59, 3), (61, 1)] {
        let mut station = Station::new(at(0));
        let mut now = 0;
        let config = wifi("studio");
        while station.failures() < 2 {
            now += 1000;
            station.step(at(now), Seen { link: Link::Refused, scan_done: true }, &config);
        }
        while !station.is_up() {
            now += 1000;
            station.step(at(now), Seen { link: Link::Addressed, scan_done: true }, &config);
        }
        for second in 1..=steady {
            station.step(at(now + second * 1000), Seen { link: Link::Addressed, scan_done: true }, &config);
        }
        station.step(at(now + steady * 1000), Seen::default(), &config);
        assert_eq!(station.failures(), failures, "steady for {steady} s");
    }
}

#[test]
fn of_several_radios_the_strongest_is_joined() {
    let mut station = Station::new(at(0));
    assert_eq!(station.step(at(0), Seen::default(), &wifi("studio")), Some(Do::Scan));
    for (last, signal) in [(1, -70), (2, -48), (3, -48), (4, -90), (5, i8::MIN)] {
        station.found(Bssid([2, 0, 0, 0, 0, last]), signal);
    }
    let done = Seen { scan_done: true, ..Seen::default() };
    assert_eq!(station.step(at(3000), done, &wifi("studio")), Some(Do::Join(Some(Bssid([2, 0, 0, 0, 0, 2])))));
    station.found(Bssid([2, 0, 0, 0, 0, 9]), 0);
}

#[test]
fn a_hidden_wifi_is_joined_by_its_name_and_a_given_address_is_used() {
    let address =
        Ipv4Config::new(Ipv4Addr::new(10, 0, 0, 9), 24, Some(Ipv4Addr::new(10, 0, 0, 1)), None).expect("sound");
    let config = WifiConfig { address: Some(address), ..wifi("hidden") };
    let mut station = Station::new(at(0));
    station.step(at(0), Seen::default(), &config);
    assert_eq!(station.step(at(10_000), Seen::default(), &config), Some(Do::Join(None)), "a scan that never ends");
    let linked = Seen { link: Link::Joined, ..Seen::default() };
    assert_eq!(station.step(at(11_000), linked, &config), Some(Do::Use(address)));
}

#[test]
fn every_stuck_state_ends_by_itself_and_pauses_are_bounded() {
    // The radio says nothing at all, then joins and gives no address, for two days.
    for link in [Link::Down, Link::Joined] {
        let (mut station, mut last, mut longest) = (Station::new(at(0)), 0, 0);
        let mut asked = 0;
        for now in (0..172_800_000).step_by(1000) {
            let seen = Seen { link, ..Seen::default() };
            if let Some(what) = station.step(at(now), seen, &wifi("gone")) {
                asked += 1;
                if what == Do::Scan {
                    longest = longest.max(now - last);
                    last = now;
                }
            }
        }
        assert!(172_800_000 - last <= LONGEST_ROUND.get() + 3000, "it gave up {last} ms after the start");
        assert!(longest <= LONGEST_ROUND.get() + 3000, "{longest} ms between attempts");
        assert!(!station.is_up() && asked < 172_800 / 15, "{asked} orders to the radio in two days");
    }
}

#[test]
fn a_wrong_passphrase_is_tried_ever_more_rarely() {
    let mut station = Station::new(at(0));
    let mut scans = std::vec::Vec::new();
    for now in (0..600_000).step_by(500) {
        let seen = Seen { link: Link::Refused, scan_done: true };
        if station.step(at(now), seen, &wifi("studio")) == Some(Do::Scan) {
            scans.push(now);
        }
    }
    let gaps: std::vec::Vec<u64> = scans.windows(2).map(|pair| pair[1] - pair[0]).collect();
    assert!(gaps.windows(2).all(|pair| pair[0] <= pair[1]), "{gaps:?}");
    assert!(gaps.iter().all(|gap| *gap <= LONGEST_PAUSE.get() + 2000) && gaps.len() > 10, "{gaps:?}");
}

/// The incident: a thousand flaps, addresses lost, answers of noise, clocks ten years off, and then a quiet radio.
#[test]
fn incident_hostile_wifi_is_survived_and_left_within_a_round() {
    const TEN_YEARS_MS: u64 = 10 * 365 * 86_400_000;
    let truth = 1_795_000_000_000_u64;
    for seed in 1..=20 {
        let mut dice = Dice::new(seed);
        let (mut now, mut radio) = (dice.below(1 << 34), Radio::default());
        let (mut station, mut clock) = (Station::new(at(now)), Clock::new(at(now)));
        let mut dhcp = Dhcp::of_setup_access_point();
        let (mut orders, began) = (0, now);
        for _ in 0..1000 {
            now += dice.below(20_000);
            radio.rage(&mut dice);
            radio.run(now);
            if let Some(what) = station.step(at(now), radio.seen, &wifi("studio")) {
                orders += 1;
                radio.ask(what, now);
            }
            let years = truth + dice.below(2 * TEN_YEARS_MS) - TEN_YEARS_MS;
            clock.answer(Source::Ntp, WallClock::from_unix_millis(years), Millis::new(dice.below(20_000)), at(now));
            clock.ask(radio.seen.link.is_joined(), at(now));
            assert!(clock.wall(at(now)).is_none_or(|wall| EARLIEST <= wall && wall < LATEST), "seed {seed}");
            assert!(dhcp.answer(&dice.bytes(600), at(now)).is_none() && dhcp.leases() <= 4);
            assert!(captive::answer_dns(&dice.bytes(600)).is_none_or(|answer| answer.len() <= captive::DNS_BYTES));
        }
        assert!(orders <= 1000 && now > began);
        radio = Radio::default();
        let seconds = seconds_to_up(&mut station, &mut radio, &mut now);
        assert!(seconds * 1000 <= LONGEST_ROUND.get() + 10_000, "seed {seed}: back after {seconds} s");
    }
}

#[test]
fn a_changed_wifi_that_does_not_work_gives_the_former_back() {
    let mut trial = trial::Trial::new(Some(wifi("old")));
    trial.begin(wifi("typo"), at(0));
    assert_eq!(trial.current(), Some(&wifi("typo")));
    assert_eq!(trial.step(false, at(59_999)), None);
    assert_eq!(trial.step(false, at(60_000)), Some(trial::Outcome::Drop));
    assert_eq!((trial.step(true, at(60_001)), trial.current()), (None, Some(&wifi("old"))));
    trial.begin(wifi("new"), at(70_000));
    assert_eq!(trial.step(true, at(80_000)), Some(trial::Outcome::Keep));
    assert_eq!((trial.step(false, at(999_000)), trial.current()), (None, Some(&wifi("new"))));
    trial.forget();
    trial.begin(wifi("first"), at(0));
    assert_eq!((trial.step(false, at(60_000)), trial.current()), (Some(trial::Outcome::Drop), None));
}

#[test]
fn a_given_address_must_be_one_that_a_host_can_have() {
    let (host, gateway) = (Ipv4Addr::new(192, 168, 1, 9), Ipv4Addr::new(192, 168, 1, 1));
    let cases = [
        (host, 24, Some(gateway), None),
        (host, 24, None, None),
        (host, 31, Some(gateway), Some(BadAddress::Prefix)),
        (host, 0, Some(gateway), Some(BadAddress::Prefix)),
        (host, 255, None, Some(BadAddress::Prefix)),
        (Ipv4Addr::new(192, 168, 1, 0), 24, None, Some(BadAddress::NotAHost)),
        (Ipv4Addr::new(192, 168, 1, 255), 24, None, Some(BadAddress::NotAHost)),
        (Ipv4Addr::new(192, 168, 1, 127), 25, None, Some(BadAddress::NotAHost)),
        (Ipv4Addr::UNSPECIFIED, 24, None, Some(BadAddress::NotAHost)),
        (Ipv4Addr::LOCALHOST, 24, None, Some(BadAddress::NotAHost)),
        (Ipv4Addr::new(224, 0, 0, 9), 24, None, Some(BadAddress::NotAHost)),
        (Ipv4Addr::new(240, 0, 0, 9), 24, None, Some(BadAddress::NotAHost)),
        (host, 24, Some(host), Some(BadAddress::Gateway)),
        (host, 24, Some(Ipv4Addr::new(192, 168, 2, 1)), Some(BadAddress::Gateway)),
        (host, 24, Some(Ipv4Addr::new(192, 168, 1, 255)), Some(BadAddress::Gateway)),
    ];
    for (address, prefix, gateway, wrong) in cases {
        assert_eq!(Ipv4Config::new(address, prefix, gateway, None).err(), wrong, "{address}/{prefix} {gateway:?}");
    }
}
