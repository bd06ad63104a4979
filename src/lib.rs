//! dermaroll: a guided dermarolling session in a terminal. The rooms, bottom to top; each uses only those above it.

pub mod visible;
#[cfg(test)]
pub mod schemas;
pub mod exit;
pub mod folders;
pub mod timeline;
pub mod calendar;
pub mod protocol;
pub mod safety;
pub mod session;
pub mod record;
pub mod export;
pub mod assets;
pub mod view;
pub mod keymap;
pub mod config;
pub mod editor;
pub mod focus;
pub mod known;
pub mod announce;
pub mod screens;
pub mod app;
pub mod ui;
pub mod clock;
pub mod terminal;
pub mod cue;
pub mod run;
pub mod keeper;
pub mod gather;
pub mod desk;
pub mod plain;
pub mod browse;
pub mod cli;
pub mod command;
