//! Headers: the lines that begin a table, as they are written and as they were meant.

/// Characters that people write for the brackets of a header.
const BRACKETS: [char; 9] = ['[', ']', '(', ')', '{', '}', '<', '>', ':'];

/// The name in `line`, if it begins a table.
pub(in crate::content) fn name(line: &str) -> Option<&str> {
    line.trim_start().starts_with('[').then(|| parts(line).0)
}

/// The header that `line` was meant to be, if it was meant to be one: `[times]` for `[times` and for `times:`.
pub(in crate::content) fn corrected(line: &str) -> Option<String> {
    let line = line.trim();
    let (name, rest) = parts(line);
    let is_bare = rest.trim().is_empty() || rest.trim_start().starts_with('#');
    let is_setting = name == "times" || name.starts_with("keys.");
    if name.is_empty() || !(line.starts_with('[') || is_setting && is_bare) {
        None
    } else if line.starts_with("[[") && !is_setting {
        Some(format!("[[{name}]]"))
    } else {
        Some(format!("[{name}]"))
    }
}

/// The name in a header without its brackets, and what follows it.
fn parts(line: &str) -> (&str, &str) {
    let inner = line.trim_start().trim_start_matches(BRACKETS).trim_start();
    let is_of_a_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
    let (name, rest) = inner.split_at(inner.find(|c| !is_of_a_name(c)).unwrap_or(inner.len()));
    (name, rest.trim_start().trim_start_matches(BRACKETS))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_meant_to_begin_a_table_is_known() {
        for (line, header) in [
            ("[times", Some("[times]")),
            ("  [times  # x", Some("[times]")),
            ("[[times]]", Some("[times]")),
            ("times:", Some("[times]")),
            ("times]", Some("[times]")),
            ("(times)", Some("[times]")),
            ("[keys.pause", Some("[keys.pause]")),
            ("[[question", Some("[[question]]")),
            ("[[question]", Some("[[question]]")),
            ("[sources", Some("[sources]")),
            ("times = 3", None),
            ("bell", None),
            ("", None),
            ("[", None),
        ] {
            assert_eq!(corrected(line).as_deref(), header, "{line}");
        }
    }
}
