//! dermaroll.
fn main() {}
