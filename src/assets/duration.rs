//! Time spans as people write them in files: `10m`, `24s`, `1m30s`, `250ms`.

use core::time::Duration;

use crate::visible::brief;

/// How to write a span, for the end of a refusal.
pub const HOW: &str = "Write whole numbers with h, m, s or ms, the longest unit first, such as 10m, 24s or 1m30s.";

/// The units with their length in milliseconds, longest first.
pub(super) const UNITS: [(&str, u64); 4] = [("h", 3_600_000), ("m", 60_000), ("s", 1_000), ("ms", 1)];

/// Reads a span. Each unit stands at most once, the longest first; `90s` is as good as `1m30s`.
///
/// # Errors
/// Says what is wrong with `text`, as the end of a sentence that begins with it.
pub fn parse(text: &str) -> Result<Duration, String> {
    let mut rest = text;
    let mut units = UNITS.iter();
    let mut millis: u64 = 0;
    if rest.is_empty() {
        return Err("is empty".into());
    }
    while !rest.is_empty() {
        let (number, after) = split(rest, |c| c.is_ascii_digit());
        let (unit, after) = split(after, |c| c.is_ascii_alphabetic());
        if number.is_empty() {
            return Err("is not a time".into());
        }
        if unit.is_empty() && after.is_empty() {
            return Err(format!("has no unit after {}", brief(number)));
        }
        if !UNITS.iter().any(|(name, _)| *name == unit) {
            return Err("is not a time".into());
        }
        // The iterator only moves towards shorter units, so that one behind it came too late or twice.
        let Some((_, length)) = units.find(|(name, _)| *name == unit) else {
            return Err(format!("has {unit} twice or in the wrong place"));
        };
        let part = number.parse::<u64>().ok().and_then(|number| number.checked_mul(*length));
        millis = part.and_then(|part| millis.checked_add(part)).ok_or("is longer than any clock runs")?;
        rest = after;
    }
    Ok(Duration::from_millis(millis))
}

/// Writes a span so that [`parse`] reads the same one; parts of a millisecond are left out.
pub fn words(span: Duration) -> String {
    let mut left = span.as_millis();
    let mut text = String::new();
    for (unit, length) in UNITS {
        let count = left / u128::from(length);
        left %= u128::from(length);
        if count > 0 {
            text.push_str(&format!("{count}{unit}"));
        }
    }
    if text.is_empty() { "0s".into() } else { text }
}

/// The longest beginning of `text` whose characters all satisfy `wanted`, and what follows it.
fn split(text: &str, wanted: impl Fn(char) -> bool) -> (&str, &str) {
    text.split_at(text.find(|c| !wanted(c)).unwrap_or(text.len()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_what_people_write() {
        let millis = |text| parse(text).map(|span| span.as_millis());
        assert_eq!(millis("10m"), Ok(600_000));
        assert_eq!(millis("24s"), Ok(24_000));
        assert_eq!(millis("1m30s"), Ok(90_000));
        assert_eq!(millis("90s"), Ok(90_000));
        assert_eq!(millis("1h2m3s4ms"), Ok(3_723_004));
        assert_eq!(millis("250ms"), Ok(250));
        assert_eq!(millis("0s"), Ok(0));
    }

    #[test]
    fn says_what_is_wrong() {
        let refused = |text| parse(text).unwrap_err();
        assert_eq!(refused(""), "is empty");
        assert_eq!(refused("half a minute"), "is not a time");
        assert_eq!(refused("8"), "has no unit after 8");
        assert_eq!(refused("1m30"), "has no unit after 30");
        assert_eq!(refused("1.5m"), "is not a time");
        assert_eq!(refused("-8s"), "is not a time");
        assert_eq!(refused("8 s"), "is not a time");
        assert_eq!(refused("0:24"), "is not a time");
        assert_eq!(refused("8sec"), "is not a time");
        assert_eq!(refused("8S"), "is not a time");
        assert_eq!(refused("30s1m"), "has m twice or in the wrong place");
        assert_eq!(refused("1m1m"), "has m twice or in the wrong place");
        assert_eq!(refused("99999999999999999999s"), "is longer than any clock runs");
        assert_eq!(refused("18446744073709551615h"), "is longer than any clock runs");
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(millis in any::<u64>()) {
            let span = Duration::from_millis(millis);
            prop_assert_eq!(parse(&words(span)), Ok(span));
        }

        #[test]
        fn no_text_breaks_it(text in "\\PC*|[0-9hms]{0,30}") {
            let _ = parse(&text);
        }
    }
}
