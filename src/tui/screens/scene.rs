//! All that a page may show, and what many pages say the same way.

use core::time::Duration;

use super::Sheet;
use crate::content::keymap::Action;
use crate::tui::app::{App, Saving};
use crate::tui::view::{Body, Fit, Foot, Form, Line, Means, OneLine, Page, Piece, Tone, View};
use engine::protocol::words::clock;
use engine::protocol::{Kind, Protocol, Section};
use engine::safety::{Contact, Roller};
use engine::session::{Due, Session, Step};
use engine::timeline::{Now, whole_seconds};

/// What a page is made from.
#[derive(Debug, Clone, Copy)]
pub(in crate::tui) struct Scene<'a> {
    /// What it is made for.
    pub(super) form: Form,
    /// All that the program knows.
    pub(super) app: &'a App,
    /// The session, once begun.
    pub(super) session: Option<&'a Session>,
    /// What is followed, or would be.
    pub(super) protocol: &'a Protocol,
    /// The present, on the session's time line.
    pub(super) now: Now,
}

impl<'a> Scene<'a> {
    /// What stands there `now`, in that form.
    pub(in crate::tui) fn new(app: &'a App, now: Now, form: Form) -> Scene<'a> {
        let session = app.session();
        let protocol = session.map_or(&*app.protocols.session, |session| session.protocol());
        let now = app.running_session.as_ref().map_or(now, |running| running.local(now));
        Scene { form, app, session, protocol, now }
    }

    /// At a change of section the whole screen stands in reverse for one second, for a person who said at the last touch
    /// that the cues are not noticed.
    pub(in crate::tui) fn is_turned(&self) -> bool {
        let Some(session) = self.session.filter(|_| self.app.motion) else { return false };
        let changes = matches!(session.step(), Some(Step::Running { due: Due::Move { .. } | Due::Saline, .. }));
        let is_fresh = session.step_taken(self.now).is_some_and(|taken| taken < Duration::from_secs(1));
        let is_covered = self.app.overlay.is_some() || self.app.saving_failed();
        changes && is_fresh && session.cues_heard() == Some(false) && !is_covered
    }

    pub(super) fn say(&self, word: &str) -> String {
        self.app.words.say(word)
    }

    pub(super) fn fill(&self, word: &str, places: &[(&str, &str)]) -> String {
        self.app.words.fill(word, places)
    }

    /// Whether there is room for whole sentences.
    pub(super) fn is_wide(&self) -> bool {
        self.form.is_wide()
    }

    /// `word`, or `word-narrow` in a narrow window.
    pub(super) fn both(&self, word: &str, places: &[(&str, &str)]) -> String {
        if self.is_wide() { self.fill(word, places) } else { self.fill(&format!("{word}-narrow"), places) }
    }

    /// What the names of texts for narrow windows end with, there.
    pub(super) fn narrow(&self) -> &'static str {
        if self.is_wide() { "" } else { "-narrow" }
    }

    /// Words of the first row: the longer ones only where the window is wide.
    pub(super) fn fit(&self, long: impl FnOnce() -> Line, short: impl FnOnce() -> Line) -> Fit {
        Fit { long: self.is_wide().then(long), short: short() }
    }

    /// The name of the text that holds here: a rehearsal writes nothing and retires nothing, so it says so, and a
    /// checklist that is not saved is not written down either.
    pub(super) fn kept_or<'w>(&self, kept: &'w str, unkept: &'w str) -> &'w str {
        let is_kept = match self.protocol.kind {
            Kind::Session => true,
            Kind::Check => self.app.check_is_kept,
            Kind::Rehearsal => false,
        };
        if is_kept { kept } else { unkept }
    }

    /// The name of the text that holds here: where a session goes on unsaved, nothing is said to be saved.
    pub(super) fn if_saved<'w>(&self, saved: &'w str, unsaved: &'w str) -> &'w str {
        if self.app.saving == Saving::Saved { saved } else { unsaved }
    }

