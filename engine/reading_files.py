"""Files of a watched import: events as .json or .jsonl, measures as .csv, read line by line."""

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from engine.reading_events import event_of, read_json
from schemas.outcomes import Refused
from schemas.outside import OutsideEvent

MOST_BYTES = 10_000_000
"""Of one file."""
MOST_ROWS = 20_000
OBSERVED = "answerable.measure.observed"
MEASURES = "urn:answerable:import:measures"
NEEDED = ("measure", "value", "period")
NUMBERS = ("value", "previous", "target")
LISTS = ("commitments",)
KINDS = ".json, .jsonl or .csv"


@dataclass(frozen=True)
class Line:
    """One event of a file, or why there is none, with the line on which it stands."""

    number: int
    event: OutsideEvent | Refused


def read_file(name: str, content: bytes) -> list[Line] | Refused:
    """Every event of a file; a refusal where the file as a whole cannot be read."""
    reads = _READS.get(name.rpartition(".")[2].lower())
    if reads is None:
        return _refused(f"Only {KINDS} files are read here. Save it as one of these.")
    if len(content) > MOST_BYTES:
        return _refused(f"The file has more than {MOST_BYTES // 1_000_000} MB. Put it into several.")
    try:
        found = list(reads(content.decode("utf-8-sig")))
    except UnicodeDecodeError:
        return _refused("The file is not in UTF-8. Save it in UTF-8.")
    except csv.Error as wrong:
        return _refused(f"The file is no table of values separated by commas ({wrong}).")
    if len(found) > MOST_ROWS:
        return _refused(f"The file has {len(found):,} rows; the most is {MOST_ROWS:,}. Put it into several.")
    return found or _refused("The file is empty. Write one event or measure in it.")


def _json(text: str) -> Iterator[Line]:
    found = read_json(text.encode())
    for place, facts in enumerate(found if isinstance(found, list) else [found], start=1):
        yield Line(place, facts if isinstance(facts, Refused) else _event(facts))


def _jsonl(text: str) -> Iterator[Line]:
    for place, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            facts = read_json(line.encode())
            yield Line(place, facts if isinstance(facts, Refused) else _event(facts))


def _csv(text: str) -> Iterator[Line]:
    rows = csv.DictReader(io.StringIO(text, newline=""), restkey="", strict=True)
    names = [str(one or "").strip() for one in rows.fieldnames or ()]
    if missing := [one for one in NEEDED if one not in names]:
        said = f"The column {missing[0]} is missing. The first line names the columns: {', '.join(NEEDED)} …"
        yield Line(1, _refused(said))
        return
    rows.fieldnames = names
    for row in rows:
        yield Line(rows.line_num, _measure(row))


def _event(facts: Any) -> OutsideEvent | Refused:
    if not isinstance(facts, dict):
        return _refused("This is no event: write a JSON object with id, source, type and data.")
    return event_of(facts)


def _measure(row: Mapping[str, Any]) -> OutsideEvent | Refused:
    """One row of measures as an event, named by measure, period and, where it is given, revision."""
    if "" in row or None in row.values():
        return _refused("This row has more or fewer values than there are columns.")
    said = {name: value.strip() for name, value in row.items() if value.strip()}
    if missing := [one for one in NEEDED if one not in said]:
        return _refused(f"{missing[0]} is missing in this row.")
    data: dict[str, Any] = dict(said)
    for name in (one for one in NUMBERS if one in said):
        number = _number(said[name])
        if number is None:
            return _refused(f"{name} is no number in this row; write one such as 90 or 87.5.")
        data[name] = number
    for name in (one for one in LISTS if one in said):
        data[name] = [part for part in said[name].replace(";", " ").split() if part]
    revision = f"/{said['revision']}" if "revision" in said else ""
    name = f"{said['measure']}/{said['period']}{revision}"
    facts = {"specversion": "1.0", "id": name, "source": MEASURES, "type": OBSERVED, "data": data}
    return event_of({**facts, "subject": said["measure"]}, our_own=True)


def _number(words: str) -> int | float | None:
    try:
        found = json.loads(words.replace(" ", ""))
    except ValueError:
        return None
    return found if isinstance(found, int | float) and not isinstance(found, bool) else None


def _refused(message: str) -> Refused:
    return Refused(code="wrong_file", message=message, source="process.wrong-input")


_READS: Mapping[str, Callable[[str], Iterator[Line]]] = {"json": _json, "jsonl": _jsonl, "csv": _csv}
