//! The keys in sentences: `{key:pause.go-on}` in the words of the screens becomes the name of that key.

use std::sync::Arc;

use super::{Action, Keymap, ScreenName};
use engine::protocol::Words;
use engine::protocol::words::filled;

impl Keymap {
    /// `words` with every key named as this table has it: `{key:SCREEN.ACTION}` as it is shown, `{KEY:SCREEN.ACTION}`
    /// in capitals. A key stays in one row with the word before it. A place that names no row stays as it is: visible,
    /// never a panic; a test holds that there is none.
    pub fn named_in(self: &Arc<Keymap>, words: Words) -> Words {
        let keys = self.clone();
        // Most places are filled much later, and a text that names no key stays where it is.
        let names_a_key = |text: &str| text.contains('{') && (text.contains("{key:") || text.contains("{KEY:"));
        let tied = |text: &str| text.replace(" {key:", "\u{a0}{key:");
        words.with(move |text| names_a_key(text).then(|| filled(&tied(text), |place| keys.meant(place))))
    }

    /// The key that a place such as `key:pause.go-on` stands for.
    fn meant(&self, place: &str) -> Option<String> {
        let (case, name) = place.split_once(':')?;
        let (screen, action) = name.split_once('.')?;
        let key = self.screen(ScreenName::from_id(screen)?)?.row(Action::from_id(action)?)?.shown();
        match case {
            "key" => Some(key),
            "KEY" => Some(key.to_uppercase()),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_of_keys_are_filled_and_all_others_left() {
        let text = "{key:pause.go-on} {KEY:pause.go-on} {n} { {key:pause.fly} {key:where.choose}";
        let words = Words::new(vec![("a".into(), text.into())]);
        let filled = Arc::new(Keymap::shipped()).named_in(words);
        assert_eq!(filled.say("a"), "Space SPACE {n} {\u{a0}{key:pause.fly}\u{a0}1-5");
    }
}
