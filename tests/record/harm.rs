//! Files that were cut off or changed: never a panic, never an entry that was not written.

use store::record::read::{self, ReadError};
use store::record::text::checksum;
use store::record::{Fault, Reading, RecordedEntry, SummaryFields, Tail};

use crate::record::wire::{GOLDEN, ID};
use crate::support::fixture;

fn whole() -> Reading {
    read::parse(GOLDEN.as_bytes()).unwrap()
}

/// Everything in `reading` was written, in that order and from the first on.
fn is_true(reading: &Reading, whole: &Reading) {
    let begins = |part: &[RecordedEntry], all: &[RecordedEntry]| all.starts_with(part);
    assert!(begins(&reading.entries, &whole.entries));
    assert!(begins(&reading.after_summary, &whole.after_summary));
    assert_eq!(reading.header, whole.header);
    assert!(reading.summary.is_none() || reading.summary == whole.summary);
}

#[test]
fn a_file_cut_off_anywhere_gives_the_blocks_before_the_cut() {
    let whole = whole();
    let blocks = fixture::blocks(ID);
    let mut ends = vec![0];
    for block in &blocks {
        ends.push(ends.last().unwrap() + block.len());
    }
    for cut in 0..=GOLDEN.len() {
        let reading = match read::parse(&GOLDEN.as_bytes()[..cut]) {
            Ok(reading) => reading,
            Err(error) => {
                assert!(cut < ends[1] && matches!(error, ReadError::NoHeader), "{cut}: {error}");
                continue;
            }
        };
        is_true(&reading, &whole);
        let kept = ends.iter().rposition(|end| *end <= cut).unwrap();
        let blocks_read = 1 + reading.entries.len() + usize::from(reading.is_closed()) + reading.after_summary.len();
        assert_eq!(blocks_read, kept, "cut at {cut}");
        assert!(reading.damage.is_empty(), "cut at {cut}");
        let torn = cut - ends[kept];
        assert_eq!(reading.tail, if torn == 0 { Tail::Clean } else { Tail::Torn { bytes: torn } }, "cut at {cut}");
    }
}

#[test]
fn a_bit_flipped_anywhere_is_noticed() {
    change_every_byte(|byte| byte ^ 1);
}

#[test]
fn a_line_break_anywhere_is_noticed() {
    change_every_byte(|_| b'\n');
}

fn change_every_byte(change: impl Fn(u8) -> u8) {
    let whole = whole();
    let mut bytes = GOLDEN.as_bytes().to_vec();
    for place in 0..bytes.len() {
        let right = bytes[place];
        bytes[place] = change(right);
        if bytes[place] == right {
            continue;
        }
        if let Ok(reading) = read::parse(&bytes) {
            is_true(&reading, &whole);
            let noticed = !reading.damage.is_empty() || reading.tail != Tail::Clean;
            assert!(noticed, "byte {place} as {:#x}", bytes[place]);
        }
        bytes[place] = right;
    }
}

#[test]
fn blocks_left_out_swapped_repeated_or_taken_from_another_file_are_damage() {
    let whole = whole();
    let blocks = fixture::blocks(ID);
    let damaged = |blocks: &[String], what: &str| {
        let reading = read::parse(blocks.concat().as_bytes()).unwrap();
        is_true(&reading, &whole);
        assert!(!reading.damage.is_empty(), "{what}");
        assert_eq!(reading.tail, Tail::Clean, "{what}");
    };
    // The very last block may be missing: that is a session that had come only so far.
    for place in 1..blocks.len() - 1 {
        let mut less = blocks.clone();
        less.remove(place);
        damaged(&less, "left out");
        let mut swapped = blocks.clone();
        swapped.swap(place, place + 1);
        damaged(&swapped, "swapped");
        let mut twice = blocks.clone();
        twice.insert(place, blocks[place].clone());
        damaged(&twice, "twice");
        let mut foreign = blocks.clone();
        foreign[place] = fixture::blocks("20261122T183000Z-ab13")[place].clone();
        damaged(&foreign, "foreign");
    }
}

#[test]
fn sealed_blocks_that_make_no_sense_are_damage() {
    let blocks = fixture::blocks(ID);
    let key = whole().header.sum;
    let sealed = |text: &str| format!("{text}sum = \"{}\"\n\n", checksum(&key, text));
    let begun = blocks[..3].concat();
    let summary = SummaryFields::of(&fixture::protocol(), &fixture::summary(), 2).unwrap().to_text(&key);
    let after_summary = format!("{begun}{summary}{}", blocks[3]);
    let later_first = format!("{begun}{}", blocks[3].replace("[[entry]]", "[[later]]").split("sum = ").next().unwrap());
    for (text, what) in [
        (after_summary, Fault::OutOfPlace),
        (format!("{begun}{}", sealed(later_first.strip_prefix(&begun).unwrap())), Fault::OutOfPlace),
        (format!("{begun}{}", sealed("[[other]]\nn = 3\n")), Fault::Unknown),
        (format!("{begun}{}", sealed("[[entry]]\nn = 3\nblades = 9\n")), Fault::Unknown),
        (format!("{begun}{}", sealed("[[entry]]\nn = \n")), Fault::Unknown),
        (format!("{begun}\n\n{}", blocks[3]), Fault::Checksum),
    ] {
        let reading = read::parse(text.as_bytes()).unwrap();
        assert_eq!(reading.damage.first().map(|damage| damage.what), Some(what), "{text}");
        is_true_so_far(&reading);
    }
}

