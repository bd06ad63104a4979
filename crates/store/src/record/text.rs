//! Text as files hold it: what a person typed, up to a longest length; TOML lines; checksums.

use core::fmt::Write as _;

use super::timestamp::Timestamp;
use crate::sanitise::{concealed, cut, on_one_line};

pub use engine::session::closing::LONGEST_NOTE;
pub use engine::timeline::millis;

/// The longest name of anything a person owns, in characters: typed, on the command line, in settings and in files. The
/// name of a shop or maker, and the reason for retiring something, may be as long.
pub const LONGEST_NAME: usize = 60;

/// The longest reason for an early session, in characters.
pub const LONGEST_REASON: usize = 120;

/// At most the first `longest` characters of `text`, otherwise as it was typed. Hidden characters are kept; they are
/// escaped where the text is shown.
pub fn truncated(text: &str, longest: usize) -> String {
    cut(text, longest).to_owned()
}

/// At most the first `longest` characters of `text` on one line, with hidden characters escaped.
pub fn sanitised(text: &str, longest: usize) -> String {
    on_one_line(cut(text, longest))
}

/// The number of digits in a checksum.
pub(super) const SUM: usize = 8;

/// The CRC-32 of `key` followed by `text`, as eight hexadecimal digits. `key` ties a block to its file, so that a block
/// of another file is refused.
pub fn checksum(key: &str, text: &str) -> String {
    format!("{:08x}", crc(key, text))
}

/// Whether `sum` is the checksum of `text` under `key`, without allocating a string.
pub(super) fn is_checksum(sum: &str, key: &str, text: &str) -> bool {
    let is_digit = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
    sum.len() == SUM && sum.bytes().all(is_digit) && u32::from_str_radix(sum, 16) == Ok(crc(key, text))
}

fn crc(key: &str, text: &str) -> u32 {
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(key.as_bytes());
    hasher.update(text.as_bytes());
    hasher.finalize()
}

/// Writes a block of TOML 1.0 line by line. Every value stays on one line, so that an empty line can only be the end of
/// a block.
#[derive(Debug, Default)]
pub struct TomlBlock(String);

impl TomlBlock {
    /// A block that begins with the line `head`, such as `[[entry]]`; empty for a header.
    pub fn new(head: &str) -> TomlBlock {
        let mut lines = TomlBlock::default();
        if !head.is_empty() {
            lines.0.push_str(head);
            lines.0.push('\n');
        }
        lines
    }

    /// Adds `key = value`; `value` is TOML already.
    pub fn raw(&mut self, key: &str, value: &str) {
        self.0.push_str(key);
        self.0.push_str(" = ");
        self.0.push_str(value);
        self.0.push('\n');
    }

    /// Adds any value on one line.
    pub fn value(&mut self, key: &str, value: &toml::Value) {
        self.raw(key, &on_one_line_of_toml(value));
    }

    /// Adds a string if there is one.
    pub fn text(&mut self, key: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.raw(key, &quoted(value));
        }
    }

    /// Adds a number if there is one.
    pub fn number(&mut self, key: &str, value: Option<u64>) {
        if let Some(value) = value {
            self.raw(key, &value.to_string());
        }
    }

    /// Adds true or false if known.
    pub fn flag(&mut self, key: &str, value: Option<bool>) {
        if let Some(value) = value {
            self.raw(key, if value { "true" } else { "false" });
        }
    }

    /// Adds a date-time with its offset.
    pub fn time(&mut self, key: &str, value: Timestamp) {
        self.raw(key, &value.text());
    }

    /// Adds a list of strings if there is one.
    pub fn texts(&mut self, key: &str, values: Option<&[String]>) {
        if let Some(values) = values {
            self.raw(key, &quoted_list(values.iter().map(String::as_str)));
        }
    }

    /// The complete block: its checksum under `key` as the last line, then the empty line that closes it.
    pub fn seal(self, key: &str) -> String {
        let sum = checksum(key, &self.0);
        format!("{}sum = \"{sum}\"\n\n", self.0)
    }

    /// The lines so far, without a checksum.
    pub fn finish(self) -> String {
        self.0
    }
}

/// `value` as a TOML basic string on one line. Hidden characters are escaped, so that a reader gets every character and
/// a terminal that prints the file does not.
pub fn quoted(value: &str) -> String {
    let mut quoted = String::with_capacity(value.len() + 2);
    quoted.push('"');
    let mut from = 0;
    for (at, hidden, _) in concealed(value) {
        escape(&mut quoted, value.get(from..at).unwrap_or_default());
        // Writing to a String cannot fail.
        let _ = match u32::from(hidden) {
            short @ 0..=0xFFFF => write!(quoted, "\\u{short:04X}"),
            long => write!(quoted, "\\U{long:08X}"),
        };
        from = at + hidden.len_utf8();
    }
    escape(&mut quoted, value.get(from..).unwrap_or_default());
    quoted.push('"');
    quoted
}

fn on_one_line_of_toml(value: &toml::Value) -> String {
    match value {
        toml::Value::String(text) => quoted(text),
        toml::Value::Array(values) => {
            let inner: Vec<String> = values.iter().map(on_one_line_of_toml).collect();
            format!("[{}]", inner.join(", "))
        }
        other => other.to_string(),
    }
}

fn escape(quoted: &mut String, plain: &str) {
    for character in plain.chars() {
        if matches!(character, '"' | '\\') {
            quoted.push('\\');
        }
        quoted.push(character);
    }
}

/// `values` as a TOML array on one line.
pub fn quoted_list<'a>(values: impl Iterator<Item = &'a str>) -> String {
    let inner: Vec<String> = values.map(quoted).collect();
    format!("[{}]", inner.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_kept_as_it_was_typed_and_shown_with_nothing_hidden() {
        let typed = "a\u{202e}b\u{1b}[2J\nmore";
        assert_eq!(truncated(typed, 99), typed);
        assert_eq!(sanitised(typed, 99), "a\\u{202e}b\\u{1b}[2J more");
        assert_eq!(truncated("日本語", 2), "日本");
    }

    #[test]
    fn strings_stay_on_one_line() {
        assert_eq!(quoted("a \"b\" \\ \n \u{7f}"), r#""a \"b\" \\ \u000A \u007F""#);
        let typed = "می\u{200c}خواهم \u{202e}\u{e0041} \u{1f469}\u{200d}\u{1f52c} \"\\";
        assert!(
            quoted(typed).ends_with("\\u202E\\U000E0041 \u{1f469}\u{200d}\u{1f52c} \\\"\\\\\""),
            "{}",
            quoted(typed)
        );
        let read: toml::Table = toml::from_str(&format!("a = {}", quoted(typed))).unwrap();
        assert_eq!(read["a"].as_str(), Some(typed));
    }
}
