//! `dermaroll note`: how the skin was days after a session, in a file beside the session's.

use std::path::{Path, PathBuf};

use super::find_session::Meant;
use super::strike::later_flag;
use super::{
    Failure, WRONG_USE, data_folder, env, find_session, lock, now, print_error, print_saved, settings, text_within,
    way_back,
};
use crate::cli::arguments::NewNote;
use crate::content::config::Flags;
use crate::content::config::from_here;
use crate::content::{self, Sources};
use engine::timeline::Wall;
use store::calendar::Date;
use store::record::follow_up::{self, NewFollowUp, Skin};
use store::record::text::LONGEST_NOTE;
use store::record::{self, Reading};
use store::sanitise::brief;

/// The most photos in one note, so that its file stays well below the longest that is read.
const MOST_PHOTOS: usize = 20;
/// The longest path of a photo, in characters.
const LONGEST_PATH: usize = 4_096;

pub(super) fn run(flags: &Flags, new: &NewNote) -> Result<u8, Failure> {
    let (settings, folders) = settings(flags)?;
    let root = data_folder(&settings)?;
    // The same in every protocol, so that a mistake in a file of the person's own keeps no note back.
    let red_flags = content::load(&Sources::default())?.session.red_flags;
    let (id, text) = id_and_text(new)?;
    let text = text.map(|text| text_within("The note", text, LONGEST_NOTE)).transpose()?;
    if text.is_none() && new.felt.is_empty() && new.photo.is_empty() {
        let message = "There is nothing to note. Nothing was saved. Say how your skin is, as in: dermaroll note last \
                       \"a little warm\" --skin pink";
        return Err(Failure::new(WRONG_USE, message));
    }
    let photos: Vec<PathBuf> =
        new.photo.iter().map(|photo| from_here("--photo", photo, &env, &folders)).collect::<Result<_, _>>()?;
    let photos = photos_named(&photos)?;
    let session = match id {
        None | Some("last") => find_session::last_rolled(&root)?,
        Some(id) => find_session::by_id(&root, id, Meant::NotStruck)?,
    };
    let reading = super::strike::read(&session)?;
    let now = now();
    let said = NewFollowUp {
        day: day(&reading, now, new.day)?,
        felt: felt(&new.felt)?,
        text: text.unwrap_or("").into(),
        photos,
    };
    let _lock = lock(&root)?;
    let path = follow_up::add(&record::OsDisk, &session, now, &said)?;
    let words = content::words::built_in();
    let mut text = words.fill("later.saved", &[("session", &described(&reading, said.day))]) + "\n";
    if said.felt.iter().any(|skin| *skin != Skin::Calm) {
        for line in red_flags.lines() {
            text = text + line + "\n";
        }
    }
    let place = follow_up::of_session(&session).0.iter().position(|note| note.path.as_ref() == Some(&path));
    let later = later_flag(place.map(|place| place.saturating_add(1)));
    text += &(way_back(&format!("dermaroll strike {}{later} --why TEXT", reading.header.id)) + "\n");
    let status = print_saved(&text, &path);
    for path in said.photos.iter().filter(|path| !Path::new(path).exists()) {
        print_error(&format!("There is no file {path} at present. The note keeps its name all the same."));
    }
    Ok(status)
}

/// The session and the text, each of which may be left out. A single argument is a session if it looks like one. It is
/// refused if it only resembles one: taken as a text, it would be noted on another session.
fn id_and_text(new: &NewNote) -> Result<(Option<&str>, Option<&str>), Failure> {
    match (new.session.as_deref(), new.text.as_deref()) {
        (Some(only), None) if is_meant_for_a_session(only) && !names_a_session(only) => {
            let message = format!(
                "{only:?} names no session and no day. Nothing was saved. Write last, a day as in 2026-11-22 or an id \
                 as in 20261122T183000Z-ab12. If it is your note, put last before it: dermaroll note last {only:?}"
            );
            Err(Failure::new(WRONG_USE, message))
        }
        (Some(only), None) if !names_a_session(only) => Ok((None, Some(only))),
        both => Ok(both),
    }
}

