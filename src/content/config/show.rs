//! The settings in force as TOML, each with its origin, for `dermaroll config show`.

use core::fmt::Display;
use std::fmt::Write as _;
use std::path::Path;

use super::{Origin, Setting, Settings, keys};
use crate::content::{ThemeChoice, TimeName, duration};
use engine::protocol::Protocol;
use store::sanitise::hidden;

/// The column at which the comments begin, where the setting is short enough.
const COMMENT_COLUMN: usize = 36;

impl Settings {
    /// The settings as a settings file, with the origin of each in a comment. Times that no setting names are taken
    /// from `protocol`.
    pub fn show(&self, protocol: &Protocol) -> String {
        let mut lines = vec![
            setting("interval_days", &self.interval_days, u32::to_string),
            setting("roller_uses_limit", &self.roller_uses_limit, u32::to_string),
            setting("serum_name", &self.serum_name, |serum| quoted(serum)),
            setting("protocol", &self.protocol, |path| quoted_path(path.as_deref())),
            setting("checklist", &self.checklist, |path| quoted_path(path.as_deref())),
            setting("questions", &self.questions, |questions| quoted(questions.id())),
            setting("data_dir", &self.data_dir, |path| quoted_path(path.as_deref())),
            setting("profile", &self.profile, |name| quoted(name)),
            setting("bell", &self.bell, bool::to_string),
            setting("voice", &self.voice, bool::to_string),
            setting("say_command", &self.say_command, |command| quoted_list(command)),
            setting("on_event", &self.on_event, |command| quoted_list(command)),
            setting("notify", &self.notify, |notify| quoted(notify.id())),
            setting("title", &self.title, bool::to_string),
            setting("keep_awake", &self.keep_awake, bool::to_string),
            setting("plain", &self.plain, bool::to_string),
            setting("colour", &self.colour, |choice| quoted(choice.id())),
            setting("ascii", &self.ascii, |choice| quoted(choice.id())),
            setting("high_contrast", &self.high_contrast, bool::to_string),
            setting("motion", &self.motion, bool::to_string),
            setting("theme", &self.theme, |theme| match theme {
                ThemeChoice::Usual => quoted(""),
                ThemeChoice::Shipped(name) => quoted(name),
                ThemeChoice::File(path) => quoted_path(Some(path)),
            }),
            setting("trial", &self.trial, bool::to_string),
            String::new(),
            "[times]".to_owned(),
        ];
        lines.extend(TimeName::ALL.map(|name| {
            let span = quoted(&duration::words(name.of(&protocol.times)));
            match self.times.named(name) {
                Some(_) => line(name.id(), &span, Origin::File),
                None => line(name.id(), &span, format!("protocol {}", protocol.id)),
            }
        }));
        lines.extend(keys::lines(&self.keymap, |action, keys| line(action, keys, Origin::File), quoted));
        lines.push(String::new());
        lines.join("\n")
    }
}

fn setting<T>(key: &str, setting: &Setting<T>, write: impl Fn(&T) -> String) -> String {
    line(key, &write(&setting.value), setting.from)
}

fn line(key: &str, value: &str, remark: impl Display) -> String {
    format!("{:COMMENT_COLUMN$} # {remark}", format!("{key} = {value}"))
}

fn quoted_list(texts: &[String]) -> String {
    format!("[{}]", texts.iter().map(|text| quoted(text)).collect::<Vec<_>>().join(", "))
}

fn quoted_path(path: Option<&Path>) -> String {
    path.map_or_else(|| quoted(""), |path| quoted(&path.to_string_lossy()))
}

/// `text` in quotes as TOML has it, with hidden characters escaped.
fn quoted(text: &str) -> String {
    let mut quoted = String::from('"');
    for c in text.chars() {
        if c == '"' || c == '\\' {
            quoted.extend(['\\', c]);
        } else if hidden(c).is_some() {
            // Writing to a string cannot fail.
            let _ = write!(quoted, "\\U{:08X}", u32::from(c));
        } else {
            quoted.push(c);
        }
    }
    quoted.push('"');
    quoted
}
