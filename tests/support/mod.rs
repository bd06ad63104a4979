//! What the tests share.
#![allow(dead_code, unused_imports, reason = "each test file uses its own part")]

pub mod computer;
pub mod counts;
pub mod fixture;
pub mod home;
pub mod many;
pub mod program;
pub mod pty;
pub mod screens;
pub mod app_driver;
pub mod typed;
pub mod window;
