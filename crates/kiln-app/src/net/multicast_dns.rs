//! The datagrams of multicast DNS: asking whether a name is free, saying that it is ours, hearing what others say.
//!
//! Three records are told: the address of `<name>.local`, and that a page is served there (RFC 6763). Every answer tells
//! all of them: they are few, and whoever asks for one asks for the next. When to send is decided by [`Announcer`] and
//! [`Responder`]; the formats are those of RFC 1035, section 4, and RFC 6762.

use core::net::Ipv4Addr;

use kiln_core::units::{Instant, Millis};

use super::mdns::{Announcer, Send};
use super::name::HostName;

/// Where everybody listens (RFC 6762, section 3).
pub const GROUP: Ipv4Addr = Ipv4Addr::new(224, 0, 0, 251);
/// The port.
pub const PORT: u16 = 5353;
/// The longest datagram that is sent; the longest that is read.
pub const BYTES: usize = 512;
/// Answers go out at most so often (RFC 6762, section 6); a probe is answered at once.
const ANSWER_EVERY: Millis = Millis::from_seconds(1);
/// An announcement is repeated once after this (RFC 6762, section 8.3).
const REPEAT_AFTER: Millis = Millis::from_seconds(1);

/// Seconds for which an address may be remembered, and a service (RFC 6762, section 10).
const TTL_HOST: u32 = 120;
const TTL_SERVICE: u32 = 4500;

const TYPE_A: u16 = 1;
const TYPE_PTR: u16 = 12;
const TYPE_TXT: u16 = 16;
const TYPE_SRV: u16 = 33;
const TYPE_ANY: u16 = 255;
const CLASS_IN: u16 = 1;
const CLASS_ANY: u16 = 255;
/// In an answer: these are all records of this name; in a question: an answer to me alone will do.
const TOP_BIT: u16 = 0x8000;
/// An answer, with authority.
const RESPONSE: u16 = 0x8400;

const SERVICE: [&str; 3] = ["_http", "_tcp", "local"];
/// What the service says of itself (RFC 6763, section 6): a companion app knows a kiln by it, and asks nobody else.
pub const PRODUCT: &str = "product=pico-kiln";
const SERVICES: [&str; 4] = ["_services", "_dns-sd", "_udp", "local"];

/// What is told of the controller.
#[derive(Clone, Copy, Debug)]
pub struct Told<'a> {
    /// Its name.
    pub name: &'a HostName,
    /// Its address on this network.
    pub address: Ipv4Addr,
    /// The port of its page.
    pub port: u16,
}

/// A datagram to be sent to the group.
pub type Datagram = heapless::Vec<u8, BYTES>;

/// What somebody else said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heard {
    /// Nothing that is about us.
    Nothing,
    /// A question about us.
    Question,
    /// A question whether our name is free, from somebody who wants it.
    Probe {
        /// Whether theirs comes after ours in the order that decides (RFC 6762, section 8.2).
        wins: bool,
    },
    /// Somebody has our name.
    Conflict,
}

/// Asks whether the name is free, and says what we would tell under it.
pub fn probe(told: &Told<'_>) -> Option<Datagram> {
    let mut out = header(0, 1, 0, 1)?;
    name(&mut out, &[told.name.as_str(), "local"])?;
    number(&mut out, TYPE_ANY)?;
    number(&mut out, CLASS_IN)?;
    host(&mut out, told, CLASS_IN)?;
    Some(out)
}

/// Says everything.
pub fn announcement(told: &Told<'_>) -> Option<Datagram> {
    let mut out = header(RESPONSE, 0, 5, 0)?;
    let instance = [told.name.as_str(), "_http", "_tcp", "local"];
    host(&mut out, told, CLASS_IN | TOP_BIT)?;
    record(&mut out, &SERVICE, (TYPE_PTR, CLASS_IN, TTL_SERVICE), |out| name(out, &instance))?;
    record(&mut out, &SERVICES, (TYPE_PTR, CLASS_IN, TTL_SERVICE), |out| name(out, &SERVICE))?;
    record(&mut out, &instance, (TYPE_SRV, CLASS_IN | TOP_BIT, TTL_HOST), |out| {
        // Priority and weight: there is one of us.
        out.extend_from_slice(&[0; 4]).ok()?;
        number(out, told.port)?;
        name(out, &[told.name.as_str(), "local"])
    })?;
    record(&mut out, &instance, (TYPE_TXT, CLASS_IN | TOP_BIT, TTL_SERVICE), |out| {
        let length = u8::try_from(PRODUCT.len()).ok()?;
        out.push(length).ok()?;
        out.extend_from_slice(PRODUCT.as_bytes()).ok()
    })?;
    Some(out)
}

