//! How a session or a rehearsal begins, and a note on the last session is kept.

use super::{App, DueState, FollowUpRequest, Output, RunningSession};
use crate::content::keymap::Action;
use crate::tui::editor::Editor;
use crate::tui::screens::{ChooseRoller, RollerFor, RollerStep, SerumName};
use engine::protocol::Micrometres;
use engine::safety::{Band, Roller};
use engine::session::Event;
use engine::timeline::Now;
use store::calendar::day_words;
use store::record::follow_up;
use store::record::text::LONGEST_NAME;

impl App {
    /// A note about today on a session that was `days_ago`. It may be the last one no longer, where there is news.
    pub(super) fn follow_up(
        &mut self,
        follow_up: FollowUpRequest,
        days_ago: i64,
        is_news: bool,
        now: Now,
    ) -> Vec<Output> {
        self.ask_about_next();
        let FollowUpRequest { session, said, words } = follow_up;
        let day = u32::try_from(days_ago).ok();
        let last = self.startup.last.as_mut().filter(|last| last.id == session);
        let asked = last.and_then(|last| last.check_in.take());
        let number = day.map_or_else(String::new, |day| day.to_string());
        let date = day_words(now.wall, -days_ago);
        let word = if is_news { "check-in.noted-changed" } else { "check-in.noted" };
        let key = self.keymap.shown(self.screen_name(), Action::TakeBack);
        let places = [("day", number.as_str()), ("date", &date), ("key", &key), ("words", &words)];
        self.notice = self.words.fill(word, &places).into();
        if !said.felt.is_empty() {
            self.noted.clone_from(&said.felt);
        }
        self.noted_on = Some((session.clone(), asked));
        vec![Output::AddFollowUp { session, said: follow_up::NewFollowUp { day, ..said } }]
    }

    /// What was noted just now is to be taken back.
    pub(super) fn take_follow_up_back(&mut self) -> Vec<Output> {
        self.noted_on.iter().map(|(session, _)| Output::TakeFollowUpBack { session: session.clone() }).collect()
    }

    /// What became of [`Output::TakeFollowUpBack`]: whether there was something that was written last.
    pub fn follow_up_taken_back(&mut self, taken: Result<bool, String>) {
        let noted_on = self.noted_on.take();
        if taken == Ok(true) {
            self.noted.clear();
            let last = self.startup.last.as_mut().zip(noted_on).filter(|(last, (session, _))| last.id == *session);
            if let Some((last, (_, asked))) = last {
                last.check_in = asked;
            }
        }
        let word = |is_taken| self.words.say(if is_taken { "check-in.taken-back" } else { "check-in.not-taken-back" });
        self.notice = taken.map_or_else(|why| why, word).into();
    }

    /// The first run asks for roller and serum before anything else; later ones begin at once.
    pub(in crate::tui) fn begin(&mut self, now: Now) -> Vec<Output> {
        if self.startup.rollers.is_empty() {
            // Where there are some that nobody may use now, another one is entered only by whoever has read why.
            let step = match self.startup.unread_rollers.as_slice() {
                [] => RollerStep::name(),
                _ => RollerStep::List,
            };
            return self.show(ChooseRoller { step, purpose: RollerFor::FirstRun });
        }
        if self.serum.is_empty() {
            return self.show(SerumName(Editor::new("", LONGEST_NAME)));
        }
        self.open_session(now)
    }

    /// `running` is the present session.
    pub(super) fn run(&mut self, running: RunningSession) {
        self.running_session = Some(running);
        self.serum_given = false;
        self.show_stage();
    }

    fn open_session(&mut self, now: Now) -> Vec<Output> {
        self.run(RunningSession::begin(self.protocols.session.clone(), now));
        let mut outputs = vec![Output::Open {
            // One that was typed before the interval was over is none any more once it is.
            early_reason: self.early_reason.take().filter(|_| self.startup.due != DueState::Due),
            serum: self.serum.clone(),
            boot: self.boot_at(now),
        }];
        outputs.extend(self.take_first_roller(now));
        outputs
    }

    /// The roller used last is taken without asking when nothing about it needs a word.
    pub(super) fn take_first_roller(&mut self, now: Now) -> Vec<Output> {
        let Some(available) = self.startup.rollers.first() else { return Vec::new() };
        let roller = available.roller.clone();
        let is_acknowledged = self.acknowledged_first.take().is_some_and(|id| id == roller.id);
        let mut outputs = self.take(roller, now);
        if is_acknowledged {
            outputs.extend(self.send(Event::LengthAcknowledged, now));
        }
        outputs
    }

    pub(in crate::tui) fn take(&mut self, roller: Roller, now: Now) -> Vec<Output> {
        let outputs = self.send(Event::RollerTaken(roller.clone()), now);
        match roller.band(&self.protocols.session.rules) {
            Band::Within | Band::AboveArticle => self.show_stage(),
            Band::TooLong => {
                self.show(ChooseRoller { step: RollerStep::TooLong(roller, None), purpose: RollerFor::Session })
            }
        };
        outputs
    }

    pub(in crate::tui) fn rehearse(&mut self, now: Now) -> Vec<Output> {
        self.run(RunningSession::begin(self.protocols.rehearsal.clone(), now));
        let name = self.words.say("rehearsal.roller");
        let needle = Micrometres(self.protocols.session.rules.article_needle_limit.0.saturating_sub(1));
        let roller = Roller { id: "empty-hand".to_owned(), name, needle, uses: 0 };
        self.send(Event::RollerTaken(roller), now)
    }
}
