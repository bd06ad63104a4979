//! Tells where the script needs a character without width: joiners in Persian and Hindi, selectors after emoji, tags of
//! a flag.

/// The longest code of a region after a black flag, in letters and digits.
const LONGEST_FLAG: usize = 6;

/// Whether the script needs the hidden character `c` at byte `at` of `text`: it changes the shape of the visible
/// character before it and hides nothing. The same character anywhere else does not pass.
pub(super) fn is_written(text: &str, at: usize, c: char) -> bool {
    let (before, rest) = text.split_at_checked(at).unwrap_or((text, ""));
    let after = rest.get(c.len_utf8()..).unwrap_or_default();
    let (last, next) = (before.chars().next_back(), after.chars().next());
    match c {
        // Between two letters it keeps them from joining; at the end it may wait for the next one to be typed.
        '\u{200C}' => last.is_some_and(is_joined) && next.is_none_or(is_joined),
        '\u{200D}' => last.is_some_and(is_joined) || (next.is_some_and(is_picture) && ends_with_picture(before)),
        // After a digit it is part of a keycap emoji.
        '\u{FE0E}' | '\u{FE0F}' if last.is_some_and(is_key) => next == Some('\u{20E3}'),
        '\u{FE0E}' | '\u{FE0F}' => last.is_some_and(is_picture),
        '\u{FE00}'..='\u{FE02}' | '\u{E0100}'..='\u{E01EF}' => last.is_some_and(is_han),
        '\u{180B}'..='\u{180D}' | '\u{180F}' => last.is_some_and(is_mongolian),
        '\u{180E}' => last.is_some_and(is_mongolian) && next.is_some_and(is_mongolian),
        '\u{E0020}'..='\u{E007F}' => is_of_a_flag(before, c, after),
        _ => false,
    }
}

/// Whether `c` is a letter or mark of a script whose letters join: Arabic and related scripts, those of India and of
/// South-East Asia.
fn is_joined(c: char) -> bool {
    let is_of_such_a_script = matches!(u32::from(c),
        0x0600..=0x08FF | 0x0900..=0x0DFF | 0x0F00..=0x109F | 0x1700..=0x18AF | 0x1900..=0x1CFF
        | 0xA800..=0xA8FF | 0xA930..=0xAAFF | 0xABC0..=0xABFF | 0xFB50..=0xFDFF | 0xFE70..=0xFEFC
        | 0x1_0A00..=0x1_0FFF | 0x1_1000..=0x1_1FFF | 0x1_E900..=0x1_E95F);
    is_of_such_a_script && super::hidden(c).is_none() && !c.is_numeric() && !is_punctuation(c)
}

/// Whether `c` is punctuation of those scripts, which joins no letter.
fn is_punctuation(c: char) -> bool {
    matches!(c, '\u{060C}' | '\u{061B}' | '\u{061F}' | '\u{066A}'..='\u{066D}' | '\u{06D4}' | '\u{0964}' | '\u{0965}')
}

/// Whether `c` is part of an emoji. The blocks are a little wider than what has a picture today.
fn is_picture(c: char) -> bool {
    let is_skin = is_skin(c);
    matches!(u32::from(c),
        0xA9 | 0xAE | 0x203C | 0x2049 | 0x2122 | 0x2139 | 0x2194..=0x21AA | 0x231A..=0x23FF | 0x24C2
        | 0x25AA..=0x25FE | 0x2600..=0x27BF | 0x2934..=0x2935 | 0x2B00..=0x2BFF | 0x3030 | 0x303D | 0x3297
        | 0x3299 | 0x1_F000..=0x1_F1E5 | 0x1_F200..=0x1_FAFF)
        && !is_skin
}

fn is_skin(c: char) -> bool {
    matches!(c, '\u{1F3FB}'..='\u{1F3FF}')
}

fn is_key(c: char) -> bool {
    c.is_ascii_digit() || c == '#' || c == '*'
}

fn is_han(c: char) -> bool {
    matches!(u32::from(c), 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0x2_0000..=0x3_FFFF)
}

fn is_mongolian(c: char) -> bool {
    matches!(c, '\u{1820}'..='\u{18AA}')
}

/// Whether `text` ends with an emoji, including a skin tone or selector after it.
fn ends_with_picture(text: &str) -> bool {
    let mut back = text.chars().rev().peekable();
    if back.next_if(|c| matches!(c, '\u{FE0E}' | '\u{FE0F}')).is_none() {
        _ = back.next_if(|c| is_skin(*c));
    }
    back.next().is_some_and(is_picture)
}

/// Whether the tag `c` belongs to the flag of a region, such as Scotland: a black flag followed by tags.
fn is_of_a_flag(before: &str, c: char, after: &str) -> bool {
    let is_letter = |c: &char| matches!(c, '\u{E0030}'..='\u{E0039}' | '\u{E0061}'..='\u{E007A}');
    let tags = before.chars().rev().take(LONGEST_FLAG + 1).take_while(is_letter).count();
    let has_flag = before.chars().rev().nth(tags) == Some('\u{1F3F4}');
    let own = usize::from(is_letter(&c));
    let to_come = if own == 0 { 0 } else { after.chars().take(LONGEST_FLAG + 1).take_while(is_letter).count() };
    let is_closed = c == '\u{E007F}' || after.chars().nth(to_come) == Some('\u{E007F}');
    let letters = tags + own + to_come;
    has_flag && is_closed && (own == 1 || c == '\u{E007F}') && (3..=LONGEST_FLAG).contains(&letters)
}

#[cfg(test)]
mod tests {
    use super::super::{concealed, escape_hidden};

    /// Persian, Hindi, Sinhala, emoji with a joiner, a selector and a colour, flags, a key, a variant of a Han letter.
    pub(super) const WRITTEN: [&str; 15] = [
        "می\u{200c}خواهم",
        "نمی\u{200c}دانم",
        "ه\u{200d}",
        "क्\u{200d}ष",
        "र्\u{200d}य",
        "ශ්\u{200d}රී",
        "\u{2764}\u{fe0f}",
        "\u{1f469}\u{200d}\u{1f52c}",
        "\u{1f469}\u{1f3fd}\u{200d}\u{1f52c}",
        "\u{1f3f3}\u{fe0f}\u{200d}\u{1f308}",
        "\u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467}\u{200d}\u{1f466}",
        "\u{1f3f4}\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}",
        "1\u{fe0f}\u{20e3}",
        "葛\u{e0100}",
        "ᠮᠣᠩᠭᠣᠯ\u{180b}",
    ];

    #[test]
    fn what_writing_needs_is_left_as_it_is() {
        for text in WRITTEN {
            assert_eq!(escape_hidden(text), text);
        }
    }

    #[test]
    fn the_same_characters_anywhere_else_are_made_visible() {
        for text in [
            "a\u{200c}b",
            "a\u{200d}b",
            "\u{200c}می",
            "می\u{200c}\u{200c}خواهم",
            "می \u{200c}خواهم",
            "می\u{200c} خواهم",
            "7\u{fe0f}",
            "a\u{fe0f}",
            "\u{1f469}\u{200d}a",
            "\u{1f469}\u{200d}",
            "\u{2764}\u{fe0f}\u{fe0f}",
            "\u{1f3f4}\u{e0067}\u{e0062}\u{e0073}",
            "\u{1f3f4}\u{e0068}\u{e0069}\u{e0064}\u{e0064}\u{e0065}\u{e006e}\u{e0074}\u{e007f}",
            "a\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}",
            "a\u{e0100}",
            "می\u{202e}خواهم",
        ] {
            assert!(concealed(text).next().is_some(), "{text:?}");
        }
    }
}