/// Reads what somebody sent. What cannot be read says nothing.
pub fn hear(datagram: &[u8], told: &Told<'_>) -> Heard {
    read(datagram, told).unwrap_or(Heard::Nothing)
}

fn read(datagram: &[u8], told: &Told<'_>) -> Option<Heard> {
    let mut reader = Reader { bytes: datagram, at: 2 };
    let flags = reader.number()?;
    let [questions, answers, authorities, _more] =
        [reader.number()?, reader.number()?, reader.number()?, reader.number()?];
    // Only standard queries and answers without an error are heard (RFC 6762, 18.3 and 18.11).
    if flags & 0x780f != 0 {
        return None;
    }
    let host = [told.name.as_str(), "local"];
    if flags & 0x8000 != 0 {
        for _ in 0..answers {
            if let Some(theirs) = reader.record_of(&host)?.address.filter(|theirs| *theirs != told.address.octets()) {
                return Some(if theirs == [0; 4] { Heard::Nothing } else { Heard::Conflict });
            }
        }
        return None;
    }
    let mut asked = false;
    for _ in 0..questions {
        asked |= reader.asks_for(told)?;
    }
    for _ in 0..answers {
        // What the other knows already.
        reader.record_of(&host)?;
    }
    for _ in 0..authorities {
        if let Some(theirs) = reader.record_of(&host)?.address.filter(|theirs| *theirs != told.address.octets()) {
            return Some(Heard::Probe { wins: theirs > told.address.octets() });
        }
    }
    asked.then_some(Heard::Question)
}

/// What a record says.
struct Record {
    /// The address of the name that was looked for.
    address: Option<[u8; 4]>,
}

/// A datagram being read. Every step moves on or ends.
struct Reader<'d> {
    bytes: &'d [u8],
    at: usize,
}

impl<'d> Reader<'d> {
    fn take(&mut self, count: usize) -> Option<&'d [u8]> {
        let end = self.at.checked_add(count)?;
        let taken = self.bytes.get(self.at..end)?;
        self.at = end;
        Some(taken)
    }

    fn number(&mut self) -> Option<u16> {
        self.take(2)?.first_chunk::<2>().map(|bytes| u16::from_be_bytes(*bytes))
    }

    /// Reads a name; whether it is this one. Compressed names lead backwards only (RFC 1035, 4.1.4).
    fn is_name(&mut self, wanted: &[&str]) -> Option<bool> {
        let (mut at, mut end, mut earliest) = (self.at, None, self.at);
        let (mut rest, mut same) = (wanted.iter(), true);
        loop {
            let length = usize::from(*self.bytes.get(at)?);
            match length >> 6 {
                0 if length == 0 => break,
                0 => {
                    let label = self.bytes.get(at.checked_add(1)?..)?.get(..length)?;
                    same &= rest.next().is_some_and(|ours| ours.as_bytes().eq_ignore_ascii_case(label));
                    at = at.checked_add(length)?.checked_add(1)?;
                }
                3 => {
                    let low = usize::from(*self.bytes.get(at.checked_add(1)?)?);
                    end = end.or(Some(at.checked_add(2)?));
                    at = (length & 0x3f) << 8 | low;
                    if at >= earliest {
                        return None;
                    }
                    earliest = at;
                }
                _ => return None,
            }
        }
        self.at = end.unwrap_or(at.checked_add(1)?);
        Some(same && rest.next().is_none())
    }

    /// Reads a question; whether one of our records answers it.
    fn asks_for(&mut self, told: &Told<'_>) -> Option<bool> {
        let start = self.at;
        let ours: [(&[&str], &[u16]); 4] = [
            (&[told.name.as_str(), "local"], &[TYPE_A]),
            (&SERVICE, &[TYPE_PTR]),
            (&SERVICES, &[TYPE_PTR]),
            (&[told.name.as_str(), "_http", "_tcp", "local"], &[TYPE_SRV, TYPE_TXT]),
        ];
        let mut kinds: &[u16] = &[];
        for (name, has) in ours {
            self.at = start;
            if self.is_name(name)? {
                kinds = has;
                break;
            }
        }
        let (kind, class) = (self.number()?, self.number()? & !TOP_BIT);
        let wanted = kinds.contains(&kind) || kind == TYPE_ANY && !kinds.is_empty();
        Some(wanted && (class == CLASS_IN || class == CLASS_ANY))
    }

    /// Reads a record; what it says of this name.
    fn record_of(&mut self, wanted: &[&str]) -> Option<Record> {
        let named = self.is_name(wanted)?;
        let (kind, class) = (self.number()?, self.number()? & !TOP_BIT);
        self.take(4)?;
        let length = self.number()?;
        let data = self.take(usize::from(length))?;
        let ours = named && kind == TYPE_A && class == CLASS_IN;
        Some(Record { address: data.first_chunk::<4>().filter(|_| ours && data.len() == 4).copied() })
    }
}

