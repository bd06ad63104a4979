//! The documents as what stands in them: code blocks, words between backticks, rows of the table of commands.

pub const README: &str = include_str!("../../README.md");
pub const CONTRIBUTING: &str = include_str!("../../CONTRIBUTING.md");

/// Each fenced block as its lines, without what they are set in by.
pub fn blocks(text: &str) -> Vec<Vec<&str>> {
    let parts = text.split("```").skip(1).step_by(2);
    parts.map(|block| block.lines().map(str::trim).filter(|line| !line.is_empty()).collect()).collect()
}

/// What stands between single backticks outside of blocks.
pub fn inline(text: &str) -> Vec<&str> {
    let outside = text.split("```").step_by(2);
    outside.flat_map(|part| part.lines().flat_map(|line| line.split('`').skip(1).step_by(2))).collect()
}

/// Every command between backticks, as `dermaroll show [ID]`.
pub fn commands(text: &str) -> Vec<&str> {
    inline(text).into_iter().filter(|words| *words == "dermaroll" || words.starts_with("dermaroll ")).collect()
}

/// The rows of the table of commands: the command, and the whole row.
pub fn rows() -> Vec<(&'static str, &'static str)> {
    let table = README.split_once("## Commands").unwrap().1.split_once("\n\n`--config`").unwrap().0;
    let rows: Vec<_> =
        table.lines().filter(|row| row.starts_with("| `")).map(|row| (row.split('`').nth(1).unwrap(), row)).collect();
    assert!(rows.len() > 15, "the table of commands was found");
    rows
}

/// The flags that `text` names, as `--json`.
pub fn flags(text: &str) -> Vec<&str> {
    let words = text.split(['`', ' ', ',', ';']).filter(|word| word.starts_with("--") && word.len() > 2);
    words.collect()
}
