//! Reads and writes files and folders that only their owner can read. After a power cut a file holds its old text or
//! its new one, and nothing but a plain file of sensible size is ever opened.

use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use super::disk::{Disk, Handle, OsDisk};
use super::names::PROFILES;
use platform::files;

/// The size of the largest file that is read, in bytes.
pub const LARGEST: u64 = 1 << 20;

/// Creates the folder at `path` and any missing folder above it, private to their owner. All of them are on disk when
/// this returns. A folder that exists is left as it is.
///
/// # Errors
/// If a folder cannot be created, or something else has its name.
pub fn make(disk: &dyn Disk, path: &Path) -> io::Result<()> {
    if path.is_dir() {
        // Whoever created it, or a folder above it, may have been stopped before the sync.
        let mut above = of(path).ancestors().filter(|above| !above.as_os_str().is_empty());
        return above.try_for_each(|above| confirm(disk, above));
    }
    if let Some(parent) = path.parent().filter(|parent| !parent.as_os_str().is_empty()) {
        make(disk, parent)?;
    }
    match disk.make_folder(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && path.is_dir() => {}
        made => made?,
    }
    disk.sync_folder(of(path))
}

/// Syncs a folder that existed before. If it may not be opened, or its file system cannot sync it, somebody else
/// created it and none of the names in it are ours.
fn confirm(disk: &dyn Disk, folder: &Path) -> io::Result<()> {
    use io::ErrorKind::{InvalidInput, PermissionDenied, Unsupported};
    match disk.sync_folder(folder) {
        Err(error) if matches!(error.kind(), PermissionDenied | InvalidInput | Unsupported) => Ok(()),
        synced => synced,
    }
}

/// Creates the folder at `path` and any missing folder above it, private to their owner, without waiting for the disk:
/// [`make`] does that before anything is written that must not be lost.
///
/// # Errors
/// If a folder cannot be created, or something else has its name.
pub fn make_at_once(path: &Path) -> io::Result<()> {
    if path.is_dir() {
        return Ok(());
    }
    if let Some(parent) = path.parent().filter(|parent| !parent.as_os_str().is_empty()) {
        make_at_once(parent)?;
    }
    match OsDisk.make_folder(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && path.is_dir() => Ok(()),
        made => made,
    }
}

/// Tells git to leave line ends alone. Records are read with any line ends, but anyone who compares two folders, or
/// repairs a record by hand, should find the same bytes on every computer.
const ATTRIBUTES: (&str, &[u8]) = (
    ".gitattributes",
    b"# dermaroll: records keep their bytes, so git must not change the ends of their lines.\n* -text\n",
);

/// Creates the data folder at `path` as [`make_at_once`] does. A new one, or the new folder above all profiles, gets a
/// `.gitattributes` file.
///
/// # Errors
/// As [`make_at_once`].
pub fn make_data_folder(path: &Path) -> io::Result<()> {
    let top = path.parent().filter(|parent| parent.ends_with(PROFILES)).map_or(path, of);
    let is_new = fs::read_dir(top).map_or(true, |mut listed| listed.next().is_none());
    make_at_once(path)?;
    if is_new {
        let (name, text) = ATTRIBUTES;
        // No record depends on it.
        let _ = OsDisk.create(&top.join(name)).and_then(|mut file| file.write_all(text));
    }
    Ok(())
}

/// The folder that the file at `path` is in.
pub fn of(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        Some(_) | None => Path::new("."),
    }
}

/// The bytes of the file at `path`.
///
/// # Errors
/// If it is no plain file, is a symbolic link, is larger than [`LARGEST`], or cannot be read.
pub fn read(path: &Path) -> io::Result<Vec<u8>> {
    let file = files::open_plain(path)?;
    // With room for all of it from the start, the file is read in one go.
    let length = file.metadata()?.len().min(LARGEST);
    let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or(0).saturating_add(1));
    file.take(LARGEST + 1).read_to_end(&mut bytes)?;
    if u64::try_from(bytes.len()).is_ok_and(|length| length <= LARGEST) {
        Ok(bytes)
    } else {
        Err(unusable("it is larger than 1 MiB"))
    }
}

/// Creates a file at `path` with `bytes` in it. It is on disk when this returns, and open for appending.
///
/// # Errors
/// If anything exists there or the file cannot be written; an incomplete file is deleted again.
pub fn write_new(disk: &dyn Disk, path: &Path, bytes: &[u8]) -> io::Result<Box<dyn Handle>> {
    let mut file = disk.create(path)?;
    match file.write_all(bytes).and_then(|()| file.sync()).and_then(|()| disk.sync_folder(of(path))) {
        Ok(()) => Ok(file),
        Err(error) => {
            // The first error is the one to tell.
            let _ = disk.remove(path);
            Err(error)
        }
    }
}

/// Replaces the file at `path`, if there is one, by a new one with `bytes` in it: a reader finds the old text or the
/// new one, never a mixture. Returns the new file, open for appending.
///
/// # Errors
/// If it cannot be written. The old file is then unchanged.
pub fn replace(disk: &dyn Disk, path: &Path, bytes: &[u8]) -> io::Result<Box<dyn Handle>> {
    let fresh = beside(path)?;
    let file = write_new(disk, &fresh, bytes)?;
    if let Err(error) = disk.rename(&fresh, path) {
        let _ = disk.remove(&fresh);
        return Err(error);
    }
    disk.sync_folder(of(path))?;
    Ok(file)
}

/// As [`write_new`], but the file gets its name only once all of it is on disk. So no crash leaves a file that is named
/// after a session and holds nothing of it. Only the holder of the lock may call this, since nothing keeps another
/// process from taking the name at the same time.
///
/// # Errors
/// As [`write_new`].
pub fn write_whole(disk: &dyn Disk, path: &Path, bytes: &[u8]) -> io::Result<Box<dyn Handle>> {
    if path.symlink_metadata().is_ok() {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    // The first error is the one to tell.
    replace(disk, path, bytes).inspect_err(|_| _ = disk.remove(path))
}

/// `count` random characters for names; at most eight.
pub fn random_name(count: usize) -> String {
    const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
    files::random_bytes()
        .into_iter()
        .take(count)
        .filter_map(|byte| ALPHABET.get(usize::from(byte % 32)).copied())
        .map(char::from)
        .collect()
}

/// A name in the folder of `path` for a file that is still being written. The leading dot keeps it out of every list.
fn beside(path: &Path) -> io::Result<PathBuf> {
    let name = path.file_name().ok_or_else(|| unusable("it has no name"))?;
    Ok(path.with_file_name(format!(".{}.{}.new", name.to_string_lossy(), random_name(6))))
}

fn unusable(why: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, why)
}