fn header(flags: u16, questions: u16, answers: u16, authorities: u16) -> Option<Datagram> {
    let mut out = Datagram::new();
    for field in [0, flags, questions, answers, authorities, 0] {
        number(&mut out, field)?;
    }
    Some(out)
}

fn number(out: &mut Datagram, value: u16) -> Option<()> {
    out.extend_from_slice(&value.to_be_bytes()).ok()
}

/// A name, written out: our few records fit without compression.
fn name(out: &mut Datagram, labels: &[&str]) -> Option<()> {
    for label in labels {
        out.push(u8::try_from(label.len()).ok().filter(|length| *length <= 63)?).ok()?;
        out.extend_from_slice(label.as_bytes()).ok()?;
    }
    out.push(0).ok()
}

fn record(
    out: &mut Datagram,
    owner: &[&str],
    (kind, class, ttl): (u16, u16, u32),
    data: impl FnOnce(&mut Datagram) -> Option<()>,
) -> Option<()> {
    name(out, owner)?;
    number(out, kind)?;
    number(out, class)?;
    out.extend_from_slice(&ttl.to_be_bytes()).ok()?;
    let place = out.len();
    number(out, 0)?;
    let begin = out.len();
    data(out)?;
    let length = u16::try_from(out.len().checked_sub(begin)?).ok()?;
    out.get_mut(place..begin)?.copy_from_slice(&length.to_be_bytes());
    Some(())
}

fn host(out: &mut Datagram, told: &Told<'_>, class: u16) -> Option<()> {
    record(out, &[told.name.as_str(), "local"], (TYPE_A, class, TTL_HOST), |out| {
        out.extend_from_slice(&told.address.octets()).ok()
    })
}

/// Keeps a name on one network: probes, announces, answers, moves on to the next name.
#[derive(Clone, Debug)]
pub struct Responder {
    announcer: Announcer,
    port: u16,
    answered: Option<Instant>,
    repeat_at: Option<Instant>,
}

impl Responder {
    /// Wants this name, for the page on this port.
    pub const fn new(name: HostName, port: u16, now: Instant) -> Self {
        Self { announcer: Announcer::new(name, now), port, answered: None, repeat_at: None }
    }

    /// The name that is wanted or held.
    pub fn name(&self) -> HostName {
        self.announcer.name()
    }

    /// The link came back, or the address is another one.
    pub fn link_up(&mut self, now: Instant) {
        self.announcer.link_up(now);
        (self.answered, self.repeat_at) = (None, None);
    }

    /// What is to be sent at this moment. To be asked a few times a second.
    pub fn step(&mut self, address: Ipv4Addr, now: Instant) -> Option<Datagram> {
        let name = self.name();
        let told = Told { name: &name, address, port: self.port };
        match self.announcer.step(now) {
            Some(Send::Probe) => probe(&told),
            Some(Send::Announcement) => {
                self.repeat_at = Some(now + REPEAT_AFTER);
                announcement(&told)
            }
            None => self.repeat_at.take_if(|at| now >= *at).and_then(|_| announcement(&told)),
        }
    }

