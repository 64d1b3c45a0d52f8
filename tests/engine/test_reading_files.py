"""Files of a watched import: what each row means, and what is said of one that cannot be read."""

import json

import pytest

from engine.reading_files import MOST_BYTES, read_file
from schemas.outcomes import Refused
from schemas.outside import OutsideEvent

EVENT = {"specversion": "1.0", "id": "1", "source": "urn:test", "type": "a.b", "data": {"x": 1}}


def events(name: str, content: str) -> list[OutsideEvent]:
    """The events of a file that can be read."""
    found = read_file(name, content.encode())
    assert isinstance(found, list)
    return [one.event for one in found if isinstance(one.event, OutsideEvent)]


def test_events_are_read_from_json_and_json_lines() -> None:
    """One, a list, or one a line; blank lines are passed over, and so is a mark at the beginning."""
    one = events("one.json", json.dumps(EVENT))
    assert one == events("many.JSON", json.dumps([EVENT]))
    assert one == events("lines.jsonl", f"\ufeff{json.dumps(EVENT)}\n\n")


def test_measures_are_events_with_names_that_never_change() -> None:
    """By measure and period, and by revision where a figure is corrected; numbers stay numbers."""
    text = (
        "measure,value,previous,period,revision,theme,commitments\n"
        "999-answered,87.5,91,2026-10,,reforming,SWM-REFORM-06; SWM-REFORM-05\n"
        "999-answered,88,91,2026-10,2,,\n"
    )
    first, corrected = events("m.csv", text)
    assert (first.id, corrected.id) == ("999-answered/2026-10", "999-answered/2026-10/2")
    assert (first.source, first.type) == ("urn:answerable:import:measures", "answerable.measure.observed")
    assert first.data["value"] == 87.5
    assert first.data["commitments"] == ("SWM-REFORM-06", "SWM-REFORM-05")
    assert "theme" not in corrected.data
    assert first.time is None


@pytest.mark.parametrize(
    ("name", "content", "line", "words"),
    [
        ("a.json", b"{", 1, "This is not JSON"),
        ("a.json", b"[1]", 1, "This is no event"),
        ("a.jsonl", b'{"specversion":"1.0"}', 1, "id is missing"),
        ("a.jsonl", b"[" * 100_000, 1, "This is not JSON"),
        ("a.csv", b"measure,period\nx,y\n", 1, "The column value is missing"),
        ("a.csv", b"measure,value,period\nx,1\n", 2, "more or fewer values"),
        ("a.csv", b"measure,value,period\nx,1,p,q\n", 2, "more or fewer values"),
        ("a.csv", b"measure,value,period\nx,many,p\n", 2, "value is no number in this row"),
        ("a.csv", b"measure,value,period\nx,NaN,p\n", 2, "data has to be a flat JSON object"),
        ("a.csv", b"measure,value,period\nx,1,p\n,1,p\n", 3, "measure is missing in this row"),
        (
            "a.json",
            json.dumps({**EVENT, "source": "urn:answerable:ledger"}).encode(),
            1,
            "is ours alone",
        ),
    ],
)
def test_a_row_that_cannot_be_read_is_said_with_its_line(
    name: str, content: bytes, line: int, words: str
) -> None:
    """In one sentence that says what to write."""
    found = read_file(name, content)
    assert isinstance(found, list)
    [(number, why)] = [(one.number, one.event.message) for one in found if isinstance(one.event, Refused)]
    assert number == line
    assert words in why


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.xlsx", b"x", "Only .json, .jsonl or .csv files"),
        ("noending", b"x", "Only .json, .jsonl or .csv files"),
        ("a.csv", b"\xff\xfe\x00", "not in UTF-8"),
        ("a.csv", b'measure,value,period\n"x,1,p\n', "no table of values"),
        ("a.jsonl", b"", "The file is empty"),
        ("a.csv", b"x" * (MOST_BYTES + 1), "more than 10 MB"),
        ("a.jsonl", b"{}\n" * 20_001, "the most is 20,000"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_whole(name: str, content: bytes, words: str) -> None:
    """In one sentence that says what to do."""
    found = read_file(name, content)
    assert isinstance(found, Refused)
    assert words in found.message
