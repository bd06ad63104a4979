//! The session on a screen: screens, drawing, the loop.

pub mod app;
pub mod history;
pub mod clock;
pub mod controller;
pub mod editor;
pub mod run;
pub mod screens;
pub mod terminal;
pub mod ui;
pub mod view;
