//! Keys on the checklist: one question, what it asks next, the review, the verdict, the last touch.

use super::{App, Output};
use crate::content::keymap::Action;
use crate::tui::editor::Editor;
use crate::tui::focus::{Focus, Overlay};
use engine::protocol::words::clock;
use engine::protocol::{Consequence, ItemIx, Kind, Section, Sections};
use engine::safety::{Ago, Answer, Contact, Detail, Doctor, Keep, Place, Sureness, Which};
use engine::session::{Event, Session, Stage};
use engine::timeline::Now;

/// Days in a week and in a month as a person means them. A month is taken short, so that a waiting time never ends
/// early.
const DAYS_IN_WEEK: u32 = 7;
const DAYS_IN_MONTH: u32 = 30;
/// Digits of "how long ago".
const AGO_DIGITS: usize = 3;

impl App {
    /// The question to go on with: the first open one, or the review when none is open.
    pub(super) fn list_focus(&self) -> Focus {
        match self.session().and_then(|session| session.answers().next_open(ItemIx(0))) {
            Some(open) => Focus::Question(open),
            None => Focus::Review(ItemIx(0)),
        }
    }

    fn questions(&self) -> usize {
        self.session().map_or(0, |session| session.protocol().checklist.items.len())
    }

    pub(super) fn act_on_question(&mut self, item: ItemIx, action: Action, now: Now) -> Vec<Output> {
        match action {
            Action::No => return self.give(item, Answer::No, now),
            Action::Yes => return self.ask_next(item, Sureness::Yes, now),
            Action::NotSure => return self.ask_next(item, Sureness::NotSure, now),
            Action::Up if self.scroll > 0 => return self.scroll_by(-1, 1),
            Action::Down if self.scroll < self.max_scroll => return self.scroll_by(1, 1),
            Action::Up => self.focus = Focus::Question(ItemIx(item.0.saturating_sub(1))),
            Action::Down => self.move_on_from(item),
            Action::Leave => self.overlay = Some(Overlay::ConfirmLeave),
            _ => {}
        }
        Vec::new()
    }

    /// Down goes as far as the first question without an answer, and from the last one to the review.
    fn move_on_from(&mut self, item: ItemIx) {
        let answered = self.session().is_some_and(|session| session.answers().given(item).is_some());
        if !answered {
            self.notice = Some(self.words.fill("question.no-answer", &[("n", &(item.0 + 1).to_string())]));
        } else if item.0 + 1 < self.questions() {
            self.focus = Focus::Question(ItemIx(item.0 + 1));
        } else {
            self.focus = self.list_focus();
        }
    }

    /// A yes or a not sure leads to what its question needs to know; the answer is given when that is known too.
    fn ask_next(&mut self, item: ItemIx, sureness: Sureness, now: Now) -> Vec<Output> {
        let consequence = self
            .session()
            .and_then(|session| session.protocol().checklist.item(item))
            .map(|item| item.consequence.clone());
        match consequence {
            Some(Consequence::Stop) => return self.give(item, Answer::Risk { sureness, detail: Detail::Plain }, now),
            Some(Consequence::Ask) => self.focus = Focus::Doctor(item, sureness),
            Some(Consequence::Area | Consequence::Around) => {
                self.focus = Focus::Where(item, sureness, Sections::NONE);
            }
            Some(Consequence::Wait(kinds)) if kinds.len() == 1 => {
                self.focus = Focus::Ago(item, sureness, Which::These(vec![0]), Editor::number(AGO_DIGITS));
            }
            Some(Consequence::Wait(_)) => self.focus = Focus::Which(item, sureness, Vec::new()),
            None => {}
        }
        Vec::new()
    }

    /// Where a yes was pressed: with every answer given, on a line of the review.
    fn asked_from(&self, item: ItemIx) -> Focus {
        let complete = self.session().is_some_and(|session| session.answers().complete());
        if complete { Focus::Review(item) } else { Focus::Question(item) }
    }

    fn give(&mut self, item: ItemIx, answer: Answer, now: Now) -> Vec<Output> {
        let outputs = self.send(Event::Answered { item, answer }, now);
        self.focus = match self.session().and_then(|session| session.answers().next_open(item)) {
            Some(open) => Focus::Question(open),
            None => Focus::Review(ItemIx(0)),
        };
        outputs
    }

    pub(super) fn act_on_doctor(
        &mut self,
        item: ItemIx,
        sureness: Sureness,
        action: Action,
        digit: Option<char>,
        now: Now,
    ) -> Vec<Output> {
        let said = match (action, digit) {
            (Action::Back, _) => {
                self.focus = self.asked_from(item);
                return Vec::new();
            }
            (Action::Choose, Some(digit)) => {
                let number = digit.to_digit(10).and_then(|number| usize::try_from(number).ok());
                let said = number.and_then(|number| Doctor::ALL.get(number.checked_sub(1)?));
                let Some(said) = said else { return Vec::new() };
                *said
            }
            _ => return Vec::new(),
        };
        self.give(item, Answer::Risk { sureness, detail: Detail::Doctor(said) }, now)
    }

