//! What is written in few bytes leads a terminal to the very screen that was drawn.

use std::cell::RefCell;
use std::io::{self, Write};
use std::rc::Rc;

use dermaroll::terminal::terse::Terse;
use proptest::prelude::*;
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style};
use ratatui::{Terminal, TerminalOptions, Viewport};

const AREA: Rect = Rect { x: 0, y: 0, width: 14, height: 9 };

/// A terminal that can be asked what stands on it.
#[derive(Clone)]
struct Seen(Rc<RefCell<vt100::Parser>>);

impl Write for Seen {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().process(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Mostly blanks and runs of the same, as screens are. No wide characters: what is left of one that was half
/// overwritten is between toolkit and terminal.
fn frame() -> impl Strategy<Value = Buffer> {
    let symbol = prop_oneof![6 => Just(" "), 3 => Just("\u{2588}"), 2 => Just("a"), 1 => Just("é")];
    let style = prop_oneof![
        4 => Just(Style::new()),
        1 => Just(Style::new().add_modifier(Modifier::BOLD).fg(Color::Magenta)),
        1 => Just(Style::new().add_modifier(Modifier::REVERSED)),
        1 => Just(Style::new().add_modifier(Modifier::UNDERLINED)),
    ];
    let run = (symbol, style, 1_usize..12);
    proptest::collection::vec(run, 1..40).prop_map(|runs| {
        let mut buffer = Buffer::empty(AREA);
        let cells = runs.iter().flat_map(|(symbol, style, count)| std::iter::repeat_n((*symbol, *style), *count));
        for (place, (symbol, style)) in AREA.positions().zip(cells) {
            buffer[place].set_symbol(symbol).set_style(style);
        }
        buffer
    })
}

/// What a person sees of a cell: a blank has no weight and no colour but behind it.
fn looks(cell: &Cell) -> (String, bool, bool, bool) {
    let has = |modifier| cell.modifier.contains(modifier);
    let is_bold = has(Modifier::BOLD) && cell.symbol() != " ";
    (cell.symbol().to_owned(), is_bold, has(Modifier::REVERSED), has(Modifier::UNDERLINED))
}

fn stands(cell: &vt100::Cell) -> (String, bool, bool, bool) {
    let symbol = if cell.has_contents() { cell.contents() } else { " " };
    (symbol.to_owned(), cell.bold() && symbol != " ", cell.inverse(), cell.underline())
}

fn terminal() -> vt100::Parser {
    vt100::Parser::new(AREA.height.try_into().unwrap(), AREA.width.try_into().unwrap(), 0)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_frame_arrives(frames in proptest::collection::vec(frame(), 1..5)) {
        let seen = Seen(Rc::new(RefCell::new(terminal())));
        let options = TerminalOptions { viewport: Viewport::Fixed(AREA) };
        let mut terminal = Terminal::with_options(Terse::new(seen.clone(), AREA.width), options).unwrap();
        for (number, frame) in frames.iter().enumerate() {
            terminal.get_frame().buffer_mut().clone_from(frame);
            terminal.flush().unwrap();
            terminal.swap_buffers();
            let parser = seen.0.borrow();
            for place in AREA.positions() {
                let cell = parser.screen().cell(place.y, place.x).unwrap();
                prop_assert_eq!(stands(cell), looks(&frame[place]), "frame {} at {}", number, place);
            }
        }
    }
}
