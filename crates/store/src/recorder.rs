//! Puts on disk what the app hands out: the record of the session, rollers and serum. Whatever could not be written
//! waits here until it is, or until the person leaves.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::record::follow_up::NewFollowUp;
use crate::record::ledger::{Condition, RetireError};
use crate::record::{
    self, Disk, Facts, Ledger, OsDisk, Past, Reading, ResumeError, SaveError, SerumNote, SessionFile, Start, Timestamp,
    discard, follow_up, interval_hold, listing, used_folders,
};
use crate::sanitise::look_the_same;
use engine::protocol::{Kind, Protocol};
use engine::safety::{Roller, Standing};
use engine::session::Effect;
use engine::timeline::{Boot, Wall};

/// Where a record goes.
#[derive(Debug)]
enum Target {
    /// Into a new file.
    New(Start),
    /// To the end of the unfinished session of this id.
    Old(String),
}

/// Something that belongs into the ledger.
#[derive(Debug, Clone)]
enum LedgerChange {
    /// A roller, and how it was kept.
    Roller(Roller, Condition),
    /// A serum, by its name, and when it was named.
    Serum(String, Wall),
    /// A note on the session of this id.
    FollowUp(String, NewFollowUp, Wall),
    /// That the pack of the roller of this id is open.
    Opened(String, Wall),
    /// That the roller of this id must not be used again, and why.
    Retired(String, String, Wall),
}

/// Keeps a person's data folder.
#[derive(Debug)]
pub struct Recorder {
    /// Where it is noted that the data folder holds records, if it may be missing another time.
    pub state: Option<PathBuf>,
    root: PathBuf,
    disk: Arc<dyn Disk>,
    keeps_checks: bool,
    protocol: Option<Arc<Protocol>>,
    file: Option<SessionFile>,
    /// A record that could not even be begun or opened, with all that should be in it.
    waiting: Option<(Target, Vec<Effect>)>,
    /// What the ledger did not take yet.
    unwritten: Vec<LedgerChange>,
    /// Where the cut-off end of a record was set aside.
    torn_tail: Option<PathBuf>,
}

impl Recorder {
    /// Keeps the data folder `root`. Checks are kept only on request.
    pub fn new(root: PathBuf, keeps_checks: bool) -> Recorder {
        Recorder::on(OsDisk::shared(), root, keeps_checks)
    }

    /// As [`Recorder::new`], with every change going through `disk`.
    pub fn on(disk: Arc<dyn Disk>, root: PathBuf, keeps_checks: bool) -> Recorder {
        Recorder {
            state: None,
            root,
            disk,
            keeps_checks,
            protocol: None,
            file: None,
            waiting: None,
            unwritten: Vec::new(),
            torn_tail: None,
        }
    }

    /// Whether a run of this kind leaves a record.
    pub fn keeps(&self, kind: Kind) -> bool {
        match kind {
            Kind::Session => true,
            Kind::Check => self.keeps_checks,
            Kind::Rehearsal => false,
        }
    }

    /// Begins the record of a session that follows `protocol`. Nothing is begun for one that leaves none.
    ///
    /// # Errors
    /// When it cannot be written; what comes waits for [`Recorder::retry`].
    pub fn open(
        &mut self,
        protocol: &Arc<Protocol>,
        now: Wall,
        early_reason: Option<String>,
        serum: String,
        boot: Option<Boot>,
    ) -> Result<(), SaveError> {
        self.protocol = Some(protocol.clone());
        if !self.keeps(protocol.kind) {
            return Ok(());
        }
        let Some(mut start) = Start::of(protocol, now) else { return Ok(()) };
        start.early_reason = early_reason;
        start.boot = boot;
        start.serum = Some(serum).filter(|name| !name.is_empty()).map(|name| self.serum_note(name));
        self.begin(Target::New(start), Vec::new())
    }

    /// What the ledger knows of the serum called so.
    fn serum_note(&self, name: String) -> SerumNote {
        let known = Ledger::on(self.disk.clone(), &self.root).newest_serum(|serum| look_the_same(&serum.name, &name));
        let (brand, opened) = known.map_or((None, None), |serum| (serum.brand, serum.opened));
        SerumNote { name, brand, opened }
    }

