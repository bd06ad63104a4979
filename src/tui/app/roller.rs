//! Keys while a roller is chosen or described: name, needle length, how it was kept.

use std::path::Path;

use super::soak::{MINUTE_DIGITS, minutes};
use super::{App, Exit, Output, Shelf};
use crate::content::keymap::Action;
use crate::tui::editor::Editor;
use crate::tui::focus::{Focus, Overlay, RollerFor, RollerStep};
use engine::protocol::{Kind, Micrometres};
use engine::safety::{Band, Roller};
use engine::session::{Event, Kept, Session};
use engine::timeline::Now;
use store::record::ledger::{may_hold, numbered};
use store::record::text::LONGEST_NAME;

/// Digits and point of a needle length in millimetres: "0.125".
const LENGTH_DIGITS: usize = 6;

impl App {
    pub(super) fn act_on_roller(
        &mut self,
        step: RollerStep,
        purpose: RollerFor,
        action: Action,
        digit: Option<char>,
        now: Now,
    ) -> Vec<Output> {
        match (step, action) {
            (RollerStep::List, Action::Choose) => self.choose_roller(purpose, digit, now),
            (RollerStep::List, Action::NewRoller) => self.name_roller(purpose),
            (RollerStep::List, Action::Back) | (RollerStep::Kept(_), Action::Back) => self.leave_rollers(purpose),
            (RollerStep::Name(editor), Action::Keep) => self.roller_named(&editor, purpose),
            (RollerStep::Name(_), Action::Back) => self.leave_naming(purpose),
            (RollerStep::Length(name, editor), Action::Keep) => self.length_given(name, &editor, purpose),
            (RollerStep::Length(name, _), Action::Back) => {
                self.look_at(RollerStep::Name(Editor::new(&name, LONGEST_NAME)), purpose)
            }
            (RollerStep::Sealed(name, needle), Action::Yes) => self.roller_described(name, needle, true, purpose, now),
            (RollerStep::Sealed(name, needle), Action::No) => self.roller_described(name, needle, false, purpose, now),
            (RollerStep::Sealed(name, _), Action::Back) => {
                self.look_at(RollerStep::Length(name, Editor::number(LENGTH_DIGITS)), purpose)
            }
            (RollerStep::Acknowledge(roller), Action::Acknowledge) => self.length_acknowledged(roller, purpose, now),
            (RollerStep::Acknowledge(_) | RollerStep::TooLong(_), Action::OtherRoller) => {
                self.look_at(RollerStep::List, purpose)
            }
            (RollerStep::Acknowledge(_) | RollerStep::TooLong(_), Action::Leave) => self.leave_for_length(purpose),
            (RollerStep::Kept(roller), Action::StartSoak) => {
                self.look_at(RollerStep::Minutes(roller, Editor::number(MINUTE_DIGITS)), purpose)
            }
            (RollerStep::Kept(roller), Action::Yes) if self.may_be_sealed(&roller) => {
                self.swap(roller, Kept::SealedPack, now)
            }
            (RollerStep::Minutes(roller, editor), Action::Keep) => match minutes(&editor) {
                Some(already) => self.swap(roller, Kept::InLiquid { already }, now),
                None => self.say("other-soak.needs-minutes"),
            },
            (RollerStep::Minutes(roller, _), Action::Back) => self.look_at(RollerStep::Kept(roller), purpose),
            _ => Vec::new(),
        }
    }

    fn look_at(&mut self, step: RollerStep, purpose: RollerFor) -> Vec<Output> {
        self.focus = Focus::Roller(step, purpose);
        Vec::new()
    }

    fn say(&mut self, word: &str) -> Vec<Output> {
        self.notice = Some(self.words.say(word));
        Vec::new()
    }

    fn leave_rollers(&mut self, purpose: RollerFor) -> Vec<Output> {
        self.focus = match purpose {
            RollerFor::FirstRun => Focus::Welcome,
            RollerFor::Session => Focus::Sterilise,
            RollerFor::Spare => Focus::HandsFree,
        };
        Vec::new()
    }

    fn leave_naming(&mut self, purpose: RollerFor) -> Vec<Output> {
        if purpose == RollerFor::FirstRun {
            return self.leave_rollers(purpose);
        }
        self.look_at(RollerStep::List, purpose)
    }

    fn leave_for_length(&mut self, purpose: RollerFor) -> Vec<Output> {
        match purpose {
            RollerFor::FirstRun => return vec![Output::Leave(Exit::Done)],
            RollerFor::Session => self.overlay = Some(Overlay::ConfirmLeave),
            RollerFor::Spare => self.focus = Focus::HandsFree,
        }
        Vec::new()
    }

    fn name_roller(&mut self, purpose: RollerFor) -> Vec<Output> {
        self.look_at(RollerStep::Name(Editor::new("", LONGEST_NAME)), purpose)
    }

    fn choose_roller(&mut self, purpose: RollerFor, digit: Option<char>, now: Now) -> Vec<Output> {
        let place = digit.and_then(|digit| digit.to_digit(10)).and_then(|number| usize::try_from(number).ok());
        let in_use = self.session().and_then(Session::roller).map(|roller| roller.id.as_str());
        let mut offered = self.known.offered(in_use.filter(|_| purpose == RollerFor::Spare));
        let chosen = place.and_then(|number| number.checked_sub(1)).and_then(|place| offered.nth(place));
        let chosen = chosen.map(|shelf| shelf.roller.clone());
        drop(offered);
        match chosen {
            Some(roller) => self.use_roller(roller, purpose, now),
            None => Vec::new(),
        }
    }

