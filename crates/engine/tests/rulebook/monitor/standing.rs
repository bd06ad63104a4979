//! For how long nothing ran or it stood still, added up from the raw events one after the other.

use std::time::Duration;

use dermaroll_engine::session::{Away, Event};
use dermaroll_engine::timeline::Moment;

use super::{AT_ONCE, At, Monitor, View};

impl Monitor {
    /// Whether soak and list, or the list alone, come before the drum meets the skin again.
    pub(super) fn sent_back(&self, was_soaked: bool, now: Moment) -> (bool, bool) {
        let is_stale = self.is_stale();
        (is_stale, !is_stale && was_soaked && self.answers_are_old(now))
    }

    /// At the last touch nothing ran for a while: what was said there is asked again, and for how long it was counts.
    pub(super) fn touches_anew(&mut self, before: &View) -> bool {
        let at_the_last_touch = matches!(before.at, At::LastTouch { .. });
        if at_the_last_touch {
            (self.skin, self.heard, self.clicker) = (false, false, false);
        }
        at_the_last_touch && self.is_stale()
    }

    pub(super) fn is_stale(&self) -> bool {
        self.idle > self.protocol.rules.stale_after
    }

    /// What passed until `event`, on the time line and beside it, as far as nothing ran or it stood still meanwhile.
    pub(super) fn stand(&mut self, before: &View, event: &Event, now: Moment) {
        let on_the_line = now.since(self.last);
        self.last = self.last.max(now);
        let beside = match event {
            Event::Slept { span } | Event::Resumed { away: Away::For { most: span, .. }, .. } => *span,
            _ => Duration::ZERO,
        };
        let stood = match (before.at, event) {
            (At::Running { .. } | At::LastTouch { .. }, Event::Stalled { span }) => *span,
            (At::Running { .. } | At::LastTouch { .. }, _) => beside,
            (At::Paused(_) | At::Touched(_), _) => on_the_line.saturating_add(beside),
            (At::Soaking(_), _) => {
                let all = on_the_line.saturating_add(beside);
                let in_liquid = all.min(self.soaking_left);
                self.soaking_left -= in_liquid;
                all - in_liquid
            }
            _ => Duration::ZERO,
        };
        self.idle = self.idle.saturating_add(stood);
    }

    /// Time under the drum since the last event. A countdown that ran out ended when its time was over if that was
    /// told at once; what a stall took was not attended.
    pub(super) fn attend(&mut self, before: &View, event: &Event, now: Moment) {
        let until = match (event, before.at) {
            (Event::Stalled { span }, _) => now.minus(*span),
            (Event::RanOut(over), At::Running { due, ends, .. }) if due == *over && now.since(ends) <= AT_ONCE => ends,
            _ => now,
        };
        if let Some(section) = before.under_drum() {
            let span = until.since(self.seen);
            self.attended[section] = self.attended[section].saturating_add(span);
        }
        self.seen = self.seen.max(if matches!(event, Event::Stalled { .. }) { now } else { until });
    }
}
