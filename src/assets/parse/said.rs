//! The parser's complaints put into sentences that lead to the right line.

use core::ops::Range;

use super::super::duration;
use super::super::limits::Limits;
use super::super::refusal::Refusal;
use super::super::source::Source;
use super::super::times::TimeName;
use super::{instead, mistyped, quoted, unknown};
use crate::visible::{brief, show};

/// Settings that take a word where a switch would do, with the words for on and off.
const WORDS: [(&str, &str, &str); 3] =
    [("colour", "always", "never"), ("ascii", "always", "never"), ("notify", "auto", "never")];
/// Settings that name something, and nothing where they are empty.
const NAMES: [&str; 6] = ["protocol", "checklist", "data_dir", "theme", "profile", "serum_name"];

/// The line of a complaint, as far as it is a key and a value.
struct Written<'a> {
    line: &'a str,
    key: &'a str,
    /// Without blanks and the remark behind it.
    value: &'a str,
}

impl<'a> Written<'a> {
    fn at(text: &'a str, place: usize) -> Written<'a> {
        let from = text.get(..place).and_then(|before| before.rfind('\n')).map_or(0, |newline| newline + 1);
        let line = text.get(from..).and_then(|rest| rest.lines().next()).unwrap_or_default();
        let (key, value) = line.split_once('=').unwrap_or((line, ""));
        let value = value.trim();
        let has_quotes = value.starts_with(['"', '\'']);
        let value = if has_quotes { value } else { value.split('#').next().unwrap_or_default().trim_end() };
        Written { line, key: key.trim(), value }
    }

    fn has_assignment(&self) -> bool {
        self.line.contains('=')
    }

    /// `key = value` as the end of a sentence that says what to write.
    fn with(&self, value: &str) -> String {
        format!("Write: {} = {value}", brief(self.key))
    }
}

/// A refusal for what the parser says of `span`.
pub(super) fn refusal(source: &Source, message: &str, span: Range<usize>) -> Refusal {
    let written = Written::at(source.text(), span.start);
    let (what, todo) = in_words(source, message, &written, &span);
    source.refuse(span, what, todo)
}

/// What happened and what to do. The messages of serde have had this form since its first release; another one is
/// passed on as it is.
fn in_words(source: &Source, message: &str, written: &Written<'_>, span: &Range<usize>) -> (String, String) {
    let quoted = quoted(message);
    if let Some((name, known)) = unknown(message) {
        (format!("unknown key {}", brief(name)), instead(name, "key", &known))
    } else if let (Some(_), [name, ..]) = (message.strip_prefix("missing field "), quoted.as_slice()) {
        (format!("the key {name} is missing here"), add(name))
    } else if message.starts_with("duplicate ") {
        duplicate(source, written, span)
    } else if let Some((found, wanted)) = mistyped(message) {
        let there = source.text().get(span.clone()).unwrap_or_default();
        let found = if found == "map" && there.starts_with(|c: char| c.is_ascii_digit()) { "date" } else { found };
        (
            format!("expected {}, found {}", wanted_kind(wanted), brief(&found_kind(found))),
            how(wanted, found, there, written),
        )
    } else {
        no_toml(message, written, span, source.text())
    }
}

fn add(name: &str) -> String {
    match name {
        "times" => "Add it: a line that says [times], and the times below it.".into(),
        "section" | "stroke" | "question" => {
            format!("Add at least one: a line that says [[{name}]], and its keys below.")
        }
        _ => format!("Add a line that begins with: {name} ="),
    }
}

/// Something that stands in the file twice, with the place of the first.
fn duplicate(source: &Source, written: &Written<'_>, span: &Range<usize>) -> (String, String) {
    let text = source.text();
    let name = text.get(span.clone()).unwrap_or(written.key);
    let before = text.get(..span.start).unwrap_or_default();
    let here = before.matches('\n').count();
    let is_header = written.line.trim_start().starts_with('[');
    let same = |line: &str| {
        let line = line.trim();
        if is_header { line == written.line.trim() } else { key_of(line) == written.key }
    };
    // A key is another one below another header.
    let lines: Vec<&str> = text.lines().take(here).collect();
    let header = lines.iter().rposition(|line| line.trim_start().starts_with('[')).filter(|_| !is_header);
    let from = header.unwrap_or(0);
    let first = lines.iter().skip(from).position(|line| same(line)).map(|at| at + from + 1);
    match first {
        Some(first) => (
            format!("{} stands here twice; the first is in line {first}", brief(name)),
            "Keep one of them and take the other out.".into(),
        ),
        None => (format!("{} stands here twice", brief(name)), "Keep one of them and take the other out.".into()),
    }
}

fn key_of(line: &str) -> &str {
    line.split_once('=').map_or("", |(key, _)| key.trim())
}

fn wanted_kind(wanted: &str) -> &str {
    match wanted {
        "a string" => "a text in quotes",
        "a boolean" => "true or false",
        "i64" => "a whole number",
        "a sequence" => "a list",
        "a map" => "a table",
        other => other,
    }
}

fn found_kind(found: &str) -> String {
    match found {
        "map" => "a table".into(),
        "sequence" => "a list".into(),
        "date" => "a date or a time of day".into(),
        other => {
            let (kind, value) = other.split_once(' ').unwrap_or(("", other));
            let value = value.replace('`', "");
            // How the parser kept a number is nothing to the reader.
            let value = value.split(" as ").next().unwrap_or_default();
            if kind == "string" { format!("the text {value}") } else { value.replace("point ", "") }
        }
    }
}

fn how(wanted: &str, found: &str, there: &str, written: &Written<'_>) -> String {
    match wanted {
        "a string" => text_meant(found, there, written),
        "a boolean" => {
            let word = there.trim_matches(['"', '\'']);
            match truth(word) {
                Some(truth) => written.with(truth),
                None => "Write true or false, without quotes.".into(),
            }
        }
        "i64" => number_meant(there, written),
        "a sequence" if found == "map" => "Put its name in two brackets: it is a list of tables.".into(),
        "a sequence" if found.starts_with("string") => {
            let words: Vec<String> =
                there.trim_matches(['"', '\'']).split_whitespace().map(|word| format!("\"{word}\"")).collect();
            match words.as_slice() {
                [] => written.with("[]"),
                words => format!(
                    "Put brackets round it, and quotes round each part: {} = [{}]",
                    brief(written.key),
                    brief(&words.join(", "))
                ),
            }
        }
        "a sequence" => "Write a list of texts in brackets: [\"first\", \"second\"].".into(),
        "a map" if found == "sequence" => "Put its name in one bracket instead of two.".into(),
        "a map" => format!("Write a line that says [{}], and what belongs to it below.", brief(written.key)),
        _ => "Compare with the embedded file.".into(),
    }
}

/// What to write where a text belongs.
fn text_meant(found: &str, there: &str, written: &Written<'_>) -> String {
    let key = written.key;
    if TimeName::ALL.iter().any(|name| name.id() == key) {
        return match duration::meant(there) {
            Some(span) => written.with(&format!("\"{}\"", duration::words(span))),
            None => duration::HOW.to_owned(),
        };
    }
    let word = WORDS.iter().find(|(name, ..)| *name == key);
    match (word, there) {
        (Some((_, on, _)), "true" | "1") => written.with(&format!("\"{on}\"")),
        (Some((.., off)), "false" | "0") => written.with(&format!("\"{off}\"")),
        _ if there == "false" && NAMES.contains(&key) => {
            format!("{} for none, or a name between the quotes.", written.with("\"\""))
        }
        _ if found == "sequence" => "Take the brackets away: it is one text.".into(),
        _ if found == "map" => "Write one text in quotes.".into(),
        _ => format!("Put quotes round it: \"{}\".", brief(there)),
    }
}

fn truth(word: &str) -> Option<&'static str> {
    match word.to_lowercase().as_str() {
        "yes" | "on" | "1" | "true" | "y" => Some("true"),
        "no" | "off" | "0" | "false" | "n" | "never" | "none" => Some("false"),
        _ => None,
    }
}

