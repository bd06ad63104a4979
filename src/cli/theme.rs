//! Colours and characters: what the settings and the terminal lead to; `dermaroll theme`.

use serde::Serialize;

use super::arguments::ThemeCommand;
use super::{DONE, Failure, WRONG_USE, env, print, print_json, settings};
use crate::content::StyleSets;
use crate::content::config::{Flags, Settings, ThemeChoice, When};
use crate::content::styles::{ANSI, DARK};
use crate::tui::terminal::kind;
use crate::tui::ui::{Ink, Theme};

pub(super) fn theme(settings: &Settings, term: Option<&str>) -> Result<Theme, Failure> {
    let (ink, ascii) = ink_and_ascii(settings, term);
    Ok(Theme::of_styles(&settings.styles(usual_name())?, ink, ascii))
}

/// The theme where the settings name none.
fn usual_name() -> &'static str {
    let has_millions = env("COLORTERM").is_some_and(|value| value == "truecolor" || value == "24bit");
    if has_millions { DARK } else { ANSI }
}

/// One theme, as `theme list --json` has it.
#[derive(Serialize)]
struct Listed {
    name: &'static str,
    in_use: bool,
}

pub(super) fn run(flags: &Flags, command: &ThemeCommand) -> Result<u8, Failure> {
    match command {
        ThemeCommand::List { json } => {
            let (settings, _) = settings(flags)?;
            let in_use = match settings.theme.value {
                ThemeChoice::Usual => Some(usual_name()),
                ThemeChoice::Shipped(name) => Some(name),
                ThemeChoice::File(_) => None,
            };
            let listed: Vec<Listed> =
                StyleSets::names().map(|name| Listed { name, in_use: in_use == Some(name) }).collect();
            if *json {
                print_json(&listed)?;
            } else {
                for Listed { name, in_use } in listed {
                    print(&format!("{name}{}\n", if in_use { "   in use" } else { "" }))?;
                }
            }
        }
        ThemeCommand::Show { name } => {
            let text = StyleSets::text_of(name).ok_or_else(|| {
                let names: Vec<&str> = StyleSets::names().collect();
                let message =
                    format!("There is no theme {name}. Nothing was shown. Name one of these: {}.", names.join(", "));
                Failure::new(WRONG_USE, message)
            })?;
            print(text.trim_end())?;
        }
    }
    Ok(DONE)
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