fn is_true_so_far(reading: &Reading) {
    assert!(whole().entries.starts_with(&reading.entries));
    assert!(reading.after_summary.is_empty());
}

#[test]
fn damage_names_its_line_and_leaves_the_summary_readable() {
    let mut blocks = fixture::blocks(ID);
    blocks[2] = blocks[2].replace("in-liquid", "in-liquor");
    let text = blocks.concat();
    let line = 1 + text[..text.find(&blocks[2]).unwrap()].matches('\n').count();
    let reading = read::parse(text.as_bytes()).unwrap();
    assert_eq!(reading.damage.iter().map(|damage| damage.line).collect::<Vec<_>>(), [line]);
    assert_eq!(reading.entries.len(), 1);
    assert_eq!(reading.summary, whole().summary);
    assert_eq!(reading.after_summary, whole().after_summary);
    assert!(reading.damage[0].to_string().contains(&format!("line {line}")));
}

#[test]
fn a_newer_format_is_refused_whatever_else_it_changed() {
    for text in ["format = 2\nall_new = true\n\n", "format = 99\n[[entry]]\n"] {
        let error = read::parse(text.as_bytes()).unwrap_err();
        assert!(matches!(error, ReadError::Newer { format } if format > 1));
        assert!(error.to_string().contains("newer version"), "{error}");
    }
    for text in ["", "\n\n", "format = 0\n\n", "format = 1", "format = 1\n\n", "hello\n\n", "\u{0}\u{0}\n\n"] {
        assert!(matches!(read::parse(text.as_bytes()), Err(ReadError::NoHeader)), "{text:?}");
    }
}

#[test]
fn a_hole_in_the_last_block_is_a_torn_tail_and_one_before_it_is_damage() {
    let blocks: Vec<String> = fixture::blocks(ID).into_iter().take(6).collect();
    let (last, before) = blocks.split_last().unwrap();
    let holed = |block: &str| {
        let (_, end) = block.as_bytes().split_at(block.len() / 2);
        let mut holed = vec![0; block.len() / 2];
        holed.extend_from_slice(end);
        holed
    };
    let whole = before.concat();
    let bytes = [whole.as_bytes(), &holed(last)].concat();
    let reading = read::parse(&bytes).unwrap();
    assert_eq!((reading.damage.len(), reading.tail), (0, Tail::Torn { bytes: last.len() }));
    assert_eq!(reading.entries.len(), before.len() - 1);
    let bytes = [before[..4].concat().as_bytes(), &holed(&before[4]), last.as_bytes()].concat();
    let reading = read::parse(&bytes).unwrap();
    assert_eq!((reading.damage.len(), reading.tail), (1, Tail::Clean));
}

/// What other systems and editors make of the ends of lines is no damage: the same is read, and from it the same torn
/// tail is cut.
#[test]
fn the_line_ends_of_every_system_read_alike() {
    let whole = whole();
    let half = GOLDEN.len() / 2;
    let (first, second) = GOLDEN.split_at(half);
    for text in [
        GOLDEN.replace('\n', "\r\n"),
        GOLDEN.replace('\n', "\r"),
        first.replace('\n', "\r\n") + second,
        first.to_owned() + &second.replace('\n', "\r\n"),
        format!("\u{feff}{GOLDEN}"),
        format!("\u{feff}{GOLDEN}").replace('\n', "\r\n"),
    ] {
        assert_eq!(read::parse(text.as_bytes()).unwrap(), whole);
        let torn = format!("{text}[[later]]\r\nn = ");
        assert_eq!(read::parse(torn.as_bytes()).unwrap().tail, Tail::Torn { bytes: torn.len() - text.len() });
    }
}

/// With other line ends a damaged line is found where an editor shows it.
#[test]
fn damage_is_told_by_its_line_whatever_ends_the_lines() {
    let blocks = fixture::blocks(ID);
    let harmed =
        [&blocks[..2].concat(), &blocks[2].replace("in-liquid", "in-liquor"), &blocks[3..].concat()[..]].concat();
    let line = read::parse(harmed.as_bytes()).unwrap().damage[0].line;
    for ends in ["\r\n", "\r"] {
        let reading = read::parse(harmed.replace('\n', ends).as_bytes()).unwrap();
        assert_eq!(reading.damage.iter().map(|damage| damage.line).collect::<Vec<_>>(), [line], "{ends:?}");
    }
}
