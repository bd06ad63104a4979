//! A disk that counts its calls, fails those it is told to fail, and keeps a log from which a power cut at any point
//! can be reproduced. What it does, it does to real files below a real folder; only nothing waits for a real sync.

use std::collections::HashMap;
use std::io;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard};

use store::record::{Disk, Handle, OsDisk};

/// What is done to a call that is to fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum How {
    /// It does nothing and reports the error.
    Refused,
    /// A write takes half of its bytes and the next one reports the error; any other call is refused.
    Half,
    /// A write takes half of its bytes and says so; nothing is wrong at all.
    Short,
}

/// Which calls fail, by their number from 1, and how.
#[derive(Debug, Clone)]
pub(crate) struct Fault {
    pub(crate) calls: RangeInclusive<u32>,
    pub(crate) errno: i32,
    pub(crate) how: How,
}

/// One call, as a power cut needs to know it. Files are known by number, whatever they are called.
#[derive(Debug, Clone)]
pub(crate) enum Op {
    MakeFolder(PathBuf),
    SyncFolder(PathBuf),
    Create(PathBuf, usize),
    Rename(PathBuf, PathBuf),
    Remove(PathBuf),
    Write(usize, Vec<u8>),
    Cut(usize, usize),
    Sync(usize),
    SyncFailed(usize),
    /// Not a call: from here on so many parts of the record have been confirmed.
    Confirmed(usize),
}

#[derive(Debug, Default)]
struct State {
    faults: Vec<Fault>,
    calls: u32,
    hits: u32,
    /// Length of the log when the first call failed.
    hit_at: Option<usize>,
    /// Of these, calls whose failure the record has to report.
    grave: u32,
    files: HashMap<PathBuf, usize>,
    made: usize,
    log: Vec<Op>,
    broken: Vec<String>,
}

impl State {
    /// Counts a call. The error with which it is to fail, if it is, and how.
    fn call(&mut self, is_grave: bool) -> Option<(io::Error, How)> {
        self.calls += 1;
        let fault = self.faults.iter().find(|fault| fault.calls.contains(&self.calls))?;
        self.hits += 1;
        self.hit_at.get_or_insert(self.log.len());
        self.grave += u32::from(is_grave && fault.how != How::Short);
        Some((io::Error::from_raw_os_error(fault.errno), fault.how))
    }

    fn refuse(&mut self, is_grave: bool) -> io::Result<()> {
        match self.call(is_grave) {
            Some((error, How::Refused | How::Half)) => Err(error),
            Some((_, How::Short)) | None => Ok(()),
        }
    }

    fn number(&mut self, path: &Path) -> usize {
        self.made += 1;
        self.files.insert(path.to_owned(), self.made);
        self.made
    }
}

/// The disk.
#[derive(Debug, Clone, Default)]
pub(crate) struct FaultyDisk {
    state: Arc<Mutex<State>>,
}

impl FaultyDisk {
    pub(crate) fn failing(faults: Vec<Fault>) -> FaultyDisk {
        let layer = FaultyDisk::default();
        layer.state().faults = faults;
        layer
    }

    /// Over files that stand there already.
    pub(crate) fn over(paths: impl Iterator<Item = PathBuf>) -> FaultyDisk {
        let layer = FaultyDisk::default();
        paths.for_each(|path| {
            layer.state().number(&path);
        });
        layer
    }

    /// The number of the file at `path`.
    pub(crate) fn number(&self, path: &Path) -> usize {
        self.state().files[path]
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }

    /// From the `n`th call from now on, so many fail.
    pub(crate) fn fail(&self, n: u32, many: u32, errno: i32) {
        let mut state = self.state();
        let first = state.calls + n;
        state.faults.push(Fault { calls: first..=first.saturating_add(many - 1), errno, how: How::Refused });
    }

    /// Nothing fails any more.
    pub(crate) fn mend(&self) {
        self.state().faults.clear();
    }

    pub(crate) fn calls(&self) -> u32 {
        self.state().calls
    }

    /// How many calls failed.
    pub(crate) fn hits(&self) -> u32 {
        self.state().hits
    }

    /// At which place of the log the first call failed.
    pub(crate) fn hit_at(&self) -> Option<usize> {
        self.state().hit_at
    }

