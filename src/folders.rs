//! Where settings, records and what is remembered of them belong: the XDG folders on every Unix, macOS included.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use crate::visible::brief;

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

/// What is wrong with a path, and what to write instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unclear {
    /// Follows what names the path, and a colon.
    pub what: String,
    /// A sentence of its own.
    pub todo: String,
}

impl Folders {
    /// The path that `text` means, wherever it was written: in a file, a variable or behind a flag. `~` alone or before a
    /// slash is the home folder. What a shell would put in its place is put there by no other program, so that it would
    /// name a folder of its own; it is refused.
    ///
    /// # Errors
    /// Refuses another person's `~name`, variables of every kind, and `~` where no home folder is known.
    pub fn meant(&self, text: &Path, env: Env<'_>) -> Result<PathBuf, Unclear> {
        let words = text.to_string_lossy();
        if let Some((variable, name)) = variable(&words) {
            let what = format!("{} holds {}, which only a shell would replace", brief(&words), brief(variable));
            let todo = match env(name).filter(|value| !value.is_empty()) {
                Some(value) => format!(
                    "Write the path in full: {}.",
                    brief(&words.replacen(variable, &value.to_string_lossy(), 1))
                ),
                None => "Write the path in full, or begin it with ~/ for your home folder.".to_owned(),
            };
            return Err(Unclear { what, todo });
        }
        let Ok(rest) = text.strip_prefix("~") else {
            if words.starts_with('~') {
                let what = format!("{} begins with ~ and a name, which only a shell would replace", brief(&words));
                let todo = "Write the path in full, ~/ for your own home folder, or ./ before a name that begins so.";
                return Err(Unclear { what, todo: todo.to_owned() });
            }
            return Ok(text.to_owned());
        };
        match &self.home {
            Some(home) if rest.as_os_str().is_empty() => Ok(home.clone()),
            Some(home) => Ok(home.join(rest)),
            None => Err(Unclear {
                what: format!("{} is in the home folder, and none is known", brief(&words)),
                todo: "Write the path in full, or set HOME.".to_owned(),
            }),
        }
    }
}

/// The first variable in `path` as a shell or Windows writes it, and its name.
fn variable(path: &str) -> Option<(&str, &str)> {
    let is_of_a_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    for (at, _) in path.match_indices('$') {
        let rest = path.get(at + 1..).unwrap_or_default();
        if let Some((name, _)) = rest.strip_prefix('{').and_then(|rest| rest.split_once('}')) {
            return Some((path.get(at..at + 3 + name.len()).unwrap_or_default(), name));
        }
        let name = rest.split(|c| !is_of_a_name(c)).next().unwrap_or_default();
        if name.starts_with(|c: char| !c.is_ascii_digit()) {
            return Some((path.get(at..=at + name.len()).unwrap_or_default(), name));
        }
    }
    let mut parts = path.split('%').skip(1);
    let name = parts.next().filter(|_| parts.next().is_some())?;
    let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic()) && name.chars().all(is_of_a_name);
    let at = path.find('%').filter(|_| is_name)?;
    Some((path.get(at..at + name.len() + 2).unwrap_or_default(), name))
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

    #[test]
    fn a_path_means_the_same_wherever_it_is_written() {
        let folders = find(&[("HOME", "/home/a")]);
        let env = |name: &str| (name == "HOME" || name == "USERPROFILE").then(|| OsString::from("/home/a"));
        let meant = |text: &str| folders.meant(Path::new(text), &env);
        for (text, path) in [
            ("~", "/home/a"),
            ("~/", "/home/a"),
            ("~/rec/x", "/home/a/rec/x"),
            ("~//rec", "/home/a/rec"),
            ("/abs", "/abs"),
            ("rel/a", "rel/a"),
            ("./~x", "./~x"),
            ("a~b/c~", "a~b/c~"),
            ("cost 5$", "cost 5$"),
            ("50%", "50%"),
            ("50% of 100%", "50% of 100%"),
            ("$5", "$5"),
        ] {
            assert_eq!(meant(text), Ok(path.into()), "{text}");
        }
        for (text, todo) in [
            ("$HOME/x", "Write the path in full: /home/a/x."),
            ("${HOME}/x", "Write the path in full: /home/a/x."),
            ("%USERPROFILE%/x", "Write the path in full: /home/a/x."),
            ("/mnt/$NOBODY/x", "Write the path in full, or begin it with ~/ for your home folder."),
            ("~anna/x", "Write the path in full, ~/ for your own home folder, or ./ before a name that begins so."),
            ("~+", "Write the path in full, ~/ for your own home folder, or ./ before a name that begins so."),
        ] {
            assert_eq!(meant(text).unwrap_err().todo, todo, "{text}");
        }
        let homeless = Folders::default();
        assert!(homeless.meant(Path::new("~/x"), &env).unwrap_err().what.contains("none is known"));
    }
}
