//! Where settings, records and the lock belong: the XDG folders on every Unix, macOS included.

use std::ffi::OsString;
use std::path::PathBuf;

/// Looks up a variable of the environment; handed in, so that a test can bring its own.
pub type Env<'a> = &'a dyn Fn(&str) -> Option<OsString>;

/// The folder of this program within each of the usual ones.
const NAME: &str = "dermaroll";

/// The usual places; None where no home folder is known.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Folders {
    /// The person's home.
    pub home: Option<PathBuf>,
    /// The settings file.
    pub config: Option<PathBuf>,
    /// Sessions, rollers, serums.
    pub data: Option<PathBuf>,
    /// The lock, and which data folders held records, outside of what is synced.
    pub state: Option<PathBuf>,
}

impl Folders {
    /// The places that `env` speaks of. An XDG variable that holds no absolute path is ignored, as its specification
    /// asks.
    pub fn find(env: Env<'_>) -> Folders {
        let absolute = |name: &str| env(name).map(PathBuf::from).filter(|path| path.is_absolute());
        // Without HOME the user database is asked.
        let home = absolute("HOME").or_else(|| etcetera::home_dir().ok().filter(|path| path.is_absolute()));
        let place =
            |name: &str, usual: &str| Some(absolute(name).or_else(|| Some(home.as_ref()?.join(usual)))?.join(NAME));
        Folders {
            config: place("XDG_CONFIG_HOME", ".config").map(|folder| folder.join("config.toml")),
            data: place("XDG_DATA_HOME", ".local/share"),
            state: place("XDG_STATE_HOME", ".local/state"),
            home,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(variables: &[(&str, &str)]) -> Folders {
        Folders::find(&|name| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| value.into()))
    }

    #[test]
    fn the_usual_places_lie_in_the_home_folder() {
        let folders = find(&[("HOME", "/home/a")]);
        assert_eq!(folders.config, Some("/home/a/.config/dermaroll/config.toml".into()));
        assert_eq!(folders.data, Some("/home/a/.local/share/dermaroll".into()));
        assert_eq!(folders.state, Some("/home/a/.local/state/dermaroll".into()));
    }

    #[test]
    fn xdg_variables_move_them_unless_they_are_relative() {
        let folders =
            find(&[("HOME", "/home/a"), ("XDG_CONFIG_HOME", "/c"), ("XDG_DATA_HOME", "data"), ("XDG_STATE_HOME", "")]);
        assert_eq!(folders.config, Some("/c/dermaroll/config.toml".into()));
        assert_eq!(folders.data, Some("/home/a/.local/share/dermaroll".into()));
        assert_eq!(folders.state, Some("/home/a/.local/state/dermaroll".into()));
    }
}
