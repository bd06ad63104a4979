//! The embedded files: complete, within their own limits, in words that may be shown.

use std::collections::BTreeSet;
use std::time::Duration;

use dermaroll::content::{Limits, Source, TimeName, built_in, words};
use engine::protocol::{Consequence, Group, Item, Kind, Micrometres, Protocol, Section, StopReason};
use unicode_width::UnicodeWidthStr;

const LIMITS: &str = include_str!("../assets/limits.toml");

fn session() -> Protocol {
    built_in(Kind::Session).unwrap()
}

/// Rows that `text` takes when it is wrapped at `columns`.
fn rows(text: &str, columns: usize) -> usize {
    let (mut rows, mut used) = (1, 0);
    for word in text.split(' ') {
        let width = word.width();
        assert!(width <= columns, "{word:?} is wider than {columns} columns");
        if used > 0 && used + 1 + width > columns {
            (rows, used) = (rows + 1, width);
        } else {
            used += width + usize::from(used > 0);
        }
    }
    rows
}

/// It is not looked for at each start.
#[test]
fn all_of_the_embedded_files_can_be_seen() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let assets = ["assets", "crates/store/assets"]
        .into_iter()
        .flat_map(|folder| std::fs::read_dir(root.join(folder)).unwrap().map(|file| file.unwrap().path()));
    let files =
        assets.filter(|path| path.extension().is_some_and(|ext| ext == "toml")).chain([root.join("config.toml")]);
    let mut count = 0;
    for path in files {
        Source::read(&path).unwrap();
        count += 1;
    }
    assert!(count >= 9, "{count} files");
}

#[test]
fn the_questions_stand_in_their_order() {
    let list = session().checklist;
    let ids: Vec<&str> = list.items.iter().map(|item| item.id.as_str()).collect();
    let expected = [
        "under-18",
        "pregnant",
        "isotretinoin",
        "blood-thinners",
        "blood-clotting",
        "diabetes",
        "weak-defences",
        "skin-illness",
        "metal-allergy",
        "raised-scars",
        "skin-cancer",
        "infection",
        "numbing-cream",
        "retinoid-acid",
        "recent-skin-care",
        "recent-procedure",
        "not-calm-yet",
        "often-cold-sores",
        "other-medical",
        "cold-sore",
        "sunburn",
        "inflamed",
        "broken-skin",
        "eczema",
        "rosacea",
        "acne",
        "mole",
        "tattoo",
        "other-skin",
    ];
    assert_eq!(ids, expected);
    assert!(list.items.iter().all(|item| !item.own));
    assert_eq!(list.items.iter().filter(|item| item.group == Group::Skin).count(), 10);
}

/// Its source begins with the article, and is nothing else only where the article has the whole question.
#[test]
fn the_articles_own_questions_can_be_told_from_the_others() {
    let list = session().checklist;
    let of = |wanted: fn(&str) -> bool| -> Vec<(&str, &Consequence)> {
        let found = list.items.iter().filter(|item| wanted(&item.source));
        found.map(|item| (item.id.as_str(), &item.consequence)).collect()
    };
    let (stop, ask, area) = (&Consequence::Stop, &Consequence::Ask, &Consequence::Area);
    let whole = [("sunburn", area), ("eczema", area), ("rosacea", area), ("mole", &Consequence::Around)];
    assert_eq!(of(|source| source == "article"), whole);
    let partly = [
        ("isotretinoin", stop),
        ("blood-clotting", stop),
        ("other-medical", ask),
        ("cold-sore", stop),
        ("inflamed", area),
        ("other-skin", ask),
    ];
    assert_eq!(of(|source| source.starts_with("the article ")), partly);
}

#[test]
fn the_consequences_are_the_decided_ones() {
    let list = session().checklist;
    let leading_to = |wanted: &Consequence| -> Vec<&str> {
        list.items.iter().filter(|item| item.consequence == *wanted).map(|item| item.id.as_str()).collect()
    };
    let stop = [
        "under-18",
        "pregnant",
        "isotretinoin",
        "blood-thinners",
        "blood-clotting",
        "weak-defences",
        "skin-illness",
        "metal-allergy",
        "raised-scars",
        "skin-cancer",
        "infection",
        "numbing-cream",
        "not-calm-yet",
        "cold-sore",
    ];
    assert_eq!(leading_to(&Consequence::Stop), stop);
    assert_eq!(leading_to(&Consequence::Ask), ["diabetes", "often-cold-sores", "other-medical", "other-skin"]);
    assert_eq!(leading_to(&Consequence::Area), ["sunburn", "inflamed", "broken-skin", "eczema", "rosacea"]);
    assert_eq!(leading_to(&Consequence::Around), ["acne", "mole", "tattoo"]);
    let days = |id: &str| match &list.item(list.find(id).unwrap()).unwrap().consequence {
        Consequence::Wait(kinds) => kinds.iter().map(|kind| (kind.id.as_str(), kind.days)).collect::<Vec<_>>(),
        other => panic!("{id} does not wait: {other:?}"),
    };
    assert_eq!(days("retinoid-acid"), [("retinoid", 3), ("acid", 3)]);
    assert_eq!(days("recent-skin-care"), [("wax", 7), ("fake-tan", 2), ("sun", 14)]);
    let procedures = [
        ("peel", 30),
        ("laser", 30),
        ("botulinum", 90),
        ("filler", 180),
        ("surgery", 365),
        ("needling", 42),
        ("threads", 56),
    ];
    assert_eq!(days("recent-procedure"), procedures);
}

