//! Settings that are one of a few words.

/// Something that is decided by looking at the terminal unless the person decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// By looking.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

impl When {
    /// Every choice by its word.
    pub const NAMES: [(&'static str, When); 3] = {
        use When::{Always, Auto, Never};
        [(Auto.id(), Auto), (Always.id(), Always), (Never.id(), Never)]
    };

    /// The word in files.
    pub const fn id(self) -> &'static str {
        match self {
            When::Auto => "auto",
            When::Always => "always",
            When::Never => "never",
        }
    }
}

/// How a notice gets to the desktop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notify {
    /// By the sequence that the terminal is known to understand; none where that is not known.
    Auto,
    /// Not at all.
    Never,
    /// By OSC 9.
    Osc9,
    /// By OSC 99.
    Osc99,
    /// By OSC 777.
    Osc777,
}

impl Notify {
    /// Every way by its word.
    pub const NAMES: [(&'static str, Notify); 5] = {
        use Notify::{Auto, Never, Osc9, Osc99, Osc777};
        [(Auto.id(), Auto), (Never.id(), Never), (Osc9.id(), Osc9), (Osc99.id(), Osc99), (Osc777.id(), Osc777)]
    };

    /// The word in files.
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
