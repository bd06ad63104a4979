//! The last row: the keys that act here, that none is needed, or a word about the last one.

use ratatui::layout::Rect;

use super::pen::{Pen, columns, line_width};
use super::wrap::wrap;
use crate::view::{Foot, KeyHint, Line, Tone};

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

/// Draws `foot` into the last rows of `area`; gives how many it took. Only a notice ever takes more than one, and never
/// as much as half of the window.
pub(super) fn draw(foot: &Foot, pen: &mut Pen, area: Rect, is_wide: bool) -> u16 {
    let margin = u16::from(area.width >= 40);
    let room = area.width.saturating_sub(2 * margin);
    let mut lines = match foot {
        Foot::HandsFree(fit) => vec![if is_wide { fit.wide.clone() } else { fit.narrow.clone() }],
        Foot::Notice(line) => wrap(line, usize::from(room)),
        Foot::Keys(hints) => vec![fitting(hints, usize::from(room), is_wide)],
    };
    lines.truncate(usize::from(area.height.div_ceil(2).saturating_sub(1).max(1)));
    let rows = columns(lines.len());
    for (line, y) in lines.iter().zip(area.bottom().saturating_sub(rows)..) {
        pen.line(area.x.saturating_add(margin), y, room, line);
    }
    rows
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

    fn hint(key: &str, label: &str, short: &str, live: bool, optional: bool) -> KeyHint {
        KeyHint { key: key.into(), label: label.into(), short: short.into(), live, optional }
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
