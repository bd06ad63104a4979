//! A roller that may not touch skin does not, whatever the session stands in when that is found out.

use engine::protocol::Section;
use engine::safety::{Contact, Roller, Standing, Unfit};
use engine::session::{Again, Away, Due, Event, Kept, Stage, Step};

use super::play::{IN_LIQUID_NOW, Play, minutes, roller, seconds};

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
        let mut play = Play::new();
        play.does(Event::RollerTaken(roller(130)));
        play
    };
    let at_last_touch = || {
        let mut play = Play::cleared(&[]);
        play.does(Event::SetUp).does(Event::SkinReady).does(Event::CuesHeard { heard: true });
        play
    };
    for mut play in
        [taken(), Play::new().soaking(), Play::new().soaking().answered(&[]), Play::cleared(&[]), at_last_touch()]
    {
        let answers = play.session.answers().clone();
        play.does(UNFIT);
        assert_eq!((play.session.stage(), play.session.roller()), (&Stage::Sterilise, None));
        assert_eq!((play.session.contact(), play.session.unfit()), (Contact::NotStarted, Some(Unfit::Retired)));
        assert_eq!(*play.session.answers(), answers);
        play.refuses(UNFIT).refuses(Event::SoakStarted(IN_LIQUID_NOW)).refuses(Event::RollerTaken(roller(130)));
        play.does(Event::RollerTaken(spare())).does(Event::SoakStarted(IN_LIQUID_NOW));
        assert_eq!(play.session.unfit(), None);
        assert!(!play.session.contact().is_done());
        play.replays();
    }
}

#[test]
fn in_mid_session_another_one_or_stopping_is_all_that_is_left() {
    for is_soaking in [false, true] {
        let mut play = Play::rolling();
        play.live(seconds(3)).refuses(UNFIT).touch();
        if is_soaking {
            play.does(Event::RollerTouched).does(Event::SoakedAgain).live(minutes(2));
        }
        play.does(UNFIT).refuses(UNFIT);
        assert!(matches!(play.session.step(), Some(Step::RollerTouched(_))));
        assert_eq!(play.session.tally().roller_events, u32::from(is_soaking), "it touched nothing");
        play.refuses(Event::WentOn).refuses(Event::SoakedAgain).refuses(swap(roller(130), SOAKED));
        play.does(swap(spare(), SOAKED)).live(seconds(35));
        assert!(matches!(play.due(), Due::Stroke { section: Section::UpperRight, .. }));
        play.replays();
    }
    let mut play = Play::rolling();
    play.live(seconds(3)).touch().does(UNFIT);
    let reason = play.reason("other");
    play.does(Event::Stopped { reason });
    assert_eq!(play.due(), Due::Saline);
    assert!(play.retirements().is_empty(), "nothing is said of it but what the ledger says");
}

#[test]
fn with_nothing_left_to_roll_it_does_not_matter() {
    let mut play = Play::rolling();
    while play.due() != Due::Saline {
        play.live(seconds(1));
    }
    play.refuses(UNFIT).touch().refuses(UNFIT).does(Event::WentOn);
}

#[test]
fn it_is_not_taken_again_after_a_way_back_to_the_soak() {
    let mut play = Play::rolling();
    play.live(seconds(3)).touch().does(UNFIT).live(minutes(11));
    play.does(Event::Resumed { away: Away::Unknown, boot: None });
    assert_eq!((play.session.again(), play.session.roller()), (Some(Again::Clocks), None));
    play.refuses(Event::RollerTaken(roller(130))).does(Event::RollerTaken(spare()));
}

#[test]
fn a_roller_with_bad_needles_is_not_taken_again() {
    let mut play = Play::new();
    play.does(Event::RollerTaken(roller(130))).does(Event::NeedlesRejected);
    play.refuses(Event::RollerTaken(roller(130))).does(Event::RollerTaken(spare()));
}

/// From the soak on it is open, whatever led back to it: a roller that lay in the liquid came from no pack either.
#[test]
fn an_opened_pack_is_sealed_no_longer() {
    for kept in [Kept::SealedPack, SOAKED] {
        let mut play = Play::new();
        play.does(Event::RollerTaken(roller(130))).does(Event::SoakStarted(kept));
        let mut play = play.answered(&[]).confirmed();
        play.does(Event::SetUp).does(Event::SkinReady).does(Event::CuesHeard { heard: true }).does(Event::HandsFree);
        play.live(seconds(70)).touch().live(minutes(11)).does(Event::WentOn);
        assert_eq!(play.session.again(), Some(Again::Stale));
        play.refuses(Event::SoakStarted(Kept::SealedPack)).does(Event::RollerTaken(roller(130)));
        play.refuses(Event::SoakStarted(Kept::SealedPack)).does(Event::SoakStarted(IN_LIQUID_NOW));
        play.replays();
    }
    let mut play = Play::rolling();
    play.live(seconds(3)).touch().does(Event::RollerTouched);
    play.refuses(swap(roller(130), Kept::SealedPack)).does(swap(spare(), Kept::SealedPack)).touch();
    play.does(Event::RollerTouched).refuses(swap(spare(), Kept::SealedPack));
}
