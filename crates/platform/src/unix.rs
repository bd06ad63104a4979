//! Linux, macOS, the BSDs and Android.

pub(crate) mod clock;
pub(crate) mod files;
pub(crate) mod process;
pub(crate) mod signals;
pub(crate) mod terminal;
