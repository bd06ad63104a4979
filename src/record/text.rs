//! Text as it goes into files: what a person typed made visible and capped, TOML lines, checksums.

use core::fmt::Write as _;
use core::time::Duration;

use super::stamp::Stamp;
use crate::visible::hidden;

pub use crate::session::closing::LONGEST_NOTE;

/// The longest name of anything that somebody owns, in characters: typed, on the command line, in the settings and in
/// files. What a shop or a maker is called, and why something was retired, is as long at most.
pub const LONGEST_NAME: usize = 60;

/// The longest reason for a session before its day, in characters.
pub const LONGEST_REASON: usize = 120;

/// `text` with nothing in it that cannot be seen: line breaks and tabs become spaces, any other control, zero-width
/// or direction-changing character becomes its code as in `<U+202E>`. At most `longest` characters are kept.
/// Doing it twice changes nothing more.
pub fn visible(text: &str, longest: usize) -> String {
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\n' | '\r' | '\t' => shown.push(' '),
            concealed if hidden(concealed).is_some() => {
                // Writing to a String cannot fail.
                let _ = write!(shown, "<U+{:04X}>", u32::from(concealed));
            }
            plain => shown.push(plain),
        }
    }
    match shown.char_indices().nth(longest) {
        Some((end, _)) => shown.get(..end).unwrap_or_default().to_owned(),
        None => shown,
    }
}

/// Whole milliseconds of `span`, as far as a TOML integer goes.
pub fn millis(span: Duration) -> u64 {
    u64::try_from(span.as_millis()).unwrap_or(u64::MAX).min(i64::MAX.unsigned_abs())
}

/// CRC-32 of `key` and then `text`, as eight hexadecimal digits. `key` ties a block to its own file, so that no
/// block of another file can take its place.
pub fn checksum(key: &str, text: &str) -> String {
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(key.as_bytes());
    hasher.update(text.as_bytes());
    format!("{:08x}", hasher.finalize())
}

/// A block of TOML 1.0, written line by line. Every value stays on its own line, so that an empty line can only be
/// the end of a block.
#[derive(Debug, Default)]
pub struct Lines(String);

impl Lines {
    /// A block that begins with `head`, as in `[[entry]]`; empty for the top of a file.
    pub fn new(head: &str) -> Lines {
        let mut lines = Lines::default();
        if !head.is_empty() {
            lines.0.push_str(head);
            lines.0.push('\n');
        }
        lines
    }

    /// `key = value` with a value that is TOML already.
    pub fn raw(&mut self, key: &str, value: &str) {
        self.0.push_str(key);
        self.0.push_str(" = ");
        self.0.push_str(value);
        self.0.push('\n');
    }

    /// A string, if there is one.
    pub fn text(&mut self, key: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.raw(key, &quoted(value));
        }
    }

    /// A number, if there is one.
    pub fn number(&mut self, key: &str, value: Option<u64>) {
        if let Some(value) = value {
            self.raw(key, &value.to_string());
        }
    }

    /// True or false, if known.
    pub fn flag(&mut self, key: &str, value: Option<bool>) {
        if let Some(value) = value {
            self.raw(key, if value { "true" } else { "false" });
        }
    }

    /// An offset date-time.
    pub fn time(&mut self, key: &str, value: Stamp) {
        self.raw(key, &value.text());
    }

    /// A list of strings, if there is one.
    pub fn texts(&mut self, key: &str, values: Option<&[String]>) {
        if let Some(values) = values {
            self.raw(key, &quoted_list(values));
        }
    }

    /// A list of numbers, if there is one.
    pub fn numbers(&mut self, key: &str, values: Option<&[u64]>) {
        if let Some(values) = values {
            let values: Vec<String> = values.iter().map(u64::to_string).collect();
            self.raw(key, &format!("[{}]", values.join(", ")));
        }
    }

    /// The whole block, sealed: its checksum as the last key, then the empty line that closes it.
    pub fn seal(self, key: &str) -> String {
        let sum = checksum(key, &self.0);
        format!("{}sum = \"{sum}\"\n\n", self.0)
    }

    /// The lines so far, without a checksum.
    pub fn finish(self) -> String {
        self.0
    }
}

/// `value` as a TOML basic string on one line.
pub fn quoted(value: &str) -> String {
    let mut quoted = String::with_capacity(value.len() + 2);
    quoted.push('"');
    for character in value.chars() {
        match character {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            control if control.is_control() => {
                let _ = write!(quoted, "\\u{:04X}", u32::from(control));
            }
            plain => quoted.push(plain),
        }
    }
    quoted.push('"');
    quoted
}

/// `values` as a TOML array on one line.
pub fn quoted_list(values: &[String]) -> String {
    let inner: Vec<String> = values.iter().map(|value| quoted(value)).collect();
    format!("[{}]", inner.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_seen_is_spelled_out() {
        assert_eq!(visible("a\u{202e}b\u{1b}[2J", 99), "a<U+202E>b<U+001B>[2J");
        assert_eq!(visible("two\nlines\tand\rmore", 99), "two lines and more");
        assert_eq!(visible("Ærø 日本 é", 99), "Ærø 日本 é");
    }

    #[test]
    fn a_long_text_is_cut_between_characters() {
        assert_eq!(visible("日本語", 2), "日本");
        assert_eq!(visible(&"\u{7}".repeat(LONGEST_NOTE), LONGEST_NOTE).chars().count(), LONGEST_NOTE);
    }

    #[test]
    fn strings_stay_on_one_line() {
        assert_eq!(quoted("a \"b\" \\ \n \u{7f}"), r#""a \"b\" \\ \u000A \u007F""#);
    }
}
