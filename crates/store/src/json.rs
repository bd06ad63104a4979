//! Values as indented JSON text, written in one pass: with thousands of sessions, a tree of each would take longer than
//! reading its record.

use std::cell::RefCell;
use std::io::{self, Write};

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::Formatter;

use crate::sanitise::printed_json;

/// In which order the fields of an object are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fields {
    /// As its type declares them.
    AsDeclared,
    /// By their names.
    Sorted,
}

/// `of` as indented JSON that stands `level` levels deep in its document. Fields that are null are left out, and hidden
/// characters are escaped.
///
/// # Errors
/// If it cannot be expressed in JSON.
pub fn value(of: &impl Serialize, fields: Fields, level: usize) -> io::Result<String> {
    let text = RefCell::new(Vec::new());
    let indented = Indented { text: &text, fields, level, open: Vec::new() };
    of.serialize(&mut Serializer::with_formatter(Text(&text), indented))?;
    let text = String::from_utf8(text.into_inner()).map_err(io::Error::other)?;
    Ok(printed_json(&text))
}

/// Writes `values` to `out` as a JSON array that stands `level` levels deep in its document. Each of them stands one
/// level deeper.
///
/// # Errors
/// If one of them is an error, or `out` cannot be written.
pub fn array(
    values: impl IntoIterator<Item = io::Result<String>>,
    level: usize,
    out: &mut (impl Write + ?Sized),
) -> io::Result<()> {
    let margin = format!("\n{}", "  ".repeat(level));
    let mut before = "[";
    for value in values {
        write!(out, "{before}{margin}  {}", value?)?;
        before = ",";
    }
    if before == "[" { out.write_all(b"[]") } else { write!(out, "{margin}]") }
}

/// The text, for the serializer. The formatter changes it too.
struct Text<'a>(&'a RefCell<Vec<u8>>);

impl Write for Text<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Sets in, sorts and leaves out. Until its array or object is closed, each item has a line break before it and a comma
/// after it, so that items can change places.
struct Indented<'a> {
    text: &'a RefCell<Vec<u8>>,
    fields: Fields,
    level: usize,
    /// For each array or object that is open, where in the text its items begin.
    open: Vec<Vec<usize>>,
}

impl Indented<'_> {
    fn open(&mut self, bracket: u8) -> io::Result<()> {
        self.text.borrow_mut().push(bracket);
        self.open.push(Vec::new());
        self.level += 1;
        Ok(())
    }

    fn begin_item(&mut self) -> io::Result<()> {
        let mut text = self.text.borrow_mut();
        self.open.last_mut().into_iter().for_each(|items| items.push(text.len()));
        break_line(&mut text, self.level);
        Ok(())
    }

    fn end_item(&mut self) -> io::Result<()> {
        self.text.borrow_mut().push(b',');
        Ok(())
    }

    fn close(&mut self, items: &[usize], bracket: u8) -> io::Result<()> {
        let mut text = self.text.borrow_mut();
        self.level = self.level.saturating_sub(1);
        if !items.is_empty() {
            // The last comma.
            text.pop();
            break_line(&mut text, self.level);
        }
        text.push(bracket);
        Ok(())
    }
}

fn break_line(text: &mut Vec<u8>, level: usize) {
    text.push(b'\n');
    text.resize(text.len() + 2 * level, b' ');
}

/// Sorts the fields that begin in `text` at `begins`; the last one ends with the text. They begin with their names, and
/// the quotation mark after a name comes before all that a name is made of.
fn sort(text: &mut Vec<u8>, begins: &[usize]) {
    let Some(&first) = begins.first() else { return };
    let written = text.split_off(first);
    let ends = begins.iter().skip(1).map(|end| end - first).chain([written.len()]);
    let mut fields: Vec<&[u8]> =
        begins.iter().zip(ends).map(|(begin, end)| written.get(begin - first..end).unwrap_or_default()).collect();
    fields.sort_unstable();
    fields.into_iter().for_each(|field| text.extend_from_slice(field));
}

impl Formatter for Indented<'_> {
    fn begin_array<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.open(b'[')
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, _: &mut W, _: bool) -> io::Result<()> {
        self.begin_item()
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.end_item()
    }

    fn end_array<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        let items = self.open.pop().unwrap_or_default();
        self.close(&items, b']')
    }

    fn begin_object<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.open(b'{')
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, _: &mut W, _: bool) -> io::Result<()> {
        self.begin_item()
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.text.borrow_mut().extend_from_slice(b": ");
        Ok(())
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        if self.text.borrow().ends_with(b": null") {
            let begin = self.open.last_mut().and_then(Vec::pop).unwrap_or_default();
            self.text.borrow_mut().truncate(begin);
            return Ok(());
        }
        self.end_item()
    }

    fn end_object<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        let items = self.open.pop().unwrap_or_default();
        if self.fields == Fields::Sorted {
            sort(&mut self.text.borrow_mut(), &items);
        }
        self.close(&items, b'}')
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[derive(Serialize)]
    struct Mixed {
        z: Vec<Option<u8>>,
        a_b: Option<&'static str>,
        ab: &'static str,
        a: Inner,
        none: [u8; 0],
    }

    #[derive(Serialize)]
    struct Inner {
        second: bool,
        first: Option<()>,
    }

    const MIXED: Mixed = Mixed {
        z: vec![],
        a_b: Some("\",: null\n\u{202e}é"),
        ab: "",
        a: Inner { second: true, first: None },
        none: [],
    };

    #[test]
    fn a_value_reads_as_its_tree_with_nothing_that_is_null() {
        let mixed = Mixed { z: vec![Some(1), None], ..MIXED };
        let sorted = value(&mixed, Fields::Sorted, 0).unwrap();
        // A tree has its fields in the order of their names.
        let tree = json!({ "z": [1, null], "a_b": MIXED.a_b, "ab": "", "a": { "second": true }, "none": [] });
        assert_eq!(sorted, printed_json(&serde_json::to_string_pretty(&tree).unwrap()));
        let declared = value(&mixed, Fields::AsDeclared, 0).unwrap();
        assert_eq!(serde_json::from_str::<serde_json::Value>(&declared).unwrap(), tree);
        let places = ["\"z\"", "\"a_b\"", "\"ab\"", "\"a\"", "\"none\""].map(|name| declared.find(name).unwrap());
        assert!(places.is_sorted(), "{declared}");
        let empty = Inner { second: false, first: None };
        assert_eq!(value(&empty.first, Fields::Sorted, 0).unwrap(), "null");
    }

    #[test]
    fn an_array_of_values_reads_as_one_value() {
        let values = [json!({ "a": [1] }), json!({}), json!("text")];
        let texts = |level| values.iter().map(move |one| value(one, Fields::Sorted, level));
        let mut alone = Vec::new();
        array(texts(1), 0, &mut alone).unwrap();
        assert_eq!(String::from_utf8(alone).unwrap(), serde_json::to_string_pretty(&values).unwrap());
        let mut inside = b"{\n  \"all\": ".to_vec();
        array(texts(2), 1, &mut inside).unwrap();
        inside.extend_from_slice(b"\n}");
        assert_eq!(
            String::from_utf8(inside).unwrap(),
            serde_json::to_string_pretty(&json!({ "all": values })).unwrap()
        );
        let mut none = Vec::new();
        array([], 0, &mut none).unwrap();
        assert_eq!(none, b"[]");
    }
}