    pub(super) fn act_on_where(
        &mut self,
        item: ItemIx,
        sureness: Sureness,
        chosen: Sections,
        action: Action,
        digit: Option<char>,
        now: Now,
    ) -> Vec<Output> {
        match action {
            Action::Choose => {
                let number = digit.and_then(|digit| digit.to_digit(10)).and_then(|number| u8::try_from(number).ok());
                if let Some(section) = number.and_then(Section::from_number) {
                    self.focus = Focus::Where(item, sureness, chosen.toggled(section));
                }
            }
            Action::Everywhere => return self.place_known(item, sureness, Place::Everywhere, now),
            Action::Keep if chosen.is_empty() => self.notice = Some(self.words.say("where.needs-one")),
            Action::Keep => return self.place_known(item, sureness, Place::Sections(chosen), now),
            Action::Back => self.focus = self.asked_from(item),
            _ => {}
        }
        Vec::new()
    }

    fn place_known(&mut self, item: ItemIx, sureness: Sureness, place: Place, now: Now) -> Vec<Output> {
        let around = self
            .session()
            .and_then(|session| session.protocol().checklist.item(item))
            .is_some_and(|item| item.consequence == Consequence::Around);
        let detail = match place {
            Place::Sections(_) if around => {
                self.focus = Focus::Around(item, sureness, place);
                return Vec::new();
            }
            // Not sure where: there is nothing to go round.
            Place::Everywhere if around => Detail::Around { place, keep: Keep::Skip },
            Place::Sections(_) | Place::Everywhere => Detail::Where(place),
        };
        self.give(item, Answer::Risk { sureness, detail }, now)
    }

    pub(super) fn act_on_around(
        &mut self,
        item: ItemIx,
        sureness: Sureness,
        place: Place,
        action: Action,
        now: Now,
    ) -> Vec<Output> {
        let keep = match action {
            Action::Skip => Keep::Skip,
            Action::GoRound => Keep::GoRound,
            Action::Back => {
                self.focus = Focus::Where(item, sureness, place.sections());
                return Vec::new();
            }
            _ => return Vec::new(),
        };
        self.give(item, Answer::Risk { sureness, detail: Detail::Around { place, keep } }, now)
    }

    pub(super) fn act_on_which(
        &mut self,
        item: ItemIx,
        sureness: Sureness,
        mut chosen: Vec<usize>,
        action: Action,
        digit: Option<char>,
    ) -> Vec<Output> {
        let which = match action {
            Action::Choose => {
                let kinds = match self.session().and_then(|session| session.protocol().checklist.item(item)) {
                    Some(item) => match &item.consequence {
                        Consequence::Wait(kinds) => kinds.len(),
                        Consequence::Stop | Consequence::Ask | Consequence::Area | Consequence::Around => 0,
                    },
                    None => 0,
                };
                let number = digit.and_then(|digit| digit.to_digit(10)).and_then(|number| usize::try_from(number).ok());
                if let Some(place) = number.and_then(|number| number.checked_sub(1)).filter(|place| *place < kinds) {
                    match chosen.iter().position(|other| *other == place) {
                        Some(there) => drop(chosen.remove(there)),
                        None => chosen.push(place),
                    }
                    chosen.sort_unstable();
                    self.focus = Focus::Which(item, sureness, chosen);
                }
                return Vec::new();
            }
            Action::NotSure => Which::NotSure,
            Action::Keep if chosen.is_empty() => {
                self.notice = Some(self.words.say("which.needs-one"));
                return Vec::new();
            }
            Action::Keep => Which::These(chosen),
            Action::Back => {
                self.focus = self.asked_from(item);
                return Vec::new();
            }
            _ => return Vec::new(),
        };
        self.focus = Focus::Ago(item, sureness, which, Editor::number(AGO_DIGITS));
        Vec::new()
    }

    pub(super) fn act_on_ago(
        &mut self,
        item: ItemIx,
        sureness: Sureness,
        which: Which,
        editor: &Editor,
        action: Action,
        now: Now,
    ) -> Vec<Output> {
        let unit = match action {
            Action::Days => 1,
            Action::Weeks => DAYS_IN_WEEK,
            Action::Months => DAYS_IN_MONTH,
            Action::NotSure => {
                return self.give(
                    item,
                    Answer::Risk { sureness, detail: Detail::Waited { which, ago: Ago::NotSure } },
                    now,
                );
            }
            Action::Back => {
                self.focus = self.asked_from(item);
                return Vec::new();
            }
            _ => return Vec::new(),
        };
        let Ok(count) = editor.text().parse::<u32>() else {
            self.notice = Some(self.words.say("ago.needs-number"));
            return Vec::new();
        };
        let ago = Ago::Days(count.saturating_mul(unit));
        self.give(item, Answer::Risk { sureness, detail: Detail::Waited { which, ago } }, now)
    }

