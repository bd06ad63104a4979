//! Performs announcements by every means there is.

use core::time::Duration;
use std::collections::VecDeque;

use super::hook::Hook;
use super::notice::{Route, through_tmux};
use super::title;
use super::voice::Voice;
use crate::cues::announce::Announcement;
use engine::timeline::{Moment, Now};

/// Bells in a row are this far apart, so that they can be counted.
const BETWEEN_BELLS: Duration = Duration::from_millis(250);
const BELL: u8 = 0x07;
/// The heading of a notice.
const NAME: &str = "dermaroll";

/// By what the person is reached.
#[derive(Debug, Default)]
pub struct Means {
    /// The terminal bell rings.
    pub bell: bool,
    /// A voice speaks.
    pub voice: Option<Voice>,
    /// A command of their own is told.
    pub hook: Option<Hook>,
    /// How a notice gets to the desktop, and whether it has to go through tmux.
    pub notices: Option<(Route, bool)>,
    /// The title of the window can be set.
    pub title: bool,
}

/// Whoever calls the person.
#[derive(Debug, Default)]
pub struct Caller {
    means: Means,
    bells: VecDeque<Moment>,
    /// What goes to the terminal besides bells.
    bytes: Vec<u8>,
    /// What the title of the window says.
    title: String,
}

impl Caller {
    /// A caller with these means.
    pub fn new(means: Means) -> Caller {
        Caller { means, ..Caller::default() }
    }

    /// A caller with nothing but the bell of the terminal, or not even that.
    pub fn with_bell(bell: bool) -> Caller {
        Caller::new(Means { bell, ..Means::default() })
    }

    /// By what the person is reached.
    pub fn means(&self) -> &Means {
        &self.means
    }

    /// Tells the person. `aloud` is false where they said that they watch the screen alone: nothing sounds then.
    pub fn call(&mut self, announcement: &Announcement, aloud: bool, now: Now) {
        if self.means.bell && aloud {
            self.bells.clear();
            self.bells.extend((0..announcement.bells).map(|number| now.moment.plus(BETWEEN_BELLS * number)));
        }
        if let Some(voice) = self.means.voice.as_ref().filter(|_| aloud) {
            voice.say(&announcement.words);
        }
        if let Some(hook) = &self.means.hook {
            hook.tell(announcement.event, &announcement.words);
        }
        if let (Some((route, in_tmux)), Some(words)) = (self.means.notices, &announcement.notice) {
            let notice = route.show(NAME, words);
            self.bytes.extend(if in_tmux { through_tmux(&notice) } else { notice });
        }
    }

    /// Counts the last seconds aloud.
    pub fn count(&mut self, seconds: u8) {
        if let Some(voice) = &self.means.voice {
            voice.say(&seconds.to_string());
        }
    }

    /// Has the title of the window say `text`.
    pub fn name_window(&mut self, text: &str) {
        if self.means.title && self.title != text {
            text.clone_into(&mut self.title);
            self.bytes.extend(title::set(text));
        }
    }

    /// The terminal was given away meanwhile: what its title says is not known.
    pub fn lose_window(&mut self) {
        self.title.clear();
    }

    /// Lets what was told to the person's own command come to its end, for no longer than `within`.
    pub fn finish(&mut self, within: Duration) {
        if let Some(hook) = &self.means.hook {
            hook.finish(within);
        }
    }

    /// When it has to be asked for bytes again; None: not before the next call.
    pub fn deadline(&self) -> Option<Moment> {
        self.bells.front().copied()
    }

    /// What goes to the terminal now.
    pub fn bytes(&mut self, now: Now) -> Vec<u8> {
        let mut bytes = std::mem::take(&mut self.bytes);
        while self.bells.front().is_some_and(|due| *due <= now.moment) {
            self.bells.pop_front();
            bytes.push(BELL);
        }
        bytes
    }
}
