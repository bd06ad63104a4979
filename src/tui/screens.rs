//! One screen, one module: what is half typed on it, what its keys do, its page. Nothing of that is recorded; an answer
//! becomes an event only when it is whole.

mod after;
mod aftercare;
mod ago;
mod answer;
mod around;
mod check_in;
mod confirm_delete;
mod confirm_leave;
mod confirm_part;
mod confirm_retire;
mod dates;
mod doctor;
mod early_reason;
mod halt;
mod hands_free;
mod head;
mod help;
mod history;
mod history_field;
mod history_one;
mod last_touch;
mod later_note;
mod map;
mod not_saved;
mod note;
mod other_soak;
mod place;
mod plan;
mod question;
mod question_card;
mod resume;
mod review;
mod roller;
mod rolling;
mod scene;
mod serum_name;
mod sheet;
mod soak_minutes;
mod sterilise;
mod spark;
mod stop_advice;
mod stop_reason;
mod summary;
pub(super) mod verdict;
mod wash;
mod welcome;
mod which;
mod why;

pub use roller::{RollerFor, RollerStep};
pub(super) use scene::Scene;
pub use welcome::reading;

use core::mem::{Discriminant, discriminant};

use crate::content::keymap::{Action, Key, ScreenName};
use crate::tui::app::{App, Output};
use crate::tui::editor::Editor;
use crate::tui::view::View;
use engine::session::{Event, Session, Stage, Step};
use engine::timeline::{Moment, Now};
use head::HeadStage;
use sheet::Sheet;

/// What the program asks of each screen.
pub(super) trait Component {
    /// What is known of it without a key.
    fn facts(&self, app: &App) -> Facts;

    /// Its page.
    fn page(&self, scene: &Scene) -> View;

    /// What a key does.
    fn on(&self, app: &mut App, pressed: Pressed) -> Vec<Output>;

    /// The field that is typed into.
    fn field(&mut self) -> Option<&mut Editor> {
        None
    }

    /// Whether `action` is an answer, for which it has to be read to its end before. Leaving, stopping and going back are
    /// open at any time.
    fn answers(&self, action: Action, app: &App) -> bool {
        let is_open = matches!(action, Action::Back | Action::Leave | Action::OtherRoller);
        self.facts(app).must_be_read && !action.only_moves() && !is_open
    }

    /// Moves its cursor to this row of its list, from 0.
    fn go_to(&mut self, _row: usize) {}

    /// Something comes to stand over it, while its first row is the one called `scroll`.
    fn covered(&mut self, _scroll: usize) {}

    /// The first row that is shown when it comes to stand there, or comes back.
    fn first_row(&self) -> usize {
        0
    }

    /// The end of a countdown that stands on this page alone.
    fn counts_down(&self, _: &Session) -> Option<Moment> {
        None
    }

    /// What is half typed on it and kept when the terminal goes away.
    fn kept_at_the_end(&self) -> Option<Event> {
        None
    }

    /// The word about a key that does nothing here.
    fn word_about(&self, _: Key) -> Option<&'static str> {
        None
    }

    /// Whether `action` moves a cursor of its own instead of scrolling.
    fn moves(&self, _: Action) -> bool {
        false
    }

    /// What the key for help opens.
    fn help(&self) -> Screen {
        Help.into()
    }
}

/// What is known of a screen without a key.
#[derive(Debug, Clone, Copy)]
pub(super) struct Facts {
    /// Its keys.
    pub(super) name: ScreenName,
    /// What it is about, so that the next question is another screen.
    pub(super) about: usize,
    /// It is read to its end before an answer counts.
    pub(super) must_be_read: bool,
    /// A key on it may bring a roller nearer to the skin, so that the ledger is asked before.
    pub(super) nears_skin: bool,
    /// It leads to a session that begins, so that nobody else may write meanwhile.
    pub(super) is_beginning: bool,
    /// Nothing on it needs care, so that every key counts at once.
    pub(super) counts_at_once: bool,
}

impl Facts {
    fn of(name: ScreenName) -> Facts {
        Facts { name, about: 0, must_be_read: false, nears_skin: false, is_beginning: false, counts_at_once: false }
    }
}

/// The list of the screens, and all that goes through each of them.
macro_rules! screens {
    ($($screen:ident($module:ident),)+) => {
        $(pub use $module::$screen;)+

        /// What the person looks at.
        #[derive(Debug, Clone)]
        pub enum Screen {
            $($screen($module::$screen),)+
        }

        impl Screen {
            pub(super) fn component(&self) -> &dyn Component {
                match self {
                    $(Screen::$screen(screen) => screen,)+
                }
            }

            pub(super) fn component_mut(&mut self) -> &mut dyn Component {
                match self {
                    $(Screen::$screen(screen) => screen,)+
                }
            }
        }

        $(impl From<$module::$screen> for Screen {
            fn from(screen: $module::$screen) -> Screen {
                Screen::$screen(screen)
            }
        })+
    };
}

