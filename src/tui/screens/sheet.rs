//! A page put together block by block.

use super::Scene;
use crate::content::keymap::Action;
use crate::tui::editor::Editor;
use crate::tui::view::{Block, FaceMap, Line, Means, On, Piece, Row, Table, Tone, What};

/// Columns of ordinary text, of lists, and of choices, counted from the margin of a wide window.
pub(super) const TEXT: usize = 2;
pub(super) const LIST: usize = 4;
pub(super) const CHOICE: usize = 6;

/// Blocks, from top to bottom.
pub(super) struct Sheet<'a> {
    scene: Scene<'a>,
    blocks: Vec<Block>,
}

impl<'a> Sheet<'a> {
    pub(super) fn new(scene: Scene<'a>) -> Sheet<'a> {
        Sheet { scene, blocks: Vec::new() }
    }

    pub(super) fn finish(self) -> Vec<Block> {
        self.blocks
    }

    pub(super) fn put(mut self, on: On, what: What) -> Self {
        self.blocks.push(Block { on, what });
        self
    }

    pub(super) fn gap(self) -> Self {
        self.put(On::All, What::Gap)
    }

    pub(super) fn gap_on(self, on: On) -> Self {
        self.put(on, What::Gap)
    }

    pub(super) fn line(self, on: On, indent: usize, line: Line) -> Self {
        self.put(on, What::Text { indent, line })
    }

    /// A heading.
    pub(super) fn heading(self, word: &str) -> Self {
        let text = self.scene.say(word);
        self.line(On::All, TEXT, Line::toned(text, Tone::Strong))
    }

    /// A heading whose words are made already.
    pub(super) fn heading_text(self, text: String) -> Self {
        self.line(On::All, TEXT, Line::toned(text, Tone::Strong))
    }

    /// A paragraph; words between double asterisks stand out.
    pub(super) fn text(self, word: &str, places: &[(&str, &str)]) -> Self {
        let line = marked(&self.scene.fill(word, places), Tone::Plain);
        self.line(On::All, TEXT, line)
    }

    pub(super) fn quiet(self, word: &str, places: &[(&str, &str)]) -> Self {
        let line = marked(&self.scene.fill(word, places), Tone::Quiet);
        self.line(On::All, TEXT, line)
    }

    pub(super) fn wide(self, word: &str, places: &[(&str, &str)]) -> Self {
        let line = marked(&self.scene.fill(word, places), Tone::Plain);
        self.line(On::Wide, TEXT, line)
    }

    pub(super) fn narrow(self, word: &str, places: &[(&str, &str)]) -> Self {
        let line = marked(&self.scene.fill(word, places), Tone::Plain);
        self.line(On::Narrow, TEXT, line)
    }

    /// `word` in wide windows and `word-narrow` in narrow ones.
    pub(super) fn both(self, word: &str, places: &[(&str, &str)]) -> Self {
        let narrow = format!("{word}-narrow");
        self.wide(word, places).narrow(&narrow, places)
    }

    pub(super) fn table(self, indent: usize, rows: Vec<Row>) -> Self {
        self.table_on(On::All, indent, rows)
    }

    pub(super) fn table_on(self, on: On, indent: usize, rows: Vec<Row>) -> Self {
        self.put(on, What::Table(Table { indent, rows, two_up: false }))
    }

    /// Choices with their keys, nothing chosen.
    pub(super) fn choices(self, choices: &[(Action, String)]) -> Self {
        let rows = choices.iter().map(|(action, choice)| row([self.scene.key_of(*action), plain(choice)])).collect();
        self.table(CHOICE, rows)
    }

    pub(super) fn nothing_chosen(self) -> Self {
        let text = self.scene.say("nothing-chosen");
        self.line(On::All, CHOICE, Line::toned(text, Tone::Quiet))
    }

    pub(super) fn map(self, on: On, map: FaceMap) -> Self {
        self.put(on, What::Map(Box::new(map)))
    }

    pub(super) fn field(self, label: &str, editor: &Editor) -> Self {
        let (before, after) = editor.around_cursor();
        let label = self.scene.say(label);
        self.put(On::All, What::Field { label, before, after })
    }
}

/// Words between double asterisks stand out.
pub(super) fn marked(text: &str, tone: Tone) -> Line {
    let pieces = text.split("**").enumerate().filter(|(_, part)| !part.is_empty());
    let toned = |(place, part): (usize, &str)| Piece::new(part, if place % 2 == 1 { Tone::Strong } else { tone });
    Line(pieces.map(toned).collect())
}

pub(super) fn row<const N: usize>(cells: [Line; N]) -> Row {
    Row { cells: cells.into(), cursor: false, seen_as: None }
}

/// The box before what can be chosen along with others.
pub(super) fn tick(is_chosen: bool) -> Line {
    let (text, tone) = if is_chosen { ("[x]", Tone::Strong) } else { ("[ ]", Tone::Plain) };
    Line::meaning(text, tone, Means::Tick(is_chosen))
}

pub(super) fn plain(text: impl AsRef<str>) -> Line {
    Line::plain(text.as_ref())
}

pub(super) fn strong(text: impl AsRef<str>) -> Line {
    Line::toned(text.as_ref(), Tone::Strong)
}

pub(super) fn quiet(text: impl AsRef<str>) -> Line {
    Line::toned(text.as_ref(), Tone::Quiet)
}

pub(super) fn alert(text: impl AsRef<str>) -> Line {
    Line::toned(text.as_ref(), Tone::Alert)
}
