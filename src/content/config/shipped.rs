//! The settings that ship with the program.

use std::sync::Arc;

use super::layers::Layer;
use super::{Origin, SHIPPED, Settings};
use crate::content::folders::Folders;
use crate::content::keymap::Keymap;
use crate::content::parse::parse;
use crate::content::{Limits, NamedTimes, Refusal, Source};

/// The embedded defaults and the ranges of settings, read and checked.
#[derive(Debug)]
pub struct Shipped {
    pub(super) settings: Settings,
    pub(super) limits: Limits,
}

impl Shipped {
    /// # Errors
    /// Refuses an embedded file with a mistake in it; a test holds that there is none.
    pub fn read() -> Result<Shipped, Refusal> {
        let limits = Limits::built_in()?;
        Ok(Shipped { settings: shipped(&limits)?, limits })
    }
}

fn shipped(limits: &Limits) -> Result<Settings, Refusal> {
    let source = Source::embedded("config.toml", SHIPPED);
    let raw = parse(&source)?;
    let from = Origin::Shipped;
    let (folders, env) = (&Folders::default(), &|_: &str| None);
    let layer = Layer { source: &source, raw: &raw, from, below: None, folder: None, folders, env, limits };
    let settings = layer.settings(None, Arc::new(Keymap::shipped()))?;
    // The times of the shipped file are there to copy from. They must not override those of another protocol.
    Ok(Settings { times: NamedTimes::default(), ..settings })
}
