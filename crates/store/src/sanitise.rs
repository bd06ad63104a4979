//! Finds characters that a reader cannot see, or that make text read other than it is stored. Files that contain them
//! are refused; printed and drawn text shows them escaped. This is the program's only list of them.
//!
//! What a person typed is stored and exported unchanged; only what is printed or drawn is sanitised. A hidden character
//! stays as it is where the script needs it.

mod folded;
mod in_context;

use std::fmt::Write as _;

use unicode_segmentation::UnicodeSegmentation as _;

pub use folded::{folded, look_the_same};

/// The kind of hidden character that `c` is, if it is one: `control`, `direction` or `invisible`.
pub fn hidden(c: char) -> Option<&'static str> {
    match c {
        // Nearly every character of every file is one of these.
        ' '..='~' => None,
        c if c.is_control() => Some("control"),
        // A change of reading direction can make a line read backwards.
        '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => Some("direction"),
        // Soft hyphen, joiners, fillers, separators, variation selectors, annotations, tags: no width, yet not nothing.
        '\u{00AD}'
        | '\u{034F}'
        | '\u{115F}'
        | '\u{1160}'
        | '\u{17B4}'
        | '\u{17B5}'
        | '\u{180B}'..='\u{180F}'
        | '\u{200B}'..='\u{200D}'
        | '\u{2028}'
        | '\u{2029}'
        | '\u{2060}'..='\u{2065}'
        | '\u{206A}'..='\u{206F}'
        | '\u{3164}'
        | '\u{FE00}'..='\u{FE0F}'
        | '\u{FEFF}'
        | '\u{FFA0}'
        | '\u{FFF0}'..='\u{FFFB}'
        | '\u{1BCA0}'..='\u{1BCA3}'
        | '\u{1D173}'..='\u{1D17A}'
        | '\u{E0000}'..='\u{E0FFF}' => Some("invisible"),
        _ => None,
    }
}

/// The hidden characters of `text`, each with its byte offset and kind. Those that the script needs where they stand
/// are left out: a joiner between letters that join, a selector after an emoji.
pub fn concealed(text: &str) -> impl Iterator<Item = (usize, char, &'static str)> {
    text.char_indices()
        .filter_map(|(at, c)| Some((at, c, hidden(c)?)))
        .filter(|(at, c, _)| !in_context::is_written(text, *at, *c))
}

/// `text` with every concealed character written by `spell`.
fn spelt(text: &str, mut spell: impl FnMut(&mut String, char)) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut from = 0;
    for (at, c, _) in concealed(text) {
        shown.push_str(text.get(from..at).unwrap_or_default());
        spell(&mut shown, c);
        from = at + c.len_utf8();
    }
    shown.push_str(text.get(from..).unwrap_or_default());
    shown
}

/// `text` with every hidden character escaped: `\u{202e}`.
pub fn escape_hidden(text: &str) -> String {
    // Writing to a string cannot fail.
    spelt(text, |shown, c| _ = write!(shown, "\\u{{{:x}}}", u32::from(c)))
}

/// `text` made safe to print: line breaks stay, every other hidden character is escaped. Everything written to standard
/// output and standard error goes through here.
pub fn printed(text: &str) -> String {
    text.split('\n').map(escape_hidden).collect::<Vec<_>>().join("\n")
}

/// As [`printed`], for a CSV table, whose lines end in CR LF.
pub fn printed_table(table: &str) -> String {
    table.split("\r\n").map(printed).collect::<Vec<_>>().join("\r\n")
}

/// As [`printed`], for JSON, where hidden characters occur only in strings and are escaped as JSON does.
pub fn printed_json(json: &str) -> String {
    // JSON has all hidden characters of ASCII escaped but one, and most of it is ASCII.
    if json.is_ascii() && !json.contains('\u{7f}') {
        return json.to_owned();
    }
    spelt(json, |shown, c| {
        if c == '\n' {
            shown.push(c);
            return;
        }
        for unit in c.encode_utf16(&mut [0; 2]) {
            // Writing to a string cannot fail.
            let _ = write!(shown, "\\u{unit:04x}");
        }
    })
}

/// `text` on one line, with blanks for line breaks and tabs and other hidden characters escaped.
pub fn on_one_line(text: &str) -> String {
    escape_hidden(&unbroken(text))
}

/// `text` on one line, with blanks for line breaks and tabs and otherwise unchanged.
pub fn unbroken(text: &str) -> String {
    text.replace("\r\n", " ").replace(['\n', '\r', '\t'], " ")
}

/// `text` for the middle of a sentence: hidden characters escaped, and shortened to 60 characters.
pub fn brief(text: &str) -> String {
    const MOST: usize = 60;
    let start = cut(text, MOST);
    format!("{}{}", escape_hidden(start), if start.len() < text.len() { "..." } else { "" })
}

/// The first `longest` characters of `text`, at most, cut between what a reader takes for single characters: an accent
/// stays with its letter, and a joined emoji stays whole.
pub fn cut(text: &str, longest: usize) -> &str {
    let Some((end, _)) = text.char_indices().nth(longest) else { return text };
    let border = text.grapheme_indices(true).map(|(at, _)| at).take_while(|at| *at <= end).last();
    // A single one that is longer than that is cut inside.
    text.get(..border.filter(|border| *border > 0).unwrap_or(end)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_characters_are_written_out() {
        assert_eq!(
            escape_hidden("no\u{202e}sey \u{1b}[2J\u{200b}\u{e0041}"),
            "no\\u{202e}sey \\u{1b}[2J\\u{200b}\\u{e0041}"
        );
        assert_eq!(escape_hidden("Ärger, 日本, naïve, 8 °C, e\u{301}"), "Ärger, 日本, naïve, 8 °C, e\u{301}");
        assert_eq!(on_one_line("two\nlines\tand\r\nmore"), "two lines and more");
        assert_eq!(printed("a\r\nb"), "a\\u{d}\nb");
        assert_eq!(printed_table("a\r\nb\rc"), "a\r\nb\\u{d}c");
        assert_eq!(printed_json("\"\u{1f469}\u{200d}\u{1f52c}\u{200d}\""), "\"\u{1f469}\u{200d}\u{1f52c}\\u200d\"");
    }

    #[test]
    fn a_long_text_is_cut_between_what_is_read_as_one_character() {
        assert_eq!(cut("日本語", 2), "日本");
        assert_eq!(cut("cafe\u{301}s", 4), "caf");
        assert_eq!(cut("cafe\u{301}s", 5), "cafe\u{301}");
        assert_eq!(cut("a\u{1f469}\u{200d}\u{1f52c}", 3), "a");
        assert_eq!(cut("e\u{301}\u{301}\u{301}", 2), "e\u{301}", "too long by itself");
        assert_eq!(cut("", 0), "");
    }
}
