//! What differs between operating systems, and nothing else. Only this package uses signals, descriptors and permission
//! bits.
//!
//! This file has the interface and its documentation, in types that every system has. `unix` implements it. Support for
//! another system is a module beside `unix` with the same functions; the compiler names those that are missing.
#![warn(missing_docs)]

#[cfg(unix)]
mod unix;
#[cfg(unix)]
use unix as system;

/// The system's clocks.
pub mod clock {
    use core::time::Duration;

    use super::system;

    /// All clocks, read at one instant.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub struct Reading {
        /// Time since some fixed moment. It cannot be set, and stops while the computer sleeps.
        pub awake: Duration,
        /// Time since the computer was started. It cannot be set, and runs on while the computer sleeps. None where
        /// there is no such clock.
        pub boot: Option<Duration>,
        /// Seconds since 1970 in UTC.
        pub unix: i64,
    }

    /// Reads all clocks now.
    pub fn read() -> Reading {
        system::clock::read()
    }

    /// An id of the time since the computer was started last, which no other such time has; None where there is none.
    pub fn boot_id() -> Option<String> {
        system::clock::boot_id()
    }

    /// Seconds by which local time is ahead of UTC at the instant `unix`, in seconds since 1970. None where the time
    /// zone is in files, which `store::calendar` reads.
    pub fn local_offset(unix: i64) -> Option<i32> {
        system::clock::local_offset(unix)
    }
}

/// Files and folders that only their owner can read, and calls that never block on what a path leads to.
pub mod files {
    use std::fs::{File, TryLockError};
    use std::io;
    use std::path::Path;

    use super::system;

    /// Opens `path` for reading and follows links; does not block, not even on a named pipe.
    ///
    /// # Errors
    /// When it cannot be opened.
    pub fn open(path: &Path) -> io::Result<File> {
        system::files::open(path)
    }

    /// Opens a regular file for reading; does not block, not even on a named pipe.
    ///
    /// # Errors
    /// When it is not a regular file, is a symbolic link, or cannot be opened.
    pub fn open_plain(path: &Path) -> io::Result<File> {
        system::files::open_plain(path)
    }

    /// Opens a regular file for appending; otherwise as [`open_plain`].
    ///
    /// # Errors
    /// As [`open_plain`].
    pub fn append_plain(path: &Path) -> io::Result<File> {
        system::files::append_plain(path)
    }

    /// Creates a file that only its owner can read and write, open for appending.
    ///
    /// # Errors
    /// When anything exists there already, even a broken link, or it cannot be created; then nothing is left behind.
    pub fn create_private(path: &Path) -> io::Result<File> {
        system::files::create_private(path)
    }

    /// Creates a folder that only its owner can open; its parent has to exist.
    ///
    /// # Errors
    /// When anything exists there already, or it cannot be created.
    pub fn make_private_folder(path: &Path) -> io::Result<()> {
        system::files::make_private_folder(path)
    }

    /// Syncs the folder at `path`, so that the names in it are on disk.
    ///
    /// # Errors
    /// When the folder cannot be opened or synced.
    pub fn sync_folder(path: &Path) -> io::Result<()> {
        system::files::sync_folder(path)
    }

    /// Reserves `bytes` of disk space after the end of `file` without changing its length; does nothing where the
    /// system cannot do that.
    ///
    /// # Errors
    /// When there is not enough space, or the file system cannot reserve any.
    pub fn reserve(file: &File, bytes: u64) -> io::Result<()> {
        system::files::reserve(file, bytes)
    }

    /// A lock on a folder, released when this is dropped or when the process ends in whatever way.
    #[derive(Debug)]
    pub struct FolderLock {
        _held: system::files::FolderLock,
    }

    /// Locks the folder at `path`; does not block. Different paths to one folder share one lock.
    ///
    /// # Errors
    /// When another process holds the lock, or that cannot be told.
    pub fn lock_folder(path: &Path) -> Result<FolderLock, TryLockError> {
        system::files::lock_folder(path).map(|held| FolderLock { _held: held })
    }

    /// Whether this process may create files in the folder at `path`.
    pub fn can_be_written_in(path: &Path) -> bool {
        system::files::can_be_written_in(path)
    }

    /// Whether `path` is a regular file that somebody may run. Nothing is run to find out.
    pub fn is_program(path: &Path) -> bool {
        system::files::is_program(path)
    }

    /// Random bytes, different each time. They cannot be predicted, unless the system would have to block for that.
    pub fn random_bytes() -> [u8; 8] {
        system::files::random_bytes().unwrap_or_else(seeded_bytes)
    }

    /// The standard library's seeds for hashing: different each time, but not secret.
    fn seeded_bytes() -> [u8; 8] {
        use std::hash::{BuildHasher as _, Hasher as _, RandomState};
        RandomState::new().build_hasher().finish().to_le_bytes()
    }
}

/// The terminal at standard input and output, without the standard library's locks and buffers, so that a thread that
/// is stuck in a write does not block the writes of another.
pub mod terminal {
    use core::time::Duration;
    use std::io;