screens! {
    Welcome(welcome),
    Resume(resume),
    ConfirmDelete(confirm_delete),
    ConfirmPart(confirm_part),
    CheckIn(check_in),
    LaterNote(later_note),
    EarlyReason(early_reason),
    ChooseRoller(roller),
    SerumName(serum_name),
    Sterilise(sterilise),
    OtherSoak(other_soak),
    SoakMinutes(soak_minutes),
    Question(question),
    QuestionCard(question_card),
    Doctor(doctor),
    Where(place),
    Around(around),
    Which(which),
    Ago(ago),
    Review(review),
    Verdict(verdict),
    LastTouch(last_touch),
    HandsFree(hands_free),
    StopReason(stop_reason),
    ConfirmRetire(confirm_retire),
    After(after),
    Summary(summary),
    Note(note),
    Help(help),
    Why(why),
    ConfirmLeave(confirm_leave),
    NotSaved(not_saved),
    History(history),
    HistoryOne(history_one),
    HistoryField(history_field),
}

impl Screen {
    /// The screen that the session itself asks for; none when it has ended.
    pub(super) fn for_stage(session: &Session) -> Option<Screen> {
        match session.stage() {
            Stage::Sterilise => Some(sterilise::first(session)),
            Stage::Checklist => Some(question::first_open(session)),
            Stage::Verdict(_) => Some(Verdict.into()),
            Stage::LastTouch(_) => Some(LastTouch.into()),
            Stage::HandsFree(_) => Some(HandsFree.into()),
            Stage::After { .. } => Some(After(0).into()),
            Stage::Ended => None,
        }
    }

    /// A copy of the field that is typed into.
    pub fn field(&self) -> Option<Editor> {
        self.clone().component_mut().field().cloned()
    }
}

/// What decides which screen a session asks for. While it is the same, what the person opened stays.
#[derive(PartialEq)]
pub(super) struct ScreenKey {
    stage: Discriminant<Stage>,
    /// Whether a countdown runs, the roller touched something, or what to do about a stop waits to be read.
    step: Option<[bool; 3]>,
    /// Without the word about its length the soak would be refused.
    needs_a_word: bool,
}

impl ScreenKey {
    pub(super) fn of(session: &Session) -> ScreenKey {
        let kind = |step| {
            let (runs, advises) = (matches!(step, Step::Running { .. }), matches!(step, Step::Advice));
            [runs, matches!(step, Step::RollerTouched(_)), advises]
        };
        ScreenKey {
            stage: discriminant(session.stage()),
            step: session.step().map(kind),
            needs_a_word: roller::unacknowledged(session).is_some(),
        }
    }
}

/// A key on its screen.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pressed {
    /// What it asks for.
    pub(super) action: Action,
    /// The digit that it is.
    pub(super) digit: Option<char>,
    /// When it was pressed.
    pub(super) now: Now,
}

impl Pressed {
    /// The digit as a number.
    fn number(self) -> Option<usize> {
        usize::try_from(self.digit?.to_digit(10)?).ok()
    }

    /// The place, from 0, of what it chooses from a numbered list.
    fn place(self) -> Option<usize> {
        self.number()?.checked_sub(1)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::content::built_in;
    use engine::protocol::{Kind, Micrometres, Rules};
    use engine::safety::Roller;

    fn at_the_soak(needle: impl Fn(&Rules) -> Micrometres) -> Session {
        let protocol = built_in(Kind::Session).unwrap();
        let roller = Roller { id: "blue".into(), name: "blue".into(), needle: needle(&protocol.rules), uses: 0 };
        let mut session = Session::begin(Arc::new(protocol));
        session.handle(Event::RollerTaken(roller), Now::default());
        session
    }

    #[test]
    fn a_stage_has_its_screen() {
        let check = Session::begin(Arc::new(built_in(Kind::Check).unwrap()));
        for (session, screen) in [(at_the_soak(|_| Micrometres(100)), "Sterilise"), (check, "Question(ItemIx(0))")] {
            let first = Screen::for_stage(&session).unwrap();
            assert!(format!("{first:?}").contains(screen), "{first:?}");
        }
    }

    #[test]
    fn long_needles_are_acknowledged_before_the_soak() {
        let mut session = at_the_soak(|rules| rules.longest_needle);
        let first = Screen::for_stage(&session).unwrap();
        assert!(matches!(first, Screen::ChooseRoller(ChooseRoller { step: RollerStep::Acknowledge(..), .. })));
        let before = ScreenKey::of(&session);
        session.handle(Event::LengthAcknowledged, Now::default());
        assert!(ScreenKey::of(&session) != before, "what was opened before is closed");
        assert!(matches!(Screen::for_stage(&session), Some(Screen::Sterilise(_))));
    }
}
