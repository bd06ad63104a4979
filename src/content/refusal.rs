//! Why a file is refused: where the mistake is, what is wrong, what to do.

use core::fmt;
use core::ops::Range;

use unicode_width::UnicodeWidthStr;

use store::sanitise::escape_hidden;

/// The widest quotation of a line, in columns; a longer line is cut around the mistake.
const QUOTED_COLUMNS: usize = 90;

/// How a refusal begins to speak of something that a file may have once.
pub(super) const TWICE: &str = "stands here twice";

/// Shown as what is wrong, with the line of the file, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    file: String,
    /// Boxed, so that a result with a refusal in it stays small.
    position: Option<Box<Position>>,
    what: String,
    todo: String,
    /// The file was opened, so the message adds that it was not changed.
    is_read: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Position {
    /// In bytes, from 0.
    start: usize,
    /// From 1.
    line: usize,
    /// In characters, from 1.
    column: usize,
    /// The line in three parts, with hidden characters shown: before the mistake, the mistake, and after it.
    before: String,
    at: String,
    after: String,
}

impl Refusal {
    /// A refusal of the file called `file` as a whole. `what` follows the file's name and a colon; `todo` is a
    /// sentence of its own.
    pub fn whole(file: &str, what: impl Into<String>, todo: impl Into<String>) -> Refusal {
        Refusal { file: escape_hidden(file), position: None, what: what.into(), todo: todo.into(), is_read: true }
    }

    /// A refusal where no file was read: `from` is the name of a file that cannot be read, or a flag or variable.
    pub fn unread(from: &str, what: impl Into<String>, todo: impl Into<String>) -> Refusal {
        Refusal { is_read: false, ..Refusal::whole(from, what, todo) }
    }

    /// A refusal of the bytes `span` of `text`, the content of the file called `file`.
    pub fn at(file: &str, text: &str, span: Range<usize>, what: impl Into<String>, todo: impl Into<String>) -> Refusal {
        Refusal { position: Some(Box::new(Position::of(text, span))), ..Refusal::whole(file, what, todo) }
    }

    /// The name of the file as the person wrote it.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// What is wrong, as the end of a sentence that begins with the name of the file.
    pub fn what(&self) -> &str {
        &self.what
    }

    /// What to do, in whole sentences.
    pub fn todo(&self) -> &str {
        &self.todo
    }

    /// Whether no file was read.
    pub fn is_unread(&self) -> bool {
        !self.is_read && self.position.is_none()
    }

    /// The byte at which the mistake begins, unless the file as a whole is refused.
    pub fn start(&self) -> Option<usize> {
        self.position.as_ref().map(|position| position.start)
    }

    /// With `sentence` after what to do.
    pub fn with_hint(self, sentence: &str) -> Refusal {
        // Advice that ends with what to write, rather than with a full stop, keeps its line.
        let gap = if self.todo.ends_with('.') { ' ' } else { '\n' };
        let todo = if self.todo.ends_with(sentence) { self.todo } else { format!("{}{gap}{sentence}", self.todo) };
        Refusal { todo, ..self }
    }

    /// Whether it is about something that a file may have once.
    pub fn is_twice(&self) -> bool {
        self.what.contains(TWICE)
    }

    /// All of `refusals` in one message.
    pub fn listed(refusals: &[Refusal]) -> String {
        if let [only] = refusals {
            return only.to_string();
        }
        let each = refusals.iter().map(|refusal| {
            let (lead, todo) = (refusal.lead(), &refusal.todo);
            format!("{lead}{todo}\n\n")
        });
        format!(
            "{}These are {} mistakes. Nothing was started; the files are as they were.",
            each.collect::<String>(),
            refusals.len()
        )
    }

    /// The line, from 1, unless the file as a whole is refused.
    pub fn line(&self) -> Option<usize> {
        self.position.as_ref().map(|position| position.line)
    }

    /// The column in characters, from 1, unless the file as a whole is refused.
    pub fn column(&self) -> Option<usize> {
        self.position.as_ref().map(|position| position.column)
    }
}

impl Position {
    fn of(text: &str, span: Range<usize>) -> Position {
        let start = floor(text, span.start);
        let line_start = text.get(..start).and_then(|before| before.rfind('\n')).map_or(0, |newline| newline + 1);
        let line_end = text.get(start..).and_then(|rest| rest.find('\n')).map_or(text.len(), |length| start + length);
        let end = floor(text, span.end).clamp(start, line_end);
        let part = |range: Range<usize>| text.get(range).unwrap_or_default();
        let before = part(line_start..start);
        Position {
            start,
            line: part(0..line_start).matches('\n').count() + 1,
            column: before.chars().count() + 1,
            before: quote(before),
            at: quote(part(start..end)),
            after: quote(part(end..line_end)),
        }
    }

