"""Which column of a tracker says what, guessed from its heading as offices write them."""

import re
from collections.abc import Mapping, Sequence

from schemas.trackers import Cell, Meaning, SheetRow

WORDS: dict[Meaning, tuple[str, ...]] = {
    "number": ("ref", "reference", "no", "number", "id", "action no", "action number", "action ref", "rec no",
               "recommendation number", "item", "item no", "minute ref", "unique id"),
    "what": ("action", "actions", "recommendation", "recommendations", "description", "details",
             "action required",
             "agreed action", "action agreed", "what", "task", "summary of action", "area for improvement",
             "action description", "recommendation text", "cause of concern"),
    "owner": ("owner", "lead", "action owner", "responsible", "responsible officer", "assigned to", "who",
              "lead officer", "force lead", "action lead", "by whom", "responsibility", "accountable"),
    "due": ("due", "due date", "deadline", "target date", "date due", "by when", "target", "completion date",
            "target completion date", "timescale", "review date", "due by"),
    "closed": ("closed on", "date closed", "closed date", "closure date", "completed on", "date completed",
               "completed date", "actual completion date", "date complete", "discharged on",
               "date discharged"),
    "status": ("status", "rag", "rag status", "state", "progress rag", "open closed", "complete", "closed",
               "current status", "position"),
    "notes": ("notes", "comments", "update", "updates", "progress", "latest update", "progress update",
              "commentary", "force update", "response", "comment", "force response"),
}  # fmt: skip
NEEDED: tuple[Meaning, ...] = ("what", "owner")
ONCE: tuple[Meaning, ...] = ("what", "owner", "due", "closed", "status", "number")
LOOKED_AT = 20
"""Rows among which the headings are looked for."""


def plain(heading: str) -> str:
    """A heading without case, signs and double spaces.

    Source: local.import
    """
    return " ".join(re.sub(r"[^a-z0-9]+", " ", heading.casefold()).split())


def heading_place(rows: Sequence[SheetRow]) -> int:
    """Which row has the headings: the one with the most that are known; else the first with two filled cells.

    Units: its place among the rows, from 0.
    Source: local.import
    """
    first = rows[:LOOKED_AT]
    counted = [
        len({known for one in row.cells if (known := _known(one.text, {})) != "leave"}) for row in first
    ]
    if counted and max(counted) >= 2:  # noqa: PLR2004 - one known word alone may be a title
        return counted.index(max(counted))
    filled = (place for place, row in enumerate(first) if sum(bool(one.text) for one in row.cells) > 1)
    return next(filled, 0)


def headings(rows: Sequence[SheetRow]) -> tuple[str, ...]:
    """A heading for every column, also for those that a merged heading covers or that have none.

    Source: local.import
    """
    if not rows:
        return ()
    width = max(len(row.cells) for row in rows)
    cells = rows[heading_place(rows)].cells
    found: list[str] = []
    last, since = "", 0
    for place in range(width):
        said = " ".join((cells[place] if place < len(cells) else Cell()).text.split())[:80]
        if said:
            last, since = said, 1
            found.append(said)
        else:
            since += 1
            found.append(f"{last} ({since})" if last else f"Column {place + 1}, without a heading")
    return tuple(found)


def guess(said: Sequence[str], before: Mapping[str, str]) -> tuple[Meaning, ...]:
    """What each column means: as the office said before, else by its words; each meaning but notes once.

    Source: local.import
    """
    taken: set[Meaning] = set()
    found: list[Meaning] = []
    for heading in said:
        meaning = _known(heading, before)
        if meaning in taken and meaning in ONCE:
            meaning = "leave"
        taken.add(meaning)
        found.append(meaning)
    return tuple(found)


def missing(columns: Sequence[Meaning]) -> str:
    """What still has to be said about the columns; empty where nothing has.

    Source: local.import
    """
    twice = next((one for one in ONCE if columns.count(one) > 1), None)
    if twice:
        return f"Two columns are said to be the {TITLES[twice].lower()}. Choose one of them"
    lacking = next((one for one in NEEDED if one not in columns), None)
    return f"Say which column has the {TITLES[lacking].lower()}" if lacking else ""


TITLES: dict[Meaning, str] = {
    "what": "Action or recommendation",
    "owner": "Owner",
    "due": "Day on which it is due",
    "closed": "Day on which it was closed",
    "status": "Status",
    "number": "Number in the tracker",
    "notes": "Notes, brought in with the action",
    "leave": "Leave it out",
}


def _known(heading: str, before: Mapping[str, str]) -> Meaning:
    said = plain(heading)
    told = before.get(said)
    if told in TITLES:
        return next(one for one in TITLES if one == told)
    return next((meaning for meaning, words in WORDS.items() if said in words), "leave")
