//! Turns an error of the parser into a refusal: what is wrong, and what to write instead.

use core::ops::Range;

use toml::de::DeTable;

use super::super::refusal::{Refusal, TWICE};
use super::super::source::Source;
use super::header;
use super::value_kind::{ValueKind, bare};
use super::{instead, mistyped, quoted, statement, unknown};
use store::sanitise::{brief, escape_hidden};

/// The line of an error, taken apart as far as it has a key and a value.
struct Written<'a> {
    line: &'a str,
    /// The table that the line belongs to.
    table: &'a str,
    /// Whether times of any length count.
    is_trial: bool,
    /// As it is written, or the name of the setting that was probably meant.
    key: String,
    /// What separates key and value: `=` in TOML.
    sign: &'a str,
    value: &'a str,
    /// What the key may be, if it is a setting.
    kind: Option<ValueKind>,
}

impl<'a> Written<'a> {
    fn at(text: &'a str, place: usize) -> Written<'a> {
        let from = text.get(..place).and_then(|before| before.rfind('\n')).map_or(0, |newline| newline + 1);
        let line = text.get(from..).and_then(|rest| rest.lines().next()).unwrap_or_default();
        let above = text.get(..from).unwrap_or_default().lines().filter_map(header::name).next_back();
        let is_trial = text.lines().any(|line| {
            line.split_once('=').is_some_and(|(key, value)| key.trim() == "trial" && value.trim().starts_with("true"))
        });
        if let Some((table, entry)) = statement::inline(text, place) {
            return Written::of(text.get(entry).unwrap_or_default(), table, is_trial);
        }
        Written::of(line, above.unwrap_or_default(), is_trial)
    }

    fn of(line: &'a str, table: &'a str, is_trial: bool) -> Written<'a> {
        // A dotted key names its own table.
        let of = |key: &str| match key.rsplit_once('.') {
            Some((within, key)) if table.is_empty() => ValueKind::of(within, key, is_trial),
            _ => ValueKind::of(table, key, is_trial),
        };
        let known = |key: &str| {
            let plain = key.trim_matches(['"', '\'']).to_lowercase().replace(['-', ' '], "_");
            let as_written = of(key).map(|kind| (key.to_owned(), kind));
            as_written.or_else(|| of(&plain).map(|kind| (plain, kind)))
        };
        let whole = line.trim().trim_start_matches(['{', '-']).trim_start();
        let (key, sign, value) = match whole.split_once('=') {
            // The name of a setting, written with a blank.
            Some((key, value)) if key.trim().contains(' ') && known(key.trim()).is_some() => (key.trim(), "=", value),
            _ => {
                let (key, rest) = whole.split_at(whole.find(['=', ':', ' ', '\t']).unwrap_or(whole.len()));
                let rest = rest.trim_start();
                let (sign, value) = rest.split_at(rest.find(|c| !matches!(c, '=' | ':' | '>')).unwrap_or(rest.len()));
                (key, sign, value)
            }
        };
        let (key, kind) = known(key).map_or_else(|| (key.to_owned(), None), |(key, kind)| (key, Some(kind)));
        Written { line, table, is_trial, key, sign, value: value.trim(), kind }
    }

    /// Advice to write `key = value`.
    fn with(&self, value: &str) -> String {
        format!("Write: {} = {value}", brief(&self.key))
    }

    /// Advice on what to write for `value`: what it was probably meant to be, or else what the key may be.
    fn instead_of(&self, value: &str) -> String {
        match &self.kind {
            Some(kind) => kind.corrected(value).map_or_else(|| kind.advice(), |value| self.with(&value)),
            None => self.with(&brief(&in_toml(bare(value)))),
        }
    }
}

const IN_TWO: &str = "Put its name in two brackets: it is a list of tables.";

/// Tables that a protocol or checklist may have several of.
const LISTS: [&str; 6] = ["section", "stroke", "stop_reason", "sign_out", "aftercare", "question"];

/// The refusal for `message`, with which the parser rejected `span`.
pub(super) fn refusal(source: &Source, message: &str, span: Range<usize>) -> Refusal {
    let text = source.text();
    if let Some(open) = statement::unclosed(text, span.start) {
        let written = Written::at(text, open.start);
        let (what, todo) = never_closed(text.get(open.clone()).unwrap_or_default(), &written);
        return source.refuse(open, what, todo);
    }
    if message.starts_with("duplicate ")
        && let Some(single) = single(text, span.start)
    {
        return source.refuse(single, format!("expected {}, found a table", wanted_kind("a sequence")), IN_TWO);
    }
    let written = Written::at(text, span.start);
    let (what, todo) = in_words(source, message, &written, &span);
    source.refuse(span, what, todo)
}

