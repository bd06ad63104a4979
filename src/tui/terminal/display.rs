//! The screen: what is to be seen and heard at one time leaves in one write, only the cells that changed, and no
//! question to the terminal.

use std::cell::RefCell;
use std::io::{self, Write};
use std::rc::Rc;

use ratatui::backend::CrosstermBackend;
use ratatui::layout::Rect;
use ratatui::{Frame, Terminal, TerminalOptions, Viewport};

use super::guard;
use platform::terminal;

/// Room for a whole frame of a large window, from the start.
const FRAME: usize = 64 * 1024;
/// Larger windows are drawn in their upper left part: a size of 65535 x 65535 would take 200 gigabytes.
const WIDEST: u16 = 500;
const HIGHEST: u16 = 200;

/// Standard output without the standard library's lock: a thread that is stuck in a write must not keep the panic hook
/// from its own.
#[derive(Debug, Clone, Copy)]
pub struct Out;

impl Out {
    /// Writes all of `bytes`.
    ///
    /// # Errors
    /// When the terminal does not take them.
    pub fn put(mut self, bytes: &[u8]) -> io::Result<()> {
        self.write_all(bytes)
    }
}

impl Write for Out {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        terminal::write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Bytes on their way. The backend flushes after each clearing; here that means nothing, so that a whole repaint leaves
/// in one write and no half of it is seen.
#[derive(Debug, Clone)]
struct Ink(Rc<RefCell<Vec<u8>>>);

impl Ink {
    /// Writes what was collected.
    fn send(&self) -> io::Result<()> {
        let mut bytes = self.0.borrow_mut();
        if bytes.is_empty() {
            return Ok(());
        }
        let sent = guard::write_frame(&bytes);
        bytes.clear();
        sent
    }
}

impl Write for Ink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The screen to draw on.
#[derive(Debug)]
pub struct Display {
    terminal: Terminal<CrosstermBackend<Ink>>,
    ink: Ink,
    area: Rect,
}

impl Display {
    /// The screen in its present size.
    ///
    /// # Errors
    /// When the terminal cannot be asked for its size.
    pub fn new() -> io::Result<Display> {
        let area = area()?;
        let ink = Ink(Rc::new(RefCell::new(Vec::with_capacity(FRAME))));
        let backend = CrosstermBackend::new(ink.clone());
        let terminal = Terminal::with_options(backend, TerminalOptions { viewport: Viewport::Fixed(area) })?;
        Ok(Display { terminal, ink, area })
    }

    /// Draws a frame; what changed leaves with [`Display::send`]. Nothing is drawn in a window without cells.
    ///
    /// # Errors
    /// When the toolkit refuses; collecting alone does not fail.
    pub fn draw(&mut self, render: impl FnOnce(&mut Frame)) -> io::Result<()> {
        if self.area.is_empty() {
            return Ok(());
        }
        self.terminal.draw(render)?;
        // The toolkit shows the cursor where it puts it. Input methods, magnifiers and braille follow it, hidden or not;
        // what is typed next is seen as a cell of its own, in every terminal.
        self.terminal.hide_cursor()
    }

    /// Takes the window's present size; the next frame clears it and is written whole.
    ///
    /// # Errors
    /// When the terminal cannot be asked for its size.
    pub fn resized(&mut self) -> io::Result<()> {
        self.area = area()?;
        if self.area.is_empty() {
            return Ok(());
        }
        // Not Terminal::clear: that asks the terminal for its cursor, and the answer may never come.
        self.terminal.resize(self.area)
    }

    /// Puts `bytes` between two frames; they leave with [`Display::send`].
    pub fn put(&mut self, bytes: &[u8]) {
        self.ink.0.borrow_mut().extend_from_slice(bytes);
    }

    /// Writes all that was drawn and put since the last time, in one piece.
    ///
    /// # Errors
    /// When the terminal does not take it.
    pub fn send(&mut self) -> io::Result<()> {
        self.ink.send()
    }
}

fn area() -> io::Result<Rect> {
    let (columns, rows) = terminal::size()?;
    Ok(Rect::new(0, 0, columns.min(WIDEST), rows.min(HIGHEST)))
}
