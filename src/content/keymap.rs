//! Keys become named actions in one table (`assets/keymap.toml`); the footer and the help page are printed from the
//! same table.

mod key;
pub mod parse;
pub mod remap;
mod screen;
pub mod script;
mod say;

use super::tables::Tables;
pub use key::{Key, Press};
pub use screen::{Binding, Field, Refused, ScreenKeys};

/// The shipped key table.
const SHIPPED: &str = include_str!("../../assets/keymap.toml");

/// What a key asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Action {
    /// Start a session.
    Begin,
    /// Go through it with an empty hand.
    Rehearse,
    /// Play the cues.
    TestCues,
    /// This screen's keys and marks, or why a question is asked.
    Help,
    /// To where one came from.
    Back,
    /// Leave the program; asks where something is open.
    Leave,
    /// One row up.
    Up,
    /// One row down.
    Down,
    /// One window up.
    PageUp,
    /// One window down.
    PageDown,
    /// Yes.
    Yes,
    /// No.
    No,
    /// Not sure.
    NotSure,
    /// The choice with that digit.
    Choose,
    /// Everywhere, or not sure where.
    Everywhere,
    /// Keep what was chosen or typed.
    Keep,
    /// Go round the spot.
    GoRound,
    /// Skip the section.
    Skip,
    /// Days ago.
    Days,
    /// Weeks ago.
    Weeks,
    /// Months ago.
    Months,
    /// The answers are right.
    Confirm,
    /// Back to the answers.
    Change,
    /// On to the last touch.
    SetUp,
    /// No session today.
    NotToday,
    /// Write a note.
    Note,
    /// Face washed, wiped, dry.
    SkinReady,
    /// Hands free from here.
    Go,
    /// Go on from a pause.
    GoOn,
    /// Go on with an unfinished session.
    Resume,
    /// Keep it as a part session.
    KeepPart,
    /// Delete it.
    Delete,
    /// Enough of this section.
    Enough,
    /// One more stroke.
    OneMore,
    /// The roller touched something.
    Dropped,
    /// Stop rolling.
    Stop,
    /// Stop, and the roller is retired.
    Retire,
    /// A clicker pauses, or goes on.
    Click,
    /// Another roller.
    OtherRoller,
    /// Soak it once more.
    SoakAgain,
    /// The roller is in the liquid.
    StartSoak,
    /// Already in the liquid, or a sealed pack.
    OtherSoak,
    /// A new roller.
    NewRoller,
    /// The needles look bad.
    NeedlesBad,
    /// Needles above the article's limit are known about.
    Acknowledge,
    /// Serum after a stop.
    Serum,
    /// On to the summary.
    Summary,
    /// The end.
    Finish,
    /// Start before the interval is over.
    Early,
    /// Look at one of a list.
    Open,
    /// Search a list.
    Find,
    /// To the newest of a list.
    Newest,
    /// To the oldest of a list.
    Oldest,
    /// Try to save once more.
    Retry,
    /// Go on without saving.
    GoOnUnsaved,
}

