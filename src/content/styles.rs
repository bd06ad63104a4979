//! The style of each meaning that text and fields can have: those of a shipped theme, and over them those of the
//! person's own.

use core::ops::Range;

use serde::Deserialize;
use toml::Spanned;

use super::parse::{instead, parse};
use super::raw::Text;
use super::refusal::Refusal;
use super::source::Source;
use store::sanitise::brief;

/// The themes that can be named. Each stands upon the first.
const THEMES: [(&str, &str); 3] = [
    (ANSI, include_str!("../../assets/themes/ansi.toml")),
    (DARK, include_str!("../../assets/themes/dark.toml")),
    ("light", include_str!("../../assets/themes/light.toml")),
];

/// The one of every terminal, and the one of a terminal with millions of colours, where the settings name none.
pub const ANSI: &str = "ansi";
pub const DARK: &str = "dark";

/// One attribute of a style.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attribute {
    Bold,
    Dim,
    /// Text and background change places.
    Reverse,
    Underline,
    /// Of the text.
    Colour(Colour),
    /// Of what is behind it.
    On(Colour),
}

/// One of the terminal's own colours, or one by its parts of red, green and blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colour {
    Black,
    Red,
    Green,
    Yellow,
    Blue,
    Magenta,
    Cyan,
    White,
    Grey,
    Rgb(u8, u8, u8),
}

