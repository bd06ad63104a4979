//! A zone that TZ spells out, as in `CET-1CEST,M3.5.0,M10.5.0/3`, read as leniently as the C library reads it.

use tz::TimeZone;
use tz::timezone::{
    AlternateTime, Julian0WithLeap, Julian1WithoutLeap, LocalTimeType, MonthWeekDay, RuleDay, TransitionRule,
};

const MINUTE: i32 = 60;
const HOUR: i32 = 3_600;

/// A zone that was parsed from text.
pub(super) struct ParsedZone {
    pub(super) zone: TimeZone,
    /// Whether all of the text was understood.
    pub(super) is_whole: bool,
}

/// Whether `text` means UTC, whatever its case.
pub(super) fn is_utc(text: &str) -> bool {
    ["UTC", "GMT", "Z", "UCT", "Zulu", "Universal"].iter().any(|name| text.eq_ignore_ascii_case(name))
}

/// The zone that `text` spells out; None if it does not begin with a name and an offset.
pub(super) fn read(text: &str) -> Option<ParsedZone> {
    let rest = name(text)?;
    let (standard, rest) = standard(rest)?;
    let fixed = |offset, is_whole| {
        let kind = LocalTimeType::with_ut_offset(offset).ok()?;
        let zone = TimeZone::new(Vec::new(), vec![kind], Vec::new(), Some(TransitionRule::Fixed(kind))).ok()?;
        Some(ParsedZone { zone, is_whole })
    };
    if rest.is_empty() {
        return fixed(standard, true);
    }
    // As in the C library, unreadable rules put both changes at the first moment of the year, with standard time
    // between them where it is behind. An unreadable name means UTC.
    let unruled = |summer| {
        if summer <= standard {
            return None;
        }
        let first = (RuleDay::Julian0WithLeap(Julian0WithLeap::new(0).ok()?), 0);
        let zone = alternate(standard, summer, first, first)?;
        Some(ParsedZone { zone, is_whole: false })
    };
    let Some(after) = name(rest) else { return unruled(0).or_else(|| fixed(standard, false)) };
    let (summer, rest) = offset(after).unwrap_or((standard + HOUR, after));
    // The rules of the United States hold where none are given.
    let Some((start, after)) = rule(rest, "M3.2.0") else {
        let is_begun = rest.trim_start_matches(',').starts_with(['J', 'M']);
        return if is_begun { None } else { unruled(summer) }.or_else(|| fixed(standard, false));
    };
    let rest = after;
    let end = rule(rest, "M11.1.0");
    let is_whole = end.as_ref().is_some_and(|(_, rest)| rest.is_empty());
    // An unreadable second rule means the first of January.
    let end = end.map_or((RuleDay::Julian0WithLeap(Julian0WithLeap::new(0).ok()?), 0), |(end, _)| end);
    match alternate(standard, summer, start, end) {
        Some(zone) => Some(ParsedZone { zone, is_whole }),
        None => fixed(standard, false),
    }
}

fn alternate(standard: i32, summer: i32, start: (RuleDay, i32), end: (RuleDay, i32)) -> Option<TimeZone> {
    let (standard, summer) =
        (LocalTimeType::new(standard, false, None).ok()?, LocalTimeType::new(summer, true, None).ok()?);
    let rule = AlternateTime::new(standard, summer, start.0, start.1, end.0, end.1).ok()?;
    let rule = Some(TransitionRule::Alternate(rule));
    TimeZone::new(Vec::new(), vec![standard, summer], Vec::new(), rule).ok()
}

/// The text after a zone's name: three or more letters, or letters, digits and signs in angle brackets.
fn name(text: &str) -> Option<&str> {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    if text.len() - rest.len() >= 3 {
        return Some(rest);
    }
    let (name, rest) = text.strip_prefix('<')?.split_once('>')?;
    let is_plain = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '+' || c == '-');
    (is_plain && name.len() >= 3).then_some(rest)
}

/// The offset of standard time, which is required, and the rest of the text.
fn standard(text: &str) -> Option<(i32, &str)> {
    text.starts_with(|c: char| c == '+' || c == '-' || c.is_ascii_digit()).then(|| offset(text)).flatten()
}

/// Seconds ahead of UTC, which the text counts the other way round, and the rest of the text.
fn offset(text: &str) -> Option<(i32, &str)> {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let ([hours, minutes, seconds], rest) = clock(unsigned)?;
    let span = hours.min(24) * HOUR + minutes.min(59) * MINUTE + seconds.min(59);
    Some((if text.starts_with('-') { span } else { -span }, rest))
}

/// One to three numbers with colons between them, and the rest of the text.
fn clock(text: &str) -> Option<([i32; 3], &str)> {
    let (hours, mut rest) = number(text)?;
    let mut parts = [hours, 0, 0];
    for part in parts.iter_mut().skip(1) {
        let Some((value, after)) = rest.strip_prefix(':').and_then(number) else { break };
        (*part, rest) = (value, after);
    }
    Some((parts, rest))
}

fn number(text: &str) -> Option<(i32, &str)> {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = text.strip_suffix(rest)?;
    // Numbers above sixteen bits are refused.
    digits.parse::<u16>().ok().map(|value| (i32::from(value), rest))
}

/// The day of a change with the second of that day, and the rest of the text. `usual` applies if nothing is left.
fn rule<'a>(text: &'a str, usual: &str) -> Option<((RuleDay, i32), &'a str)> {
    let text = text.strip_prefix(',').unwrap_or(text);
    if text.is_empty() {
        return day(usual).map(|(day, _)| ((day, 2 * HOUR), text));
    }
    let (day, rest) = day(text)?;
    match rest.strip_prefix('/') {
        None if rest.is_empty() || rest.starts_with(',') => Some(((day, 2 * HOUR), rest)),
        None | Some("") => None,
        Some(time) => {
            let unsigned = time.strip_prefix('-').unwrap_or(time);
            let ([hours, minutes, seconds], rest) = clock(unsigned).unwrap_or(([2, 0, 0], unsigned));
            let span = hours.checked_mul(HOUR)?.checked_add(minutes * MINUTE + seconds)?;
            Some(((day, if time.starts_with('-') { -span } else { span }), rest))
        }
    }
}

fn day(text: &str) -> Option<(RuleDay, &str)> {
    if let Some(text) = text.strip_prefix('J') {
        let (day, rest) = number(text)?;
        let day = Julian1WithoutLeap::new(u16::try_from(day).ok()?).ok()?;
        return Some((RuleDay::Julian1WithoutLeap(day), rest));
    }
    if let Some(text) = text.strip_prefix('M') {
        let (month, rest) = number(text)?;
        let (week, rest) = number(rest.strip_prefix('.')?)?;
        let (day, rest) = number(rest.strip_prefix('.')?)?;
        let [month, week, day] = [month, week, day].map(|part| u8::try_from(part).unwrap_or(u8::MAX));
        return Some((RuleDay::MonthWeekDay(MonthWeekDay::new(month, week, day).ok()?), rest));
    }
    let (day, rest) = number(text)?;
    let day = Julian0WithLeap::new(u16::try_from(day).ok()?).ok()?;
    Some((RuleDay::Julian0WithLeap(day), rest))
}
