//! The toolkit's backend, with the cells of a frame written in few bytes: a second of a session is watched over slow
//! lines too. It remembers where the terminal writes next and in which style, from one frame to the other, so that
//! neither is said again.

use std::io::{self, Write};

use ratatui::backend::{Backend, ClearType, CrosstermBackend, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};
use ratatui::style::{Color, Modifier};

/// As many blanks as are erased in no more bytes than they are written in.
const ERASED: u16 = 4;

/// A style as one `SGR` sequence sets it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Style {
    fg: Color,
    bg: Color,
    modifier: Modifier,
}

impl Style {
    /// What erased cells look like.
    const PLAIN: Style = Style { fg: Color::Reset, bg: Color::Reset, modifier: Modifier::empty() };

    fn of(cell: &Cell) -> Style {
        Style { fg: cell.fg, bg: cell.bg, modifier: cell.modifier }
    }

    /// Whether a blank in it looks other than a plain one.
    fn shows_on_blanks(self) -> bool {
        let shows = Modifier::REVERSED | Modifier::UNDERLINED | Modifier::CROSSED_OUT;
        self.bg != Color::Reset || self.modifier.intersects(shows)
    }

    /// The sequence that leads to this style from any other.
    fn set(self, out: &mut impl Write) -> io::Result<()> {
        const MODIFIERS: [(Modifier, u8); 8] = [
            (Modifier::BOLD, 1),
            (Modifier::DIM, 2),
            (Modifier::ITALIC, 3),
            (Modifier::UNDERLINED, 4),
            (Modifier::SLOW_BLINK, 5),
            (Modifier::REVERSED, 7),
            (Modifier::HIDDEN, 8),
            (Modifier::CROSSED_OUT, 9),
        ];
        // Nothing between the bracket and the first semicolon stands for a reset.
        out.write_all(b"\x1b[")?;
        for (_, code) in MODIFIERS.iter().filter(|(modifier, _)| self.modifier.contains(*modifier)) {
            write!(out, ";{code}")?;
        }
        colour(out, self.fg, 30)?;
        colour(out, self.bg, 40)?;
        out.write_all(b"m")
    }
}

/// The parameters that choose a colour; those of text begin at 30, those of the background at 40.
fn colour(out: &mut impl Write, colour: Color, from: u8) -> io::Result<()> {
    const DARK: [Color; 8] =
        [Color::Black, Color::Red, Color::Green, Color::Yellow, Color::Blue, Color::Magenta, Color::Cyan, Color::Gray];
    const BRIGHT: [Color; 8] = [
        Color::DarkGray,
        Color::LightRed,
        Color::LightGreen,
        Color::LightYellow,
        Color::LightBlue,
        Color::LightMagenta,
        Color::LightCyan,
        Color::White,
    ];
    let of = |colours: [Color; 8], from: u8| (from..).zip(colours).find(|(_, known)| *known == colour);
    match colour {
        Color::Reset => Ok(()),
        Color::Indexed(index) => write!(out, ";{};5;{index}", from + 8),
        Color::Rgb(red, green, blue) => write!(out, ";{};2;{red};{green};{blue}", from + 8),
        _ => match of(DARK, from).or_else(|| of(BRIGHT, from + 60)) {
            Some((code, _)) => write!(out, ";{code}"),
            None => Ok(()),
        },
    }
}

/// A backend that writes to `W`.
#[derive(Debug)]
pub struct Terse<W: Write> {
    inner: CrosstermBackend<W>,
    columns: u16,
    /// Where the next character goes, as far as it is certain.
    place: Option<Position>,
    /// The style that the terminal was left in; None when anybody else may have changed it.
    style: Option<Style>,
    /// Where the cursor was left to stand, as long as nothing has moved it since.
    cursor: Option<Position>,
    /// For putting the next move together.
    way: Vec<u8>,
}

