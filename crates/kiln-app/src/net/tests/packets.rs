//! Datagrams: DHCP and DNS as they come, and as nobody should send them.

use core::net::Ipv4Addr;

use super::super::captive::{DNS_BYTES, PAGE, answer_dns, redirect};
use super::super::dhcp::Dhcp;
use super::*;
use crate::dice::Dice;
use crate::door::{Interface, Method};

/// A client's datagram (RFC 2131, figure 1): its kind, its hardware address, the address it wants.
fn client(kind: u8, last: u8, wants: Option<Ipv4Addr>) -> std::vec::Vec<u8> {
    let mut out = std::vec![1, 1, 6, 0, 9, 9, 9, last];
    out.resize(28, 0);
    out.extend([2, 0, 0, 0, 0, last]);
    out.resize(236, 0);
    out.extend([99, 130, 83, 99, 53, 1, kind]);
    if let Some(address) = wants {
        out.extend([50, 4]);
        out.extend(address.octets());
    }
    out.push(255);
    out
}

/// What an answer says: its kind, the address given, whether a gateway and a name server are named.
fn told(answer: &[u8]) -> (u8, Ipv4Addr, bool, bool) {
    let given = Ipv4Addr::new(answer[16], answer[17], answer[18], answer[19]);
    let (mut at, mut kind, mut gateway, mut dns) = (240, 0, false, false);
    while answer[at] != 255 {
        match answer[at] {
            53 => kind = answer[at + 2],
            3 => gateway = true,
            6 => dns = true,
            _ => {}
        }
        at += 2 + usize::from(answer[at + 1]);
    }
    (kind, given, gateway, dns)
}

#[test]
fn a_phone_and_a_laptop_get_addresses_of_their_networks() {
    let cases = [(Dhcp::of_setup_access_point(), [192, 168, 4], true), (Dhcp::of_usb(), [192, 168, 7], false)];
    for (mut dhcp, network, leads) in cases {
        let offer = dhcp.answer(&client(1, 7, None), at(0)).expect("an offer");
        let (kind, given, gateway, dns) = told(offer.bytes());
        assert_eq!((kind, gateway, dns), (2, leads, leads));
        assert!(given.octets().starts_with(&network) && (2..=15).contains(&given.octets()[3]), "{given}");
        let ack = dhcp.answer(&client(3, 7, Some(given)), at(100)).expect("an answer");
        assert_eq!((told(ack.bytes()).0, told(ack.bytes()).1), (5, given));
        let again = dhcp.answer(&client(1, 7, None), at(200)).expect("an offer");
        assert_eq!(told(again.bytes()).1, given, "the same one again");
        let stolen = dhcp.answer(&client(3, 8, Some(given)), at(300));
        assert!(stolen.is_none_or(|answer| told(answer.bytes()).0 == 6), "not to another");
    }
}

#[test]
fn four_have_addresses_and_a_fifth_gets_one_when_they_are_gone() {
    let mut dhcp = Dhcp::of_setup_access_point();
    for last in 1..=4 {
        let offer = dhcp.answer(&client(1, last, None), at(0)).expect("an offer");
        let given = told(offer.bytes()).1;
        assert_eq!(told(dhcp.answer(&client(3, last, Some(given)), at(1)).expect("an answer").bytes()).0, 5);
    }
    assert!(dhcp.answer(&client(1, 5, None), at(2)).is_none() && dhcp.leases() == 4);
    assert!(dhcp.answer(&client(1, 5, None), at(601_000)).is_some(), "ten minutes later");
}

#[test]
fn dhcp_noise_is_survived() {
    let mut dice = Dice::new(0xD4C9);
    let mut dhcp = Dhcp::of_usb();
    for round in 0..50_000 {
        let last = dice.next().to_le_bytes()[0];
        let mut datagram = client(dice.next().to_le_bytes()[1] % 10, last, Some(Ipv4Addr::from_bits(u32::MAX)));
        for _ in 0..dice.below(6) {
            let at = usize::try_from(dice.below(u64::try_from(datagram.len()).expect("small"))).expect("small");
            datagram[at] = dice.next().to_le_bytes()[2];
        }
        datagram.truncate(usize::try_from(dice.below(300)).expect("small"));
        let answer = dhcp.answer(&datagram, at(round * 50));
        assert!(answer.is_none_or(|answer| answer.bytes().len() <= 576) && dhcp.leases() <= 4);
    }
}

