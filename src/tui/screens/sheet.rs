//! A page put together block by block.

use super::Scene;
use crate::content::keymap::Action;
use crate::tui::editor::Editor;
use crate::tui::view::{Block, FaceMap, Field, Line, Means, Piece, Row, Table, Tone};

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

    /// What it is a page of.
    pub(super) fn scene(&self) -> Scene<'a> {
        self.scene
    }

    pub(super) fn finish(self) -> Vec<Block> {
        self.blocks
    }

    pub(super) fn put(mut self, block: Block) -> Self {
        self.blocks.push(block);
        self
    }

    /// With what `add` puts to it where there is room for whole sentences.
    pub(super) fn when_wide(self, add: impl FnOnce(Self) -> Self) -> Self {
        if self.scene.is_wide() { add(self) } else { self }
    }

    /// With what `add` puts to it elsewhere.
    pub(super) fn when_narrow(self, add: impl FnOnce(Self) -> Self) -> Self {
        if self.scene.is_wide() { self } else { add(self) }
    }

    pub(super) fn gap(self) -> Self {
        self.put(Block::Gap)
    }

    pub(super) fn wide_gap(self) -> Self {
        self.when_wide(Sheet::gap)
    }

    pub(super) fn line(self, indent: usize, line: Line) -> Self {
        self.put(Block::Text { indent, line })
    }

    /// A heading.
    pub(super) fn heading(self, word: &str) -> Self {
        let text = self.scene.say(word);
        self.heading_text(text)
    }

    /// A heading whose words are made already.
    pub(super) fn heading_text(self, text: String) -> Self {
        self.line(TEXT, Line::toned(text, Tone::Strong))
    }

    /// A paragraph; words between double asterisks stand out.
    pub(super) fn text(self, word: &str, places: &[(&str, &str)]) -> Self {
        let line = marked(&self.scene.fill(word, places), Tone::Plain);
        self.line(TEXT, line)
    }

    pub(super) fn quiet(self, word: &str, places: &[(&str, &str)]) -> Self {
        let line = marked(&self.scene.fill(word, places), Tone::Quiet);
        self.line(TEXT, line)
    }

    pub(super) fn wide(self, word: &str, places: &[(&str, &str)]) -> Self {
        self.when_wide(|sheet| sheet.text(word, places))
    }

    pub(super) fn narrow(self, word: &str, places: &[(&str, &str)]) -> Self {
        self.when_narrow(|sheet| sheet.text(word, places))
    }

    /// `word` in wide windows and `word-narrow` in narrow ones.
    pub(super) fn both(self, word: &str, places: &[(&str, &str)]) -> Self {
        let line = marked(&self.scene.both(word, places), Tone::Plain);
        self.line(TEXT, line)
    }

    pub(super) fn table(self, indent: usize, rows: Vec<Row>) -> Self {
        self.put(Block::Table(Table { indent, rows, two_up: false }))
    }

    /// A table whose margin leaves more room in narrow windows.
    pub(super) fn list(self, rows: Vec<Row>) -> Self {
        let indent = if self.scene.is_wide() { LIST } else { TEXT };
        self.table(indent, rows)
    }

    pub(super) fn digits(self, text: String, large: bool, beside: Vec<Line>) -> Self {
        self.put(Block::Digits { text, large, beside })
    }

    /// Words that have to be seen from the mirror.
    pub(super) fn letters(self, text: &str, still: bool) -> Self {
        self.put(Block::Letters { text: text.to_owned(), still })
    }

    /// Choices with their keys, nothing chosen.
    pub(super) fn choices(self, choices: &[(Action, String)]) -> Self {
        let rows = choices.iter().map(|(action, choice)| row([self.scene.key_of(*action), plain(choice)])).collect();
        self.table(CHOICE, rows)
    }

    pub(super) fn nothing_chosen(self) -> Self {
        let text = self.scene.say("nothing-chosen");
        self.line(CHOICE, Line::toned(text, Tone::Quiet))
    }

    pub(super) fn map(self, map: FaceMap) -> Self {
        self.put(Block::Map(Box::new(map)))
    }

    pub(super) fn field(self, label: &str, editor: &Editor) -> Self {
        let (before, after) = editor.around_cursor();
        let label = self.scene.say(label);
        self.put(Block::Field(Field { label, before, after }))
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
