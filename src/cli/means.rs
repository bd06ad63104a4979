//! The means of reaching the person: those of bell, voice, notices, command and title that the settings allow and this
//! computer has.

use super::env;
use crate::content::config::{Notify, Origin, Settings};
use crate::cues::hook::Hook;
use crate::cues::notice::{NoticeSetting, Route, through_tmux};
use crate::cues::voice::{Voice, VoiceSetting};
use crate::cues::{Means, errand, title};
use crate::tui::terminal::guard::Also;

/// All of them. `screens` is false where there are lines: then nothing but lines and bells goes to the terminal, and no
/// voice speaks into the one that reads them, unless it was asked for.
pub(super) fn means(settings: &Settings, term: Option<&str>, screens: bool) -> Means {
    let hook = Some(&settings.on_event.value).filter(|command| !command.is_empty());
    Means {
        bell: settings.bell.value,
        voice: voice(settings, screens),
        hook: hook.map(|command| Hook::new(command.clone())),
        notices: Some(notices(settings)).filter(|(route, _)| screens && *route != Route::None),
        title: screens && settings.title.value && title::supported(term),
    }
}

fn voice(settings: &Settings, screens: bool) -> Option<Voice> {
    let command = &settings.say_command.value;
    let speech = if !speaks(settings, screens) {
        VoiceSetting::Never
    } else if !command.is_empty() {
        VoiceSetting::Command(command.clone())
    } else {
        VoiceSetting::Auto
    };
    Voice::find(&speech, env("PATH").as_deref())
}

/// Whether the settings want a voice here. Lines are read aloud by another one, so there it has to be asked for.
pub(super) fn speaks(settings: &Settings, screens: bool) -> bool {
    let is_asked_for = !settings.say_command.value.is_empty() || settings.voice.from != Origin::Shipped;
    settings.voice.value && (screens || is_asked_for)
}

fn notices(settings: &Settings) -> (Route, bool) {
    let setting = match settings.notify.value {
        Notify::Auto => NoticeSetting::Auto,
        Notify::Never => NoticeSetting::Never,
        Notify::Osc9 => NoticeSetting::Named(Route::Osc9),
        Notify::Osc99 => NoticeSetting::Named(Route::Osc99),
        Notify::Osc777 => NoticeSetting::Named(Route::Osc777),
    };
    Route::find(&setting, &|name| env(name).map(|value| value.to_string_lossy().into_owned()))
}

/// What `means` want done when the terminal is taken over and given back.
pub(super) fn also(means: &Means) -> Also {
    let (mut enter, mut leave) = (Vec::new(), Vec::new());
    if let Some((route, in_tmux)) = means.notices {
        leave.extend(if in_tmux { through_tmux(&route.clear()) } else { route.clear() });
    }
    if means.title {
        enter.extend(title::PUSH);
        leave.extend(title::RESTORE);
    }
    Also { enter, leave, end: errand::hush_all }
}
