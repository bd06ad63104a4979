//! Styles by meaning. The only place where colours are named, and they are named in `assets/themes`.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier, Style};
use ratatui::text::{Line, Span};

use super::text::{MARK, TIED, sanitised};
use crate::content::StyleSets;
use crate::content::styles::{self, Attribute, Colour};
use crate::tui::view::{self, Means, Piece, Tone};

/// How each meaning looks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Theme {
    plain: Style,
    strong: Style,
    quiet: Style,
    current: Style,
    good: Style,
    wait: Style,
    alert: Style,
    /// Rules between the parts of the screen.
    pub rule: Style,
    /// Large digits and letters.
    pub digits: Style,
    /// Large digits that stand still.
    pub still: Style,
    /// Bars of progress.
    pub bar: Style,
    /// The arrow of the stroke.
    pub arrow: Style,
    /// Where the next character goes.
    pub cursor: Style,
    /// The fields of the face.
    pub face: FaceStyles,
    /// What every cell has that has nothing of its own.
    base: Style,
    /// ASCII characters alone.
    pub ascii: bool,
}

/// How the fields of the face look. What is behind is the colour of the field, what is before it that of its number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FaceStyles {
    pub now: Style,
    pub next: Style,
    pub done: Style,
    pub waiting: Style,
    pub left_out: Style,
    pub kept_off: Style,
    pub lips: Style,
    /// Fields are told apart by colour; else by the marks that they are filled with.
    pub in_colour: bool,
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
        let of_terminal = Style::new().fg(Color::Reset).bg(Color::Reset);
        let base = match ink {
            Ink::Full => Style {
                fg: looks.foreground.map(painted).or(of_terminal.fg),
                bg: looks.background.map(painted).or(of_terminal.bg),
                ..Style::new()
            },
            Ink::Weight | Ink::HighContrast => of_terminal,
        };
        Theme {
            plain: style(&styles.plain),
            strong: style(&styles.strong),
            quiet: style(&styles.quiet),
            current: style(&styles.current),
            good: style(&styles.good),
            wait: style(&styles.wait),
            alert: style(&styles.alert),
            rule: style(&styles.rule),
            digits: style(&styles.digits),
            still: style(&styles.still),
            bar: style(&styles.bar),
            arrow: style(&styles.arrow),
            cursor: style(&styles.cursor),
            face: FaceStyles {
                now: style(&styles.face_now),
                next: style(&styles.face_next),
                done: style(&styles.face_done),
                waiting: style(&styles.face_waiting),
                left_out: style(&styles.face_left_out),
                kept_off: style(&styles.face_kept_off),
                lips: style(&styles.face_lips),
                in_colour: ink == Ink::Full && !ascii,
            },
            base,
            ascii,
        }
    }

    /// The theme of every terminal. A test holds that its file is sound; nothing but weight would be missing otherwise.
    pub fn shipped(ink: Ink, ascii: bool) -> Theme {
        let looks = StyleSets::shipped(styles::ANSI).unwrap_or_default();
        Theme::of_styles(&looks, ink, ascii)
    }

    /// `line` as the toolkit has it, sanitised. Nothing else makes the toolkit's text out of a view's.
    pub fn line<'a>(&self, line: &'a view::Line) -> Line<'a> {
        line.0.iter().map(|piece| self.span(piece)).collect()
    }

    pub(super) fn span<'a>(&self, piece: &'a Piece) -> Span<'a> {
        let text = match piece.means {
            Means::Mark(mark) if !self.ascii => Cow::Borrowed(mark),
            _ => sanitised(&piece.text),
        };
        Span::styled(text, self.of(piece.tone))
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
            Tone::Good => self.good,
            Tone::Wait => self.wait,
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
            } else if cell.symbol() == " " && !cell.modifier.intersects(Modifier::REVERSED | Modifier::UNDERLINED) {
                // One that differs from another by what nobody sees would be sent anew.
                (cell.fg, cell.modifier) = (Color::Reset, Modifier::empty());
            }
            let base = |own: Color, base: Option<Color>| if own == Color::Reset { base.unwrap_or(own) } else { own };
            (cell.fg, cell.bg) = (base(cell.fg, self.base.fg), base(cell.bg, self.base.bg));
        }
    }
}

/// What is behind `upper` above what is behind `lower`, in one cell; None where nothing is.
pub(super) fn stacked(upper: Option<Style>, lower: Option<Style>) -> Option<(&'static str, Style)> {
    match [upper, lower].map(|style| style.and_then(|style| style.bg)) {
        [Some(upper), Some(lower)] if upper == lower => Some(("\u{2588}", Style::new().fg(upper))),
        [Some(upper), Some(lower)] => Some(("\u{2580}", Style::new().fg(upper).bg(lower))),
        [Some(upper), None] => Some(("\u{2580}", Style::new().fg(upper))),
        [None, Some(lower)] => Some(("\u{2584}", Style::new().fg(lower))),
        [None, None] => None,
    }
}

fn style(words: &[Attribute], ink: Ink) -> Style {
    words.iter().fold(Style::new(), |style, word| match word {
        Attribute::Bold => style.add_modifier(Modifier::BOLD),
        Attribute::Dim => style.add_modifier(Modifier::DIM),
        Attribute::Reverse => style.add_modifier(Modifier::REVERSED),
        Attribute::Underline => style.add_modifier(Modifier::UNDERLINED),
        Attribute::Colour(colour) if ink == Ink::Full => style.fg(painted(*colour)),
        Attribute::On(colour) if ink == Ink::Full => style.bg(painted(*colour)),
        // What stands on a colour stands out without it too.
        Attribute::On(_) => style.add_modifier(Modifier::REVERSED),
        Attribute::Colour(_) => style,
    })
}

fn painted(colour: Colour) -> Color {
    match colour {
        Colour::Black => Color::Black,
        Colour::Red => Color::Red,
        Colour::Green => Color::Green,
        Colour::Yellow => Color::Yellow,
        Colour::Blue => Color::Blue,
        Colour::Magenta => Color::Magenta,
        Colour::Cyan => Color::Cyan,
        Colour::White => Color::Gray,
        Colour::Grey => Color::DarkGray,
        Colour::Rgb(red, green, blue) => Color::Rgb(red, green, blue),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn theme(ink: Ink) -> Theme {
        Theme::shipped(ink, false)
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
