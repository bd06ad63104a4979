//! Keys become named actions in one table (`assets/keymap.toml`); the footer and the help page are printed from the
//! same table.

mod key;
mod parse;
pub mod remap;
mod screen;
pub mod script;
mod say;

use super::tables::Tables;
pub use key::{Key, Press};
pub use screen::{Binding, Field, Refused, ScreenKeys};

/// The shipped key table.
const SHIPPED: &str = include_str!("../../assets/keymap.toml");

/// An enum whose variants have names in files.
macro_rules! named {
    ($(#[$about:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $id:literal,)+ }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Deserialize)]
        pub enum $name {
            $($(#[$doc])* #[serde(rename = $id)] $variant,)+
        }

        impl $name {
            pub const ALL: &[$name] = &[$($name::$variant,)+];

            pub fn from_id(id: &str) -> Option<$name> {
                match id {
                    $($id => Some($name::$variant),)+
                    _ => None,
                }
            }

            /// Its name in the key table.
            pub fn id(self) -> &'static str {
                match self {
                    $($name::$variant => $id,)+
                }
            }
        }

        impl core::fmt::Display for $name {
            fn fmt(&self, out: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                out.write_str(self.id())
            }
        }
    };
}

named! {
    /// What a key asks for.
    Action {
        Begin = "begin",
        Rehearse = "rehearse",
        TestCues = "test-cues",
        /// This screen's keys and marks, or why a question is asked.
        Help = "help",
        /// To where one came from.
        Back = "back",
        /// Leave the program; asks where something is open.
        Leave = "leave",
        Up = "up",
        Down = "down",
        PageUp = "page-up",
        PageDown = "page-down",
        Yes = "yes",
        No = "no",
        /// Not sure.
        NotSure = "not-sure",
        /// The choice with that digit.
        Choose = "choose",
        /// Everywhere, or not sure where.
        Everywhere = "everywhere",
        Keep = "keep",
        GoRound = "go-round",
        Skip = "skip",
        Days = "days",
        Weeks = "weeks",
        Months = "months",
        /// To the verdict, with questions left.
        VerdictNow = "verdict-now",
        Confirm = "confirm",
        Change = "change",
        SetUp = "set-up",
        Note = "note",
        /// How the skin is, days later.
        CheckIn = "check-in",
        /// What was noted just now is taken back.
        TakeBack = "take-back",
        /// Strike a session out, or take that back.
        Strike = "strike",
        /// Face washed, wiped, dry.
        SkinReady = "skin-ready",
        /// Hands free from here.
        Go = "go",
        GoOn = "go-on",
        Resume = "resume",
        /// Keep it as a part session.
        KeepPart = "keep-part",
        Delete = "delete",
        Enough = "enough",
        OneMore = "one-more",
        /// The roller touched something.
        Dropped = "dropped",
        Stop = "stop",
        Retire = "retire",
        /// A clicker pauses, or goes on.
        Click = "click",
        OtherRoller = "other-roller",
        /// Soak it once more.
        SoakAgain = "soak-again",
        /// Blood or welts were seen: no serum.
        BloodOrWelts = "blood-or-welts",
        StartSoak = "start-soak",
        /// Already in the liquid, or a sealed pack.
        OtherSoak = "other-soak",
        NewRoller = "new-roller",
        NeedlesBad = "needles-bad",
        /// Needles above the article's limit are known about.
        Acknowledge = "acknowledge",
        Serum = "serum",
        Summary = "summary",
        Finish = "finish",
        Early = "early",
        /// The past sessions, from the first screen.
        History = "history",
        Open = "open",
        Find = "find",
        Newest = "newest",
        Oldest = "oldest",
        Retry = "retry",
        GoOnUnsaved = "go-on-unsaved",
    }
}

named! {
    /// A table of keys. Most screens have one of their own, and what a screen is about may choose between several. In
    /// the order of their names, in which they are listed to the person.
    ScreenName {
        Acknowledge = "acknowledge",
        After = "after",
        Ago = "ago",
        Around = "around",
        /// Several questions of the checklist on one screen.
        Card = "card",
        CheckIn = "check-in",
        /// The keys of a clicker, heard on the screens of others.
        Clicker = "clicker",
        ConfirmDelete = "confirm-delete",
        ConfirmLeave = "confirm-leave",
        ConfirmNeedles = "confirm-needles",
        ConfirmPart = "confirm-part",
        ConfirmRetire = "confirm-retire",
        Doctor = "doctor",
        /// Every key pauses there, so it has no table.
        HandsFree = "hands-free",
        Help = "help",
        History = "history",
        HistoryEmpty = "history-empty",
        HistoryOne = "history-one",
        LastTouch = "last-touch",
        NoRoller = "no-roller",
        NotDue = "not-due",
        NotSaved = "not-saved",
        OtherSoak = "other-soak",
        Pause = "pause",
        PauseAfter = "pause-after",
        Question = "question",
        Resume = "resume",
        Review = "review",
        RollerTouched = "roller-touched",
        Rollers = "rollers",
        Sealed = "sealed",
        SoakingAgain = "soaking-again",
        Sterilise = "sterilise",
        StopAdvice = "stop-advice",
        StopReason = "stop-reason",
        Summary = "summary",
        /// Every screen on which text is typed.
        Text = "text",
        TooLong = "too-long",
        TooSoon = "too-soon",
        VerdictCheck = "verdict-check",
        VerdictClear = "verdict-clear",
        VerdictStop = "verdict-stop",
        Welcome = "welcome",
        Where = "where",
        Which = "which",
    }
}

impl Action {
    /// Whether it only moves what is looked at, so that a held key may repeat it.
    pub fn only_moves(self) -> bool {
        matches!(self, Action::Up | Action::Down | Action::PageUp | Action::PageDown)
    }
}

/// A key and what it does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyHint {
    pub action: Action,
    /// "Space", "y", "up down".
    pub key: String,
    /// "go on"; may be empty in narrow windows.
    pub label: String,
    /// The label in fewer words; empty: the key alone.
    pub short: String,
    /// False: shown as quiet, since it does nothing yet.
    pub live: bool,
    /// May be left out when the row is full.
    pub optional: bool,
}

/// The key table. A screen's keys are parsed when it is first shown: a start needs few of them.
#[derive(Debug, Clone)]
pub struct Keymap(Tables<ScreenKeys>);

impl PartialEq for Keymap {
    fn eq(&self, other: &Keymap) -> bool {
        self.screens().eq(other.screens())
    }
}

impl Eq for Keymap {}

impl Keymap {
    /// The table that ships with the program. A screen with a mistake in it would have no keys; a test holds that there
    /// is none.
    pub fn shipped() -> Keymap {
        Keymap::in_text(SHIPPED)
    }

    fn in_text(text: &'static str) -> Keymap {
        Keymap(Tables::split(text, parse::screen))
    }

    /// Every screen with its rows.
    pub fn screens(&self) -> impl Iterator<Item = &ScreenKeys> {
        self.0.iter()
    }

    /// None for a screen without keys of its own.
    pub fn screen(&self, name: ScreenName) -> Option<&ScreenKeys> {
        self.0.get(name.id())
    }

    /// The rows of a screen, in order of importance; none for a screen without keys of its own.
    pub fn of(&self, screen: ScreenName) -> &[Binding] {
        self.screen(screen).map(|screen| screen.rows.as_slice()).unwrap_or_default()
    }

    /// What `key` asks for on `screen`.
    pub fn action(&self, screen: ScreenName, key: Key) -> Option<Action> {
        self.of(screen).iter().find(|row| row.keys.contains(&key)).map(|row| row.action)
    }

    /// How the key of `action` on `screen` is named to the person: the first one that does it. Empty where the screen
    /// does not have that action.
    pub fn shown(&self, screen: ScreenName, action: Action) -> String {
        self.screen(screen).and_then(|screen| screen.row(action)).map(Binding::shown).unwrap_or_default()
    }

    /// The footer of `screen`; actions for which `live` is false are shown as inert.
    pub fn hints(&self, screen: ScreenName, live: impl Fn(Action) -> bool) -> Vec<KeyHint> {
        let Some(screen) = self.screen(screen) else { return Vec::new() };
        let rows = screen.rows.iter().filter(|row| row.is_in_footer());
        rows.map(|row| KeyHint {
            action: row.action,
            key: screen.shown_with(row, &live),
            label: row.label.clone(),
            short: row.short.clone(),
            live: live(row.action),
            optional: row.optional,
        })
        .collect()
    }
}
