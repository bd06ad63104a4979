//! An embedded file whose tables are parsed one by one, each when it is first used: a screen needs few of them.

use core::iter;
use std::sync::OnceLock;

/// The tables of a file, in the order of their names.
#[derive(Debug, Clone)]
pub(super) struct Tables<T> {
    tables: Vec<Table<T>>,
    read: fn(&str, &str) -> Option<T>,
}

#[derive(Debug, Clone)]
struct Table<T> {
    name: &'static str,
    text: &'static str,
    found: OnceLock<Option<T>>,
}

impl<T> Tables<T> {
    /// Splits `text` at its headers, each at the beginning of a line; what comes before the first has an empty name.
    /// `read` parses a table from its name and its text.
    pub(super) fn split(text: &'static str, read: fn(&str, &str) -> Option<T>) -> Tables<T> {
        let begins_line = |at: &usize| text.get(..*at).is_some_and(|before| before.ends_with('\n'));
        let headers = text.match_indices('[').map(|(at, _)| at).filter(begins_line);
        let bounds: Vec<usize> = iter::once(0).chain(headers).chain([text.len()]).collect();
        let parts = bounds.array_windows().filter_map(|[from, to]| text.get(*from..*to));
        let named =
            parts.map(|part| part.strip_prefix('[').and_then(|part| part.split_once(']')).unwrap_or(("", part)));
        let mut tables: Vec<Table<T>> =
            named.map(|(name, text)| Table { name, text, found: OnceLock::new() }).collect();
        tables.sort_by_key(|table| table.name);
        Tables { tables, read }
    }

    /// None where there is no table called `name`, or it cannot be parsed.
    pub(super) fn get(&self, name: &str) -> Option<&T> {
        let table = self.tables.iter().find(|table| table.name == name)?;
        table.found.get_or_init(|| (self.read)(table.name, table.text)).as_ref()
    }

    /// The same, to be changed.
    pub(super) fn get_mut(&mut self, name: &str) -> Option<&mut T> {
        self.get(name)?;
        self.tables.iter_mut().find(|table| table.name == name)?.found.get_mut()?.as_mut()
    }

    /// All that can be parsed.
    pub(super) fn iter(&self) -> impl Iterator<Item = &T> {
        self.tables.iter().filter_map(|table| self.get(table.name))
    }
}