/// What to write where a whole number belongs: the one that is in the text, if it is in the range.
fn number_meant(there: &str, written: &Written<'_>) -> String {
    let range = Limits::built_in().ok().and_then(|limits| match written.key {
        "interval_days" => Some(limits.interval_days),
        "roller_uses_limit" => Some(limits.roller_uses),
        _ => None,
    });
    let digits: String = there.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
    let is_negative = there.trim_start_matches(['"', '\'']).starts_with('-');
    let number = digits.parse::<u32>().ok().filter(|_| !is_negative);
    match (number, range) {
        (Some(number), Some(range)) if range.contains(&number) => written.with(&number.to_string()),
        (_, Some(range)) => format!("Write a whole number from {} to {}.", range.start(), range.end()),
        (Some(number), None) => written.with(&number.to_string()),
        (None, None) => "Write a whole number, without quotes.".into(),
    }
}

/// Characters that programs for letters put in the place of those of a keyboard.
fn replaced(c: char) -> Option<(&'static str, char)> {
    match c {
        '\u{201C}'..='\u{201F}' | '\u{AB}' | '\u{BB}' | '\u{2033}' => Some(("a curly quote", '"')),
        '\u{2018}'..='\u{201B}' | '\u{2032}' | '\u{B4}' => Some(("a curly quote", '"')),
        '`' => Some(("a backtick", '"')),
        '\u{2010}'..='\u{2015}' | '\u{2212}' => Some(("a long dash", '-')),
        '\u{A0}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{3000}' => Some(("a blank of another kind", ' ')),
        '\u{FF1D}' => Some(("a wide =", '=')),
        _ => None,
    }
}

