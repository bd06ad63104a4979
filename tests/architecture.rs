//! The never-rules of docs/architecture.md, held over the source tree itself. Each test names the rule, the file and
//! the line, so that breaking one is a decision and not an accident.

mod never;
mod documents;
mod places;
mod source;
mod words;
