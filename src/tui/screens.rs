//! Session, focus and time in; a [`View`] out. One file per group of screens; none of them decides anything.

mod after;
mod dates;
mod halt;
mod head;
mod hands_free;
mod help;
mod list;
mod map;
mod resume;
mod roller;
mod sheet;
mod soak;
mod verdict;
mod wash;
mod welcome;

pub use help::key_rows;
pub use welcome::reading;

use core::time::Duration;

use crate::content::keymap::{Action, Keymap};
use crate::tui::focus::{Focus, Overlay};
use crate::tui::view::{Body, Fit, Foot, Line, Means, Page, Piece, Tone, View};
use engine::protocol::words::clock;
use engine::protocol::{Kind, Protocol, Section, Words};
use engine::safety::{Contact, Roller};
use engine::session::{Due, Session, Stage, Step};
use engine::timeline::{Now, whole_seconds};
use head::HeadStage;
use sheet::Sheet;
use store::known::{Awake, Known, Offer};

/// All that a screen may show.
#[derive(Debug, Clone, Copy)]
pub struct Scene<'a> {
    /// Words of the screens.
    pub words: &'a Words,
    /// Keys.
    pub keymap: &'a Keymap,
    /// What is followed, or would be.
    pub protocol: &'a Protocol,
    /// The session, once begun.
    pub session: Option<&'a Session>,
    /// The screen.
    pub focus: &'a Focus,
    /// What stands over it.
    pub overlay: Option<Overlay>,
    /// The screen's name in the key table.
    pub screen: &'a str,
    /// The name of the screen below an overlay; without one, that of the screen.
    pub below: &'a str,
    /// What is known from before.
    pub known: &'a Known,
    /// The unfinished session that is asked about.
    pub offer: Option<&'a Offer>,
    /// Name of the serum.
    pub serum: &'a str,
    /// A word about the last key, and how many rows of it are scrolled.
    pub notice: Option<(&'a str, usize)>,
    /// Ctrl-C was pressed once.
    pub interrupted: bool,
    /// Why the last write failed, while the person has to choose.
    pub not_saved: Option<&'a str>,
    /// The person goes on without saving.
    pub unsaved: bool,
    /// A check is being kept.
    pub check_is_kept: bool,
    /// Bars move each second, and the whole screen may stand in reverse for one.
    pub motion: bool,
    /// Whether the screen stays on.
    pub awake: Awake,
    /// A line of the review was chosen by moving to it.
    pub line_chosen: bool,
    /// Every line of the review was on screen.
    pub review_read: bool,
    /// Rows scrolled.
    pub scroll: usize,
    /// There is more than the window shows.
    pub scrolls: bool,
    /// Serum was asked for after a stop.
    pub serum_given: bool,
    /// The present, on the session's time line.
    pub now: Now,
}

/// What the person sees.
pub fn view(scene: &Scene) -> View {
    View { reversed: is_turned(scene), ..screen(scene) }
}

/// At a change of section the whole screen stands in reverse for one second, for a person who said at the last touch that
/// the cues are not noticed.
fn is_turned(scene: &Scene) -> bool {
    let Some(session) = scene.session.filter(|_| scene.motion) else { return false };
    let changes = matches!(
        session.step(),
        Some(Step::Running { due: Due::Move(_), .. }) | Some(Step::Running { due: Due::Saline, .. })
    );
    let is_fresh = session.step_taken(scene.now).is_some_and(|taken| taken < Duration::from_secs(1));
    changes && is_fresh && session.cues_heard() == Some(false) && scene.overlay.is_none() && scene.not_saved.is_none()
}

