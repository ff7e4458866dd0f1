//! Pairing and nearness: codes, tries, pauses.

use kiln_core::units::{Millis, WallClock};

use super::super::limits::{CODE_PAUSE_LONGEST, TOKENS};
use super::super::{Code, Codes, Kind, LocalBy, Purpose, TokenId};
use super::*;

const RANDOM: u64 = 907_431;
const RIGHT: &str = "134709";

#[test]
fn a_code_is_six_digits_of_the_random_number() {
    let cases = [(0, "000000"), (RANDOM, RIGHT), (1_000_000, "000000"), (u64::MAX, "516155")];
    for (random, digits) in cases {
        assert_eq!(std::format!("{}", Code::new(random)), digits);
        assert_eq!(std::format!("{:?}", Code::new(random)), "Code(..)");
    }
}

#[test]
fn a_code_pairs_once_within_two_minutes() {
    let wall = Some(WallClock::from_unix_millis(1_795_000_000_000));
    let (mut door, pair) = (door(), |door: &mut Door, code: &str, ms: u64| {
        door.pair(code, "laptop", PHONE, (at(ms), wall), [7; 16]).map(|(id, _)| id).map_err(|refusal| refusal.code())
    });
    assert_eq!(pair(&mut door, RIGHT, 0), Err("code_not_shown"));
    door.codes.show(Purpose::Pairing, at(0), RANDOM).expect("no pause");
    assert_eq!(pair(&mut door, "134708", 1), Err("code_wrong"));
    assert_eq!(pair(&mut door, "", 1), Err("code_wrong"));
    assert_eq!(pair(&mut door, "1347090", 1), Err("code_wrong"));
    assert_eq!(pair(&mut door, RIGHT, 119_999), Ok(TokenId::new(1)));
    assert_eq!(pair(&mut door, RIGHT, 119_999), Err("code_not_shown"), "good once");
    door.codes.show(Purpose::Pairing, at(200_000), RANDOM).expect("no pause");
    assert_eq!(pair(&mut door, RIGHT, 320_000), Err("code_not_shown"), "two minutes");
    let mut asked = asked(Method::Post, Need::Token);
    asked.headers.authorization = Field::Once("Bearer 07070707070707070707070707070707");
    assert_eq!(door.judge(&asked, at(0)).map(|permit| permit.token), Ok(Some(TokenId::new(1))));
    door.revoke(TokenId::new(1), PHONE).expect("there");
    assert_eq!(outcome(&door.judge(&asked, at(0))), (401, "token_unknown"), "revoked");
}

#[test]
fn five_wrong_tries_make_everybody_wait_longer_each_time() {
    let mut codes = Codes::new();
    let mut now = at(5);
    let mut waits = std::vec::Vec::new();
    for _ in 0..7 {
        codes.show(Purpose::Pairing, now, RANDOM).expect("no pause");
        for tries_left in (1..5).rev() {
            let taken = codes.take(Purpose::Pairing, "999999", now);
            assert_eq!(taken, Err(Refusal::CodeWrong { tries_left }));
        }
        let Err(Refusal::CodePaused { wait }) = codes.take(Purpose::Pairing, "999999", now) else { panic!("no pause") };
        let early = now + wait.saturating_sub(Millis::new(1));
        assert!(codes.show(Purpose::Pairing, early, RANDOM).is_err(), "no code is shown in the pause");
        assert!(matches!(codes.take(Purpose::Pairing, RIGHT, early), Err(Refusal::CodePaused { .. })));
        waits.push(wait.get() / 1000);
        now = now + wait;
    }
    assert_eq!(waits, [60, 120, 240, 480, 960, 960, 960]);
    assert_eq!(CODE_PAUSE_LONGEST.get(), 960_000);
    codes.show(Purpose::Pairing, now, RANDOM).expect("after the pause");
    codes.take(Purpose::Pairing, RIGHT, now).expect("right");
    codes.show(Purpose::Pairing, now, RANDOM).expect("forgiven");
}

#[test]
fn guessing_without_a_code_shown_locks_nobody_out() {
    let mut door = door();
    for ms in 0..1000 {
        let tried = door.pair("000000", "thief", PHONE, (at(ms), None), [0; 16]);
        assert_eq!(tried.expect_err("nothing shown").code(), "code_not_shown");
    }
    door.codes.show(Purpose::Pairing, at(1000), RANDOM).expect("no pause");
    assert!(door.pair(RIGHT, "owner", PHONE, (at(1001), None), [1; 16]).is_ok());
}

