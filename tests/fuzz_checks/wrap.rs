//! Any text in any window: no line too wide, nothing lost but blanks where a line breaks, nothing hidden drawn.

use dermaroll::tui::ui::{self, Ink, Theme, wrap};
use dermaroll::tui::view::{Block, Body, Field, Fit, Foot, Form, Line, OneLine, Page, Piece, Row, Table, Tone, View};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use std::sync::OnceLock;
use unicode_segmentation::UnicodeSegmentation as _;
use unicode_width::UnicodeWidthStr as _;

use super::text::{assert_plain, is_hidden, is_turn, text_of};
use store::sanitise::concealed;

/// The first two bytes are the window, the third picks the weights; the rest is the text.
pub fn run(data: &[u8]) {
    let [width, height, tones, rest @ ..] = data else { return };
    let (width, height) = (width % 41, height % 21);
    let text = text_of(rest.get(..400).unwrap_or(rest));
    lines(&line_of(&text, *tones), usize::from(width));
    if is_turn(data, 8) {
        draws(&text, *tones, u16::from(width), u16::from(height));
    }
}

/// `text` in pieces of differing weights.
fn line_of(text: &str, tones: u8) -> Line {
    if tones == 0 {
        return Line::plain(text);
    }
    const TONES: [Tone; 5] = [Tone::Plain, Tone::Strong, Tone::Quiet, Tone::Current, Tone::Alert];
    let size = usize::from(tones % 7 + 1);
    let characters: Vec<char> = text.chars().collect();
    let pieces = characters.chunks(size).zip(TONES.iter().cycle());
    Line(pieces.map(|(characters, tone)| Piece::new(characters.iter().collect::<String>(), *tone)).collect())
}

/// What of `line` has to be there after wrapping: a mark for what must not be hidden, and no blanks.
fn expected(line: &Line, room: usize) -> String {
    let shown = |text: &str| -> String {
        let concealed: Vec<usize> = concealed(text).map(|(at, _, _)| at).collect();
        let marked =
            |part: &str| if part.chars().any(is_hidden) || part.width() == 0 { "?".into() } else { part.into() };
        let fitting = |part: String| if part.width() > room { "?".into() } else { part };
        let one = |(at, grapheme): (usize, &str)| {
            let is_whole = !concealed.iter().any(|hidden| (at..at + grapheme.len()).contains(hidden));
            if is_whole && grapheme.width() > 0 {
                fitting(grapheme.to_owned())
            } else {
                grapheme.chars().map(|part| fitting(marked(&part.to_string()))).collect()
            }
        };
        text.grapheme_indices(true).map(one).collect()
    };
    let pieces = line.0.iter().map(|piece| shown(&piece.text));
    pieces.collect::<String>().replace(' ', "")
}

fn lines(line: &Line, room: usize) {
    static THEME: OnceLock<Theme> = OnceLock::new();
    let theme = THEME.get_or_init(|| Theme::shipped(Ink::Full, false));
    let wrapped = wrap::wrap(&theme.line(line), room);
    assert_eq!(wrapped.is_empty(), room == 0);
    for line in &wrapped {
        let text = line.to_string();
        let width: usize = text.graphemes(true).map(|part| part.width()).sum();
        assert!(width <= room, "{width} columns in {room}: {line:?}");
        assert_plain(&text);
        assert!(!text.contains('\n'));
    }
    if room > 0 {
        let kept: String = wrapped.iter().map(ToString::to_string).collect::<String>().replace(' ', "");
        assert_eq!(kept, expected(line, room), "{line:?} in {room}");
    }
}

/// The same text at every place of a page, as the program draws it, and once more over itself.
pub fn draws(text: &str, tones: u8, width: u16, height: u16) {
    static THEME: OnceLock<Theme> = OnceLock::new();
    let theme = THEME.get_or_init(|| Theme::shipped(Ink::Full, false));
    let line = line_of(text, tones);
    let fit = Fit { long: Some(line.clone()), short: line.clone() };
    let row = Row { cells: vec![line.clone(), line.clone()], cursor: tones & 1 == 1, seen_as: Some(1) };
    let field = Field { label: text.into(), before: text.into(), after: text.into() };
    let body = match Form::of_window(width, height) {
        Form::OneLine => Body::OneLine(OneLine { clock: None, text: text.into(), field: Some(field) }),
        Form::Tiny if tones & 8 == 8 => Body::Few(vec![line.clone(), line.clone()]),
        _ => {
            let text = Block::Text { indent: usize::from(tones & 7), line: line.clone() };
            let table = Block::Table(Table { indent: 2, rows: vec![row], two_up: tones & 2 == 2 });
            Body::Page(Page { blocks: vec![text, table, Block::Field(field)], scroll: usize::from(tones >> 4) })
        }
    };
    let view = View {
        reversed: false,
        head: fit.clone(),
        status: fit,
        mark: Some(Piece::new(text, Tone::Alert)),
        body,
        foot: if tones & 4 == 4 { Foot::Notice { line, scroll: usize::from(tones) } } else { Foot::HandsFree(line) },
    };
    let mut terminal = Terminal::new(TestBackend::new(width, height)).expect("a test terminal has no limits");
    for scroll in [0, 1] {
        let mut view = view.clone();
        if let Body::Page(page) = &mut view.body {
            page.scroll += scroll;
        }
        terminal.draw(|frame| drop(ui::draw(&view, theme, frame))).expect("it takes everything");
    }
    let buffer = terminal.backend().buffer();
    for (place, cell) in buffer.content().iter().enumerate() {
        assert_plain(cell.symbol());
        let column = place % usize::from(width);
        assert!(column + cell.symbol().width() <= usize::from(width), "half a character at the edge");
    }
}
