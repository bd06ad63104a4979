//! The last row: the keys that act here, that none is needed, or a word about the last one.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use super::Theme;
use super::text::{columns, draw_lines, draw_more_marks, line_width, sanitised};
use super::wrap::wrap;
use crate::content::keymap::KeyHint;
use crate::tui::view::{Foot, Form, Line as Words, Tone};

/// How a row of keys is written.
#[derive(Clone, Copy)]
enum Labels {
    /// `key label   key label`
    Long,
    /// `key short  key short`
    Short,
    /// `key  key`
    Bare,
    /// `key key`
    Tight,
}

/// The last rows. Only a notice ever takes more than one, and never as much as half of the window.
#[derive(Default)]
pub(super) struct FootRows<'a> {
    lines: Vec<Line<'a>>,
    /// What does not fit is scrolled: there is more above these rows.
    above: bool,
    /// Rows of a notice that are left below them.
    pub(super) below: usize,
    mark: Style,
}

impl<'a> FootRows<'a> {
    /// For a window with the columns and rows of `area`.
    pub(super) fn new(foot: &'a Foot, theme: &Theme, form: Form, area: Rect) -> FootRows<'a> {
        let line = match foot {
            Foot::HandsFree(line) => theme.line(line),
            Foot::Keys(hints) => fitting(hints, usize::from(area.width), form, theme),
            Foot::Notice { line, scroll } => {
                let most = area.height.div_ceil(2).saturating_sub(1).max(1);
                return FootRows::notice(line, *scroll, theme, area.width, most);
            }
        };
        FootRows { lines: vec![line], ..FootRows::default() }
    }

    /// A notice in `columns` and `most` rows at most. What does not fit is scrolled, with marks in the last column.
    pub(super) fn notice(line: &'a Words, scroll: usize, theme: &Theme, columns: u16, most: u16) -> FootRows<'a> {
        let (line, columns, most) = (theme.line(line), usize::from(columns), usize::from(most));
        let mut lines = wrap(&line, columns);
        if lines.len() > most {
            lines = wrap(&line, columns.saturating_sub(1));
        }
        let above = scroll.min(lines.len().saturating_sub(most));
        lines.drain(..above);
        let below = lines.len().saturating_sub(most);
        lines.truncate(most);
        FootRows { lines, above: above > 0, below, mark: theme.of(Tone::Strong) }
    }

    pub(super) fn height(&self) -> u16 {
        columns(self.lines.len())
    }
}

impl Widget for &FootRows<'_> {
    fn render(self, area: Rect, buffer: &mut Buffer) {
        draw_lines(&self.lines, area, buffer);
        let last = Rect { x: area.right().saturating_sub(1), width: 1, ..area };
        draw_more_marks(self.mark, self.above, self.below > 0, last, buffer);
    }
}

/// The keys in a row; an optional one that does nothing now is left out. When they do not fit, the optional ones go
/// first, the last of them first; then the labels become short, then they go.
fn fitting<'a>(hints: &'a [KeyHint], room: usize, form: Form, theme: &Theme) -> Line<'a> {
    let mut kept: Vec<&KeyHint> = hints.iter().filter(|hint| hint.live || !hint.optional).collect();
    let first = if form.is_wide() { Labels::Long } else { Labels::Short };
    loop {
        let line = written(&kept, first, theme);
        if line_width(&line) <= room {
            return line;
        }
        match kept.iter().rposition(|hint| hint.optional) {
            Some(place) => drop(kept.remove(place)),
            None => break,
        }
    }
    let shorter = [Labels::Short, Labels::Bare].map(|labels| written(&kept, labels, theme));
    let fits = shorter.into_iter().find(|line| line_width(line) <= room);
    fits.unwrap_or_else(|| written(&kept, Labels::Tight, theme))
}

fn written<'a>(hints: &[&'a KeyHint], labels: Labels, theme: &Theme) -> Line<'a> {
    let gap = match labels {
        Labels::Long if theme.ascii => "   ",
        Labels::Long => " \u{b7} ",
        Labels::Short | Labels::Bare => "  ",
        Labels::Tight => " ",
    };
    let mut line = Line::default();
    for (place, hint) in hints.iter().enumerate() {
        let label = match labels {
            Labels::Long => hint.label.as_str(),
            Labels::Short => hint.short.as_str(),
            Labels::Bare | Labels::Tight => "",
        };
        let (key, words) = if hint.live { (Tone::Strong, Tone::Plain) } else { (Tone::Quiet, Tone::Quiet) };
        line.push_span(if place > 0 { gap } else { "" });
        // The first key is the one to press.
        let is_first = place == 0 && hint.live;
        line.push_span(Span::styled(sanitised(&hint.key), theme.of(if is_first { Tone::Current } else { key })));
        if !label.is_empty() {
            line.extend([Span::raw(" "), Span::styled(sanitised(label), theme.of(words))]);
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::keymap::Action;
    use crate::tui::ui::Ink;

    fn hint(key: &str, label: &str, short: &str, live: bool, optional: bool) -> KeyHint {
        KeyHint { action: Action::Help, key: key.into(), label: label.into(), short: short.into(), live, optional }
    }

    fn question() -> Vec<KeyHint> {
        vec![
            hint("y", "yes", "yes", true, false),
            hint("n", "no", "no", true, false),
            hint("u", "not sure", "not sure", false, false),
            hint("up down", "move", "move", true, true),
            hint("?", "why this is asked", "why", true, true),
            hint("q", "leave", "", true, false),
        ]
    }

    #[test]
    fn what_does_not_fit_goes_in_order() {
        let theme = Theme::shipped(Ink::Full, false);
        let text = |room, form| fitting(&question(), room, form, &theme).to_string();
        assert_eq!(text(78, Form::Full), "y yes · n no · u not sure · up down move · ? why this is asked · q leave");
        assert_eq!(text(60, Form::Full), "y yes · n no · u not sure · up down move · q leave");
        assert_eq!(text(38, Form::Full), "y yes · n no · u not sure · q leave");
        assert_eq!(text(38, Form::Compact), "y yes  n no  u not sure  q");
        assert_eq!(text(20, Form::Compact), "y  n  u  q");
        assert_eq!(text(8, Form::Compact), "y n u q");
    }

    #[test]
    fn a_key_that_does_nothing_yet_is_quiet() {
        let (theme, question) = (Theme::shipped(Ink::Full, false), question());
        let line = fitting(&question, 78, Form::Full, &theme);
        let style = |text: &str| line.iter().find(|span| span.content == text).map(|span| span.style);
        assert_eq!(style("y"), Some(theme.of(Tone::Current)), "the first is the one to press");
        assert_eq!(style("n"), Some(theme.of(Tone::Strong)));
        assert_eq!(style("u"), Some(theme.of(Tone::Quiet)));
        assert_eq!(style("not sure"), Some(theme.of(Tone::Quiet)));
    }
}
