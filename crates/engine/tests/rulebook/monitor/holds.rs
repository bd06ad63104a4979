//! What must be so after every event.

use std::time::Duration;

use dermaroll_engine::protocol::{ItemIx, Section};
use dermaroll_engine::safety::{Answer, Contact};
use dermaroll_engine::session::{ContactKept, Due, Effect, Event, Judgement, Outcome, SectionEnd, Session, Summary};
use dermaroll_engine::timeline::{Moment, Now};

use super::super::world::ROLLERS;
use super::{At, Monitor, Soak, View};

impl Monitor {
    pub(super) fn check_effects(
        &mut self,
        before: &View,
        event: &Event,
        effects: &[Effect],
        session: &Session,
        now: Now,
        after: &View,
    ) -> Result<(), String> {
        let Some(Effect::Record(entry)) = effects.first() else {
            return Err("recorded is not the first effect".into());
        };
        hold!(
            entry.number == session.entries() && entry.now == now && entry.event == *event,
            "recorded wrongly: {entry:?}"
        );
        hold!(effects.iter().skip(1).all(|effect| !matches!(effect, Effect::Record(_))), "recorded twice");
        for effect in effects {
            if let Effect::Close(summary) = effect {
                self.closes += 1;
                self.check_summary(summary, session, now, after)?;
            }
        }
        hold!(self.closes <= 1, "closed {} times", self.closes);
        let over = matches!(after.at, At::After { .. } | At::Ended);
        hold!(!over || self.closes == 1, "{:?}, but closed {} times", after.at, self.closes);
        let retires = effects.iter().any(|effect| matches!(effect, Effect::RetireRoller { .. }));
        let retired = self.is_to_retire(event, before);
        let for_good = retired && !self.protocol.trial;
        hold!(retires == for_good, "{event:?} retires a roller: {retires}");
        self.retired |= retired;
        if retired {
            self.barred.extend(self.in_use.clone());
        }
        hold!(session.roller_is_retired() == self.retired, "{event:?} leaves the roller as {}", self.retired);
        let leaves = effects.contains(&Effect::Leave);
        let left = *event == Event::Left && after.at == At::Ended;
        hold!(leaves == left, "{event:?} leaves: {leaves}");
        Ok(())
    }

    pub(super) fn check_moves(
        &self,
        before: &View,
        event: &Event,
        after: &View,
        were_clean: bool,
    ) -> Result<(), String> {
        for (section, rolled) in after.rolled.iter() {
            hold!(*rolled >= before.rolled[section], "{event:?} takes recorded seconds of {section:?} back");
        }
        if let Event::Resumed { .. } = event {
            let cut = before.under_drum();
            let same = Section::ALL.into_iter().all(|section| {
                let more = u32::from(cut == Some(section));
                after.rolled[section] == before.rolled[section]
                    && after.cut_off[section] == before.cut_off[section] + more
            });
            hold!(same, "a crash credits time, or what was cut off does not count");
        }
        self.check_stop(before, event, after)?;
        let halts =
            matches!(event, Event::Paused { .. } | Event::Slept { .. } | Event::Stalled { .. } | Event::Resumed { .. });
        hold!(!halts || after.runs().is_none(), "{event:?} halts nothing");
        let Some(due) = after.runs() else { return Ok(()) };
        if before.runs() == Some(due) && before.at == after.at {
            return Ok(());
        }
        let led = match (due, event) {
            (Due::Prepare, Event::HandsFree) => after.section.is_some(),
            (
                Due::Prepare | Due::HandClean,
                Event::WentOn | Event::Enough | Event::OneMore | Event::RollerSwapped { .. },
            ) => true,
            (Due::HandClean, Event::Stopped { .. } | Event::AdviceRead | Event::RollerRetired | Event::KeptAsPart) => {
                after.cleans_for_saline() || (after.held() == Some(Due::Serum) && before.held() == Some(Due::Saline))
            }
            (Due::GetReady { .. }, Event::RanOut(Due::Prepare | Due::HandClean)) => true,
            (Due::GetReady { .. } | Due::Saline | Due::Serum, Event::WentOn | Event::Enough | Event::OneMore)
                if were_clean =>
            {
                true
            }
            (Due::GetReady { section: to }, Event::OneMore) => {
                matches!(before.runs(), Some(Due::Move { section: from }) if from != to)
            }
            (Due::Move { section: to }, Event::Enough) => before.under_drum().is_some_and(|section| to != section),
            (Due::Saline, Event::Enough) => before.under_drum().is_some(),
            (Due::Stroke { section: to, .. }, Event::RanOut(Due::GetReady { section } | Due::Move { section })) => {
                to == *section
            }
            (Due::Stroke { section: to, .. }, Event::RanOut(Due::Stroke { section, .. })) => to == *section,
            (Due::Move { section: to }, Event::RanOut(Due::Stroke { section, .. })) => to != *section,
            (Due::Saline, Event::RanOut(Due::Stroke { .. } | Due::HandClean)) => true,
            (Due::Serum, Event::RanOut(Due::Saline | Due::HandClean)) => true,
            (Due::Serum, Event::Enough) => before.runs() == Some(Due::Saline),
            _ => false,
        };
        hold!(led, "{event:?} leads to {due:?}");
        let serum = due == Due::Serum || after.held() == Some(Due::Serum);
        hold!(!serum || !self.stopped && !self.reaction, "serum after a stop, blood or welts");
        Ok(())
    }

