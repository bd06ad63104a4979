#!/usr/bin/env python3
"""Reads exports with the readers of others: Python's csv and json, and jsonschema and icalendar from PyPI. Then holds
the settings files of the tests to their schema, with Python's tomllib and jsonschema.

    check_exports.py FOLDER    with export.csv, export.json, export.md and export.ics in it; tests/golden by default

Exit status 0: all was read. 1: something is wrong. 77: a module is missing, so that a part was not checked; what could
be checked was in order.
"""

import copy
import csv
import datetime
import importlib
import io
import json
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
SCHEMAS = ROOT / "docs" / "schemas"
FORMULA = ("=", "+", "-", "@", "\t", "\r")
skipped = []


def module(name):
    """The module called `name`, or None with a word about it."""
    try:
        return importlib.import_module(name)
    except ImportError:
        skipped.append(name)
        return None


def validators():
    """jsonschema, or None where it is missing or older than the drafts that are used here."""
    jsonschema = module("jsonschema")
    if jsonschema is not None and not hasattr(jsonschema, "Draft202012Validator"):
        skipped.append("jsonschema>=4")
        return None
    return jsonschema


def validator(jsonschema, name):
    """What holds a value to the schema of that name."""
    schema = json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8"))
    kind = jsonschema.validators.validator_for(schema)
    kind.check_schema(schema)
    return kind(schema)


def check_csv(folder, export):
    data = (folder / "export.csv").read_bytes()
    assert not data.startswith(b"\xef\xbb\xbf"), "no mark at the beginning"
    text = data.decode("utf-8")
    assert text.count("\n") == text.count("\r\n"), "CRLF"
    rows = list(csv.DictReader(io.StringIO(text, newline=""), strict=True))
    sessions = export["sessions"]
    assert [row["id"] for row in rows] == [session["id"] for session in sessions]
    for row, session in zip(rows, sessions):
        assert None not in row and None not in row.values(), "as many cells as columns"
        assert not any(cell.startswith(FORMULA) for cell in row.values()), row
        assert (row["counted"] == "yes") == session["counted"]
        assert row["rolled_ms"] == str(session.get("rolled_ms", ""))
        assert row["note"].removeprefix("'") == session.get("note", "").removeprefix("'")
        assert datetime.datetime.fromisoformat(row["started"]).utcoffset() is not None
    return f"{len(rows)} rows"


# What no export may be, each made from one that is in order.
SPOILED = [
    lambda export, session: export.update(format=2),
    lambda export, session: export.update(more=1),
    lambda export, session: session.update(started="yesterday"),
    lambda export, session: session.update(kind="rehearsal"),
    lambda export, session: session.update(outcome="done"),
    lambda export, session: session["roller"].update(needle_um="0.13"),
    lambda export, session: session.update(felt=-1),
    lambda export, session: session.update(note=None),
    lambda export, session: session.pop("id"),
]


def properties(schema):
    """All names of properties that a schema speaks of."""
    tables = [schema, *schema.get("$defs", {}).values()]
    return {name for table in tables for name in table.get("properties", {})}


def names(value):
    """All names of fields in a JSON value, at any depth."""
    if isinstance(value, dict):
        return set(value).union(*map(names, value.values()))
    if isinstance(value, list):
        return set().union(*map(names, value))
    return set()


def check_json(folder, export):
    jsonschema = validators()
    if jsonschema is None:
        return "read, not validated"
    rules = validator(jsonschema, "export")
    rules.validate(export)
    full = json.loads((ROOT / "tests" / "golden" / "export-full.json").read_text(encoding="utf-8"))
    rules.validate(full)
    untold = properties(rules.schema) - names(full)
    assert not untold, f"the schema speaks of what no export has: {untold}"
    for spoil in SPOILED:
        wrong = copy.deepcopy(full)
        spoil(wrong, wrong["sessions"][0])
        assert not rules.is_valid(wrong), "the schema takes what is wrong"
    return f"{len(export['sessions'])} sessions, valid by jsonschema; {len(SPOILED)} spoiled, none valid"


def check_ics(folder, export):
    icalendar = module("icalendar")
    if icalendar is None:
        return "not read"
    data = (folder / "export.ics").read_bytes()
    assert all(len(line) <= 75 for line in data.split(b"\r\n")), "folded"
    calendar = icalendar.Calendar.from_ical(data)
    assert calendar["VERSION"] == "2.0" and calendar["PRODID"]
    events = calendar.walk("VEVENT")
    assert events and len({event["UID"] for event in events}) == len(events)
    for event in events:
        assert not event.errors, event.errors
        start, end = event["DTSTART"].dt, event["DTEND"].dt
        assert type(start) is datetime.date and end - start == datetime.timedelta(days=1)
        assert event["DTSTAMP"].dt.tzinfo is not None
    return f"{len(events)} events, read by icalendar"


def check_toml(*_):
    """Settings that the program takes, by another reader and another validator."""
    jsonschema, tomllib = validators(), module("tomllib")
    if jsonschema is None or tomllib is None:
        return "not read"
    rules = validator(jsonschema, "config")
    good = [ROOT / "config.toml", *sorted((ROOT / "tests" / "accepted").glob("config-*.toml"))]
    for path in good:
        rules.validate(tomllib.loads(path.read_text(encoding="utf-8")))
    wrong = ["interval_days = 6", 'bell = "yes"', 'colour = "red"', "belll = true", '[times]\nsoak = "1m"']
    for text in wrong:
        assert not rules.is_valid(tomllib.loads(text)), text
    return f"{len(good)} settings files valid, {len(wrong)} not, by jsonschema"


def main():
    if sys.version_info < (3, 9):
        print("SKIPPED: Python 3.9 or later is needed, 3.11 for TOML", file=sys.stderr)
        return 77
    folder = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "tests" / "golden"
    export = json.loads((folder / "export.json").read_text(encoding="utf-8"))
    assert (folder / "export.md").read_text(encoding="utf-8").startswith("# ")
    for check in (check_csv, check_json, check_ics, check_toml):
        print(f"{check.__name__.removeprefix('check_')}: {check(folder, export)}")
    if skipped:
        missing = ", ".join(dict.fromkeys(skipped))
        print(f"SKIPPED for want of {missing}; tomllib is in Python 3.11", file=sys.stderr)
        print("To have the others: pip install jsonschema icalendar", file=sys.stderr)
        return 77
    return 0


if __name__ == "__main__":
    sys.exit(main())
