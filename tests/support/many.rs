//! A proof done many times, some at once, and the figure that comes out of it.

use std::io::Write as _;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::Duration;

/// So many programs run at once: they mostly wait, and every one of them has to keep its times among the others.
const AT_ONCE: u32 = 3;

/// Does `prove` for each number below `count` and gives the longest time it came back with.
pub fn worst(count: u32, prove: impl Fn(u32) -> Duration + Sync) -> Duration {
    let next = AtomicU32::new(0);
    let longest = Mutex::new(Duration::ZERO);
    thread::scope(|scope| {
        for _ in 0..AT_ONCE.min(count) {
            scope.spawn(|| {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= count {
                        return;
                    }
                    let took = prove(number);
                    let mut longest = longest.lock().unwrap();
                    *longest = took.max(*longest);
                }
            });
        }
    });
    longest.into_inner().unwrap()
}

/// Says a figure on standard error, with the full counts alone: those are the ones that are written down.
pub fn figure(text: &str) {
    if super::counts::count(0, 1) == 1 {
        let _ = writeln!(std::io::stderr(), "FIGURE: {text}");
    }
}
