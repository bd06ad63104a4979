//! What the value of a setting may be, for advice on what to write. No advice would be refused in its turn.

use core::ops::RangeInclusive;
use core::time::Duration;

use unicode_width::UnicodeWidthStr as _;

use super::super::duration;
use super::super::limits::Limits;
use super::super::setting_words::{Notify, Questions, When};
use super::super::times::TimeName;
use crate::content::folders::{LONGEST_PROFILE, is_literal_path};
use store::record::names::is_device;
use store::record::text::LONGEST_NAME;
use store::sanitise::brief;

/// Words that people write for true and for false.
const ON: [&str; 5] = ["true", "yes", "on", "1", "y"];
const OFF: [&str; 7] = ["false", "no", "off", "0", "n", "never", "none"];

#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::content) enum ValueKind {
    Switch,
    Number(RangeInclusive<u32>),
    /// One of these words.
    Word(Vec<&'static str>),
    Time(RangeInclusive<Duration>),
    /// A path or an empty text.
    Path,
    /// The name of a folder or an empty text.
    Profile,
    /// A name or an empty text.
    Name,
    /// A program with its arguments, or an empty list.
    Command,
    /// A list of keys.
    Keys,
    /// A table, which this line begins.
    Table(&'static str),
}

impl ValueKind {
    /// What `key` may be in the table called `table`, which is empty at the top of a file; None for a key that is no
    /// setting. With `trial`, times of any length are in order.
    pub(in crate::content) fn of(table: &str, key: &str, trial: bool) -> Option<ValueKind> {
        // Only where they are needed: reading them may need this function.
        let limits = || Limits::built_in().ok();
        let is_above = matches!(table, "" | "times" | "keys");
        if let Some(name) = TimeName::ALL.iter().find(|name| name.id() == key && is_above) {
            return Some(ValueKind::Time(limits()?.time(*name, trial)));
        }
        match key {
            _ if table.starts_with("keys.") => Some(ValueKind::Keys),
            "no_serum" | "may_be_unsure" | "alarming" | "emergency_line" | "before_rolling" => Some(ValueKind::Switch),
            _ if !is_above => None,
            "bell" | "voice" | "title" | "keep_awake" | "plain" | "high_contrast" | "motion" | "trial" => {
                Some(ValueKind::Switch)
            }
            "interval_days" => Some(ValueKind::Number(limits()?.interval_days)),
            "roller_uses_limit" => Some(ValueKind::Number(limits()?.roller_uses)),
            "colour" | "ascii" => Some(ValueKind::Word(When::NAMES.map(|(word, _)| word).into())),
            "notify" => Some(ValueKind::Word(Notify::NAMES.map(|(word, _)| word).into())),
            "questions" => Some(ValueKind::Word(Questions::NAMES.map(|(word, _)| word).into())),
            "protocol" | "checklist" | "data_dir" | "theme" => Some(ValueKind::Path),
            "profile" => Some(ValueKind::Profile),
            "serum_name" => Some(ValueKind::Name),
            "say_command" | "on_event" => Some(ValueKind::Command),
            "times" => Some(ValueKind::Table("[times]")),
            "keys" => Some(ValueKind::Table("[keys.pause]")),
            _ => None,
        }
    }

    /// What to write, in a sentence.
    pub(in crate::content) fn advice(&self) -> String {
        match self {
            ValueKind::Switch => "Write true or false, without quotes.".to_owned(),
            ValueKind::Number(range) => format!("Write a whole number from {} to {}.", range.start(), range.end()),
            ValueKind::Word(words) => {
                let words: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
                format!("Write one of these, in quotes: {}.", words.join(", "))
            }
            ValueKind::Time(range) => {
                let (least, most) = (duration::words(*range.start()), duration::words(*range.end()));
                format!("Write a time from \"{least}\" to \"{most}\", in quotes: whole numbers with h, m, s or ms.")
            }
            ValueKind::Path => "Write a path in quotes, in full or from ~/ on, or \"\" for none.".to_owned(),
            ValueKind::Profile => {
                format!("Write at most {LONGEST_PROFILE} letters, digits, - and _ in quotes, or \"\" for none.")
            }
            ValueKind::Name => format!("Write a name in quotes, at most {LONGEST_NAME} columns wide, or \"\" for none."),
            ValueKind::Command => {
                "Write the program and each of its arguments in quotes, in brackets and with commas between them, or [] \
                 for none."
                    .to_owned()
            }
            ValueKind::Keys => "Put brackets round it, and quotes round each key: [\"g\", \"F2\"].".to_owned(),
            ValueKind::Table(header) => format!("Write a line that says {header}, and what belongs to it below."),
        }
    }

    /// The value, in TOML, that `written` was probably meant to be.
    pub(in crate::content) fn corrected(&self, written: &str) -> Option<String> {
        let bare = bare(written);
        let word = unquoted(bare);
        let small = word.to_lowercase();
        if bare.starts_with('{') || bare.starts_with('[') && *self != ValueKind::Command {
            return None;
        }
        let value = match self {
            ValueKind::Switch => switch(&small)?.to_string(),
            ValueKind::Number(range) => number(&small).filter(|number| range.contains(number))?.to_string(),
            ValueKind::Word(words) => {
                let on = if words.contains(&When::Always.id()) { When::Always.id() } else { When::Auto.id() };
                let known = words.iter().copied().find(|word| *word == small);
                let can_be_off = words.contains(&When::Never.id());
                let meant = || Some(if switch(&small).filter(|_| can_be_off)? { on } else { When::Never.id() });
                format!("\"{}\"", known.or_else(meant)?)
            }
            ValueKind::Time(range) => {
                let span = duration::guess(word).filter(|span| range.contains(span))?;
                format!("\"{}\"", duration::words(span))
            }
            ValueKind::Path | ValueKind::Profile | ValueKind::Name if is_none(&small) => "\"\"".to_owned(),
            ValueKind::Path => quoted(word).filter(|_| is_literal_path(word))?,
            ValueKind::Profile => quoted(word).filter(|_| is_folder(&small))?,
            ValueKind::Name => quoted(word).filter(|_| word.width() <= LONGEST_NAME)?,
            ValueKind::Command if is_none(&small) => "[]".to_owned(),
            ValueKind::Command if switch(&small).is_some() => return None,
            ValueKind::Command => command(bare)?,
            ValueKind::Keys | ValueKind::Table(_) => return None,
        };
        // A message would cut a longer value, so that it could not be copied.
        (brief(&value) == value).then_some(value)
    }
}

fn switch(word: &str) -> Option<bool> {
    if ON.contains(&word) {
        Some(true)
    } else if OFF.contains(&word) {
        Some(false)
    } else {
        None
    }
}

fn is_none(word: &str) -> bool {
    matches!(word, "none" | "false" | "no" | "off" | "never" | "null" | "nil")
}

/// A number of days or uses; a fraction is rounded down.
fn number(text: &str) -> Option<u32> {
    let (number, unit) = text.split_at(text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len()));
    let unit = unit.strip_prefix(['.', ',']).map_or(unit, |rest| rest.trim_start_matches(|c: char| c.is_ascii_digit()));
    let length = match unit.trim() {
        "" | "d" | "day" | "days" | "x" | "use" | "uses" | "time" | "times" => 1,
        "w" | "week" | "weeks" => 7,
        _ => return None,
    };
    number.parse::<u32>().ok()?.checked_mul(length)
}

