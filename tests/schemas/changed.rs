//! Files with one thing changed, and the program's own check of them without starting it ten thousand times.

use std::path::Path;

use dermaroll::assets::{Embedded, Source, check};
use dermaroll::config::{Flags, Settings, Shipped};
use dermaroll::folders::Folders;
use toml::{Table, Value};

/// What the program holds files to.
pub struct Program {
    embedded: Embedded,
    shipped: Shipped,
}

impl Program {
    pub fn read() -> Program {
        Program { embedded: Embedded::read().unwrap(), shipped: Shipped::read().unwrap() }
    }

    /// Whether a file of that kind is in order.
    pub fn takes(&self, kind: &str, table: &Table) -> bool {
        let Ok(source) = Source::new("mine.toml", table.to_string()) else { return false };
        if kind == "config" {
            let user = Some((Path::new("mine.toml"), &source));
            Settings::settle_over(&self.shipped, user, &|_| None, &Flags::default(), &Folders::default()).is_ok()
        } else {
            // A checklist may turn into a protocol and the other way round; either way it has to be what it was.
            let is_protocol = kind == "protocol";
            check::check_over(&self.embedded, source, false)
                .is_ok_and(|checked| checked.protocol().is_some() == is_protocol)
        }
    }
}

/// `whole` with one key left out, one added, or one value changed for another, at each place in turn.
pub fn changes(whole: &Table) -> Vec<Table> {
    let mut all = Vec::new();
    each(&Value::Table(whole.clone()), &mut |changed| {
        if let Value::Table(table) = changed {
            all.push(table);
        }
    });
    all
}

fn each(value: &Value, hand_out: &mut dyn FnMut(Value)) {
    others(value).into_iter().for_each(&mut *hand_out);
    match value {
        Value::Table(table) => {
            for (key, inner) in table {
                let mut without = table.clone();
                without.remove(key);
                hand_out(Value::Table(without));
                each(inner, &mut |other| {
                    let mut changed = table.clone();
                    changed.insert(key.clone(), other);
                    hand_out(Value::Table(changed));
                });
            }
            for more in
                ["more", "source", "firmness", "bounds", "kind"].into_iter().filter(|key| !table.contains_key(*key))
            {
                let mut with = table.clone();
                with.insert(more.to_owned(), Value::String("BLOG".into()));
                hand_out(Value::Table(with));
            }
        }
        Value::Array(list) => {
            // What is there twice needs to be changed once.
            for (at, inner) in list.iter().enumerate().filter(|(at, inner)| !list[..*at].contains(inner)) {
                let mut without = list.clone();
                without.remove(at);
                hand_out(Value::Array(without));
                let mut twice = list.clone();
                twice.push(inner.clone());
                hand_out(Value::Array(twice));
                each(inner, &mut |other| {
                    let mut changed = list.clone();
                    changed[at] = other;
                    hand_out(Value::Array(changed));
                });
            }
        }
        _ => {}
    }
}

/// Other values of the same kind first, at the edges of what texts and numbers may be; then of every other kind.
fn others(value: &Value) -> Vec<Value> {
    let text = |text: &str| Value::String(text.to_owned());
    let mut all = match value {
        Value::String(_) => {
            ["", " ", "x", "X y", "  x  ", "9", "7s", "90s", "8s1ms", "1m 30s", "mouth", "up-down", "wait", "stop"]
                .map(text)
                .into_iter()
                .chain([1, 20, 21, 40, 41, 300, 301].map(|length| Value::String("w".repeat(length))))
                .chain([20, 21, 300, 301].map(|length| Value::String("\u{e9}".repeat(length))))
                .collect()
        }
        Value::Integer(_) => [-1, 0, 1, 6, 7, 15, 16, 365, 366, 3650, 3651].map(Value::Integer).to_vec(),
        Value::Boolean(is) => vec![Value::Boolean(!is)],
        _ => Vec::new(),
    };
    all.extend([text("x"), Value::Integer(8), Value::Boolean(true), Value::Float(1.5), Value::Array(Vec::new())]);
    all.push(Value::Table(Table::new()));
    all
}
