//! Amendments: what was struck out or corrected after it was written. Each is a file of its own beside the file that it
//! is about, `<its name>.struck-STAMP.toml`, so that nothing is rewritten and programs that sync find no conflict. What
//! is read of a session, a later note, a roller or a serum has its amendments in it from the start.

mod files;
mod names;
mod session;

use core::fmt;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr};

use super::disk::Disk;
use super::file::SaveError;
use super::folder;
use super::follow_up::Skin;
use super::header::FORMAT;
use super::text::{LONGEST_NAME, LONGEST_NOTE, LONGEST_REASON, TomlBlock, truncated};
use super::timestamp::{Day, Timestamp};
use super::toml_file::{bytes, parse};
use super::walk::children;
#[cfg(test)]
use crate::export::shape;
use engine::protocol::Section;
use engine::timeline::Wall;
pub(super) use files::{Beside, in_folder};
pub(super) use names::{amended, looks_like_one};
pub use session::{of_session, read_session};

/// What an amendment does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, IntoStaticStr, EnumString)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum What {
    /// It strikes the entry out.
    Struck,
    /// It takes back that the entry was struck out.
    Unstruck,
    /// It corrects fields of the entry.
    Corrected,
}

/// An amendment as its file holds it. All fields between `why` and `what` are corrections.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Amendment {
    /// Always [`FORMAT`].
    pub format: u64,
    /// The name, without the extension, of the file that it is about.
    pub of: String,
    /// When it was written.
    pub written: Timestamp,
    /// Why, in the person's own words; may be empty.
    pub why: String,
    /// The local day of a session.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub day: Option<Day>,
    /// The sections that were rolled in a session from paper.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sections: Option<Vec<Section>>,
    /// How a session felt, 0 to 5.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub feel: Option<u8>,
    /// The note of a session; empty: there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// The id of the roller that was used in a session from paper, with its name and length.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub roller: Option<String>,
    /// What its owner calls that roller.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub roller_name: Option<String>,
    /// The serum that was used in a session from paper.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub serum: Option<String>,
    /// How the skin was, of a later note.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub felt: Option<Vec<Skin>>,
    /// The words of a later note.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// The name of a roller or serum.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The needle length in micrometres, of a roller or of that of a session.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub needle_um: Option<u32>,
    /// Where a roller was bought.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bought_from: Option<String>,
    /// Who makes a serum, also that of a session.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub brand: Option<String>,
    /// The day on which a roller's pack or a serum was opened, also that of a session.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub opened: Option<Day>,
    /// The last line of the file, so that a file that was cut short is not taken for a whole one.
    pub what: What,
}

impl Amendment {
    /// One without corrections.
    pub fn new(what: What, of: &str, written: Wall, why: &str) -> Amendment {
        Amendment {
            format: FORMAT,
            of: of.to_owned(),
            written: Timestamp::of(written),
            why: truncated(why, LONGEST_REASON),
            day: None,
            sections: None,
            feel: None,
            note: None,
            roller: None,
            roller_name: None,
            serum: None,
            felt: None,
            text: None,
            name: None,
            needle_um: None,
            bought_from: None,
            brand: None,
            opened: None,
            what,
        }
    }

    /// Reads the text of its file.
    ///
    /// # Errors
    /// The reason, as the second half of a sentence that begins with the file's name.
    pub fn read(bytes: &[u8]) -> Result<Amendment, String> {
        parse(bytes)
    }

