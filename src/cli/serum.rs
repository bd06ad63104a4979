//! `dermaroll serum`: the serums that go on the skin afterwards, with name, brand and the day of opening.

use core::cmp::Reverse;
use std::path::Path;

use serde::Serialize;

use super::amend_ledger::{called_serum, opened, retired, struck_out};
use super::strike::not_meant;
use super::{
    Failure, WRONG_USE, data_folder, in_quotes, lock, now, print_list, print_saved, settings, text_within,
    warn_uncounted, way_back,
};
use crate::content;
use crate::content::config::Flags;
use engine::protocol::Words;
use store::record::text::LONGEST_NAME;
use store::record::{Ledger, OwnedSerum, Struck, Timestamp};
use store::sanitise::{escape_hidden, look_the_same};

#[derive(Debug, Serialize)]
struct SerumReport {
    id: String,
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    brand: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    opened: Option<String>,
    retired: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    retired_on: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    retired_why: Option<String>,
    /// The day on which it was last taken back that it was retired.
    #[serde(skip_serializing_if = "Option::is_none")]
    restored_on: Option<String>,
    /// It was struck out since.
    #[serde(skip_serializing_if = "Option::is_none")]
    struck: Option<Struck>,
}

impl SerumReport {
    fn of(owned: OwnedSerum) -> SerumReport {
        SerumReport {
            id: owned.id,
            name: owned.name,
            brand: owned.brand,
            opened: owned.opened.map(|day| day.to_string()),
            struck: owned.struck,
            retired: owned.retired.is_some(),
            restored_on: owned.restored.and_then(Timestamp::day).map(|day| day.to_string()),
            retired_on: owned.retired.as_ref().map(|retired| retired.on.to_string()),
            retired_why: owned.retired.map(|retired| retired.why).filter(|why| !why.is_empty()),
        }
    }

    fn text(&self, words: &Words) -> String {
        let mut parts = vec![self.name.clone()];
        parts.extend(self.brand.iter().map(|brand| words.fill("ledger.by", &[("brand", brand)])));
        parts.extend(self.opened.iter().map(|day| words.fill("ledger.opened", &[("date", day)])));
        parts.extend(self.struck.iter().map(|struck| struck_out(words, struck)));
        parts.extend(self.retired_on.iter().map(|day| retired(words, day, self.retired_why.as_deref())));
        let restored = self.restored_on.iter().filter(|_| !self.retired);
        parts.extend(restored.map(|day| words.fill("ledger.restored", &[("date", day)])));
        parts.join(", ")
    }
}

/// Prints every serum, those in use first; struck ones only if `struck`.
pub(super) fn list(flags: &Flags, json: bool, struck: bool) -> Result<u8, Failure> {
    let (settings, _) = settings(flags)?;
    let (mut serums, uncounted) = Ledger::new(&data_folder(&settings)?).serums();
    warn_uncounted(&uncounted);
    serums.retain(|serum| struck || serum.struck.is_none());
    let mut lines: Vec<SerumReport> = serums.into_iter().map(SerumReport::of).collect();
    lines.sort_by_key(|line| (line.struck.is_some(), line.retired));
    print_list(&lines, &uncounted, json, "ledger.no-serum", |words, line| line.text(words))
}

/// Enters a serum.
pub(super) fn add(flags: &Flags, name: &str, brand: Option<&str>, opened: Option<&str>) -> Result<u8, Failure> {
    let (settings, _) = settings(flags)?;
    let root = data_folder(&settings)?;
    let name = text_within("The name", name, LONGEST_NAME)?;
    let brand = brand.map(|text| text_within("--brand", text, LONGEST_NAME)).transpose()?;
    let opened = self::opened(opened)?;
    let _lock = lock(&root)?;
    refuse_duplicate(&root, name)?;
    let owned = Ledger::new(&root).add_serum(name, brand, opened, now())?;
    let words = content::words::built_in();
    let path = Ledger::new(&root).serum_file(&owned.id);
    let line = escape_hidden(&SerumReport::of(owned).text(&words));
    let way_back = way_back(&format!("dermaroll serum strike {} --why TEXT", in_quotes(name)));
    Ok(print_saved(&format!("{}\n{way_back}\n", words.fill("ledger.serum-added", &[("serum", &line)])), &path))
}

/// The serum whose name, in whatever case, or whose id is `name`, of those that are struck out if `struck`, else of the
/// others. One for which `is_first` holds comes before the rest, and one that was entered later before the others.
pub(super) fn find_serum(
    root: &Path,
    name: &str,
    struck: bool,
    is_first: impl Fn(&OwnedSerum) -> bool,
) -> Result<OwnedSerum, Failure> {
    let (mut called, uncounted) = Ledger::new(root).serums();
    warn_uncounted(&uncounted);
    called.retain(|serum| look_the_same(&serum.name, name) || serum.id == name);
    called.sort_by_key(|serum| (serum.struck.is_some() != struck, !is_first(serum), Reverse(serum.entered)));
    match called.into_iter().next() {
        Some(found) if found.struck.is_some() == struck => Ok(found),
        Some(other) => Err(not_meant(&called_serum(&other), !struck)),
        None => {
            let all = "dermaroll serum list shows all.";
            let message = format!("There is no serum {}. Nothing was changed. {all}", in_quotes(name));
            Err(Failure::new(WRONG_USE, message))
        }
    }
}

pub(super) fn refuse_duplicate(root: &Path, name: &str) -> Result<(), Failure> {
    let is_duplicate = |owned: &&OwnedSerum| owned.is_in_use() && look_the_same(&owned.name, name);
    match Ledger::new(root).serums().0.iter().find(is_duplicate) {
        None => Ok(()),
        Some(twin) => {
            let message = format!(
                "There is a serum {} already. Nothing was saved. Choose another name, or retire that one first.",
                in_quotes(&twin.name)
            );
            Err(Failure::new(WRONG_USE, message))
        }
    }
}