#[test]
fn a_full_list_or_a_bad_name_costs_no_try() {
    let mut door = door();
    for _ in 1..TOKENS {
        door.codes.show(Purpose::Pairing, at(0), RANDOM).expect("no pause");
        door.pair(RIGHT, "one more", PHONE, (at(1), None), [1; 16]).expect("room");
    }
    door.codes.show(Purpose::Pairing, at(0), RANDOM).expect("no pause");
    let full = door.pair(RIGHT, "ninth", PHONE, (at(1), None), [1; 16]).expect_err("full");
    assert_eq!((full.status(), full.code(), full.param()), (409, "tokens_full", Some(("limit", 8))));
    for name in ["", "   ", "a\nb", "x".repeat(33).as_str(), "\u{7f}"] {
        let refused = door.pair(RIGHT, name, PHONE, (at(1), None), [1; 16]).expect_err("bad name");
        assert_eq!((refused.status(), refused.code()), (422, "token_name_refused"), "{name:?}");
    }
    door.revoke(TokenId::new(3), PHONE).expect("there");
    let (id, _) = door.pair(RIGHT, "Töpferei", PHONE, (at(1), None), [1; 16]).expect("room again");
    assert_eq!(id, TokenId::new(8), "numbers do not come again");
}

/// Each way to be near, and what it opens.
#[test]
fn nearness_is_a_cable_at_rest_or_a_fresh_code() {
    let cases = [
        (Interface::Usb, true, None, Ok(LocalBy::Interface)),
        (Interface::SetupAccessPoint, true, None, Ok(LocalBy::Interface)),
        (Interface::Usb, false, None, Err("local_needed")),
        (Interface::Station, true, None, Err("local_needed")),
        (Interface::Station, true, Some(RIGHT), Ok(LocalBy::Code)),
        (Interface::Station, false, Some(RIGHT), Ok(LocalBy::Code)),
        (Interface::Loopback, true, Some(RIGHT), Ok(LocalBy::Code)),
        (Interface::Station, true, Some("134708"), Err("code_wrong")),
        (Interface::Usb, true, Some("134708"), Err("code_wrong")),
    ];
    for (interface, idle, code, wanted) in cases {
        let mut door = door();
        door.codes.show(Purpose::Local, at(0), RANDOM).expect("no pause");
        let mut asked = asked(Method::Post, Need::Local);
        (asked.peer.interface, asked.idle) = (interface, idle);
        asked.headers.x_kiln_code = code.map_or(Field::Absent, Field::Once);
        let verdict = door.judge(&asked, at(1)).map(|permit| permit.local.expect("local")).map_err(|no| no.code());
        assert_eq!(verdict, wanted, "{interface:?} {idle} {code:?}");
        if code == Some(RIGHT) {
            assert_eq!(outcome(&door.judge(&asked, at(2))), (403, "code_not_shown"), "good once");
        }
    }
}

#[test]
fn a_pairing_code_opens_nothing_local_and_a_stranger_cannot_spend_its_tries() {
    let mut door = door();
    door.codes.show(Purpose::Pairing, at(0), RANDOM).expect("no pause");
    let mut local = asked(Method::Post, Need::Local);
    local.headers.x_kiln_code = Field::Once(RIGHT);
    assert_eq!(outcome(&door.judge(&local, at(1))), (403, "code_not_shown"));
    door.codes.show(Purpose::Local, at(0), RANDOM).expect("no pause");
    let mut write = asked(Method::Patch, Need::Token);
    (write.headers.x_kiln_code, write.headers.authorization) = (Field::Once("000000"), Field::Absent);
    for _ in 0..10 {
        assert_eq!(outcome(&door.judge(&write, at(1))), (401, "token_missing"));
    }
    (write.headers.x_kiln_code, write.headers.authorization) = (Field::Once(RIGHT), Field::Once(BEARER));
    assert_eq!(door.judge(&write, at(1)).map(|permit| permit.local), Ok(Some(LocalBy::Code)));
}

#[test]
fn the_log_hears_of_failures_and_changes_once_each() {
    let mut door = door();
    let mut bad = asked(Method::Post, Need::Token);
    bad.headers.authorization = Field::Once("Bearer x");
    for _ in 0..5 {
        assert!(door.judge(&bad, at(0)).is_err());
    }
    door.codes.show(Purpose::Pairing, at(0), RANDOM).expect("no pause");
    door.pair(RIGHT, "laptop", PHONE, (at(1), None), [1; 16]).expect("paired");
    door.revoke(TokenId::new(1), PHONE).expect("there");
    let told: std::vec::Vec<_> = core::iter::from_fn(|| door.audit.next_event()).map(|e| (e.kind, e.times)).collect();
    assert_eq!(told, [(Kind::TokenRefused, 5), (Kind::Paired, 1), (Kind::Revoked, 1)]);
    for last in 0..20 {
        bad.peer.address = Ipv4Addr::new(10, 0, 0, last);
        assert!(door.judge(&bad, at(0)).is_err());
    }
    assert_eq!(core::iter::from_fn(|| door.audit.next_event()).count(), 8);
    assert_eq!((door.audit.take_lost(), door.audit.take_lost()), (12, 0));
}
