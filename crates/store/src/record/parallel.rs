//! Reads many files on all processors: reading them takes processor time rather than waiting, and the files do not
//! depend on each other.

use std::iter;
use std::panic::resume_unwind;
use std::thread;

/// How many items are processed before the first result is returned, so that memory use does not grow with the number
/// of files.
const AT_ONCE: usize = 256;
/// So few items are left to one thread: starting others would take longer.
const ALONE: usize = 32;

/// Each of `items`, in order, with what `work` makes of it on all processors.
pub fn in_parallel<T: Sync, R: Send>(
    items: impl IntoIterator<Item = T>,
    work: impl Fn(&T) -> R + Sync,
) -> impl Iterator<Item = (T, R)> {
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let mut items = items.into_iter();
    let batches = iter::from_fn(move || {
        let batch: Vec<T> = items.by_ref().take(AT_ONCE).collect();
        let made = if batch.len() < ALONE { batch.iter().map(&work).collect() } else { share(&batch, threads, &work) };
        (!batch.is_empty()).then(|| batch.into_iter().zip(made))
    });
    batches.flatten()
}

fn share<T: Sync, R: Send>(items: &[T], threads: usize, work: &(impl Fn(&T) -> R + Sync)) -> Vec<R> {
    let part = items.len().div_ceil(threads).max(1);
    thread::scope(|scope| {
        let parts = items.chunks(part).map(|part| scope.spawn(move || part.iter().map(work).collect::<Vec<R>>()));
        let parts: Vec<_> = parts.collect();
        parts.into_iter().flat_map(|part| part.join().unwrap_or_else(|panic| resume_unwind(panic))).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_worked_on_once_and_given_in_order() {
        for count in [0, 1, ALONE - 1, ALONE, AT_ONCE - 1, AT_ONCE, AT_ONCE + 1, 3 * AT_ONCE + 7] {
            let given: Vec<(usize, usize)> = in_parallel(0..count, |item| item * 2).collect();
            assert_eq!(given, (0..count).map(|item| (item, item * 2)).collect::<Vec<_>>(), "{count}");
        }
    }
}
