//! The file system: when it is mounted, when it is made anew, and what happens after a failure.
//!
//! Nothing is formatted by itself while anything can be read: only where no sector but the first two, which hold the
//! file system's own root, holds a single bit. Setting up can be cut at any moment and goes on at the next start:
//! `/layout` is written last. After any failure of the flash the file system is mounted again before it is used.

use littlefs2::fs::{Allocation, File, Filesystem};
use littlefs2::io;

use super::document::{self, Files};
use super::error::{StoreError, Unmounted};
use super::examples;
use super::flash::{Flash, Medium, PAGE, SECTOR, SECTORS};
use super::place::{self, Folder, LAYOUT};

/// The flash, mounted or not.
pub(super) struct Volume<'a, F: Flash> {
    state: State<'a, F>,
    /// A failure came; what the memory holds of the flash may be wrong.
    doubt: bool,
}

enum State<'a, F: Flash> {
    Mounted(Files<'a, F>),
    Unmounted {
        allocation: &'a mut Allocation<Medium<F>>,
        medium: &'a mut Medium<F>,
        why: Unmounted,
    },
    /// Only within a function that puts another state here before it returns.
    Moving,
}

impl<'a, F: Flash> Volume<'a, F> {
    /// Mounts what is there, or sets up what is blank.
    pub(super) fn open(allocation: &'a mut Allocation<Medium<F>>, medium: &'a mut Medium<F>) -> Self {
        let state = mount(allocation, medium);
        Self { state, doubt: false }
    }

    /// Why nothing can be kept; `None` when all is well.
    pub(super) const fn trouble(&self) -> Option<Unmounted> {
        match &self.state {
            State::Mounted(_) => None,
            State::Unmounted { why, .. } => Some(*why),
            State::Moving => Some(Unmounted::Flash),
        }
    }

