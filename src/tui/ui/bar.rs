//! Progress as a bar with eighths of a cell, or `[####....]` in ASCII.

use ratatui::style::Style;
use ratatui::text::Span;

use super::Theme;
use crate::tui::view::Share;

/// The last cell of what is done, by eighths.
const EIGHTHS: [&str; 8] = ["", "\u{258f}", "\u{258e}", "\u{258d}", "\u{258c}", "\u{258b}", "\u{258a}", "\u{2589}"];

/// A bar of `cells` columns, its ends included.
pub(super) fn bar(share: Share, cells: usize, theme: &Theme) -> Vec<Span<'static>> {
    let inner = cells.saturating_sub(2);
    // Rounded down: it is never ahead of what it tells of.
    let eighths = usize::from(share.thousandths.min(1000)) * inner * 8 / 1000;
    let [before, done, open, behind] = if theme.ascii {
        let done = eighths / 8;
        ["[".to_owned(), "#".repeat(done), ".".repeat(inner - done), "]".to_owned()]
    } else {
        let part = EIGHTHS.get(eighths % 8).copied().unwrap_or_default();
        let done = "\u{2588}".repeat(eighths / 8) + part;
        let open = inner - eighths.div_ceil(8);
        ["\u{2595}".to_owned(), done, " ".repeat(open), "\u{258f}".to_owned()]
    };
    let of = |text: String, style: Style| Span::styled(text, style);
    vec![of(before, theme.rule), of(done, theme.bar), of(open, theme.rule), of(behind, theme.rule)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::ui::Ink;

    fn drawn(thousandths: u16, cells: usize, ascii: bool) -> String {
        let theme = Theme::shipped(Ink::Full, ascii);
        bar(Share { thousandths }, cells, &theme).iter().map(|span| span.content.clone()).collect()
    }

    #[test]
    fn a_bar_is_full_at_the_end_and_never_over() {
        for (thousandths, ascii, eighths) in [
            (0, "[....]", "▕    ▏"),
            (500, "[##..]", "▕██  ▏"),
            (560, "[##..]", "▕██▏ ▏"),
            (u16::MAX, "[####]", "▕████▏"),
        ] {
            assert_eq!(drawn(thousandths, 6, true), ascii);
            assert_eq!(drawn(thousandths, 6, false), eighths);
        }
        assert_eq!(drawn(500, 0, true), "[]", "no room at all");
    }

    #[test]
    fn it_keeps_its_width() {
        for thousandths in 0..=1000 {
            assert_eq!(drawn(thousandths, 17, false).chars().count(), 17);
            assert_eq!(drawn(thousandths, 17, true).len(), 17);
        }
    }
}