impl Action {
    /// Every action with its name in the key table.
    pub const NAMES: [(&'static str, Action); 55] = [
        ("begin", Action::Begin),
        ("rehearse", Action::Rehearse),
        ("test-cues", Action::TestCues),
        ("help", Action::Help),
        ("back", Action::Back),
        ("leave", Action::Leave),
        ("up", Action::Up),
        ("down", Action::Down),
        ("page-up", Action::PageUp),
        ("page-down", Action::PageDown),
        ("yes", Action::Yes),
        ("no", Action::No),
        ("not-sure", Action::NotSure),
        ("choose", Action::Choose),
        ("everywhere", Action::Everywhere),
        ("keep", Action::Keep),
        ("go-round", Action::GoRound),
        ("skip", Action::Skip),
        ("days", Action::Days),
        ("weeks", Action::Weeks),
        ("months", Action::Months),
        ("confirm", Action::Confirm),
        ("change", Action::Change),
        ("set-up", Action::SetUp),
        ("not-today", Action::NotToday),
        ("note", Action::Note),
        ("skin-ready", Action::SkinReady),
        ("go", Action::Go),
        ("go-on", Action::GoOn),
        ("resume", Action::Resume),
        ("keep-part", Action::KeepPart),
        ("delete", Action::Delete),
        ("enough", Action::Enough),
        ("one-more", Action::OneMore),
        ("dropped", Action::Dropped),
        ("stop", Action::Stop),
        ("retire", Action::Retire),
        ("click", Action::Click),
        ("other-roller", Action::OtherRoller),
        ("soak-again", Action::SoakAgain),
        ("start-soak", Action::StartSoak),
        ("other-soak", Action::OtherSoak),
        ("new-roller", Action::NewRoller),
        ("needles-bad", Action::NeedlesBad),
        ("acknowledge", Action::Acknowledge),
        ("serum", Action::Serum),
        ("summary", Action::Summary),
        ("finish", Action::Finish),
        ("early", Action::Early),
        ("open", Action::Open),
        ("find", Action::Find),
        ("newest", Action::Newest),
        ("oldest", Action::Oldest),
        ("retry", Action::Retry),
        ("go-on-unsaved", Action::GoOnUnsaved),
    ];

    /// The action of that name in the key table.
    pub fn from_name(name: &str) -> Option<Action> {
        Action::NAMES.into_iter().find(|(known, _)| *known == name).map(|(_, action)| action)
    }

    /// Its name in the key table.
    pub fn id(self) -> &'static str {
        Action::NAMES.into_iter().find(|(_, action)| *action == self).map(|(name, _)| name).unwrap_or_default()
    }

    /// Whether it only moves what is looked at, so that a held key may repeat it.
    pub fn only_moves(self) -> bool {
        matches!(self, Action::Up | Action::Down | Action::PageUp | Action::PageDown)
    }
}

/// A key and what it does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyHint {
    /// What the key asks for.
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

/// The key table.
#[derive(Debug, Clone)]
pub struct Keymap(Tables<ScreenKeys>);

impl PartialEq for Keymap {
    fn eq(&self, other: &Keymap) -> bool {
        self.screens().eq(other.screens())
    }
}

impl Eq for Keymap {}

impl Keymap {
    /// The table that ships with the program. A screen with a mistake in it has no keys; a test holds that there is none.
    pub fn shipped() -> Keymap {
        Keymap::in_text(SHIPPED)
    }

    fn in_text(text: &'static str) -> Keymap {
        Keymap(Tables::split(text, |name, text| parse::screen(name, text).ok()))
    }

    /// Every screen with its rows.
    pub fn screens(&self) -> impl Iterator<Item = &ScreenKeys> {
        self.0.iter()
    }

    /// The screen called `name`; None for one without keys of its own.
    pub fn screen(&self, name: &str) -> Option<&ScreenKeys> {
        self.0.get(name)
    }

    /// The rows of a screen, in order of importance; none for a screen without keys of its own.
    pub fn of(&self, screen: &str) -> &[Binding] {
        self.screen(screen).map(|screen| screen.rows.as_slice()).unwrap_or_default()
    }

    /// What `key` asks for on `screen`.
    pub fn action(&self, screen: &str, key: Key) -> Option<Action> {
        self.of(screen).iter().find(|row| row.keys.contains(&key)).map(|row| row.action)
    }

    /// How the key of `action` on `screen` is named to the person: the first one that does it. Empty where the screen
    /// does not have that action.
    pub fn shown(&self, screen: &str, action: Action) -> String {
        self.screen(screen).and_then(|screen| screen.row(action)).map(Binding::shown).unwrap_or_default()
    }

    /// The footer of `screen`; actions for which `live` is false are shown as inert.
    pub fn hints(&self, screen: &str, live: impl Fn(Action) -> bool) -> Vec<KeyHint> {
        let Some(screen) = self.screen(screen) else { return Vec::new() };
        let rows = screen.rows.iter().filter(|row| row.is_in_footer());
        rows.map(|row| KeyHint {
            action: row.action,
            key: screen.shown_with(row, &live),
            label: row.label.to_string(),
            short: row.short.to_string(),
            live: live(row.action),
            optional: row.optional,
        })
        .collect()
    }
}