fn screen(scene: &Scene) -> View {
    if let Some(problem) = scene.not_saved {
        return help::not_saved(scene, problem);
    }
    match scene.overlay {
        Some(Overlay::Help) => return help::keys(scene),
        Some(Overlay::Why(item)) => return help::why(scene, item),
        Some(Overlay::ConfirmLeave) => return help::leave(scene),
        None => {}
    }
    match scene.focus {
        Focus::Welcome => welcome::welcome(scene),
        Focus::Resume => scene.offer.map_or_else(|| welcome::welcome(scene), |offer| resume::resume(scene, offer)),
        Focus::ConfirmDelete => {
            scene.offer.map_or_else(|| welcome::welcome(scene), |offer| resume::confirm_delete(scene, offer))
        }
        Focus::LaterNote(editor) => welcome::later_note(scene, editor),
        Focus::EarlyReason(editor) => welcome::early(scene, editor),
        Focus::Roller(step, purpose) => roller::roller(scene, step, *purpose),
        Focus::SerumName(editor) => roller::serum_name(scene, editor),
        Focus::Sterilise => soak::sterilise(scene),
        Focus::OtherSoak => soak::other(scene),
        Focus::SoakMinutes(editor) => soak::minutes(scene, editor),
        Focus::Question(item) => list::question(scene, *item),
        Focus::Doctor(item, sureness) => list::doctor(scene, *item, *sureness),
        Focus::Where(item, sureness, chosen) => list::place(scene, *item, *sureness, *chosen),
        Focus::Around(item, sureness, place) => list::around(scene, *item, *sureness, *place),
        Focus::Which(item, sureness, chosen) => list::which(scene, *item, *sureness, chosen),
        Focus::Ago(item, sureness, which, editor) => list::ago(scene, *item, *sureness, which, editor),
        Focus::Review(item) => list::review(scene, *item),
        Focus::Verdict => verdict::verdict(scene),
        Focus::LastTouch => verdict::last_touch(scene),
        Focus::HandsFree => hands_free_or_halt(scene),
        Focus::StopReason => halt::stop_reason(scene),
        Focus::ConfirmRetire => halt::confirm_retire(scene),
        Focus::After(question) => after::after(scene, *question),
        Focus::Summary => after::summary(scene),
        Focus::Note(editor) => after::note(scene, editor),
    }
}

fn hands_free_or_halt(scene: &Scene) -> View {
    match scene.session.and_then(Session::step) {
        Some(Step::Running { due: Due::Stroke { section, stroke }, clock, .. }) => {
            hands_free::rolling(scene, section, stroke, clock)
        }
        Some(Step::Running { due, clock, then }) => hands_free::countdown(scene, due, clock, then),
        Some(Step::Paused(pause)) => halt::paused(scene, &pause),
        Some(Step::RollerTouched(pause)) => halt::roller_touched(scene, &pause),
        Some(Step::SoakingAgain(pause)) => halt::soaking_again(scene, &pause),
        None => welcome::welcome(scene),
    }
}

impl<'a> Scene<'a> {
    fn say(&self, word: &str) -> String {
        self.words.say(word)
    }

    fn fill(&self, word: &str, places: &[(&str, &str)]) -> String {
        self.words.fill(word, places)
    }

    /// The name of the text that holds here: a rehearsal writes nothing and retires nothing, so it says so, and a list
    /// that is not saved is not written down either.
    fn kept_or<'w>(&self, kept: &'w str, unkept: &'w str) -> &'w str {
        let is_kept = match self.protocol.kind {
            Kind::Session => true,
            Kind::Check => self.check_is_kept,
            Kind::Rehearsal => false,
        };
        if is_kept { kept } else { unkept }
    }

    /// The key of `action` on this screen, as it is named to the person.
    fn key(&self, action: Action) -> String {
        self.keymap.shown(self.screen, action)
    }

    /// The key of `action` before what it does.
    fn key_of(&self, action: Action) -> Line {
        Line::meaning(self.key(action), Tone::Strong, Means::Key(action))
    }

    /// What stands where an answer will.
    fn unanswered(&self) -> Line {
        Line::meaning(self.say("unanswered"), Tone::Quiet, Means::Unanswered)
    }

