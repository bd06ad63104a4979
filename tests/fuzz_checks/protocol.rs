//! A protocol or checklist of the person's own: refused with its place, or no weaker than what is embedded.

use core::time::Duration;
use std::sync::OnceLock;

use dermaroll::content::check::check_over;
use dermaroll::content::{Embedded, Source, Sources};
use engine::protocol::Protocol;

use super::text::assert_plain;

fn embedded() -> &'static (Embedded, Protocol) {
    static EMBEDDED: OnceLock<(Embedded, Protocol)> = OnceLock::new();
    EMBEDDED.get_or_init(|| {
        let embedded = Embedded::read().expect("the embedded files are sound");
        let session = embedded.clone().load(&Sources::default()).expect("the embedded files are sound").session;
        (embedded, session)
    })
}

pub fn run(data: &[u8]) {
    let (embedded, shipped) = embedded();
    let text = String::from_utf8_lossy(data);
    let checked = Source::new("own.toml", text.as_ref()).and_then(|source| check_over(embedded, source, false));
    match checked {
        Ok(checked) => {
            assert_plain(&checked.to_string());
            match checked.protocol() {
                Some(own) => hold(own, shipped),
                None => {
                    let sources = Sources { checklist: Source::new("own.toml", text).ok(), ..Sources::default() };
                    hold(&embedded.clone().load(&sources).expect("it was in order").session, shipped);
                }
            }
        }
        Err(refusal) => {
            let message = refusal.to_string();
            assert_plain(&message);
            assert!(message.lines().count() >= 3, "{message}");
            assert!(message.len() < 2_000, "{message}");
        }
    }
}

/// Holds that `own` is no weaker than `shipped`.
#[track_caller]
fn hold(own: &Protocol, shipped: &Protocol) {
    for item in &shipped.checklist.items {
        assert!(own.checklist.items.contains(item), "{} was lost or weakened", item.id);
    }
    assert_eq!(own.rules, shipped.rules);
    assert!(!own.trial && own.times.contact >= Duration::from_secs(300), "{:?}", own.times);
    assert!(!own.order.is_empty() && !own.strokes.is_empty());
}
