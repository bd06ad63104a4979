//! Paths in variables and flags, and where the settings file is.

use std::path::{Path, PathBuf};

use super::Flags;
use crate::content::folders::{Env, Folders, PathError};
use crate::content::{Refusal, Source, ThemeChoice};
use store::sanitise::brief;

/// The path of the settings file, and whether it has to exist.
///
/// # Errors
/// Refuses a path that only a shell would understand.
pub fn path(env: Env<'_>, flags: &Flags, folders: &Folders) -> Result<Option<(PathBuf, bool)>, Refusal> {
    let named = match &flags.config {
        Some(path) => Some(from_here("--config", path, env, folders)?),
        None => variable("DERMAROLL_CONFIG", env, folders)?,
    };
    Ok(named.map(|path| (path, true)).or_else(|| Some((folders.config.clone()?, false))))
}

/// The path that was given with the flag `flag`. A relative one begins in the current folder, as for every other
/// program.
///
/// # Errors
/// Refuses a path that only a shell would understand.
pub fn from_here(flag: &str, path: &Path, env: Env<'_>, folders: &Folders) -> Result<PathBuf, Refusal> {
    if path.as_os_str().is_empty() {
        return Err(Refusal::unread(flag, "names no path", "Write a path behind it, or leave it out."));
    }
    folders.resolve(path, env).map_err(|PathError { what, todo }| Refusal::unread(flag, what, todo))
}

/// The person's file with its path, if there is one, read by `read`.
pub(super) fn read_user(
    env: Env<'_>,
    flags: &Flags,
    folders: &Folders,
    read: fn(&Path) -> Result<Source, Refusal>,
) -> Result<Option<(PathBuf, Source)>, Refusal> {
    let Some((path, required)) = path(env, flags, folders)? else { return Ok(None) };
    // A broken link is a mistake; no file at all is not.
    let gone = |error: std::io::Error| error.kind() == std::io::ErrorKind::NotFound;
    let missing = !required && path.symlink_metadata().is_err_and(gone);
    if missing { Ok(None) } else { read(&path).map(|source| Some((path, source))) }
}

/// The path in the variable `name`, which must not be relative; an empty one counts as not set.
pub(super) fn variable(name: &str, env: Env<'_>, folders: &Folders) -> Result<Option<PathBuf>, Refusal> {
    let Some(path) = env(name).filter(|value| !value.is_empty()).map(PathBuf::from) else { return Ok(None) };
    let path = folders.resolve(&path, env).map_err(|PathError { what, todo }| Refusal::unread(name, what, todo))?;
    if path.is_absolute() {
        return Ok(Some(path));
    }
    let what = format!("{} would be another path in every folder", brief(&path.to_string_lossy()));
    Err(Refusal::unread(name, what, "Write it from the root, as in /home/anna/records, or begin it with ~/."))
}

/// The theme that the variable `name` names.
pub(super) fn theme_variable(name: &str, env: Env<'_>, folders: &Folders) -> Result<Option<ThemeChoice>, Refusal> {
    let named = env(name).and_then(|value| ThemeChoice::named(value.to_str()?));
    match named {
        Some(Ok(ThemeChoice::Usual)) => Ok(None),
        Some(Ok(theme)) => Ok(Some(theme)),
        Some(Err((what, todo))) => Err(Refusal::unread(name, what, todo)),
        None => Ok(variable(name, env, folders)?.map(ThemeChoice::File)),
    }
}

pub(super) fn absolute(path: PathBuf) -> PathBuf {
    std::path::absolute(&path).unwrap_or(path)
}