/// Whether a folder may be called so. Only plain letters, digits, - and _ are known to be in order.
fn is_folder(small: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    !small.is_empty() && small.len() <= LONGEST_PROFILE && small.chars().all(is_plain) && !is_device(small)
}

/// A program and its arguments as a list.
fn command(bare: &str) -> Option<String> {
    let inner = bare.trim_start_matches('[').trim_end_matches(']');
    let inner = if bare.starts_with('[') { inner } else { unquoted(inner) };
    let by_commas = inner.contains(',');
    let words: Vec<&str> = inner
        .split(|c: char| if by_commas { c == ',' } else { c.is_whitespace() })
        .map(|word| unquoted(word.trim()))
        .filter(|word| !word.is_empty())
        .collect();
    words.first().filter(|program| is_literal_path(program))?;
    let words: Vec<String> = words.into_iter().map(quoted).collect::<Option<_>>()?;
    Some(format!("[{}]", words.join(", ")))
}

/// `text` in quotes, where no character in it has to be escaped.
fn quoted(text: &str) -> Option<String> {
    match (text.is_empty(), text.contains(['"', '\\']), text.contains('\'')) {
        (true, ..) => None,
        (_, false, _) => Some(format!("\"{text}\"")),
        (_, true, false) if !text.contains('"') => Some(format!("'{text}'")),
        _ => None,
    }
}