/// A question of the DNS.
fn question(flags: u8, name: &[&str], kind: u16) -> std::vec::Vec<u8> {
    let mut out = std::vec![0xab, 0xcd, flags, 0, 0, 1, 0, 0, 0, 0, 0, 0];
    for label in name {
        out.push(u8::try_from(label.len()).expect("short"));
        out.extend(label.as_bytes());
    }
    out.push(0);
    out.extend(kind.to_be_bytes());
    out.extend([0, 1]);
    out
}

#[test]
fn every_name_is_ours_on_the_access_point() {
    let query = question(1, &["captive", "apple", "com"], 1);
    let answer = answer_dns(&query).expect("an answer");
    assert_eq!(answer[..12], [0xab, 0xcd, 0x85, 0x80, 0, 1, 0, 1, 0, 0, 0, 0]);
    assert_eq!(answer[12..query.len()], query[12..]);
    assert_eq!(answer[query.len()..], [0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 10, 0, 4, 192, 168, 4, 1]);
    let answer = answer_dns(&question(0, &["a"], 28)).expect("no such record, but such a name");
    assert_eq!((answer[2], answer[7], answer.len()), (0x84, 0, 19));
}

#[test]
fn what_is_no_question_gets_no_answer() {
    let sound = question(1, &["kiln"], 1);
    for end in 0..sound.len() {
        assert!(answer_dns(&sound[..end]).is_none(), "cut at {end}");
    }
    let spoil = |at: usize, byte: u8| {
        let mut query = sound.clone();
        query[at] = byte;
        answer_dns(&query)
    };
    let cases = [("an answer", 2, 0x81), ("another kind", 2, 0x10), ("cut short", 2, 0x02), ("no question", 5, 0)];
    let more =
        [("two questions", 5, 2), ("many questions", 4, 1), ("a name elsewhere", 12, 0xc0), ("a long label", 12, 64)];
    for (what, at, byte) in cases.into_iter().chain(more) {
        assert!(spoil(at, byte).is_none(), "{what}");
    }
    let label = "l".repeat(63);
    assert!(answer_dns(&question(1, &[&label, &label, &label], 1)).is_some());
    assert!(answer_dns(&question(1, &[&label, &label, &label, &label], 1)).is_none(), "a name of 257 bytes");
    assert!(answer_dns(&question(1, &[&"l".repeat(64)], 1)).is_none(), "a label of 64 bytes");
    let mut long = sound.clone();
    long.resize(DNS_BYTES + 1, 0);
    assert!(answer_dns(&long).is_none());
}

#[test]
fn dns_noise_is_survived() {
    let mut dice = Dice::new(0xD25);
    let sound = question(1, &["connectivitycheck", "gstatic", "com"], 1);
    for _ in 0..100_000 {
        let mut query = sound.clone();
        for _ in 0..dice.below(5) {
            let at = usize::try_from(dice.below(u64::try_from(query.len()).expect("small"))).expect("small");
            query[at] = dice.next().to_le_bytes()[6];
        }
        assert!(answer_dns(&query).is_none_or(|answer| answer.len() <= query.len() + 16), "no amplifier");
        assert!(answer_dns(&dice.bytes(64)).is_none_or(|answer| answer.len() <= 80));
    }
}

#[test]
fn phones_are_led_to_the_page_on_the_access_point_only() {
    let (ap, get) = (Interface::SetupAccessPoint, Method::Get);
    let cases = [
        (ap, get, "/generate_204", false, true),
        (ap, get, "/generate_204", true, true),
        (ap, Method::Head, "/hotspot-detect.html", false, true),
        (ap, get, "/anything/else", false, true),
        (ap, get, "/", true, false),
        (ap, get, "/api/status", true, false),
        (ap, get, "/api/status", false, false),
        (ap, Method::Post, "/generate_204", false, false),
        (Interface::Station, get, "/generate_204", false, false),
        (Interface::Usb, get, "/hotspot-detect.html", true, false),
        (Interface::Loopback, get, "/ncsi.txt", true, false),
    ];
    for (interface, method, path, ours, led) in cases {
        let wanted = led.then_some(PAGE);
        assert_eq!(redirect(interface, method, path, ours), wanted, "{interface:?} {method:?} {path} {ours}");
    }
}