#[test]
fn every_question_is_written_as_one() {
    let items = session().checklist.items.clone();
    let titles: BTreeSet<&str> = items.iter().map(|item| item.title.as_str()).collect();
    assert_eq!(titles.len(), items.len(), "two questions share a title");
    for Item { id, title, question, why, next, source, .. } in &items {
        assert!(title.width() <= 20 && (1..=3).contains(&title.split(' ').count()), "{id}: {title}");
        assert!(question.ends_with('?') && question.matches(['?', '.', '!']).count() <= 2, "{id}: {question}");
        assert!(why.ends_with('.') && why.matches(['?', '.', '!']).count() == 1, "{id}: {why}");
        assert!(!source.is_empty(), "{id}");
        // Room to grow by 40 % on the smallest window that shows a question whole.
        assert!(rows(question, 38 * 10 / 14) <= 5, "{id}: {question}");
        assert!(rows(why, 38 * 10 / 14) <= 6, "{id}: {why}");
        // Each can stop, if it is everywhere on the face, and says then what to do.
        assert!(next.ends_with('.') && next.matches(['?', '.', '!']).count() == 1, "{id}: {next}");
        assert!(rows(next, 38 * 10 / 14) <= 3, "{id}: {next}");
        let asked = format!(" {} ", question.to_lowercase());
        assert!(!asked.contains(" not yet ") && !asked.contains("n't "), "{id} is negated: {question}");
    }
}

#[test]
fn every_fact_says_where_it_comes_from() {
    let protocol = session();
    for (section, words) in protocol.sections.iter() {
        assert!(!words.source.is_empty(), "{section:?}");
    }
    assert!(protocol.strokes.iter().all(|stroke| !stroke.source.is_empty()));
    assert!(protocol.aftercare.iter().all(|line| !line.source.is_empty()));
    for item in &protocol.checklist.items {
        if let Consequence::Wait(kinds) = &item.consequence {
            assert!(kinds.iter().all(|kind| !kind.source.is_empty()), "{}", item.id);
        }
    }
    // Every table of the embedded files that states a fact has both keys; a missing one is refused on reading.
    let limits: toml::Table = LIMITS.parse().unwrap();
    let times = limits["time"].as_table().unwrap();
    for (name, table) in limits.iter().filter(|(name, _)| !["time", "file"].contains(&name.as_str())).chain(times) {
        // Numbers of one table that come from different places have a tag each.
        let table = table.as_table().unwrap();
        let each: Vec<&toml::Table> = match table.get("sources") {
            Some(sources) => {
                let numbers = table.keys().filter(|key| *key != "sources");
                numbers.map(|key| sources[key].as_table().unwrap()).collect()
            }
            None => vec![table],
        };
        for (tags, key) in each.iter().flat_map(|tags| ["firmness", "source"].map(|key| (tags, key))) {
            assert!(tags[key].as_str().is_some_and(|text| !text.is_empty()), "{name}.{key}");
        }
    }
}

#[test]
fn every_text_fits_forty_columns() {
    let protocol = session();
    for (_, words) in protocol.sections.iter() {
        assert!(words.short.width() <= 2 && words.bare.width() <= 12 && words.name.width() <= 18, "{words:?}");
        assert!(words.keep_off.width() <= 16 && words.hands.width() <= 28 && words.covers.width() <= 50, "{words:?}");
        assert!(rows(&words.bounds, 38) <= 2, "{words:?}");
    }
    assert!(protocol.strokes.iter().all(|stroke| stroke.name.width() <= 14 && stroke.short.width() <= 10));
    assert!(protocol.stop_reasons.iter().all(|reason| reason.text.width() <= 24 && rows(&reason.advice, 38) <= 3));
    assert!(protocol.sign_out.iter().all(|item| item.question.width() <= 38 && item.short.width() <= 24));
    assert!(protocol.aftercare.iter().all(|line| rows(&line.text, 28) <= 4 && line.span.width() <= 8));
    assert!(protocol.red_flags.lines().iter().all(|line| rows(line, 38) <= 6));
}

#[test]
fn every_time_lies_in_its_range_and_adds_up() {
    let (limits, protocol) = (Limits::built_in().unwrap(), session());
    for name in TimeName::ALL {
        assert!(limits.time(name, false).contains(&name.of(&protocol.times)), "{name:?}");
        assert!(limits.trial().contains(limits.time(name, false).start()), "{name:?}");
    }
    assert_eq!(protocol.times.contact, Duration::from_secs(600));
    assert_eq!(protocol.times.stroke * 3, Duration::from_secs(24));
    assert_eq!(protocol.times.stroke * 15, Duration::from_secs(120));
    assert_eq!(protocol.times.later_stroke, protocol.times.stroke);
    assert_eq!(protocol.order, Section::ALL);
    assert_eq!(protocol.strokes.len(), 3);
}

