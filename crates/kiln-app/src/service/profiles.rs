//! The stored profiles: listed, read, written and removed, none by mistake.
//!
//! A profile comes in through the door of documents before it is kept. The one that is being fired may be changed or
//! removed: the firing has its own copy. One that a start waits for may be changed, and is given to control anew.

use super::asking::tag;
use super::{Refused, Service};
use crate::log::FileName;
use crate::store::{self, Etag, Flash, StoreError};
use kiln_core::profile::Profile;
use kiln_core::snapshot::Phase;
use kiln_core::units::Celsius;
use kiln_wire::answer::{ErrorAnswer, Problem};
use kiln_wire::bounded::Label;
use kiln_wire::import::{self, Units};
use kiln_wire::profile::{self, FORMAT};
use kiln_wire::records::{ProfileEntry, ProfileSaved};

/// The most profiles that are kept.
pub const PROFILES_MOST: usize = 64;

/// What the asker says to have seen of what is to be changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen<'a> {
    /// Nothing was said.
    Unsaid,
    /// There was none (`If-None-Match: *`).
    Nothing,
    /// There was one, whichever (`If-Match: *`).
    Anything,
    /// The one with this etag (`If-Match`), without its quotes.
    Tag(&'a str),
}

impl Seen<'_> {
    /// # Errors
    /// What is there is not what was seen.
    fn judge(self, there: Option<Etag>) -> Result<(), Refused> {
        let right = match (self, there) {
            (Self::Unsaid, _) | (Self::Nothing, None) | (Self::Anything, Some(_)) => true,
            (Self::Nothing, Some(_)) | (Self::Anything | Self::Tag(_), None) => false,
            (Self::Tag(seen), Some(there)) => tag(there).as_str() == seen,
        };
        if right { Ok(()) } else { Err(Problem::Stale.into()) }
    }
}

