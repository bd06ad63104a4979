//! Cues at the edge: commands that hang, fail, flood or leave children behind, the bytes for terminals, and a screen that
//! is kept on.
#![cfg(unix)]

mod inhibitor;
mod command_folder;
mod jobs;
mod event_command;
mod last;
mod notification;
mod title;
mod voice;
