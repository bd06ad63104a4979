//! The records on disk: what is written, what is read back from sound, torn and damaged files, and how the files
//! are kept.

mod disk;
mod gate;
mod deleted;
mod harm;
mod past;
mod places;
mod shown;
mod wire;
