//! Where the main thread finds what has come. Keys wait for room; what the system says does not wait behind them: with
//! a terminal that takes its output slowly there is always one more key.

use core::time::Duration;
use std::collections::VecDeque;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use super::Message;

/// How many keys may lie unread before the input thread waits; nothing is lost.
const UNREAD: usize = 256;

/// A box of messages. Clones share it.
#[derive(Debug, Clone, Default)]
pub struct Mailbox {
    shared: Arc<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    boxes: Mutex<Boxes>,
    came: Condvar,
    room: Condvar,
}

#[derive(Debug, Default)]
struct Boxes {
    urgent: VecDeque<Message>,
    keys: VecDeque<Message>,
}

impl Mailbox {
    /// Puts a message behind the others of its sort, as soon as there is room.
    pub fn put(&self, message: Message) {
        let boxes = self.shared.room.wait_while(self.boxes(), |boxes| boxes.keys.len() >= UNREAD);
        boxes.unwrap_or_else(PoisonError::into_inner).keys.push_back(message);
        self.shared.came.notify_one();
    }

    /// Puts a message before all keys, at once. Of each kind one is enough, since it only says that something is to be
    /// looked at; the last one counts, so that halting and going on do not change places.
    pub fn post(&self, message: Message) {
        let mut boxes = self.boxes();
        boxes.urgent.retain(|earlier| *earlier != message);
        boxes.urgent.push_back(message);
        drop(boxes);
        self.shared.came.notify_one();
    }

    /// The next message that has come already.
    pub fn take(&self) -> Option<Message> {
        self.taken(self.boxes())
    }

    /// The next message; None when `limit` is over first. Without a limit it waits for as long as it takes.
    pub fn wait(&self, limit: Option<Duration>) -> Option<Message> {
        self.taken(self.filled(limit))
    }

    /// The boxes once something is in them, or `limit` is over.
    fn filled(&self, limit: Option<Duration>) -> MutexGuard<'_, Boxes> {
        let is_empty = |boxes: &mut Boxes| boxes.urgent.is_empty() && boxes.keys.is_empty();
        match limit {
            None => self.shared.came.wait_while(self.boxes(), is_empty).unwrap_or_else(PoisonError::into_inner),
            Some(limit) => {
                let waited = self.shared.came.wait_timeout_while(self.boxes(), limit, is_empty);
                waited.unwrap_or_else(PoisonError::into_inner).0
            }
        }
    }

    fn taken(&self, mut boxes: MutexGuard<'_, Boxes>) -> Option<Message> {
        if let Some(urgent) = boxes.urgent.pop_front() {
            return Some(urgent);
        }
        // Nobody waits for room while there is some, and to wake nobody is a call to the system all the same.
        let was_full = boxes.keys.len() >= UNREAD;
        let key = boxes.keys.pop_front();
        drop(boxes);
        if was_full {
            self.shared.room.notify_one();
        }
        key
    }

    /// A thread that panicked has left the boxes whole: each change is a single push or pop.
    fn boxes(&self) -> MutexGuard<'_, Boxes> {
        self.shared.boxes.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paste(number: usize) -> Message {
        Message::Paste(number.to_string())
    }

    #[test]
    fn what_the_system_says_comes_before_all_keys() {
        let mailbox = Mailbox::default();
        for number in 0..UNREAD {
            mailbox.put(paste(number));
        }
        for message in [Message::Resized, Message::Suspend, Message::Resized] {
            mailbox.post(message);
        }
        let came: Vec<Message> = std::iter::from_fn(|| mailbox.take()).collect();
        assert_eq!(came[..3], [Message::Suspend, Message::Resized, paste(0)]);
        assert_eq!(came.len(), UNREAD + 2);
    }

    #[test]
    fn halting_and_going_on_keep_their_last_order() {
        let mailbox = Mailbox::default();
        for message in [Message::Suspend, Message::Continued, Message::Suspend] {
            mailbox.post(message);
        }
        let came: Vec<Message> = std::iter::from_fn(|| mailbox.take()).collect();
        assert_eq!(came, [Message::Continued, Message::Suspend]);
    }

    #[test]
    fn keys_wait_for_room_and_none_is_lost() {
        let mailbox = Mailbox::default();
        std::thread::scope(|scope| {
            scope.spawn(|| (0..10 * UNREAD).for_each(|number| mailbox.put(paste(number))));
            for number in 0..10 * UNREAD {
                assert_eq!(mailbox.wait(None), Some(paste(number)));
            }
        });
        assert_eq!(mailbox.wait(Some(Duration::ZERO)), None);
    }
}
