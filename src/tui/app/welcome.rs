//! Keys before a session: the welcome screen, a note on the last session, the serum, and how a session begins.

use super::claim::{Remark, Wish};
use super::{App, DueState, Exit, Output, Sitting};
use crate::content::keymap::Action;
use crate::tui::editor::Editor;
use crate::tui::focus::{Focus, RollerFor, RollerStep};
use engine::protocol::Micrometres;
use engine::safety::{Band, Roller};
use engine::session::{Event, Session};
use engine::timeline::Now;
use store::calendar::Date;
use store::record::text::{LONGEST_NAME, LONGEST_NOTE};
use store::record::{Skin, later};

impl App {
    pub(super) fn welcome_name(&self) -> &'static str {
        match self.known.due {
            DueState::Due => "welcome",
            DueState::NotYet { .. } => "not-due",
            DueState::TooSoon { .. } | DueState::NotKnown => "too-soon",
        }
    }

    pub(super) fn act_on_welcome(&mut self, action: Action, digit: Option<char>, now: Now) -> Vec<Output> {
        match action {
            Action::Choose => return self.look_chosen(digit, now),
            Action::Note if self.known.last.is_some() => {
                self.focus = Focus::LaterNote(Editor::new("", LONGEST_NOTE));
            }
            Action::Begin if self.known.due == DueState::Due => return self.claim(Wish::Begin, now),
            Action::Early if matches!(self.known.due, DueState::NotYet { .. }) => {
                self.focus = Focus::EarlyReason(self.reason_field());
            }
            Action::Rehearse => return self.rehearse(now),
            Action::TestCues => return self.play_check(),
            Action::Leave => return vec![Output::Leave(Exit::Done)],
            _ => {}
        }
        Vec::new()
    }

    /// The check-in of the last session, in one key.
    fn look_chosen(&mut self, digit: Option<char>, now: Now) -> Vec<Output> {
        let place = digit.and_then(|digit| digit.to_digit(10)).and_then(|number| usize::try_from(number).ok());
        let skin = place.and_then(|number| Skin::ALL.get(number.checked_sub(1)?)).copied();
        match (self.known.last.as_ref().filter(|last| last.check_in.is_some()), skin) {
            (Some(last), Some(skin)) => {
                let words = self.words.say(&format!("check-in.{}", skin.id()));
                let said = later::NewRemark { felt: vec![skin], ..later::NewRemark::default() };
                self.claim(Wish::Remark(Remark { session: last.id.clone(), said, words }), now)
            }
            _ => Vec::new(),
        }
    }

    pub(super) fn act_on_later_note(&mut self, action: Action, editor: &Editor, now: Now) -> Vec<Output> {
        let text = editor.text().trim();
        match action {
            Action::Keep if !text.is_empty() => {
                let Some(last) = &self.known.last else {
                    self.notice = Some(self.words.say("check-in.none-left"));
                    return Vec::new();
                };
                let said = later::NewRemark { text: text.to_owned(), ..later::NewRemark::default() };
                self.claim(Wish::Remark(Remark { session: last.id.clone(), said, words: text.to_owned() }), now)
            }
            Action::Keep | Action::Back => {
                self.ask_about_next();
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    /// A note about today on a session that was `days_ago`. It may be the last one no longer, where there is news.
    pub(super) fn remark(&mut self, remark: Remark, days_ago: i64, is_news: bool, now: Now) -> Vec<Output> {
        self.ask_about_next();
        let Remark { session, said, words } = remark;
        let day = u32::try_from(days_ago).ok();
        if let Some(last) = self.known.last.as_mut().filter(|last| last.id == session) {
            last.check_in = None;
        }
        let number = day.map_or_else(String::new, |day| day.to_string());
        let date = Date::of(now.wall).plus_days(-days_ago).words();
        let word = if is_news { "check-in.noted-changed" } else { "check-in.noted" };
        self.notice = Some(self.words.fill(word, &[("day", &number), ("date", &date), ("words", &words)]));
        vec![Output::AddRemark { session, said: later::NewRemark { day, ..said } }]
    }

    pub(super) fn act_on_early_reason(&mut self, action: Action, editor: &Editor, now: Now) -> Vec<Output> {
        match action {
            Action::Keep if editor.text().is_empty() => self.notice = Some(self.words.say("early.needs-reason")),
            Action::Keep => {
                self.early_reason = Some(editor.text().to_owned());
                return self.claim(Wish::BeginEarly, now);
            }
            Action::Back => self.focus = Focus::Welcome,
            _ => {}
        }
        Vec::new()
    }

    /// The first run asks for roller and serum before anything else; later ones begin at once.
    pub(super) fn begin(&mut self, now: Now) -> Vec<Output> {
        if self.known.rollers.is_empty() {
            // Where there are some that nobody may use now, another one is entered only by whoever has read why.
            let step = match self.known.unread_rollers.as_slice() {
                [] => RollerStep::Name(Editor::new("", LONGEST_NAME)),
                _ => RollerStep::List,
            };
            self.focus = Focus::Roller(step, RollerFor::FirstRun);
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
        self.serum_given = false;
        self.focus = Focus::Sterilise;
        let mut outputs = vec![Output::Open {
            // One that was typed before the interval was over is none any more once it is.
            early_reason: self.early_reason.take().filter(|_| self.known.due != DueState::Due),
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
        self.serum_given = false;
        self.focus = Focus::Sterilise;
        let name = self.words.say("rehearsal.roller");
        let needle = Micrometres(self.protocols.session.rules.article_needle_limit.0.saturating_sub(1));
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
