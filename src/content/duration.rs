//! Time spans as people write them in files: `10m`, `24s`, `1m30s`, `250ms`.

use core::time::Duration;

use store::sanitise::brief;

/// How to write a span, as advice in a refusal.
pub const HOW: &str = "Write whole numbers with h, m, s or ms, the longest unit first, such as 10m, 24s or 1m30s.";

/// The units with their length in milliseconds, longest first.
pub(super) const UNITS: [(&str, u64); 4] = [("h", 3_600_000), ("m", 60_000), ("s", 1_000), ("ms", 1)];

/// Reads a span. Each unit may appear once, the longest first; `90s` is as good as `1m30s`.
///
/// # Errors
/// What is wrong with `text`, as the end of a sentence that begins with it.
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
        // The iterator only moves towards shorter units, so one that it has passed is out of order or there twice.
        let Some((_, length)) = units.find(|(name, _)| *name == unit) else {
            return Err(format!("has {unit} twice or in the wrong place"));
        };
        let part = number.parse::<u64>().ok().and_then(|number| number.checked_mul(*length));
        millis = part.and_then(|part| millis.checked_add(part)).ok_or("is longer than any clock runs")?;
        rest = after;
    }
    Ok(Duration::from_millis(millis))
}

/// The span that `text` probably means, where it is written in another common way: `10:00`, `1.5 min`, `8 sec`, or a
/// number of seconds.
pub fn guess(text: &str) -> Option<Duration> {
    let text = text.trim_matches(['"', '\'', ' ']).to_lowercase().replace(',', ".");
    if text.contains(':') {
        let parts: Vec<u64> = text.split(':').map(|part| part.trim().parse().ok()).collect::<Option<_>>()?;
        let seconds = match parts.as_slice() {
            [minutes, seconds] => minutes.checked_mul(60)?.checked_add(*seconds)?,
            [hours, minutes, seconds] => {
                hours.checked_mul(60)?.checked_add(*minutes)?.checked_mul(60)?.checked_add(*seconds)?
            }
            _ => return None,
        };
        return Some(Duration::from_secs(seconds)).filter(|span| !span.is_zero());
    }
    let (mut rest, mut span) = (text.as_str(), Duration::ZERO);
    while !rest.is_empty() {
        let (number, after) = split(rest, |c| c.is_ascii_digit() || c == '.');
        let (unit, after) = split(after.trim_start(), |c| c.is_ascii_alphabetic());
        // A fraction without a unit may be of anything.
        if unit.is_empty() && number.contains('.') {
            return None;
        }
        let number: f64 = number.parse().ok()?;
        let unit = match unit {
            "h" | "hr" | "hrs" | "hour" | "hours" => 3_600.0,
            "m" | "min" | "mins" | "minute" | "minutes" => 60.0,
            "" | "s" | "sec" | "secs" | "second" | "seconds" => 1.0,
            "ms" | "msec" | "millisecond" | "milliseconds" => 0.001,
            _ => return None,
        };
        span = span.checked_add(Duration::try_from_secs_f64(number * unit).ok()?)?;
        rest = after.trim_start_matches([' ', '.']);
    }
    // A fraction of a minute may not be a whole number of milliseconds.
    let whole = Duration::from_millis(u64::try_from(span.as_millis()).ok()?);
    Some(whole).filter(|span| !span.is_zero())
}

/// Writes a span as [`parse`] reads it; parts of a millisecond are left out.
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

    #[test]
    fn what_is_written_otherwise_is_understood_as_far_as_to_say_it_rightly() {
        let say = |text| guess(text).map(words);
        for (text, right) in [
            ("600", "10m"),
            ("10:00", "10m"),
            ("0:24", "24s"),
            ("1:02:03", "1h2m3s"),
            ("8 s", "8s"),
            ("8sec", "8s"),
            ("8S", "8s"),
            ("10 min", "10m"),
            ("1.5m", "1m30s"),
            ("1,5 minutes", "1m30s"),
            ("1 m 30 s", "1m30s"),
        ] {
            assert_eq!(say(text).as_deref(), Some(right), "{text}");
        }
        for text in ["half a minute", "1.5", "", "-8s", "0", "1:2:3:4", "8 days", "99999999999999999999999h", "."] {
            assert_eq!(say(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(millis in any::<u64>()) {
            let span = Duration::from_millis(millis);
            prop_assert_eq!(parse(&words(span)), Ok(span));
        }

        #[test]
        fn no_text_breaks_it(text in "\\PC*|[0-9hms]{0,30}") {
            let _ = (parse(&text), guess(&text));
        }
    }
}
