//! The words of the screens, by name. The words themselves are data (`assets/words.toml`).

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use alloc::collections::BTreeMap;
use alloc::sync::Arc;
use core::fmt;

use crate::timeline::whole_seconds;

/// Every text that a screen may show, by its dotted name.
#[derive(Debug, Clone)]
pub struct Words {
    texts: Lookup,
    other: Option<Lookup>,
    /// Texts whose names have this ending are preferred to those without it; empty for no preference.
    preferred: &'static str,
}

type Find = dyn Fn(&str) -> Option<String> + Send + Sync;

/// Maps a name to its text, or a text to its replacement.
#[derive(Clone)]
struct Lookup(Arc<Find>);

impl fmt::Debug for Lookup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Lookup")
    }
}

impl Words {
    /// Words from a list of names and texts.
    pub fn new(entries: Vec<(String, String)>) -> Words {
        let texts: BTreeMap<String, String> = entries.into_iter().collect();
        Words::found_by(move |name| texts.get(name).cloned())
    }

    /// Words that `texts` finds by name. It is called for every text.
    pub fn found_by(texts: impl Fn(&str) -> Option<String> + Send + Sync + 'static) -> Words {
        Words { texts: Lookup(Arc::new(texts)), other: None, preferred: "" }
    }

    /// These words, with the replacement that `other` has for a text, if any. `other` is called for every text, and
    /// takes the place of an earlier one.
    #[must_use]
    pub fn with(self, other: impl Fn(&str) -> Option<String> + Send + Sync + 'static) -> Words {
        Words { other: Some(Lookup(Arc::new(other))), ..self }
    }

    /// These words, preferring texts whose names have the ending `suffix`.
    #[must_use]
    pub fn preferring(self, suffix: &'static str) -> Words {
        Words { preferred: suffix, ..self }
    }

    /// The text called `name`. If it is missing, its name in angle brackets; a test checks every name that is used.
    pub fn say(&self, name: &str) -> String {
        self.find(name).unwrap_or_else(|| format!("<{name}>"))
    }

    /// The text called `name`, if there is one.
    pub fn find(&self, name: &str) -> Option<String> {
        let Lookup(texts) = &self.texts;
        let preferred = || texts(&format!("{name}{}", self.preferred));
        let found = if self.preferred.is_empty() { None } else { preferred() };
        let text = found.or_else(|| texts(name))?;
        let other = self.other.as_ref().and_then(|Lookup(other)| other(&text));
        Some(other.unwrap_or(text))
    }

    /// The text called `name` with each `{place}` in it filled. Values are not searched for places: a roller may be
    /// called "{length}".
    pub fn fill(&self, name: &str, places: &[(&str, &str)]) -> String {
        let value = |place: &str| places.iter().find(|(known, _)| *known == place).map(|(_, value)| *value);
        filled(&self.say(name), value)
    }
}

/// Places with owned values, as [`Words::fill`] takes them.
pub fn borrowed<'a, const N: usize>(places: &'a [(&'a str, String); N]) -> [(&'a str, &'a str); N] {
    places.each_ref().map(|(place, value)| (*place, value.as_str()))
}

/// `text` with each `{place}` in it replaced by its value. A place without one stays as it is.
pub fn filled<V: AsRef<str>>(text: &str, value: impl Fn(&str) -> Option<V>) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let place = after.split_once('}').and_then(|(place, tail)| Some((value(place)?, tail)));
        rest = match place {
            Some((value, tail)) => {
                filled.push_str(value.as_ref());
                tail
            }
            None => {
                filled.push('{');
                after
            }
        };
    }
    filled.push_str(rest);
    filled
}

/// A time span as screens show it, rounded up to seconds: `0:14`, `10:00`, `1:02:03`. A countdown thus shows its full
/// length first, and never 0:00 while it runs.
pub fn clock(span: core::time::Duration) -> String {
    let seconds = whole_seconds(span);
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes}:{seconds:02}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use core::time::Duration;

    #[test]
    fn fills_places_and_shows_what_is_missing() {
        let words = Words::new(vec![("b.title".into(), "Roll {n} of {all}".into()), ("a".into(), "A".into())]);
        assert_eq!(words.fill("b.title", &[("n", "2"), ("all", "5")]), "Roll 2 of 5");
        assert_eq!(words.fill("b.title", &[("n", "{all}"), ("all", "{n}")]), "Roll {all} of {n}");
        assert_eq!(words.say("nowhere"), "<nowhere>");
    }

    #[test]
    fn a_name_is_found_among_those_that_begin_or_end_like_it() {
        let names = ["", "a", "a.b", "a.bc", "a.c", "ab", "b", "ä"];
        let words = Words::new(names.map(|name| (name.to_owned(), format!("text of {name}"))).to_vec());
        for name in names {
            assert_eq!(words.say(name), format!("text of {name}"));
        }
        for missing in ["A", "a.", "a.bb", "a.bcd", "c", "text of a"] {
            assert_eq!(words.find(missing), None, "{missing}");
        }
        let loud = words.with(|text| text.ends_with('b').then(|| text.to_uppercase()));
        assert_eq!((loud.say("a"), loud.say("ab")), ("text of a".to_owned(), "TEXT OF AB".to_owned()));
    }

    #[test]
    fn a_begun_second_is_shown_whole() {
        assert_eq!(clock(Duration::from_millis(7_001)), "0:08");
        assert_eq!(clock(Duration::from_millis(7_000)), "0:07");
        assert_eq!(clock(Duration::from_secs(600)), "10:00");
        assert_eq!(clock(Duration::from_secs(3_723)), "1:02:03");
    }
}
