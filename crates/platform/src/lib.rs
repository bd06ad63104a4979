//! What is different on every system, and nothing else: this package alone names one, a signal, a descriptor or
//! permission bits.
//!
//! What it promises stands here, once, in types that every system has. `unix` keeps the promises and says how; another
//! system is a module beside it with the same functions, and the compiler names those that are missing.
#![warn(missing_docs)]

#[cfg(unix)]
mod unix;
#[cfg(unix)]
use unix as system;

/// Clocks.
pub mod clock {
    use core::time::Duration;

    use super::system;

    /// What the clocks say at one instant.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub struct Reading {
        /// A clock that nobody sets and that stops while the computer sleeps.
        pub awake: Duration,
        /// A clock that nobody sets and that runs on while the computer sleeps; None where there is none.
        pub boot: Option<Duration>,
        /// Seconds since 1970 in UTC.
        pub unix: i64,
    }

    /// Reads the system's clocks.
    pub fn read() -> Reading {
        system::clock::read()
    }

    /// What names this boot of the computer and no other one; None where the system does not say.
    pub fn boot_id() -> Option<String> {
        system::clock::boot_id()
    }

    /// Seconds by which local time is ahead of UTC at that instant, where the zone is a property of the system. None
    /// where it stands in a file, as `store::calendar` reads it.
    pub fn local_offset(unix: i64) -> Option<i32> {
        system::clock::local_offset(unix)
    }
}

/// Files and folders: for their owner alone, on disk when they are said to be, and never waited for.
pub mod files {
    use std::fs::{File, TryLockError};
    use std::io;
    use std::path::Path;

    use super::system;

    /// Opens what stands at `path` for reading, through links; never waits, whatever stands there.
    ///
    /// # Errors
    /// When it cannot be opened.
    pub fn open(path: &Path) -> io::Result<File> {
        system::files::open(path)
    }

    /// Opens a plain file for reading; never waits, whatever stands there.
    ///
    /// # Errors
    /// When it is no plain file, is reached by a symbolic link, or cannot be opened.
    pub fn open_plain(path: &Path) -> io::Result<File> {
        system::files::open_plain(path)
    }

    /// As [`open_plain`], to be appended to.
    ///
    /// # Errors
    /// As [`open_plain`].
    pub fn append_plain(path: &Path) -> io::Result<File> {
        system::files::append_plain(path)
    }

    /// A new file at `path` for its owner alone, which can only grow.
    ///
    /// # Errors
    /// When anything at all stands there already, a link included, or it cannot be made; nothing new stands there then.
    pub fn create_private(path: &Path) -> io::Result<File> {
        system::files::create_private(path)
    }

    /// Makes one folder for its owner alone.
    ///
    /// # Errors
    /// When anything stands there already, or it cannot be made.
    pub fn make_private_folder(path: &Path) -> io::Result<()> {
        system::files::make_private_folder(path)
    }

    /// Puts the names in the folder at `path` on disk.
    ///
    /// # Errors
    /// When the folder cannot be opened or synced.
    pub fn sync_folder(path: &Path) -> io::Result<()> {
        system::files::sync_folder(path)
    }

    /// Sets `bytes` of room aside behind the end of `file`, without a change of its length; does nothing where that
    /// would change it.
    ///
    /// # Errors
    /// When the file system cannot.
    pub fn reserve(file: &File, bytes: u64) -> io::Result<()> {
        system::files::reserve(file, bytes)
    }

    /// Locks a folder for as long as it is kept. The system lets go of it however the program ends.
    #[derive(Debug)]
    pub struct FolderLock {
        _held: system::files::FolderLock,
    }

    /// Locks the folder at `path` itself, however it is reached; does not wait.
    ///
    /// # Errors
    /// When somebody else holds the lock, or it cannot be told whether somebody does.
    pub fn lock_folder(path: &Path) -> Result<FolderLock, TryLockError> {
        system::files::lock_folder(path).map(|held| FolderLock { _held: held })
    }

    /// Whether files can be made in the folder at `path`.
    pub fn can_be_written_in(path: &Path) -> bool {
        system::files::can_be_written_in(path)
    }