    /// A stop leads to what to do about it where there is something to do, then to clean hands and saline, or to the
    /// closed record where nothing was rolled.
    fn check_stop(&self, before: &View, event: &Event, after: &View) -> Result<(), String> {
        let advice = match event {
            Event::Stopped { reason } => !self.protocol.stop_reasons[*reason].advice.is_empty(),
            Event::KeptAsPart if before.at == At::Advice => before.anything_rolled(),
            Event::RollerRetired | Event::AdviceRead => false,
            Event::KeptAsPart if before.hands_free() && before.anything_rolled() => false,
            _ => return Ok(()),
        };
        if before.section.is_none() && before.at != At::Advice && matches!(event, Event::Stopped { .. }) {
            return Ok(());
        }
        let leads = match (advice, before.anything_rolled()) {
            (true, _) => after.at == At::Advice,
            (false, true) => after.cleans_for_saline(),
            (false, false) => matches!(after.at, At::After { serum: None } | At::Ended),
        };
        hold!(leads, "{event:?} leads to {:?}", after.at);
        hold!(after.section.is_none(), "after {event:?} there is something to roll");
        Ok(())
    }

    /// The gate, worked out anew from the answers and clocks that the monitor keeps.
    pub(super) fn check_may_roll(&self, section: Option<Section>, now: Moment) -> Result<(), String> {
        hold!(self.soaked && self.credit(self.seen.max(now)) >= self.demand(), "rolls without contact time");
        let fits = self.needle.is_some_and(|length| {
            let rules = &self.protocol.rules;
            length < rules.article_needle_limit.0 || (length <= rules.longest_needle.0 && self.acknowledged)
        });
        let is_barred = self.in_use.as_ref().is_none_or(|id| self.barred.contains(id));
        hold!(!is_barred && !self.unfit, "rolls with {:?}, which may touch no skin", self.in_use);
        hold!(fits, "rolls with needles of {:?}, acknowledged: {}", self.needle, self.acknowledged);
        hold!(self.answers.iter().all(Option::is_some), "rolls with a question open");
        hold!(!self.blocked(), "rolls against an answer that stops");
        hold!(self.confirmed.is_some_and(|judgement| judgement != Judgement::Stop), "rolls unconfirmed");
        hold!(self.skin && self.heard, "rolls without the last touch");
        hold!(!self.stopped && self.closes == 0, "rolls after a stop");
        hold!(!self.is_stale(), "rolls though it stood still for {:?}", self.idle);
        if let Some(section) = section {
            hold!(!self.shut().contains(section), "rolls {section:?}, which an answer shuts");
            hold!(self.protocol.order.contains(&section), "rolls {section:?}, which is not in the protocol");
        }
        Ok(())
    }

