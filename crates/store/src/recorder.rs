//! Writes to disk what the app hands out: the session record, rollers, serums and follow-ups. Whatever could not be
//! written stays queued until a retry succeeds or the person leaves.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::cue_memory::CueMemory;
use crate::record::follow_up::NewFollowUp;
use crate::record::ledger::{Condition, RetireError};
use crate::record::undo::{self, Written, Wrote};
use crate::record::{
    self, Disk, Facts, Ledger, OsDisk, Past, Reading, ResumeError, SaveError, SerumNote, SessionFile, Start, Timestamp,
    discard, follow_up, interval_hold, listing, used_folders,
};
use crate::sanitise::look_the_same;
use engine::protocol::{Kind, Protocol};
use engine::safety::{Roller, Standing};
use engine::session::{Effect, Entry};
use engine::timeline::{Boot, Wall};

/// Which file a session is recorded in.
#[derive(Debug)]
enum Target {
    /// A new file.
    New(Start),
    /// The file of the interrupted session with this id.
    Old(String),
}

/// A change to the ledger of rollers and serums, or a follow-up beside a record.
#[derive(Debug, Clone)]
enum LedgerChange {
    /// Enter a roller, and how it was kept.
    Roller(Roller, Condition),
    /// Enter a serum by its name, and when it was named.
    Serum(String, Wall),
    /// Write a follow-up on the session with this id.
    FollowUp(String, NewFollowUp, Wall),
    /// Note that the pack of the roller with this id is open.
    Opened(String, Wall),
    /// Retire the roller with this id, and why.
    Retired(String, String, Wall),
}

/// Writes to one person's data folder.
#[derive(Debug)]
pub struct Recorder {
    /// The state folder, where the use of this data folder is noted (see [`used_folders`]); None: nothing is noted.
    pub state: Option<PathBuf>,
    /// Where it is remembered whether bell and voice were noticed; None: nowhere.
    pub cues: Option<CueMemory>,
    root: PathBuf,
    disk: Arc<dyn Disk>,
    keeps_checks: bool,
    protocol: Option<Arc<Protocol>>,
    file: Option<SessionFile>,
    /// A record that could not be created or opened yet, with everything that belongs in it.
    waiting: Option<(Target, Vec<Effect>)>,
    /// Ledger changes that could not be written yet.
    unwritten: Vec<LedgerChange>,
    /// Where the torn tail of a resumed record was moved.
    torn_tail: Option<PathBuf>,
}

impl Recorder {
    /// Writes to the data folder `root`. Checks of the list are recorded only if `keeps_checks`.
    pub fn new(root: PathBuf, keeps_checks: bool) -> Recorder {
        Recorder::on(OsDisk::shared(), root, keeps_checks)
    }

