//! Cards: who may be shown them, for how long, and what one key then answers.

use std::collections::BTreeMap;

use engine::protocol::{Card, Checklist, Fingerprint, ItemIx, Kind, MOST_LINES, Protocol};
use engine::safety::{Acquaintance, Answer, Detail, Doctor, Knows, Verdict};
use engine::session::{Effect, Event, Judgement, Session, Stage};

use crate::engine::session_driver::*;
use dermaroll::content::built_in;

const A_MONTH_AGO: Acquaintance = Acquaintance { has_passed: true, sessions_in_course: 1, days_since: Some(28) };

fn knows(protocol: &Protocol, told: Acquaintance) -> Option<Knows> {
    Knows::of(&protocol.checklist, &protocol.rules, told)
}

fn at_the_list() -> (SessionDriver, Knows) {
    let driver = SessionDriver::new().soaking();
    let knows = knows(driver.session.protocol(), A_MONTH_AGO).unwrap();
    (driver, knows)
}

fn card(driver: &SessionDriver, number: usize) -> Card {
    driver.session.protocol().checklist.cards().nth(number).unwrap()
}

/// Shows the card and waits until all of it is read.
fn read_through(driver: &mut SessionDriver, knows: &Knows, number: usize) {
    driver.session.show_card(card(driver, number), knows, driver.moment);
    let opens = driver.session.rest_opens().unwrap();
    driver.live(opens.since(driver.moment));
}

