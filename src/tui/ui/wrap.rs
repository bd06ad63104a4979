//! Wrapping measured in cells. The toolkit's own wrapping panics on some text, and it does not know what is shown as
//! a mark.

use super::pen::{cells, is_plain, line_width, shown};
use crate::tui::view::{Line, Piece, Tone};

/// `line` in lines of at most `room` columns. Breaks at blanks, which are dropped there; a word that is too long is
/// cut. Nothing else is lost. At least one line, and none when there is no room at all.
pub fn wrap(line: &Line, room: usize) -> Vec<Line> {
    if room == 0 {
        return Vec::new();
    }
    if is_whole(line) && line_width(line) <= room { vec![line.clone()] } else { broken(line, room) }
}

/// `line` word by word.
fn broken(line: &Line, room: usize) -> Vec<Line> {
    let mut lines = Lines { done: Vec::new(), line: Line::default(), columns: 0, room };
    let mut word: Vec<(&str, Tone)> = Vec::new();
    let mut blanks: Vec<(&str, Tone)> = Vec::new();
    for piece in &line.0 {
        for grapheme in shown(&piece.text) {
            if grapheme == " " {
                if !word.is_empty() {
                    lines.put(&blanks, &word);
                    word.clear();
                    blanks.clear();
                }
                blanks.push((grapheme, piece.tone));
            } else {
                word.push((grapheme, piece.tone));
            }
        }
    }
    if !word.is_empty() {
        lines.put(&blanks, &word);
    }
    lines.finish()
}

/// Whether nothing of `line` is dropped or marked where there is room for it: nearly every line is so.
fn is_whole(line: &Line) -> bool {
    let last = line.0.iter().rev().find(|piece| !piece.text.is_empty());
    line.0.iter().all(|piece| is_plain(&piece.text)) && !last.is_some_and(|piece| piece.text.ends_with(' '))
}

struct Lines {
    done: Vec<Line>,
    line: Line,
    columns: usize,
    room: usize,
}

impl Lines {
    /// Puts a word behind the blanks before it, on this line or the next.
    fn put(&mut self, blanks: &[(&str, Tone)], word: &[(&str, Tone)]) {
        let width = |graphemes: &[(&str, Tone)]| graphemes.iter().map(|(grapheme, _)| cells(grapheme)).sum::<usize>();
        let first_of_all = self.done.is_empty() && self.columns == 0;
        if self.columns + width(blanks) + width(word) <= self.room && (self.columns > 0 || first_of_all) {
            blanks.iter().for_each(|(blank, tone)| self.add(blank, *tone));
        } else if self.columns > 0 {
            self.next();
        }
        for (grapheme, tone) in word {
            if self.columns + cells(grapheme) > self.room && self.columns > 0 {
                self.next();
            }
            // Wider than the whole room: a mark says that something is there.
            self.add(if cells(grapheme) <= self.room { grapheme } else { "?" }, *tone);
        }
    }

    fn add(&mut self, grapheme: &str, tone: Tone) {
        self.columns += cells(grapheme);
        match self.line.0.last_mut() {
            Some(piece) if piece.tone == tone => piece.text.push_str(grapheme),
            _ => self.line.0.push(Piece::new(grapheme, tone)),
        }
    }

    fn next(&mut self) {
        self.done.push(core::mem::take(&mut self.line));
        self.columns = 0;
    }

    fn finish(mut self) -> Vec<Line> {
        if self.columns > 0 || self.done.is_empty() {
            self.next();
        }
        self.done
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::tui::ui::pen::width;

    fn wrapped(text: &str, room: usize) -> Vec<String> {
        wrap(&Line::plain(text), room).iter().map(Line::text).collect()
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
        let line = Line::plain("press ").and("x", Tone::Strong).and(" now", Tone::Plain);
        assert_eq!(wrap(&line, 7), [Line::plain("press ").and("x", Tone::Strong), Line::plain("now")]);
    }

    #[test]
    fn what_is_wider_than_the_room_leaves_a_mark() {
        assert_eq!(wrapped("a日", 1), ["a", "?"]);
        assert_eq!(wrapped("anything", 0), [""; 0]);
    }

    fn dense(text: &str) -> String {
        shown(text).filter(|grapheme| *grapheme != " ").collect()
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
            let line = Line::toned(&text[..cut], Tone::Strong).and(&text[cut..], Tone::Plain);
            let texts = |lines: Vec<Line>| lines.iter().map(Line::text).collect::<Vec<_>>();
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
