//! What joining a Wi-Fi needs: its name, its passphrase, and how the address is got.

use core::fmt;

use super::address::Ipv4Config;

/// The name of a Wi-Fi: 1 to 32 bytes (IEEE 802.11-2020, 9.4.2.2), here UTF-8.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ssid(heapless::String<32>);

impl Ssid {
    /// Takes a name; `None` if it is empty, too long or holds control characters.
    pub fn new(name: &str) -> Option<Self> {
        let sound = !name.is_empty() && !name.chars().any(char::is_control);
        sound.then(|| heapless::String::try_from(name).ok().map(Self)).flatten()
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The passphrase of a Wi-Fi: 8 to 63 printable ASCII characters (IEEE 802.11-2020, J.4.1). `Debug` does not show it.
#[derive(Clone, PartialEq, Eq)]
pub struct Passphrase(heapless::String<63>);

impl Passphrase {
    /// Takes a passphrase; `None` if it is none.
    pub fn new(text: &str) -> Option<Self> {
        let sound = text.len() >= 8 && text.bytes().all(|byte| matches!(byte, b' '..=b'~'));
        sound.then(|| heapless::String::try_from(text).ok().map(Self)).flatten()
    }

    /// The passphrase, for the driver and the display.
    pub fn secret(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Passphrase(..)")
    }
}

/// One radio of a Wi-Fi.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Bssid(pub [u8; 6]);

/// A Wi-Fi to join.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WifiConfig {
    /// Its name.
    pub ssid: Ssid,
    /// Its passphrase; `None` for an open one.
    pub passphrase: Option<Passphrase>,
    /// The address to use; `None` to ask for one by DHCP.
    pub address: Option<Ipv4Config>,
}
