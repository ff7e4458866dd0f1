//! What each device has of its own: the passphrase of its set-up network, and the hardware addresses of its USB cable.
//!
//! Drawn once from the chip's generator and kept; never made from a number that others can read.

use super::setup_ap::{self, PASSPHRASE_LENGTH};
use super::usb;
use super::wifi::Passphrase;

/// Bytes that are drawn and kept.
pub const BYTES: usize = PASSPHRASE_LENGTH + 6;
/// The format of the stored bytes.
pub const FORMAT: u16 = 1;

/// A device's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Secrets {
    /// The passphrase of the set-up network.
    pub passphrase: Passphrase,
    /// The hardware addresses of the controller and of the computer at the other end of the cable.
    pub usb: ([u8; 6], [u8; 6]),
}

impl Secrets {
    /// What follows from the drawn bytes. `None` for bytes that no generator gives that runs.
    pub fn of(drawn: &[u8; BYTES]) -> Option<Self> {
        let (passphrase, usb) = drawn.split_first_chunk::<PASSPHRASE_LENGTH>()?;
        let usb = usb.first_chunk::<6>()?;
        Some(Self { passphrase: setup_ap::passphrase(*passphrase)?, usb: usb::hardware_addresses(*usb) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_bytes_make_another_device() {
        let bytes: [u8; BYTES] = core::array::from_fn(|at| u8::try_from(at).unwrap());
        let mut other = bytes;
        other[0] ^= 1;
        let secrets = Secrets::of(&bytes).unwrap();
        assert_eq!(secrets.passphrase.secret(), "abcdefghijkm");
        assert_ne!(secrets.usb.0, secrets.usb.1);
        assert_ne!(Secrets::of(&other).unwrap().passphrase, secrets.passphrase);
        assert_eq!(Secrets::of(&[7; BYTES]), None);
    }
}
