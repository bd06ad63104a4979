//! Days without rolling, sessions that ended or began early, and sections that were left out, each with the reason.

use super::document::{Document, Grouped, own};
use super::sums::is_cut_short;
use crate::export::words::{id, listed};
use crate::record::Past;
use crate::record::past::SectionRow;
use crate::record::show::stop_reason;
use engine::protocol::words::borrowed;
use engine::session::{Outcome, SectionEnd};

pub(super) fn write(page: &mut Document, shown: &[&Past]) {
    let mut found = Grouped::default();
    for session in shown {
        let day = session.day();
        if let Some(stop) = stop(page, session) {
            found.add(stop, day);
        }
        for part in session.sections.iter().filter(|_| session.counted) {
            if let Some(part) = passed_over(page, part) {
                found.add(part, day);
            }
        }
        if let Some(reason) = &session.early_reason {
            let reason = own(reason);
            found.add(
                match session.days_since_previous {
                    Some(days) => page.words.fill("early.line", &[("days", &days.to_string()), ("reason", &reason)]),
                    None => page.words.fill("early.line_unknown", &[("reason", &reason)]),
                },
                day,
            );
        }
    }
    found.write(page, "days.line");
}

fn stop(page: &Document, session: &Past) -> Option<String> {
    match session.outcome {
        Some(Outcome::StoppedByList) => {
            let reasons = listed(session.reasons.iter().map(|reason| {
                let days = reason.days_left.unwrap_or(0).to_string();
                let because = page.named("because", &reason.because).replace("{days}", &days);
                let answer = page.named("answer", reason.answer.into());
                let places = [("because", own(&because)), ("answer", answer), ("item", own(&id(&reason.item)))];
                page.words.fill("stops.reason", &borrowed(&places))
            }));
            Some(page.words.fill("stops.list", &[("reasons", &reasons)]))
        }
        Some(Outcome::LeftBefore) => Some(page.words.say("stops.left")),
        Some(_) | None if !is_cut_short(session) => None,
        Some(_) | None => {
            let given = session.stop_reason.as_ref().map(|reason| own(&stop_reason(reason)));
            let reason = given.unwrap_or_else(|| page.words.say("stops.no_reason"));
            Some(page.words.fill("stops.part", &[("reason", &reason)]))
        }
    }
}

/// What of a section was left out or gone round.
fn passed_over(page: &Document, part: &SectionRow) -> Option<String> {
    let section = own(&id(part.section.id()));
    let items = |items: &[String]| items.iter().map(|item| own(&id(item))).collect::<Vec<_>>().join(", ");
    let fill = |name, because: &[String]| page.words.fill(name, &[("section", &section), ("items", &items(because))]);
    if !part.skipped_because.is_empty() {
        Some(fill("section.skipped", &part.skipped_because))
    } else if !part.went_round.is_empty() {
        Some(fill("section.round", &part.went_round))
    } else {
        matches!(part.end, SectionEnd::Skipped | SectionEnd::LeftOut).then(|| fill("section.left_out", &[]))
    }
}
