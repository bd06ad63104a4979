//! What the person sees, as words by meaning: no toolkit types, no state machine. `ui` draws it, `line_mode` prints it.

mod face;

use crate::content::keymap::{Action, KeyHint};
pub use face::{Face, FaceMap, Fill, MapCell, MapSize, Share};

/// What a page is made for. Only that form of it is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Form {
    /// A window of less than 20x5: one line.
    #[default]
    OneLine,
    /// Less than 40x15: time, section, stroke.
    Tiny,
    /// Less than 80x24.
    Compact,
    /// 80x24 and more.
    Full,
    /// Lines that are printed one after the other.
    LineMode,
}

impl Form {
    /// The form for a window of that many columns and rows.
    pub fn of_window(columns: u16, rows: u16) -> Form {
        let fits = |width, height| columns >= width && rows >= height;
        if fits(80, 24) {
            Form::Full
        } else if fits(40, 15) {
            Form::Compact
        } else if fits(20, 5) {
            Form::Tiny
        } else {
            Form::OneLine
        }
    }

    /// Whether there is room for whole sentences.
    pub fn is_wide(self) -> bool {
        matches!(self, Form::Full | Form::LineMode)
    }
}

/// The weight of a piece of text, by meaning. The theme decides how it looks; the words carry the meaning without.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Tone {
    #[default]
    Plain,
    /// A heading, or the words that matter most in a line.
    Strong,
    /// Lesser things: what is over, what cannot be pressed now.
    Quiet,
    /// The present stage, section or stroke.
    Current,
    /// Done, saved.
    Good,
    /// Waits, not sure, early.
    Wait,
    /// A stop, a skip, a record that is not saved.
    Alert,
}

/// What a piece is there for. Whoever writes the page as lines goes by this and never by the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Means {
    /// To be read.
    #[default]
    Words,
    /// The key of a choice; what it does follows in the next cell.
    Key(Action),
    /// A box, ticked or not.
    Tick(bool),
    /// A box with the number that was chosen in it, or none yet.
    Level(Option<u8>),
    /// It stands where an answer will.
    Unanswered,
    /// A mark that is drawn as this where the window shows more than ASCII, and as its text where it does not.
    Mark(&'static str),
}

/// Text of one weight.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Piece {
    /// Without line breaks.
    pub text: String,
    pub tone: Tone,
    pub means: Means,
}

impl Piece {
    pub fn new(text: impl Into<String>, tone: Tone) -> Piece {
        Piece { text: text.into(), tone, means: Means::Words }
    }
}

/// A run of text, wrapped by whoever draws it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Line(pub Vec<Piece>);

/// Words of the first row.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Fit {
    /// Where they have room beside the others.
    pub long: Option<Line>,
    /// Else.
    pub short: Line,
}

/// The whole screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    /// First row, left: the stage, or the section while rolling.
    pub head: Fit,
    /// First row, right end: the contact clock, time to go, time saved.
    pub status: Fit,
    /// All of it in reverse: a call to whoever watches the screen from the corner of the eye.
    pub reversed: bool,
    /// A word that stands on every screen of a rehearsal, a trial, or a record that is not being saved.
    pub mark: Option<Piece>,
    /// The middle.
    pub body: Body,
    /// Last row.
    pub foot: Foot,
}

/// The middle of the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// Everything but rolling, and in a tiny window all that is read at leisure.
    Page(Page),
    /// Rolling, and on the way to a section.
    Face(Box<Face>),
    /// In a tiny window while hands are busy: at most five lines, the most important first.
    Few(Vec<Line>),
    /// In a window below 20x5.
    OneLine(OneLine),
}

/// All that a window below 20x5 says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OneLine {
    /// Time left of what runs; it stands before the text.
    pub clock: Option<String>,
    /// Where one is, or what is to be done.
    pub text: String,
    pub field: Option<Field>,
}

/// Blocks from top to bottom. What does not fit is scrolled; gaps are closed before that. A field stays in sight.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Page {
    pub blocks: Vec<Block>,
    /// Rows scrolled by the person. The row with the cursor is kept in sight whatever this says.
    pub scroll: usize,
}

/// One block of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// An empty row; the first thing to go when rows are short.
    Gap,
    /// A paragraph, wrapped, indented by `indent` columns in wide windows (half of that in narrow ones).
    Text { indent: usize, line: Line },
    /// Rows with aligned columns.
    Table(Table),
    /// Large digits, with lines to their right where there is room and below them where there is none.
    Digits {
        /// `0:14`, `10:00`, `5`.
        text: String,
        /// Ten rows from 80x24 and more in larger windows; else five rows everywhere.
        large: bool,
        beside: Vec<Line>,
    },
    /// Words as large as there is room for; else as a heading.
    Letters {
        text: String,
        /// Hollow: nothing moves.
        still: bool,
    },
    /// The face as in the mirror; to the right of the rows of the blocks that follow, where there is room.
    Map(Box<FaceMap>),
    /// A line being typed.
    Field(Field),
}