    /// Takes in what somebody sent; what is to be answered.
    pub fn hear(&mut self, datagram: &[u8], address: Ipv4Addr, now: Instant) -> Option<Datagram> {
        let name = self.name();
        let told = Told { name: &name, address, port: self.port };
        let ours = self.announcer.is_ours();
        match hear(datagram, &told) {
            Heard::Conflict => {
                self.announcer.conflict(now);
                self.repeat_at = None;
                None
            }
            Heard::Probe { .. } if ours => announcement(&told),
            Heard::Probe { wins: true } => {
                self.announcer.conflict(now);
                None
            }
            Heard::Question if ours && self.answered.is_none_or(|at| now.since(at) >= ANSWER_EVERY) => {
                self.answered = Some(now);
                announcement(&told)
            }
            Heard::Question | Heard::Probe { wins: false } | Heard::Nothing => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dice::Dice;

    const US: Ipv4Addr = Ipv4Addr::new(192, 168, 1, 20);
    const OTHER: Ipv4Addr = Ipv4Addr::new(192, 168, 1, 21);

    fn at(ms: u64) -> Instant {
        Instant::from_millis(ms)
    }

    fn question(name: &[u8], kind: u16) -> std::vec::Vec<u8> {
        let mut out = std::vec![0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0];
        out.extend(name);
        out.extend(kind.to_be_bytes());
        out.extend([0x80, 1]);
        out
    }

    fn check(datagram: &[u8], expected: Heard) {
        let name = HostName::new("kiln").unwrap();
        assert_eq!(hear(datagram, &Told { name: &name, address: US, port: 80 }), expected, "{datagram:?}");
    }

    #[test]
    fn our_records_are_asked_for_by_their_names() {
        for (name, kind) in [
            (&b"\x04kiln\x05local\0"[..], TYPE_A),
            (b"\x04KILN\x05Local\0", TYPE_ANY),
            (b"\x05_http\x04_tcp\x05local\0", TYPE_PTR),
            (b"\x04kiln\x05_http\x04_tcp\x05local\0", TYPE_SRV),
            (b"\x09_services\x07_dns-sd\x04_udp\x05local\0", TYPE_PTR),
        ] {
            check(&question(name, kind), Heard::Question);
        }
        for (name, kind) in [
            (&b"\x04kiln\x05local\0"[..], 28),
            (b"\x05kiln2\x05local\0", TYPE_A),
            (b"\x04kiln\x05local\x03net\0", TYPE_A),
            (b"\x04kiln\0", TYPE_A),
            (b"\0", TYPE_ANY),
            (b"\xc0\x0c", TYPE_A),
        ] {
            check(&question(name, kind), Heard::Nothing);
        }
    }

    #[test]
    fn a_second_question_may_be_shortened() {
        let mut datagram = question(b"\x06kettle\x05local\0", TYPE_A);
        datagram[5] = 2;
        datagram.extend(b"\x04kiln\xc0\x13\0\x01\0\x01");
        check(&datagram, Heard::Question);
    }

    #[test]
    fn what_one_kiln_sends_another_understands() {
        let name = HostName::new("kiln").unwrap();
        for (address, announced, probed) in [
            (US, Heard::Nothing, Heard::Question),
            (OTHER, Heard::Conflict, Heard::Probe { wins: true }),
            (Ipv4Addr::new(10, 0, 0, 1), Heard::Conflict, Heard::Probe { wins: false }),
        ] {
            let told = Told { name: &name, address, port: 8080 };
            check(&announcement(&told).unwrap(), announced);
            check(&probe(&told).unwrap(), probed);
        }
    }

    #[test]
    fn the_service_says_that_it_is_a_kiln() {
        let name = HostName::new("kiln").unwrap();
        let sent = announcement(&Told { name: &name, address: US, port: 80 }).unwrap();
        let said = b"\x11product=pico-kiln";
        assert!(sent.windows(said.len()).any(|bytes| bytes == said));
    }

    #[test]
    fn the_longest_name_fits() {
        let name = HostName::new("a-name-of-thirty-two-characters1").unwrap();
        let told = Told { name: &name, address: US, port: u16::MAX };
        assert!(announcement(&told).is_some() && probe(&told).is_some());
    }

    #[test]
    fn a_name_is_probed_announced_twice_and_answered_for() {
        let mut responder = Responder::new(HostName::new("kiln").unwrap(), 80, at(0));
        let mut sent = std::vec::Vec::new();
        for now in (0..4000).step_by(50) {
            if responder.step(US, at(now)).is_some() {
                sent.push(now);
            }
        }
        assert_eq!(sent, [0, 250, 500, 750, 1750]);
        let asked = question(b"\x04kiln\x05local\0", TYPE_A);
        let answered = |responder: &mut Responder, now| responder.hear(&asked, US, at(now)).is_some();
        assert_eq!([4000, 4500, 5000].map(|now| answered(&mut responder, now)), [true, false, true]);
    }

    #[test]
    fn the_next_name_is_taken_when_another_has_it() {
        let name = HostName::new("kiln").unwrap();
        let theirs = announcement(&Told { name: &name, address: OTHER, port: 80 }).unwrap();
        let mut responder = Responder::new(name, 80, at(0));
        assert!(responder.step(US, at(0)).is_some() && responder.hear(&theirs, US, at(10)).is_none());
        assert_eq!(responder.name().as_str(), "kiln-2");
        assert!(responder.step(US, at(20)).is_some(), "and probed anew");
    }

    #[test]
    fn no_bytes_do_harm() {
        let mut dice = Dice::new(5);
        let name = HostName::new("kiln").unwrap();
        let told = Told { name: &name, address: US, port: 80 };
        let whole = announcement(&told).unwrap();
        for _ in 0..20_000 {
            let mut datagram = if dice.below(2) == 0 { dice.bytes(64) } else { whole.to_vec() };
            for _ in 0..dice.below(4) {
                let (end, length) = (dice.bytes(1), u64::try_from(datagram.len()).unwrap());
                if let Some(byte) = end.first().filter(|_| length > 0) {
                    let at = usize::try_from(dice.below(length)).unwrap();
                    datagram[at] = *byte;
                }
            }
            let _heard = hear(&datagram, &told);
        }
    }
}