    /// Whether a plain file that someone may run stands at `path`. Nothing is run to find out.
    pub fn is_program(path: &Path) -> bool {
        system::files::is_program(path)
    }

    /// Bytes that nobody could foretell, as long as the system has some at once; different each time at any rate.
    pub fn random_bytes() -> [u8; 8] {
        system::files::random_bytes().unwrap_or_else(seeded_bytes)
    }

    /// The standard library's own seeds: not secret, but different each time.
    fn seeded_bytes() -> [u8; 8] {
        use std::hash::{BuildHasher as _, Hasher as _, RandomState};
        RandomState::new().build_hasher().finish().to_le_bytes()
    }
}

/// The terminal at standard input and output, without the standard library's locks and buffers: a thread that is stuck
/// in a write must not keep another one from its own.
pub mod terminal {
    use core::time::Duration;
    use std::io;

    use super::system;

    /// Reads what was typed and waits for it; 0 at its end.
    ///
    /// # Errors
    /// `Interrupted` or `WouldBlock`: nothing was read, and it may be tried again. Anything else: it cannot be read.
    pub fn read(bytes: &mut [u8]) -> io::Result<usize> {
        system::terminal::read(bytes)
    }

    /// Waits until there is something to read, at most for `limit`. Whether there is something; what cuts the wait
    /// short counts as nothing.
    ///
    /// # Errors
    /// When the terminal cannot be waited for.
    pub fn wait_for_input(limit: Option<Duration>) -> io::Result<bool> {
        system::terminal::wait_for_input(limit)
    }

    /// Writes as many of `bytes` as there is room for, and waits until there is some.
    ///
    /// # Errors
    /// When the terminal does not take them. `Interrupted`: it may be tried again.
    pub fn write(bytes: &[u8]) -> io::Result<usize> {
        system::terminal::write(bytes)
    }

    /// Writes `bytes` to standard error as far as they go at once.
    ///
    /// # Errors
    /// When they are not taken.
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

    /// Has keys come one by one from now on, none of them shown or taken for a signal. Gives the settings as they were.
    ///
    /// # Errors
    /// When the settings cannot be read or changed; they are then as they were.
    pub fn take_raw() -> io::Result<Settings> {
        system::terminal::take_raw().map(Settings)
    }

    /// Sets the terminal as it was.
    ///
    /// # Errors
    /// When the settings cannot be changed.
    pub fn give_back(before: &Settings) -> io::Result<()> {
        system::terminal::give_back(&before.0)
    }

    /// Whether the terminal has gone by now. Does not wait.
    pub fn has_gone() -> bool {
        system::terminal::has_gone()
    }

    /// Whether `error`, from a write or a question for the size, says that the terminal has gone.
    pub fn tells_of_the_end(error: &io::Error) -> bool {
        system::terminal::tells_of_the_end(error)
    }
}

/// What the system asks of the program from outside.
pub mod signals {
    use std::io;

    use super::system;

    /// Something that is asked of the program.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub enum Signal {
        /// To end, with this exit status.
        End(u8),
        /// To stop for a while, and give the terminal back before.
        Suspend,
        /// It goes on after that.
        Continued,
        /// To look at the size of its window again.
        Resized,
    }

    /// Hears signals instead of what the system would do about them.
    #[derive(Debug)]
    pub struct Signals(system::signals::Signals);

    impl Signals {
        /// Hears them from now on. A file that grows over a limit gives an error from now on instead of ending the process.
        ///
        /// # Errors
        /// When they cannot be listened to.
        pub fn listen() -> io::Result<Signals> {
            system::signals::Signals::listen().map(Signals)
        }

        /// Blocks until a signal came or the terminal has gone, and wakes for nothing else. Gives what came, those that
        /// ask to end first; None once the terminal has gone.
        pub fn wait(&mut self) -> Option<Vec<Signal>> {
            self.0.wait()
        }
    }

    /// Stops the process until somebody lets it go on.
    ///
    /// # Errors
    /// When it cannot be stopped.
    pub fn stop() -> io::Result<()> {
        system::signals::stop()
    }
}

/// Programs that are started beside this one.
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
