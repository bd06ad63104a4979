//! The embedded data files as they are after reading: `assets/prepared.bin`. Reading them anew takes longer than all
//! the rest of a start.
//!
//! Each part bears the checksum of the texts that it was made from. One that does not fit them is not used, and the
//! texts are read instead: what stands in the TOML files always holds. A test makes the file and holds it to them.

use serde::{Deserialize, Serialize};

static FILE: &[u8] = include_bytes!("../assets/prepared.bin");

/// A part as the file has it.
#[derive(Serialize, Deserialize)]
struct Part<'a> {
    name: &'a str,
    sum: u32,
    value: &'a [u8],
}

/// The part called `name`, if it was made from exactly these `texts`; else what reading them gives.
///
/// # Errors
/// When they cannot be read.
pub fn or_read<T: Deserialize<'static>, E>(
    name: &str,
    texts: &[&str],
    read: impl FnOnce() -> Result<T, E>,
) -> Result<T, E> {
    find(name, texts).map_or_else(read, Ok)
}

/// The part called `name`, if it was made from exactly these `texts`.
pub fn find<T: Deserialize<'static>>(name: &str, texts: &[&str]) -> Option<T> {
    let parts: Vec<Part<'static>> = postcard::from_bytes(FILE).ok()?;
    let part = parts.into_iter().find(|part| part.name == name && part.sum == sum(texts))?;
    match postcard::take_from_bytes(part.value) {
        Ok((value, [])) => Some(value),
        Ok(_) | Err(_) => None,
    }
}

/// A part that was read from its texts a moment ago.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fresh {
    name: &'static str,
    sum: u32,
    value: Vec<u8>,
}

impl Fresh {
    /// `value` is what `texts` read as.
    pub fn of<T: Serialize>(name: &'static str, texts: &[&str], value: &T) -> Fresh {
        Fresh { name, sum: sum(texts), value: postcard::to_allocvec(value).unwrap_or_default() }
    }
}

/// The bytes of a file with these parts.
pub fn file(parts: &[Fresh]) -> Vec<u8> {
    let parts: Vec<Part<'_>> =
        parts.iter().map(|part| Part { name: part.name, sum: part.sum, value: &part.value }).collect();
    postcard::to_allocvec(&parts).unwrap_or_default()
}

/// Each text is closed by a character that none of them can hold.
fn sum(texts: &[&str]) -> u32 {
    let mut hasher = crc32fast::Hasher::new();
    for text in texts {
        hasher.update(text.as_bytes());
        hasher.update(&[0]);
    }
    hasher.finalize()
}
