//! Settings that are one of a few words.

use std::path::PathBuf;

use super::StyleSets;
use super::parse::instead;
use store::sanitise::brief;

/// How the screen is painted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ThemeChoice {
    /// As suits the colours that the terminal has.
    Usual,
    /// A shipped theme.
    Shipped(&'static str),
    /// A file of the person's own.
    File(PathBuf),
}

impl ThemeChoice {
    /// The theme called `name`, or what is wrong with it and what to do; None where it names a file, or what only a shell
    /// would make into one.
    pub(super) fn named(name: &str) -> Option<Result<ThemeChoice, (String, String)>> {
        if name.is_empty() {
            return Some(Ok(ThemeChoice::Usual));
        }
        if name.contains(['/', '.', '$', '~', '%']) {
            return None;
        }
        let known = StyleSets::names().find(|known| *known == name);
        Some(known.map(ThemeChoice::Shipped).ok_or_else(|| {
            let names: Vec<&str> = StyleSets::names().collect();
            let todo = format!("{} For a file of yours, write ./{name}.", instead(name, "theme", &names));
            (format!("{} is no theme", brief(name)), todo)
        }))
    }
}

/// Whether to do something: always, never, or as the terminal seems to want it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    Auto,
    Always,
    Never,
}

impl When {
    pub const NAMES: [(&'static str, When); 3] = {
        use When::{Always, Auto, Never};
        [(Auto.id(), Auto), (Always.id(), Always), (Never.id(), Never)]
    };

    pub const fn id(self) -> &'static str {
        match self {
            When::Auto => "auto",
            When::Always => "always",
            When::Never => "never",
        }
    }
}

/// How a notification gets to the desktop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notify {
    /// By the sequence that the terminal is known to understand, if any.
    Auto,
    Never,
    Osc9,
    Osc99,
    Osc777,
}

impl Notify {
    pub const NAMES: [(&'static str, Notify); 5] = {
        use Notify::{Auto, Never, Osc9, Osc99, Osc777};
        [(Auto.id(), Auto), (Never.id(), Never), (Osc9.id(), Osc9), (Osc99.id(), Osc99), (Osc777.id(), Osc777)]
    };

    pub const fn id(self) -> &'static str {
        match self {
            Notify::Auto => "auto",
            Notify::Never => "never",
            Notify::Osc9 => "osc9",
            Notify::Osc99 => "osc99",
            Notify::Osc777 => "osc777",
        }
    }
}

/// How a person who knows the checklist answers it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Questions {
    /// Several on one screen.
    Cards,
    OneByOne,
}

impl Questions {
    pub const NAMES: [(&'static str, Questions); 2] = {
        use Questions::{Cards, OneByOne};
        [(Cards.id(), Cards), (OneByOne.id(), OneByOne)]
    };

    pub const fn id(self) -> &'static str {
        match self {
            Questions::Cards => "cards",
            Questions::OneByOne => "one-by-one",
        }
    }
}