    /// Does something with the files.
    pub(super) fn with<R>(
        &mut self,
        act: impl FnOnce(&Files<'a, F>) -> Result<R, StoreError>,
    ) -> Result<R, StoreError> {
        if self.doubt {
            self.mount_again();
        }
        let result = match &self.state {
            State::Mounted(files) => act(files),
            State::Unmounted { why, .. } => Err(StoreError::Unmounted(*why)),
            State::Moving => Err(StoreError::Flash),
        };
        self.doubt |= matches!(result, Err(StoreError::Flash));
        result
    }

    /// Makes the file system anew. Whatever was there is erased.
    pub(super) fn reset(&mut self) -> Result<(), StoreError> {
        let (allocation, medium) = self.take().ok_or(StoreError::Flash)?;
        let made = Filesystem::format(medium);
        self.state = mount(allocation, medium);
        self.doubt = false;
        made?;
        self.trouble().map_or(Ok(()), |why| Err(StoreError::Unmounted(why)))
    }

    fn mount_again(&mut self) {
        if let Some((allocation, medium)) = self.take() {
            self.state = mount(allocation, medium);
            self.doubt = false;
        }
    }

    fn take(&mut self) -> Option<(&'a mut Allocation<Medium<F>>, &'a mut Medium<F>)> {
        match core::mem::replace(&mut self.state, State::Moving) {
            State::Mounted(files) => Some(files.into_inner()),
            State::Unmounted { allocation, medium, .. } => Some((allocation, medium)),
            State::Moving => None,
        }
    }
}

/// Mounts for good what [`prepare`] has found or made sound.
fn mount<'a, F: Flash>(allocation: &'a mut Allocation<Medium<F>>, medium: &'a mut Medium<F>) -> State<'a, F> {
    if let Err(why) = prepare(allocation, medium) {
        return State::Unmounted { allocation, medium, why };
    }
    // It was mounted a moment ago: were it not now, the flash has gone, and the borrows with it until a restart.
    Filesystem::mount(allocation, medium).map_or(State::Moving, State::Mounted)
}

/// What is found on a partition that mounts.
enum Found {
    /// Everything is there.
    Ready,
    /// A file system without a file: everything beyond its root may be erased.
    Empty,
    /// Setting up was cut off.
    Half,
}

/// Finds a file system of ours, or makes one where there is nothing.
fn prepare<F: Flash>(allocation: &mut Allocation<Medium<F>>, medium: &mut Medium<F>) -> Result<(), Unmounted> {
    let looked = match Filesystem::mount(allocation, medium) {
        Ok(files) => Ok(look(&files)?),
        Err(error) => Err(error),
    };
    let found = match looked {
        Ok(found) => found,
        Err(io::Error::IO) => return Err(Unmounted::Flash),
        Err(_) if is_blank(&mut medium.0)? => {
            Filesystem::format(medium).map_err(|_| Unmounted::Flash)?;
            Found::Half
        }
        Err(_) => return Err(Unmounted::Unreadable),
    };
    match found {
        Found::Ready => return Ok(()),
        Found::Empty => wipe(&mut medium.0)?,
        Found::Half => {}
    }
    let files = Filesystem::mount(allocation, medium).map_err(|_| Unmounted::Flash)?;
    set_up(&files).map_err(|_| Unmounted::Flash)
}

/// Looks at the root.
fn look<F: Flash>(files: &Files<'_, F>) -> Result<Found, Unmounted> {
    match layout(files) {
        Ok(Some(layout)) if layout > LAYOUT => return Err(Unmounted::Newer(layout)),
        Ok(Some(_)) => return Ok(Found::Ready),
        Ok(None) => {}
        Err(_) => return Err(Unmounted::Unreadable),
    }
    let (mut ours, mut others) = (0_usize, 0_usize);
    let root = littlefs2::path!("/");
    let seen = files.read_dir_and_then(root, |entries| {
        // The first two are the folder itself and the one above.
        for entry in entries.skip(2) {
            let entry = entry?;
            let name = entry.file_name().as_str();
            // The layout's own file is there, and empty, while it is being written.
            let known = name == "layout" || Folder::ALL.iter().any(|folder| folder.name() == name);
            *(if known { &mut ours } else { &mut others }) += 1;
        }
        Ok(())
    });
    let filled = || Folder::ALL.into_iter().filter(|folder| *folder != Folder::Profiles).any(|it| has_files(files, it));
    match (seen, ours, others) {
        (Err(_), ..) => Err(Unmounted::Unreadable),
        (Ok(()), 0, 0) => Ok(Found::Empty),
        (Ok(()), _, 0) if !filled() => Ok(Found::Half),
        (Ok(()), ..) => Err(Unmounted::Foreign),
    }
}

/// Whether there is anything in a folder. One that cannot be read may hold anything.
fn has_files<F: Flash>(files: &Files<'_, F>, folder: Folder) -> bool {
    let Ok(path) = folder.path() else { return true };
    match files.read_dir_and_then(&path, |entries| Ok(entries.nth(2).is_some())) {
        Ok(any) => any,
        Err(error) => error != io::Error::NO_SUCH_ENTRY,
    }
}

/// The number of the layout; `None` when setting up has not come to its end.
fn layout<F: Flash>(files: &Files<'_, F>) -> Result<Option<u16>, StoreError> {
    let (mut bytes, mut read) = ([0; 2], 0);
    let opened = File::open_and_then(files, &place::layout()?, |file| {
        read = file.read(&mut bytes)?;
        Ok(())
    });
    match opened {
        Err(io::Error::NO_SUCH_ENTRY) => Ok(None),
        Err(error) => Err(error.into()),
        Ok(()) => Ok((read == bytes.len()).then_some(u16::from_le_bytes(bytes))),
    }
}

/// Makes the folders, the examples and, last, the layout's number.
fn set_up<F: Flash>(files: &Files<'_, F>) -> Result<(), StoreError> {
    for folder in Folder::ALL {
        match files.create_dir(&folder.path()?) {
            Ok(()) | Err(io::Error::ENTRY_ALREADY_EXISTED) => {}
            Err(error) => return Err(error.into()),
        }
    }
    for (name, bytes) in examples::ALL {
        let path = Folder::Profiles.file(name)?;
        document::write(files, Folder::Profiles, &path, examples::FORMAT, bytes)?;
    }
    Ok(files.write(&place::layout()?, &LAYOUT.to_le_bytes())?)
}

/// Whether nothing was ever kept: no bit is cleared beyond the first two sectors.
fn is_blank<F: Flash>(flash: &mut F) -> Result<bool, Unmounted> {
    for sector in 2..SECTORS {
        if !is_erased(flash, sector)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Erases what an emptied file system left behind: secrets do not outlive a factory reset.
fn wipe<F: Flash>(flash: &mut F) -> Result<(), Unmounted> {
    for sector in 2..SECTORS {
        if !is_erased(flash, sector)? {
            flash.erase(sector).map_err(|_| Unmounted::Flash)?;
        }
    }
    Ok(())
}

fn is_erased<F: Flash>(flash: &mut F, sector: usize) -> Result<bool, Unmounted> {
    let mut page = [0; PAGE];
    for offset in (sector * SECTOR..(sector + 1) * SECTOR).step_by(PAGE) {
        flash.read(offset, &mut page).map_err(|_| Unmounted::Flash)?;
        if page.iter().any(|byte| *byte != 0xFF) {
            return Ok(false);
        }
    }
    Ok(true)
}
