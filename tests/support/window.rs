//! A window of the toolkit's own for tests.

use ratatui::backend::{Backend as _, TestBackend};
use ratatui::buffer::{Buffer, Cell};
use ratatui::{Frame, Terminal};
use unicode_width::UnicodeWidthStr as _;

/// Kept between two frames, as the terminal is: most of the time hardly a cell changes.
pub struct Window(Terminal<TestBackend>);

impl Window {
    pub fn new((width, height): (u16, u16)) -> Window {
        Window(Terminal::new(TestBackend::new(width, height)).unwrap())
    }

    /// Draws one frame in this size.
    pub fn draw(&mut self, size: (u16, u16), render: impl FnOnce(&mut Frame)) {
        let area = self.buffer().area;
        if (area.width, area.height) != size {
            *self = Window::new(size);
        }
        self.0.backend_mut().set_cursor_position((0, 0)).unwrap();
        self.0.draw(render).unwrap();
    }

    /// The rows, without the blanks at their ends.
    pub fn text(&self) -> String {
        let buffer = self.buffer();
        let mut text = String::new();
        for row in buffer.content.chunks(usize::from(buffer.area.width.max(1))) {
            let start = text.len();
            let mut covered = false;
            for symbol in row.iter().map(Cell::symbol) {
                // Behind a wide character there may be what was in that cell before it.
                text.push_str(if covered { " " } else { symbol });
                covered = !covered && !symbol.is_ascii() && symbol.width() > 1;
            }
            text.truncate(start + text[start..].trim_end().len());
            text.push('\n');
        }
        text.pop();
        text
    }

    /// Column and row of the terminal's cursor.
    pub fn cursor(&mut self) -> (u16, u16) {
        self.0.get_cursor_position().unwrap().into()
    }

    pub fn buffer(&self) -> &Buffer {
        self.0.backend().buffer()
    }
}
