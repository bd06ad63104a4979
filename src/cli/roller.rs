//! `dermaroll roller`: the rollers that the person owns, how often each was used, and which are retired.

use serde::Serialize;

use super::amend_ledger::{opened, retired, struck_out};
use super::{
    Failure, WRONG_USE, data_folder, in_quotes, lock, now, path_text, print_list, print_saved, settings, text_within,
    warn_uncounted, way_back,
};
use crate::cli::arguments::NewRoller;
use crate::content;
use crate::content::config::Flags;
use engine::protocol::{Micrometres, Rules, Words};
use engine::safety::{Band, Standing};
use store::record::ledger::{Condition, may_hold};
use store::record::text::LONGEST_NAME;
use store::record::{Ledger, OwnedRoller, Struck, Timestamp, Totals, UncountedFile};
use store::sanitise::{escape_hidden, look_the_same};

/// A roller with its uses.
#[derive(Debug, Serialize)]
struct RollerReport {
    id: String,
    name: String,
    needle_mm: String,
    needle_um: u32,
    above_article_limit: bool,
    /// None while a record that may add to it cannot be read or is not closed.
    uses: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    uses_at_least: Option<u32>,
    uses_limit: u32,
    wear: Wear,
    kept: Condition,
    #[serde(skip_serializing_if = "Option::is_none")]
    opened: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    bought_from: Option<String>,
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
    /// The file that cannot be read, where the roller cannot be used because of that.
    #[serde(skip_serializing_if = "Option::is_none")]
    unread: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
enum Wear {
    Fine,
    NearLimit,
    AtLimit,
}

impl Wear {
    fn of(uses: u32, warn: u32, limit: u32) -> Wear {
        if uses >= limit {
            Wear::AtLimit
        } else if uses >= warn {
            Wear::NearLimit
        } else {
            Wear::Fine
        }
    }
}

impl RollerReport {
    fn of(ledger: &Ledger, owned: OwnedRoller, totals: &Totals, rules: &Rules, limit: u32) -> RollerReport {
        let uses = totals.uses_of(&owned.id);
        let standing = ledger.standing_of(&owned, totals.told_retired(&owned.id));
        RollerReport {
            needle_mm: owned.needle.millimetres(),
            needle_um: owned.needle.0,
            above_article_limit: owned.for_session(uses).band(rules) != Band::Within,
            uses: totals.knows_uses().then_some(uses),
            uses_at_least: Some(uses).filter(|_| !totals.knows_uses()),
            uses_limit: limit,
            wear: Wear::of(uses, rules.roller_uses_warn, limit),
            kept: owned.condition,
            opened: owned.opened.map(|day| day.to_string()),
            bought_from: owned.bought_from,
            retired: standing == Standing::Retired && (owned.struck.is_none() || owned.retired.is_some()),
            retired_on: owned.retired.as_ref().map(|retired| retired.on.to_string()),
            restored_on: owned.restored.and_then(Timestamp::day).map(|day| day.to_string()),
            retired_why: owned.retired.map(|retired| retired.why).filter(|why| !why.is_empty()),
            unread: if let Standing::NotKnown(file) = standing { Some(file) } else { None },
            struck: owned.struck,
            id: owned.id,
            name: owned.name,
        }
    }

