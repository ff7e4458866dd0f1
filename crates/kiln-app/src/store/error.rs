//! Why the store did not do what it was asked for.

use core::fmt;

use littlefs2::io;

/// Why nothing can be kept or read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unmounted {
    /// There is something on the flash that cannot be read. A factory reset makes it anew, nothing else does.
    Unreadable,
    /// There is a file system, but not ours. A factory reset makes it anew.
    Foreign,
    /// The files were laid out by newer software, with this layout.
    Newer(u16),
    /// The flash does not answer.
    Flash,
}

/// Why the store did not do what it was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StoreError {
    /// Nothing can be kept or read.
    Unmounted(Unmounted),
    /// There is no such thing.
    Absent,
    /// There is one already.
    Exists,
    /// The bytes are not those that were written.
    Damaged,
    /// It was written by newer software, in this format. It is kept as it is.
    Newer(u16),
    /// It is longer than this many bytes.
    TooLong(usize),
    /// There is no room left.
    Full,
    /// The run goes on, or is the one to be resumed.
    InUse,
    /// The flash could not be read or written; what was acknowledged before is kept.
    Flash,
}

impl From<io::Error> for StoreError {
    fn from(error: io::Error) -> Self {
        match error {
            io::Error::NO_SUCH_ENTRY => Self::Absent,
            io::Error::ENTRY_ALREADY_EXISTED => Self::Exists,
            io::Error::NO_SPACE => Self::Full,
            io::Error::CORRUPTION => Self::Damaged,
            _ => Self::Flash,
        }
    }
}

/// Plain English, for the log and the console.
impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unmounted(Unmounted::Unreadable) => {
                f.write_str("the flash holds something that cannot be read; only a factory reset makes it anew")
            }
            Self::Unmounted(Unmounted::Foreign) => {
                f.write_str("the flash holds another program's files; only a factory reset makes it anew")
            }
            Self::Unmounted(Unmounted::Newer(layout)) => {
                write!(f, "the flash was laid out by newer software (layout {layout})")
            }
            Self::Unmounted(Unmounted::Flash) | Self::Flash => f.write_str("the flash does not answer"),
            Self::Absent => f.write_str("there is no such file"),
            Self::Exists => f.write_str("there is one of that name already"),
            Self::Damaged => f.write_str("the file is damaged"),
            Self::Newer(format) => write!(f, "the file was written by newer software (format {format})"),
            Self::TooLong(most) => write!(f, "longer than {most} bytes"),
            Self::Full => f.write_str("there is no room left"),
            Self::InUse => f.write_str("the run goes on"),
        }
    }
}
