//! What each cue says: a name for commands, words to speak or print, bells to ring.

use core::time::Duration;

use engine::protocol::words::borrowed;
use engine::protocol::{Kind, Section, Words};
use engine::session::{Cue, Due, HandsFree, PauseCause, Session, Stage, Step};
use engine::timeline::{Now, whole_seconds};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CueText {
    /// The name that commands get: `turn`. It never changes.
    pub event: &'static str,
    /// Whole sentences: "Turn. Side to side."
    pub words: String,
    /// Bells in a row, 0 to 3: one for another stroke, two for another step, three for the end.
    pub bells: u32,
    /// The words of a desktop notification, for a person who has left the mirror.
    pub notification: Option<String>,
}

/// The text of `cue`, which `session` has just given; `now` is on the session's own time line. `saved` says whether the
/// whole record is on disk.
pub fn cue_text(cue: Cue, session: &Session, words: &Words, now: Now, saved: bool) -> CueText {
    let wording = Wording { session, words, now };
    let (event, text, bells) = match cue {
        Cue::SoakFinished => ("soak-finished", words.say("cue.soak-finished"), 2),
        Cue::Check => return test_cue(words),
        Cue::HandClean => ("hand-clean", wording.hand_clean(), 0),
        Cue::GetReady(section) => ("get-ready", wording.get_ready(section), 0),
        Cue::Start(section) => ("start", wording.start(section), 1),
        Cue::Turn { stroke, .. } => ("turn", words.fill("cue.turn", &[("stroke", &wording.stroke(stroke))]), 1),
        Cue::Move(section) => ("move", wording.move_to(section), 2),
        Cue::Paused(PauseCause::Slept) => ("paused", words.say("cue.paused-slept"), 1),
        Cue::Paused(PauseCause::Stalled) => ("paused", words.say("cue.paused-stalled"), 1),
        // No key was touched, so a person who does not watch the screen has to hear it.
        Cue::Paused(PauseCause::Signal) if !saved => ("paused", words.say("cue.paused-unsaved"), 1),
        Cue::Paused(_) => ("paused", words.say("cue.paused"), 0),
        Cue::Advice => ("stopped", session.stopped_for().map(|why| why.advice.clone()).unwrap_or_default(), 0),
        Cue::RollingOver => ("rolling-over", wording.rolling_over(), 3),
        Cue::Serum => ("serum", wording.timed("cue.serum"), 2),
        Cue::Saved if session.protocol().kind == Kind::Rehearsal => ("saved", words.say("cue.rehearsed"), 3),
        Cue::Saved if !saved => ("not-saved", words.say("cue.unsaved"), 3),
        Cue::Saved => ("saved", words.say("cue.saved"), 3),
    };
    let notification = match (cue, event) {
        (Cue::Saved, "saved") if session.protocol().kind != Kind::Rehearsal => Some(words.say("cue.notice-saved")),
        (Cue::SoakFinished | Cue::Paused(PauseCause::Slept | PauseCause::Stalled), _) => Some(text.clone()),
        _ => None,
    };
    CueText { event, words: text, bells, notification }
}

/// The cue by which the person tries whether they notice cues.
pub fn test_cue(words: &Words) -> CueText {
    CueText { event: "cue-check", words: words.say("cue.check"), bells: 2, notification: None }
}

/// A time span in words, rounded up to whole seconds: "30 seconds", "1 minute 30".
pub fn spoken(span: Duration, words: &Words) -> String {
    let seconds = whole_seconds(span);
    let (minutes, rest) = (seconds / 60, seconds % 60);
    let (n, rest_text) = (if minutes == 0 { rest } else { minutes }.to_string(), rest.to_string());
    let name = match (minutes, rest) {
        (0, 1) => "cue.second",
        (0, _) => "cue.seconds",
        (1, 0) => "cue.minute",
        (1, _) => "cue.minute-seconds",
        (_, 0) => "cue.minutes",
        (..) => "cue.minutes-seconds",
    };
    words.fill(name, &[("n", &n), ("rest", &rest_text)])
}