impl<W: Write> Terse<W> {
    /// For a terminal of `columns`, of which nothing else is known yet.
    pub fn new(out: W, columns: u16) -> Terse<W> {
        let inner = CrosstermBackend::new(out);
        Terse { inner, columns, place: None, style: None, cursor: None, way: Vec::new() }
    }

    /// The terminal has `columns` now, and somebody else may have written to it.
    pub fn forget(&mut self, columns: u16) {
        self.columns = columns;
        self.place = None;
        self.style = None;
        self.cursor = None;
    }

    /// On the shortest way: from where the terminal stands, or from its corner.
    fn go_to(&mut self, to: Position) -> io::Result<()> {
        if self.place == Some(to) {
            return Ok(());
        }
        let (row, column) = (u32::from(to.y) + 1, u32::from(to.x) + 1);
        self.way.clear();
        write!(self.way, "\x1b[{row};{column}H")?;
        if let Some(place) = self.place.filter(|place| place.y <= to.y) {
            let from_corner = self.way.len();
            lead(&mut self.way, place, to)?;
            // Both ways stand one behind the other; the shorter one is taken.
            if self.way.len() < 2 * from_corner {
                self.way.drain(..from_corner);
            } else {
                self.way.truncate(from_corner);
            }
        }
        self.inner.write_all(&self.way)
    }

    /// Sets `style`, unless the terminal has it already.
    fn dress(&mut self, style: Style) -> io::Result<()> {
        if self.style == Some(style) {
            return Ok(());
        }
        self.style = Some(style);
        style.set(&mut self.inner)
    }
}

/// Leads from one place to another that is not above it. The terminal is raw: a line feed does not return.
fn lead(way: &mut Vec<u8>, from: Position, to: Position) -> io::Result<()> {
    match to.y.saturating_sub(from.y) {
        few @ 0..=4 => (0..few).for_each(|_| way.push(b'\n')),
        rows => write!(way, "\x1b[{rows}B")?,
    }
    match (to.x.saturating_sub(from.x), from.x.saturating_sub(to.x)) {
        (0, 0) => Ok(()),
        (1, _) => way.write_all(b"\x1b[C"),
        (forwards @ 1.., _) => write!(way, "\x1b[{forwards}C"),
        (_, 1..) if to.x == 0 => way.write_all(b"\r"),
        (_, few @ 1..=3) => (0..few).try_for_each(|_| way.write_all(b"\x08")),
        (_, back) => write!(way, "\x1b[{back}D"),
    }
}

impl<W: Write> Terse<W> {
    /// `count` blanks at `to`. Erasing leaves the terminal where it stands, which saves the way back to the next row of
    /// a large digit; where the row `goes_on` behind them, blanks that are written lead there.
    fn blank(&mut self, to: Position, count: u16, goes_on: bool) -> io::Result<()> {
        if count >= ERASED && !goes_on {
            self.place = Some(to);
            return write!(self.inner, "\x1b[{count}X");
        }
        self.place = self.behind(to, count);
        (0..count).try_for_each(|_| self.inner.write_all(b" "))
    }

    /// Where the terminal stands once `count` columns were written at `to`. Behind the last one it stands where it stood.
    fn behind(&self, to: Position, count: u16) -> Option<Position> {
        Some(Position { x: to.x.saturating_add(count), y: to.y }).filter(|next| next.x < self.columns)
    }
}

fn is_blank_at(next: &(u16, u16, &Cell), x: u16, y: u16) -> bool {
    let (column, row, cell) = next;
    (*column, *row) == (x, y) && cell.symbol() == " " && Style::of(cell) == Style::PLAIN
}

