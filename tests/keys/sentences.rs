//! No sentence on any screen spells a key out that may be another one.

use std::sync::Arc;

use dermaroll::content::keymap::{Key, Keymap};

use crate::keys::{all, change, shipped, with_keys, words};
use crate::support::app_driver::{NARROW, WIDE};
use crate::support::screens::every_screen;

/// Every word that names a key, as it is with the shipped ones.
const NAMING: [(&str, &str); 62] = [
    ("after.or", "y n"),
    ("after.or-unsure", "y n u"),
    ("after.serum-offer", "Would you like serum where you rolled? Press s: {time}."),
    ("ago.ask", "How long ago was it? Type a number, then d for days, w for weeks or m for months."),
    ("ago.ask-several", "How long ago was the latest? Type a number, then d for days, w for weeks or m for months."),
    ("ago.needs-unit", "Please press d, w or m."),
    ("ago.note", "Not sure? Press u: it counts as today."),
    ("ago.number", "Type a number, then d, w or m."),
    ("card.again", "That was the same press. Press n once more."),
    ("card.answered", "Every line has its answer. Press down to go on."),
    ("card.picked-no", "To answer all the others with no, press Esc first, then n."),
    (
        "check-in.gone",
        "The session that you wrote this for is gone. Nothing was noted, and your text is still here: Enter notes it on the session named above, Esc drops it.",
    ),
    ("check-in.needs-one", "Choose one or more, or press Esc to leave it."),
    ("check-in.none-left", "There is no session left to note this on. Your text is still here; Esc drops it."),
    ("check-in.none-left-now", "There is no session left to note this on. Esc goes back."),
    (
        "early.changed",
        "The records or the day have changed since this was shown. Nothing was begun, and your reason is still here. Press Esc to see what is known now.",
    ),
    ("early.needs-reason", "Please type a reason, or press Esc to go back."),
    ("history.not-found", "None of them has that. Esc lists all of them again."),
    ("history.strike-needs-why", "Say why first, or leave with Esc."),
    ("history.was-struck", "Struck out. s takes it back."),
    ("last-touch.after", "After Space"),
    ("last-touch.known", "You noticed the call here before. t plays it again, n says that you watch the screen."),
    ("last-touch.known-narrow", "Call noticed before. Again: t."),
    ("last-touch.known-not", "You watch the screen here, as before. t plays the call, y says that you notice it."),
    ("last-touch.known-not-narrow", "You watch the screen. Call: t."),
    ("last-touch.last", "SPACE IS THE LAST KEY YOU PRESS"),
    ("last-touch.not-yet-heard", "First say if you noticed the call: y or n."),
    ("last-touch.not-yet-skin", "First say that your skin is done: d."),
    ("last-touch.skin-done", "done; d takes it back"),
    ("pause.blood-narrow", "Blood, welts: x"),
    (
        "pause.by-clicker",
        "Your clicker paused it, and no key was touched. Click to go on at once, or press Space for {time} to clean your hands first.",
    ),
    (
        "pause.by-clicker-after",
        "Your clicker paused it, and no key was touched. Click to go on at once, or press Space for {time} to clean your hands first.",
    ),
    ("pause.signs", "Blood, sharp pain, swelling, dizzy? Press x. Pink, darker or warm? Press e."),
    ("pause.signs-narrow", "Blood, pain, swelling, dizzy? x"),
    ("pause.signs-prepare", "Blood, sharp pain, swelling, dizzy? Press x."),
    ("question.no-answer", "Please answer {n} first: y, n or u."),
    ("question.stops", "**One answer already stops today.** Go on for your record, or press v for the verdict."),
    ("question.stops-narrow", "An answer stops today: v."),
    ("resoak.then", "When it's done we'll wait for you. Then press Space."),
    ("resume.go-on", "You'll pick up there, paused. Press Space when you're ready."),
    ("resume.go-on-after", "You'll pick up there, paused. Press Space when you're ready."),
    ("review.open", "Every line was shown. c confirms."),
    ("review.read-all", "Some lines have not been on screen yet. Press down to the end."),
    ("review.read-all-narrow", "Read to the end: press down."),
    ("roller.list-none", "We know of no other roller. Press o to describe one."),
    ("roller.too-long-next", "Mistyped? Press Esc to go back. Otherwise choose a shorter roller, or leave."),
    (
        "roller.twin",
        "You have a roller \"{name}\" already, with needles of {length} mm. Please type another name, or press Esc for the list.",
    ),
    ("sterilise.step-1", "Look at its needles in good light. Bent, missing, rusty? Press x."),
    ("sterilise.step-1-narrow", "Look at the needles. Bad? Press x."),
    ("sterilise.step-4", "Press Space. Answer the checklist while it soaks."),
    ("sterilise.step-4-narrow", "Press Space."),
    ("verdict.opens", "s opens when the soak is finished."),
    (
        "verdict.sealed",
        "**From a sealed pack**, by your own word. Wash your face, wipe with saline, pat dry. Then press s.",
    ),
    ("verdict.sealed-narrow", "Sealed pack. Wash, saline, dry: then s."),
    ("verdict.soak-done", "**The soak is finished.** Wash your face, wipe with saline, pat dry. Then press s."),
    ("verdict.soak-done-narrow", "**Soak finished.** Wash, saline, dry: then s."),
    (
        "verdict.soak-left",
        "The soak still has **{left}** to go. Wash your face, wipe with saline, pat dry. s opens when the soak is finished.",
    ),
    (
        "verdict.unasked",
        "{n} questions were not asked, so no day of return can be named. The whole checklist is asked again next time. To go on with it now, press a.",
    ),
    (
        "verdict.unasked-one",
        "One question was not asked, so no day of return can be named. The whole checklist is asked again next time. To go on with it now, press a.",
    ),
    ("welcome.rehearse-narrow", "New here? Rehearse first: r."),
    ("where.needs-one", "Please choose a section, or press a."),
    ("which.needs-one", "Please choose one, or press u for not sure."),
];