/// A line being typed, with the cursor after `before`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Field {
    pub label: String,
    pub before: String,
    pub after: String,
}

/// Rows with aligned columns. The last column is wrapped within itself.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Table {
    /// Columns before the first cell in wide windows (half of that in narrow ones).
    pub indent: usize,
    pub rows: Vec<Row>,
    /// Flow the rows into two columns side by side where that fits.
    pub two_up: bool,
}

/// One row of a table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Row {
    pub cells: Vec<Line>,
    /// A `>` stands before it, and it is kept in sight.
    pub cursor: bool,
    /// A number by which the window says that the row was on screen; None where nobody asks.
    pub seen_as: Option<usize>,
}

/// The last row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Foot {
    /// The keys that act here, most important first; what does not fit is left to the help page.
    Keys(Vec<KeyHint>),
    /// Hands free: no key is needed.
    HandsFree(Line),
    /// A word about the last key, in place of the keys until the next one: it is seen in every window.
    Notice {
        /// The word.
        line: Line,
        /// Rows of it scrolled by the person, where it does not fit.
        scroll: usize,
    },
}

impl Foot {
    /// The key of `action`, where keys are named.
    pub fn hint(&mut self, action: Action) -> Option<&mut KeyHint> {
        match self {
            Foot::Keys(hints) => hints.iter_mut().find(|hint| hint.action == action),
            Foot::HandsFree(_) | Foot::Notice { .. } => None,
        }
    }

    /// Names no key that does nothing now.
    pub fn leave_out_dead(&mut self) {
        if let Foot::Keys(hints) = self {
            hints.retain(|hint| hint.live);
        }
    }
}

/// What of a view was on screen after it was drawn.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Seen {
    /// Nothing of the body is below or above the window.
    pub whole: bool,
    /// The rows of the body that are now on screen reach its end.
    pub end: bool,
    /// The `seen_as` numbers of the table rows on screen.
    pub rows: Vec<usize>,
    /// Rows of the body that fit on one screen, for scrolling by pages.
    pub page: usize,
    /// The number of the table row to which the cursor goes for the next page, so that none is passed over that was not
    /// on screen whole; None when the last one is.
    pub next: Option<usize>,
    /// The largest scroll that changes anything.
    pub max_scroll: usize,
    /// The first row of the body that is on screen.
    pub scroll: usize,
    /// Rows of the notice below those that are on screen.
    pub notice_below: usize,
    /// Column and row of what the next key changes, for the terminal's own cursor.
    pub cursor: Option<(u16, u16)>,
}

impl Line {
    pub fn plain(text: impl Into<String>) -> Line {
        Line::toned(text, Tone::Plain)
    }

    pub fn toned(text: impl Into<String>, tone: Tone) -> Line {
        Line(vec![Piece::new(text, tone)])
    }

    #[must_use]
    pub fn and(mut self, text: impl Into<String>, tone: Tone) -> Line {
        self.0.push(Piece::new(text, tone));
        self
    }

    /// One piece that is more than words.
    pub fn meaning(text: impl Into<String>, tone: Tone, means: Means) -> Line {
        Line(vec![Piece { means, ..Piece::new(text, tone) }])
    }

    /// What its first piece is there for.
    pub fn means(&self) -> Means {
        self.0.first().map(|piece| piece.means).unwrap_or_default()
    }

    pub fn text(&self) -> String {
        self.0.iter().map(|piece| piece.text.as_str()).collect()
    }
}

impl OneLine {
    /// All of it.
    pub fn whole(&self) -> String {
        match &self.clock {
            Some(clock) => format!("{clock} {}", self.text),
            None => self.text.clone(),
        }
    }
}

impl Page {
    pub fn field(&self) -> Option<&Field> {
        self.blocks.iter().find_map(|block| match block {
            Block::Field(field) => Some(field),
            _ => None,
        })
    }
}

impl View {
    /// Says `text` where one line is all there is.
    #[must_use]
    pub fn in_one_line(mut self, text: impl FnOnce() -> String) -> View {
        if let Body::OneLine(line) = &mut self.body {
            line.text = text();
        }
        self
    }
}

impl Fit {
    /// The same words whatever the room.
    pub fn same(short: Line) -> Fit {
        Fit { long: None, short }
    }

    /// The longest form.
    pub fn longest(&self) -> &Line {
        self.long.as_ref().unwrap_or(&self.short)
    }

    /// The forms, the longest first.
    pub fn forms(&self) -> impl Iterator<Item = &Line> + Clone {
        self.long.iter().chain([&self.short])
    }
}
