//! The access point for the first evening: its name, its address, and a passphrase of its own.
//!
//! The passphrase is random for each device, shown on the display and the console. It is never made from the chip's
//! number or a MAC address, which everybody near can read (CVE-2018-15478).

use core::net::Ipv4Addr;

use super::wifi::Passphrase;

/// Its name.
pub const SSID: &str = "pico-kiln-setup";
/// The controller's address on it.
pub const ADDRESS: Ipv4Addr = Ipv4Addr::new(192, 168, 4, 1);
/// Its network.
pub const PREFIX: u8 = 24;
/// The channel. 1, 6 and 11 do not overlap.
pub const CHANNEL: u8 = 6;
/// The characters of its passphrase.
pub const PASSPHRASE_LENGTH: usize = 12;

/// 32 characters that nobody takes for one another on a small display: no `0` and `o`, no `1` and `l`.
const ALPHABET: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";

/// The passphrase of this device, from random bytes drawn once and kept: 60 bits. `None` for bytes that are all the
/// same: a random number generator that does not run.
pub fn passphrase(random: [u8; PASSPHRASE_LENGTH]) -> Option<Passphrase> {
    let first = random.first()?;
    if random.iter().all(|byte| byte == first) {
        return None;
    }
    let mut text = heapless::String::<PASSPHRASE_LENGTH>::new();
    for byte in random {
        text.push(char::from(*ALPHABET.get(usize::from(byte & 31))?)).ok()?;
    }
    Passphrase::new(&text)
}
