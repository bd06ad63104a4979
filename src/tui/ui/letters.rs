//! Words as large as the window allows, for what has to be seen from two metres. A letter is five points high and up to
//! five wide. In the first size a row holds two points, one above the other; in the second each point is two columns.

use ratatui::text::Line;

use super::Theme;

/// Rows of points of one letter, and the empty one below it.
const POINTS: usize = 6;

/// Points between two letters, and those of a blank.
const BETWEEN: usize = 1;
const BLANK: usize = 2;

fn glyph(character: char) -> Option<[&'static str; POINTS - 1]> {
    Some(match character {
        'A' => [" # ", "# #", "###", "# #", "# #"],
        'B' => ["## ", "# #", "## ", "# #", "## "],
        'C' => [" ##", "#  ", "#  ", "#  ", " ##"],
        'D' => ["## ", "# #", "# #", "# #", "## "],
        'E' => ["###", "#  ", "## ", "#  ", "###"],
        'F' => ["###", "#  ", "## ", "#  ", "#  "],
        'G' => [" ##", "#  ", "# #", "# #", " ##"],
        'H' => ["# #", "# #", "###", "# #", "# #"],
        'I' => ["#", "#", "#", "#", "#"],
        'J' => ["  #", "  #", "  #", "# #", " # "],
        'K' => ["# #", "# #", "## ", "# #", "# #"],
        'L' => ["#  ", "#  ", "#  ", "#  ", "###"],
        'M' => ["#   #", "## ##", "# # #", "#   #", "#   #"],
        'N' => ["#  #", "## #", "# ##", "#  #", "#  #"],
        'O' => ["###", "# #", "# #", "# #", "###"],
        'P' => ["## ", "# #", "## ", "#  ", "#  "],
        'Q' => ["###", "# #", "# #", "###", "  #"],
        'R' => ["## ", "# #", "## ", "# #", "# #"],
        'S' => [" ##", "#  ", " # ", "  #", "## "],
        'T' => ["###", " # ", " # ", " # ", " # "],
        'U' => ["# #", "# #", "# #", "# #", "###"],
        'V' => ["# #", "# #", "# #", "# #", " # "],
        'W' => ["#   #", "#   #", "# # #", "## ##", "#   #"],
        'X' => ["# #", "# #", " # ", "# #", "# #"],
        'Y' => ["# #", "# #", " # ", " # ", " # "],
        'Z' => ["###", "  #", " # ", "#  ", "###"],
        '.' => [" ", " ", " ", " ", "#"],
        ',' => [" ", " ", " ", "#", "#"],
        ':' => [" ", "#", " ", "#", " "],
        '?' => ["## ", "  #", " # ", "   ", " # "],
        _ => return None,
    })
}

/// `text` in lines of at most `room` columns, in letters of the size `size`, 1 or 2. None where a word has no room or a
/// character no letter: it is then to be written as any other text. Those of what stands still are hollow.
pub(super) fn lines(text: &str, size: usize, room: usize, still: bool, theme: &Theme) -> Option<Vec<Line<'static>>> {
    let across = if size > 1 { 2 } else { 1 };
    let mut rows = Vec::new();
    let mut row = points_of("")?;
    for word in text.to_uppercase().split_whitespace() {
        let word = points_of(word)?;
        let width = |points: &[String; POINTS]| points.first().map_or(0, String::len) * across;
        let blank = if width(&row) > 0 { BLANK + BETWEEN } else { 0 };
        if width(&row) + (blank * across) + width(&word) > room && width(&row) > 0 {
            rows.push(core::mem::replace(&mut row, word));
        } else {
            row.iter_mut().zip(&word).for_each(|(row, word)| row.push_str(&(" ".repeat(blank) + word)));
        }
        if width(&row) > room {
            return None;
        }
    }
    rows.push(row);
    let written =
        rows.iter().flat_map(|points| if size > 1 || theme.ascii { whole(points, across) } else { halves(points) });
    let style = if still { theme.still } else { theme.digits };
    let block = match theme.ascii {
        true if still => ":",
        true => "#",
        // Half blocks beside hollow ones could not be read.
        false if still && size > 1 => "\u{2592}",
        false => "\u{2588}",
    };
    Some(written.map(|row| Line::styled(row.replace('#', block), style)).collect())
}

/// The rows of points of one word; None where a character has no letter.
fn points_of(word: &str) -> Option<[String; POINTS]> {
    let mut points: [String; POINTS] = Default::default();
    for (place, character) in word.chars().enumerate() {
        let glyph = glyph(character)?;
        let between = if place > 0 { " ".repeat(BETWEEN) } else { String::new() };
        let cells = glyph.into_iter().map(str::to_owned);
        let below = " ".repeat(glyph.first().map_or(0, |row| row.len()));
        points.iter_mut().zip(cells.chain([below])).for_each(|(row, cells)| *row += &(between.clone() + &cells));
    }
    Some(points)
}

/// A row for each row of points.
fn whole(points: &[String; POINTS], across: usize) -> Vec<String> {
    let wide = |row: &String| row.chars().flat_map(|point| core::iter::repeat_n(point, across)).collect();
    points.iter().map(wide).collect()
}

/// A row for two rows of points.
fn halves(points: &[String; POINTS]) -> Vec<String> {
    let pair = |rows: &[String]| match rows {
        [upper, lower] => upper.chars().zip(lower.chars()).map(half).collect(),
        _ => String::new(),
    };
    points.chunks(2).map(pair).collect()
}

fn half((upper, lower): (char, char)) -> char {
    match (upper, lower) {
        ('#', '#') => '#',
        ('#', _) => '\u{2580}',
        (_, '#') => '\u{2584}',
        _ => ' ',
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::ui::Ink;

    fn written(text: &str, size: usize, room: usize, ascii: bool) -> Option<Vec<String>> {
        let theme = Theme::shipped(Ink::Full, ascii);
        Some(lines(text, size, room, false, &theme)?.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn every_letter_differs_from_every_other_and_is_a_rectangle() {
        let letters: Vec<char> = ('A'..='Z').chain(['.', ',', ':', '?']).collect();
        for (place, one) in letters.iter().enumerate() {
            let shape = glyph(*one).unwrap();
            assert!(shape.iter().all(|row| row.len() == shape[0].len()), "{one}");
            for other in &letters[..place] {
                assert_ne!(glyph(*other).unwrap(), shape, "{one} and {other}");
            }
        }
    }

    #[test]
    fn words_are_written_in_three_rows_or_six() {
        assert_eq!(written("is", 1, 80, false).unwrap(), ["█ ▄▀▀", "█  ▀▄", "▀ ▀▀ "]);
        assert_eq!(written("I I", 1, 80, true).unwrap()[..2], ["#   #", "#   #"]);
        assert_eq!(written("I", 2, 80, false).unwrap().len(), 6);
        assert_eq!(written("Sit or lie down now.", 1, 38, false).unwrap().len(), 6);
    }

    #[test]
    fn what_has_no_room_or_no_letter_is_not_written() {
        assert_eq!(written("Sit", 1, 5, false), None);
        assert_eq!(written("Héros", 1, 80, false), None);
        for room in 0..80 {
            let rows = written("Blood or welts?", 1, room, false).unwrap_or_default();
            assert!(rows.iter().all(|row| row.chars().count() <= room), "{room}");
        }
    }
}