/// What is wrong with a line that is not TOML.
fn no_toml(message: &str, written: &Written<'_>, span: &Range<usize>, text: &str) -> (String, String) {
    let Written { line, key, value } = *written;
    let trimmed = line.trim();
    let outside: String = trimmed.split('"').step_by(2).collect();
    if let Some((c, (name, plain))) = outside.chars().find_map(|c| Some((c, replaced(c)?))) {
        let mended: String = trimmed.chars().map(|c| replaced(c).map_or(c, |(_, plain)| plain)).collect();
        // A dash before a number was meant for none.
        let mended = mended.replace("= -", "= ");
        let what = if plain == ' ' {
            format!("there is {name} here")
        } else {
            format!("there is {name} here, {c}, where a keyboard has {plain}")
        };
        return (what, format!("Write: {}", brief(&mended)));
    }
    if value.starts_with('"') && value.contains('\\') && message.contains("scape") || message.contains("unicode value")
    {
        let single = format!("'{}'", value.trim_matches('"'));
        return (
            "a backslash in double quotes begins a code".into(),
            format!("Use single quotes: {} = {}", brief(key), brief(&single)),
        );
    }
    if trimmed.starts_with("//") || trimmed.starts_with(';') {
        return (
            "a remark begins with #".into(),
            format!("Write: # {}", brief(trimmed.trim_start_matches(['/', ';', ' ']))),
        );
    }
    if let Some((key, value)) = trimmed.split_once(':').filter(|_| !written.has_assignment()) {
        let value = in_toml(value.trim());
        return ("there is a : where a = belongs".into(), format!("Write: {} = {}", brief(key.trim()), brief(&value)));
    }
    let open = trimmed.matches('[').count().saturating_sub(trimmed.matches(']').count());
    if trimmed.starts_with('[') && open > 0 {
        return ("the bracket is not closed".into(), format!("Write: {}{}", brief(trimmed), "]".repeat(open.min(2))));
    }
    if !written.has_assignment() && !trimmed.starts_with('[') {
        return match trimmed.split_once(char::is_whitespace) {
            Some((key, value)) => (
                "there is no = between a key and its value".into(),
                format!("Write: {} = {}", brief(key), brief(&in_toml(value.trim()))),
            ),
            None => (
                format!("there is no value for {}", brief(trimmed)),
                format!("Write one: {} = and the value, or take the line out.", brief(trimmed)),
            ),
        };
    }
    if value.is_empty() {
        return (
            format!("there is no value for {}", brief(key)),
            "Write one behind the =, or take the line out.".into(),
        );
    }
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
    match quote {
        Some(quote) if value.matches(quote).count() == 1 => {
            return ("the quotes are not closed".into(), format!("Write: {} = {}{quote}", brief(key), brief(value)));
        }
        Some(_) => {}
        None if value.trim_end_matches([',', ';']) != value => {
            return (
                format!("there is something behind the value of {}", brief(key)),
                written.with(&brief(value.trim_end_matches([',', ';', ' ']))),
            );
        }
        None if !value.starts_with(['[', '{']) => {
            let mended = in_toml(value);
            if mended != value {
                return (format!("{} is no value as it stands here", brief(value)), written.with(&brief(&mended)));
            }
        }
        None => {}
    }
    let at = text.get(span.start..).and_then(|rest| rest.chars().next()).filter(|c| !c.is_control());
    let at = at.map_or(String::new(), |c| format!(", before {}", show(&c.to_string())));
    (
        format!("this is not TOML{at}: {}", show(&message.replace('`', "\""))),
        "Mend this line, as in bell = true or theme = \"own.toml\".".into(),
    )
}

/// `value` as TOML would have it: a switch, a number without needless zeros, or a text in quotes.
fn in_toml(value: &str) -> String {
    if value.starts_with(['"', '\'', '[', '{']) || matches!(value, "true" | "false") {
        return value.to_owned();
    }
    if value.bytes().all(|byte| byte.is_ascii_digit()) && !value.is_empty() {
        let number = value.trim_start_matches('0');
        return if number.is_empty() { "0".to_owned() } else { number.to_owned() };
    }
    match truth(value) {
        Some(truth) if value.parse::<u32>().is_err() && !matches!(value, "never" | "none") => truth.to_owned(),
        _ => format!("\"{}\"", value.replace(['"', '\\'], "")),
    }
}