    fn sheet(&self) -> Sheet<'a> {
        Sheet::new(*self)
    }

    /// A title in the head in place of the steps.
    fn title(&self, text: impl Into<String>) -> Fit {
        Fit::same(Line::toned(text, Tone::Strong))
    }

    /// The contact clock, for the head's right end.
    fn soak_status(&self) -> Fit {
        let Some(session) = self.session.filter(|session| session.protocol().kind != Kind::Check) else {
            return Fit::default();
        };
        let same = |word: &str| Fit::same(Line::plain(self.say(word)));
        match session.contact() {
            Contact::NotStarted => {
                Fit { wide: Line::plain(self.say("soak.none")), narrow: Line::plain(self.say("soak.none-narrow")) }
            }
            Contact::Soaking { ends } => {
                let left = clock(ends.since(self.now.moment));
                Fit::same(Line::toned(self.fill("soak.running", &[("left", &left)]), Tone::Strong))
            }
            Contact::Soaked => {
                Fit { wide: Line::plain(self.say("soak.done")), narrow: Line::plain(self.say("soak.done-narrow")) }
            }
            Contact::SealedPack => same("soak.sealed"),
        }
    }

    /// A word that stands on every screen.
    fn mark(&self) -> Option<Piece> {
        let alert = |word: &str| Some(Piece::new(self.say(word), Tone::Alert));
        if self.unsaved || self.not_saved.is_some() {
            alert("mark.unsaved")
        } else if self.protocol.kind == Kind::Rehearsal && self.session.is_some() {
            Some(Piece::new(self.say("mark.rehearsal"), Tone::Current))
        } else if self.protocol.trial {
            Some(Piece::new(self.say("mark.trial"), Tone::Current))
        } else {
            None
        }
    }

    fn keys(&self, live: impl Fn(Action) -> bool) -> Foot {
        let notice = |text: &str, scroll| Foot::Notice { line: Line::toned(text, Tone::Strong), scroll };
        match (self.interrupted, self.notice) {
            (true, _) => notice(&self.say("interrupted"), 0),
            (false, Some((text, scroll))) => notice(text, scroll),
            (false, None) => Foot::Keys(self.keymap.hints(self.screen, live)),
        }
    }

    /// A page whose footer names the numbers of `count` choices and no others.
    fn numbered(&self, mut view: View, count: usize) -> View {
        if let Foot::Keys(hints) = &mut view.foot {
            hints.retain(|hint| count > 0 || hint.action != Action::Choose);
            for hint in hints.iter_mut().filter(|hint| hint.action == Action::Choose) {
                hint.key = if count == 1 { "1".to_owned() } else { format!("1-{count}") };
            }
        }
        view
    }

    /// A page with its head, status and keys.
    fn page(&self, head: Fit, status: Fit, sheet: Sheet, live: impl Fn(Action) -> bool) -> View {
        let line = head.narrow.text();
        let body = Body::Page(Page { blocks: sheet.finish(), scroll: self.scroll });
        let (mark, mut foot) = (self.mark(), self.keys(live));
        if let Foot::Keys(hints) = &mut foot
            && self.protocol.kind == Kind::Rehearsal
        {
            // "stop and save" would promise what a rehearsal does not do.
            hints
                .iter_mut()
                .filter(|hint| hint.action == Action::Stop)
                .for_each(|hint| hint.label.clone_from(&hint.short));
        }
        View { head, status, reversed: false, mark, body, foot, tiny: Vec::new(), clock: None, line }
    }

    /// `19:46`: the time of day when `after` has passed.
    fn time_of_day(&self, after: Duration) -> String {
        self.now.wall.plus(Duration::from_secs(whole_seconds(after))).time_of_day()
    }

    fn section_name(&self, section: Section) -> String {
        self.protocol.sections[section].name.clone()
    }

    fn section_bare(&self, section: Section) -> String {
        self.protocol.sections[section].bare.clone()
    }

    fn loud_name(&self, section: Section) -> String {
        self.section_name(section).to_uppercase()
    }

    /// Names joined with commas.
    fn joined(&self, names: impl IntoIterator<Item = String>) -> String {
        names.into_iter().collect::<Vec<_>>().join(&self.say("join"))
    }

    fn stroke_name(&self, stroke: usize) -> String {
        self.protocol.strokes.get(stroke).map(|stroke| stroke.name.clone()).unwrap_or_default()
    }

    /// The place of `section` among those that are rolled today, from 1, and how many there are.
    fn place_in_plan(&self, section: Section) -> (usize, usize) {
        self.place_in_plan_of(self.session, section)
    }

    /// As [`Scene::place_in_plan`], in the plan of `session`.
    fn place_in_plan_of(&self, session: Option<&Session>, section: Section) -> (usize, usize) {
        let plan = self.planned_sections(session);
        let place = plan.iter().position(|other| *other == section).map_or(0, |place| place + 1);
        (place, plan.len())
    }

    /// The sections that `session` is about to roll, in order, those already rolled included.
    fn planned_sections(&self, session: Option<&Session>) -> Vec<Section> {
        let permit = session.and_then(Session::permit);
        let rolled = |section: Section| session.is_some_and(|session| session.progress()[section].end.is_some());
        let order = self.protocol.order.iter().copied();
        order.filter(|section| rolled(*section) || permit.is_none_or(|permit| permit.allows(*section))).collect()
    }

    fn stage_is_after(&self) -> bool {
        matches!(self.session.map(Session::stage), Some(Stage::After { .. } | Stage::Ended))
    }

    /// How often `roller` was used, as far as is known; the short form leaves out what was before.
    fn uses(&self, roller: &Roller, short: bool) -> String {
        let before = !short && self.known.was_used_before(&roller.id);
        let word = match (self.known.uses_are_known, before) {
            (true, false) => "used-of",
            (true, true) => "used-of-before",
            // Nobody can say how often.
            (false, _) if roller.uses == 0 => "used-not-known",
            (false, _) => "used-at-least",
        };
        self.fill(word, &[("used", &roller.uses.to_string()), ("limit", &self.known.uses_limit.to_string())])
    }

    /// `text` for the right end of the head, the same in every window.
    fn status(&self, text: impl Into<String>) -> Fit {
        Fit::same(Line::plain(text))
    }
}
