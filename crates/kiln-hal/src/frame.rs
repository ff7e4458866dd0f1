//! A converter that is only read: whether what came back is from a chip at all.
//!
//! Such a chip has nothing to set and nothing to read back. One that is not there is known by a line that only gives one
//! level; what the bits of a frame mean is the chip's driver's to say.

use embedded_hal::spi::SpiDevice;
use kiln_core::sensor::{Problem, Sample};
use kiln_core::units::Millis;

/// Reads one frame.
///
/// # Errors
/// The bus failed, or the line gave one level only.
pub(crate) fn read<const N: usize>(spi: &mut impl SpiDevice) -> Result<[u8; N], Problem> {
    let mut bytes = [0; N];
    spi.read(&mut bytes).map_err(|_| Problem::Bus)?;
    if bytes == [0; N] || bytes == [u8::MAX; N] { Err(Problem::Bus) } else { Ok(bytes) }
}

/// What a first reading says of the set-up: a frame that could come from a chip is the proof, and readings may be asked
/// for after `conversion`.
///
/// # Errors
/// The reading's, unless a chip answered with a fault or a temperature out of range.
pub(crate) fn answered(first: Result<Sample, Problem>, conversion: Millis) -> Result<Millis, Problem> {
    match first {
        Ok(_) | Err(Problem::Chip(_) | Problem::OutOfRange(_)) => Ok(conversion),
        Err(problem @ (Problem::Bus | Problem::Setup(_) | Problem::Converting)) => Err(problem),
    }
}
