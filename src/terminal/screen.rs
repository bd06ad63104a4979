//! The screen: frames into one write each, only the cells that changed, and no question to the terminal.

use std::io::{self, BufWriter, Write};

use ratatui::backend::CrosstermBackend;
use ratatui::layout::Rect;
use ratatui::{Frame, Terminal, TerminalOptions, Viewport};
use rustix::termios::tcgetwinsize;

/// A whole frame of a large window fits, so that it leaves in one write.
const BUFFER: usize = 64 * 1024;
/// Larger windows are drawn in their upper left part: a size of 65535 x 65535 would take 200 gigabytes.
const WIDEST: u16 = 500;
const HIGHEST: u16 = 200;

/// Standard output without the standard library's lock and line buffer: a thread that is stuck in a write must not
/// keep the panic hook from its own.
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
        Ok(rustix::io::write(rustix::stdio::stdout(), bytes)?)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The screen to draw on.
#[derive(Debug)]
pub struct Screen {
    terminal: Terminal<CrosstermBackend<BufWriter<Out>>>,
    area: Rect,
}

impl Screen {
    /// The screen in its present size.
    ///
    /// # Errors
    /// When the terminal cannot be asked for its size.
    pub fn new() -> io::Result<Screen> {
        // The theme decides about colour; crossterm's own reading of NO_COLOR would drop bold and reverse as well.
        crossterm::style::force_color_output(true);
        let area = area()?;
        let backend = CrosstermBackend::new(BufWriter::with_capacity(BUFFER, Out));
        let terminal = Terminal::with_options(backend, TerminalOptions { viewport: Viewport::Fixed(area) })?;
        Ok(Screen { terminal, area })
    }

    /// Draws a frame and writes what changed. Nothing is drawn in a window without cells.
    ///
    /// # Errors
    /// When the terminal does not take it.
    pub fn draw(&mut self, render: impl FnOnce(&mut Frame)) -> io::Result<()> {
        if self.area.is_empty() {
            return Ok(());
        }
        // Not Terminal::draw: that sends the cursor away again with every frame.
        render(&mut self.terminal.get_frame());
        self.terminal.flush()?;
        self.terminal.swap_buffers();
        ratatui::backend::Backend::flush(self.terminal.backend_mut())
    }

    /// Takes the window's present size; the next frame is written whole.
    ///
    /// # Errors
    /// When the terminal cannot be asked for its size or does not take the clearing.
    pub fn resized(&mut self) -> io::Result<()> {
        self.area = area()?;
        if self.area.is_empty() {
            return Ok(());
        }
        // Not Terminal::clear: that asks the terminal for its cursor, and the answer may never come.
        self.terminal.resize(self.area)
    }

    /// Rings the bell once.
    ///
    /// # Errors
    /// When the terminal does not take it.
    pub fn bell(&mut self) -> io::Result<()> {
        Out.put(b"\x07")
    }
}

fn area() -> io::Result<Rect> {
    let size = tcgetwinsize(rustix::stdio::stdout())?;
    Ok(Rect::new(0, 0, size.ws_col.min(WIDEST), size.ws_row.min(HIGHEST)))
}
