//! How the person is reached: bell, voice, notices, the title of the window, a command of their own. None of it can
//! delay or fail the session.

pub mod caller;

pub use caller::Caller;