    pub(super) fn check_state(&self, session: &Session, view: &View, now: Now) -> Result<(), String> {
        let given: Vec<Option<Answer>> =
            (0..self.answers.len()).map(|ix| session.answers().given(ItemIx(ix)).cloned()).collect();
        hold!(given == self.answers, "the answers are {given:?}, given were {:?}", self.answers);
        let in_use = session.roller().map(|roller| &roller.id);
        hold!(in_use == self.in_use.as_ref(), "{in_use:?} is in use, not {:?}", self.in_use);
        for id in ROLLERS {
            let (barred, opened) = (session.is_barred(id), session.was_opened(id));
            hold!(barred == self.barred.contains(id), "{id} may touch no skin: {barred}");
            hold!(opened == self.opened.contains(id), "the pack of {id} was opened: {opened}");
        }
        hold!(session.unfit().is_some() == self.unfit, "the roller in use is unfit: {:?}", session.unfit());
        hold!(session.acknowledged() == self.acknowledged, "acknowledged: {}", session.acknowledged());
        self.check_contact(session.contact(), now.moment)?;
        if let At::LastTouch { skin, heard } = view.at {
            hold!((skin, heard) == (self.skin, self.heard), "at the last touch: {skin} {heard}");
        }
        if matches!(view.at, At::LastTouch { .. } | At::Verdict { stop: false }) {
            hold!(self.expected(view).is_some_and(|all| all != Judgement::Stop), "clear with {given:?}");
        }
        match view.runs() {
            Some(Due::Prepare) => self.check_may_roll(view.section, now.moment)?,
            Some(Due::GetReady { section } | Due::Move { section } | Due::Stroke { section, .. }) => {
                hold!(view.section == Some(section), "rolls {section:?} when {:?} is shown", view.section);
                hold!(view.end[section].is_none(), "rolls {section:?}, which is over");
                self.check_may_roll(Some(section), now.moment)?;
            }
            Some(Due::HandClean | Due::Saline | Due::Serum | Due::Contact) | None => {}
        }
        if let At::Running { due: Due::HandClean, then, .. } = view.at {
            let then = then.map(|held| held.due);
            hold!(matches!(then, Some(Due::Stroke { .. } | Due::Saline | Due::Serum)), "clean hands lead to {then:?}");
            hold!(then != Some(Due::Serum) || !self.reaction, "serum on blood or welts");
            if let Some(Due::Stroke { section, .. }) = then {
                self.check_may_roll(Some(section), now.moment)?;
            }
        }
        if matches!(view.at, At::Paused(_) | At::Touched(_) | At::Advice) {
            let soaks = matches!(session.contact(), Contact::Soaking { .. });
            hold!(session.deadline().is_none() || soaks, "a clock runs in {:?}", view.at);
        }
        hold!(session.saw_blood_or_welts() == self.reaction, "blood or welts: {}", session.saw_blood_or_welts());
        let events = session.tally().roller_events;
        hold!(events == self.roller_events, "{events} times the roller touched something, not {}", self.roller_events);
        self.check_times(session, view)
    }

    pub(super) fn check_contact(&self, contact: Contact, now: Moment) -> Result<(), String> {
        match contact {
            Contact::NotStarted => hold!(self.soak == Soak::None || self.unfit, "the soak is forgotten"),
            Contact::SealedPack => hold!(self.soak == Soak::Sealed, "a sealed pack out of nowhere"),
            Contact::Soaked => hold!(
                matches!(self.soak, Soak::Liquid { .. }) && self.soaked && self.credit(now) >= self.demand(),
                "soaked after {:?}",
                self.credit(now)
            ),
            Contact::Soaking { ends } => {
                let left = self.demand().saturating_sub(self.credit(now));
                hold!(
                    !self.soaked && ends.since(now) >= left,
                    "contact time is over-credited: {:?} for {left:?}",
                    ends.since(now)
                );
                // No credit is lost either, but where the time line itself has no room for it.
                let room = ends > Moment::ZERO;
                hold!(!room || ends.since(now) == left, "contact time is lost: {:?} for {left:?}", ends.since(now));
            }
        }
        Ok(())
    }

