//! What the door remembers: tokens as they are kept, keys of commands, tags.

use kiln_core::units::WallClock;

use super::super::idempotency::Key;
use super::super::kept::{self, Unreadable};
use super::super::{Fingerprint, Idempotency, Replay, Token, TokenId, expectation, if_match, if_none_match};
use super::*;

fn three() -> Tokens {
    let mut tokens = Tokens::new();
    for (name, secret, wall) in [("phone", 1, None), ("Büro", 2, Some(0)), ("x", 3, Some(1_795_000_000_000))] {
        let wall = wall.map(WallClock::from_unix_millis);
        tokens.issue(TokenName::new(name).expect("a name"), wall, [secret; 16]).expect("room");
    }
    tokens.revoke(TokenId::new(0)).expect("there");
    tokens
}

#[test]
fn a_token_is_read_as_it_is_written_and_nothing_else_is() {
    let token = Token::new(SECRET);
    let written = std::format!("{token}");
    assert_eq!(std::format!("{token:?}"), "Token(..)");
    assert_eq!(written, &BEARER[7..]);
    assert!(Token::read(&written).is_some() && Token::read(&written.to_uppercase()).is_some());
    for bad in [
        "",
        "3",
        "+031323334353637383961626364656",
        "3031323334353637383961626364656g",
        " 0313233343536373839616263646566",
    ] {
        assert!(Token::read(bad).is_none(), "{bad}");
    }
}

#[test]
fn what_is_kept_comes_back_and_names_no_secret() {
    let tokens = three();
    let bytes = kept::write(&tokens);
    let back = kept::read(&bytes).expect("sound");
    let named = |tokens: &Tokens| -> std::vec::Vec<_> {
        tokens.entries().iter().map(|entry| (entry.id, entry.name.clone(), entry.paired)).collect()
    };
    assert_eq!(named(&back), named(&tokens));
    assert_eq!(back.find(&Token::new([3; 16])), Some(TokenId::new(2)));
    assert_eq!(back.find(&Token::new([1; 16])), None, "revoked");
    assert!(!bytes.windows(16).any(|window| window == [3; 16]), "the secret is not there");
    assert_eq!(back.next_number(), 3);
}

#[test]
fn a_record_with_anything_wrong_is_refused_whole() {
    let sound = kept::write(&three());
    for end in 0..sound.len() {
        assert_eq!(kept::read(&sound[..end]).err(), Some(Unreadable::Damaged), "cut at {end}");
    }
    let spoiled = |at: usize, byte: u8| {
        let mut bytes = sound.clone();
        bytes[at] = byte;
        kept::read(&bytes).err()
    };
    assert_eq!(spoiled(2, 2), Some(Unreadable::Newer(2)));
    let each = (sound.len() - 8) / 2;
    let cases =
        [("mark", 0, 0), ("format", 2, 0), ("count", 3, 1), ("count", 3, 9), ("next", 4, 2), ("id", 8 + each, 1)];
    let more = [
        ("name's length", 8 + 12, 33),
        ("name's length", 8 + 12, 0),
        ("rest of the name", 8 + 13 + 31, 1),
        ("UTF-8", 8 + 14, 0xff),
    ];
    for (what, at, byte) in cases.into_iter().chain(more) {
        assert_eq!(spoiled(at, byte), Some(Unreadable::Damaged), "{what}");
    }
    let mut longer = std::vec::Vec::from(sound.as_slice());
    longer.push(0);
    assert!(kept::read(&longer).is_err());
}