/// What is wrong with a value that is not closed before the next key or header; `first` is its first line.
fn never_closed(first: &str, written: &Written<'_>) -> (String, String) {
    if first.starts_with(['"', '\'']) {
        let text = first.trim_matches(['"', '\'']);
        return ("the quotes that begin here are not closed".into(), written.instead_of(text));
    }
    let close = if first.starts_with('{') { '}' } else { ']' };
    let todo = match written.instead_of(first) {
        line if line.starts_with("Write: ") => line,
        _ => format!("Write {close} behind the last value that belongs to it."),
    };
    ("the bracket that begins here is not closed".into(), todo)
}

/// The header with one bracket of a table that there may be several of, where the header at `at` begins another one.
fn single(text: &str, at: usize) -> Option<Range<usize>> {
    let here = statement::lines(text, at..at);
    let name = header::name(text.get(here.clone())?).filter(|name| LISTS.contains(name))?;
    let mut from = 0;
    let headers = text.get(..here.end)?.split_inclusive('\n').map(|line| {
        let start = from;
        from += line.len();
        start..start + line.trim_end().len()
    });
    headers
        .filter(|range| {
            let line = text.get(range.clone()).unwrap_or_default();
            header::name(line) == Some(name) && !line.trim_start().starts_with("[[")
        })
        .last()
}

/// What is wrong and what to do. serde's messages have had this form since its first release; any other message is
/// shown as it is.
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

/// What is wrong with something that is in the file twice: the message says in which line the first one is.
fn duplicate(source: &Source, written: &Written<'_>, span: &Range<usize>) -> (String, String) {
    let text = source.text();
    let name = text.get(span.clone()).unwrap_or(&written.key);
    let before = text.get(..statement::lines(text, span.clone()).start).unwrap_or_default();
    let line = |at: usize| before.get(..at).unwrap_or_default().matches('\n').count() + 1;
    let first = match header::name(written.line) {
        Some(name) => {
            let same = before.lines().position(|line| header::name(line) == Some(name)).map(|at| at + 1);
            same.or_else(|| statement::first(before, "", name).map(line))
        }
        None => statement::first(before, written.table, &written.key).map(line),
    };
    let first = first.map_or_else(String::new, |line| format!("; the first is in line {line}"));
    (format!("{} {TWICE}{first}", brief(name)), "Keep one of them and take the other out.".into())
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
            // The parser also says how it stores a number.
            let value = value.split(" as ").next().unwrap_or_default();
            if kind == "string" { format!("the text {value}") } else { value.replace("point ", "") }
        }
    }
}

fn how(wanted: &str, found: &str, there: &str, written: &Written<'_>) -> String {
    let is_element = wanted == "a string" && written.kind == Some(ValueKind::Command);
    if written.kind.is_some() && !is_element && !written.line.trim_start().starts_with('[') {
        return written.instead_of(there);
    }
    match wanted {
        "a string" if found == "sequence" => "Take the brackets away: it is one text.".into(),
        "a string" if found == "map" => "Write one text in quotes.".into(),
        "a string" => format!("Put quotes round it: \"{}\".", brief(there)),
        "a boolean" => ValueKind::Switch.advice(),
        "i64" => {
            let digits = there.trim_matches(['"', '\'']);
            match digits.parse::<u32>() {
                Ok(number) => written.with(&number.to_string()),
                Err(_) => "Write a whole number, without quotes.".into(),
            }
        }
        "a sequence" if found == "map" => IN_TWO.into(),
        "a sequence" => "Write a list of texts in brackets: [\"first\", \"second\"].".into(),
        "a map" if found == "sequence" => "Put its name in one bracket instead of two.".into(),
        "a map" => format!("Write a line that says [{}], and what belongs to it below.", brief(&written.key)),
        _ => "Compare with the embedded file.".into(),
    }
}

