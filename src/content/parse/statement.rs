//! The bytes of a key and its value around a position, even where the value was never closed.

use core::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::header;

/// A key and its value, as bytes of the text.
#[derive(Debug)]
struct Statement {
    key: usize,
    value: Range<usize>,
    /// The entry of a list or an inline table around the position, unless it is the only one.
    entry: Option<Range<usize>>,
    /// The key and value around the position in an inline table.
    braced: Option<Range<usize>>,
}

/// What to leave out of `text` because of a mistake at `at`, so that the rest can be read: one entry of a list, or else
/// the lines of the key and its value. A value that was never closed ends before the next key or header.
pub(in crate::content) fn around_mistake(text: &str, at: usize) -> Range<usize> {
    let Some(statement) = statement(text, at) else { return lines(text, at..at) };
    let whole = lines(text, statement.key..statement.value.end);
    let written = text.get(whole.clone()).unwrap_or_default();
    if DeTable::parse(written).is_ok() {
        return statement.entry.map_or(whole, |entry| with_comma(text, entry));
    }
    let next = written
        .match_indices('\n')
        .find(|(newline, _)| written.get(newline + 1..).and_then(|rest| rest.lines().next()).is_some_and(is_begin));
    whole.start..next.map_or(whole.end, |(newline, _)| whole.start + newline)
}

/// The first line of a value that was never closed: it begins above `at`, where a new key or header, or the end of the
/// file, was read as a part of it.
pub(in crate::content) fn unclosed(text: &str, at: usize) -> Option<Range<usize>> {
    let value = statement(text, at)?.value;
    let first = text.get(value.start..at)?.find('\n')?;
    let is_end = text.get(at..)?.trim().is_empty();
    (is_end || is_begin(text.get(lines(text, at..at))?)).then_some(value.start..value.start + first)
}

/// `range`, widened to whole lines.
pub(in crate::content) fn lines(text: &str, range: Range<usize>) -> Range<usize> {
    let before = text.get(..range.start).unwrap_or(text);
    let from = before.rfind('\n').map_or(0, |newline| newline + 1);
    let end = range.end.max(range.start);
    let to = text.get(end..).and_then(|rest| rest.find('\n')).map_or(text.len(), |newline| end + newline);
    from..to
}

/// Where the key `key` of the table `table` begins in `text`, which ends before that key comes a second time.
pub(super) fn first(text: &str, table: &str, key: &str) -> Option<usize> {
    let (read, _) = DeTable::parse_recoverable(text);
    let path: Vec<&str> = [table, key].iter().flat_map(|names| names.split('.')).map(plain).collect();
    let (last, above) = path.split_last()?;
    let mut table = read.get_ref();
    for name in above.iter().filter(|name| !name.is_empty()) {
        table = match table.get(*name)?.get_ref() {
            DeValue::Table(inner) => inner,
            DeValue::Array(array) => array.iter().next_back()?.get_ref().as_table()?,
            _ => return None,
        };
    }
    table.get_key_value(*last).map(|(name, _)| name.span().start)
}

/// For a position in an inline table: the key of that table, and the bytes of the key and value around the position.
pub(super) fn inline(text: &str, at: usize) -> Option<(&str, Range<usize>)> {
    let Statement { key, value, braced, .. } = statement(text, at)?;
    let table = text.get(key..value.start)?.split('=').next()?.trim();
    braced.map(|entry| (table, entry))
}

/// A name without quotes and blanks around it.
fn plain(name: &str) -> &str {
    name.trim().trim_matches(['"', '\''])
}

/// Whether `line` is a header or gives a key a value. No entry of a list looks like that.
fn is_begin(line: &str) -> bool {
    let line = line.trim();
    let is_of_a_key = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
    let is_key = line.split_once('=').is_some_and(|(key, _)| {
        let key = key.trim();
        !key.is_empty() && key.chars().all(is_of_a_key)
    });
    is_key || header::name(line).is_some_and(|name| !name.is_empty() && !name.starts_with(|c: char| c.is_numeric()))
}

fn statement(text: &str, at: usize) -> Option<Statement> {
    let (table, _) = DeTable::parse_recoverable(text);
    within(text, table.get_ref(), at)
}

fn within(text: &str, table: &DeTable<'_>, at: usize) -> Option<Statement> {
    table.iter().find_map(|(key, value)| {
        let (key, span) = (key.span().start, value.span());
        match value.get_ref() {
            // The parser knows no position for a table that a header or a dotted key begins, except that of its name.
            DeValue::Table(inner) if !is_at(text, span.start, '{') => within(text, inner, at),
            DeValue::Array(array) if span.start <= key => {
                array.iter().find_map(|value| within(text, value.get_ref().as_table()?, at))
            }
            _ if (key..=span.end).contains(&at) => {
                Some(Statement { key, value: span, entry: entry(value, at), braced: braced(value, at) })
            }
            _ => None,
        }
    })
}

fn is_at(text: &str, at: usize, c: char) -> bool {
    text.get(at..).is_some_and(|rest| rest.starts_with(c))
}

/// The innermost entry of `value` around `at` that is not the only one.
fn entry(value: &Spanned<DeValue<'_>>, at: usize) -> Option<Range<usize>> {
    let (count, found) = match value.get_ref() {
        DeValue::Array(array) => {
            let found = array.iter().find(|value| value.span().contains(&at));
            (array.iter().count(), found.map(|value| (value.span(), value)))
        }
        DeValue::Table(table) => {
            let mut whole = table.iter().map(|(key, value)| (key.span().start..value.span().end, value));
            (table.iter().count(), whole.find(|(range, _)| range.contains(&at)))
        }
        _ => return None,
    };
    let (range, value) = found?;
    entry(value, at).or((count > 1).then_some(range))
}

fn braced(value: &Spanned<DeValue<'_>>, at: usize) -> Option<Range<usize>> {
    let table = value.get_ref().as_table()?;
    table.iter().map(|(key, value)| key.span().start..value.span().end).find(|range| range.contains(&at))
}

/// `entry` with the comma after it, or for the last entry with the comma before it.
fn with_comma(text: &str, entry: Range<usize>) -> Range<usize> {
    let after = text.get(entry.end..).unwrap_or_default();
    let blank = after.len() - after.trim_start().len();
    if after.trim_start().starts_with(',') {
        return entry.start..entry.end + blank + 1;
    }
    let before = text.get(..entry.start).unwrap_or_default().trim_end();
    before.strip_suffix(',').map_or(entry.clone(), |before| before.len()..entry.end)
}
