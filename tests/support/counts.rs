//! How often a proof is run: a few times in the normal test run, as often as its figure says when `COUNTS=full` is
//! set.

/// `small` in the normal run, `full` with `COUNTS=full` in the environment. Any other value is a mistake and fails,
/// so that nobody takes a small run for a full one.
pub fn count(small: u32, full: u32) -> u32 {
    match std::env::var("COUNTS").as_deref() {
        Err(_) | Ok("") => small,
        Ok("full") => full,
        Ok(other) => panic!("COUNTS={other}: only COUNTS=full is known"),
    }
}

/// Says on standard error what was not proven here, and why.
pub fn skipped(what: &str, why: &str) {
    use std::io::Write as _;
    let _ = writeln!(std::io::stderr(), "SKIPPED: {what}: {why}");
}
