//! `dermaroll config` and `dermaroll protocol`: find, check and print; they change nothing.

use std::path::{Path, PathBuf};

use super::{
    Failure, WRONG_USE, env, now, print, print_to_be_copied, refuse_two_folders, settings, warn_of_unknown_zone,
};
use crate::content::config::Flags;
use crate::content::config::{self, Settings};
use crate::content::folders::Folders;
use crate::content::{Refusal, Source, check};
use store::calendar::{offset_words, zone};

/// Prints the paths of settings, records and state. This works with broken settings too, except that the folder of the
/// records is then unknown, since the settings may name it.
pub(super) fn paths(flags: &Flags) -> Result<u8, Failure> {
    let folders = Folders::find(&env);
    let named = config::path(&env, flags, &folders)?.map(|(path, _)| path);
    let read = settings(flags).map(|(settings, _)| settings);
    let data = match &read {
        Ok(settings) => settings.records(),
        // Where flags or environment name folder and profile, the settings file does not matter.
        Err(_) => Settings::resolve(None, &env, flags, &folders)
            .ok()
            .filter(|settings| settings.data_dir.from.is_outside_files() && settings.profile.from.is_outside_files())
            .and_then(|settings| settings.records()),
    };
    let show = |path: Option<PathBuf>| path.map_or_else(|| "-".to_owned(), |path| path.display().to_string());
    print_to_be_copied(&format!(
        "settings  {}\nrecords   {}\nstate     {}\n",
        show(named),
        show(data),
        show(folders.state)
    ))?;
    read.map(|_| 0)
}

/// Checks the settings and the files that they name.
pub(super) fn check_settings(flags: &Flags) -> Result<u8, Failure> {
    let (found, mut mistakes) = Settings::with_mistakes(&env, flags, &Folders::find(&env));
    mistakes.extend(found.iter().flat_map(Settings::mistakes_of_files));
    // Mistakes in the settings file come first, in the order of its lines.
    let file = found.as_ref().and_then(|settings| settings.file.as_ref()).map(|file| file.display().to_string());
    mistakes.sort_by_key(|refusal| match Some(refusal.file()) == file.as_deref() {
        true => (0, refusal.line()),
        false => (1, None),
    });
    let settings = match found {
        Some(settings) if mistakes.is_empty() => settings,
        _ => return Err(Failure::new(WRONG_USE, Refusal::listed(&mistakes))),
    };
    refuse_two_folders(&settings)?;
    warn_of_unknown_zone()?;
    let what = match &settings.file {
        Some(path) => format!("{} is in order.\n", path.display()),
        None => "There is no settings file; the shipped settings hold.\n".to_owned(),
    };
    print(&what)?;
    Ok(0)
}

/// Prints the settings in force.
pub(super) fn show_settings(flags: &Flags) -> Result<u8, Failure> {
    let (settings, _) = settings(flags)?;
    let loaded = settings.protocols()?;
    let (zone, offset) = (zone(), offset_words(now().offset));
    let zone = match zone.is_understood {
        true => zone.name.clone(),
        false => format!("\"{}\", which is not known here", zone.name),
    };
    print_to_be_copied(&format!("{}\n# Time zone: {zone}, now {offset}\n", settings.show(&loaded.session)))?;
    Ok(0)
}

/// Checks a protocol or checklist file.
pub(super) fn check_protocol(flags: &Flags, file: &Path) -> Result<u8, Failure> {
    let (settings, folders) = settings(flags)?;
    let source = Source::read_leniently(&config::from_here("FILE", file, &env, &folders)?)?;
    let mistakes = check::mistakes(&source, settings.trial.value);
    if !mistakes.is_empty() {
        return Err(Failure::new(WRONG_USE, Refusal::listed(&mistakes)));
    }
    let checked = check::check(source, settings.trial.value)?;
    print(&format!("{}\n", checked))?;
    Ok(0)
}
