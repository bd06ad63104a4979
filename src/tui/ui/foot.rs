//! The last row: the keys that act here, that none is needed, or a word about the last one.

use core::ops::Range;

use ratatui::layout::Rect;

use super::pen::{Pen, columns, line_width};
use super::wrap::wrap;
use crate::content::keymap::KeyHint;
use crate::tui::view::{Foot, Line, Tone};

/// How a row of keys is written.
#[derive(Clone, Copy)]
enum Form {
    /// `key label   key label`
    Long,
    /// `key short  key short`
    Short,
    /// `key  key`
    Bare,
    /// `key key`
    Tight,
}

/// The rows that were drawn.
#[derive(Default)]
pub(super) struct Drawn {
    pub(super) rows: u16,
    /// Rows of a notice that are left below them.
    pub(super) below: usize,
}

/// Draws `foot` into the last rows of `area`. Only a notice ever takes more than one, and never as much as half of the
/// window.
pub(super) fn draw(foot: &Foot, pen: &mut Pen, area: Rect, is_wide: bool) -> Drawn {
    let margin = u16::from(area.width >= 40);
    let area = Rect { x: area.x.saturating_add(margin), width: area.width.saturating_sub(2 * margin), ..area };
    let line = match foot {
        Foot::HandsFree(line) => line.clone(),
        Foot::Keys(hints) => fitting(hints, usize::from(area.width), is_wide),
        Foot::Notice { line, scroll } => {
            let most = area.height.div_ceil(2).saturating_sub(1).max(1);
            return notice(line, *scroll, pen, area, most);
        }
    };
    pen.line(area.x, area.bottom().saturating_sub(1), area.width, &line);
    Drawn { rows: 1, below: 0 }
}

/// Draws a notice into the last rows of `area`, `most` of them at most. What does not fit is scrolled, with marks in the
/// last column.
pub(super) fn notice(line: &Line, scroll: usize, pen: &mut Pen, area: Rect, most: u16) -> Drawn {
    let most = usize::from(most);
    let mut lines = wrap(line, usize::from(area.width));
    let is_whole = lines.len() <= most;
    if !is_whole {
        lines = wrap(line, usize::from(area.width.saturating_sub(1)));
    }
    let shown = window(scroll, lines.len(), most);
    let below = lines.len() - shown.end;
    let rows = columns(shown.len());
    let top = area.bottom().saturating_sub(rows);
    for (line, y) in lines.get(shown.clone()).unwrap_or_default().iter().zip(top..) {
        pen.line(area.x, y, area.width, line);
    }
    if !is_whole {
        pen.more_marks(area.right().saturating_sub(1), top, shown.len(), shown.start > 0, below > 0);
    }
    Drawn { rows, below }
}

/// Which of `count` rows stand in a window of `height`, `scroll` rows down.
fn window(scroll: usize, count: usize, height: usize) -> Range<usize> {
    let start = scroll.min(count.saturating_sub(height));
    start..(start + height).min(count)
}

/// The keys in a row; an optional one that does nothing now is left out. When they do not fit, the optional ones go
/// first, the last of them first; then the labels become short, then they go.
fn fitting(hints: &[KeyHint], room: usize, is_wide: bool) -> Line {
    let mut kept: Vec<&KeyHint> = hints.iter().filter(|hint| hint.live || !hint.optional).collect();
    let first = if is_wide { Form::Long } else { Form::Short };
    loop {
        let line = written(&kept, first);
        if line_width(&line) <= room {
            return line;
        }
        match kept.iter().rposition(|hint| hint.optional) {
            Some(place) => drop(kept.remove(place)),
            None => break,
        }
    }
    let forms = [Form::Short, Form::Bare].map(|form| written(&kept, form));
    let fits = forms.into_iter().find(|line| line_width(line) <= room);
    fits.unwrap_or_else(|| written(&kept, Form::Tight))
}

fn written(hints: &[&KeyHint], form: Form) -> Line {
    let gap = match form {
        Form::Long => "   ",
        Form::Short | Form::Bare => "  ",
        Form::Tight => " ",
    };
    let mut line = Line::default();
    for (place, hint) in hints.iter().enumerate() {
        let label = match form {
            Form::Long => hint.label.as_str(),
            Form::Short => hint.short.as_str(),
            Form::Bare | Form::Tight => "",
        };
        let (key, words) = if hint.live { (Tone::Strong, Tone::Plain) } else { (Tone::Quiet, Tone::Quiet) };
        if place > 0 {
            line = line.and(gap, Tone::Plain);
        }
        line = line.and(&hint.key, key);
        if !label.is_empty() {
            line = line.and(format!(" {label}"), words);
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::keymap::Action;

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
        let text = |room, is_wide| fitting(&question(), room, is_wide).text();
        assert_eq!(text(78, true), "y yes   n no   u not sure   up down move   ? why this is asked   q leave");
        assert_eq!(text(60, true), "y yes   n no   u not sure   up down move   q leave");
        assert_eq!(text(38, true), "y yes   n no   u not sure   q leave");
        assert_eq!(text(38, false), "y yes  n no  u not sure  q");
        assert_eq!(text(20, false), "y  n  u  q");
        assert_eq!(text(8, false), "y n u q");
    }

    #[test]
    fn a_key_that_does_nothing_yet_is_quiet() {
        let line = fitting(&question(), 78, true);
        let tone = |text: &str| line.0.iter().find(|piece| piece.text == text).map(|piece| piece.tone);
        assert_eq!(tone("y"), Some(Tone::Strong));
        assert_eq!(tone("u"), Some(Tone::Quiet));
        assert_eq!(tone(" not sure"), Some(Tone::Quiet));
    }
}