#[test]
fn with_the_shipped_keys_every_sentence_is_what_it_was() {
    let (unnamed, named) = (words(), Arc::new(shipped()).named_in(words()));
    let unnamed = all(&unnamed);
    let naming: Vec<&String> =
        unnamed.iter().filter(|(_, text)| text.to_lowercase().contains("{key:")).map(|(name, _)| name).collect();
    assert_eq!(naming, NAMING.map(|(name, _)| name));
    for (name, text) in NAMING {
        // A key stays in one row with the word before it.
        let said = named.say(name).replace('\u{a0}', " ");
        assert_eq!(said, text, "{name}");
    }
    for (name, text) in all(&named) {
        assert!(!text.to_lowercase().contains("{key:"), "{name} names a key that there is not: {text}");
    }
}

/// Say what a line of text is ended with, and that one of them is; no setting can change that.
fn is_fixed(name: &str) -> bool {
    name == "plain.text" || name.ends_with("-lines")
}

#[test]
fn no_word_and_no_row_of_the_key_table_spells_a_key_out() {
    let (words, table) = (words(), shipped());
    let said = all(&words).into_iter();
    let rows = table.screens().flat_map(|screen| screen.rows.iter());
    let explained =
        rows.flat_map(|row| [&row.label, &row.help].map(|text| (row.action.id().to_owned(), text.to_string())));
    for (name, text) in said.chain(explained).filter(|(name, _)| !is_fixed(name)) {
        // What stands in braces is filled in.
        let bare: String = text.split('{').map(|part| part.split_once('}').map_or(part, |(_, rest)| rest)).collect();
        assert_eq!(old_names(&bare), [] as [String; 0], "{name}: {text}");
    }
}

/// What would name a shipped key on a screen that has none of them.
pub(crate) fn old_names(text: &str) -> Vec<String> {
    let named = ["Space", "SPACE", "Enter", "Esc", "PgUp", "PgDn", "+"];
    // "a" is a word of sentences too; where it is a key it is looked for below.
    let letters: Vec<String> = shipped()
        .screens()
        .flat_map(|screen| screen.rows.iter())
        .flat_map(|row| &row.keys)
        .filter(|key| matches!(key, Key::Char('b'..='z')))
        .map(|key| key.id())
        .collect();
    let is_name = |word: &&str| named.contains(word) || letters.iter().any(|letter| letter == word);
    let words = text.split_whitespace().map(|word| word.trim_matches(['.', ',', ':', ';', '(', ')']));
    let mut found: Vec<String> = words.filter(is_name).map(str::to_owned).collect();
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    found.extend(
        ["press down", "up down", "section, or a.", "a everywhere", "a all"]
            .map(str::to_owned)
            .into_iter()
            .filter(|it| flat.contains(it)),
    );
    let footer = text.trim_end().lines().last().unwrap_or_default();
    found.extend(footer.split_whitespace().filter(|word| *word == "?").map(str::to_owned));
    found
}

/// Every action that may have another key on one that no screen ships with.
fn all_others() -> Keymap {
    let mut changes = Vec::new();
    for screen in shipped().screens() {
        let keys: Vec<String> = if screen.heard_on.is_empty() {
            (1..=12).map(|number| format!("F{number}")).collect()
        } else {
            ["!", "$", "&"].map(str::to_owned).into()
        };
        let rows = screen.rows.iter().filter(|row| row.digits().is_none());
        changes.extend(rows.zip(keys).map(|(row, key)| change(screen, row.action, vec![key])));
    }
    shipped().remapped(&changes).unwrap()
}

#[test]
fn no_sentence_on_any_screen_names_a_key_that_is_another_one() {
    let keymap = all_others();
    for (name, mut driver) in every_screen() {
        with_keys(&mut driver, &keymap);
        for size in [WIDE, NARROW, (30, 9), (24, 5), (100, 40)] {
            driver.size = size;
            driver.draw();
            // A letter typed into a field, and a question mark that is the short word for "not sure".
            let screen = driver.screen.replace("Reason  w", "Reason").replace("\nw\n", "\n\n").replace("F4 ?", "F4");
            // The mark of more below is no key.
            let rows: Vec<&str> = screen.lines().map(|row| row.strip_suffix(" v").unwrap_or(row)).collect();
            let screen = rows.join("\n");
            assert_eq!(old_names(&screen), [] as [String; 0], "{name} in {size:?}:\n{screen}");
        }
    }
}
