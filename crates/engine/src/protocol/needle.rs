//! Needle lengths, read in millimetres and kept in whole micrometres.

use alloc::borrow::ToOwned as _;
use alloc::format;
use alloc::string::String;

use serde::{Deserialize, Serialize};

/// Needle length in micrometres. With floating-point millimetres, 0.15 might be less than 0.15.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Micrometres(pub u32);

impl Micrometres {
    /// Reads millimetres as people type them or as they are on a pack: `0.13`, `0,13`, `.13` or `0.13 mm`. None for
    /// anything else.
    pub fn from_millimetres(text: &str) -> Option<Micrometres> {
        let text = text.trim();
        let number = text.strip_suffix("mm").map_or(text, str::trim_end);
        let (whole, part) = number.split_once(['.', ',']).unwrap_or((number, ""));
        let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if part.len() > 3 || !is_digits(whole) || !is_digits(part) || (whole.is_empty() && part.is_empty()) {
            return None;
        }
        let whole: u32 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
        let part: u32 = format!("{part:0<3}").parse().ok()?;
        Some(Micrometres(whole.checked_mul(1_000)?.checked_add(part)?)).filter(|needle| needle.0 > 0)
    }

    /// 130 micrometres as `0.13`.
    pub fn millimetres(self) -> String {
        let exact = format!("{}.{:03}", self.0 / 1_000, self.0 % 1_000);
        exact.trim_end_matches('0').trim_end_matches('.').to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_read_as_millimetres_without_rounding() {
        for (typed, micrometres) in [
            ("0.15", 150),
            ("0,149", 149),
            (".2", 200),
            ("1", 1_000),
            ("0.", 0),
            ("00.13", 130),
            (" 0.13 mm", 130),
            ("0.2mm", 200),
        ] {
            let expected = Some(Micrometres(micrometres)).filter(|needle| needle.0 > 0);
            assert_eq!(Micrometres::from_millimetres(typed), expected, "{typed:?}");
        }
        for nonsense in [
            "",
            ".",
            "0",
            "0.0001",
            "1.2.3",
            "0.1a",
            "+0.1",
            "0.+1",
            "-1",
            "mm",
            "0.1 cm",
            "0.1m",
            "0.1 mm mm",
            "99999999",
            "٠.١",
        ] {
            assert_eq!(Micrometres::from_millimetres(nonsense), None, "{nonsense:?}");
        }
    }

    #[test]
    fn a_length_is_written_as_it_is_read() {
        for micrometres in [1, 10, 130, 149, 150, 250, 300, 1_000, 1_010, 20_000, u32::MAX] {
            let needle = Micrometres(micrometres);
            assert_eq!(Micrometres::from_millimetres(&needle.millimetres()), Some(needle));
        }
    }
}