#[test]
fn the_limits_are_the_decided_ones() {
    let rules = session().rules;
    assert_eq!(rules.article_needle_limit, Micrometres(150));
    assert_eq!(rules.longest_needle, Micrometres(300));
    assert_eq!(rules.stale_after, Duration::from_secs(600));
    assert_eq!(rules.answers_last, Duration::from_secs(7_200));
    assert_eq!(rules.quick_answer_pause, Duration::from_secs(5));
    assert_eq!((rules.least_interval_days, rules.course), (7, 4));
    assert_eq!((rules.roller_uses_warn, rules.roller_uses_limit), (8, 10));
}

#[test]
fn a_rehearsal_takes_about_a_minute_and_keeps_the_first_pace() {
    let rehearsal = built_in(Kind::Rehearsal).unwrap();
    let times = &rehearsal.times;
    assert_eq!(times.stroke, session().times.stroke);
    assert_eq!(rehearsal.checklist.items.len(), 3);
    let strokes = times.stroke * 3 + times.later_stroke * 12;
    let all = times.prepare + times.get_ready + strokes + times.move_on * 4 + times.saline + times.serum;
    assert!((50..=75).contains(&all.as_secs()), "{all:?}");
    assert!(times.contact < Duration::from_secs(15));
}

#[test]
fn blood_welts_and_pain_take_the_serum_away() {
    let protocol = session();
    let of_reasons: Vec<&str> =
        protocol.stop_reasons.iter().filter(|reason| reason.no_serum).map(|reason| reason.id.as_str()).collect();
    assert_eq!(of_reasons, ["blood", "sharp-pain", "welts"]);
    let alarming = protocol.stop_reasons.iter().filter(|reason| reason.alarming);
    assert!(alarming.map(|reason| reason.id.as_str()).eq(StopReason::ALARMING));
    let keys: String = protocol.stop_reasons.iter().map(|reason| reason.key).collect();
    assert_eq!(keys, "1234567");
    let of_sign_out: Vec<&str> =
        protocol.sign_out.iter().filter(|item| item.no_serum).map(|item| item.id.as_str()).collect();
    assert_eq!(of_sign_out, ["bleeding", "welts", "strong-pain"]);
    let unsure: Vec<bool> = protocol.sign_out.iter().map(|item| item.may_be_unsure).collect();
    assert_eq!(unsure, [false, true, true, true, true]);
    assert!(protocol.sign_out.iter().all(|item| !item.what_to_do.is_empty()));
}

#[test]
fn nothing_in_an_embedded_file_is_hidden_or_spelt_out_as_hidden() {
    for text in [
        LIMITS,
        include_str!("../assets/checklist.toml"),
        include_str!("../assets/cues.toml"),
        include_str!("../assets/keymap.toml"),
        include_str!("../assets/protocol.toml"),
        include_str!("../assets/themes/ansi.toml"),
        include_str!("../assets/themes/dark.toml"),
        include_str!("../assets/themes/light.toml"),
        include_str!("../assets/words.toml"),
        include_str!("../config.toml"),
    ] {
        let source = Source::new(text.lines().next().unwrap(), text).unwrap();
        dermaroll::content::parse::table(&source).unwrap();
    }
}

/// Each table is read by itself, and says what it says among all.
#[test]
fn every_word_is_found_by_its_table_and_name() {
    let whole: toml::Table = toml::from_str(include_str!("../assets/words.toml")).unwrap();
    let (tables, top): (Vec<_>, Vec<_>) = whole.iter().partition(|(_, value)| value.is_table());
    let inner = tables.into_iter().flat_map(|(table, texts)| {
        texts.as_table().unwrap().iter().map(move |(key, text)| (format!("{table}.{key}"), text))
    });
    let words = words::built_in();
    let mut count = 0;
    for (name, text) in top.into_iter().map(|(key, text)| (key.clone(), text)).chain(inner) {
        assert_eq!(words.find(&name).as_deref(), Some(text.as_str().unwrap()), "{name}");
        count += 1;
    }
    assert!(count > 500, "{count}");
    for missing in ["welcome", "welcome.", "welcome.first.x", "nowhere", "nowhere.yes"] {
        assert_eq!(words.find(missing), None, "{missing}");
    }
}

/// What a person chose is shown in the words in which it was offered.
#[test]
fn a_stop_is_shown_in_the_words_of_the_protocol() {
    for reason in session().stop_reasons.iter() {
        assert_eq!(store::record::show::stop_reason(&reason.id), reason.text, "[stop] in assets/show.toml");
    }
    assert_eq!(store::record::show::stop_reason("my-own"), "my own");
}
