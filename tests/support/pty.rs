//! A real pseudo-terminal with the real program in it.
