//! Styles by meaning. The only place where colours are named, and they are named in `assets/theme.toml`.

use ratatui::style::{Color, Modifier, Style};
use serde::Deserialize;

use crate::view::Tone;

/// How each meaning looks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Theme {
    plain: Style,
    strong: Style,
    quiet: Style,
    current: Style,
    alert: Style,
    /// Rules between the parts of the screen.
    pub rule: Style,
    /// Large digits.
    pub digits: Style,
    /// Bars of progress.
    pub bar: Style,
    /// The arrow of the stroke.
    pub arrow: Style,
    /// Where the next character goes.
    pub cursor: Style,
    /// ASCII characters alone.
    pub ascii: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    plain: Vec<String>,
    strong: Vec<String>,
    quiet: Vec<String>,
    current: Vec<String>,
    alert: Vec<String>,
    rule: Vec<String>,
    digits: Vec<String>,
    bar: Vec<String>,
    arrow: Vec<String>,
    cursor: Vec<String>,
}

impl Theme {
    /// Reads a theme. Without `colour` only weight is left.
    ///
    /// # Errors
    /// Names the word that means no style, or what is missing.
    pub fn read(text: &str, colour: bool, ascii: bool) -> Result<Theme, String> {
        let raw: Raw = toml::from_str(text).map_err(|error| error.to_string())?;
        let style = |words: &[String]| style(words, colour);
        Ok(Theme {
            plain: style(&raw.plain)?,
            strong: style(&raw.strong)?,
            quiet: style(&raw.quiet)?,
            current: style(&raw.current)?,
            alert: style(&raw.alert)?,
            rule: style(&raw.rule)?,
            digits: style(&raw.digits)?,
            bar: style(&raw.bar)?,
            arrow: style(&raw.arrow)?,
            cursor: style(&raw.cursor)?,
            ascii,
        })
    }

    /// How a weight looks.
    pub fn of(&self, tone: Tone) -> Style {
        match tone {
            Tone::Plain => self.plain,
            Tone::Strong => self.strong,
            Tone::Quiet => self.quiet,
            Tone::Current => self.current,
            Tone::Alert => self.alert,
        }
    }
}

fn style(words: &[String], colour: bool) -> Result<Style, String> {
    let mut style = Style::new();
    for word in words {
        let painted = match word.as_str() {
            "bold" => Some(style.add_modifier(Modifier::BOLD)),
            "dim" => Some(style.add_modifier(Modifier::DIM)),
            "reverse" => Some(style.add_modifier(Modifier::REVERSED)),
            "underline" => Some(style.add_modifier(Modifier::UNDERLINED)),
            other => named(other).map(|named| if colour { style.fg(named) } else { style }),
        };
        style = painted.ok_or_else(|| format!("there is no style {word:?}"))?;
    }
    Ok(style)
}

fn named(word: &str) -> Option<Color> {
    match word {
        "red" => Some(Color::Red),
        "green" => Some(Color::Green),
        "yellow" => Some(Color::Yellow),
        "blue" => Some(Color::Blue),
        "magenta" => Some(Color::Magenta),
        "cyan" => Some(Color::Cyan),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHIPPED: &str = include_str!("../../assets/theme.toml");

    #[test]
    fn the_shipped_theme_keeps_its_weight_without_colour() {
        let plain = Theme::read(SHIPPED, false, false).unwrap();
        for tone in [Tone::Strong, Tone::Quiet, Tone::Current, Tone::Alert] {
            assert_eq!(plain.of(tone).fg, None);
            assert!(!plain.of(tone).add_modifier.is_empty(), "{tone:?} is told by weight alone");
        }
    }

    #[test]
    fn at_most_three_colours() {
        let text = Theme::read(SHIPPED, true, false).unwrap();
        let tones = [Tone::Plain, Tone::Strong, Tone::Quiet, Tone::Current, Tone::Alert].map(|tone| text.of(tone));
        let all = tones.into_iter().chain([text.rule, text.digits, text.bar, text.arrow, text.cursor]);
        let mut colours: Vec<String> = all.filter_map(|style| style.fg).map(|colour| colour.to_string()).collect();
        colours.sort();
        colours.dedup();
        assert!(colours.len() <= 3, "{colours:?}");
    }
}
