//! Tells the linker one thing and touches nothing: take the unwinder into the program instead of looking it up beside
//! it at every start. The standard library needs one to name the place of a panic, and a library more to find, map and
//! bind is a twelfth of the time to the first frame (docs/performance.md). The archive comes with GCC, as the shared
//! library does. A linker that has no use for it where it stands takes the shared one as before.

use std::env;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let target = |part: &str| env::var(format!("CARGO_CFG_TARGET_{part}"));
    if target("OS").as_deref() == Ok("linux") && target("ENV").as_deref() == Ok("gnu") {
        println!("cargo::rustc-link-lib=static:-bundle=gcc_eh");
    }
}
