//! One document on the flash: framed, written aside, renamed into place.
//!
//! The frame says the format and carries a hash, so that what newer software wrote is never overwritten and what
//! decayed is never believed. After a cut there is the document that was there before or the one that was written,
//! never a mix: littlefs renames in one commit. Refuses to know what the bytes mean.

use littlefs2::fs::{File, Filesystem};
use littlefs2::io;
use littlefs2::path::Path;

use super::error::StoreError;
use super::flash::{Flash, Medium};
use super::place::Folder;

/// A document of which there is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Document {
    /// The configuration.
    Config,
    /// The tokens of paired apps, hashed.
    Tokens,
    /// The starts that wait.
    Schedule,
    /// Which firing goes on: `recovery::Pointer`.
    Running,
    /// The profile of that firing, with every change made while it runs.
    Firing,
    /// The last fault, for after a reset.
    Fault,
    /// The network's names and secrets.
    Network,
    /// What was learned of the kiln.
    Kiln,
    /// The number of this start of the controller.
    Boot,
}

impl Document {
    /// Every document.
    pub const ALL: [Self; 9] = [
        Self::Config,
        Self::Tokens,
        Self::Schedule,
        Self::Running,
        Self::Firing,
        Self::Fault,
        Self::Network,
        Self::Kiln,
        Self::Boot,
    ];

    /// The longest document of this kind or another, in bytes: a profile of 32 steps is shorter.
    pub const LONGEST: usize = 8192;

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Config => "config",
            Self::Tokens => "tokens",
            Self::Schedule => "schedule",
            Self::Running => "running",
            Self::Firing => "firing",
            Self::Fault => "fault",
            Self::Network => "network",
            Self::Kiln => "kiln",
            Self::Boot => "boot",
        }
    }
}

/// What is known of a document without its bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stored {
    /// The number of its format, as given by whoever wrote it.
    pub format: u16,
    /// Its length in bytes.
    pub length: usize,
    /// A hash of its bytes: equal for equal bytes, an entity tag for HTTP (RFC 9110, 8.8.3).
    pub etag: Etag,
}

/// A 64-bit FNV-1a hash of a document (RFC 9923). Finds decay; does not stop a forger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Etag(u64);

impl Etag {
    /// The hash of these bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(
            bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
                (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
            }),
        )
    }

    /// The hash as a number.
    pub const fn get(self) -> u64 {
        self.0
    }
}

/// Sixteen hexadecimal digits.
impl core::fmt::Display for Etag {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

/// `kiln`, the frame's own version, format, length, hash: little-endian.
const FRAME: usize = 20;
const MAGIC: [u8; 4] = *b"kiln";
const FRAME_VERSION: u16 = 1;

fn frame(stored: &Stored) -> Result<[u8; FRAME], StoreError> {
    let length = u32::try_from(stored.length).map_err(|_| StoreError::TooLong(Document::LONGEST))?;
    let mut frame = [0; FRAME];
    let fields = MAGIC
        .into_iter()
        .chain(FRAME_VERSION.to_le_bytes())
        .chain(stored.format.to_le_bytes())
        .chain(length.to_le_bytes())
        .chain(stored.etag.0.to_le_bytes());
    frame.iter_mut().zip(fields).for_each(|(to, from)| *to = from);
    Ok(frame)
}

/// Reads a frame; [`StoreError::Damaged`] where it is none.
fn unframe(frame: &[u8; FRAME]) -> Result<Stored, StoreError> {
    let [m0, m1, m2, m3, v0, v1, f0, f1, l0, l1, l2, l3, hash @ ..] = *frame;
    let version = u16::from_le_bytes([v0, v1]);
    if [m0, m1, m2, m3] != MAGIC || version == 0 {
        return Err(StoreError::Damaged);
    }
    let format = u16::from_le_bytes([f0, f1]);
    if version > FRAME_VERSION {
        return Err(StoreError::Newer(format));
    }
    let length = usize::try_from(u32::from_le_bytes([l0, l1, l2, l3])).map_err(|_| StoreError::Damaged)?;
    Ok(Stored { format, length, etag: Etag(u64::from_le_bytes(hash)) })
}

/// A mounted file system.
pub(super) type Files<'a, F> = Filesystem<'a, Medium<F>>;

/// What is known of a document without reading its bytes.
pub(super) fn stored<F: Flash>(files: &Files<'_, F>, path: &Path) -> Result<Stored, StoreError> {
    let mut found = Err(StoreError::Damaged);
    File::open_and_then(files, path, |file| {
        found = head(file)?;
        Ok(())
    })?;
    found
}

/// Reads a document into `into`; the bytes beyond its length are not touched.
pub(super) fn read<F: Flash>(files: &Files<'_, F>, path: &Path, into: &mut [u8]) -> Result<Stored, StoreError> {
    let mut found = Err(StoreError::Damaged);
    // Opened once: each opening reads the whole folder.
    File::open_and_then(files, path, |file| {
        found = head(file)?;
        if let Ok(stored) = found {
            found = body(file, stored, into)?;
        }
        Ok(())
    })?;
    found
}

/// Reads the frame at the beginning of a file.
fn head<F: Flash>(file: &File<'_, '_, Medium<F>>) -> io::Result<Result<Stored, StoreError>> {
    let mut head = [0; FRAME];
    let read = file.read(&mut head)?;
    Ok(if read == FRAME { unframe(&head) } else { Err(StoreError::Damaged) })
}

/// Reads what follows the frame, and holds it against its hash.
fn body<F: Flash>(
    file: &File<'_, '_, Medium<F>>,
    stored: Stored,
    into: &mut [u8],
) -> io::Result<Result<Stored, StoreError>> {
    let room = into.len();
    let Some(bytes) = into.get_mut(..stored.length) else { return Ok(Err(StoreError::TooLong(room))) };
    let read = file.read(bytes)?;
    let sound = read == stored.length && Etag::of(bytes) == stored.etag;
    Ok(if sound { Ok(stored) } else { Err(StoreError::Damaged) })
}

/// Writes a document: aside, then renamed over the one that is there. One in a newer format is kept instead.
pub(super) fn write<F: Flash>(
    files: &Files<'_, F>,
    folder: Folder,
    path: &Path,
    format: u16,
    bytes: &[u8],
) -> Result<Stored, StoreError> {
    if bytes.len() > Document::LONGEST {
        return Err(StoreError::TooLong(Document::LONGEST));
    }
    match self::stored(files, path) {
        Ok(there) if there.format > format => return Err(StoreError::Newer(there.format)),
        Err(StoreError::Newer(there)) => return Err(StoreError::Newer(there)),
        // One that is damaged is replaced: nothing of it can be read.
        Ok(_) | Err(StoreError::Absent | StoreError::Damaged) => {}
        Err(other) => return Err(other),
    }
    let stored = Stored { format, length: bytes.len(), etag: Etag::of(bytes) };
    let head = frame(&stored)?;
    let aside = folder.aside()?;
    File::create_and_then(files, &aside, |file| {
        use littlefs2::io::Write as _;
        file.write_all(&head)?;
        file.write_all(bytes)
    })?;
    files.rename(&aside, path)?;
    Ok(stored)
}
