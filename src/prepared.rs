//! The embedded data files as they are after reading: `assets/prepared.bin`. Reading them anew takes longer than all
//! the rest of a start.
//!
//! Each part bears the checksum of the texts that it was made from. One that does not fit them is not used. Whoever works
//! on the texts, in a debug build, has them read instead: what stands in the TOML files always holds there. A release
//! has no code to read them with, and says so where the file was forgotten. A test makes the file and holds it to them.

use core::fmt;
use core::ops::Deref;
use std::sync::OnceLock;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

static FILE: &[u8] = include_bytes!("../assets/prepared.bin");

/// What a part is called, and the checksum of the texts that it is made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    name: &'static str,
    sum: u32,
}

impl Part {
    /// The part called `name` that is made from `texts`. As a constant it costs nothing at a start.
    pub const fn of(name: &'static str, texts: &[&str]) -> Part {
        Part { name, sum: sum(texts) }
    }
}

/// A part as the file has it.
#[derive(Serialize, Deserialize)]
struct Kept<'a> {
    name: &'a str,
    sum: u32,
    value: &'a [u8],
}

/// A part that was made from other texts than those that the program was built with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stale(&'static str);

/// The prepared file.
pub const PATH: &str = "assets/prepared.bin";
/// How the file is made anew; a sentence.
pub const REMEDY: &str = "Make it anew: WRITE_GOLDEN=1 cargo test --test prepared";

impl fmt::Display for Stale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the part {} was made from other texts", self.0)
    }
}

/// The value of `part`, if it was made from exactly its texts; else what reading them gives, in a debug build.
///
/// # Errors
/// When they cannot be read, and for a stale part in a release.
pub fn or_read<T: Deserialize<'static>, E: From<Stale>>(
    part: Part,
    read: impl FnOnce() -> Result<T, E>,
) -> Result<T, E> {
    match find(part) {
        Some(value) => Ok(value),
        None if cfg!(debug_assertions) => read(),
        None => Err(Stale(part.name).into()),
    }
}

/// The value of `part`, if it was made from exactly its texts.
pub fn find<T: Deserialize<'static>>(part: Part) -> Option<T> {
    let all: Vec<Kept<'static>> = postcard::from_bytes(FILE).ok()?;
    let kept = all.into_iter().find(|kept| kept.name == part.name && kept.sum == part.sum)?;
    match postcard::take_from_bytes(kept.value) {
        Ok((value, [])) => Some(value),
        Ok(_) | Err(_) => None,
    }
}

/// A value within a part that is read when it is first looked at. Most starts need none of most of them.
pub struct Folded<T> {
    bytes: &'static [u8],
    value: OnceLock<T>,
}

impl<T: Deserialize<'static> + Default> Deref for Folded<T> {
    type Target = T;

    fn deref(&self) -> &T {
        // A test reads them all; bytes that could not be read would give nothing rather than end the program.
        self.value.get_or_init(|| postcard::from_bytes(self.bytes).unwrap_or_default())
    }
}

impl<T> From<T> for Folded<T> {
    fn from(value: T) -> Folded<T> {
        Folded { bytes: &[], value: value.into() }
    }
}

impl<T: Clone> Clone for Folded<T> {
    fn clone(&self) -> Folded<T> {
        Folded { bytes: self.bytes, value: self.value.clone() }
    }
}

impl<T: Deserialize<'static> + Default + PartialEq> PartialEq for Folded<T> {
    fn eq(&self, other: &Folded<T>) -> bool {
        **self == **other
    }
}

impl<T: Deserialize<'static> + Default + Eq> Eq for Folded<T> {}

impl<T: Deserialize<'static> + Default + fmt::Debug> fmt::Debug for Folded<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl<T: Deserialize<'static> + Default + Serialize> Serialize for Folded<T> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_bytes(&postcard::to_allocvec(&**self).unwrap_or_default())
    }
}

impl<'de: 'static, T> Deserialize<'de> for Folded<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Folded<T>, D::Error> {
        <&'static [u8]>::deserialize(from).map(|bytes| Folded { bytes, value: OnceLock::new() })
    }
}

impl From<Stale> for String {
    fn from(stale: Stale) -> String {
        format!("{PATH}: {stale}. {REMEDY}")
    }
}

/// A part that was read from its texts a moment ago.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fresh {
    part: Part,
    value: Vec<u8>,
}

impl Fresh {
    /// `value` is what the texts of `part` read as.
    pub fn of<T: Serialize + ?Sized>(part: Part, value: &T) -> Fresh {
        Fresh { part, value: postcard::to_allocvec(value).unwrap_or_default() }
    }

    fn kept(&self) -> Kept<'_> {
        Kept { name: self.part.name, sum: self.part.sum, value: &self.value }
    }
}

/// The bytes of a file with these parts.
pub fn file(parts: &[Fresh]) -> Vec<u8> {
    let all: Vec<Kept<'_>> = parts.iter().map(Fresh::kept).collect();
    postcard::to_allocvec(&all).unwrap_or_default()
}

/// FNV-1a of `text`: cheap, and enough to tell names and texts of our own apart.
pub const fn mark(text: &str) -> u32 {
    over(0x811c_9dc5, text)
}

/// The same of the texts, each closed by a character that none of them can hold.
const fn sum(texts: &[&str]) -> u32 {
    let mut sum = mark("");
    let mut texts = texts;
    while let Some((text, others)) = texts.split_first() {
        sum = step(over(sum, text), 0);
        texts = others;
    }
    sum
}

const fn over(mut sum: u32, text: &str) -> u32 {
    let mut bytes = text.as_bytes();
    while let Some((byte, rest)) = bytes.split_first() {
        sum = step(sum, *byte);
        bytes = rest;
    }
    sum
}

const fn step(sum: u32, byte: u8) -> u32 {
    (sum ^ byte as u32).wrapping_mul(0x0100_0193)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stale_part_is_read_from_its_texts_by_whoever_works_on_them() {
        let stale = Part::of("words", &["other texts"]);
        assert!(find::<String>(stale).is_none());
        assert_eq!(or_read(stale, || Ok::<_, String>(7)), Ok(7));
    }

    #[test]
    fn a_release_says_what_to_do_about_it() {
        let said = String::from(Stale("words"));
        assert!(said.starts_with(PATH) && said.contains("words") && said.contains(REMEDY), "{said}");
    }

    #[test]
    fn what_is_folded_is_read_when_it_is_looked_at() {
        let list = Folded::from(vec!["a".to_owned(), "b".to_owned()]);
        let bytes: &'static [u8] = postcard::to_allocvec(&list).unwrap().leak();
        let read: Folded<Vec<String>> = postcard::from_bytes(bytes).unwrap();
        assert!(read.value.get().is_none());
        assert_eq!(read.len(), 2);
        assert_eq!(read, list);
        let broken: Folded<Vec<String>> = postcard::from_bytes(&[2, 9, 9]).unwrap();
        assert_eq!(*broken, [""; 0], "bytes that cannot be read give nothing");
    }
}