    use super::system;

    /// Blocks until something was typed, and returns how many bytes were read; 0 at the end of the input.
    ///
    /// # Errors
    /// `Interrupted` or `WouldBlock` where nothing was read and the call may be repeated; any other where it cannot be
    /// read.
    pub fn read(bytes: &mut [u8]) -> io::Result<usize> {
        system::terminal::read(bytes)
    }

    /// Blocks until there is something to read, for no longer than `limit`, and returns whether there is. A wait that a
    /// signal interrupts returns false.
    ///
    /// # Errors
    /// When the terminal cannot be polled.
    pub fn wait_for_input(limit: Option<Duration>) -> io::Result<bool> {
        system::terminal::wait_for_input(limit)
    }

    /// Blocks until the terminal takes some of `bytes`, and returns how many it took.
    ///
    /// # Errors
    /// `Interrupted` where the call may be repeated; any other where the terminal takes nothing more.
    pub fn write(bytes: &[u8]) -> io::Result<usize> {
        system::terminal::write(bytes)
    }

    /// Writes `bytes` to standard error with one call, and returns how many were taken.
    ///
    /// # Errors
    /// When none were taken.
    pub fn write_to_stderr(bytes: &[u8]) -> io::Result<usize> {
        system::terminal::write_to_stderr(bytes)
    }

    /// Columns and rows of the window.
    ///
    /// # Errors
    /// When standard output is no terminal.
    pub fn size() -> io::Result<(u16, u16)> {
        system::terminal::size()
    }

    /// How the terminal was set before [`take_raw`].
    #[derive(Debug)]
    pub struct Settings(system::terminal::Settings);

    /// Sets raw mode: keys arrive one by one, are not echoed and send no signal. Returns the settings from before.
    ///
    /// # Errors
    /// When the settings cannot be read or changed; then they stay as they were.
    pub fn take_raw() -> io::Result<Settings> {
        system::terminal::take_raw().map(Settings)
    }

    /// Restores the settings from before.
    ///
    /// # Errors
    /// When the settings cannot be changed.
    pub fn give_back(before: &Settings) -> io::Result<()> {
        system::terminal::give_back(&before.0)
    }

    /// Whether the terminal has been closed; does not block.
    pub fn has_gone() -> bool {
        system::terminal::has_gone()
    }

    /// Whether `error`, from [`write()`] or [`size`], means that the terminal has been closed.
    pub fn tells_of_the_end(error: &io::Error) -> bool {
        system::terminal::tells_of_the_end(error)
    }
}

/// Signals to this process.
pub mod signals {
    use std::io;

    use super::system;

    /// What a signal asks of the program.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub enum Signal {
        /// End with this exit status.
        End(u8),
        /// Give the terminal back, then stop.
        Suspend,
        /// The process was stopped and goes on.
        Continued,
        /// The window may have another size.
        Resized,
    }

    /// Receives signals in place of their default actions.
    #[derive(Debug)]
    pub struct Signals(system::signals::Signals);

    impl Signals {
        /// Receives signals from now on. From now on, too, a file that grows over a limit is an error of the write and
        /// no longer ends the process.
        ///
        /// # Errors
        /// When the system refuses.
        pub fn listen() -> io::Result<Signals> {
            system::signals::Signals::listen().map(Signals)
        }

        /// Blocks until a signal arrives, and returns all that have, those that ask to end first; None once the
        /// terminal has been closed.
        pub fn wait(&mut self) -> Option<Vec<Signal>> {
            self.0.wait()
        }
    }

    /// Stops this process until it receives SIGCONT.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn stop() -> io::Result<()> {
        system::signals::stop()
    }
}

/// Helper programs.
pub mod process {
    use std::io;
    use std::process::{ChildStdin, Command, ExitStatus, Stdio};

    use super::system;

    /// A program that was started without a terminal. One thread waits for it, and any thread may kill it meanwhile,
    /// together with all that it has started. It is never signalled after it was reaped.
    #[derive(Debug)]
    pub struct Program(system::process::Program);

    impl Program {
        /// Starts `command` with `stdin` to read from, and with `out` for its standard output and standard error. It
        /// inherits nothing else that this process has open.
        ///
        /// # Errors
        /// When there is no such program or it may not be run.
        pub fn start(command: Command, stdin: Stdio, out: [Stdio; 2]) -> io::Result<Program> {
            system::process::Program::start(command, stdin, out).map(Program)
        }

        /// The pipe to its standard input, if it was started with one; None the second time.
        pub fn take_input(&self) -> Option<ChildStdin> {
            self.0.take_input()
        }

        /// Kills it and all that it has started; does nothing once it has been reaped.
        pub fn kill(&self) {
            self.0.kill();
        }

        /// Blocks until it has ended, and reaps it. What it left running in its group is killed: nothing may go on
        /// beside the next one.
        ///
        /// # Errors
        /// When it cannot be told how it ended, or it was waited for before.
        pub fn wait(&self) -> io::Result<ExitStatus> {
            self.0.wait()
        }
    }
}
