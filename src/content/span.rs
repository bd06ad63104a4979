//! For how long a line of aftercare holds, as people write it: `today`, `24 hours`, `5 days`.

use core::time::Duration;

use super::raw::Text;
use super::refusal::Refusal;
use super::source::Source;
use store::sanitise::brief;

const HOUR: u64 = 3_600;
const DAY: u64 = 24 * HOUR;

/// What `today` counts as: it reaches from any session over the evening.
const TODAY: u64 = 12 * HOUR;

/// The longest span, in days.
const MOST_DAYS: u64 = 90;

/// The span in words and as a time.
pub(super) fn read(source: &Source, text: &Text) -> Result<(String, Duration), Refusal> {
    let words = text.get_ref().trim();
    match seconds(words).filter(|seconds| (1..=MOST_DAYS * DAY).contains(seconds)) {
        Some(seconds) => Ok((words.to_owned(), Duration::from_secs(seconds))),
        None => {
            let what = format!("span \"{}\" is no span", brief(words));
            let todo = format!("Write hours or days, such as 24 hours or 5 days, at most {MOST_DAYS} days, or today.");
            Err(source.refuse(text.span(), what, todo))
        }
    }
}

fn seconds(words: &str) -> Option<u64> {
    if words == "today" {
        return Some(TODAY);
    }
    let (number, unit) = words.split_once(' ')?;
    let each = match unit {
        "hour" | "hours" => HOUR,
        "day" | "days" => DAY,
        _ => return None,
    };
    let is_plain = number.bytes().all(|digit| digit.is_ascii_digit());
    number.parse::<u64>().ok().filter(|_| is_plain)?.checked_mul(each)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_days_and_today_are_spans() {
        for (words, hours) in [("1 hour", 1), ("24 hours", 24), ("1 day", 24), ("5 days", 120), ("today", 12)] {
            assert_eq!(seconds(words), Some(hours * HOUR), "{words}");
        }
        for words in ["", "24", "hours", "24h", "+1 day", "-1 days", "1.5 days", "5  days", "a week", "Today"] {
            assert_eq!(seconds(words), None, "{words}");
        }
    }
}