fn answered(effects: &[Effect]) -> Vec<(usize, Answer)> {
    let answer = |effect: &Effect| match effect {
        Effect::Record(entry) => match &entry.event {
            Event::Answered { item, answer } => (item.0, answer.clone()),
            other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    };
    effects.iter().map(answer).collect()
}

#[test]
fn the_shipped_checklist_makes_five_cards_of_at_most_six_in_order() {
    let checklist = built_in(Kind::Session).unwrap().checklist;
    let cards: Vec<Card> = checklist.cards().collect();
    assert_eq!(cards.len(), 5, "one n each, so that ten keys are enough");
    let items: Vec<usize> = cards.iter().flat_map(|card| card.items().map(|item| item.0)).collect();
    assert!(items.into_iter().eq(0..checklist.items.len()), "each question once, in its order");
    let mut titles = BTreeMap::new();
    for card in &cards {
        let first = card.items().next().unwrap();
        assert!((1..=MOST_LINES).contains(&card.items().len()));
        assert_eq!(checklist.card_of(first), Some(*card));
        assert_eq!(titles.insert(&checklist.item(first).unwrap().card, ()), None, "two cards of one title");
    }
    assert!(titles.keys().all(|title| !title.is_empty()));
}

#[test]
fn own_questions_make_cards_of_their_own_in_sixes() {
    let mut checklist = Checklist::clone(&built_in(Kind::Session).unwrap().checklist);
    let shipped = checklist.cards().count();
    let own = |n: usize| engine::protocol::Item {
        id: format!("own-{n}"),
        card: String::new(),
        own: true,
        ..checklist.items[0].clone()
    };
    let more: Vec<_> = (0..8).map(own).collect();
    checklist.items.extend(more);
    let sizes: Vec<usize> = checklist.cards().skip(shipped).map(|card| card.items().len()).collect();
    assert_eq!(sizes, [6, 2]);
}

#[test]
fn only_who_went_through_it_lately_and_not_first_in_a_course_knows_a_checklist() {
    let protocol = built_in(Kind::Session).unwrap();
    let knows_it = |told| knows(&protocol, told).is_some();
    assert!(knows_it(A_MONTH_AGO));
    assert!(!knows_it(Acquaintance { has_passed: false, ..A_MONTH_AGO }));
    assert!(!knows_it(Acquaintance { sessions_in_course: 0, ..A_MONTH_AGO }));
    for (days, is_known) in [(Some(0), true), (Some(89), true), (Some(90), false), (Some(-1), false), (None, false)] {
        assert_eq!(knows_it(Acquaintance { days_since: days, ..A_MONTH_AGO }), is_known, "{days:?}");
    }
}

#[test]
fn lines_light_up_one_after_the_other_and_the_rest_opens_after_the_last() {
    let (mut driver, knows) = at_the_list();
    let first = card(&driver, 0);
    driver.session.show_card(first, &knows, driver.moment);
    let protocol = driver.session.protocol().clone();
    let lines = first.items().len();
    for (line, item) in first.items().enumerate() {
        assert_eq!(driver.session.lines_read(first, driver.moment), line);
        let words = u64::try_from(protocol.checklist.item(item).unwrap().question.split_whitespace().count()).unwrap();
        let takes = words.div_ceil(4);
        driver.live(seconds(takes - 1));
        assert_eq!(driver.session.lines_read(first, driver.moment), line, "line {line} takes {takes} s");
        assert!(driver.session.no_to_the_rest(driver.now()).is_empty());
        driver.live(seconds(1));
    }
    assert_eq!(driver.session.lines_read(first, driver.moment), lines);
    assert_eq!(driver.session.rest_opens(), Some(driver.moment));
    let effects = driver.session.no_to_the_rest(driver.now());
    let expected: Vec<_> = first.items().map(|item| (item.0, Answer::No)).collect();
    assert_eq!(answered(&effects), expected);
    assert!(driver.session.no_to_the_rest(driver.now()).is_empty(), "it answers once");
}

#[test]
fn a_yes_is_kept_and_the_rest_is_what_has_no_answer() {
    let (mut driver, knows) = at_the_list();
    let risk = yes(Detail::Doctor(Doctor::AllRight));
    let diabetes = driver.session.protocol().checklist.find("diabetes").unwrap();
    driver.session.show_card(card(&driver, 0), &knows, driver.moment);
    driver.does(Event::Answered { item: diabetes, answer: risk.clone() });
    read_through(&mut driver, &knows, 0);
    let effects = driver.session.no_to_the_rest(driver.now());
    assert!(answered(&effects).iter().all(|(item, _)| *item != diabetes.0));
    assert_eq!(effects.len(), card(&driver, 0).items().len() - 1);
    assert_eq!(driver.session.answers().given(diabetes), Some(&risk));
}

#[test]
fn a_card_that_was_covered_goes_on_from_its_last_whole_line_and_one_that_was_put_away_from_the_first() {
    let (mut driver, knows) = at_the_list();
    let first = card(&driver, 0);
    driver.session.show_card(first, &knows, driver.moment);
    let whole = driver.session.rest_opens().unwrap().since(driver.moment);
    // The first line takes a second, the second one two.
    driver.live(seconds(2));
    driver.session.cover_card(driver.moment);
    assert_eq!((driver.session.lines_read(first, driver.moment), driver.session.rest_opens()), (1, None));
    driver.live(minutes(5));
    assert!(driver.session.no_to_the_rest(driver.now()).is_empty(), "nobody reads what is covered");
    driver.session.show_card(first, &knows, driver.moment);
    assert_eq!(driver.session.rest_opens(), Some(driver.moment.plus(whole - seconds(1))));
    driver.session.put_card_away();
    driver.session.show_card(first, &knows, driver.moment);
    assert_eq!(driver.session.rest_opens(), Some(driver.moment.plus(whole)));
}

#[test]
fn another_card_sleep_and_another_stage_begin_it_anew() {
    let (mut driver, knows) = at_the_list();
    read_through(&mut driver, &knows, 0);
    driver.session.show_card(card(&driver, 1), &knows, driver.moment);
    assert!(driver.session.no_to_the_rest(driver.now()).is_empty());
    read_through(&mut driver, &knows, 0);
    driver.does(Event::Slept { span: seconds(3) });
    assert!(driver.session.no_to_the_rest(driver.now()).is_empty());
    assert_eq!(driver.session.rest_opens(), None);
}

#[test]
fn nothing_is_shown_to_who_knows_another_checklist_or_at_another_stage_and_no_card_of_another_list() {
    let (mut driver, knows) = at_the_list();
    let mut other = Protocol::clone(driver.session.protocol());
    let mut checklist = Checklist::clone(&other.checklist);
    checklist.fingerprint = Fingerprint(checklist.fingerprint.0 ^ 1);
    checklist.items.remove(0);
    other.checklist = checklist.into();
    let knows_other = self::knows(&other, A_MONTH_AGO).unwrap();
    driver.session.show_card(card(&driver, 0), &knows_other, driver.moment);
    assert_eq!(driver.session.rest_opens(), None);
    let foreign = other.checklist.cards().next().unwrap();
    driver.session.show_card(foreign, &knows, driver.moment);
    assert_eq!(driver.session.rest_opens(), None);
    let mut early = SessionDriver::new();
    early.session.show_card(card(&early, 0), &knows, early.moment);
    assert_eq!(early.session.rest_opens(), None, "the roller comes first");
}

/// What the record has of a card are single answers, so a replay needs none.
#[test]
fn a_replay_is_the_same_session() {
    let (mut driver, knows) = at_the_list();
    let cards = driver.session.protocol().checklist.cards().count();
    let mut entries = driver.entries.clone();
    for number in 0..cards {
        read_through(&mut driver, &knows, number);
        for effect in driver.session.no_to_the_rest(driver.now()) {
            if let Effect::Record(entry) = effect {
                entries.push(entry);
            }
        }
    }
    assert!(!driver.session.answered_fast(), "whoever reads cards is not told to read again");
    let (replayed, refused) = Session::replay(driver.session.protocol().clone(), &entries);
    assert_eq!((replayed, refused), (driver.session, None));
}

#[test]
fn an_answer_that_stops_alone_is_confirmed_at_once_and_can_be_taken_back() {
    let (mut driver, _) = at_the_list();
    let answers = |driver: &SessionDriver, id: &str| driver.session.protocol().checklist.find(id).unwrap();
    let pregnant = answers(&driver, "pregnant");
    assert!(driver.session.stops_already().is_none());
    driver.does(Event::Answered { item: pregnant, answer: yes(Detail::Plain) });
    let Some(Verdict::Stop(reasons)) = driver.session.stops_already() else { panic!("it stops") };
    assert_eq!(reasons.iter().map(|reason| reason.item).collect::<Vec<ItemIx>>(), [pregnant]);
    driver.refuses(Event::ListConfirmed { verdict: Judgement::Clear });
    driver.refuses(Event::ListConfirmed { verdict: Judgement::Skip });
    driver.does(Event::ListConfirmed { verdict: Judgement::Stop });
    assert!(matches!(driver.session.stage(), Stage::Verdict(Verdict::Stop(_))));
    driver.refuses(Event::SetUp);
    driver.does(Event::ListReopened).does(Event::Answered { item: pregnant, answer: Answer::No });
    assert!(driver.session.stops_already().is_none());
    driver.refuses(Event::ListConfirmed { verdict: Judgement::Stop });
}
