//! What commands print, in rows as wide as the terminal: left to itself, it breaks a line in mid-word.

use std::io::IsTerminal;

use clap::CommandFactory as _;
use unicode_width::UnicodeWidthStr as _;

use super::arguments::Cli;

/// How many columns the window of `out` has; None where it goes to no terminal or its size is not known.
pub(super) fn window(out: &impl IsTerminal) -> Option<usize> {
    let (columns, _) = platform::terminal::size().ok().filter(|_| out.is_terminal())?;
    Some(usize::from(columns)).filter(|columns| *columns > 0)
}

/// `text` with each line in rows of at most `width` columns. They are broken at blanks alone, and never within a path or a
/// command, so that it can be copied; such a one that is longer than a row is left to the terminal.
pub(super) fn fitted(text: &str, width: Option<usize>) -> String {
    let Some(width) = width else { return text.to_owned() };
    let fit = |line: &str| if line.trim_end().width() <= width { line.to_owned() } else { rows(line, width) };
    text.split_inclusive('\n').map(fit).collect()
}

fn rows(line: &str, width: usize) -> String {
    let gap = " ".repeat(hang(line, width));
    let (mut text, mut row) = (String::new(), String::new());
    for piece in pieces(line) {
        let is_full = row.width() + piece.trim_end().width() > width;
        if is_full && !row.trim().is_empty() {
            text.push_str(row.trim_end());
            text.push('\n');
            row.clone_from(&gap);
        }
        row.push_str(&piece);
    }
    text + &row
}

/// How far the rows after the first are set in: as far as the first, or to its second column.
fn hang(line: &str, width: usize) -> usize {
    let inner = line.trim_start();
    let start = line.len() - inner.len();
    let second = inner.find("  ").map(|end| {
        let rest = inner.get(end..).unwrap_or_default();
        start + inner.get(..end).unwrap_or_default().width() + (rest.len() - rest.trim_start().len())
    });
    [second, Some(start)].into_iter().flatten().find(|columns| columns * 2 <= width).unwrap_or(0)
}

/// The words of `line`, each with the blanks behind it. A command is one piece, and so is a path with blanks in it.
fn pieces(line: &str) -> Vec<String> {
    let all = Cli::command();
    let mut pieces: Vec<String> = Vec::new();
    // What of a command was read last, and whether that is a name in quotes which goes on.
    let (mut command, mut is_quoting) = (None::<&clap::Command>, false);
    for word in line.split_inclusive(' ') {
        let whole = word.trim_end();
        let bare = whole.trim_end_matches(['.', ',', ';', ':', ')']);
        let inner = command.and_then(|command| command.find_subcommand(bare));
        let opens = command.is_some() && !is_quoting && bare.starts_with('"');
        let belongs = is_quoting || opens || inner.is_some() || command.is_some() && is_argument(bare);
        let is_path = pieces.last().is_some_and(|piece| is_path_going_on(piece, bare));
        command = match (inner, belongs) {
            (Some(inner), _) => Some(inner),
            (None, true) => command,
            (None, false) => (bare.trim_start_matches('(') == all.get_name()).then_some(&all),
        };
        is_quoting = (is_quoting || opens) && !(bare.ends_with('"') && bare.len() > 1);
        if bare.len() < whole.len() && !is_quoting {
            command = None;
        }
        match pieces.last_mut().filter(|_| belongs || is_path) {
            Some(piece) => piece.push_str(word),
            None => pieces.push(word.to_owned()),
        }
    }
    pieces
}

/// An option, a place such as NAME, or what has a number in it, such as an id.
fn is_argument(word: &str) -> bool {
    let is_place = word.len() > 1 && word.chars().all(|c| c.is_ascii_uppercase());
    word.starts_with("--") || is_place || word.contains(|c: char| c.is_ascii_digit())
}

/// A path with a blank in the name of a folder: its next part has a slash, and does not begin with one.
fn is_path_going_on(before: &str, word: &str) -> bool {
    let begins = before.split_whitespace().next().unwrap_or_default();
    let is_path = begins.starts_with('/') || begins.starts_with("~/");
    is_path && !begins.ends_with([',', ';', ':', '.']) && word.contains('/') && !word.starts_with(['/', '~'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows_at(width: usize, text: &str) -> Vec<String> {
        fitted(text, Some(width)).lines().map(str::to_owned).collect()
    }

    #[test]
    fn a_line_is_broken_at_blanks_and_loses_nothing() {
        let text =
            "Saved: 5 of 5 sections. Next from Tue 29 Dec. It shows it.\n\n  indented words that go on for long\n";
        for width in 12..80 {
            let fit = fitted(text, Some(width));
            assert!(fit.lines().all(|row| row.width() <= width), "{fit}");
            assert!(fit.split_whitespace().eq(text.split_whitespace()), "{fit}");
            assert!(fit.ends_with('\n') && fit.contains("\n\n  indented"), "{fit:?}");
        }
        assert_eq!(fitted(text, None), text, "no terminal, no rows");
        assert_eq!(fitted(text, Some(80)), text);
    }

    #[test]
    fn rows_after_the_first_stand_below_the_second_column() {
        let text = "  voice       none was found on this computer";
        assert_eq!(rows_at(32, text), ["  voice       none was found on", "              this computer"]);
        let narrow = ["  voice       none", "  was found on this", "  computer"];
        assert_eq!(rows_at(20, text), narrow, "in a narrow window below the first column");
    }

    #[test]
    fn a_command_stays_whole() {
        let later = "dermaroll strike 20261122T183000Z-ab12 --why TEXT";
        let text = format!("To take this back: dermaroll undo within the hour, later {later}");
        for width in [20, 40, 60] {
            let rows = rows_at(width, &text);
            assert!(rows.iter().any(|row| row == later), "{rows:?}");
            assert!(rows.iter().any(|row| row.contains("dermaroll undo")), "{rows:?}");
        }
        let named = "dermaroll roller strike \"my blue one\" --why TEXT";
        assert!(rows_at(30, &format!("To take it back: {named}")).contains(&named.to_owned()));
        let two = "Either dermaroll roller strike and dermaroll serum strike strike one out of them.";
        let rows = rows_at(30, two);
        assert!(
            ["dermaroll roller strike", "dermaroll serum strike"]
                .iter()
                .all(|command| { rows.iter().any(|row| row.contains(command)) })
        );
        assert!(rows.iter().all(|row| row.width() <= 30), "what follows is no part of a command: {rows:?}");
    }

    #[test]
    fn a_path_stays_whole_also_with_a_blank_in_it() {
        let path = "/Users/ann/Library/Application Support/dermaroll/sessions/2026/x.toml";
        let rows = rows_at(40, &format!("The file {path} cannot be read: mend it or/and move it."));
        assert!(rows.contains(&path.to_owned()), "{rows:?}");
        assert_eq!(rows.last().map(String::as_str), Some("cannot be read: mend it or/and move it."));
    }
}
