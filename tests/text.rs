//! Text from outside on every way out: whatever stands in a file, a name, an argument or the environment, nothing
//! leaves for a terminal but characters that can be seen, and line breaks of the program's own.

mod canary;
mod payloads;
mod printed;
mod screens;
