//! What a terminal of some kind can show, and which keys it has. Its kind is the value of TERM.

/// Names by what they can show.
const TABLE: &str = include_str!("../../../assets/terminals.txt");

/// Whether text can be put anywhere on it and erased again. What is not known to take that gets plain lines, which
/// anything can show.
pub fn takes_places(term: &str) -> bool {
    is_among("screens", term) && !is_among("lines", term)
}

/// Whether it has colours.
pub fn has_colours(term: &str) -> bool {
    !is_among("no-colour", term)
}

/// Whether it has keys where other terminals report the focus and the mouse, as the SCO console has.
pub fn has_sco_keys(term: &str) -> bool {
    is_among("sco-keys", term)
}

fn is_among(what: &str, term: &str) -> bool {
    let rows = TABLE.lines().filter_map(|row| row.strip_prefix(what)?.strip_prefix(' '));
    rows.flat_map(str::split_whitespace).any(|pattern| fits(pattern, term))
}

/// A star at an end of `pattern` stands for anything.
fn fits(pattern: &str, term: &str) -> bool {
    match (pattern.strip_prefix('*'), pattern.strip_suffix('*')) {
        (Some(rest), Some(_)) => term.contains(rest.trim_end_matches('*')),
        (Some(end), None) => term.ends_with(end),
        (None, Some(beginning)) => term.starts_with(beginning),
        (None, None) => term == pattern,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_places_text_gets_screens_and_the_rest_gets_lines() {
        let screens = ["xterm-256color", "xterm-ghostty", "tmux-direct", "screen", "screen.xterm-256color", "linux"];
        let more = ["vt100", "vt220", "st-256color", "foot", "alacritty", "xterm-mono", "rxvt-unicode", "new-256color"];
        let less_common =
            ["nxterm", "color-xterm", "Apple_Terminal", "pc3", "at386", "securecrt", "iris-ansi", "dec-vt340"];
        for term in screens.into_iter().chain(more).chain(less_common) {
            assert!(takes_places(term), "{term}");
        }
        let lines =
            ["", "dumb", "unknown", "network", "vt52", "xterm-vt52", "vt50h", "adm3a", "adm31", "wy50", "wyse60"];
        let more =
            ["hp", "hp2645", "hpterm", "ibm3278", "ibm3101", "tvi950", "st52", "d430", "tek4014", "nothing-known"];
        for term in lines.into_iter().chain(more) {
            assert!(!takes_places(term), "{term}");
        }
    }

    #[test]
    fn terminals_of_one_colour_get_none() {
        for term in ["xterm-mono", "linux-m", "vt100", "vt220", "vt320-w", "screen2", "rxvt-basic", "putty-m", "sun"] {
            assert!(!has_colours(term), "{term}");
        }
        for term in ["xterm", "xterm-256color", "linux", "screen", "tmux", "st", "sun-color", "rxvt", "minix"] {
            assert!(has_colours(term), "{term}");
        }
    }

    #[test]
    fn what_has_the_keys_of_the_sco_console_is_known() {
        for term in
            ["cons25", "cons25l1-m", "cons50r", "scoansi", "scoansi-new", "xterm-sco", "putty-sco", "pc3", "wy75"]
        {
            assert!(has_sco_keys(term), "{term}");
        }
        for term in ["", "xterm", "xterm-256color", "linux", "screen", "tmux", "vt100", "ansi", "teken", "screen.linux"]
        {
            assert!(!has_sco_keys(term), "{term}");
        }
    }

    #[test]
    fn every_row_of_the_table_is_read() {
        let rows = TABLE.lines().filter(|row| !row.is_empty() && !row.starts_with('#'));
        for row in rows {
            let (what, names) = row.split_once(' ').unwrap();
            assert!(["screens", "lines", "no-colour", "sco-keys"].contains(&what), "{row}");
            for name in names.split_whitespace() {
                assert!(fits(name, &name.replace('*', "x")), "{name}");
            }
        }
    }
}
