//! Colours and characters: what the settings and the terminal lead to.

use super::{Failure, env};
use crate::content::StyleSets;
use crate::content::config::{Settings, When};
use crate::tui::terminal::kind;
use crate::tui::ui::{Ink, Theme};

pub(super) fn theme(settings: &Settings, term: Option<&str>) -> Result<Theme, Failure> {
    let (ink, ascii) = ink_and_ascii(settings, term);
    let own = settings.own_theme()?;
    Ok(Theme::of_styles(&StyleSets::read(own.as_ref())?, ink, ascii))
}

/// Which styles can be drawn, and whether in ASCII alone.
pub(super) fn ink_and_ascii(settings: &Settings, term: Option<&str>) -> (Ink, bool) {
    let ascii = match settings.ascii.value {
        When::Always => true,
        When::Never => false,
        When::Auto => term == Some("linux") || !locale_is_utf8(),
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
        When::Always => true,
        When::Never => false,
        When::Auto => term.is_none_or(kind::has_colours),
    }
}

/// The first of these variables that is set decides, as POSIX has it. Where none is, UTF-8 is assumed: so it is in most
/// containers.
fn locale_is_utf8() -> bool {
    let said = ["LC_ALL", "LC_CTYPE", "LANG"].iter().filter_map(|name| env(name)).find(|value| !value.is_empty());
    said.is_none_or(|value| {
        let value = value.to_string_lossy().to_lowercase();
        value.contains("utf-8") || value.contains("utf8")
    })
}
