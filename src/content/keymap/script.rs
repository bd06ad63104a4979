//! Keyboards that type other letters than the keys are named by.

use super::Key;

/// Zero in every script whose digits a keyboard or an input method types.
const ZEROS: [char; 21] = [
    '\u{660}', '\u{6f0}', '\u{7c0}', '\u{966}', '\u{9e6}', '\u{a66}', '\u{ae6}', '\u{b66}', '\u{be6}', '\u{c66}',
    '\u{ce6}', '\u{d66}', '\u{de6}', '\u{e50}', '\u{ed0}', '\u{f20}', '\u{1040}', '\u{17e0}', '\u{1810}', '\u{1946}',
    '\u{19d0}',
];

/// The ASCII character that stands for the same: of a full-width one, and of a digit or the decimal sign of another
/// script. Any other character is left as it is.
pub fn as_ascii(character: char) -> char {
    let code = u32::from(character);
    let same = match code {
        0..=0x65f => None,
        // Full width: the whole of ASCII but for the blank, in its order.
        0xff01..=0xff5e => char::from_u32(code - 0xfee0),
        0x3000 => Some(' '),
        0x66b => Some('.'),
        _ => ZEROS.into_iter().find_map(|zero| char::from_digit(code.checked_sub(u32::from(zero))?, 10)),
    };
    same.unwrap_or(character)
}

/// Whether it is a letter of another script than the Latin one.
pub fn is_foreign(character: char) -> bool {
    let is_latin = matches!(u32::from(character), 0..=0x36f | 0x1d00..=0x1dbf | 0x1e00..=0x1eff | 0x2c60..=0x2c7f
        | 0xa720..=0xa7ff | 0xab30..=0xab6f | 0xfb00..=0xfb06 | 0xff21..=0xff5a);
    character.is_alphabetic() && !is_latin
}

impl Key {
    /// The key that types the same in ASCII.
    #[must_use]
    pub fn in_ascii(self) -> Key {
        match self {
            Key::Char(character) => Key::Char(as_ascii(character).to_ascii_lowercase()),
            key => key,
        }
    }

    /// Whether it types a letter of another script: the keyboard is set to a language whose letters stand for nothing
    /// here.
    pub fn is_foreign(self) -> bool {
        matches!(self, Key::Char(character) if is_foreign(character))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_means_the_same_is_read_as_the_same() {
        let same = "\u{ff39}\u{ff4e}\u{ff11}\u{ff1f}\u{ff0e}\u{3000}\u{663}\u{6f5}\u{967}\u{e59}\u{66b}";
        assert_eq!(same.chars().map(as_ascii).collect::<String>(), "Yn1?. 3519.");
        for character in ['y', '?', '\u{e4}', '\u{43d}', '\u{65e5}', '\u{66a}', '\u{670}'] {
            assert_eq!(as_ascii(character), character);
        }
        assert_eq!(Key::Char('\u{ff39}').in_ascii(), Key::Char('y'));
    }

    #[test]
    fn letters_of_other_scripts_are_told_from_latin_ones_and_from_signs() {
        for character in "\u{43d}\u{3bd}\u{5e0}\u{646}\u{3146}\u{3093}\u{65e5}\u{915}\u{e01}".chars() {
            assert!(is_foreign(character), "{character}");
        }
        for character in "yN\u{e4}\u{df}\u{15f}\u{1ea1}\u{ff59}1?\u{663}\u{a7}\u{301}\u{1f469}".chars() {
            assert!(!is_foreign(character), "{character}");
        }
    }
}
