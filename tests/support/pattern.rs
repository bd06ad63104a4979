//! As much of regular expressions as docs/schemas/ uses: classes, groups, counts, `|`, `^` and `$`; anything else fails
//! the test.

/// Whether `pattern` is found in `text`.
pub fn fits(pattern: &str, text: &str) -> bool {
    let pattern: Vec<char> = pattern.chars().collect();
    let text: Vec<char> = text.chars().collect();
    let mut reader = Reader { pattern: &pattern, at: 0 };
    let any = reader.either();
    assert_eq!(reader.at, pattern.len(), "{pattern:?} is read to its end");
    (0..=text.len()).any(|from| !any.ends(&text, from).is_empty())
}

enum Part {
    Start,
    End,
    Class { not: bool, spaces: bool, of: Vec<(char, char)> },
    Either(Vec<Vec<Part>>),
    Times(Box<Part>, usize, usize),
}

impl Part {
    /// Where the part may end when it begins at `from`.
    fn ends(&self, text: &[char], from: usize) -> Vec<usize> {
        match self {
            Part::Start => {
                if from == 0 {
                    vec![from]
                } else {
                    Vec::new()
                }
            }
            Part::End => {
                if from == text.len() {
                    vec![from]
                } else {
                    Vec::new()
                }
            }
            Part::Class { not, spaces, of } => {
                let among = |c: char| of.iter().any(|(first, last)| (*first..=*last).contains(&c));
                let is_in = |c: char| (among(c) || *spaces && c.is_whitespace()) != *not;
                text.get(from).filter(|c| is_in(**c)).map(|_| from + 1).into_iter().collect()
            }
            Part::Either(options) => {
                let one = |parts: &Vec<Part>| {
                    parts.iter().fold(vec![from], |ends, part| {
                        distinct(ends.into_iter().flat_map(|end| part.ends(text, end)).collect())
                    })
                };
                distinct(options.iter().flat_map(one).collect())
            }
            Part::Times(part, least, most) => {
                let mut now = vec![from];
                let mut all = if *least == 0 { now.clone() } else { Vec::new() };
                for count in 1..=*most {
                    now = distinct(now.into_iter().flat_map(|end| part.ends(text, end)).collect());
                    if now.is_empty() {
                        break;
                    }
                    if count >= *least {
                        all.extend(&now);
                    }
                }
                distinct(all)
            }
        }
    }
}

fn distinct(mut ends: Vec<usize>) -> Vec<usize> {
    ends.sort_unstable();
    ends.dedup();
    ends
}

struct Reader<'a> {
    pattern: &'a [char],
    at: usize,
}

impl Reader<'_> {
    fn next(&self) -> Option<char> {
        self.pattern.get(self.at).copied()
    }

    fn take(&mut self) -> char {
        self.at += 1;
        self.pattern[self.at - 1]
    }

    fn either(&mut self) -> Part {
        let mut options = vec![Vec::new()];
        while let Some(next) = self.next().filter(|c| *c != ')') {
            if next == '|' {
                self.take();
                options.push(Vec::new());
                continue;
            }
            let part = self.single();
            let part = self.counted(part);
            options.last_mut().unwrap().push(part);
        }
        Part::Either(options)
    }

    fn single(&mut self) -> Part {
        match self.take() {
            '^' => Part::Start,
            '$' => Part::End,
            '(' => {
                let inner = self.either();
                assert_eq!(self.take(), ')');
                inner
            }
            '[' => self.class(),
            '\\' => {
                assert_eq!(self.take(), 'S', "of the short classes only this one is known here");
                Part::Class { not: true, spaces: true, of: Vec::new() }
            }
            c => {
                assert!(!".*+?{}]".contains(c), "{c} is not known here");
                Part::Class { not: false, spaces: false, of: vec![(c, c)] }
            }
        }
    }

    fn class(&mut self) -> Part {
        let (mut of, mut spaces) = (Vec::new(), false);
        let not = self.next() == Some('^');
        if not {
            self.take();
        }
        loop {
            match self.take() {
                ']' => return Part::Class { not, spaces, of },
                '\\' => {
                    assert_eq!(self.take(), 's', "of the short classes only this one is known here");
                    spaces = true;
                }
                first if self.next() == Some('-') && self.pattern.get(self.at + 1) != Some(&']') => {
                    self.take();
                    of.push((first, self.take()));
                }
                only => of.push((only, only)),
            }
        }
    }

    fn counted(&mut self, part: Part) -> Part {
        let (least, most) = match self.next() {
            Some('?') => (0, 1),
            Some('*') => (0, usize::MAX),
            Some('+') => (1, usize::MAX),
            Some('{') => {
                let inside: String = self.pattern[self.at + 1..].iter().take_while(|c| **c != '}').collect();
                self.at += inside.len() + 1;
                let (least, most) = inside.split_once(',').unwrap_or((&inside, &inside));
                (least.parse().unwrap(), most.parse().unwrap())
            }
            _ => return part,
        };
        self.take();
        Part::Times(Box::new(part), least, most)
    }
}
