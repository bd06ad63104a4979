//! Styles by meaning. The only place where colours are named, and they are named in `assets/theme.toml`.

use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier, Style};
use ratatui::text::{Line, Span};

use super::text::{MARK, TIED, sanitised};
use crate::content::StyleSets;
use crate::content::styles::{Attribute, Colour};
use crate::tui::view::{self, Piece, Tone};

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

/// What the screen may be drawn with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ink {
    /// Weight and colour.
    Full,
    /// Weight alone.
    Weight,
    /// Bold and reverse alone.
    HighContrast,
}

impl Theme {
    /// The theme of `looks`, drawn with `ink`.
    pub fn of_styles(looks: &StyleSets, ink: Ink, ascii: bool) -> Theme {
        let styles = if ink == Ink::HighContrast { &looks.high_contrast } else { &looks.usual };
        let style = |words: &[Attribute]| style(words, ink);
        Theme {
            plain: style(&styles.plain),
            strong: style(&styles.strong),
            quiet: style(&styles.quiet),
            current: style(&styles.current),
            alert: style(&styles.alert),
            rule: style(&styles.rule),
            digits: style(&styles.digits),
            bar: style(&styles.bar),
            arrow: style(&styles.arrow),
            cursor: style(&styles.cursor),
            ascii,
        }
    }

    /// The embedded one. A test holds that its file is sound; nothing but weight would be missing otherwise.
    pub fn shipped(ink: Ink, ascii: bool) -> Theme {
        let looks = StyleSets::read(None).unwrap_or_default();
        Theme::of_styles(&looks, ink, ascii)
    }

    /// `line` as the toolkit has it, sanitised. Nothing else makes the toolkit's text out of a view's.
    pub fn line<'a>(&self, line: &'a view::Line) -> Line<'a> {
        line.0.iter().map(|piece| self.span(piece)).collect()
    }

    pub(super) fn span<'a>(&self, piece: &'a Piece) -> Span<'a> {
        Span::styled(sanitised(&piece.text), self.of(piece.tone))
    }

    /// Words of one weight that are not a line of the view by themselves.
    pub(super) fn words<'a>(&self, text: &'a str, tone: Tone) -> Line<'a> {
        Line::from(Span::styled(sanitised(text), self.of(tone)))
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

    /// What holds for every cell: a tied blank is a blank, ASCII has its marks, a blank has a style only where that
    /// shows, and the window may be in reverse. What is in reverse by itself is then underlined, so that it stands out.
    pub(super) fn finish(&self, buffer: &mut Buffer, is_reversed: bool) {
        for cell in &mut buffer.content {
            if cell.symbol() == TIED {
                cell.set_symbol(" ");
            } else if self.ascii && !cell.symbol().is_ascii() {
                cell.set_symbol(MARK);
            }
            if is_reversed && cell.modifier.contains(Modifier::REVERSED) {
                cell.modifier.remove(Modifier::REVERSED);
                cell.modifier.insert(Modifier::UNDERLINED);
            } else if is_reversed {
                cell.modifier.insert(Modifier::REVERSED);
            } else if cell.symbol() == " "
                && (cell.fg != Color::Reset || !cell.modifier.is_empty())
                && !cell.modifier.intersects(Modifier::REVERSED | Modifier::UNDERLINED)
            {
                // One that differs from another by what nobody sees would be sent anew.
                cell.set_style(Style::reset());
            }
        }
    }
}

fn style(words: &[Attribute], ink: Ink) -> Style {
    words.iter().fold(Style::new(), |style, word| match word {
        Attribute::Bold => style.add_modifier(Modifier::BOLD),
        Attribute::Dim => style.add_modifier(Modifier::DIM),
        Attribute::Reverse => style.add_modifier(Modifier::REVERSED),
        Attribute::Underline => style.add_modifier(Modifier::UNDERLINED),
        Attribute::Colour(colour) if ink == Ink::Full => style.fg(painted(*colour)),
        Attribute::Colour(_) => style,
    })
}

fn painted(colour: Colour) -> Color {
    match colour {
        Colour::Red => Color::Red,
        Colour::Green => Color::Green,
        Colour::Yellow => Color::Yellow,
        Colour::Blue => Color::Blue,
        Colour::Magenta => Color::Magenta,
        Colour::Cyan => Color::Cyan,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn theme(ink: Ink) -> Theme {
        Theme::of_styles(&StyleSets::read(None).unwrap(), ink, false)
    }

    #[test]
    fn the_shipped_theme_keeps_its_weight_without_colour() {
        let plain = theme(Ink::Weight);
        for tone in [Tone::Strong, Tone::Quiet, Tone::Current, Tone::Alert] {
            assert_eq!(plain.of(tone).fg, None);
            assert!(!plain.of(tone).add_modifier.is_empty(), "{tone:?} is told by weight alone");
        }
    }

    #[test]
    fn high_contrast_is_bold_and_reverse_alone() {
        let theme = theme(Ink::HighContrast);
        let tones = [Tone::Plain, Tone::Strong, Tone::Quiet, Tone::Current, Tone::Alert].map(|tone| theme.of(tone));
        for style in tones.into_iter().chain([theme.rule, theme.digits, theme.bar, theme.arrow, theme.cursor]) {
            assert_eq!((style.fg, style.bg), (None, None));
            assert!((style.add_modifier - Modifier::BOLD - Modifier::REVERSED).is_empty(), "{style:?}");
        }
    }
}