/// Only digits and dashes, beginning with a digit; or a misspelt `last`. With one letter replaced it would be another
/// word: list, lost, fast.
fn is_meant_for_a_session(word: &str) -> bool {
    const LAST: &str = "last";
    let sorted = |word: &str| {
        let mut letters: Vec<char> = word.chars().collect();
        letters.sort_unstable();
        letters
    };
    let small = word.to_lowercase();
    let is_another_word = small.len() == LAST.len() && sorted(&small) != sorted(LAST);
    let is_last = strsim::damerau_levenshtein(&small, LAST) <= 1 && !is_another_word;
    is_last
        || (word.starts_with(|letter: char| letter.is_ascii_digit())
            && word.bytes().all(|letter| letter.is_ascii_digit() || letter == b'-'))
}

/// `last`, a day, or the beginning of something like `20261122T183000Z-ab12`.
fn names_a_session(word: &str) -> bool {
    const DAY: usize = "20261122".len();
    let is_of_an_id = |letter: u8| letter.is_ascii_alphanumeric() || letter == b'-';
    let begins_with_a_day = word.get(..DAY).is_some_and(|day| day.bytes().all(|digit| digit.is_ascii_digit()));
    word == "last" || Date::parse(word).is_some() || (begins_with_a_day && word.bytes().all(is_of_an_id))
}

/// The day after the session that the note is about: `asked`, which must not be in the future, or today.
fn day(reading: &Reading, now: Wall, asked: Option<u32>) -> Result<Option<u32>, Failure> {
    let since = Date::of(now).days_since(Date::of(reading.header.started.wall()));
    match (asked, u32::try_from(since)) {
        (Some(asked), Ok(since)) if asked > since => {
            let message = format!(
                "Day {asked} of the session {} has not come yet; today is day {since}. Nothing was saved. Name a day \
                 from 0 to {since}, or leave --day out.",
                reading.header.id
            );
            Err(Failure::new(WRONG_USE, message))
        }
        (Some(asked), _) => Ok(Some(asked)),
        // The session is in the future, so a clock was wrong; the note then has a date and no day.
        (None, since) => Ok(since.ok()),
    }
}

/// Each once, in the order of [`Skin::ALL`].
pub(super) fn felt(said: &[Skin]) -> Result<Vec<Skin>, Failure> {
    let felt: Vec<Skin> = Skin::ALL.into_iter().filter(|skin| said.contains(skin)).collect();
    if felt.contains(&Skin::Calm) && felt.len() > 1 {
        let message = "calm says that nothing else is there, so it stands alone. Nothing was saved. Leave calm out, or \
                       the other words.";
        return Err(Failure::new(WRONG_USE, message));
    }
    Ok(felt)
}

fn photos_named(paths: &[PathBuf]) -> Result<Vec<String>, Failure> {
    if paths.len() > MOST_PHOTOS {
        let message = format!(
            "{} photos are too many for one note; {MOST_PHOTOS} fit. Nothing was saved. Write a second note.",
            paths.len()
        );
        return Err(Failure::new(WRONG_USE, message));
    }
    paths.iter().map(|path| photo(path)).collect()
}

/// The absolute path; the file itself is not opened.
fn photo(path: &Path) -> Result<String, Failure> {
    let refused = |why: &str| {
        let message = format!(
            "The photo's path {} {why}. Nothing was saved. Rename it or leave it out.",
            brief(&path.to_string_lossy())
        );
        Failure::new(WRONG_USE, message)
    };
    let absolute = std::path::absolute(path).map_err(|error| refused(&format!("cannot be made absolute: {error}")))?;
    let text = absolute.to_str().ok_or_else(|| refused("is no text"))?;
    if text.chars().count() > LONGEST_PATH { Err(refused("is too long")) } else { Ok(text.to_owned()) }
}

fn described(reading: &Reading, day: Option<u32>) -> String {
    let session = format!("{} ({})", reading.header.id, Date::of(reading.header.started.wall()).words_with_year());
    match day {
        Some(day) => format!("{session}, day {day}"),
        None => session,
    }
}
