//! Wrapping measured in cells. The toolkit's own wrapping panics on some text.

use ratatui::style::Style;
use ratatui::text::{Line, Span, StyledGrapheme};

use super::text::{MARK, cells, line_width};

/// `line` in lines of at most `room` columns. Breaks at blanks, which are dropped there; a word that is too long is
/// cut. Nothing else is lost. At least one line, and none when there is no room at all.
pub fn wrap<'a>(line: &Line<'a>, room: usize) -> Vec<Line<'a>> {
    if room == 0 {
        return Vec::new();
    }
    if ends_in_blank(line) || line_width(line) > room { broken(line, room) } else { vec![line.clone()] }
}

/// `line` word by word.
fn broken<'a>(line: &Line, room: usize) -> Vec<Line<'a>> {
    let mut lines = Lines { done: Vec::new(), line: Line::default(), columns: 0, room };
    let mut word = Vec::new();
    let mut blanks = Vec::new();
    for grapheme in line.styled_graphemes(Style::new()) {
        if grapheme.symbol != " " {
            word.push(grapheme);
            continue;
        }
        if !word.is_empty() {
            lines.put(&blanks, &word);
            word.clear();
            blanks.clear();
        }
        blanks.push(grapheme);
    }
    if !word.is_empty() {
        lines.put(&blanks, &word);
    }
    lines.finish()
}

fn ends_in_blank(line: &Line) -> bool {
    line.iter().rev().find(|span| !span.content.is_empty()).is_some_and(|span| span.content.ends_with(' '))
}

struct Lines<'a> {
    done: Vec<Line<'a>>,
    line: Line<'a>,
    columns: usize,
    room: usize,
}

impl<'a> Lines<'a> {
    /// Puts a word behind the blanks before it, on this line or the next.
    fn put(&mut self, blanks: &[StyledGrapheme], word: &[StyledGrapheme]) {
        let width = |graphemes: &[StyledGrapheme]| graphemes.iter().map(|one| cells(one.symbol)).sum::<usize>();
        let first_of_all = self.done.is_empty() && self.columns == 0;
        if self.columns + width(blanks) + width(word) <= self.room && (self.columns > 0 || first_of_all) {
            blanks.iter().for_each(|blank| self.add(blank.symbol, blank.style));
        } else if self.columns > 0 {
            self.next();
        }
        for StyledGrapheme { symbol, style } in word {
            if self.columns + cells(symbol) > self.room && self.columns > 0 {
                self.next();
            }
            // Wider than the whole room: a mark says that something is there.
            self.add(if cells(symbol) <= self.room { symbol } else { MARK }, *style);
        }
    }

    fn add(&mut self, grapheme: &str, style: Style) {
        self.columns += cells(grapheme);
        match self.line.spans.last_mut() {
            Some(span) if span.style == style => span.content.to_mut().push_str(grapheme),
            _ => self.line.push_span(Span::styled(grapheme.to_owned(), style)),
        }
    }

    fn next(&mut self) {
        self.done.push(core::mem::take(&mut self.line));
        self.columns = 0;
    }

    fn finish(mut self) -> Vec<Line<'a>> {
        if self.columns > 0 || self.done.is_empty() {
            self.next();
        }
        self.done
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use ratatui::style::Stylize as _;

    use super::*;
    use crate::tui::ui::text::{sanitised, width};

    fn wrapped(text: &str, room: usize) -> Vec<String> {
        wrap(&Line::raw(sanitised(text)), room).iter().map(Line::to_string).collect()
    }

    #[test]
    fn breaks_at_blanks_and_cuts_what_is_too_long() {
        assert_eq!(wrapped("roll side to side", 9), ["roll side", "to side"]);
        assert_eq!(wrapped("abcdefgh ij", 3), ["abc", "def", "gh", "ij"]);
        assert_eq!(wrapped("", 5), [""]);
        assert_eq!(wrapped("  kept at the start", 30), ["  kept at the start"]);
        assert_eq!(wrapped("below 0.15\u{a0}mm", 12), ["below", "0.15\u{a0}mm"], "a number and its unit stay together");
    }

    #[test]
    fn weights_stay_with_their_words() {
        let first = || vec![Span::raw("press "), Span::raw("x").bold()];
        let line = Line::from_iter(first().into_iter().chain([Span::raw(" now")]));
        assert_eq!(wrap(&line, 7), [Line::from(first()), Line::raw("now")]);
    }

    #[test]
    fn what_is_wider_than_the_room_leaves_a_mark() {
        assert_eq!(wrapped("a日", 1), ["a", "?"]);
        assert_eq!(wrapped("anything", 0), [""; 0]);
    }

    fn dense(text: &str) -> String {
        sanitised(text).replace(' ', "")
    }

    proptest! {
        #[test]
        fn no_line_is_too_wide_and_only_blanks_are_lost(text in "[a-z日é\u{301}\u{200d}\u{202e}👩🔬 ]{0,60}", room in 2_usize..40) {
            let lines = wrapped(&text, room);
            for line in &lines {
                prop_assert!(width(line) <= room, "{line:?} is wider than {room}");
            }
            prop_assert_eq!(lines.iter().map(|line| dense(line)).collect::<String>(), dense(&text));
        }

        #[test]
        fn a_line_that_fits_is_what_its_words_come_to(text in "[a-z \u{a0}é]{0,30}", cut in 0_usize..30, room in 1_usize..40) {
            let cut = text.char_indices().map(|(at, _)| at).nth(cut).unwrap_or(text.len());
            let line = Line::from(vec![Span::raw(&text[..cut]).bold(), Span::raw(&text[cut..])]);
            let texts = |lines: Vec<Line>| lines.iter().map(Line::to_string).collect::<Vec<_>>();
            prop_assert_eq!(texts(wrap(&line, room)), texts(broken(&line, room)));
        }

        #[test]
        fn any_text_at_all_stays_within_the_room(text in ".{0,60}", room in 0_usize..40) {
            for line in wrapped(&text, room) {
                prop_assert!(width(&line) <= room, "{line:?} is wider than {room}");
            }
        }
    }
}
