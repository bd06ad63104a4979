//! What every command draws with.

use super::{Failure, env};
use crate::content::Looks;
use crate::content::config::{Choice, Settings};
use crate::tui::terminal::kind;
use crate::tui::ui::{Ink, Theme};

/// The styles that the settings lead to.
pub(super) fn theme(settings: &Settings, term: Option<&str>) -> Result<Theme, Failure> {
    let (ink, ascii) = looks(settings, term);
    let own = settings.own_theme()?;
    Ok(Theme::of_looks(&Looks::read(own.as_ref())?, ink, ascii))
}

/// What to draw with, and whether ASCII has to do.
pub(super) fn looks(settings: &Settings, term: Option<&str>) -> (Ink, bool) {
    let ascii = match settings.ascii.value {
        Choice::Always => true,
        Choice::Never => false,
        Choice::Auto => term == Some("linux") || !locale_is_utf8(),
    };
    let ink = if settings.high_contrast.value {
        Ink::HighContrast
    } else if !is_in_colour(settings, term) {
        Ink::Weight
    } else {
        Ink::Full
    };
    (ink, ascii)
}

fn is_in_colour(settings: &Settings, term: Option<&str>) -> bool {
    match settings.colour.value {
        Choice::Always => true,
        Choice::Never => false,
        Choice::Auto => term.is_none_or(kind::has_colours),
    }
}

/// The first of these that says something decides, as POSIX has it. A machine that says nothing at all gets the
/// benefit of the doubt: so do containers, and they are nearly always UTF-8.
fn locale_is_utf8() -> bool {
    let said = ["LC_ALL", "LC_CTYPE", "LANG"].iter().filter_map(|name| env(name)).find(|value| !value.is_empty());
    said.is_none_or(|value| {
        let value = value.to_string_lossy().to_lowercase();
        value.contains("utf-8") || value.contains("utf8")
    })
}
