//! Compares names by how they look: two names that look the same are the same. The folded form is only for comparing
//! and is never stored.

use unicode_normalization::UnicodeNormalization as _;

use super::hidden;

/// `text` in the form that is compared: accents in one encoding, no capitals, wide and narrow forms alike, single
/// blanks between words, plain quotes and hyphens, and nothing without width.
pub fn folded(text: &str) -> String {
    // Old records write hidden characters out.
    let text = unspelt(text);
    let plain: String = text.nfkd().filter(|c| hidden(*c).is_none() || c.is_whitespace()).map(usual).collect();
    // Lower, upper and lower case again: so ß and SS, and both small sigmas, become the same.
    let small = |text: &str| text.chars().flat_map(char::to_lowercase).collect::<String>();
    let large: String = small(&plain).chars().flat_map(char::to_uppercase).collect();
    let words: Vec<String> = small(&large).split_whitespace().map(str::to_owned).collect();
    words.join(" ").nfkc().collect()
}

/// Whether the names `one` and `other` look the same on a screen.
pub fn look_the_same(one: &str, other: &str) -> bool {
    folded(one) == folded(other)
}

/// The plain form of quotes and hyphens that programs replace with typographic ones.
fn usual(c: char) -> char {
    match c {
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        '\u{2018}' | '\u{2019}' | '\u{201B}' | '\u{02BC}' => '\'',
        '\u{201C}'..='\u{201F}' => '"',
        c => c,
    }
}

/// `text` with every code such as `<U+202E>` replaced by the hidden character it stands for.
fn unspelt(text: &str) -> String {
    const BEGIN: &str = "<U+";
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(BEGIN) {
        plain.push_str(before);
        let spelt = after.split_once('>').and_then(|(code, after)| {
            let c = u32::from_str_radix(code, 16).ok().and_then(char::from_u32)?;
            hidden(c).map(|_| (c, after))
        });
        match spelt {
            Some((c, after)) => {
                plain.push(c);
                rest = after;
            }
            None => {
                plain.push_str(BEGIN);
                rest = after;
            }
        }
    }
    plain + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_look_the_same_are_the_same() {
        for [one, other] in [
            ["Zoë", "Zoe\u{308}"],
            ["Rosé", "ROSE\u{301}"],
            ["blue 0.13", "  Blue   0.13 "],
            ["blue 0.13", "blue\u{a0}0.13"],
            ["blue 0.13", "blue\u{3000}０．１３"],
            ["ｱﾝﾅ", "アンナ"],
            ["がぎ", "か\u{3099}き\u{3099}"],
            ["한글", "\u{1112}\u{1161}\u{11ab}\u{1100}\u{1173}\u{11af}"],
            ["Straße", "STRASSE"],
            ["ΣΊΣΥΦΟΣ", "σίσυφος"],
            ["Anna’s", "Anna's"],
            ["twenty‑one", "twenty-one"],
            ["می\u{200c}خواهم", "می<U+200C>خواهم"],
            ["❤\u{fe0f}", "❤"],
            ["ﬁne", "fine"],
            ["Å", "\u{212b}"],
            ["Việt", "Vie\u{323}\u{302}t"],
        ] {
            assert_eq!(folded(one), folded(other), "{one:?} {other:?}");
        }
        for [one, other] in [["cafe", "café"], ["blue", "blue 2"], ["anna", "аnna"], ["<U+0041>", "A"], ["<U+", "U"]]
        {
            assert_ne!(folded(one), folded(other), "{one:?} {other:?}");
        }
    }

    #[test]
    fn doing_it_twice_changes_nothing_more() {
        for text in ["Zoë", "STRASSE ẞ", "İstanbul ı", "ΌΣΟΣ", "<U+<U+202E>>", "a\u{345}\u{301}", "ǅ ŉ ﬃ"]
        {
            assert_eq!(folded(&folded(text)), folded(text), "{text:?}");
        }
    }
}
