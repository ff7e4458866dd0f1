//! What the controller is called on the network: `pico-kiln.local`, or the next that is free.

use core::fmt::{self, Write};

/// A name for one label of the DNS (RFC 1123, section 2.1): letters, digits and `-`, not at its ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HostName(heapless::String<{ HostName::LONGEST }>);

impl HostName {
    /// The longest name, bytes, number included. A label of the DNS holds 63 (RFC 1035, section 2.3.4).
    pub const LONGEST: usize = 32;
    /// The name of a controller that was given none.
    pub const DEFAULT: &'static str = "pico-kiln";

    /// Takes a name; `None` if it is empty, too long or holds anything else.
    pub fn new(name: &str) -> Option<Self> {
        let plain = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        let sound = plain && !name.is_empty() && !name.starts_with('-') && !name.ends_with('-');
        sound.then(|| heapless::String::try_from(name).ok().map(Self)).flatten()
    }

    /// The name of a controller that was given none.
    pub fn delivered() -> Self {
        Self::new(Self::DEFAULT).unwrap_or(Self(heapless::String::new()))
    }

    /// This name with a number behind it, as `pico-kiln-2`; a long name is cut to make room.
    #[must_use]
    pub fn numbered(&self, number: u8) -> Self {
        const ROOM: usize = HostName::LONGEST - "-255".len();
        let stem: heapless::String<{ HostName::LONGEST }> = self.0.chars().take(ROOM).collect();
        let mut name = heapless::String::new();
        match write!(name, "{}-{number}", stem.trim_end_matches('-')) {
            Ok(()) => Self(name),
            Err(fmt::Error) => self.clone(),
        }
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
