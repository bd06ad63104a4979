//! Delivers cues through every channel that is there: bell, voice, the person's command, the desktop, the window title.

use core::time::Duration;
use std::collections::VecDeque;

use super::event_command::EventCommand;
use super::notification::{Route, through_tmux};
use super::text::CueText;
use super::title;
use super::voice::Voice;
use engine::timeline::{Moment, Now};

/// Bells in a row are this far apart, so that they can be counted.
const BETWEEN_BELLS: Duration = Duration::from_millis(250);
const BELL: u8 = 0x07;
/// The heading of a desktop notification.
const HEADING: &str = "dermaroll";

/// Which ways there are to reach the person.
#[derive(Debug, Default)]
pub struct Channels {
    /// The terminal's bell.
    pub bell: bool,
    pub voice: Option<Voice>,
    /// The command of the setting `on_event`.
    pub event_command: Option<EventCommand>,
    /// How a notification gets to the desktop, and whether it has to go through tmux.
    pub notifications: Option<(Route, bool)>,
    /// Whether the title of the window can be set.
    pub title: bool,
}

#[derive(Debug, Default)]
pub struct Notifier {
    channels: Channels,
    /// When each bell that has not rung yet is due.
    bells: VecDeque<Moment>,
    /// What has to go to the terminal besides bells.
    bytes: Vec<u8>,
    /// What the title of the window says; empty where that is not known.
    title: String,
}

impl Notifier {
    pub fn new(channels: Channels) -> Notifier {
        Notifier { channels, ..Notifier::default() }
    }

    /// A notifier with the terminal's bell alone, or without any channel.
    pub fn with_bell(bell: bool) -> Notifier {
        Notifier::new(Channels { bell, ..Channels::default() })
    }

    pub fn channels(&self) -> &Channels {
        &self.channels
    }

    /// Delivers `cue`. `aloud` is false where the person said that they watch the screen alone: then nothing sounds.
    pub fn notify(&mut self, cue: &CueText, aloud: bool, now: Now) {
        if self.channels.bell && aloud {
            self.bells.clear();
            self.bells.extend((0..cue.bells).map(|number| now.moment.plus(BETWEEN_BELLS * number)));
        }
        if let Some(voice) = self.channels.voice.as_ref().filter(|_| aloud) {
            voice.say(&cue.words);
        }
        if let Some(command) = &self.channels.event_command {
            command.send(cue.event, &cue.words);
        }
        if let (Some((route, in_tmux)), Some(words)) = (self.channels.notifications, &cue.notification) {
            let bytes = route.show(HEADING, words);
            self.bytes.extend(if in_tmux { through_tmux(&bytes) } else { bytes });
        }
    }

    /// Says one of the last seconds of a section aloud.
    pub fn count(&mut self, seconds: u8) {
        if let Some(voice) = &self.channels.voice {
            voice.say(&seconds.to_string());
        }
    }

    /// Has the title of the window say `text`, where a title can be set.
    pub fn set_title(&mut self, text: &str) {
        if self.channels.title && self.title != text {
            text.clone_into(&mut self.title);
            self.bytes.extend(title::set(text));
        }
    }

    /// The terminal was given away meanwhile, so its title may say anything.
    pub fn forget_title(&mut self) {
        self.title.clear();
    }

    /// Lets the person's command work off its events, for no longer than `limit`.
    pub fn finish(&mut self, limit: Duration) {
        if let Some(command) = &self.channels.event_command {
            command.finish(limit);
        }
    }

    /// When [`Notifier::take_bytes`] has to be called again; None: not before the next cue.
    pub fn deadline(&self) -> Option<Moment> {
        self.bells.front().copied()
    }

    /// What has to go to the terminal by `now`.
    pub fn take_bytes(&mut self, now: Now) -> Vec<u8> {
        let mut bytes = std::mem::take(&mut self.bytes);
        while self.bells.front().is_some_and(|due| *due <= now.moment) {
            self.bells.pop_front();
            bytes.push(BELL);
        }
        bytes
    }
}
