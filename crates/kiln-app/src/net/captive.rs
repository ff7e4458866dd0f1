//! What a phone on the set-up access point is told, so that it opens the page by itself.
//!
//! Every name has the controller's address, and every page that phones fetch to see whether there is an internet leads
//! to the set-up page. Only on the set-up access point; on the owner's Wi-Fi neither is done.

use crate::door::{Interface, Method};

use super::setup_ap;

/// Where the probes are led.
pub const PAGE: &str = "http://192.168.4.1/";

/// The pages that systems fetch to see whether there is an internet.
const PROBES: [&str; 11] = [
    "/generate_204",              // Android, ChromeOS
    "/gen_204",                   // Android
    "/hotspot-detect.html",       // iOS, macOS
    "/library/test/success.html", // iOS
    "/connecttest.txt",           // Windows 10 and later
    "/ncsi.txt",                  // Windows 7
    "/redirect",                  // Windows
    "/canonical.html",            // Firefox
    "/success.txt",               // Firefox
    "/check_network_status.txt",  // NetworkManager
    "/nm-check.txt",              // GNOME
];

/// Where a request is to be led with 302, if anywhere; to be asked before the door's judgement. `ours` is whether the
/// request names this controller as its host.
pub fn redirect(interface: Interface, method: Method, path: &str, ours: bool) -> Option<&'static str> {
    let reads = matches!(method, Method::Get | Method::Head);
    let strange = !ours && !path.starts_with("/api/");
    let led = interface == Interface::SetupAccessPoint && reads && (strange || PROBES.contains(&path));
    led.then_some(PAGE)
}

/// The longest datagram of the DNS without extensions (RFC 1035, section 4.2.1).
pub const DNS_BYTES: usize = 512;
/// Seconds an answer may be remembered: the phone will be on another network soon.
const TTL_S: u32 = 10;
const HEADER: usize = 12;
const TYPE_A: u16 = 1;
const TYPE_ANY: u16 = 255;
const CLASS_IN: u16 = 1;

/// Answers a question of the DNS with the controller's address, or keeps silent. A question for anything but an IPv4
/// address gets an empty answer: there is such a name, and it has no such record.
pub fn answer_dns(query: &[u8]) -> Option<heapless::Vec<u8, DNS_BYTES>> {
    let (header, rest) = query.split_first_chunk::<HEADER>().filter(|_| query.len() <= DNS_BYTES)?;
    let [id_high, id_low, flags, _, questions @ .., _, _, _, _, _, _] = *header;
    // A query (0), of the standard kind (0), whole, with one question.
    if flags & 0b1111_1010 != 0 || questions != [0, 1] {
        return None;
    }
    let question = rest.get(..name_length(rest)?.checked_add(4)?)?;
    let (kind, class) =
        question.last_chunk::<4>().map(|[a, b, c, d]| (u16::from_be_bytes([*a, *b]), u16::from_be_bytes([*c, *d])))?;
    let wanted = class == CLASS_IN && (kind == TYPE_A || kind == TYPE_ANY);
    let mut out = heapless::Vec::new();
    // An answer with authority, recursion as asked and available.
    let head = [id_high, id_low, 0b1000_0100 | flags & 1, 0b1000_0000, 0, 1, 0, u8::from(wanted), 0, 0, 0, 0];
    out.extend_from_slice(&head).ok()?;
    out.extend_from_slice(question).ok()?;
    if wanted {
        // The name is that of the question, at byte 12.
        out.extend_from_slice(&[0xc0, 12, 0, 1, 0, 1]).ok()?;
        out.extend_from_slice(&TTL_S.to_be_bytes()).ok()?;
        out.extend_from_slice(&[0, 4]).ok()?;
        out.extend_from_slice(&setup_ap::ADDRESS.octets()).ok()?;
    }
    Some(out)
}

/// The bytes of a name that is written out: labels of 1 to 63 bytes, an empty one, at most 255 (RFC 1035, 2.3.4).
fn name_length(bytes: &[u8]) -> Option<usize> {
    let mut at = 0_usize;
    while at < 255 {
        match usize::from(*bytes.get(at)?) {
            0 => return at.checked_add(1),
            label if label <= 63 => at = at.checked_add(label)?.checked_add(1)?,
            _ => return None,
        }
    }
    None
}