    pub(super) fn act_on_review(&mut self, item: ItemIx, action: Action, now: Now) -> Vec<Output> {
        let last = self.questions().saturating_sub(1);
        let to = |place: usize| Focus::Review(ItemIx(place.min(last)));
        match action {
            Action::Up | Action::Down if !self.line_chosen => self.line_chosen = true,
            Action::No | Action::Yes | Action::NotSure if !self.line_chosen => {
                self.notice = Some(self.words.say("review.choose-first"));
            }
            Action::Up if self.scroll > 0 => return self.scroll_by(-1, self.scroll),
            Action::Down if item.0 == last => return self.scroll_on(),
            Action::Up => self.focus = to(item.0.saturating_sub(1)),
            Action::Down => self.focus = to(item.0 + 1),
            Action::No => return self.change(item, Answer::No, now),
            Action::Yes => return self.ask_next(item, Sureness::Yes, now),
            Action::NotSure => return self.ask_next(item, Sureness::NotSure, now),
            Action::Confirm => return self.confirm(now),
            Action::Leave => self.overlay = Some(Overlay::ConfirmLeave),
            _ => {}
        }
        Vec::new()
    }

    /// By pages, the cursor goes along, so that the row it stands on stays in sight.
    pub(super) fn page_review(&mut self, down: bool) {
        let Focus::Review(item) = self.focus else { return };
        self.line_chosen = true;
        let last = self.questions().saturating_sub(1);
        let place = match self.next_page {
            _ if !down => item.0.saturating_sub(self.page),
            // At the end, what was passed over in a very small window comes once more.
            _ if item.0 == last => (0..last).find(|row| !self.seen_rows.contains(row)).unwrap_or(last),
            // The row of the cursor alone is higher than the window.
            Some(next) if next == item.0 => (item.0 + 1).min(last),
            next => next.unwrap_or(last),
        };
        self.focus = Focus::Review(ItemIx(place));
    }

    fn change(&mut self, item: ItemIx, answer: Answer, now: Now) -> Vec<Output> {
        let outputs = self.send(Event::Answered { item, answer }, now);
        self.focus = Focus::Review(item);
        outputs
    }

    fn confirm(&mut self, now: Now) -> Vec<Output> {
        if !self.review_read() {
            self.notice = Some(self.words.say("review.read-all-narrow"));
            return Vec::new();
        }
        let Some(verdict) = self.session().and_then(Session::judge) else { return Vec::new() };
        self.send(Event::confirmation(&verdict), now)
    }

    pub(super) fn act_on_verdict(&mut self, action: Action, now: Now) -> Vec<Output> {
        let checking = self.kind() == Kind::Check;
        let stopped = self.verdict_is_stop();
        match action {
            Action::SetUp if !checking => return self.set_up(now),
            Action::Change => return self.send(Event::ListReopened, now),
            Action::Leave if checking || stopped => return self.send(Event::Left, now),
            // The soak and every answer would be for nothing.
            Action::Leave | Action::NotToday => self.overlay = Some(Overlay::ConfirmLeave),
            Action::Note if stopped => self.open_note(),
            _ => {}
        }
        Vec::new()
    }

    fn set_up(&mut self, now: Now) -> Vec<Output> {
        let outputs = self.send(Event::SetUp, now);
        let local = self.sitting.as_ref().map(|sitting| sitting.local(now).moment);
        if let (Some(Contact::Soaking { ends }), Some(local)) = (self.session().map(Session::contact), local)
            && outputs.is_empty()
        {
            self.notice = Some(self.words.fill("verdict.soak-first", &[("left", &clock(ends.since(local)))]));
        }
        outputs
    }

    fn verdict_is_stop(&self) -> bool {
        matches!(self.session().map(Session::stage), Some(Stage::Verdict(engine::safety::Verdict::Stop(_))))
    }

    pub(super) fn act_on_last_touch(&mut self, action: Action, now: Now) -> Vec<Output> {
        match action {
            Action::SkinReady => self.send(Event::SkinReady, now),
            Action::Yes => self.send(Event::CuesHeard(true), now),
            Action::No => self.send(Event::CuesHeard(false), now),
            Action::Click | Action::Enough | Action::OneMore => self.send(Event::ClickerSeen, now),
            Action::TestCues => self.play_check(),
            Action::Back => self.send(Event::SteppedBack, now),
            Action::Go => {
                let outputs = self.send(Event::HandsFree, now);
                if outputs.is_empty() {
                    self.notice = Some(self.words.say("last-touch.not-yet"));
                }
                outputs
            }
            _ => Vec::new(),
        }
    }
}
