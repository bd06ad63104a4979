//! The folders of settings, records and state: the XDG folders on every Unix, macOS included.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use store::sanitise::{brief, escape_hidden};

/// Looks up a variable of the environment. It is an argument, so that a test can have its own.
pub type Env<'a> = &'a dyn Fn(&str) -> Option<OsString>;

/// The folder of this program within each of the usual ones.
const NAME: &str = "dermaroll";

/// The longest name of a profile, in characters.
pub const LONGEST_PROFILE: usize = 32;

/// Each is None where no home folder is known.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Folders {
    pub home: Option<PathBuf>,
    /// The settings file.
    pub config: Option<PathBuf>,
    /// Sessions, rollers, serums.
    pub data: Option<PathBuf>,
    /// Where it is noted which data folders held records: not in a data folder, which may be synced.
    pub state: Option<PathBuf>,
}

impl Folders {
    /// The folders that the variables of `env` name. An XDG variable without an absolute path is ignored, as its
    /// specification asks.
    pub fn find(env: Env<'_>) -> Folders {
        let absolute = |name: &str| env(name).map(PathBuf::from).filter(|path| path.is_absolute());
        // Without HOME the system's list of users is asked.
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
pub struct PathError {
    /// Follows what names the path, and a colon.
    pub what: String,
    /// A sentence of its own.
    pub todo: String,
}

impl Folders {
    /// The path that `text` means in a file, a variable or a flag. `~` alone or before a slash is the home folder. What
    /// only a shell would replace is refused: taken literally, it would name another folder than the person means.
    ///
    /// # Errors
    /// Refuses another person's `~name`, variables of every kind, and `~` where no home folder is known.
    pub fn resolve(&self, text: &Path, env: Env<'_>) -> Result<PathBuf, PathError> {
        let words = text.to_string_lossy();
        if let Some(error) = path_error(&words, env) {
            return Err(error);
        }
        let Ok(rest) = text.strip_prefix("~") else { return Ok(text.to_owned()) };
        match &self.home {
            Some(home) if rest.as_os_str().is_empty() => Ok(home.clone()),
            Some(home) => Ok(home.join(rest)),
            None => Err(PathError {
                what: format!("{} is in the home folder, and none is known", brief(&words)),
                todo: "Write the path in full, or set HOME.".to_owned(),
            }),
        }
    }
}

/// Whether a path can be taken literally: a shell, or the system that it was copied from, would read nothing else in
/// it.
pub fn is_literal_path(text: &str) -> bool {
    shell_syntax(text).is_none() && url(text).is_none() && !is_windows_path(text) && !begins_with_user(text)
}

/// Why `path` cannot be taken literally, if it cannot.
fn path_error(path: &str, env: Env<'_>) -> Option<PathError> {
    const IN_FULL: &str = "Write the path in full, or begin it with ~/ for your home folder.";
    // Only a path that can be taken literally is proposed, and it is never shortened.
    let full = |path: &str| {
        let is_full = path.starts_with('/') && is_literal_path(path);
        if is_full { format!("Write the path in full: {}.", escape_hidden(path)) } else { IN_FULL.to_owned() }
    };
    if let Some((part, _)) = shell_syntax(path) {
        let what = format!("{} holds {}, which only a shell would replace", brief(path), brief(part));
        return Some(PathError { what, todo: full(&expanded(path, env)) });
    }
    if let Some((scheme, rest)) = url(path) {
        let what = format!("{} is an address, which begins with {scheme}: and is no path here", brief(path));
        // A file of this computer, unless part of it is encoded with %.
        let local = rest.strip_prefix("//localhost").or(rest.strip_prefix("//")).unwrap_or(rest);
        let is_local = scheme.eq_ignore_ascii_case("file") && !local.starts_with("//") && !local.contains('%');
        return Some(PathError { what, todo: full(if is_local { local } else { "" }) });
    }
    if is_windows_path(path) {
        let what = format!("{} is a path of Windows, which names no folder here", brief(path));
        return Some(PathError { what, todo: IN_FULL.to_owned() });
    }
    begins_with_user(path).then(|| PathError {
        what: format!("{} begins with ~ and a name, which only a shell would replace", brief(path)),
        todo: "Write the path in full, ~/ for your own home folder, or ./ before a name that begins so.".to_owned(),
    })
}

/// Whether `path` begins with `~` and the name of a user.
fn begins_with_user(path: &str) -> bool {
    path.starts_with('~') && !path.starts_with("~/") && path != "~"
}

/// Whether `path` begins with a drive or a server as on Windows.
fn is_windows_path(path: &str) -> bool {
    let (drive, rest) = path.split_at_checked(1).unwrap_or_default();
    let is_drive = drive.starts_with(|c: char| c.is_ascii_alphabetic());
    !cfg!(windows)
        && (path.starts_with("\\\\") || is_drive && rest.starts_with(':') && matches!(rest.get(1..2), Some("\\" | "/")))
}

/// `path` with the values of its variables.
fn expanded(path: &str, env: Env<'_>) -> String {
    const MOST: usize = 8;
    let mut path = path.to_owned();
    for _ in 0..MOST {
        let Some((part, value)) = shell_syntax(&path).and_then(|(part, name)| Some((part, env(name)?))) else { break };
        path = path.replacen(part, &value.to_string_lossy(), 1);
    }
    path
}

/// The first part of `path` that a shell, a template or Windows puts something else in the place of, and the name of
/// the variable in it, if it is one.
fn shell_syntax(path: &str) -> Option<(&str, &str)> {
    let is_of_a_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let is_name =
        |name: &str| name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') && name.chars().all(is_of_a_name);
    for (at, sign) in path.match_indices(['$', '{', '`', '%', '*']) {
        let rest = path.get(at + sign.len()..).unwrap_or_default();
        let part = |length: usize| path.get(at..at + length).unwrap_or_default();
        let upto = |end: char| rest.split_once(end).map(|(name, _)| name);
        match sign {
            "$" if rest.starts_with('{') => {
                let inner = rest.trim_start_matches('{');
                let name = inner.split(|c| !is_of_a_name(c)).next().unwrap_or_default();
                let length = rest.find('}').map_or(name.len() + 2, |end| end + 2);
                return Some((part(length), name));
            }
            "$" if rest.starts_with('(') => {
                return Some((part(rest.rfind(')').map_or(path.len() - at, |end| end + 2)), ""));
            }
            "$" => {
                let name = rest.split(|c| !is_of_a_name(c)).next().unwrap_or_default();
                if is_name(name) {
                    return Some((part(name.len() + 1), name));
                }
            }
            "`" => {
                if let Some(command) = upto('`') {
                    return Some((part(command.len() + 2), ""));
                }
            }
            "*" => return Some((part(1), "")),
            "{" => {
                if let Some(name) = upto('}').filter(|name| is_name(name) || name.contains(',')) {
                    return Some((part(name.len() + 2), name));
                }
            }
            _ => {
                if let Some(name) = upto('%').filter(|name| is_name(name)) {
                    return Some((part(name.len() + 2), name));
                }
            }
        }
    }
    None
}

/// The scheme of a URL such as `file:///x`, and what follows its colon.
fn url(path: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = path.split_once(':')?;
    let is_scheme =
        scheme.len() > 1 && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    let is_address = rest.starts_with("//") || scheme.eq_ignore_ascii_case("file");
    (is_scheme && scheme.starts_with(|c: char| c.is_ascii_alphabetic()) && is_address).then_some((scheme, rest))
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
        let meant = |text: &str| folders.resolve(Path::new(text), &env);
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
            ("it`s", "it`s"),
            ("{1f}/{a b}/{", "{1f}/{a b}/{"),
            ("a:b", "a:b"),
            ("C:", "C:"),
            ("what now?", "what now?"),
            ("rec [old]", "rec [old]"),
            ("a\\b", "a\\b"),
            ("$", "$"),
            ("/mnt/file:/x", "/mnt/file:/x"),
        ] {
            assert_eq!(meant(text), Ok(path.into()), "{text}");
        }
        for (text, todo) in [
            ("$HOME/x", "Write the path in full: /home/a/x."),
            ("${HOME}/x", "Write the path in full: /home/a/x."),
            ("%USERPROFILE%/x", "Write the path in full: /home/a/x."),
            ("/mnt/$NOBODY/x", "Write the path in full, or begin it with ~/ for your home folder."),
            ("{HOME}/x", "Write the path in full: /home/a/x."),
            ("{{HOME}}/x", "Write the path in full, or begin it with ~/ for your home folder."),
            ("${HOME/x", "Write the path in full: /home/a/x."),
            ("${HOME:-/x}/y", "Write the path in full: /home/a/y."),
            ("$HOME/$NOBODY", "Write the path in full, or begin it with ~/ for your home folder."),
            ("rel/$HOME", "Write the path in full, or begin it with ~/ for your home folder."),
            ("$HOME/{USERPROFILE}", "Write the path in full: /home/a//home/a."),
            ("$env:HOME/x", "Write the path in full, or begin it with ~/ for your home folder."),
            ("$(pwd)", "Write the path in full, or begin it with ~/ for your home folder."),
            ("$(pwd", "Write the path in full, or begin it with ~/ for your home folder."),
            ("$((1))/x", "Write the path in full, or begin it with ~/ for your home folder."),
            ("/a/`pwd`/x", "Write the path in full, or begin it with ~/ for your home folder."),
            ("/a/*", "Write the path in full, or begin it with ~/ for your home folder."),
            ("rec*/x", "Write the path in full, or begin it with ~/ for your home folder."),
            ("/a/{x,y}", "Write the path in full, or begin it with ~/ for your home folder."),
            ("C:\\Users\\x", "Write the path in full, or begin it with ~/ for your home folder."),
            ("d:/x", "Write the path in full, or begin it with ~/ for your home folder."),
            ("\\\\server\\x", "Write the path in full, or begin it with ~/ for your home folder."),
            ("file:///x", "Write the path in full: /x."),
            ("FILE://localhost/x", "Write the path in full: /x."),
            ("file:/x", "Write the path in full: /x."),
            ("file:///a%20b", "Write the path in full, or begin it with ~/ for your home folder."),
            ("file://host/x", "Write the path in full, or begin it with ~/ for your home folder."),
            ("https://a/x", "Write the path in full, or begin it with ~/ for your home folder."),
            ("~anna/x", "Write the path in full, ~/ for your own home folder, or ./ before a name that begins so."),
            ("~+", "Write the path in full, ~/ for your own home folder, or ./ before a name that begins so."),
        ] {
            assert_eq!(meant(text).unwrap_err().todo, todo, "{text}");
        }
        let homeless = Folders::default();
        assert!(homeless.resolve(Path::new("~/x"), &env).unwrap_err().what.contains("none is known"));
    }
}