/// Whether the roller changes hands between two sections: they are on different sides of the face, and the protocol
/// names different hands for them. A section in the middle asks for no change.
pub fn switches_hands(session: &Session, from: Section, to: Section) -> bool {
    let side = |section: Section| match section {
        Section::UpperRight | Section::LowerRight => Some(true),
        Section::UpperLeft | Section::LowerLeft => Some(false),
        Section::Mouth => None,
    };
    let hands = |section: Section| &session.protocol().sections[section].hands;
    let is_across = side(from).zip(side(to)).is_some_and(|(from, to)| from != to);
    is_across && hands(from) != hands(to)
}

/// The section that was rolled last, if any of it was.
pub fn rolled_before(session: &Session) -> Option<Section> {
    let Stage::HandsFree(HandsFree { last, .. }) = session.stage() else { return None };
    last.filter(|section| session.progress()[*section].begun())
}

struct Wording<'a> {
    session: &'a Session,
    words: &'a Words,
    now: Now,
}

impl Wording<'_> {
    fn stroke(&self, stroke: usize) -> String {
        let name = self.session.protocol().strokes.get(stroke).map(|stroke| stroke.name.clone());
        capitalised(&name.unwrap_or_default())
    }

    fn section(&self, section: Section) -> String {
        capitalised(&self.session.protocol().sections[section].name)
    }

    /// What is left of the serum's time, where serum follows a stop.
    fn serum_after_stop(&self) -> Option<Duration> {
        let Stage::After { serum: Some(clock) } = self.session.stage() else { return None };
        Some(clock.left(self.now.moment))
    }

    /// What is left of the step that has just begun.
    fn left(&self) -> String {
        let left = match self.session.step() {
            Some(Step::Running { clock, .. }) => clock.left(self.now.moment),
            Some(Step::Paused(_) | Step::RollerTouched(_) | Step::SoakingAgain(_) | Step::Advice) => Duration::ZERO,
            None => self.serum_after_stop().unwrap_or_default(),
        };
        spoken(left, self.words)
    }

    fn timed(&self, word: &str) -> String {
        self.words.fill(word, &[("time", &self.left())])
    }

    /// Blood and welts are asked for while serum may still come.
    fn rolling_over(&self) -> String {
        let over = self.timed("cue.rolling-over");
        let asks = !self.session.saw_blood_or_welts();
        if asks { format!("{over} {}", self.words.say("cue.blood-or-welts")) } else { over }
    }

    fn hand_clean(&self) -> String {
        match self.session.step() {
            Some(Step::Running { due: Due::Prepare, .. }) => self.timed("cue.prepare"),
            _ => self.timed("cue.hand-clean"),
        }
    }

    fn get_ready(&self, section: Section) -> String {
        let stroke = self.session.progress()[section].stroke().unwrap_or(0);
        let hands = &self.session.protocol().sections[section].hands;
        let places = [("section", self.section(section)), ("hands", hands.clone()), ("stroke", self.stroke(stroke))];
        self.words.fill("cue.get-ready", &borrowed(&places))
    }

    /// Spots to go round are named here, where the section begins, and nowhere else.
    fn start(&self, section: Section) -> String {
        let protocol = self.session.protocol();
        let spots = self.session.permit().map(|permit| permit.plan()[section].round.clone()).unwrap_or_default();
        let titles: Vec<String> = spots
            .into_iter()
            .filter_map(|item| protocol.checklist.item(item).map(|item| item.title.to_lowercase()))
            .collect();
        match titles.is_empty() {
            true => self.words.say("cue.start"),
            false => self.words.fill("cue.start-round", &[("titles", &titles.join(&self.words.say("join")))]),
        }
    }

    fn move_to(&self, section: Section) -> String {
        let hands = &self.session.protocol().sections[section].hands;
        let switches = rolled_before(self.session).is_some_and(|from| switches_hands(self.session, from, section));
        let word = if switches { "cue.move-switch" } else { "cue.move" };
        self.words.fill(word, &[("section", &self.section(section)), ("hands", hands)])
    }
}

pub(crate) fn capitalised(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map(|first| first.to_uppercase().chain(characters).collect()).unwrap_or_default()
}