impl Colour {
    const NAMES: [(&'static str, Colour); 9] = [
        ("black", Colour::Black),
        ("red", Colour::Red),
        ("green", Colour::Green),
        ("yellow", Colour::Yellow),
        ("blue", Colour::Blue),
        ("magenta", Colour::Magenta),
        ("cyan", Colour::Cyan),
        ("white", Colour::White),
        ("grey", Colour::Grey),
    ];

    fn named(name: &str) -> Option<Colour> {
        let known = Colour::NAMES.into_iter().find(|(known, _)| *known == name);
        known.map(|(_, colour)| colour).or_else(|| Colour::of_parts(name))
    }

    /// `#5ec8be`.
    fn of_parts(name: &str) -> Option<Colour> {
        let digits = name.strip_prefix('#').filter(|digits| digits.len() == 6)?;
        let part = |at: Range<usize>| u8::from_str_radix(digits.get(at)?, 16).ok();
        // A sign is no digit, though the standard library reads it.
        let are_digits = digits.chars().all(|digit| digit.is_ascii_hexdigit());
        are_digits.then_some(Colour::Rgb(part(0..2)?, part(2..4)?, part(4..6)?))
    }
}

impl Attribute {
    const NAMES: [(&'static str, Attribute); 4] = [
        ("bold", Attribute::Bold),
        ("dim", Attribute::Dim),
        ("reverse", Attribute::Reverse),
        ("underline", Attribute::Underline),
    ];

    fn named(name: &str) -> Option<Attribute> {
        let known = Attribute::NAMES.into_iter().find(|(known, _)| *known == name);
        let colour = || match name.strip_prefix("on ") {
            Some(behind) => Colour::named(behind).map(Attribute::On),
            None => Colour::named(name).map(Attribute::Colour),
        };
        known.map(|(_, attribute)| attribute).or_else(colour)
    }

    /// Whether everybody can see it: it is not faint and is no colour.
    fn is_of_high_contrast(self) -> bool {
        matches!(self, Attribute::Bold | Attribute::Reverse)
    }
}

type Words = Option<Spanned<Vec<Text>>>;

/// The meanings, each once.
macro_rules! meanings {
    ($($(#[$doc:meta])* $meaning:ident,)*) => {
        /// The styles of all meanings.
        #[derive(Debug, Clone, PartialEq, Eq, Default)]
        pub struct Styles {
            $($(#[$doc])* pub $meaning: Vec<Attribute>,)*
        }

        #[derive(Deserialize, Default)]
        #[serde(deny_unknown_fields, rename_all = "kebab-case", expecting = "a table")]
        struct RawStyles {
            $($meaning: Words,)*
        }

        #[derive(Deserialize, Default)]
        #[serde(deny_unknown_fields, rename_all = "kebab-case", expecting = "a table")]
        struct RawTheme {
            base: Option<Text>,
            background: Option<Text>,
            foreground: Option<Text>,
            $($meaning: Words,)*
            #[serde(default)]
            high_contrast: RawStyles,
        }

        impl RawTheme {
            fn usual(&mut self) -> RawStyles {
                RawStyles { $($meaning: self.$meaning.take(),)* }
            }
        }

        impl RawStyles {
            /// Each list of words with the style it is for.
            fn pairs<'a>(&'a self, styles: &'a mut Styles) -> Vec<(&'a Spanned<Vec<Text>>, &'a mut Vec<Attribute>)> {
                let pairs = [$((self.$meaning.as_ref(), &mut styles.$meaning),)*];
                pairs.into_iter().filter_map(|(words, style)| Some((words?, style))).collect()
            }
        }
    };
}

meanings! {
    /// Ordinary text.
    plain,
    /// Headings, and the words that matter most in a line.
    strong,
    /// Lesser things.
    quiet,
    /// The present stage, section or stroke, and the first of the keys.
    current,
    /// Done, saved.
    good,
    /// Waits, not sure, early.
    wait,
    /// A stop, a skip, a record that is not saved.
    alert,
    /// Where the next character goes.
    cursor,
    /// Lines between the parts of the screen.
    rule,
    /// Large digits and letters.
    digits,
    /// Large digits that stand still.
    still,
    /// Bars of progress.
    bar,
    /// The arrow of the stroke.
    arrow,
    /// The section that is being rolled.
    face_now,
    /// The one after it.
    face_next,
    /// Rolled.
    face_done,
    /// Not rolled yet.
    face_waiting,
    /// Not to be rolled today.
    face_left_out,
    /// Eyes, nose and hair.
    face_kept_off,
    /// The lips.
    face_lips,
}

/// A theme.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StyleSets {
    pub usual: Styles,
    /// With bold and reverse alone.
    pub high_contrast: Styles,
    /// What the screen is painted with, where it is not left to the terminal.
    pub background: Option<Colour>,
    /// The colour of text that has none of its own.
    pub foreground: Option<Colour>,
}

impl StyleSets {
    /// The names of the shipped themes.
    pub fn names() -> impl Iterator<Item = &'static str> {
        THEMES.into_iter().map(|(name, _)| name)
    }

    /// The shipped theme called `name`, with its text.
    pub fn text_of(name: &str) -> Option<&'static str> {
        THEMES.into_iter().find(|(known, _)| *known == name).map(|(_, text)| text)
    }

    /// The shipped theme called `name`; the first one where there is none of that name.
    ///
    /// # Errors
    /// None that a test would not have found: the embedded files are sound.
    pub fn shipped(name: &str) -> Result<StyleSets, Refusal> {
        let [(first, text), ..] = THEMES;
        let styles = StyleSets::default().with(&Source::embedded(first, text))?;
        match THEMES.into_iter().skip(1).find(|(known, _)| *known == name) {
            Some((name, text)) => styles.with(&Source::embedded(name, text)),
            None => Ok(styles),
        }
    }

    /// The person's own theme: the one that it names as its base, with what it says in its place.
    ///
    /// # Errors
    /// Refuses a file that names an unknown meaning, style or base, or for high contrast anything but bold and reverse.
    pub fn read(source: &Source) -> Result<StyleSets, Refusal> {
        let raw: RawTheme = parse(source)?;
        let base = match &raw.base {
            Some(base) if StyleSets::text_of(base.get_ref()).is_none() => {
                let names: Vec<&str> = StyleSets::names().collect();
                let what = format!("{} is no theme", brief(base.get_ref()));
                return Err(source.refuse(base.span(), what, instead(base.get_ref(), "theme", &names)));
            }
            Some(base) => base.get_ref(),
            None => ANSI,
        };
        StyleSets::shipped(base)?.with_raw(source, raw)
    }

    fn with(self, source: &Source) -> Result<StyleSets, Refusal> {
        let raw = parse(source)?;
        self.with_raw(source, raw)
    }

    /// These with the styles that `raw` names in their place.
    fn with_raw(mut self, source: &Source, mut raw: RawTheme) -> Result<StyleSets, Refusal> {
        for (words, style) in raw.usual().pairs(&mut self.usual) {
            *style = attributes(source, words, |_| true)?;
        }
        for (words, style) in raw.high_contrast.pairs(&mut self.high_contrast) {
            *style = attributes(source, words, Attribute::is_of_high_contrast)?;
        }
        for (text, colour) in [(&raw.background, &mut self.background), (&raw.foreground, &mut self.foreground)] {
            if let Some(text) = text {
                // Empty: the terminal's own.
                *colour = if text.get_ref().is_empty() { None } else { Some(painted(source, text)?) };
            }
        }
        Ok(self)
    }
}

fn painted(source: &Source, text: &Text) -> Result<Colour, Refusal> {
    Colour::named(text.get_ref()).ok_or_else(|| {
        let names: Vec<&str> = Colour::NAMES.iter().map(|(name, _)| *name).collect();
        let what = format!("{} is no colour", brief(text.get_ref()));
        source.refuse(text.span(), what, instead(text.get_ref(), "colour", &names) + OR_PARTS)
    })
}

/// Said after the names that are known.
const OR_PARTS: &str = " Or by its parts, such as \"#5ec8be\".";

/// The attributes that `words` name, of those that are `allowed` here.
fn attributes(
    source: &Source,
    words: &Spanned<Vec<Text>>,
    allowed: impl Fn(Attribute) -> bool,
) -> Result<Vec<Attribute>, Refusal> {
    let named = |word: &Text| {
        let attribute = Attribute::named(word.get_ref()).filter(|attribute| allowed(*attribute));
        attribute.ok_or_else(|| {
            let colours = Colour::NAMES.into_iter().map(|(name, colour)| (name, Attribute::Colour(colour)));
            let known = Attribute::NAMES.into_iter().chain(colours).filter(|(_, attribute)| allowed(*attribute));
            let names: Vec<&str> = known.map(|(name, _)| name).collect();
            let what = format!("{} is no style here", brief(word.get_ref()));
            source.refuse(word.span(), what, instead(word.get_ref(), "style", &names))
        })
    };
    words.get_ref().iter().map(named).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(text: &str) -> Result<StyleSets, Refusal> {
        StyleSets::read(&Source::new("mine.toml", text).unwrap())
    }

    #[test]
    fn a_file_names_only_what_it_changes() {
        let (shipped, mine) = (StyleSets::shipped(ANSI).unwrap(), with("arrow = [\"blue\"]").unwrap());
        assert_eq!(mine.usual.arrow, [Attribute::Colour(Colour::Blue)]);
        assert_eq!(StyleSets { usual: Styles { arrow: shipped.usual.arrow.clone(), ..mine.usual }, ..mine }, shipped);
        let contrast = with("[high-contrast]\nquiet = [\"bold\"]").unwrap();
        assert_eq!((contrast.usual, contrast.high_contrast.quiet), (shipped.usual, vec![Attribute::Bold]));
        let dark = with("base = \"dark\"\nbackground = \"\"").unwrap();
        assert_eq!(dark, StyleSets { background: None, ..StyleSets::shipped(DARK).unwrap() });
    }

    #[test]
    fn what_is_wrong_has_its_line_and_column() {
        for (text, said) in [
            ("alert = [\"bold\", \"crimson\"]", "mine.toml, line 1, column 18: crimson is no style here"),
            ("\nallert = []", "mine.toml, line 2, column 1: unknown key allert"),
            ("bar = \"bold\"", "mine.toml, line 1, column 7: expected a list, found the text \"bold\""),
            ("bar = [\"on mauve\"]", "mine.toml, line 1, column 8: on mauve is no style here"),
            ("bar = [\"#12345\"]", "mine.toml, line 1, column 8: #12345 is no style here"),
            ("bar = [\"#+1+2+3\"]", "mine.toml, line 1, column 8: #+1+2+3 is no style here"),
            ("bar = [\"#äbcd\"]", "mine.toml, line 1, column 8: #äbcd is no style here"),
            ("base = \"drak\"", "mine.toml, line 1, column 8: drak is no theme"),
            ("background = \"paper\"", "mine.toml, line 1, column 14: paper is no colour"),
            ("[high-contrast]\nbar = [\"dim\"]", "mine.toml, line 2, column 8: dim is no style here"),
            ("[high-contrast]\nalert = [\"red\"]", "mine.toml, line 2, column 10: red is no style here"),
            ("[high-contrast]\nalert = [\"on red\"]", "mine.toml, line 2, column 10: on red is no style here"),
        ] {
            let refusal = with(text).unwrap_err().to_string();
            assert!(refusal.starts_with(said), "{refusal}");
        }
    }

    /// How much lighter one of two colours is than the other, as WCAG 2 reckons it: from 1 to 21.
    fn contrast(one: Colour, other: Colour) -> f64 {
        let light = |colour| {
            let Colour::Rgb(red, green, blue) = colour else { panic!("{colour:?} is not measured") };
            let linear = |part: u8| {
                let part = f64::from(part) / 255.0;
                if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
            };
            0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
        };
        let (one, other) = (light(one), light(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    #[test]
    fn every_text_of_a_painted_theme_can_be_read() {
        for name in StyleSets::names().skip(1) {
            let StyleSets { usual, background, foreground, .. } = StyleSets::shipped(name).unwrap();
            let (background, foreground) = (background.unwrap(), foreground.unwrap());
            let Styles { plain, strong, quiet, current, good, wait, alert, digits, bar, arrow, still, .. } = &usual;
            let Styles { face_now, face_next, face_done, face_waiting, face_left_out, face_kept_off, .. } = &usual;
            let texts = [plain, strong, quiet, current, good, wait, alert, digits];
            let fields = [face_now, face_next, face_done, face_waiting, face_left_out];
            let colours = |style: &[Attribute]| {
                style.iter().fold((foreground, background), |(text, behind), attribute| match attribute {
                    Attribute::Colour(colour) => (*colour, behind),
                    Attribute::On(colour) => (text, *colour),
                    _ => (text, behind),
                })
            };
            for style in texts.into_iter().chain(fields) {
                let (text, behind) = colours(style);
                assert!(contrast(text, behind) >= 4.5, "{name}: {style:?} {}", contrast(text, behind));
            }
            // What is large or a field needs less, but has to be seen.
            for style in [bar, arrow, still] {
                assert!(contrast(colours(style).0, background) >= 3.0, "{name}: {style:?}");
            }
            for style in fields.into_iter().chain([face_kept_off]) {
                let behind = colours(style).1;
                assert!(contrast(behind, background) >= 1.15, "{name}: {style:?} {}", contrast(behind, background));
            }
        }
    }

    #[test]
    fn high_contrast_has_neither_colour_nor_anything_faint() {
        for name in StyleSets::names() {
            let shown = format!("{:?}", StyleSets::shipped(name).unwrap().high_contrast);
            assert!(!shown.contains("Dim") && !shown.contains("Colour") && !shown.contains("On("), "{shown}");
        }
    }
}