/// `text` without its quotes, one of which may be missing.
fn unquoted(text: &str) -> &str {
    let text = text.strip_prefix(['"', '\'']).unwrap_or(text);
    text.strip_suffix(['"', '\'']).unwrap_or(text).trim()
}

/// `value` without what follows it: a comment, a comma, a bracket of another language.
pub(super) fn bare(value: &str) -> &str {
    let value = value.trim();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
    let closed = quote.and_then(|quote| Some(value.get(1..)?.find(quote)? + 2));
    if let Some((text, rest)) = closed.and_then(|end| value.split_at_checked(end)) {
        let is_end = rest.trim_start().is_empty() || rest.trim_start().starts_with(['#', '/', ',', ';', '}']);
        // Anything else that follows belongs to the value.
        return if is_end && !rest.contains(['"', '\'', ':', '=']) { text } else { value };
    }
    let remark = [" #", " //", " ;", "\t#", "\t//"].iter().filter_map(|mark| value.find(mark)).min();
    let value = remark.and_then(|at| value.get(..at)).unwrap_or(value);
    let is_list = value.starts_with(['[', '{']);
    let value = value.trim_end_matches([',', ';', ' ']);
    if is_list { value } else { value.trim_end_matches(['}', ' ']) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_meant_is_told_only_where_it_would_be_taken() {
        for (key, written, meant) in [
            ("interval_days", "28 days", Some("28")),
            ("interval_days", "28,5", Some("28")),
            ("interval_days", "4 weeks", Some("28")),
            ("interval_days", "4", None),
            ("interval_days", "0x1c", None),
            ("interval_days", "-28", None),
            ("bell", "true // x", Some("true")),
            ("bell", "true,", Some("true")),
            ("bell", "true}", Some("true")),
            ("bell", "true voice = false", None),
            ("colour", "off", Some("\"never\"")),
            ("colour", "Auto", Some("\"auto\"")),
            ("colour", "blue", None),
            ("notify", "yes", Some("\"auto\"")),
            ("notify", "osc", None),
            ("questions", "Cards", Some("\"cards\"")),
            ("questions", "no", None),
            ("on_event", "x", Some("[\"x\"]")),
            ("on_event", "[a, -b]", Some("[\"a\", \"-b\"]")),
            ("on_event", "true", None),
            ("on_event", "no", Some("[]")),
            ("protocol", "none", Some("\"\"")),
            ("data_dir", "$HOME/x", None),
            ("data_dir", "~/rec", Some("\"~/rec\"")),
            ("data_dir", "a\\b", Some("'a\\b'")),
            ("data_dir", "\"", None),
            ("profile", "anna", Some("\"anna\"")),
            ("profile", "anna k", None),
            ("profile", "con", None),
            ("serum_name", "5", Some("\"5\"")),
            ("serum_name", "\"a\" # \"b\"", None),
            ("contact", "10", None),
            ("contact", "10 min", Some("\"10m\"")),
            ("contact", "07:32:00", None),
        ] {
            let kind = ValueKind::of("", key, false).unwrap();
            assert_eq!(kind.corrected(written).as_deref(), meant, "{key} = {written}");
        }
        assert_eq!(ValueKind::of("times", "contact", true).unwrap().corrected("10"), Some("\"10s\"".to_owned()));
        assert_eq!(ValueKind::of("section", "title", false), None, "a key of another file");
        assert_eq!(ValueKind::of("keys.pause", "stop", false), Some(ValueKind::Keys));
    }
}
