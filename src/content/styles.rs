//! The style of each meaning that text can have: the embedded styles, and over them those of the person's theme.

use serde::Deserialize;

use toml::Spanned;

use super::parse::{instead, parse};
use super::raw::Text;
use super::refusal::Refusal;
use super::source::Source;
use store::sanitise::brief;

/// The embedded styles.
pub const SHIPPED: &str = include_str!("../../assets/theme.toml");

/// How many of the terminal's colours may be used in all. With more, colour alone would carry a meaning.
const MOST_COLOURS: usize = 3;

/// One attribute of a style.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attribute {
    Bold,
    Dim,
    /// Text and background change places.
    Reverse,
    Underline,
    Colour(Colour),
}

/// The terminal's own colours, as far as they can be read on black and on white.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colour {
    Red,
    Green,
    Yellow,
    Blue,
    Magenta,
    Cyan,
}

impl Attribute {
    const NAMES: [(&'static str, Attribute); 10] = [
        ("bold", Attribute::Bold),
        ("dim", Attribute::Dim),
        ("reverse", Attribute::Reverse),
        ("underline", Attribute::Underline),
        ("red", Attribute::Colour(Colour::Red)),
        ("green", Attribute::Colour(Colour::Green)),
        ("yellow", Attribute::Colour(Colour::Yellow)),
        ("blue", Attribute::Colour(Colour::Blue)),
        ("magenta", Attribute::Colour(Colour::Magenta)),
        ("cyan", Attribute::Colour(Colour::Cyan)),
    ];

    /// Whether everybody can see it: it is not faint and is no colour.
    fn is_of_high_contrast(self) -> bool {
        matches!(self, Attribute::Bold | Attribute::Reverse)
    }
}

/// The styles of all meanings.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Styles {
    /// Ordinary text.
    pub plain: Vec<Attribute>,
    /// Headings, and the words that matter most in a line.
    pub strong: Vec<Attribute>,
    /// Lesser things.
    pub quiet: Vec<Attribute>,
    /// The present stage, section or stroke.
    pub current: Vec<Attribute>,
    /// A stop, a skip, a record that is not saved.
    pub alert: Vec<Attribute>,
    /// Rules between the parts of the screen.
    pub rule: Vec<Attribute>,
    /// Large digits.
    pub digits: Vec<Attribute>,
    /// Bars of progress.
    pub bar: Vec<Attribute>,
    /// The arrow of the stroke.
    pub arrow: Vec<Attribute>,
    /// Where the next character goes.
    pub cursor: Vec<Attribute>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StyleSets {
    pub usual: Styles,
    /// With bold and reverse alone.
    pub high_contrast: Styles,
}

type Words = Option<Spanned<Vec<Text>>>;

type Pair<'a> = (Option<&'a Spanned<Vec<Text>>>, &'a mut Vec<Attribute>);

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", expecting = "a table")]
struct RawTheme {
    plain: Words,
    strong: Words,
    quiet: Words,
    current: Words,
    alert: Words,
    rule: Words,
    digits: Words,
    bar: Words,
    arrow: Words,
    cursor: Words,
    #[serde(default)]
    high_contrast: RawStyles,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, expecting = "a table")]
struct RawStyles {
    plain: Words,
    strong: Words,
    quiet: Words,
    current: Words,
    alert: Words,
    rule: Words,
    digits: Words,
    bar: Words,
    arrow: Words,
    cursor: Words,
}

impl StyleSets {
    /// The embedded styles, with what `user` names in their place.
    ///
    /// # Errors
    /// Refuses a file that names an unknown meaning or style, more than three colours in all, or for high contrast
    /// anything but bold and reverse.
    pub fn read(user: Option<&Source>) -> Result<StyleSets, Refusal> {
        let styles = StyleSets::default().with(&Source::embedded("theme.toml", SHIPPED))?;
        user.map_or(Ok(styles.clone()), |user| styles.with(user))
    }

    /// These with the styles that `source` names in their place.
    fn with(mut self, source: &Source) -> Result<StyleSets, Refusal> {
        let raw: RawTheme = parse(source)?;
        let RawTheme { plain, strong, quiet, current, alert, rule, digits, bar, arrow, cursor, high_contrast } = raw;
        let usual = RawStyles { plain, strong, quiet, current, alert, rule, digits, bar, arrow, cursor };
        let mut coloured = Vec::new();
        for (words, style) in usual.pairs(&mut self.usual) {
            let Some(words) = words else { continue };
            *style = attributes(source, words, |_| true)?;
            if style.iter().any(|attribute| matches!(attribute, Attribute::Colour(_))) {
                coloured.push(words.span());
            }
        }
        let colours = self.usual.count_colours();
        // The last one in the file is the one too many.
        let last = coloured.into_iter().max_by_key(|span| span.start);
        if let Some(span) = last.filter(|_| colours > MOST_COLOURS) {
            let what = format!("that makes {colours} colours in all");
            return Err(source.refuse(span, what, format!("Use at most {MOST_COLOURS}, the embedded ones included.")));
        }
        for (words, style) in high_contrast.pairs(&mut self.high_contrast) {
            if let Some(words) = words {
                *style = attributes(source, words, Attribute::is_of_high_contrast)?;
            }
        }
        Ok(self)
    }
}

