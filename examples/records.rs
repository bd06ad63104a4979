//! Fills a folder with sessions, to try the program with a long history:
//! `cargo run --release --example records -- FOLDER COUNT`, then `dermaroll --data-dir FOLDER history`.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    dead_code,
    missing_docs,
    unreachable_pub
)]

#[path = "../benches/support/records.rs"]
mod records;

fn main() {
    let mut words = std::env::args().skip(1);
    let folder = words.next().expect("the folder");
    let count = words.next().and_then(|count| count.parse().ok()).expect("how many sessions");
    records::fill(std::path::Path::new(&folder), count);
}