    /// How many calls failed whose failure must be reported.
    pub(crate) fn grave(&self) -> u32 {
        self.state().grave
    }

    pub(crate) fn note(&self, op: Op) {
        self.state().log.push(op);
    }

    pub(crate) fn log(&self) -> Vec<Op> {
        self.state().log.clone()
    }

    /// Rules of the disk that were broken.
    pub(crate) fn broken(&self) -> Vec<String> {
        self.state().broken.clone()
    }
}

impl Disk for FaultyDisk {
    fn make_folder(&self, path: &Path) -> io::Result<()> {
        self.state().refuse(true)?;
        OsDisk.make_folder(path)?;
        self.note(Op::MakeFolder(path.to_owned()));
        Ok(())
    }

    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        self.state().refuse(true)?;
        self.note(Op::SyncFolder(path.to_owned()));
        Ok(())
    }

    fn create(&self, path: &Path) -> io::Result<Box<dyn Handle>> {
        self.state().refuse(true)?;
        let file = OsDisk.create(path)?;
        let number = self.state().number(path);
        self.note(Op::Create(path.to_owned(), number));
        Ok(Box::new(Open { layer: self.clone(), file, number, owed: None, failed: false, sync_failed: false }))
    }

    fn append(&self, path: &Path) -> io::Result<Box<dyn Handle>> {
        self.state().refuse(true)?;
        let file = OsDisk.append(path)?;
        let known = self.state().files.get(path).copied();
        let number = known.unwrap_or_else(|| self.state().number(path));
        Ok(Box::new(Open { layer: self.clone(), file, number, owed: None, failed: false, sync_failed: false }))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.state().refuse(true)?;
        OsDisk.rename(from, to)?;
        let mut state = self.state();
        let number = state.files.remove(from).unwrap();
        state.files.insert(to.to_owned(), number);
        state.log.push(Op::Rename(from.to_owned(), to.to_owned()));
        Ok(())
    }

    /// Only what was begun in vain is taken away, so this failure is nobody's concern.
    fn remove(&self, path: &Path) -> io::Result<()> {
        self.state().refuse(false)?;
        OsDisk.remove(path)?;
        let mut state = self.state();
        state.files.remove(path);
        state.log.push(Op::Remove(path.to_owned()));
        Ok(())
    }
}

#[derive(Debug)]
struct Open {
    layer: FaultyDisk,
    file: Box<dyn Handle>,
    number: usize,
    /// The error that the next write has to report.
    owed: Option<io::Error>,
    failed: bool,
    sync_failed: bool,
}

impl io::Write for Open {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if let Some(error) = self.owed.take() {
            self.failed = true;
            return Err(error);
        }
        let half = bytes.len().div_ceil(2);
        let fault = self.layer.state().call(true);
        let taken = match fault {
            None => bytes.len(),
            Some((error, How::Refused)) => {
                self.failed = true;
                return Err(error);
            }
            Some((_, How::Short)) => half,
            Some((error, How::Half)) => {
                self.owed = Some(error);
                half
            }
        };
        self.file.write_all(&bytes[..taken])?;
        self.layer.note(Op::Write(self.number, bytes[..taken].to_vec()));
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Handle for Open {
    fn sync(&mut self) -> io::Result<()> {
        let mut state = self.layer.state();
        if self.sync_failed {
            let call = state.calls + 1;
            state.broken.push(format!("call {call}: a file is synced again after that failed"));
        }
        if let Err(error) = state.refuse(true) {
            self.failed = true;
            self.sync_failed = true;
            state.log.push(Op::SyncFailed(self.number));
            return Err(error);
        }
        state.log.push(Op::Sync(self.number));
        Ok(())
    }

    /// Done after a failure, as well as it can be.
    fn cut(&mut self, length: u64) -> io::Result<()> {
        self.layer.state().refuse(!self.failed)?;
        self.file.cut(length)?;
        self.layer.note(Op::Cut(self.number, usize::try_from(length).unwrap()));
        Ok(())
    }

    fn reserve(&mut self, _bytes: u64) -> io::Result<()> {
        self.layer.state().refuse(false)
    }
}