    /// The line, cut to [`QUOTED_COLUMNS`]; the column of the mistake in it, and its width.
    fn cut(&self) -> (String, usize, usize) {
        let room = QUOTED_COLUMNS;
        let (before, cut_before) = keep_end(&self.before, room / 2);
        let (at, cut_at) = keep_start(&self.at, room / 2);
        let used = before.width() + at.width();
        let (after, cut_after) = keep_start(&self.after, room.saturating_sub(used));
        let lead = if cut_before { "..." } else { "" };
        let tail = if cut_at || cut_after { "..." } else { "" };
        let after = if cut_at { "" } else { after };
        (format!("{lead}{before}{at}{after}{tail}"), lead.len() + before.width(), at.width().max(1))
    }
}

impl Refusal {
    /// What is wrong, with the line of the file where there is one.
    fn lead(&self) -> String {
        match &self.position {
            None => format!("{}: {}\n", self.file, self.what),
            Some(position) => {
                let Position { line, column, .. } = position.as_ref();
                let gutter = " ".repeat(line.to_string().len());
                let (quoted, indent, width) = position.cut();
                let (indent, carets) = (" ".repeat(indent), "^".repeat(width));
                let quoted = format!(" {line} | {quoted}");
                format!(
                    "{}, line {line}, column {column}: {}\n {gutter} |\n{}\n {gutter} | {indent}{carets}\n",
                    self.file,
                    self.what,
                    quoted.trim_end()
                )
            }
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kept = if self.is_read { "; the file is as it was" } else { "" };
        write!(f, "{}Nothing was started{kept}.\n{}", self.lead(), self.todo)
    }
}

impl std::error::Error for Refusal {}

/// Part of a line as a message shows it. A tab would move the caret, and the carriage return of a CR LF is no mistake.
fn quote(text: &str) -> String {
    escape_hidden(&text.strip_suffix('\r').unwrap_or(text).replace('\t', " "))
}

/// The last character boundary at or before `at`.
fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|border| text.is_char_boundary(*border)).unwrap_or(0)
}

/// As much of the start of `text` as fits into `columns`, and whether some was cut.
fn keep_start(text: &str, columns: usize) -> (&str, bool) {
    let mut width = 0;
    let cut = text.char_indices().find(|(_, c)| {
        width += c.to_string().width();
        width > columns
    });
    match cut {
        None => (text, false),
        Some((at, _)) => (text.get(..at).unwrap_or_default(), true),
    }
}

/// As much of the end of `text` as fits into `columns`, and whether some was cut.
fn keep_end(text: &str, columns: usize) -> (&str, bool) {
    let mut width = 0;
    let cut = text.char_indices().rev().find(|(_, c)| {
        width += c.to_string().width();
        width > columns
    });
    match cut {
        None => (text, false),
        Some((at, c)) => (text.get(at + c.len_utf8()..).unwrap_or_default(), true),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_caret_stands_under_the_place() {
        let text = "a = 1\nname = \"日本\" # x\r\nc = 3\n";
        let at = text.find("# x").unwrap();
        let shown = Refusal::at("f.toml", text, at..at + 3, "what.", "Do.").to_string();
        assert_eq!(
            shown,
            "f.toml, line 2, column 13: what.\n   |\n 2 | name = \"日本\" # x\n   |               ^^^\n\
             Nothing was started; the file is as it was.\nDo."
        );
    }

    #[test]
    fn a_long_line_is_cut_around_the_place() {
        let text = format!("a = \"{}!{}\"", "x".repeat(5_000), "y".repeat(5_000));
        let at = text.find('!').unwrap();
        let shown = Refusal::at("f.toml", &text, at..at + 1, "what.", "Do.").to_string();
        assert!(shown.lines().all(|line| line.len() < 110), "{shown}");
        let lines: Vec<&str> = shown.lines().collect();
        assert_eq!(lines[2].find('!'), lines[3].find('^'));
    }

    proptest! {
        #[test]
        fn any_place_in_any_text_can_be_shown(text in ".*(\n.*){0,3}", start in 0usize..200, length in 0usize..50) {
            let shown = Refusal::at("f", &text, start..start + length, "what.", "Do.").to_string();
            prop_assert!(!shown.chars().any(|c| c != '\n' && store::sanitise::hidden(c).is_some()));
        }
    }
}