    /// The key of `action` on this screen, before what it does.
    pub(super) fn key_of(&self, action: Action) -> Line {
        let key = self.app.keymap.shown(self.app.screen_name(), action);
        Line::meaning(key, Tone::Strong, Means::Key(action))
    }

    /// What stands where an answer will.
    pub(super) fn unanswered(&self) -> Line {
        Line::meaning(self.say("unanswered"), Tone::Quiet, Means::Unanswered)
    }

    pub(super) fn sheet(&self) -> Sheet<'a> {
        Sheet::new(*self)
    }

    /// A title in the head in place of the steps.
    pub(super) fn title(&self, text: impl Into<String>) -> Fit {
        Fit::same(Line::toned(text, Tone::Strong))
    }

    /// The contact clock, for the head's right end.
    pub(super) fn soak_status(&self) -> Fit {
        let Some(session) = self.session.filter(|session| session.protocol().kind != Kind::Check) else {
            return Fit::default();
        };
        let said = |word: &str| Line::plain(self.say(word));
        match session.contact() {
            Contact::NotStarted => self.fit(|| said("soak.none"), || said("soak.none-narrow")),
            Contact::Soaking { ends } => {
                let left = clock(ends.since(self.now.moment));
                Fit::same(Line::toned(self.fill("soak.running", &[("left", &left)]), Tone::Strong))
            }
            Contact::Soaked => self.fit(|| said("soak.done"), || said("soak.done-narrow")),
            Contact::SealedPack => Fit::same(said("soak.sealed")),
        }
    }

    /// A word that stands on every screen.
    pub(super) fn mark(&self) -> Option<Piece> {
        let alert = |word: &str| Some(Piece::new(self.say(word), Tone::Alert));
        if self.app.saving != Saving::Saved {
            alert("mark.unsaved")
        } else if self.protocol.kind == Kind::Rehearsal && self.session.is_some() {
            Some(Piece::new(self.say("mark.rehearsal"), Tone::Wait))
        } else if self.protocol.trial {
            Some(Piece::new(self.say("mark.trial"), Tone::Wait))
        } else {
            None
        }
    }

    pub(super) fn keys(&self, live: impl Fn(Action) -> bool) -> Foot {
        let notice = |text: &str, scroll| Foot::Notice { line: Line::toned(text, Tone::Strong), scroll };
        match (self.app.ctrl_c_at.is_some(), self.app.notice.get()) {
            (true, _) => notice(&self.say("interrupted"), 0),
            (false, Some((text, scroll))) => notice(text, scroll),
            (false, None) => Foot::Keys(self.app.keymap.hints(self.app.screen_name(), live)),
        }
    }

    /// A page whose footer names the numbers of `count` choices and no others.
    pub(super) fn numbered(&self, mut view: View, count: usize) -> View {
        if let Foot::Keys(hints) = &mut view.foot {
            hints.retain(|hint| count > 0 || hint.action != Action::Choose);
            for hint in hints.iter_mut().filter(|hint| hint.action == Action::Choose) {
                hint.key = if count == 1 { "1".to_owned() } else { format!("1-{count}") };
            }
        }
        view
    }

    /// A page with its head, status and keys.
    pub(super) fn page(&self, head: Fit, status: Fit, sheet: Sheet, live: impl Fn(Action) -> bool) -> View {
        let page = self.scrolled(sheet);
        let body = match self.form {
            Form::OneLine => {
                Body::OneLine(OneLine { clock: None, text: head.short.text(), field: page.field().cloned() })
            }
            Form::Tiny | Form::Compact | Form::Full | Form::LineMode => Body::Page(page),
        };
        self.view(head, status, body, self.keys(live))
    }

    /// A page whose time left is what matters most: it stands in one line too, and `few` lines in a tiny window.
    pub(super) fn timed_body<'s>(
        &self,
        clock: String,
        text: impl FnOnce() -> String,
        few: impl FnOnce() -> Vec<Line>,
        sheet: impl FnOnce() -> Sheet<'s>,
    ) -> Body {
        match self.form {
            Form::OneLine => Body::OneLine(OneLine { clock: Some(clock), text: text(), field: None }),
            Form::Tiny => Body::Few(few()),
            Form::Compact | Form::Full | Form::LineMode => Body::Page(self.scrolled(sheet())),
        }
    }

    pub(super) fn view(&self, head: Fit, status: Fit, body: Body, mut foot: Foot) -> View {
        if self.protocol.kind == Kind::Rehearsal
            && let Some(hint) = foot.hint(Action::Stop)
        {
            // "stop and save" would promise what a rehearsal does not do.
            hint.label.clone_from(&hint.short);
        }
        View { head, status, reversed: false, mark: self.mark(), body, foot }
    }

    fn scrolled(&self, sheet: Sheet) -> Page {
        Page { blocks: sheet.finish(), scroll: self.app.viewport.scroll }
    }

    /// `19:46`: the time of day when `after` has passed.
    pub(super) fn time_of_day(&self, after: Duration) -> String {
        self.now.wall.plus(Duration::from_secs(whole_seconds(after))).time_of_day()
    }

    pub(super) fn section_name(&self, section: Section) -> String {
        self.protocol.sections[section].name.clone()
    }

    pub(super) fn section_bare(&self, section: Section) -> String {
        self.protocol.sections[section].bare.clone()
    }

    pub(super) fn loud_name(&self, section: Section) -> String {
        self.section_name(section).to_uppercase()
    }

    /// Names joined with commas.
    pub(super) fn joined(&self, names: impl IntoIterator<Item = String>) -> String {
        names.into_iter().collect::<Vec<_>>().join(&self.say("join"))
    }

    /// How long it is to a day that far ahead, in the unit that a person would take: "in 6 months".
    pub(super) fn span_ahead(&self, days: u32) -> String {
        let of = |word: &str, length: u32| {
            let n = days.saturating_add(length / 2) / length;
            self.fill(word, &[("n", &n.to_string())])
        };
        match days {
            ..=1 => self.say("ahead.day"),
            2..=13 => of("ahead.days", 1),
            14..=59 => of("ahead.weeks", 7),
            60..=729 => of("ahead.months", 30),
            730.. => of("ahead.years", 365),
        }
    }

    pub(super) fn stroke_name(&self, stroke: usize) -> String {
        self.protocol.strokes.get(stroke).map(|stroke| stroke.name.clone()).unwrap_or_default()
    }

    /// What says that `section` is the last one of today; empty for any other. Its number is that of the map.
    pub(super) fn last_mark(&self, section: Section) -> String {
        let is_last = self.planned_sections(self.session).last() == Some(&section);
        if is_last { self.say("free.last") } else { String::new() }
    }

    /// The sections that `session` is about to roll, in order, those already rolled included.
    pub(super) fn planned_sections(&self, session: Option<&Session>) -> Vec<Section> {
        let permit = session.and_then(Session::permit);
        let rolled = |section: Section| session.is_some_and(|session| session.progress()[section].end.is_some());
        let order = self.protocol.order.iter().copied();
        order.filter(|section| rolled(*section) || permit.is_none_or(|permit| permit.allows(*section))).collect()
    }

    /// How often `roller` was used, as far as is known; the short form leaves out what was before.
    pub(super) fn uses(&self, roller: &Roller, short: bool) -> String {
        let before = !short && self.app.startup.was_used_before(&roller.id);
        let word = match (self.app.startup.uses_are_known, before) {
            (true, false) => "used-of",
            (true, true) => "used-of-before",
            // Nobody can say how often.
            (false, _) if roller.uses == 0 => "used-not-known",
            (false, _) => "used-at-least",
        };
        self.fill(word, &[("used", &roller.uses.to_string()), ("limit", &self.app.startup.uses_limit.to_string())])
    }

    /// `text` for the right end of the head, the same in every window.
    pub(super) fn status(&self, text: impl Into<String>) -> Fit {
        Fit::same(Line::plain(text))
    }
}
