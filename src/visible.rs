//! Characters that a reader cannot see, or that make text read other than it is stored: refused in files, and made
//! visible wherever a message quotes a file. The one list of them for the whole program.

use std::fmt::Write as _;

/// What kind of hidden character `c` is, if it is one: `control`, `direction` or `invisible`.
pub fn hidden(c: char) -> Option<&'static str> {
    match c {
        // Nearly every character of every file is one of these.
        ' '..='~' => None,
        c if c.is_control() => Some("control"),
        // A line that turns its reading direction can show the reverse of what it says.
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

/// `text` with every hidden character written as its code: `\u{202e}`.
pub fn show(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        if hidden(c).is_some() {
            // Writing to a string cannot fail.
            let _ = write!(shown, "\\u{{{:x}}}", u32::from(c));
        } else {
            shown.push(c);
        }
    }
    shown
}

/// `text` as it may be printed: lines stay lines, and every other hidden character is written as its code. Whatever
/// leaves for standard output or standard error goes through here, whoever put it together.
pub fn printed(text: &str) -> String {
    text.split('\n').map(show).collect::<Vec<_>>().join("\n")
}

/// `json` likewise. It holds hidden characters nowhere but in its strings, and a string may spell them out.
pub fn printed_json(json: &str) -> String {
    let mut shown = String::with_capacity(json.len());
    for c in json.chars() {
        if c == '\n' || hidden(c).is_none() {
            shown.push(c);
        } else {
            for unit in c.encode_utf16(&mut [0; 2]) {
                // Writing to a string cannot fail.
                let _ = write!(shown, "\\u{unit:04x}");
            }
        }
    }
    shown
}

/// `text` for the middle of a sentence: hidden characters shown, and cut where it is long.
pub fn brief(text: &str) -> String {
    const MOST: usize = 60;
    let cut = text.chars().count() > MOST;
    let start: String = text.chars().take(MOST).collect();
    format!("{}{}", show(&start), if cut { "..." } else { "" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_characters_are_written_out() {
        assert_eq!(show("no\u{202e}sey \u{1b}[2J\u{200b}\u{e0041}"), "no\\u{202e}sey \\u{1b}[2J\\u{200b}\\u{e0041}");
        assert_eq!(show("Ärger, 日本, naïve, 8 °C, e\u{301}"), "Ärger, 日本, naïve, 8 °C, e\u{301}");
    }
}
