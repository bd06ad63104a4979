//! Reads the source tree as code and string literals apart, so that a rule about code is not broken by a comment.

use std::fs;
use std::path::{Path, PathBuf};

/// A source file.
pub(crate) struct File {
    /// Its path below the project, such as `src/ui/map.rs`.
    pub(crate) path: String,
    /// The whole text.
    pub(crate) text: String,
    /// The text without comments and without its tests, each string literal emptied. Lines stay where they are.
    pub(crate) code: String,
    /// The string literals of that code, without escapes resolved.
    pub(crate) strings: Vec<Literal>,
}

/// A string literal.
pub(crate) struct Literal {
    /// What stands between its quotes.
    pub(crate) text: String,
    /// Where its emptied quotes stand in the code.
    pub(crate) at: usize,
}

impl File {
    /// Whether it is one of these files, or lies in one of these folders.
    pub(crate) fn is_in(&self, places: &[&str]) -> bool {
        let lies_in = |place: &str| {
            self.path.strip_prefix(place).is_some_and(|below| matches!(below, "" | ".rs") || below.starts_with('/'))
        };
        places.iter().any(|place| lies_in(place))
    }

    /// `path:line` of a place in the code.
    pub(crate) fn place(&self, at: usize) -> String {
        format!("{}:{}", self.path, self.code[..at].matches('\n').count() + 1)
    }

    /// Every place at which `word` stands by itself in the code.
    pub(crate) fn uses(&self, word: &str) -> Vec<String> {
        let is_part = |c: char| c.is_alphanumeric() || c == '_';
        self.code
            .match_indices(word)
            .filter(|(at, _)| {
                let before = self.code[..*at].chars().next_back();
                let after = self.code[at + word.len()..].chars().next();
                let goes_on_before = word.starts_with(is_part) && before.is_some_and(is_part);
                let goes_on_after = word.ends_with(is_part) && after.is_some_and(is_part);
                !goes_on_before && !goes_on_after
            })
            .map(|(at, _)| self.place(at))
            .collect()
    }
}

/// Every Rust file below `folder`, sorted.
pub(crate) fn files(folder: &str) -> Vec<File> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = Vec::new();
    collect(&root.join(folder), &mut paths);
    paths.sort();
    paths
        .into_iter()
        .map(|path| {
            let text = fs::read_to_string(&path).unwrap();
            let (code, strings) = split(without_tests(&text));
            let path = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
            File { path, text, code, strings }
        })
        .collect()
}

/// The source of all packages, without their tests.
pub(crate) fn program() -> Vec<File> {
    let files = ["src", "crates"].into_iter().flat_map(files);
    let files: Vec<File> = files.filter(|file| !file.path.contains("/tests/")).collect();
    assert!(files.len() > 20, "the source tree is not where this test looks");
    files
}

/// A file of the project that is no Rust source.
pub(crate) fn other(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, paths);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            paths.push(path);
        }
    }
}

/// Tests stand at the end of a file here, and may do what the program may not.
fn without_tests(text: &str) -> &str {
    text.find("#[cfg(test)]\nmod tests").map_or(text, |at| &text[..at])
}

/// Code and string literals apart. Knows comments, escapes, raw strings, characters and lifetimes; no more is needed
/// for this tree, and `the_reader_reads` says so.
fn split(text: &str) -> (String, Vec<Literal>) {
    let chars: Vec<char> = text.chars().collect();
    let mut code = String::new();
    let mut strings = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let rest = &chars[at..];
        let raw = raw_quotes(rest, code.chars().next_back());
        if rest.starts_with(&['/', '/']) {
            at += rest.iter().take_while(|c| **c != '\n').count();
        } else if rest[0] == '"' || raw.is_some() {
            let (text, length) = literal(rest, raw);
            strings.push(Literal { at: code.len(), text: text.clone() });
            code.push_str("\"\"");
            code.extend(text.chars().filter(|c| *c == '\n'));
            at += length;
        } else if rest[0] == '\'' && rest.len() > 2 && (rest[1] == '\\' || rest[2] == '\'') {
            let length = if rest[1] == '\\' { 3 + rest[3..].iter().take_while(|c| **c != '\'').count() + 1 } else { 3 };
            code.push_str("' '");
            at += length;
        } else {
            code.push(rest[0]);
            at += 1;
        }
    }
    (code, strings)
}

/// The number of `#` of a raw string that begins here.
fn raw_quotes(rest: &[char], before: Option<char>) -> Option<usize> {
    if rest[0] != 'r' || before.is_some_and(|c| c.is_alphanumeric() || c == '_') {
        return None;
    }
    let hashes = rest[1..].iter().take_while(|c| **c == '#').count();
    (rest.get(1 + hashes) == Some(&'"')).then_some(hashes)
}

/// The text of the literal that begins here, and how many characters it takes.
fn literal(rest: &[char], raw: Option<usize>) -> (String, usize) {
    if let Some(hashes) = raw {
        let start = 2 + hashes;
        let ends = |at: &usize| rest[*at] == '"' && rest[at + 1..].iter().take(hashes).all(|c| *c == '#');
        let end = (start..rest.len()).find(ends).unwrap();
        return (rest[start..end].iter().collect(), end + 1 + hashes);
    }
    let mut at = 1;
    while rest[at] != '"' {
        at += if rest[at] == '\\' { 2 } else { 1 };
    }
    (rest[1..at].iter().collect(), at + 1)
}

#[test]
fn the_reader_reads() {
    let text =
        "say(\"a \\\" // b\"); // not \"this\"\nlet c = '\"'; let d: &'a str = r#\"raw \"x\"\"#; '\\'' + '\\u{2588}';";
    let (code, strings) = split(text);
    assert_eq!(code, "say(\"\"); \nlet c = ' '; let d: &'a str = \"\"; ' ' + ' ';");
    let texts: Vec<&str> = strings.iter().map(|literal| literal.text.as_str()).collect();
    assert_eq!(texts, ["a \\\" // b", "raw \"x\""]);
    assert_eq!(without_tests("a\n#[cfg(test)]\nmod tests {}"), "a\n");
}
