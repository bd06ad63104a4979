//! The program as the command line puts it together, for tests that drive its parts themselves.

use std::sync::{Arc, LazyLock};

use dermaroll::content::keymap::Keymap;
use dermaroll::content::{self, NamedTimes, Sources};
use dermaroll::tui::app::{App, Protocols};
use engine::protocol::{Kind, Words};
use store::startup::PersonalSettings;
use store::startup::StartupContext;

/// What is built in, read once: thousands of programs are put together from it.
static SHIPPED: LazyLock<(Protocols, Arc<Words>, Arc<Keymap>)> = LazyLock::new(|| {
    let (words, keymap) = (content::words::built_in(), Keymap::shipped());
    (read(&Sources::default()), Arc::new(words), Arc::new(keymap))
});

/// The screens that are kept beside the tests have the list up to here. A question that comes behind it changes none
/// of them; those of a person are there all the same.
const LAST_QUESTION: &str = "other-skin";

fn read(sources: &Sources) -> Protocols {
    let mut loaded = content::load(sources).unwrap();
    for protocol in [&mut loaded.session, &mut loaded.check] {
        let mut is_behind = false;
        Arc::make_mut(&mut protocol.checklist).items.retain(|item| {
            let is_kept = !is_behind || item.own;
            is_behind |= item.id == LAST_QUESTION;
            is_kept
        });
    }
    Protocols {
        session: Arc::new(loaded.session),
        rehearsal: Arc::new(loaded.rehearsal),
        check: Arc::new(loaded.check),
    }
}

pub fn shipped_protocols() -> Protocols {
    SHIPPED.0.clone()
}

pub fn protocols(sources: &Sources) -> Protocols {
    let has_files = sources.protocol.is_some() || sources.checklist.is_some();
    if has_files || sources.times != NamedTimes::default() || sources.trial {
        read(sources)
    } else {
        shipped_protocols()
    }
}

pub fn words() -> Words {
    (*SHIPPED.1).clone()
}

pub fn keymap() -> Keymap {
    (*SHIPPED.2).clone()
}

/// An app with the shipped words and keys.
pub fn app(protocols: Protocols, startup: StartupContext) -> App {
    App::new(SHIPPED.1.clone(), SHIPPED.2.clone(), protocols, startup)
}

/// The settings of somebody who never changed any.
pub fn own() -> PersonalSettings {
    PersonalSettings {
        profile: String::new(),
        interval_days: 28,
        uses_limit: 10,
        serum: String::new(),
        bell: true,
        voice: false,
        // Scripts answer one question after the other.
        cards: false,
    }
}

/// How many questions the kept screens have.
pub fn questions() -> usize {
    SHIPPED.0.session.checklist.items.len()
}

/// How many questions come before the one with this id.
pub fn questions_before(id: &str) -> usize {
    SHIPPED.0.session.checklist.find(id).unwrap().0
}

/// How many questions the program has.
pub fn all_questions() -> usize {
    content::built_in(Kind::Session).unwrap().checklist.items.len()
}

/// Compares `text` with the one of this name in `tests/snapshots`.
#[track_caller]
pub fn snapshot(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_snapshot_path("../snapshots");
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

/// Four sessions before `now`, of which one says nothing of how it felt.
pub fn recent(now: engine::timeline::Wall) -> Vec<(store::calendar::Date, Option<u8>)> {
    let day = |days: i64| {
        let wall = engine::timeline::Wall { unix: now.unix - days * 86_400, ..now };
        store::calendar::Date::of(wall)
    };
    vec![(day(126), Some(2)), (day(91), Some(3)), (day(63), None), (day(28), Some(4))]
}