    pub(super) fn check_times(&self, session: &Session, view: &View) -> Result<(), String> {
        let mut sum = Duration::ZERO;
        let mut all = Duration::ZERO;
        for section in Section::ALL {
            let progress = &session.progress()[section];
            let (rolled, attended) = (progress.rolled(), self.attended[section]);
            hold!(rolled <= attended, "{section:?} has {rolled:?} of {attended:?} attended");
            let strokes = self.protocol.strokes.len() + usize::from(self.one_more.contains(section));
            let length = session.stroke_length(section);
            let limit = length.saturating_mul(u32::try_from(strokes).unwrap());
            let carried = self.carried.contains(section);
            hold!(carried || rolled <= limit, "{section:?} has {rolled:?} of at most {limit:?}");
            hold!(carried || progress.plan.len() == strokes, "{section:?} has {} strokes", progress.plan.len());
            let whole = length.saturating_mul(u32::try_from(self.protocol.strokes.len()).unwrap());
            let done = view.end[section] == Some(SectionEnd::Done);
            let excused = carried || progress.cut_off > 0;
            hold!(!done || excused || rolled >= whole, "{section:?} is done after {rolled:?}");
            hold!(
                view.end[section] != Some(SectionEnd::LeftOut) || !view.begun(section),
                "{section:?} was left out in part"
            );
            sum += rolled;
            all = all.saturating_add(attended);
        }
        hold!(sum <= all, "{sum:?} rolled of {all:?}");
        Ok(())
    }

    pub(super) fn check_summary(
        &self,
        summary: &Summary,
        session: &Session,
        now: Now,
        view: &View,
    ) -> Result<(), String> {
        let all: Duration = view.rolled.iter().map(|(_, rolled)| *rolled).sum();
        hold!(summary.rolled == all, "{:?} in the summary, {all:?} rolled", summary.rolled);
        hold!(summary.judgement == self.confirmed, "{:?} in the summary", summary.judgement);
        hold!(session.summary() == Some(summary), "the summary kept is another one");
        let blocked = self.confirmed == Some(Judgement::Stop);
        hold!(summary.reasons.is_empty() != blocked, "a stop has its reasons: {:?}", summary.reasons);
        for (section, told) in summary.sections.iter() {
            hold!(told.rolled == view.rolled[section], "{section:?} has {:?} in the summary", told.rolled);
            if view.begun(section) {
                let end = !matches!(told.end, SectionEnd::NotReached | SectionEnd::Skipped | SectionEnd::LeftOut);
                hold!(end, "{section:?} was rolled and ends as {:?}", told.end);
            }
            let skipped = told.end == SectionEnd::Skipped;
            hold!(!skipped || !told.skip.is_empty(), "{section:?} is skipped without a reason");
            let shut = self.answers.iter().all(Option::is_some) && self.shut().contains(section);
            let ended = view.end[section].is_some();
            let nothing_left = self.expected(view) == Some(Judgement::Stop) && told.end == SectionEnd::NotReached;
            hold!(
                !shut || skipped || ended || view.begun(section) || nothing_left,
                "{section:?} is shut and ends as {:?}",
                told.end
            );
        }
        let whole = |section: &Section| {
            let end = summary.sections[*section].end;
            matches!(end, SectionEnd::Done | SectionEnd::Enough | SectionEnd::LeftOut | SectionEnd::Skipped)
        };
        let whole = self.protocol.order.iter().all(whole);
        let fits = match summary.outcome {
            Outcome::Finished => whole && !self.stopped && view.anything_rolled(),
            Outcome::Part => view.anything_rolled() && (self.stopped || !whole),
            Outcome::StoppedByList => blocked && !view.anything_rolled(),
            Outcome::LeftBefore => !blocked && !view.anything_rolled(),
        };
        hold!(fits, "{:?} with {:?}", summary.outcome, summary.sections);
        let credit = match summary.contact {
            ContactKept::None | ContactKept::SealedPack => Duration::ZERO,
            ContactKept::InLiquid(span) => span,
        };
        hold!(credit <= self.credit(now.moment), "{credit:?} in the liquid of {:?}", self.credit(now.moment));
        Ok(())
    }
}
