//! A settings file: taken whole or refused with its place, and shown plainly either way.

use std::path::Path;
use std::sync::OnceLock;

use dermaroll::content::Source;
use dermaroll::content::config::{Flags, Settings, Shipped};
use dermaroll::content::folders::Folders;

use super::text::assert_plain;

pub fn run(data: &[u8]) {
    static SHIPPED: OnceLock<Shipped> = OnceLock::new();
    let shipped = SHIPPED.get_or_init(|| Shipped::read().expect("the embedded files are sound"));
    let nothing = |_: &str| None;
    let path = Path::new("config.toml");
    let settled = Source::new("config.toml", String::from_utf8_lossy(data)).and_then(|source| {
        Settings::resolve_over(shipped, Some((path, &source)), &nothing, &Flags::default(), &Folders::default())
    });
    match settled {
        Ok(settings) => {
            assert!((7..=365).contains(&settings.interval_days.value), "{:?}", settings.interval_days);
            assert_plain(&settings.serum_name.value);
        }
        Err(refusal) => {
            let message = refusal.to_string();
            assert_plain(&message);
            assert!(message.lines().count() >= 3, "{message}");
            assert!(message.len() < 2_000, "{message}");
        }
    }
}