impl<W: Write> Backend for Terse<W> {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        // Bells, titles and clicks of a mouse may have come between.
        self.place = None;
        let mut content = content.peekable();
        while let Some((x, y, cell)) = content.next() {
            self.cursor = None;
            let to = Position { x, y };
            self.go_to(to)?;
            let style = Style::of(cell);
            if style == Style::PLAIN && cell.symbol() == " " {
                if self.style.is_none_or(Style::shows_on_blanks) {
                    self.dress(style)?;
                }
                let mut count = 1;
                while content.next_if(|next| is_blank_at(next, x.saturating_add(count), y)).is_some() {
                    count += 1;
                }
                let goes_on =
                    content.peek().is_some_and(|(next, row, _)| (*next, *row) == (x.saturating_add(count), y));
                self.blank(to, count, goes_on)?;
                continue;
            }
            self.dress(style)?;
            let symbol = cell.symbol();
            self.inner.write_all(symbol.as_bytes())?;
            // Terminals agree on the width of these alone; behind any other the place is said anew.
            let is_certain = symbol.len() == 1 || symbol == "\u{2588}";
            self.place = self.behind(to, 1).filter(|_| is_certain);
        }
        Ok(())
    }

    /// It is hidden all along: what is typed next is seen as a cell of its own, in every terminal.
    fn hide_cursor(&mut self) -> io::Result<()> {
        Ok(())
    }

    /// See [`Terse::hide_cursor`].
    fn show_cursor(&mut self) -> io::Result<()> {
        Ok(())
    }

    /// Never asked: the answer may not come.
    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Err(io::ErrorKind::Unsupported.into())
    }

    /// Input methods, magnifiers and braille follow the cursor, hidden or not.
    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        let to = position.into();
        if self.cursor == Some(to) {
            return Ok(());
        }
        self.go_to(to)?;
        self.place = Some(to);
        self.cursor = Some(to);
        Ok(())
    }

    fn clear(&mut self) -> io::Result<()> {
        self.clear_region(ClearType::All)
    }

    /// What is cleared takes the style of the moment, so that is the plain one.
    fn clear_region(&mut self, clear_type: ClearType) -> io::Result<()> {
        self.forget(self.columns);
        self.inner.write_all(b"\x1b[m")?;
        self.inner.clear_region(clear_type)
    }

    fn size(&self) -> io::Result<Size> {
        self.inner.size()
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        self.inner.window_size()
    }

    fn flush(&mut self) -> io::Result<()> {
        Backend::flush(&mut self.inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(cells: &[(u16, u16, Cell)]) -> String {
        let mut bytes = Vec::new();
        Terse::new(&mut bytes, 10).draw(cells.iter().map(|(x, y, cell)| (*x, *y, cell))).unwrap();
        String::from_utf8(bytes).unwrap()
    }

    fn cell(symbol: &str, modifier: Modifier, fg: Color) -> Cell {
        let mut cell = Cell::default();
        cell.set_symbol(symbol).fg = fg;
        cell.modifier = modifier;
        cell
    }

    #[test]
    fn neighbours_share_a_place_and_a_style() {
        let bold = |symbol| cell(symbol, Modifier::BOLD, Color::Reset);
        let cells = [(3, 1, bold("a")), (4, 1, bold("b")), (6, 1, bold("c")), (9, 1, bold("d")), (0, 2, bold("e"))];
        assert_eq!(written(&cells), "\x1b[2;4H\x1b[;1mab\x1b[Cc\x1b[2Cd\x1b[3;1He");
    }

    #[test]
    fn the_next_row_is_one_down_and_some_back() {
        let plain = |symbol| cell(symbol, Modifier::empty(), Color::Reset);
        let cells =
            [(6, 0, plain("a")), (7, 0, plain("b")), (6, 1, plain("c")), (1, 2, plain("d")), (2, 3, plain("e"))];
        assert_eq!(written(&cells), "\x1b[1;7H\x1b[mab\n\x08\x08c\n\x1b[6Dd\ne");
        let cells = [(1, 0, plain("a")), (3, 2, plain("b")), (0, 3, plain("c")), (1, 9, plain("d"))];
        assert_eq!(
            written(&cells),
            "\x1b[1;2H\x1b[ma\n\n\x1b[Cb\n\rc\x1b[6Bd",
            "several down, on, back to the first column"
        );
        let cells = [(0, 0, plain("a")), (8, 8, plain("b"))];
        assert_eq!(written(&cells), "\x1b[1;1H\x1b[ma\x1b[9;9Hb", "from the corner where that is shorter");
    }

    #[test]
    fn blanks_are_erased_where_the_row_ends_with_them() {
        let plain = |symbol| cell(symbol, Modifier::empty(), Color::Reset);
        let blanks = |count, y| (0..count).map(move |x| (x, y, plain(" ")));
        let erased: Vec<_> = blanks(4, 0).chain(blanks(5, 1)).chain([(0, 2, plain("a"))]).collect();
        assert_eq!(written(&erased), "\x1b[1;1H\x1b[m\x1b[4X\n\x1b[5X\na");
        let led: Vec<_> = blanks(4, 0).chain([(4, 0, plain("a"))]).chain(blanks(3, 1)).collect();
        assert_eq!(written(&led), "\x1b[1;1H\x1b[m    a\n\r   ");
        let lined: Vec<_> = (0..4).map(|x| (x, 0, cell(" ", Modifier::UNDERLINED, Color::Reset))).collect();
        assert_eq!(written(&lined), "\x1b[1;1H\x1b[;4m    ");
    }

    #[test]
    fn a_blank_takes_no_style_of_its_own_where_none_shows() {
        let coloured = |symbol, x| (x, 0, cell(symbol, Modifier::BOLD, Color::Cyan));
        let plain = |symbol, x| (x, 0, cell(symbol, Modifier::empty(), Color::Reset));
        let cells = [coloured("a", 0), plain(" ", 1), coloured("b", 2), plain("c", 3)];
        assert_eq!(written(&cells), "\x1b[1;1H\x1b[;1;36ma b\x1b[mc");
        let lined = |x| (x, 0, cell("a", Modifier::UNDERLINED, Color::Reset));
        assert_eq!(written(&[lined(0), plain(" ", 1), lined(2)]), "\x1b[1;1H\x1b[;4ma\x1b[m \x1b[;4ma");
    }

    #[test]
    fn the_cursor_is_put_back_once_what_changed_is_written() {
        let plain = |symbol| cell(symbol, Modifier::empty(), Color::Reset);
        let (digit, none): (_, [(u16, u16, &Cell); 0]) = (plain("5"), []);
        let mut bytes = Vec::new();
        let mut terse = Terse::new(&mut bytes, 10);
        let field = Position { x: 4, y: 3 };
        terse.draw([(6, 2, &digit)].into_iter()).unwrap();
        terse.set_cursor_position(field).unwrap();
        terse.draw(none.into_iter()).unwrap();
        terse.set_cursor_position(field).unwrap();
        terse.draw([(6, 2, &digit)].into_iter()).unwrap();
        terse.set_cursor_position(field).unwrap();
        terse.forget(10);
        terse.set_cursor_position(field).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        assert_eq!(text, "\x1b[3;7H\x1b[m5\n\x08\x08\x08\x1b[3;7H5\n\x08\x08\x08\x1b[4;5H");
    }

    #[test]
    fn every_style_is_set_from_scratch() {
        let cells = [
            (0, 0, cell("a", Modifier::BOLD | Modifier::REVERSED, Color::Cyan)),
            (1, 0, cell("b", Modifier::empty(), Color::Reset)),
            (2, 0, cell("c", Modifier::empty(), Color::LightRed)),
            (3, 0, cell("d", Modifier::empty(), Color::Indexed(200))),
        ];
        assert_eq!(written(&cells), "\x1b[1;1H\x1b[;1;7;36ma\x1b[mb\x1b[;91mc\x1b[;38;5;200md");
    }

    #[test]
    fn behind_a_wide_character_the_place_is_said_anew() {
        let plain = |symbol| cell(symbol, Modifier::empty(), Color::Reset);
        assert_eq!(written(&[(0, 0, plain("日")), (2, 0, plain("a"))]), "\x1b[1;1H\x1b[m日\x1b[1;3Ha");
    }
}
