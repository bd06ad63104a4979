//! How hard the texts are that a person reads, in the form of docs/reading-age.md: `cargo run --example reading_age`.
#![allow(clippy::print_stdout, reason = "this program talks to whoever runs it")]

#[allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs, unreachable_pub)]
#[path = "../tests/reading_age.rs"]
mod reading_age;

use std::path::Path;

fn main() {
    print!("{}", reading_age::report(Path::new(env!("CARGO_MANIFEST_DIR"))));
}
