//! Bytes added at a known place of a file, whole or not at all.

use littlefs2::fs::{File, OpenOptions};
use littlefs2::io::{SeekFrom, Write as _};
use littlefs2::path::Path;

use super::document::Files;
use super::error::StoreError;
use super::flash::Flash;

/// Makes `bytes` follow the first `at` bytes of a file, and nothing follow them. The file is made where there is none.
///
/// littlefs commits a file's new length when it is closed, so a cut leaves the first `at` bytes or all of them. Done
/// again after a failure whose outcome is not known, it does no harm: the same bytes come to the same place.
pub(super) fn put<F: Flash>(files: &Files<'_, F>, path: &Path, at: usize, bytes: &[u8]) -> Result<(), StoreError> {
    let start = u32::try_from(at).map_err(|_| StoreError::Full)?;
    let end = at.saturating_add(bytes.len());
    let mut shrunk = false;
    OpenOptions::new().write(true).create(true).open_and_then(files, path, |file| {
        let length = file.len()?;
        if length < at {
            shrunk = true;
            return Ok(());
        }
        file.seek(SeekFrom::Start(start))?;
        file.write_all(bytes)?;
        if length > end { file.set_len(end) } else { Ok(()) }
    })?;
    if shrunk { Err(StoreError::Damaged) } else { Ok(()) }
}

/// Reads from a place of a file; how many bytes there were.
pub(super) fn get<F: Flash>(
    files: &Files<'_, F>,
    path: &Path,
    at: usize,
    into: &mut [u8],
) -> Result<usize, StoreError> {
    let start = u32::try_from(at).map_err(|_| StoreError::Absent)?;
    let mut read = 0;
    File::open_and_then(files, path, |file| {
        file.seek(SeekFrom::Start(start))?;
        read = file.read(into)?;
        Ok(())
    })?;
    Ok(read)
}