    /// Goes on with the record of the unfinished session `id`. Its cut-off end is set aside first. What it tells of opened
    /// packs is noted.
    ///
    /// # Errors
    /// When it cannot be opened; what comes waits for [`Recorder::retry`].
    pub fn reopen(&mut self, protocol: &Arc<Protocol>, id: &str) -> Result<(), SaveError> {
        self.protocol = Some(protocol.clone());
        let change = listing::find(&self.root, id).and_then(|path| record::read(&path).ok());
        let noted = change.into_iter().flat_map(|reading| opened_in(&reading)).map(|change| self.change_ledger(change));
        let noted: Result<(), SaveError> = noted.collect::<Vec<_>>().into_iter().collect();
        self.begin(Target::Old(id.to_owned()), Vec::new()).and(noted)
    }

    /// Takes the record of the unfinished session `id` away for good, and what was set aside of it. Where skin was
    /// rolled, its day stays and holds the interval; what it tells of opened packs stays in the ledger.
    ///
    /// # Errors
    /// When it cannot be taken away, or when it cannot be read, so that nobody can say what must stay.
    pub fn discard(&self, id: &str) -> Result<(), SaveError> {
        let Some(path) = listing::find(&self.root, id) else { return Ok(()) };
        let reading = record::read(&path).map_err(|error| ResumeError::Read(error).into_save(&path))?;
        let past = Past::of(&path, &reading);
        // Whoever deletes one that tells of no rolling says that there was none.
        if past.is_in_earnest() && past.touched_skin {
            interval_hold::save(&*self.disk, &self.root, &past)?;
        }
        opened_in(&reading).iter().try_for_each(|change| self.enter(change))?;
        discard(&*self.disk, &path)
    }

    /// Lets go of the record once it is closed and saved, so that what comes next does not go into it.
    pub fn release(&mut self) {
        if self.is_saved() {
            self.file = None;
        }
    }

    /// Where the cut-off end of the record was set aside; told once.
    pub fn take_torn_tail(&mut self) -> Option<PathBuf> {
        self.torn_tail.take()
    }

    fn file_at(&mut self, place: &Target) -> Result<SessionFile, SaveError> {
        match place {
            Target::New(start) => {
                let file = SessionFile::create_on(self.disk.clone(), &self.root, start)?;
                self.state.iter().for_each(|state| used_folders::note_use(state, &self.root));
                Ok(file)
            }
            Target::Old(id) => {
                let path = listing::find(&self.root, id).unwrap_or_else(|| self.root.join(id));
                let (file, _, torn) =
                    SessionFile::resume_on(self.disk.clone(), &path).map_err(|error| error.into_save(&path))?;
                self.torn_tail = torn.map(|torn| torn.kept);
                Ok(file)
            }
        }
    }

    fn begin(&mut self, place: Target, effects: Vec<Effect>) -> Result<(), SaveError> {
        match self.file_at(&place) {
            Ok(file) => {
                self.file = Some(file);
                // Every one of them is handed over, also behind one that fails: the file keeps what it could not write.
                let written: Vec<_> = effects.iter().map(|effect| self.write(effect)).collect();
                written.into_iter().collect()
            }
            Err(error) => {
                self.waiting = Some((place, effects));
                Err(error)
            }
        }
    }

    /// Writes what belongs into the record, and passes over everything else.
    ///
    /// # Errors
    /// When it is not certainly on disk; it waits for [`Recorder::retry`].
    pub fn write(&mut self, effect: &Effect) -> Result<(), SaveError> {
        if let Some((_, effects)) = &mut self.waiting {
            effects.push(effect.clone());
            return Ok(());
        }
        let (Some(file), Some(protocol)) = (&mut self.file, &self.protocol) else { return Ok(()) };
        match effect {
            Effect::Record(entry) => file.record(protocol, entry),
            Effect::Close(summary) => file.close(protocol, summary),
            Effect::Cue(_) | Effect::RetireRoller { .. } | Effect::Leave => Ok(()),
        }
    }

    /// Tries once more to write all that waits.
    ///
    /// # Errors
    /// When that fails again; everything still waits.
    pub fn retry(&mut self) -> Result<(), SaveError> {
        let mut change = std::mem::take(&mut self.unwritten).into_iter();
        while let Some(next) = change.next() {
            if let Err(error) = self.enter(&next) {
                self.unwritten = core::iter::once(next).chain(change).collect();
                return Err(error);
            }
        }
        if let Some((place, effects)) = self.waiting.take() {
            return self.begin(place, effects);
        }
        self.file.as_mut().map_or(Ok(()), SessionFile::rescue)
    }

    /// Whether everything is on disk.
    pub fn is_saved(&self) -> bool {
        self.waiting.is_none() && self.unwritten.is_empty() && self.file.as_ref().is_none_or(SessionFile::is_saved)
    }

