//! The words of the screens, by name. The words themselves are data (`assets/words.toml`).

use std::borrow::Cow;

use crate::timeline::whole_seconds;

/// Every text that a screen may show, sorted by its dotted name. Most of them stay where the program has them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Words(Vec<(Cow<'static, str>, Cow<'static, str>)>);

impl Words {
    /// Keeps `entries` for look-up by name.
    pub fn new(entries: Vec<(String, String)>) -> Words {
        Words::sorted(entries.into_iter().map(|(name, text)| (name.into(), text.into())).collect())
    }

    /// As [`Words::new`], for entries embedded in the program.
    pub fn embedded(entries: Vec<(&'static str, &'static str)>) -> Words {
        Words::sorted(entries.into_iter().map(|(name, text)| (name.into(), text.into())).collect())
    }

    fn sorted(mut entries: Vec<(Cow<'static, str>, Cow<'static, str>)>) -> Words {
        entries.sort();
        Words(entries)
    }

    /// These words, each text replaced where `other` gives one.
    #[must_use]
    pub fn with(mut self, other: impl Fn(&str) -> Option<String>) -> Words {
        for (_, text) in &mut self.0 {
            if let Some(another) = other(text) {
                *text = Cow::Owned(another);
            }
        }
        self
    }

    /// The text called `name`. A missing one shows as its own name between angle brackets: visible, never a panic;
    /// a test holds every name used to the file.
    pub fn say(&self, name: &str) -> String {
        self.find(name).map_or_else(|| format!("<{name}>"), str::to_owned)
    }

    /// The text called `name`, if there is one.
    pub fn find(&self, name: &str) -> Option<&str> {
        let found = self.0.binary_search_by(|(known, _)| known.as_ref().cmp(name)).ok()?;
        self.0.get(found).map(|(_, text)| text.as_ref())
    }

    /// The text called `name` with each `{place}` in it filled. A value stays as it is, also where it looks like a
    /// place: a roller may be called "{length}".
    pub fn fill(&self, name: &str, places: &[(&str, &str)]) -> String {
        let value = |place: &str| places.iter().find(|(known, _)| *known == place).map(|(_, value)| *value);
        filled(&self.say(name), value)
    }

    /// Every name with its text.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, text)| (name.as_ref(), text.as_ref()))
    }
}

/// Places whose values were made on the spot, as [`Words::fill`] takes them.
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

/// A time span as the screens show it: `0:14`, `10:00`, `1:02:03`. Part of a second counts as a whole one, so that
/// a countdown shows its full length first and never 0:00 while it still runs.
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
    fn a_begun_second_is_shown_whole() {
        assert_eq!(clock(Duration::from_millis(7_001)), "0:08");
        assert_eq!(clock(Duration::from_millis(7_000)), "0:07");
        assert_eq!(clock(Duration::from_secs(600)), "10:00");
        assert_eq!(clock(Duration::from_secs(3_723)), "1:02:03");
    }
}
