//! What the person sees, as plain words and numbers: no toolkit types, no state machine. `ui` draws its screens
//! from this alone, and `lines` writes its lines from it.

use crate::content::keymap::{Action, KeyHint};
use engine::protocol::{Direction, PerSection};

/// The weight of a piece of text, by meaning. The theme decides how it looks; the words carry the meaning without.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Tone {
    /// Ordinary text.
    #[default]
    Plain,
    /// A heading, or the words that matter most in a line.
    Strong,
    /// Lesser things: what is over, what cannot be pressed now.
    Quiet,
    /// The present stage, section or stroke.
    Current,
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
}

/// Text of one weight.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Piece {
    /// The text; no line breaks.
    pub text: String,
    /// Its weight.
    pub tone: Tone,
    /// What it is there for.
    pub means: Means,
}

impl Piece {
    /// Words of that weight.
    pub fn new(text: impl Into<String>, tone: Tone) -> Piece {
        Piece { text: text.into(), tone, means: Means::Words }
    }
}

/// A run of text, wrapped by whoever draws it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Line(pub Vec<Piece>);

/// A text that has a shorter form for narrow windows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Fit {
    /// From 80 columns.
    pub wide: Line,
    /// Below that.
    pub narrow: Line,
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
    /// For 20x5 up to 39x14: at most five lines, the most important first. Empty: the body is scrolled instead.
    pub tiny: Vec<Line>,
    /// Time left of what runs; it stands before the line.
    pub clock: Option<String>,
    /// What is shown in a window below 20x5: one line.
    pub line: String,
}

/// The middle of the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// Everything but rolling.
    Page(Page),
    /// Rolling.
    Face(Box<Face>),
}

/// Blocks from top to bottom. What does not fit is scrolled; gaps are closed before that. A field stays in sight.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Page {
    /// In order.
    pub blocks: Vec<Block>,
    /// Rows scrolled by the person. The row with the cursor is kept in sight whatever this says.
    pub scroll: usize,
}

/// In which windows a block stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum On {
    /// In all.
    #[default]
    All,
    /// From 80x24.
    Wide,
    /// From 80x24, to be glanced at; never as a line.
    Aside,
    /// Below that.
    Narrow,
}

/// One block of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// In which windows.
    pub on: On,
    /// What.
    pub what: What,
}

/// What a block is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// An empty row; the first thing to go when rows are short.
    Gap,
    /// A paragraph, wrapped, indented by `indent` columns in wide windows (half of that in narrow ones).
    Text {
        /// Columns.
        indent: usize,
        /// The words.
        line: Line,
    },
    /// Rows with aligned columns.
    Table(Table),
    /// Large digits, with lines to their right where there is room and below them where there is none.
    Digits {
        /// What they show: `0:14`, `10:00`, `5`.
        text: String,
        /// Ten rows from 80x24 and more in larger windows; else five rows everywhere.
        large: bool,
        /// Beside them.
        beside: Vec<Line>,
    },
    /// The face as in the mirror; to the right of the rows of the blocks that follow, where there is room.
    Map(Box<FaceMap>),
    /// A field being typed into, with the cursor after `before`.
    Field {
        /// What is asked.
        label: String,
        /// Text left of the cursor.
        before: String,
        /// Text right of it.
        after: String,
    },
}

/// Rows with aligned columns. The last column is wrapped within itself.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Table {
    /// Columns before the first cell in wide windows (half of that in narrow ones).
    pub indent: usize,
    /// In order.
    pub rows: Vec<Row>,
    /// Flow the rows into two columns side by side where that fits.
    pub two_up: bool,
}

/// One row of a table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Row {
    /// Left to right.
    pub cells: Vec<Line>,
    /// A `>` stands before it, and it is kept in sight.
    pub cursor: bool,
    /// A number by which the window says that the row was on screen; None where nobody asks.
    pub seen_as: Option<usize>,
}

/// A share of a whole, drawn as a bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// Parts done, in thousandths of the whole: 0 to 1000.
    pub thousandths: u16,
}

/// The rolling screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Face {
    /// Time left in this section: `0:14`.
    pub digits: String,
    /// The face as in the mirror.
    pub map: FaceMap,
    /// The direction of the stroke.
    pub arrow: Direction,
    /// "SIDE TO SIDE".
    pub stroke: Line,
    /// "light hand, lift, back, again".
    pub hint: Line,
    /// "then diagonal, in 0:06".
    pub turn: Line,
    /// Word before the strokes.
    pub strokes_label: String,
    /// All strokes of the section with their state.
    pub strokes: Line,
    /// Label and share of the section.
    pub section: (String, Share),
    /// Label and share of the whole session.
    pub session: (String, Share),
    /// Word before what comes next in a large window, in the column of the other labels.
    pub next_label: String,
    /// "YOUR LOWER RIGHT. Switch hands."; in narrow windows "next: YOUR LOWER RIGHT. Switch hands."
    pub next: Fit,
    /// "keep off: eye, mole".
    pub keep_off: Fit,
    /// The map in one line, in the mirror's order: `UL NOW UR done  LL wait LR next  M wait`.
    pub map_line: Line,
}

/// The face as in the mirror: the person's left is on the left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FaceMap {
    /// Each section.
    pub cells: PerSection<MapCell>,
    /// How much of it is drawn.
    pub size: MapSize,
    /// Word for the eyes.
    pub eye: String,
    /// Word for the lips.
    pub lips: String,
    /// Below the left half.
    pub your_left: String,
    /// Below the right half.
    pub your_right: String,
    /// Says that it is drawn as in the mirror.
    pub as_in_mirror: String,
}

/// How much of the face is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MapSize {
    /// With eyes, lips and sides marked, names and states.
    Large,
    /// With names and states.
    Small,
    /// With numbers alone, filled where it was rolled.
    Mini,
}

/// One section of the map.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MapCell {
    /// "2".
    pub number: String,
    /// Its name in up to two words: "upper", "left"; one word for the mouth.
    pub name: [String; 2],
    /// Its state in a word: "done", "NOW", "next", "wait", "skip"; may be empty.
    pub state: String,
    /// Its weight.
    pub tone: Tone,
    /// Filled, as at the end where it was rolled.
    pub filled: bool,
}

/// The last row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Foot {
    /// The keys that act here, most important first; what does not fit is left to the help page.
    Keys(Vec<KeyHint>),
    /// Hands free: no key is needed.
    HandsFree(Fit),
    /// A word about the last key, in place of the keys until the next one: it is seen in every window.
    Notice {
        /// The word.
        line: Line,
        /// Rows of it scrolled by the person, where it does not fit.
        scroll: usize,
    },
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
}

impl Line {
    /// One piece of ordinary text.
    pub fn plain(text: impl Into<String>) -> Line {
        Line::toned(text, Tone::Plain)
    }

    /// One piece of that weight.
    pub fn toned(text: impl Into<String>, tone: Tone) -> Line {
        Line(vec![Piece::new(text, tone)])
    }

    /// With another piece after it.
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

    /// All its text without weights.
    pub fn text(&self) -> String {
        self.0.iter().map(|piece| piece.text.as_str()).collect()
    }
}

impl View {
    /// All of it in one line.
    pub fn in_one_line(&self) -> String {
        match &self.clock {
            Some(clock) => format!("{clock} {}", self.line),
            None => self.line.clone(),
        }
    }
}

impl Fit {
    /// The same words in every window.
    pub fn same(line: Line) -> Fit {
        Fit { narrow: line.clone(), wide: line }
    }
}