    /// Enters a roller into the ledger.
    ///
    /// # Errors
    /// When it cannot be written; it waits for [`Recorder::retry`].
    pub fn add_roller(&mut self, roller: &Roller, sealed: bool) -> Result<(), SaveError> {
        let condition = if sealed { Condition::Sealed } else { Condition::Used };
        self.change_ledger(LedgerChange::Roller(roller.clone(), condition))
    }

    /// Enters a serum into the ledger.
    ///
    /// # Errors
    /// When it cannot be written; it waits for [`Recorder::retry`].
    pub fn add_serum(&mut self, name: &str, now: Wall) -> Result<(), SaveError> {
        self.change_ledger(LedgerChange::Serum(name.to_owned(), now))
    }

    /// Notes that a roller must not be used again, and why. One that the ledger does not know is passed over: the record of
    /// the session says the same.
    ///
    /// # Errors
    /// When it cannot be written; it waits for [`Recorder::retry`].
    pub fn retire_roller(&mut self, id: &str, why: &str, now: Wall) -> Result<(), SaveError> {
        self.change_ledger(LedgerChange::Retired(id.to_owned(), why.to_owned(), now))
    }

    /// Notes that the pack of a roller is open, where a run of this `kind` leaves a record.
    ///
    /// # Errors
    /// When it cannot be written; it waits for [`Recorder::retry`].
    pub fn open_pack(&mut self, kind: Kind, id: &str, now: Wall) -> Result<(), SaveError> {
        if !self.keeps(kind) {
            return Ok(());
        }
        let change = LedgerChange::Opened(id.to_owned(), now);
        if self.has_unwritten_roller(id) {
            self.unwritten.push(change);
            return Ok(());
        }
        self.change_ledger(change)
    }

    /// What the ledger says of the rollers `ids` now. One that waits to be entered is in use.
    pub fn standing(&self, ids: &[String]) -> Vec<(String, Standing)> {
        let asked = ids.iter().map(String::as_str);
        let mut standings = Ledger::on(self.disk.clone(), &self.root).standing(asked);
        for (id, standing) in &mut standings {
            if matches!(standing, Standing::NotKnown(_)) && self.has_unwritten_roller(id) {
                *standing = Standing::InUse;
            }
        }
        standings
    }

    fn has_unwritten_roller(&self, id: &str) -> bool {
        self.unwritten.iter().any(|change| matches!(change, LedgerChange::Roller(roller, _) if roller.id == id))
    }

    /// Puts a note beside the record of the session of this id.
    ///
    /// # Errors
    /// When it cannot be written; it waits for [`Recorder::retry`].
    pub fn add_follow_up(&mut self, session: &str, said: &NewFollowUp, now: Wall) -> Result<(), SaveError> {
        self.change_ledger(LedgerChange::FollowUp(session.to_owned(), said.clone(), now))
    }

    fn change_ledger(&mut self, change: LedgerChange) -> Result<(), SaveError> {
        let entered = self.enter(&change);
        if entered.is_err() {
            self.unwritten.push(change);
        }
        entered
    }

    fn enter(&self, change: &LedgerChange) -> Result<(), SaveError> {
        let ledger = Ledger::on(self.disk.clone(), &self.root);
        match change {
            LedgerChange::Roller(roller, condition) => ledger.enter_roller(roller, *condition),
            LedgerChange::Serum(name, now) => ledger.add_serum(name, None, None, *now).map(|_| ()),
            LedgerChange::FollowUp(session, said, now) => {
                let path = listing::find(&self.root, session).unwrap_or_else(|| self.root.join(session));
                follow_up::add(&*self.disk, &path, *now, said).map(|_| ())
            }
            LedgerChange::Opened(id, now) => Timestamp::of(*now).day().map_or(Ok(()), |day| ledger.open_pack(id, day)),
            LedgerChange::Retired(id, why, now) => {
                let Some(day) = Timestamp::of(*now).day() else { return Ok(()) };
                match ledger.retire_roller(id, day, why) {
                    Err(RetireError::Save(error)) => Err(error),
                    Ok(_) | Err(RetireError::Unknown { .. }) => Ok(()),
                }
            }
        }
    }

    /// Where the record is, once begun.
    pub fn path(&self) -> Option<&Path> {
        self.file.as_ref().map(SessionFile::path)
    }
}

/// That the packs are open whose rollers were put into the liquid, or taken from them, as the record that was read tells.
/// The ledger may not have been reached before the program died, and an older build noted less.
fn opened_in(reading: &Reading) -> Vec<LedgerChange> {
    let opened = Facts::of(reading.sound_entries(), false).opened.into_iter();
    opened.map(|id| LedgerChange::Opened(id, reading.header.started.wall())).collect()
}
