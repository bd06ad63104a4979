//! The ledger: one file for each roller and each serum that a person owns. How often a roller was used is counted from
//! the sessions and is stored nowhere else.

mod amended;
mod ids;
mod item;
mod listed;
mod retiring;
mod standing;

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::amendment::Struck;
use super::disk::{Disk, OsDisk};
use super::file::SaveError;
use super::folder;
use super::header::FORMAT;
use super::history::UncountedFile;
use super::names::{ROLLERS, SERUMS};
use super::text::{LONGEST_NAME, TomlBlock, truncated};
use super::timestamp::{Day, Timestamp};
use super::toml_file::parse;
use engine::protocol::Micrometres;
use engine::safety::Roller;
use engine::timeline::Wall;
pub use ids::{ENDING, may_hold, numbered};
pub use retiring::{RestoreError, RetireError};

/// How a roller was when it was entered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Condition {
    /// In its sealed pack.
    Sealed,
    /// Used before.
    Used,
}

/// When and why a roller or serum was retired.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Retired {
    /// When.
    pub on: Day,
    /// The moment at which a command said so. Sessions tell theirs by themselves, and the first builds did not keep it.
    pub at: Option<Timestamp>,
    /// Why, in a few words.
    pub why: String,
}

/// A roller that the person owns, or owned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnedRoller {
    /// The name of its file without the extension.
    pub id: String,
    /// What its owner calls it.
    pub name: String,
    /// Needle length.
    pub needle: Micrometres,
    /// How it was when it was entered.
    pub condition: Condition,
    /// When its pack was opened, if known.
    pub opened: Option<Day>,
    /// Where it was bought, if the person said so.
    pub bought_from: Option<String>,
    /// When a command entered it. Sessions leave it out, and the first builds did not keep it.
    pub entered: Option<Timestamp>,
    /// It must not be used again.
    pub retired: Option<Retired>,
    /// When it was last taken back that it was retired. What was said before does not count any more.
    pub restored: Option<Timestamp>,
    /// A file that cannot be read and may be a copy of its file, or hold one: it may say that the roller is retired.
    pub unread: Option<UncountedFile>,
    /// It was entered by mistake: it must not be used either.
    pub struck: Option<Struck>,
}

impl OwnedRoller {
    /// A roller of which nothing else is known.
    fn new(id: String, name: String, needle: Micrometres, condition: Condition) -> OwnedRoller {
        OwnedRoller {
            id,
            name,
            needle,
            condition,
            opened: None,
            bought_from: None,
            entered: None,
            retired: None,
            restored: None,
            unread: None,
            struck: None,
        }
    }

    /// Reads the text of its file, which is called `id`.
    ///
    /// # Errors
    /// The reason, as the second half of a sentence that begins with the file's name.
    pub fn read(id: &str, bytes: &[u8]) -> Result<OwnedRoller, String> {
        let file: RollerFile = parse(bytes)?;
        Ok(OwnedRoller {
            id: id.to_owned(),
            name: truncated(&file.name, LONGEST_NAME),
            needle: Micrometres(file.needle_um),
            condition: file.kept,
            opened: file.opened,
            bought_from: file.bought_from.map(|shop| truncated(&shop, LONGEST_NAME)),
            entered: file.entered,
            retired: retired(file.retired, file.retired_at, file.retired_why)?,
            restored: file.restored,
            unread: None,
            struck: None,
        })
    }

    /// The roller as a session knows it. `uses` is the number of earlier sessions that used it.
    pub fn for_session(&self, uses: u32) -> Roller {
        Roller { id: self.id.clone(), name: self.name.clone(), needle: self.needle, uses }
    }

    /// The text of its file. Optional lines come first, so that a file that was cut short lacks a required line.
    pub fn to_text(&self) -> String {
        let mut lines = TomlBlock::new("");
        lines.number("format", Some(FORMAT));
        lines.text("bought_from", self.bought_from.as_deref());
        in_use(&mut lines, self.entered, self.opened, self.retired.as_ref(), self.restored);
        lines.text("name", Some(&self.name));
        lines.number("needle_um", Some(u64::from(self.needle.0)));
        lines.text(
            "kept",
            Some(match self.condition {
                Condition::Sealed => "sealed",
                Condition::Used => "used",
            }),
        );
        lines.finish()
    }
}