    /// The names of the fields that it corrects.
    pub fn fields(&self) -> Vec<&'static str> {
        let fields = [
            ("day", self.day.is_some()),
            ("sections", self.sections.is_some()),
            ("feel", self.feel.is_some()),
            ("note", self.note.is_some()),
            ("roller", self.roller.is_some()),
            ("serum", self.serum.is_some()),
            ("skin", self.felt.is_some()),
            ("text", self.text.is_some()),
            ("name", self.name.is_some()),
            ("length", self.needle_um.is_some() && self.roller.is_none()),
            ("bought-from", self.bought_from.is_some()),
            ("brand", self.brand.is_some() && self.serum.is_none()),
            ("opened", self.opened.is_some() && self.serum.is_none()),
        ];
        fields.into_iter().filter(|(_, is_there)| *is_there).map(|(name, _)| name).collect()
    }

    /// The text of its file.
    pub fn to_text(&self) -> String {
        let name = |text: &Option<String>| text.as_ref().map(|text| truncated(text, LONGEST_NAME));
        let note = |text: &Option<String>| text.as_ref().map(|text| truncated(text, LONGEST_NOTE));
        let mut lines = TomlBlock::new("");
        lines.number("format", Some(self.format));
        lines.text("of", Some(&self.of));
        lines.time("written", self.written);
        lines.text("why", Some(&truncated(&self.why, LONGEST_REASON)));
        let day = |lines: &mut TomlBlock, key: &str, day: Option<Day>| {
            day.iter().for_each(|day| lines.raw(key, &day.to_string()));
        };
        let texts = |lines: &mut TomlBlock, key: &str, texts: Option<Vec<&str>>| {
            lines.texts(key, texts.map(|texts| texts.into_iter().map(str::to_owned).collect::<Vec<_>>()).as_deref());
        };
        day(&mut lines, "day", self.day);
        let sections = self.sections.as_ref().map(|all| all.iter().map(|section| section.id()).collect());
        texts(&mut lines, "sections", sections);
        lines.number("feel", self.feel.map(u64::from));
        lines.text("note", note(&self.note).as_deref());
        lines.text("roller", self.roller.as_deref());
        lines.text("roller_name", name(&self.roller_name).as_deref());
        lines.text("serum", name(&self.serum).as_deref());
        texts(&mut lines, "felt", self.felt.as_ref().map(|felt| felt.iter().map(|skin| skin.id()).collect()));
        lines.text("text", note(&self.text).as_deref());
        lines.text("name", name(&self.name).as_deref());
        lines.number("needle_um", self.needle_um.map(u64::from));
        lines.text("bought_from", name(&self.bought_from).as_deref());
        lines.text("brand", name(&self.brand).as_deref());
        day(&mut lines, "opened", self.opened);
        lines.text("what", Some(self.what.into()));
        lines.finish()
    }
}

/// That an entry is struck out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Struck {
    /// When.
    #[cfg_attr(test, schemars(with = "shape::Moment"))]
    pub at: Timestamp,
    /// Why, in the person's own words.
    pub why: String,
}

/// What the amendments of one entry come to, oldest first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Amended {
    all: Vec<Amendment>,
    /// The corrections that cannot be read, and when each was written.
    unread: Vec<(Wall, PathBuf)>,
}

impl Amended {
    /// That it is struck out, if the last word on that is that it is.
    pub fn struck(&self) -> Option<Struck> {
        let last = self.all.iter().rev().find(|one| one.what != What::Corrected)?;
        (last.what == What::Struck).then(|| Struck { at: last.written, why: last.why.clone() })
    }

    /// The corrections, oldest first.
    pub fn corrections(&self) -> impl DoubleEndedIterator<Item = &Amendment> {
        self.all.iter().filter(|one| one.what == What::Corrected)
    }

    /// When it was corrected last.
    pub fn corrected(&self) -> Option<Timestamp> {
        self.corrections().next_back().map(|one| one.written)
    }

    /// When the last of them was written, also if it cannot be read, in seconds since the beginning of 1970.
    fn last_written(&self) -> Option<i64> {
        let read = self.all.iter().map(|one| one.written.wall().unix);
        read.chain(self.unread.iter().map(|(written, _)| written.unix)).max()
    }

    /// The last correction that cannot be read, unless the day was corrected after it: it may have corrected the day.
    fn unread_day(&self) -> Option<&(Wall, PathBuf)> {
        let last = self.unread.iter().max_by_key(|(written, _)| written.unix)?;
        let is_later = |one: &Amendment| one.day.is_some() && one.written.wall().unix > last.0.unix;
        (!self.corrections().any(is_later)).then_some(last)
    }