impl RawStyles {
    /// Each list of words with the style it is for.
    fn pairs<'a>(&'a self, styles: &'a mut Styles) -> [Pair<'a>; 10] {
        [
            (self.plain.as_ref(), &mut styles.plain),
            (self.strong.as_ref(), &mut styles.strong),
            (self.quiet.as_ref(), &mut styles.quiet),
            (self.current.as_ref(), &mut styles.current),
            (self.alert.as_ref(), &mut styles.alert),
            (self.rule.as_ref(), &mut styles.rule),
            (self.digits.as_ref(), &mut styles.digits),
            (self.bar.as_ref(), &mut styles.bar),
            (self.arrow.as_ref(), &mut styles.arrow),
            (self.cursor.as_ref(), &mut styles.cursor),
        ]
    }
}

impl Styles {
    fn count_colours(&self) -> usize {
        let all = [&self.plain, &self.strong, &self.quiet, &self.current, &self.alert];
        let rest = [&self.rule, &self.digits, &self.bar, &self.arrow, &self.cursor];
        let mut colours: Vec<Attribute> = all.into_iter().chain(rest).flatten().copied().collect();
        colours.retain(|attribute| matches!(attribute, Attribute::Colour(_)));
        Attribute::NAMES.iter().filter(|(_, attribute)| colours.contains(attribute)).count()
    }
}

/// The attributes that `words` name, of those that are `allowed` here.
fn attributes(
    source: &Source,
    words: &Spanned<Vec<Text>>,
    allowed: impl Fn(Attribute) -> bool,
) -> Result<Vec<Attribute>, Refusal> {
    let named = |word: &Text| {
        let known = Attribute::NAMES.iter().filter(|(_, attribute)| allowed(*attribute));
        match known.clone().find(|(name, _)| name == word.get_ref()) {
            Some((_, attribute)) => Ok(*attribute),
            None => {
                let names: Vec<&str> = known.map(|(name, _)| *name).collect();
                let what = format!("{} is no style here", brief(word.get_ref()));
                Err(source.refuse(word.span(), what, instead(word.get_ref(), "style", &names)))
            }
        }
    };
    words.get_ref().iter().map(named).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(text: &str) -> Result<StyleSets, Refusal> {
        StyleSets::read(Some(&Source::new("mine.toml", text).unwrap()))
    }

    #[test]
    fn a_file_names_only_what_it_changes() {
        let (shipped, mine) = (StyleSets::read(None).unwrap(), with("arrow = [\"blue\"]").unwrap());
        assert_eq!(mine.usual.arrow, [Attribute::Colour(Colour::Blue)]);
        assert_eq!(StyleSets { usual: Styles { arrow: shipped.usual.arrow.clone(), ..mine.usual }, ..mine }, shipped);
        let contrast = with("[high-contrast]\nquiet = [\"bold\"]").unwrap();
        assert_eq!((contrast.usual, contrast.high_contrast.quiet), (shipped.usual, vec![Attribute::Bold]));
    }

    #[test]
    fn what_is_wrong_has_its_line_and_column() {
        for (text, said) in [
            ("alert = [\"bold\", \"crimson\"]", "mine.toml, line 1, column 18: crimson is no style here"),
            ("\nallert = []", "mine.toml, line 2, column 1: unknown key allert"),
            ("bar = \"bold\"", "mine.toml, line 1, column 7: expected a list, found the text \"bold\""),
            ("bar = [\"green\"]\nrule = [\"blue\"]", "mine.toml, line 2, column 8: that makes 4 colours in all"),
            ("bar = [\"green\", \"blue\"]", "mine.toml, line 1, column 7: that makes 4 colours in all"),
            ("[high-contrast]\nbar = [\"dim\"]", "mine.toml, line 2, column 8: dim is no style here"),
            ("[high-contrast]\nalert = [\"red\"]", "mine.toml, line 2, column 10: red is no style here"),
        ] {
            let refusal = with(text).unwrap_err().to_string();
            assert!(refusal.starts_with(said), "{refusal}");
        }
    }

    #[test]
    fn the_shipped_high_contrast_has_neither_colour_nor_anything_faint() {
        let styles = StyleSets::read(None).unwrap();
        assert_eq!(styles.high_contrast.count_colours(), 0);
        assert!(styles.high_contrast.quiet.iter().all(|attribute| attribute.is_of_high_contrast()));
        assert!(styles.usual.count_colours() <= MOST_COLOURS);
    }
}