#[test]
fn a_command_that_comes_twice_is_known_for_eight_commands() {
    fn key(text: &str) -> Key<'_> {
        Key::judge(Field::Once(text)).expect("sound").expect("there")
    }
    let mut memory = Idempotency::<u32>::new();
    let run: &[&[u8]] = &[b"POST", b"/api/run", b"{\"profile\":\"a\"}"];
    let other: &[&[u8]] = &[b"POST", b"/api/run", b"{\"profile\":\"b\"}"];
    assert_eq!(memory.look_up(key("k1"), run), Ok(Replay::New));
    memory.remember(key("k1"), run, 41);
    assert_eq!(memory.look_up(key("k1"), run), Ok(Replay::Known(41)));
    assert_eq!(memory.look_up(key("k1"), other).map_err(|no| (no.status(), no.code())), Err((422, "key_reused")));
    assert_eq!(memory.look_up(key("K1"), run), Ok(Replay::New), "letter case counts");
    for n in 0..7_u32 {
        memory.remember(key(&std::format!("later {n}")), run, n);
    }
    assert_eq!(memory.look_up(key("k1"), run), Ok(Replay::Known(41)), "seven later ones");
    memory.remember(key("the eighth"), run, 50);
    assert_eq!(memory.look_up(key("k1"), run), Ok(Replay::New));
    for bad in [Field::Once(""), Field::Malformed, Field::Once("x".repeat(65).leak())] {
        assert_eq!(Key::judge(bad).map_err(|no| no.status()), Err(400));
    }
    assert_eq!(Key::judge(Field::Absent), Ok(None));
}

#[test]
fn parts_of_a_request_do_not_run_into_one_another() {
    let cases: [&[&[u8]]; 4] = [&[b"ab", b"c"], &[b"a", b"bc"], &[b"abc"], &[b"abc", b""]];
    for (i, one) in cases.iter().enumerate() {
        for (j, other) in cases.iter().enumerate() {
            assert_eq!(Fingerprint::of(one).is(&Fingerprint::of(other)), i == j);
        }
    }
}

#[test]
fn a_stale_expectation_is_refused() {
    let cases = [
        (Field::Absent, Some("a"), Ok(())),
        (Field::Absent, None, Ok(())),
        (Field::Once("\"a\""), Some("a"), Ok(())),
        (Field::Once("\"b\", \"a\""), Some("a"), Ok(())),
        (Field::Once("*"), Some("a"), Ok(())),
        (Field::Once("*"), None, Err(409)),
        (Field::Once("\"a\""), None, Err(409)),
        (Field::Once("\"b\""), Some("a"), Err(409)),
        (Field::Once("W/\"a\""), Some("a"), Err(409)),
        (Field::Once("a"), Some("a"), Err(409)),
        (Field::Once("\""), Some(""), Err(409)),
        (Field::Malformed, Some("a"), Err(400)),
    ];
    for (header, there, wanted) in cases {
        assert_eq!(if_match(header, there).map_err(|no| no.status()), wanted, "{header:?} {there:?}");
    }
    let runs = [
        (None, None, true),
        (None, Some("r"), true),
        (Some("r"), Some("r"), true),
        (Some("r"), None, false),
        (Some("r"), Some("s"), false),
    ];
    for (expected, there, sound) in runs {
        assert_eq!(expectation::run(expected, there).is_ok(), sound, "{expected:?} {there:?}");
    }
}

#[test]
fn an_unchanged_document_is_not_sent_again() {
    let cases = [
        (Field::Absent, Some("a"), false),
        (Field::Once("\"a\""), Some("a"), true),
        (Field::Once("W/\"a\""), Some("a"), true),
        (Field::Once("\"b\",W/\"a\""), Some("a"), true),
        (Field::Once("*"), Some("a"), true),
        (Field::Once("*"), None, false),
        (Field::Once("\"b\""), Some("a"), false),
        (Field::Malformed, Some("a"), false),
    ];
    for (header, there, same) in cases {
        assert_eq!(if_none_match(header, there), same, "{header:?} {there:?}");
    }
}

#[test]
fn the_door_is_small() {
    // Memory of the HTTP side is counted as a whole; this part of it is a twentieth.
    assert!(size_of::<Door>() + size_of::<super::super::Admission<4>>() + size_of::<Idempotency<u32>>() <= 3072);
}