    /// The last correction of one field.
    pub fn last<T>(&self, field: impl Fn(&Amendment) -> Option<T>) -> Option<T> {
        self.corrections().rev().find_map(field)
    }
}

/// The amendments of many entries, by the names of the files that they are about, without the extension.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Amendments(BTreeMap<String, Amended>);

impl Amendments {
    /// Those of the entry whose file has this `stem`.
    pub fn of(&self, stem: &str) -> Amended {
        self.0.get(stem).cloned().unwrap_or_default()
    }

    /// The corrected day of the session `id`, if it was corrected.
    pub fn day_of(&self, id: &str) -> Option<Day> {
        self.0.get(id)?.last(|one| one.day)
    }

    /// The corrections that cannot be read and may have put an entry on another day: its name, when, and the file.
    pub(super) fn unread_days(&self) -> Vec<(String, Wall, PathBuf)> {
        let day = |(of, amended): (&String, &Amended)| {
            let (written, path) = amended.unread_day()?.clone();
            Some((of.clone(), written, path))
        };
        self.0.iter().filter_map(day).collect()
    }
}

/// Writes `amendment` beside the file at `path`, which it is about, and returns its path. It is dated a second
/// after the last one there, if that is later than now: what is said last counts, also within a second and after a clock
/// was set back.
///
/// # Errors
/// If it cannot be written.
pub fn write(disk: &dyn Disk, path: &Path, amendment: &Amendment) -> Result<PathBuf, SaveError> {
    let (there, _, _) = in_folder(children(folder::of(path), &mut Vec::new()));
    let last = there.of(&amendment.of).last_written().map(|last| last.saturating_add(1));
    let wall = amendment.written.wall();
    let unix = last.map_or(wall.unix, |last| wall.unix.max(last));
    let amendment = &Amendment { written: Timestamp::of(Wall { unix, ..wall }), ..amendment.clone() };
    let path = path.with_file_name(names::of(amendment));
    let written = folder::write_new(disk, &path, amendment.to_text().as_bytes());
    written.map(|_| ()).map_err(|error| SaveError::new(&path, error))?;
    Ok(path)
}

/// The amendment in the file at `path`, whose name says that it is about the file called `stem`.
fn read(path: &Path, stem: &str) -> Result<Amendment, String> {
    let amendment = Amendment::read(&bytes(path)?)?;
    if amendment.of == stem { Ok(amendment) } else { Err("is about another file".to_owned()) }
}

impl fmt::Display for What {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_and_cut_short_it_is_refused() {
        let mut amendment =
            Amendment::new(What::Corrected, "blue", Wall { unix: 1_795_388_400, offset: 3_600 }, "a \"b\"");
        amendment.needle_um = Some(200);
        amendment.name = Some("bl\u{202e}ue".to_owned());
        let text = amendment.to_text();
        assert_eq!(Amendment::read(text.as_bytes()).as_ref(), Ok(&amendment), "{text}");
        for end in 0..text.trim_end().len() {
            assert!(Amendment::read(&text.as_bytes()[..end]).is_err(), "{end}");
        }
        assert_eq!(amendment.fields(), ["name", "length"]);
    }

    #[test]
    fn the_last_word_counts_for_each_field() {
        let at = |unix, what| Amendment::new(what, "blue", Wall { unix, offset: 0 }, "why");
        let one = Amendment { feel: Some(2), note: Some("first".into()), ..at(1, What::Corrected) };
        let two = Amendment { feel: Some(4), ..at(2, What::Corrected) };
        let amended = Amended { all: vec![one, two, at(3, What::Struck)], ..Amended::default() };
        assert_eq!(amended.last(|one| one.feel), Some(4));
        assert_eq!(amended.last(|one| one.note.clone()).as_deref(), Some("first"));
        assert_eq!(amended.struck().map(|struck| struck.why).as_deref(), Some("why"));
        let amended = Amended { all: vec![at(1, What::Struck), at(2, What::Unstruck)], ..Amended::default() };
        assert_eq!(amended.struck(), None);
    }
}
