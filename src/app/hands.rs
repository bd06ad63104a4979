//! Keys before and after the list: welcome, soak, a halt while hands are busy, the closing questions.

use core::time::Duration;

use super::{App, DueState, Exit, Output, Sitting};
use crate::editor::Editor;
use crate::focus::{Focus, IN_LIQUID_NOW, Overlay, RollerFor, RollerStep};
use crate::keymap::Action;
use crate::record::{Skin, later};
use crate::safety::{Band, Roller};
use crate::session::closing::LONGEST_NOTE;
use crate::session::{Due, Event, Kept, Said, Session, Step};
use crate::timeline::Now;

/// Longest name of a roller or a serum, and longest reason, in characters.
pub(super) const LONGEST_NAME: usize = 40;
const LONGEST_REASON: usize = 120;
/// Digits of "in the liquid for so many minutes".
const MINUTE_DIGITS: usize = 3;

/// Welcome.
impl App {
    pub(super) fn welcome_name(&self) -> &'static str {
        match self.known.due {
            DueState::Due => "welcome",
            DueState::NotYet { .. } => "not-due",
            DueState::TooSoon { .. } => "too-soon",
        }
    }

    pub(super) fn act_on_welcome(&mut self, action: Action, digit: Option<char>, now: Now) -> Vec<Output> {
        match action {
            Action::Choose => return self.look_chosen(digit),
            Action::Note if self.known.last.is_some() => {
                self.focus = Focus::LaterNote(Editor::new("", LONGEST_NOTE));
            }
            Action::Begin if self.known.due == DueState::Due => return self.begin(now),
            Action::Early if matches!(self.known.due, DueState::NotYet { .. }) => {
                self.focus = Focus::EarlyReason(Editor::new("", LONGEST_REASON));
            }
            Action::Rehearse => return self.rehearse(now),
            Action::TestCues => return self.play_check(),
            Action::Leave => return vec![Output::Leave(Exit::Done)],
            _ => {}
        }
        Vec::new()
    }

    /// The check-in of the last session, in one key.
    fn look_chosen(&mut self, digit: Option<char>) -> Vec<Output> {
        let place = digit.and_then(|digit| digit.to_digit(10)).and_then(|number| usize::try_from(number).ok());
        let skin = place.and_then(|number| Skin::ALL.get(number.checked_sub(1)?)).copied();
        match (self.known.last.as_mut().and_then(|last| last.check_in.take()), skin) {
            (Some(_), Some(skin)) => {
                let word = self.words.say(&format!("check-in.{}", skin.id()));
                self.remark(later::Said { felt: vec![skin], ..later::Said::default() }, &word)
            }
            _ => Vec::new(),
        }
    }

    pub(super) fn act_on_later_note(&mut self, action: Action, editor: &Editor) -> Vec<Output> {
        let text = editor.text().trim();
        match action {
            Action::Keep if !text.is_empty() => {
                self.focus = Focus::Welcome;
                let said = later::Said { text: text.to_owned(), ..later::Said::default() };
                self.remark(said, text)
            }
            Action::Keep | Action::Back => {
                self.focus = Focus::Welcome;
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    /// A note on the last session, about today.
    fn remark(&mut self, said: later::Said, words: &str) -> Vec<Output> {
        let Some(last) = &mut self.known.last else { return Vec::new() };
        let day = u32::try_from(last.days_ago).ok();
        last.check_in = None;
        let number = day.map_or_else(String::new, |day| day.to_string());
        self.notice = Some(self.words.fill("check-in.noted", &[("day", &number), ("words", words)]));
        vec![Output::AddRemark { session: last.id.clone(), said: later::Said { day, ..said } }]
    }

    pub(super) fn act_on_early_reason(&mut self, action: Action, editor: &Editor, now: Now) -> Vec<Output> {
        match action {
            Action::Keep if editor.text().is_empty() => self.notice = Some(self.words.say("early.needs-reason")),
            Action::Keep => {
                self.early_reason = Some(editor.text().to_owned());
                return self.begin(now);
            }
            Action::Back => self.focus = Focus::Welcome,
            _ => {}
        }
        Vec::new()
    }

    /// The first run asks for roller and serum before anything else; later ones begin at once.
    pub(super) fn begin(&mut self, now: Now) -> Vec<Output> {
        if self.known.rollers.is_empty() {
            self.focus = Focus::Roller(RollerStep::Name(Editor::new("", LONGEST_NAME)), RollerFor::FirstRun);
            return Vec::new();
        }
        if self.serum.is_empty() {
            self.focus = Focus::SerumName(Editor::new("", LONGEST_NAME));
            return Vec::new();
        }
        self.open_session(now)
    }

    fn open_session(&mut self, now: Now) -> Vec<Output> {
        let session = Session::begin(self.protocols.session.clone());
        self.sitting = Some(Sitting::begin(session, now));
        self.focus = Focus::Sterilise;
        let mut outputs = vec![Output::Open {
            early_reason: self.early_reason.take(),
            serum: self.serum.clone(),
            boot: self.boot_at(now),
        }];
        outputs.extend(self.take_first_roller(now));
        outputs
    }

    /// The roller used last is taken without asking when nothing about it needs a word.
    pub(super) fn take_first_roller(&mut self, now: Now) -> Vec<Output> {
        let Some(shelf) = self.known.rollers.first() else { return Vec::new() };
        self.take(shelf.roller.clone(), now)
    }

    pub(super) fn take(&mut self, roller: Roller, now: Now) -> Vec<Output> {
        self.focus = match roller.band(&self.protocols.session.rules) {
            Band::Within | Band::AboveArticle => Focus::Sterilise,
            Band::TooLong => Focus::Roller(RollerStep::TooLong(roller.clone()), RollerFor::Session),
        };
        self.send(Event::RollerTaken(roller), now)
    }

    pub(super) fn rehearse(&mut self, now: Now) -> Vec<Output> {
        let session = Session::begin(self.protocols.rehearsal.clone());
        self.sitting = Some(Sitting::begin(session, now));
        self.focus = Focus::Sterilise;
        let name = self.words.say("rehearsal.roller");
        let needle =
            crate::protocol::Micrometres(self.protocols.session.rules.article_needle_limit.0.saturating_sub(1));
        let roller = Roller { id: "empty-hand".to_owned(), name, needle, uses: 0 };
        self.send(Event::RollerTaken(roller), now)
    }

    pub(super) fn act_on_serum(&mut self, action: Action, editor: &Editor, now: Now) -> Vec<Output> {
        match action {
            Action::Keep if editor.text().is_empty() => {
                self.notice = Some(self.words.say("serum-name.needs-name"));
                Vec::new()
            }
            Action::Keep => {
                self.serum = editor.text().to_owned();
                let mut outputs = vec![Output::AddSerum(self.serum.clone())];
                outputs.extend(self.begin(now));
                outputs
            }
            _ => {
                self.focus = Focus::Welcome;
                Vec::new()
            }
        }
    }
}

/// Sterilise.
impl App {
    pub(super) fn sterilise_name(&self) -> &'static str {
        if self.session().is_some_and(|session| session.roller().is_none()) { "no-roller" } else { "sterilise" }
    }

    pub(super) fn act_on_sterilise(&mut self, action: Action, now: Now) -> Vec<Output> {
        match action {
            Action::StartSoak => return self.send(Event::SoakStarted(IN_LIQUID_NOW), now),
            Action::OtherSoak => self.focus = Focus::OtherSoak,
            Action::OtherRoller => self.focus = Focus::Roller(RollerStep::List, RollerFor::Session),
            Action::NeedlesBad => return self.send(Event::NeedlesRejected, now),
            Action::Leave => self.overlay = Some(Overlay::ConfirmLeave),
            _ => {}
        }
        Vec::new()
    }

    pub(super) fn act_on_other_soak(&mut self, action: Action, now: Now) -> Vec<Output> {
        match action {
            Action::StartSoak => self.focus = Focus::SoakMinutes(Editor::number(MINUTE_DIGITS)),
            Action::Yes => return self.send(Event::SoakStarted(Kept::SealedPack), now),
            Action::Back => self.focus = Focus::Sterilise,
            _ => {}
        }
        Vec::new()
    }

    pub(super) fn act_on_soak_minutes(&mut self, action: Action, editor: &Editor, now: Now) -> Vec<Output> {
        match action {
            Action::Keep => match minutes(editor) {
                Some(already) => return self.send(Event::SoakStarted(Kept::InLiquid { already }), now),
                None => self.notice = Some(self.words.say("other-soak.needs-minutes")),
            },
            Action::Back => self.focus = Focus::OtherSoak,
            _ => {}
        }
        Vec::new()
    }
}

/// Whole minutes typed into a field.
pub(super) fn minutes(editor: &Editor) -> Option<Duration> {
    editor.text().parse::<u32>().ok().map(|minutes| Duration::from_secs(u64::from(minutes) * 60))
}

/// A halt while hands are busy.
impl App {
    pub(super) fn hands_free_name(&self) -> &'static str {
        match self.session().and_then(Session::step) {
            Some(Step::Paused(pause)) if matches!(pause.held.due, Due::Saline | Due::Serum) => "pause-after",
            Some(Step::Paused(_)) => "pause",
            Some(Step::RollerTouched(_)) => "roller-touched",
            Some(Step::SoakingAgain(_)) => "soaking-again",
            Some(Step::Running { .. }) | None => "hands-free",
        }
    }

    pub(super) fn act_on_halt(&mut self, action: Action, now: Now) -> Vec<Output> {
        match action {
            Action::GoOn => self.send(Event::WentOn, now),
            Action::Enough => self.send(Event::Enough, now),
            Action::OneMore => {
                let outputs = self.send(Event::OneMore, now);
                if outputs.is_empty() {
                    self.notice = Some(self.words.say("pause.one-more-used"));
                }
                outputs
            }
            Action::Dropped => self.send(Event::RollerTouched, now),
            Action::Stop => {
                self.focus = Focus::StopReason;
                Vec::new()
            }
            Action::Retire => {
                self.focus = Focus::ConfirmRetire;
                Vec::new()
            }
            Action::OtherRoller => {
                self.focus = Focus::Roller(RollerStep::List, RollerFor::Spare);
                Vec::new()
            }
            Action::SoakAgain => self.send(Event::SoakedAgain, now),
            _ => Vec::new(),
        }
    }

    pub(super) fn act_on_stop_reason(&mut self, action: Action, digit: Option<char>, now: Now) -> Vec<Output> {
        match action {
            Action::Choose => {
                let reasons = self.session().map(|session| &session.protocol().stop_reasons);
                let reason = reasons.and_then(|reasons| reasons.iter().position(|reason| Some(reason.key) == digit));
                match reason {
                    Some(reason) => self.send(Event::Stopped { reason }, now),
                    None => Vec::new(),
                }
            }
            Action::Back => {
                self.focus = Focus::HandsFree;
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    pub(super) fn act_on_confirm_retire(&mut self, action: Action, now: Now) -> Vec<Output> {
        match action {
            Action::Retire => self.send(Event::RollerRetired, now),
            Action::Back => {
                self.focus = Focus::HandsFree;
                Vec::new()
            }
            _ => Vec::new(),
        }
    }
}

/// The closing questions, the summary, the note.
impl App {
    pub(super) fn act_on_after(&mut self, question: usize, action: Action, now: Now) -> Vec<Output> {
        let last = self.session().map_or(0, |session| session.signed_out().len().saturating_sub(1));
        let said = match action {
            Action::Yes => Said::Yes,
            Action::No => Said::No,
            Action::NotSure => Said::NotSure,
            Action::Up => {
                self.focus = Focus::After(question.saturating_sub(1));
                return Vec::new();
            }
            Action::Down => {
                self.focus = Focus::After((question + 1).min(last));
                return Vec::new();
            }
            Action::Serum => return self.send(Event::SerumWanted, now),
            Action::Summary => {
                self.focus = Focus::Summary;
                return Vec::new();
            }
            _ => return Vec::new(),
        };
        let outputs = self.send(Event::SignedOut { question, said }, now);
        if !outputs.is_empty() {
            self.focus = Focus::After((question + 1).min(last));
        }
        outputs
    }

    pub(super) fn act_on_summary(&mut self, action: Action, digit: Option<char>, now: Now) -> Vec<Output> {
        match action {
            Action::Choose => {
                let level = digit.and_then(|digit| digit.to_digit(10)).and_then(|level| u8::try_from(level).ok());
                level.map(|level| self.send(Event::Felt(level), now)).unwrap_or_default()
            }
            Action::Note => {
                self.open_note();
                Vec::new()
            }
            Action::Back => {
                self.focus = Focus::After(0);
                Vec::new()
            }
            Action::Finish => self.send(Event::Left, now),
            Action::Up => self.scroll_by(-1, 1),
            Action::Down => self.scroll_by(1, 1),
            _ => Vec::new(),
        }
    }

    pub(super) fn open_note(&mut self) {
        let text = self.session().map(|session| session.note().to_owned()).unwrap_or_default();
        self.focus = Focus::Note(Editor::new(&text, LONGEST_NOTE));
    }

    /// Enter keeps what was typed; Esc leaves the former note as it was.
    pub(super) fn act_on_note(&mut self, action: Action, editor: &Editor, now: Now) -> Vec<Output> {
        let outputs = match action {
            Action::Keep => self.send(Event::Noted(editor.text().to_owned()), now),
            Action::Back => Vec::new(),
            _ => return Vec::new(),
        };
        self.focus = Focus::Summary;
        outputs
    }

    /// What is half typed when the terminal goes away: a note is kept, everything else was not an answer yet.
    pub fn keep_note(&mut self, now: Now) -> Vec<Output> {
        if let Focus::Note(editor) = &self.focus {
            let text = editor.text().to_owned();
            return self.send(Event::Noted(text), now);
        }
        Vec::new()
    }
}