/// A serum or moisturiser that the person owns, or owned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnedSerum {
    /// The name of its file without the extension.
    pub id: String,
    /// What its owner calls it.
    pub name: String,
    /// Who makes it, if known.
    pub brand: Option<String>,
    /// When it was opened, if known.
    pub opened: Option<Day>,
    /// When it was entered; the first builds did not record that.
    pub entered: Option<Timestamp>,
    /// It is used up or thrown away.
    pub retired: Option<Retired>,
    /// When it was last taken back that it was retired.
    pub restored: Option<Timestamp>,
    /// It was entered by mistake.
    pub struck: Option<Struck>,
}

impl OwnedSerum {
    /// Reads the text of its file, which is called `id`.
    ///
    /// # Errors
    /// As [`OwnedRoller::read`].
    pub fn read(id: &str, bytes: &[u8]) -> Result<OwnedSerum, String> {
        let file: SerumFile = parse(bytes)?;
        Ok(OwnedSerum {
            id: id.to_owned(),
            name: truncated(&file.name, LONGEST_NAME),
            brand: file.brand.map(|brand| truncated(&brand, LONGEST_NAME)),
            opened: file.opened,
            entered: file.entered,
            retired: retired(file.retired, file.retired_at, file.retired_why)?,
            restored: file.restored,
            struck: None,
        })
    }

    /// The text of its file, in the order of [`OwnedRoller::to_text`].
    pub fn to_text(&self) -> String {
        let mut lines = TomlBlock::new("");
        lines.number("format", Some(FORMAT));
        lines.text("brand", self.brand.as_deref());
        in_use(&mut lines, self.entered, self.opened, self.retired.as_ref(), self.restored);
        lines.text("name", Some(&self.name));
        lines.finish()
    }

    fn entered_unix(&self) -> Option<i64> {
        self.entered.map(|entered| entered.wall().unix)
    }
}

/// The ledger below one data folder.
#[derive(Debug, Clone)]
pub struct Ledger {
    root: PathBuf,
    disk: Arc<dyn Disk>,
}

impl Ledger {
    /// The ledger below the data folder `root`. Nothing is read or created yet.
    pub fn new(root: &Path) -> Ledger {
        Ledger::on(OsDisk::shared(), root)
    }

    /// As [`Ledger::new`], with every change going through `disk`.
    pub fn on(disk: Arc<dyn Disk>, root: &Path) -> Ledger {
        Ledger { root: root.to_owned(), disk }
    }

    /// The file of the roller of this id.
    pub fn roller_file(&self, id: &str) -> PathBuf {
        self.root.join(ROLLERS).join(format!("{id}.toml"))
    }

    /// The file of the serum of this id.
    pub fn serum_file(&self, id: &str) -> PathBuf {
        self.root.join(SERUMS).join(format!("{id}.toml"))
    }

