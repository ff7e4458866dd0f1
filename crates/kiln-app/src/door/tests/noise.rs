//! Anything at all comes to the door: it never gives up, and never opens by chance.

use super::super::kept;
use super::*;
use crate::dice::Dice;

const HEADERS: [&str; 8] =
    ["Host", "ORIGIN", "sec-fetch-site", "Content-Type", "authorization", "X-Kiln", "X-Kiln-Code", "Cookie"];
const VALUES: [&[u8]; 22] = [
    b"pico-kiln.local",
    b"pico-kiln.local:80",
    b"192.168.1.23",
    b"evil.com",
    b"http://pico-kiln.local",
    b"http://192.168.1.23",
    b"tauri://localhost",
    b"null",
    b"same-origin",
    b"cross-site",
    b"application/json",
    b"text/plain",
    b"Bearer 30313233343536373839616263646567",
    b"Bearer ",
    b"bearer",
    b"stop",
    b"000000",
    b"",
    b"\xff\xfe",
    b"a\r\nHost: b",
    b"  \t ",
    b"Bearer 3031323334353637383961626364656",
];
const METHODS: [Method; 7] =
    [Method::Get, Method::Head, Method::Options, Method::Post, Method::Put, Method::Patch, Method::Delete];

#[test]
fn a_hundred_thousand_mixed_requests_without_a_token_change_nothing() {
    let mut dice = Dice::new(0xD00F);
    let mut door = door();
    let before = kept::write(&door.tokens);
    for _ in 0..100_000 {
        let junk = dice.bytes(40);
        let mut headers = Headers::default();
        for _ in 0..dice.below(9) {
            let value = if dice.below(4) == 0 { junk.as_slice() } else { dice.pick(&VALUES) };
            headers.note(dice.pick(&HEADERS), value);
        }
        let method = dice.pick(&METHODS);
        let need = dice.pick(&[Need::Open, Need::Token, Need::Local, Need::Stop]);
        let interface = dice.pick(&[Interface::Station, Interface::Loopback]);
        let body = dice.pick(&[Body::None, Body::Chunked, Body::Length(2), Body::Length(usize::MAX)]);
        let idle = dice.below(2) == 0;
        let asked = Asked { peer: Peer { interface, ..PHONE }, method, need, body, body_limit: 4096, headers, idle };
        let verdict = door.judge(&asked, at(dice.below(1 << 40)));
        let permit = verdict.is_ok_and(|permit| !permit.preflight);
        assert!(!permit || matches!(need, Need::Open | Need::Stop), "{asked:?}");
        assert!(!permit || need != Need::Stop || headers.x_kiln == Field::Once("stop"));
    }
    assert_eq!(kept::write(&door.tokens), before);
}

#[test]
fn records_of_noise_are_refused_or_sound() {
    let mut dice = Dice::new(0x5EED);
    let sound = kept::write(&door().tokens);
    for _ in 0..20_000 {
        let mut bytes = std::vec::Vec::from(sound.as_slice());
        for _ in 0..=dice.below(3) {
            let at = usize::try_from(dice.below(u64::try_from(bytes.len()).expect("small"))).expect("small");
            bytes[at] = dice.next().to_le_bytes()[3];
        }
        if let Ok(tokens) = kept::read(&bytes) {
            assert_eq!(kept::write(&tokens).as_slice(), bytes, "what is taken is what was written");
        }
        assert!(kept::read(&dice.bytes(700)).is_err());
    }
}