    fn text(&self, words: &Words, rules: &Rules) -> String {
        let (line, used) = match (self.uses, self.uses_at_least) {
            (Some(uses), _) => ("ledger.line", uses),
            (None, Some(uses)) if uses > 0 => ("ledger.line-at-least", uses),
            (None, _) => ("ledger.line-not-known", 0),
        };
        let (used, limit) = (used.to_string(), self.uses_limit.to_string());
        // The name comes last, so that braces in it are not filled in.
        let places = [("mm", self.needle_mm.as_str()), ("used", &used), ("limit", &limit), ("name", &self.name)];
        let mut parts = vec![words.fill(line, &places)];
        parts.extend(self.struck.iter().map(|struck| struck_out(words, struck)));
        match (&self.retired_on, &self.retired_why) {
            (Some(day), why) => parts.push(retired(words, day, why.as_deref())),
            (None, _) if self.retired => parts.push(words.say("ledger.retired-told")),
            (None, _) => match self.wear {
                Wear::AtLimit => parts.push(words.say("ledger.over")),
                Wear::NearLimit => parts.push(words.say("ledger.worn")),
                Wear::Fine => {}
            },
        }
        let restored = self.restored_on.iter().filter(|_| !self.retired);
        parts.extend(restored.map(|day| words.fill("ledger.restored", &[("date", day)])));
        parts.extend(self.unread.iter().map(|file| words.fill("ledger.unread", &[("file", file)])));
        if self.above_article_limit {
            parts.push(words.fill("ledger.above", &[("mm", &rules.article_needle_limit.millimetres())]));
        }
        if self.kept == Condition::Sealed && self.uses == Some(0) && self.opened.is_none() {
            parts.push(words.say("ledger.new"));
        }
        parts.extend(self.opened.iter().map(|day| words.fill("ledger.opened", &[("date", day)])));
        parts.extend(self.bought_from.iter().map(|shop| words.fill("ledger.bought", &[("shop", shop)])));
        parts.join(", ")
    }
}

/// Prints all rollers, those in use first. A struck one is left out unless `struck` or a session used it.
pub(super) fn list(flags: &Flags, json: bool, struck: bool) -> Result<u8, Failure> {
    let (settings, _) = settings(flags)?;
    let rules = settings.protocols()?.session.rules;
    let root = data_folder(&settings)?;
    let ledger = Ledger::new(&root);
    let (rollers, uncounted) = ledger.rollers();
    let totals = Totals::read(&root);
    let of_ledger: Vec<UncountedFile> =
        uncounted.iter().filter(|uncounted| !totals.uncounted.contains(uncounted)).cloned().collect();
    warn_uncounted(&of_ledger);
    warn_uncounted(&totals.uncounted);
    let limit = settings.roller_uses_limit.value;
    let mut lines: Vec<RollerReport> =
        rollers.into_iter().map(|owned| RollerReport::of(&ledger, owned, &totals, &rules, limit)).collect();
    lines.retain(|line| struck || line.struck.is_none() || totals.uses_of(&line.id) > 0);
    lines.sort_by_key(|line| (line.struck.is_some(), line.retired));
    print_list(&lines, &uncounted, json, "ledger.none", |words, line| line.text(words, &rules))
}

pub(super) fn add(flags: &Flags, new: &NewRoller) -> Result<u8, Failure> {
    let (settings, _) = settings(flags)?;
    let rules = settings.protocols()?.session.rules;
    let root = data_folder(&settings)?;
    let name = text_within("The name", &new.name, LONGEST_NAME)?;
    let needle = length(&new.length, &rules)?;
    let opened = opened(new.opened.as_deref())?;
    let shop = new.bought_from.as_ref().map(|text| text_within("--bought-from", text, LONGEST_NAME)).transpose()?;
    let condition = if new.sealed { Condition::Sealed } else { Condition::Used };
    let ledger = Ledger::new(&root);
    let _lock = lock(&root)?;
    refuse_duplicate(&ledger, name)?;
    let owned = ledger.add_roller(name, needle, condition, opened, shop, Some(Timestamp::of(now())))?;
    let words = content::words::built_in();
    let path = ledger.roller_file(&owned.id);
    let above = owned.for_session(0).band(&rules) == Band::AboveArticle;
    let line = RollerReport::of(&ledger, owned, &Totals::default(), &rules, settings.roller_uses_limit.value);
    let mut text = words.fill("ledger.added", &[("roller", &escape_hidden(&line.text(&words, &rules)))]) + "\n";
    if above {
        let limit = rules.article_needle_limit.millimetres();
        text += &(words.fill("ledger.asks", &[("mm", &limit)]) + "\n");
    }
    text += &(way_back(&format!("dermaroll roller strike {} --why TEXT", in_quotes(name))) + "\n");
    Ok(print_saved(&text, &path))
}

pub(super) fn refuse_duplicate(ledger: &Ledger, name: &str) -> Result<(), Failure> {
    let is_duplicate = |owned: &OwnedRoller| owned.is_in_use() && look_the_same(&owned.name, name);
    let (rollers, uncounted) = ledger.rollers();
    let may_be_it = |uncounted: &&UncountedFile| {
        (uncounted.is_unlisted && uncounted.path.is_dir()) || may_hold(&uncounted.path, name)
    };
    if let Some(uncounted) = uncounted.iter().find(may_be_it) {
        let message = format!(
            "{} may be that roller, and {}. Nothing was saved. Mend that file first, or choose another name.",
            path_text(&uncounted.path),
            uncounted.why
        );
        return Err(Failure::new(WRONG_USE, message));
    }
    match rollers.into_iter().find(is_duplicate) {
        None => Ok(()),
        Some(twin) => {
            let message = format!(
                "There is a roller {} already, with needles of {} mm. Nothing was saved. Choose another name, or \
                 retire that one first.",
                in_quotes(&twin.name),
                twin.needle.millimetres()
            );
            Err(Failure::new(WRONG_USE, message))
        }
    }
}

/// The needle length that `text` gives in millimetres, which must not be too long for a session at home.
pub(super) fn length(text: &str, rules: &Rules) -> Result<Micrometres, Failure> {
    let (limit, longest) = (rules.article_needle_limit.millimetres(), rules.longest_needle.millimetres());
    let Some(needle) = Micrometres::from_millimetres(text) else {
        let message = format!(
            "--length {text:?} is no length. Nothing was saved. Write millimetres with at most three decimals, such \
             as 0.13, 0,13 or .13; this program goes up to {longest}."
        );
        return Err(Failure::new(WRONG_USE, message));
    };
    if needle > rules.longest_needle {
        let message = format!(
            "Needles of {} mm are too long: this program stops at {longest} mm, and the article behind it stays \
             below {limit} mm. {} Nothing was saved. Choose a shorter roller.",
            needle.millimetres(),
            content::words::built_in().say("roller.too-long-why")
        );
        return Err(Failure::new(WRONG_USE, message));
    }
    Ok(needle)
}
