//! A roller that may not touch skin does not, whatever the session stands in when that is found out.

use engine::protocol::Section;
use engine::safety::{Contact, Roller, Standing, Unfit};
use engine::session::{Again, Away, Due, Event, Kept, Stage, Step};

use super::session_driver::{IN_LIQUID_NOW, SessionDriver, minutes, roller, seconds};

const UNFIT: Event = Event::RollerUnfit { cause: Unfit::Retired };

fn spare() -> Roller {
    Roller { id: "green".into(), name: "green".into(), ..roller(130) }
}

fn swap(roller: Roller, kept: Kept) -> Event {
    Event::RollerSwapped { roller, kept, acknowledged: false }
}

const SOAKED: Kept = Kept::InLiquid { already: minutes(10) };

#[test]
fn only_a_roller_in_use_may_touch_skin() {
    let unfit =
        [Standing::InUse, Standing::Retired, Standing::NotKnown(String::new())].map(|standing| standing.unfit());
    assert_eq!(unfit, [None, Some(Unfit::Retired), Some(Unfit::NotKnown)]);
}

#[test]
fn before_the_last_key_another_one_is_taken_and_soaked_and_the_answers_are_kept() {
    let taken = || {
        let mut driver = SessionDriver::new();
        driver.does(Event::RollerTaken(roller(130)));
        driver
    };
    let at_last_touch = || {
        let mut driver = SessionDriver::cleared(&[]);
        driver.does(Event::SetUp).does(Event::SkinReady).does(Event::CuesHeard { heard: true });
        driver
    };
    for mut driver in [
        taken(),
        SessionDriver::new().soaking(),
        SessionDriver::new().soaking().answered(&[]),
        SessionDriver::cleared(&[]),
        at_last_touch(),
    ] {
        let answers = driver.session.answers().clone();
        driver.does(UNFIT);
        assert_eq!((driver.session.stage(), driver.session.roller()), (&Stage::Sterilise, None));
        assert_eq!((driver.session.contact(), driver.session.unfit()), (Contact::NotStarted, Some(Unfit::Retired)));
        assert_eq!(*driver.session.answers(), answers);
        driver.refuses(UNFIT).refuses(Event::SoakStarted(IN_LIQUID_NOW)).refuses(Event::RollerTaken(roller(130)));
        driver.does(Event::RollerTaken(spare())).does(Event::SoakStarted(IN_LIQUID_NOW));
        assert_eq!(driver.session.unfit(), None);
        assert!(!driver.session.contact().is_done());
        driver.replays();
    }
}

#[test]
fn in_mid_session_another_one_or_stopping_is_all_that_is_left() {
    for is_soaking in [false, true] {
        let mut driver = SessionDriver::rolling();
        driver.live(seconds(3)).refuses(UNFIT).touch();
        if is_soaking {
            driver.does(Event::RollerTouched).does(Event::SoakedAgain).live(minutes(2));
        }
        driver.does(UNFIT).refuses(UNFIT);
        assert!(matches!(driver.session.step(), Some(Step::RollerTouched(_))));
        assert_eq!(driver.session.tally().roller_events, u32::from(is_soaking), "it touched nothing");
        driver.refuses(Event::WentOn).refuses(Event::SoakedAgain).refuses(swap(roller(130), SOAKED));
        driver.does(swap(spare(), SOAKED)).live(seconds(35));
        assert!(matches!(driver.due(), Due::Stroke { section: Section::UpperRight, .. }));
        driver.replays();
    }
    let mut driver = SessionDriver::rolling();
    driver.live(seconds(3)).touch().does(UNFIT);
    let reason = driver.reason("other");
    driver.does(Event::Stopped { reason }).cleans_hands_for_saline();
    assert!(driver.retirements().is_empty(), "nothing is said of it but what the ledger says");
}

#[test]
fn with_nothing_left_to_roll_it_does_not_matter() {
    let mut driver = SessionDriver::rolling();
    while driver.due() != Due::Saline {
        driver.live(seconds(1));
    }
    driver.refuses(UNFIT).touch().refuses(UNFIT).does(Event::WentOn);
}

#[test]
fn it_is_not_taken_again_after_a_way_back_to_the_soak() {
    let mut driver = SessionDriver::rolling();
    driver.live(seconds(3)).touch().does(UNFIT).live(minutes(11));
    driver.does(Event::Resumed { away: Away::Unknown, boot: None });
    assert_eq!((driver.session.again(), driver.session.roller()), (Some(Again::Clocks), None));
    driver.refuses(Event::RollerTaken(roller(130))).does(Event::RollerTaken(spare()));
}

#[test]
fn a_roller_with_bad_needles_is_not_taken_again() {
    let mut driver = SessionDriver::new();
    driver.does(Event::RollerTaken(roller(130))).does(Event::NeedlesRejected);
    driver.refuses(Event::RollerTaken(roller(130))).does(Event::RollerTaken(spare()));
}

/// From the soak on it is open, whatever led back to it: a roller that lay in the liquid came from no pack either.
#[test]
fn an_opened_pack_is_sealed_no_longer() {
    for kept in [Kept::SealedPack, SOAKED] {
        let mut driver = SessionDriver::new();
        driver.does(Event::RollerTaken(roller(130))).does(Event::SoakStarted(kept));
        let mut driver = driver.answered(&[]).confirmed();
        driver.does(Event::SetUp).does(Event::SkinReady).does(Event::CuesHeard { heard: true }).does(Event::HandsFree);
        driver.live(seconds(160)).touch().live(minutes(11)).does(Event::WentOn);
        assert_eq!(driver.session.again(), Some(Again::Stale));
        driver.refuses(Event::SoakStarted(Kept::SealedPack)).does(Event::RollerTaken(roller(130)));
        driver.refuses(Event::SoakStarted(Kept::SealedPack)).does(Event::SoakStarted(IN_LIQUID_NOW));
        driver.replays();
    }
    let mut driver = SessionDriver::rolling();
    driver.live(seconds(3)).touch().does(Event::RollerTouched);
    driver.refuses(swap(roller(130), Kept::SealedPack)).does(swap(spare(), Kept::SealedPack)).touch();
    driver.does(Event::RollerTouched).refuses(swap(spare(), Kept::SealedPack));
}
