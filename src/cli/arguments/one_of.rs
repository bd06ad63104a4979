//! An argument that is one of a few words, which shells can then complete.

use std::ffi::OsStr;

use clap::builder::{PossibleValue, TypedValueParser};
use clap::{Arg, Command, Error};

/// The function reads the argument; the words are those that it accepts.
#[derive(Debug, Clone)]
pub(super) struct OneOf<T: 'static, const N: usize>(
    pub(super) fn(&str) -> Result<T, String>,
    pub(super) [&'static str; N],
);

impl<T: Clone + Send + Sync + 'static, const N: usize> TypedValueParser for OneOf<T, N> {
    type Value = T;

    fn parse_ref(&self, command: &Command, arg: Option<&Arg>, value: &OsStr) -> Result<T, Error> {
        self.0.parse_ref(command, arg, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(self.1.iter().map(|word| PossibleValue::new(*word))))
    }
}
