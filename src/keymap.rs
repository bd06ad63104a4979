//! Keys become named actions in one table (`assets/keymap.toml`); the footer and the help page are printed from the
//! same table.

pub mod parse;

use crate::view::KeyHint;

/// A key press without regard to case, as far as this program tells keys apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Key {
    /// A character; letters in lower case.
    Char(char),
    /// Enter.
    Enter,
    /// Escape.
    Esc,
    /// Tab.
    Tab,
    /// Backspace.
    Backspace,
    /// Delete.
    Delete,
    /// Arrow.
    Up,
    /// Arrow.
    Down,
    /// Arrow.
    Left,
    /// Arrow.
    Right,
    /// Home.
    Home,
    /// End.
    End,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
    /// F1 to F12.
    F(u8),
    /// A letter with Ctrl.
    Ctrl(char),
    /// Any other key; it pauses like every key, and does nothing else.
    Other,
}

impl Key {
    /// How it is named to the person.
    pub fn name(self) -> String {
        match self {
            Key::Char(' ') => "Space".to_owned(),
            Key::Char(character) => character.to_string(),
            Key::Enter => "Enter".to_owned(),
            Key::Esc => "Esc".to_owned(),
            Key::Tab => "Tab".to_owned(),
            Key::Backspace => "Backspace".to_owned(),
            Key::Delete => "Del".to_owned(),
            Key::Up => "up".to_owned(),
            Key::Down => "down".to_owned(),
            Key::Left => "left".to_owned(),
            Key::Right => "right".to_owned(),
            Key::Home => "Home".to_owned(),
            Key::End => "End".to_owned(),
            Key::PageUp => "PgUp".to_owned(),
            Key::PageDown => "PgDn".to_owned(),
            Key::F(number) => format!("F{number}"),
            Key::Ctrl(letter) => format!("Ctrl-{}", letter.to_uppercase()),
            Key::Other => String::new(),
        }
    }
}

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
    /// Try to save once more.
    Retry,
    /// Go on without saving.
    GoOnUnsaved,
}

impl Action {
    /// Every action with its name in the key table.
    pub const NAMES: [(&'static str, Action); 51] = [
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
        ("retry", Action::Retry),
        ("go-on-unsaved", Action::GoOnUnsaved),
    ];

    /// The action of that name in the key table.
    pub fn from_name(name: &str) -> Option<Action> {
        Action::NAMES.into_iter().find(|(known, _)| *known == name).map(|(_, action)| action)
    }

    /// Whether it only moves what is looked at, so that a held key may repeat it.
    pub fn only_moves(self) -> bool {
        matches!(self, Action::Up | Action::Down | Action::PageUp | Action::PageDown)
    }
}

/// One row of the key table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binding {
    /// The keys that do it.
    pub keys: Vec<Key>,
    /// What they do.
    pub action: Action,
    /// How the keys are named to the person; empty: not in the footer.
    pub show: String,
    /// What they do, in the footer of a wide window.
    pub label: String,
    /// The same in a narrow one; empty: the key alone.
    pub short: String,
    /// What they do, on the help page.
    pub help: String,
    /// The footer may leave it out when it is full.
    pub optional: bool,
}

/// The key table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Keymap(Vec<(String, Vec<Binding>)>);

impl Keymap {
    /// Keeps `screens` with their rows, in order of importance.
    pub fn new(screens: Vec<(String, Vec<Binding>)>) -> Keymap {
        Keymap(screens)
    }

    /// The rows of a screen; none for a screen without keys of its own.
    pub fn of(&self, screen: &str) -> &[Binding] {
        self.0.iter().find(|(name, _)| name == screen).map(|(_, rows)| rows.as_slice()).unwrap_or_default()
    }

    /// What `key` asks for on `screen`.
    pub fn action(&self, screen: &str, key: Key) -> Option<Action> {
        self.of(screen).iter().find(|row| row.keys.contains(&key)).map(|row| row.action)
    }

    /// The footer of `screen`; actions for which `live` is false are shown as inert.
    pub fn hints(&self, screen: &str, live: impl Fn(Action) -> bool) -> Vec<KeyHint> {
        self.of(screen)
            .iter()
            .filter(|row| !row.show.is_empty())
            .map(|row| KeyHint {
                key: row.show.clone(),
                label: row.label.clone(),
                short: row.short.clone(),
                live: live(row.action),
                optional: row.optional,
            })
            .collect()
    }

    /// Every screen with its rows.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[Binding])> {
        self.0.iter().map(|(name, rows)| (name.as_str(), rows.as_slice()))
    }
}
