//! What came between: pauses with their causes, touches of the roller and what followed, times away.

use super::Page;
use super::terms::{clean, id, time};
use crate::record::entry::Fields;
use crate::record::read::Reading;

impl Page {
    /// One line for each, with the time of day.
    pub(super) fn events(&mut self, reading: &Reading) {
        let entries = &reading.entries;
        let line = |(place, fields): (usize, &Fields)| {
            let what = self.event(fields, entries.get(place..).unwrap_or_default())?;
            let at = fields.at.map(|at| at.local_second()).unwrap_or_default();
            Some(self.words.fill("event.line", &[("time", &at), ("what", &what)]))
        };
        let lines: Vec<String> = entries.iter().enumerate().filter_map(line).collect();
        self.rows("label.events", &lines);
    }

    /// What `fields` tells of; `from` begins with it.
    fn event(&self, fields: &Fields, from: &[Fields]) -> Option<String> {
        let name = fields.name.as_deref().map(clean).unwrap_or_default();
        Some(match fields.event.as_str() {
            "paused" => {
                let after = from.get(1..).unwrap_or_default();
                // Going on after a touch begins with clean hands, which is part of the standing still.
                let mut rest = after.iter().skip_while(|later| later.event == "paused" || is_a_halt(later)).peekable();
                let gone_on = rest.next();
                let hands = rest.peek().filter(|next| next.due.as_deref() == Some("hand-clean"));
                let ended = hands.copied().or(gone_on);
                let paused = match ended.map(|ended| time(ended.t.saturating_sub(fields.t))) {
                    Some(long) => self.words.fill("event.paused", &[("long", &long)]),
                    None => self.words.say("event.paused-still"),
                };
                let section = after.iter().find_map(|later| later.section.as_deref()).map(id).unwrap_or_default();
                let cause = self.word("cause", fields.cause.as_deref().unwrap_or_default());
                let parts = [paused, cause, section];
                parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
            }
            "needles-rejected" => self.words.say("event.needles-rejected"),
            "soak-started" if fields.kept.as_deref() == Some("sealed-pack") => self.words.say("event.pack-opened"),
            "soak-started" => self.words.say("event.soak-started"),
            "roller-touched" => self.words.say("event.roller-touched"),
            "soaked-again" => self.words.say("event.soaked-again"),
            "roller-unfit" => self.word("unfit", fields.cause.as_deref().unwrap_or_default()),
            "roller-retired" => self.words.say("event.roller-retired"),
            "roller-swapped" => self.words.fill("event.roller-swapped", &[("name", &name)]),
            "protocol-changed" => self.words.say("event.protocol-changed"),
            "one-more" => self.words.say("event.one-more"),
            "resumed" => match fields.away_least_ms {
                Some(away) => self.words.fill("event.resumed", &[("long", &time(away))]),
                None => self.words.say("event.resumed-unknown"),
            },
            _ => return None,
        })
    }
}

/// What is told while it stands still.
fn is_a_halt(fields: &Fields) -> bool {
    matches!(
        fields.event.as_str(),
        "slept" | "stalled" | "roller-touched" | "roller-unfit" | "soaked-again" | "roller-swapped"
    )
}