    /// As [`Recorder::new`], with every change going through `disk`.
    pub fn on(disk: Arc<dyn Disk>, root: PathBuf, keeps_checks: bool) -> Recorder {
        Recorder {
            state: None,
            cues: None,
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

    /// Whether a run of this kind is recorded.
    pub fn keeps(&self, kind: Kind) -> bool {
        match kind {
            Kind::Session => true,
            Kind::Check => self.keeps_checks,
            Kind::Rehearsal => false,
        }
    }

    /// Creates the record of a session that follows `protocol`. Does nothing for a kind of run that is not recorded.
    ///
    /// # Errors
    /// If the file cannot be written. Everything that follows is queued for [`Recorder::retry`].
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

    /// The serum `name` with what the ledger knows about it.
    fn serum_note(&self, name: String) -> SerumNote {
        let known = Ledger::on(self.disk.clone(), &self.root).newest_serum(|serum| look_the_same(&serum.name, &name));
        let (brand, opened) = known.map_or((None, None), |serum| (serum.brand, serum.opened));
        SerumNote { name, brand, opened }
    }

    /// Opens the record of the interrupted session `id` for appending. A torn tail is moved to a file of its own first.
    /// Packs that the record says were opened are noted in the ledger.
    ///
    /// # Errors
    /// If the file cannot be opened. Everything that follows is queued for [`Recorder::retry`].
    pub fn reopen(&mut self, protocol: &Arc<Protocol>, id: &str) -> Result<(), SaveError> {
        self.protocol = Some(protocol.clone());
        let change = listing::find(&self.root, id).and_then(|path| record::read(&path).ok());
        let noted = change.into_iter().flat_map(|reading| opened_in(&reading)).map(|change| self.change_ledger(change));
        let noted: Result<(), SaveError> = noted.collect::<Vec<_>>().into_iter().collect();
        self.begin(Target::Old(id.to_owned()), Vec::new()).and(noted)
    }

    /// Deletes the record of the interrupted session `id` for good, along with its torn tails. If skin was rolled, the
    /// day is saved as an interval hold first, and opened packs are noted in the ledger.
    ///
    /// # Errors
    /// If it cannot be deleted, or cannot be read, so that nobody knows what must be kept.
    pub fn discard(&self, id: &str) -> Result<(), SaveError> {
        let Some(path) = listing::find(&self.root, id) else { return Ok(()) };
        let reading = record::read(&path).map_err(|error| ResumeError::Read(error).into_save(&path))?;
        let past = Past::of(&path, &reading);
        // Deleting a record without rolling is the person's word that nothing was rolled.
        if past.is_real_session() && past.touched_skin {
            interval_hold::save(&*self.disk, &self.root, &past)?;
        }
        opened_in(&reading).iter().try_for_each(|change| self.enter(change))?;
        discard(&*self.disk, &path)
    }

    /// Forgets the record once it is closed and saved, so that nothing more is appended to it.
    pub fn release(&mut self) {
        if self.is_saved() {
            self.file = None;
        }
    }

    /// Where the torn tail was moved; returned only once.
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
                // Every effect is handed over, even after one fails: the file keeps what it could not write.
                let written: Vec<_> = effects.iter().map(|effect| self.write(effect)).collect();
                written.into_iter().collect()
            }
            Err(error) => {
                self.waiting = Some((place, effects));
                Err(error)
            }
        }
    }

    /// Writes `effect` if it belongs in the record; ignores any other.
    ///
    /// # Errors
    /// If it is not certainly on disk; it stays queued for [`Recorder::retry`].
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

    /// Writes the entries among `effects` in one piece.
    ///
    /// # Errors
    /// If they are not certainly on disk; they stay queued for [`Recorder::retry`].
    pub fn write_together(&mut self, effects: &[Effect]) -> Result<(), SaveError> {
        let (true, Some(file), Some(protocol)) = (self.waiting.is_none(), &mut self.file, &self.protocol) else {
            return effects.iter().try_for_each(|effect| self.write(effect));
        };
        let entries: Vec<&Entry> = effects
            .iter()
            .filter_map(|effect| match effect {
                Effect::Record(entry) => Some(entry),
                Effect::Close(_) | Effect::Cue(_) | Effect::RetireRoller { .. } | Effect::Leave => None,
            })
            .collect();
        file.record_together(protocol, &entries)
    }

    /// Remembers whether bell and voice were noticed, if a run of this `kind` is recorded.
    pub fn note_cues(&self, kind: Kind, heard: bool) {
        if let Some(cues) = self.cues.as_ref().filter(|_| self.keeps(kind)) {
            cues.note(heard);
        }
    }

    /// Tries again to write everything that is queued.
    ///
    /// # Errors
    /// If that fails again; everything stays queued.
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

    /// Whether everything handed over so far is on disk.
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

    /// Retires a roller in the ledger. A roller that the ledger does not know is ignored: the session record says the
    /// same.
    ///
    /// # Errors
    /// When it cannot be written; it waits for [`Recorder::retry`].
    pub fn retire_roller(&mut self, id: &str, why: &str, now: Wall) -> Result<(), SaveError> {
        self.change_ledger(LedgerChange::Retired(id.to_owned(), why.to_owned(), now))
    }

    /// Notes in the ledger that a roller's pack is open, if a run of this `kind` is recorded.
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

    /// Whether the rollers `ids` may be used, by the ledger as it is now. A roller still queued to be entered is in
    /// use.
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

    /// Writes a follow-up beside the record of the session with this id.
    ///
    /// # Errors
    /// When it cannot be written; it waits for [`Recorder::retry`].
    pub fn add_follow_up(&mut self, session: &str, said: &NewFollowUp, now: Wall) -> Result<(), SaveError> {
        self.change_ledger(LedgerChange::FollowUp(session.to_owned(), said.clone(), now))
    }

    /// Takes back the follow-up that was written last, where nothing else was written after it and it is on the session
    /// with this id. Whether there was such a one.
    ///
    /// # Errors
    /// When its file cannot be deleted.
    pub fn take_follow_up_back(&self, session: &str, now: Wall) -> Result<bool, SaveError> {
        let is_on_it = |written: &Written| matches!(&written.wrote, Wrote::Note(note) if note.session == session);
        let Some(last) = undo::last(&self.root, now).filter(is_on_it) else { return Ok(false) };
        undo::take_back(&*self.disk, &last, "").map(|()| true)
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
                match ledger.retire_roller(id, day, None, why) {
                    Err(RetireError::Save(error)) => Err(error),
                    Ok(_) | Err(RetireError::Unknown { .. }) => Ok(()),
                }
            }
        }
    }

    /// The data folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The path of the record, if one is open.
    pub fn path(&self) -> Option<&Path> {
        self.file.as_ref().map(SessionFile::path)
    }
}

/// The packs that this record says were opened. The ledger may lack them, because the program died first or an older
/// build did not note them.
fn opened_in(reading: &Reading) -> Vec<LedgerChange> {
    let opened = Facts::of(reading.verified_entries(), false).opened.into_iter();
    opened.map(|id| LedgerChange::Opened(id, reading.header.started.wall())).collect()
}