impl<F: Flash> Service<'_, F> {
    /// Fills `page` with profiles from number `skip` on; whether there are more.
    ///
    /// # Errors
    /// What the flash said.
    pub fn profiles<const N: usize>(
        &mut self,
        skip: usize,
        page: &mut heapless::Vec<ProfileEntry, N>,
    ) -> Result<bool, Refused> {
        let mut stored = heapless::Vec::<store::ProfileEntry, N>::new();
        let more = self.store.profiles(skip, &mut stored).map_err(absent)?;
        page.clear();
        page.extend(stored.iter().map(|entry| self.entry(entry)));
        Ok(more)
    }

    fn entry(&mut self, entry: &store::ProfileEntry) -> ProfileEntry {
        let loaded = self.load(entry.name.as_str());
        let refused = loaded.as_ref().err().map(|refused| ErrorAnswer::from(refused).error.code);
        let profile = loaded.ok().map(|(profile, ..)| profile);
        ProfileEntry {
            name: Label::cut(entry.name.as_str()),
            etag: entry.stored.map(|stored| tag(stored.etag)).unwrap_or_default(),
            steps: profile.as_ref().map(|profile| profile.steps().len()),
            peak_c: profile.as_ref().and_then(Profile::peak).map(Celsius::get),
            nominal_s: profile.as_ref().map(|profile| profile.nominal_seconds(Some(Celsius::whole(20)))),
            refused,
            bytes: entry.stored.and_then(|stored| u32::try_from(stored.length).ok()).unwrap_or(0),
        }
    }

    /// A profile as it is stored, and its etag.
    ///
    /// # Errors
    /// There is none of that name, or it cannot be read.
    pub fn profile(&mut self, name: &str) -> Result<(&[u8], kiln_wire::ask::Etag), Refused> {
        let stem = FileName::new(name).ok_or(Problem::NoSuchProfile)?;
        let stored = self.store.read_profile(&stem, u16::MAX, self.scratch).map_err(absent)?;
        Ok((self.scratch.get(..stored.length).unwrap_or_default(), tag(stored.etag)))
    }

    /// The profile that is being fired, with every change made while it runs; its own units are °C.
    ///
    /// # Errors
    /// None is being fired, or it is not known which.
    pub fn fired(&mut self) -> Result<&[u8], Refused> {
        let run = self.told().and_then(|told| told.run.filter(|_| told.phase == Phase::Running));
        let fits = run.is_some_and(|run| self.plan.fits(&run));
        let profile = self.plan.profile().filter(|_| fits).ok_or(Problem::NoSuchRun)?;
        // There is room for every profile that came in.
        profile::write(profile, None, self.scratch).map_err(|_| Problem::NotAvailable.into())
    }

    /// Stores a profile under a name, new or over the one that is there.
    ///
    /// # Errors
    /// The first place that does not fit; what is there is not what was seen; there are too many; what the flash said.
    pub fn put_profile(&mut self, name: &str, body: &[u8], seen: Seen<'_>) -> Result<ProfileSaved, Refused> {
        let stem = profile_name(name)?;
        if let Err(refusal) = profile::parse(body) {
            return Err(refusal.into());
        }
        let created = self.makes_room(&stem, seen)?;
        let etag = self.store.write_profile(&stem, newest(), body).map_err(absent)?;
        Ok(self.stored(&stem, etag, created))
    }

    /// Stores a profile of another program under a name, as a document of ours. `units` are those of a file that does
    /// not state them; its own name counts where it has one.
    ///
    /// # Errors
    /// As [`Service::put_profile`]; also a file of no format that is known, or without units where none are given.
    pub fn import_profile(
        &mut self,
        name: &str,
        file: &[u8],
        units: Option<Units>,
        seen: Seen<'_>,
    ) -> Result<ProfileSaved, Refused> {
        let stem = profile_name(name)?;
        let own = kiln_core::profile::Name::new(stem.as_str()).ok_or(Refused::At(Problem::NoSuchProfile, "name"))?;
        let format = import::detect(file)?;
        let stated = import::stated_units(format, file)?;
        let units = stated.or(units).ok_or(Problem::UnitsUnknown)?;
        let created = self.makes_room(&stem, seen)?;
        let read = import::read(format, units, own, file)?;
        let document = profile::write(&read.profile, read.description, self.scratch);
        let document = document.map_err(|_| Problem::BodyTooLarge)?;
        let etag = self.store.write_profile(&stem, newest(), document).map_err(absent)?;
        Ok(self.stored(&stem, etag, created))
    }

    /// Whether a profile of this name would be a new one, and may be.
    fn makes_room(&mut self, stem: &FileName, seen: Seen<'_>) -> Result<bool, Refused> {
        let there = self.there(stem)?;
        seen.judge(there)?;
        if there.is_none() && self.count_profiles()? >= PROFILES_MOST {
            return Err(Problem::TooManyProfiles.into());
        }
        Ok(there.is_none())
    }

    fn stored(&mut self, stem: &FileName, etag: Etag, created: bool) -> ProfileSaved {
        if self.starts.has(stem) {
            self.starts.restore();
        }
        ProfileSaved { name: Label::cut(stem.as_str()), etag: tag(etag), created }
    }

    /// Removes a profile.
    ///
    /// # Errors
    /// There is none of that name; it is not the one that was seen; a start waits for it; what the flash said.
    pub fn delete_profile(&mut self, name: &str, seen: Seen<'_>) -> Result<(), Refused> {
        let stem = FileName::new(name).ok_or(Problem::NoSuchProfile)?;
        let there = self.there(&stem)?.ok_or(Problem::NoSuchProfile)?;
        seen.judge(Some(there))?;
        if self.starts.has(&stem) {
            return Err(Problem::InUse.into());
        }
        self.store.delete_profile(&stem).map_err(absent)
    }

    fn there(&mut self, stem: &FileName) -> Result<Option<Etag>, Refused> {
        match self.store.stored_profile(stem) {
            Ok(stored) => Ok(Some(stored.etag)),
            // One that is damaged can be written over: nothing of it can be read.
            Err(StoreError::Absent | StoreError::Damaged) => Ok(None),
            Err(error) => Err(absent(error)),
        }
    }

    fn count_profiles(&mut self) -> Result<usize, Refused> {
        let (mut count, mut page) = (0, heapless::Vec::<store::ProfileEntry, 8>::new());
        while self.store.profiles(count, &mut page).map_err(absent)? {
            count += page.len();
        }
        Ok(count + page.len())
    }
}

fn absent(error: StoreError) -> Refused {
    Refused::by_store(error, Problem::NoSuchProfile)
}

/// The name of a profile's file.
fn profile_name(name: &str) -> Result<FileName, Refused> {
    let stem = FileName::new(name).filter(|stem| stem.as_str().len() <= kiln_core::profile::Name::LONGEST);
    stem.ok_or(Refused::At(Problem::NoSuchProfile, "name"))
}

/// The format that profiles are written in.
fn newest() -> u16 {
    u16::try_from(FORMAT).unwrap_or(u16::MAX)
}