/// A character that word processors write in place of one on the keyboard: its name, and the one on the keyboard.
fn typographic(c: char) -> Option<(&'static str, char)> {
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
    let Written { line, ref key, sign, value, .. } = *written;
    let trimmed = line.trim();
    let outside: String = trimmed.split('"').step_by(2).collect();
    if let Some((c, (name, plain))) = outside.chars().find_map(|c| Some((c, typographic(c)?))) {
        let what = if plain == ' ' {
            format!("there is {name} here")
        } else {
            format!("there is {name} here, {c}, where a keyboard has {plain}")
        };
        return (what, as_typed(trimmed, written));
    }
    if value.starts_with('"') && value.contains('\\') && message.contains("scape") || message.contains("unicode value")
    {
        let single = written.instead_of(value);
        let single =
            single.strip_prefix("Write: ").map_or_else(|| single.clone(), |it| format!("Use single quotes: {it}"));
        return ("a backslash in double quotes begins a code".into(), single);
    }
    if trimmed.starts_with("//") || trimmed.starts_with(';') {
        return (
            "a remark begins with #".into(),
            format!("Write: # {}", brief(trimmed.trim_start_matches(['/', ';', ' ']))),
        );
    }
    if !trimmed.contains(char::is_alphanumeric) {
        return (
            "there is no key in this line".into(),
            "Take it out: a line has a key, = and a value, as in bell = true.".into(),
        );
    }
    if trimmed.starts_with('=') {
        let todo = "Write its name before it, as in bell = true, or take the line out.";
        return ("there is no key before the =".into(), todo.into());
    }
    let open = trimmed.matches('[').count().saturating_sub(trimmed.matches(']').count());
    if let Some(header) = header::corrected(trimmed).filter(|header| header != trimmed) {
        let is_open = trimmed.starts_with('[') && open > 0;
        let what = if is_open { "the bracket is not closed" } else { "the name of a table stands in brackets" };
        return (what.into(), format!("Write: {}", brief(&header)));
    }
    if let Some(second) = second_setting(value, written) {
        let what = format!("there is a second setting in this line, {}", brief(second));
        return (what, "Write each of them in a line of its own.".into());
    }
    if value.is_empty() {
        let told = written.kind.as_ref().map_or("Write one behind the =.".to_owned(), ValueKind::advice);
        return (format!("there is no value for {}", brief(key)), format!("{told} Or take the line out."));
    }
    match sign {
        "=" => {}
        "" => return ("there is no = between a key and its value".into(), written.instead_of(value)),
        other => return (format!("there is a {other} where a = belongs"), written.instead_of(value)),
    }
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
    let what = match quote {
        Some(quote) if value.matches(quote).count() == 1 => Some("the quotes are not closed".to_owned()),
        _ if bare(value) != value => Some(format!("there is something behind the value of {}", brief(key))),
        None if !value.starts_with(['[', '{']) => Some(format!("{} is no value as it stands here", brief(value))),
        _ => None,
    };
    if let Some(what) = what {
        return (what, written.instead_of(value));
    }
    let at = text.get(span.start..).and_then(|rest| rest.chars().next()).filter(|c| !c.is_control());
    let at = at.map_or(String::new(), |c| format!(", before {}", escape_hidden(&c.to_string())));
    let todo = match &written.kind {
        Some(_) => written.instead_of(value),
        None => "Mend this line, as in bell = true or theme = \"own.toml\".".into(),
    };
    (format!("this is not TOML{at}: {}", escape_hidden(&message.replace('`', "\""))), todo)
}

/// Advice on a line with characters that no keyboard has.
fn as_typed(line: &str, written: &Written<'_>) -> String {
    let typed: String = line.chars().map(|c| typographic(c).map_or(c, |(_, plain)| plain)).collect();
    let written = Written::of(&typed, written.table, written.is_trial);
    if written.kind.is_some() {
        // A long dash before a number was not meant as a minus.
        return written.instead_of(written.value.trim_start_matches('-'));
    }
    let is_toml = DeTable::parse(&typed).is_ok() && brief(&typed) == typed;
    if is_toml { format!("Write: {typed}") } else { "Write this line anew, from the keyboard.".into() }
}

/// The key of a second setting in the value of the first.
fn second_setting<'a>(value: &'a str, written: &Written<'_>) -> Option<&'a str> {
    let outside = value.split(['"', '\'']).step_by(2);
    let mut keys = outside.filter_map(|part| part.split_once(['=', ':'])).map(|(before, _)| {
        before.trim_end().rsplit(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).next().unwrap_or_default()
    });
    keys.find(|key| written.kind.is_some() && ValueKind::of("", key, false).is_some())
}

/// `value` as TOML, where its key is unknown: as it is, or as a text in quotes.
fn in_toml(value: &str) -> String {
    if DeTable::parse(&format!("k = {value}")).is_ok() {
        return value.to_owned();
    }
    let digits = value.trim_start_matches('0');
    if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return digits.to_owned();
    }
    format!("\"{}\"", value.replace(['"', '\\'], ""))
}
