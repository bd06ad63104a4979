#!/usr/bin/env python3
"""Reads exports with the readers of others: Python's csv and json, and jsonschema and icalendar from PyPI.

    check_exports.py FOLDER    with export.csv, export.json, export.md and export.ics in it; tests/golden by default

Exit status 0: all was read. 1: something is wrong. 77: a module is missing, so that a part was not checked; what could
be checked was in order.
"""

import csv
import datetime
import io
import json
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
FORMULA = ("=", "+", "-", "@", "\t", "\r")
skipped = []


def module(name):
    """The module called `name`, or None with a word about it."""
    try:
        return __import__(name)
    except ImportError:
        skipped.append(name)
        return None


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
        assert int(row["rolled_ms"]) == session["rolled_ms"]
        assert row["note"].removeprefix("'") == session.get("note", "").removeprefix("'")
        assert datetime.datetime.fromisoformat(row["started"]).utcoffset() is not None
    return f"{len(rows)} rows"


def check_json(folder, export):
    jsonschema = module("jsonschema")
    if jsonschema is None:
        return "read, not validated"
    schema = json.loads((ROOT / "docs" / "export.schema.json").read_text(encoding="utf-8"))
    validator = jsonschema.validators.validator_for(schema)
    validator.check_schema(schema)
    validator(schema).validate(export)
    return f"{len(export['sessions'])} sessions, valid by jsonschema"


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


def main():
    folder = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "tests" / "golden"
    export = json.loads((folder / "export.json").read_text(encoding="utf-8"))
    assert (folder / "export.md").read_text(encoding="utf-8").startswith("# ")
    for check in (check_csv, check_json, check_ics):
        print(f"{check.__name__.removeprefix('check_')}: {check(folder, export)}")
    if skipped:
        print(f"SKIPPED: no Python module {', '.join(skipped)}; `pip install {' '.join(skipped)}`", file=sys.stderr)
        return 77
    return 0


if __name__ == "__main__":
    sys.exit(main())
