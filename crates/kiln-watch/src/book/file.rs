//! Where the book is kept: one file that only its owner can read, old or new and never a mix.
//!
//! It holds tokens. It is written beside, synced and moved into place. What cannot be read is never written over: it is
//! moved aside first, and a book of newer software is left where it is and not opened.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::{Book, FORMAT};

/// What becomes of opening a book.
#[derive(Debug)]
pub enum Opened {
    /// There was none: a new one.
    New,
    /// It is as it was left.
    Read(Book),
    /// It could not be read and lies there now; a new one begins.
    Aside(PathBuf),
}

/// Why there is no book.
#[derive(Debug)]
pub enum Trouble {
    /// It is of newer software: of this format.
    Newer(u32),
    /// The file system refuses.
    File(io::Error),
}

impl From<io::Error> for Trouble {
    fn from(error: io::Error) -> Self {
        Self::File(error)
    }
}

impl std::fmt::Display for Trouble {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Newer(format) => {
                write!(f, "the list of kilns is of newer software (format {format}, known is {FORMAT})")
            }
            Self::File(error) => write!(f, "the list of kilns cannot be kept: {error}"),
        }
    }
}

impl std::error::Error for Trouble {}

/// What every format has.
#[derive(serde::Deserialize)]
struct Head {
    format: u32,
}

/// The file.
#[derive(Clone, Debug)]
pub struct BookFile(PathBuf);

impl BookFile {
    /// The file of this name; its folder is made when it is missing.
    pub const fn at(path: PathBuf) -> Self {
        Self(path)
    }

    /// Reads it.
    ///
    /// # Errors
    /// It is of newer software, or the file system refuses.
    pub fn open(&self) -> Result<Opened, Trouble> {
        let text = match fs::read(&self.0) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Opened::New),
            read => read?,
        };
        if let Ok(head) = serde_json::from_slice::<Head>(&text)
            && head.format > FORMAT
        {
            return Err(Trouble::Newer(head.format));
        }
        if let Ok(book) = serde_json::from_slice(&text) {
            return Ok(Opened::Read(book));
        }
        let aside = beside(&self.0, "unreadable");
        fs::rename(&self.0, &aside)?;
        Ok(Opened::Aside(aside))
    }

    /// Writes it.
    ///
    /// # Errors
    /// The file system refuses; what was there is still there.
    pub fn save(&self, book: &Book) -> Result<(), Trouble> {
        let folder = self.0.parent().unwrap_or(Path::new("."));
        private_folder(folder)?;
        let new = beside(&self.0, "new");
        match fs::remove_file(&new) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error.into()),
            _ => {}
        }
        let mut file = private_file(&new)?;
        let text = serde_json::to_vec_pretty(book).map_err(io::Error::other)?;
        file.write_all(&text)?;
        file.sync_all()?;
        fs::rename(&new, &self.0)?;
        // The move itself is safe once its folder is.
        File::open(folder)?.sync_all()?;
        Ok(())
    }
}

/// The same file with another word at its end.
fn beside(path: &Path, word: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(word);
    PathBuf::from(name)
}

#[cfg(unix)]
fn private_folder(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt as _;
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

#[cfg(unix)]
fn private_file(path: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt as _;
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)
}

#[cfg(not(unix))]
fn private_folder(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)
}

#[cfg(not(unix))]
fn private_file(path: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).create_new(true).open(path)
}
