//! Which channels reach the person: those of bell, voice, command, notifications and title that the settings allow and
//! this computer has.

use super::env;
use crate::content::config::{Origin, Settings};
use crate::cues::event_command::EventCommand;
use crate::cues::notification::{Route, through_tmux};
use crate::cues::voice::{Voice, VoiceSetting};
use crate::cues::{Channels, jobs, title};
use crate::tui::terminal::guard::Also;

/// `screens` is false in line mode: then nothing but lines and bells goes to the terminal, and no voice speaks into the
/// screen reader unless the person asked for one.
pub(super) fn channels(settings: &Settings, term: Option<&str>, screens: bool) -> Channels {
    let command = Some(&settings.on_event.value).filter(|command| !command.is_empty());
    let variable = |name: &str| env(name).map(|value| value.to_string_lossy().into_owned());
    let route = Route::find(settings.notify.value, &variable);
    Channels {
        bell: settings.bell.value,
        voice: voice(settings, screens),
        event_command: command.map(|command| EventCommand::new(command.clone())),
        notifications: Some(route).filter(|(route, _)| screens && *route != Route::None),
        title: screens && settings.title.value && title::supported(term),
    }
}

fn voice(settings: &Settings, screens: bool) -> Option<Voice> {
    let command = &settings.say_command.value;
    let speech = if !wants_voice(settings, screens) {
        VoiceSetting::Never
    } else if !command.is_empty() {
        VoiceSetting::Command(command.clone())
    } else {
        VoiceSetting::Auto
    };
    Voice::find(&speech, env("PATH").as_deref())
}

/// Whether the settings want a voice here. In line mode a screen reader may speak, so there it has to be asked for.
pub(super) fn wants_voice(settings: &Settings, screens: bool) -> bool {
    let is_asked_for = !settings.say_command.value.is_empty() || settings.voice.from != Origin::Shipped;
    settings.voice.value && (screens || is_asked_for)
}

/// What has to be written and done for `channels` when the terminal is taken over and given back.
pub(super) fn also(channels: &Channels) -> Also {
    let (mut enter, mut leave) = (Vec::new(), Vec::new());
    if let Some((route, in_tmux)) = channels.notifications {
        leave.extend(if in_tmux { through_tmux(&route.clear()) } else { route.clear() });
    }
    if channels.title {
        enter.extend(title::PUSH);
        leave.extend(title::RESTORE);
    }
    Also { enter, leave, end: jobs::cancel_all }
}