    /// Enters a roller, at the moment `entered` if a command does; its id is made from `name`.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn add_roller(
        &self,
        name: &str,
        needle: Micrometres,
        condition: Condition,
        opened: Option<Day>,
        bought_from: Option<&str>,
        entered: Option<Timestamp>,
    ) -> Result<OwnedRoller, SaveError> {
        let (id, name) = (String::new(), truncated(name, LONGEST_NAME));
        let bought_from = bought_from.map(|shop| truncated(shop, LONGEST_NAME));
        let mut roller = OwnedRoller { opened, bought_from, entered, ..OwnedRoller::new(id, name, needle, condition) };
        roller.id = add(&*self.disk, &self.root.join(ROLLERS), "roller", &roller.name, &roller.to_text())?;
        Ok(roller)
    }

    /// Enters a roller under the id that a session already uses for it.
    ///
    /// # Errors
    /// If it cannot be written, or another roller has that id.
    pub fn enter_roller(&self, roller: &Roller, condition: Condition) -> Result<(), SaveError> {
        let folder = self.root.join(ROLLERS);
        folder::make(&*self.disk, &folder).map_err(|error| SaveError::new(&folder, error))?;
        let name = truncated(&roller.name, LONGEST_NAME);
        let owned = OwnedRoller::new(roller.id.clone(), name, roller.needle, condition);
        let path = folder.join(format!("{}.toml", owned.id));
        let text = owned.to_text();
        let written = match folder::write_new(&*self.disk, &path, text.as_bytes()) {
            // A partial file from an earlier attempt to write the same text is no other roller.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => match folder::read(&path) {
                Ok(begun) if text.as_bytes().starts_with(&begun) => {
                    folder::replace(&*self.disk, &path, text.as_bytes())
                }
                _ => Err(error),
            },
            written => written,
        };
        written.map(|_| ()).map_err(|error| SaveError::new(&path, error))
    }

    /// The serum entered last, of those that are neither retired nor struck out and for which `is_meant` holds.
    pub fn newest_serum(&self, is_meant: impl Fn(&OwnedSerum) -> bool) -> Option<OwnedSerum> {
        let in_use = self.serums().0.into_iter().filter(|serum| serum.is_in_use() && is_meant(serum));
        in_use.max_by_key(OwnedSerum::entered_unix)
    }

    /// Enters a serum at `now`; its id is made from `name`.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn add_serum(
        &self,
        name: &str,
        brand: Option<&str>,
        opened: Option<Day>,
        now: Wall,
    ) -> Result<OwnedSerum, SaveError> {
        let name = truncated(name, LONGEST_NAME);
        let brand = brand.map(|brand| truncated(brand, LONGEST_NAME));
        // Serums entered within one second, or after a clock was set back, keep the order in which they were entered.
        let before = self.serums().0.iter().filter_map(OwnedSerum::entered_unix).max();
        let unix = before.map_or(now.unix, |before| now.unix.max(before.saturating_add(1)));
        let entered = Some(Timestamp::of(Wall { unix, ..now }));
        let (id, retired, restored, struck) = (String::new(), None, None, None);
        let mut serum = OwnedSerum { id, name, brand, opened, entered, retired, restored, struck };
        serum.id = add(&*self.disk, &self.root.join(SERUMS), "serum", &serum.name, &serum.to_text())?;
        Ok(serum)
    }

    fn rewrite(&self, path: &Path, text: &str) -> Result<(), SaveError> {
        let replaced = folder::replace(&*self.disk, path, text.as_bytes());
        replaced.map(|_| ()).map_err(|error| SaveError::new(path, error))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RollerFile {
    #[serde(rename = "format")]
    _format: u64,
    name: String,
    needle_um: u32,
    kept: Condition,
    opened: Option<Day>,
    bought_from: Option<String>,
    entered: Option<Timestamp>,
    retired: Option<Day>,
    retired_at: Option<Timestamp>,
    retired_why: Option<String>,
    restored: Option<Timestamp>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SerumFile {
    #[serde(rename = "format")]
    _format: u64,
    name: String,
    brand: Option<String>,
    opened: Option<Day>,
    entered: Option<Timestamp>,
    retired: Option<Day>,
    retired_at: Option<Timestamp>,
    retired_why: Option<String>,
    restored: Option<Timestamp>,
}

/// From when on it is used, and until when. Each is left out where it is not known.
fn in_use(
    lines: &mut TomlBlock,
    entered: Option<Timestamp>,
    opened: Option<Day>,
    retired: Option<&Retired>,
    restored: Option<Timestamp>,
) {
    let time = |lines: &mut TomlBlock, key: &str, at: Option<Timestamp>| {
        at.into_iter().for_each(|at| lines.time(key, at));
    };
    time(lines, "entered", entered);
    if let Some(opened) = opened {
        lines.raw("opened", &opened.to_string());
    }
    if let Some(retired) = retired {
        lines.raw("retired", &retired.on.to_string());
        time(lines, "retired_at", retired.at);
        lines.text("retired_why", Some(&retired.why));
    }
    time(lines, "restored", restored);
}

fn retired(on: Option<Day>, at: Option<Timestamp>, why: Option<String>) -> Result<Option<Retired>, String> {
    match (on, why) {
        (None, Some(_)) => Err("says why it was retired and not when".to_owned()),
        (on, why) => Ok(on.map(|on| Retired { on, at, why: truncated(&why.unwrap_or_default(), LONGEST_NAME) })),
    }
}

/// Writes a new file under the first free id made from `name`, and returns the id.
fn add(disk: &dyn Disk, folder: &Path, fallback: &str, name: &str, text: &str) -> Result<String, SaveError> {
    folder::make(disk, folder).map_err(|error| SaveError::new(folder, error))?;
    let mut number: u32 = 1;
    loop {
        let id = numbered(name, fallback, number);
        let path = folder.join(format!("{id}.toml"));
        match folder::write_new(disk, &path, text.as_bytes()) {
            Ok(_) => return Ok(id),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && number < 1_000 => number += 1,
            Err(error) => return Err(SaveError::new(&path, error)),
        }
    }
}
