//! Files, with flags and permission bits.

use std::fs::{self, DirBuilder, File, Permissions, TryLockError};
use std::io;
use std::os::unix::fs::{DirBuilderExt as _, PermissionsExt as _};
use std::path::Path;

use rustix::fs::{Access, Mode, OFlags, access};

const OWNER_FILE: u32 = 0o600;
const OWNER_FOLDER: u32 = 0o700;
const ANYBODY_MAY_RUN: u32 = 0o111;

/// `NONBLOCK`, so that a named pipe does not block until somebody writes to it.
pub(crate) fn open(path: &Path) -> io::Result<File> {
    let flags = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
    Ok(File::from(rustix::fs::open(path, flags, Mode::empty())?))
}

pub(crate) fn open_plain(path: &Path) -> io::Result<File> {
    plain(path, OFlags::RDONLY)
}

pub(crate) fn append_plain(path: &Path) -> io::Result<File> {
    plain(path, OFlags::WRONLY | OFlags::APPEND)
}

fn plain(path: &Path, access: OFlags) -> io::Result<File> {
    let flags = access | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
    let file = match rustix::fs::open(path, flags, Mode::empty()) {
        Ok(file) => File::from(file),
        Err(rustix::io::Errno::LOOP) => {
            return Err(unusable("it is a symbolic link: put the file itself in its place"));
        }
        Err(error) => return Err(error.into()),
    };
    if file.metadata()?.is_file() { Ok(file) } else { Err(unusable("it is not a plain file")) }
}

fn unusable(why: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, why)
}

pub(crate) fn create_private(path: &Path) -> io::Result<File> {
    let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::APPEND | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    let file = File::from(rustix::fs::open(path, flags, Mode::from_raw_mode(OWNER_FILE))?);
    // The umask may have removed permissions of the owner too.
    if let Err(error) = file.set_permissions(Permissions::from_mode(OWNER_FILE)) {
        let _ = fs::remove_file(path);
        return Err(error);
    }
    Ok(file)
}

pub(crate) fn make_private_folder(path: &Path) -> io::Result<()> {
    DirBuilder::new().mode(OWNER_FOLDER).create(path)?;
    // As in `create_private`.
    fs::set_permissions(path, Permissions::from_mode(OWNER_FOLDER))
}

pub(crate) fn sync_folder(path: &Path) -> io::Result<()> {
    File::open(path)?.sync_all()
}

#[cfg(any(target_os = "linux", target_os = "android"))]
pub(crate) fn reserve(file: &File, bytes: u64) -> io::Result<()> {
    let length = file.metadata()?.len();
    Ok(rustix::fs::fallocate(file, rustix::fs::FallocateFlags::KEEP_SIZE, length, bytes)?)
}

/// Other systems cannot reserve space without changing the length of the file.
#[cfg(not(any(target_os = "linux", target_os = "android")))]
pub(crate) fn reserve(_: &File, _: u64) -> io::Result<()> {
    Ok(())
}

/// The lock belongs to the opened folder, so it is released when that is closed.
#[derive(Debug)]
pub(crate) struct FolderLock {
    _folder: File,
}

pub(crate) fn lock_folder(path: &Path) -> Result<FolderLock, TryLockError> {
    let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
    let opened = rustix::fs::open(path, flags, Mode::empty());
    let folder = File::from(opened.map_err(|error| TryLockError::Error(error.into()))?);
    folder.try_lock()?;
    Ok(FolderLock { _folder: folder })
}

pub(crate) fn can_be_written_in(path: &Path) -> bool {
    path.is_dir() && access(path, Access::WRITE_OK | Access::EXEC_OK).is_ok()
}

pub(crate) fn is_program(path: &Path) -> bool {
    let found = fs::metadata(path);
    found.is_ok_and(|found| found.is_file() && found.permissions().mode() & ANYBODY_MAY_RUN != 0)
}

#[cfg(any(target_os = "linux", target_os = "android"))]
pub(crate) fn random_bytes() -> Option<[u8; 8]> {
    let mut bytes = [0; 8];
    rustix::rand::getrandom(&mut bytes, rustix::rand::GetRandomFlags::NONBLOCK).ok()?;
    Some(bytes)
}

#[cfg(not(any(target_os = "linux", target_os = "android")))]
pub(crate) fn random_bytes() -> Option<[u8; 8]> {
    None
}
