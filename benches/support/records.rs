//! Fills a data folder with complete sessions, one on each day, each with every entry of a real one.

use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use dermaroll::content;
use engine::protocol::{ItemIx, Kind, Micrometres, Protocol};
use engine::safety::{Answer, Roller};
use engine::session::{Effect, Entry, Event, Kept, PauseCause, Said, Session, Summary};
use engine::timeline::{Moment, Now, Wall};
use store::record::ledger::Condition;
use store::record::{Disk, Handle, Ledger, OsDisk, SessionFile, Start};

const DAY: i64 = 86_400;
/// Sat 22 Nov 2025, 19:30 in UTC+1.
const EVENING: Wall = Wall { unix: 1_763_836_200, offset: 3_600 };

/// One complete session: all answers, five sections, three pauses, the closing questions.
pub struct Whole {
    pub protocol: Arc<Protocol>,
    pub effects: Vec<Effect>,
}

/// A session with `pauses` pauses.
pub fn whole(pauses: usize) -> Whole {
    let protocol = Arc::new(content::built_in(Kind::Session).unwrap());
    let mut play = Play { session: Session::begin(protocol.clone()), now: Moment::ZERO, effects: Vec::new() };
    let roller = Roller { id: "blue".into(), name: "blue".into(), needle: Micrometres(130), uses: 4 };
    play.does(Event::RollerTaken(roller)).does(Event::SoakStarted(Kept::InLiquid { already: Duration::ZERO }));
    for item in 0..protocol.checklist.items.len() {
        play.lives(3).does(Event::Answered { item: ItemIx(item), answer: Answer::No });
    }
    play.lives(600);
    let verdict = play.session.judge().unwrap();
    play.does(Event::confirmation(&verdict));
    for event in [Event::SetUp, Event::SkinReady, Event::CuesHeard { heard: true }, Event::HandsFree] {
        play.lives(5).does(event);
    }
    play.lives(66);
    for _ in 0..pauses {
        play.does(Event::Paused { cause: PauseCause::Touch }).lives(2).does(Event::WentOn).lives(31);
    }
    play.runs_out();
    for question in 0..play.session.signed_out().len() {
        play.lives(2).does(Event::SignedOut { question, said: Said::No });
    }
    play.does(Event::Felt { level: 2 }).does(Event::Noted { text: "a little pink near the jaw".into() });
    Whole { protocol, effects: play.effects }
}

/// Writes `count` sessions below `root`, and the roller that was used in them.
pub fn fill(root: &Path, count: u32) {
    let whole = whole(3);
    let disk: Arc<dyn Disk> = Arc::new(Hasty);
    store::record::folder::make(&OsDisk, root).unwrap();
    Ledger::new(root).add_roller("blue", Micrometres(130), Condition::Used, None, None, None).unwrap();
    for number in 0..count {
        let start = Start::of(&whole.protocol, shifted(EVENING, number)).unwrap();
        let mut file = SessionFile::create_on(disk.clone(), root, &start).unwrap();
        for effect in &whole.effects {
            match effect {
                Effect::Record(entry) => {
                    let now = Now { wall: shifted(entry.now.wall, number), ..entry.now };
                    file.record(&whole.protocol, &Entry { now, ..entry.clone() }).unwrap();
                }
                Effect::Close(summary) => {
                    let closed = shifted(summary.closed, number);
                    file.close(&whole.protocol, &Summary { closed, ..(**summary).clone() }).unwrap();
                }
                Effect::Cue(_) | Effect::RetireRoller { .. } | Effect::Leave => {}
            }
        }
    }
}

fn shifted(wall: Wall, days: u32) -> Wall {
    Wall { unix: wall.unix + DAY * i64::from(days), ..wall }
}

struct Play {
    session: Session,
    now: Moment,
    effects: Vec<Effect>,
}

impl Play {
    fn at(&self, moment: Moment) -> Now {
        Now { moment, wall: EVENING.plus(moment.since(Moment::ZERO)) }
    }

    fn does(&mut self, event: Event) -> &mut Play {
        let effects = self.session.handle(event.clone(), self.at(self.now));
        assert!(!effects.is_empty(), "{event:?} is refused at {:?}", self.session.stage());
        self.keeps(effects)
    }

    fn lives(&mut self, seconds: u64) -> &mut Play {
        let until = self.now.plus(Duration::from_secs(seconds));
        while let Some(deadline) = self.session.deadline().filter(|deadline| *deadline <= until) {
            let effects = self.session.run_out(self.at(deadline));
            self.keeps(effects);
        }
        self.now = until;
        self
    }

    /// Lets every clock run to its end: however long the protocol's waits are, the closing questions come next.
    fn runs_out(&mut self) -> &mut Play {
        while let Some(deadline) = self.session.deadline() {
            let effects = self.session.run_out(self.at(deadline));
            self.keeps(effects);
            self.now = deadline;
        }
        self
    }

    fn keeps(&mut self, effects: Vec<Effect>) -> &mut Play {
        self.effects.extend(effects);
        self
    }
}

/// The disk without syncing: nothing here has to survive a power failure.
#[derive(Debug)]
struct Hasty;

#[derive(Debug)]
struct HastyHandle(Box<dyn Handle>);

impl Disk for Hasty {
    fn make_folder(&self, path: &Path) -> io::Result<()> {
        OsDisk.make_folder(path)
    }

    fn sync_folder(&self, _path: &Path) -> io::Result<()> {
        Ok(())
    }

    fn create(&self, path: &Path) -> io::Result<Box<dyn Handle>> {
        Ok(Box::new(HastyHandle(OsDisk.create(path)?)))
    }

    fn append(&self, path: &Path) -> io::Result<Box<dyn Handle>> {
        Ok(Box::new(HastyHandle(OsDisk.append(path)?)))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        OsDisk.rename(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        OsDisk.remove(path)
    }
}

impl Write for HastyHandle {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

impl Handle for HastyHandle {
    fn sync(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn cut(&mut self, length: u64) -> io::Result<()> {
        self.0.cut(length)
    }

    fn reserve(&mut self, _bytes: u64) -> io::Result<()> {
        Ok(())
    }
}