    fn roller_named(&mut self, editor: &Editor, purpose: RollerFor) -> Vec<Output> {
        if editor.text().is_empty() {
            return self.say("roller.needs-name");
        }
        // Nothing of a rehearsal is kept.
        let is_kept = self.kind() != Kind::Rehearsal;
        if let Some(refusal) = self.why_not_called(editor.text()).filter(|_| is_kept) {
            self.notice = Some(refusal);
            return Vec::new();
        }
        self.look_at(RollerStep::Length(editor.text().to_owned(), Editor::number(LENGTH_DIGITS)), purpose)
    }

    /// Why no new roller may have this name.
    fn why_not_called(&self, name: &str) -> Option<String> {
        // It may be that one, and how often that one was used is not known.
        let may_be = |(_, file): &&(String, String)| may_hold(Path::new(file), name);
        if let Some((_, file)) = self.known.unread_rollers.iter().find(may_be) {
            return Some(self.words.fill("roller.unread", &[("file", file)]));
        }
        let twin = self.known.roller_called(name)?;
        Some(self.words.fill("roller.twin", &[("length", &twin.needle.millimetres()), ("name", &twin.name)]))
    }

    fn length_given(&mut self, name: String, editor: &Editor, purpose: RollerFor) -> Vec<Output> {
        match Micrometres::from_millimetres(editor.text()) {
            Some(needle) => {
                let roller = Roller { id: self.free_id(&name), name, needle, uses: 0 };
                match roller.band(&self.protocols.session.rules) {
                    // Refused as soon as it is known, and not kept.
                    Band::TooLong => self.look_at(RollerStep::TooLong(roller), purpose),
                    Band::Within | Band::AboveArticle => self.look_at(RollerStep::Sealed(roller.name, needle), purpose),
                }
            }
            None => self.say("roller.needs-length"),
        }
    }

    fn roller_described(
        &mut self,
        name: String,
        needle: Micrometres,
        sealed: bool,
        purpose: RollerFor,
        now: Now,
    ) -> Vec<Output> {
        let roller = Roller { id: self.free_id(&name), name, needle, uses: 0 };
        if self.kind() == Kind::Rehearsal {
            // Nothing of a rehearsal is kept, so it is not there for the next session either.
            return self.use_roller(roller, purpose, now);
        }
        let mut outputs = vec![Output::AddRoller { roller: roller.clone(), sealed }];
        self.known.rollers.insert(0, Shelf { roller: roller.clone(), sealed, used_before: !sealed });
        outputs.extend(self.use_roller(roller, purpose, now));
        outputs
    }

    /// A name for records that no other roller has.
    fn free_id(&self, name: &str) -> String {
        let taken = |id: &String| {
            self.known.rollers.iter().any(|shelf| shelf.roller.id == *id)
                || self.known.retired_rollers.contains(id)
                || self.known.unread_rollers.iter().any(|(other, _)| other == id)
        };
        let mut ids = (1_u32..).map(|number| numbered(name, "roller", number));
        ids.find(|id| !taken(id)).unwrap_or_default()
    }

    fn use_roller(&mut self, roller: Roller, purpose: RollerFor, now: Now) -> Vec<Output> {
        let band = roller.band(&self.protocols.session.rules);
        match (purpose, band) {
            (_, Band::TooLong) => self.look_at(RollerStep::TooLong(roller), purpose),
            // The first run goes on to the serum; the length is acknowledged when the roller is taken.
            (RollerFor::FirstRun, Band::Within | Band::AboveArticle) => self.begin(now),
            (RollerFor::Session, Band::Within | Band::AboveArticle) => self.take(roller, now),
            (RollerFor::Spare, Band::Within) => self.look_at(RollerStep::Kept(roller), purpose),
            (RollerFor::Spare, Band::AboveArticle) => self.look_at(RollerStep::Acknowledge(roller), purpose),
        }
    }

    fn length_acknowledged(&mut self, roller: Roller, purpose: RollerFor, now: Now) -> Vec<Output> {
        if purpose == RollerFor::Spare {
            return self.look_at(RollerStep::Kept(roller), purpose);
        }
        self.focus = Focus::Sterilise;
        self.send(Event::LengthAcknowledged, now)
    }

    fn swap(&mut self, roller: Roller, kept: Kept, now: Now) -> Vec<Output> {
        self.focus = Focus::HandsFree;
        // The way here led through the acknowledgement whenever the needles are long enough to need one.
        let acknowledged = roller.band(&self.protocols.session.rules) == Band::AboveArticle;
        self.send(Event::RollerSwapped { roller, kept, acknowledged }, now)
    }
}

/// The roller that was taken, if its needles are long enough to need a word that was not given yet.
pub(super) fn unacknowledged(session: &Session) -> Option<Roller> {
    let needs_a_word = |roller: &&Roller| roller.band(&session.protocol().rules) == Band::AboveArticle;
    session.roller().filter(|_| !session.acknowledged()).filter(needs_a_word).cloned()
}
