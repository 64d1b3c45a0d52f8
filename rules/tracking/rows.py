"""What the rows of a tracker give: actions to bring in, rows that are over, every bad row with its words."""

import difflib
import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from rules.tracking.columns import heading_place, headings, plain
from rules.tracking.days import day_of
from schemas.people import Person
from schemas.trackers import Became, Cell, Fault, Item, Looked, Meaning, Meant, Over, SheetRow

OVER = frozenset({
    "closed", "complete", "completed", "done", "discharged", "implemented", "cancelled", "withdrawn",
    "superseded", "blue", "yes", "no longer required", "closed complete", "signed off", "c",
})  # fmt: skip
OPEN = frozenset({
    "", "open", "ongoing", "on going", "in progress", "outstanding", "not started", "on track", "overdue",
    "red", "amber", "green", "new", "live", "active", "started", "delayed", "at risk", "no", "c fwd",
    "carried forward",     "o", "pending",
})  # fmt: skip
LONGEST = 8_000
"""Letters of an action with its notes."""
NEAR = 0.6
OWNING = ("opcc", "force")
SAID: tuple[Meaning, ...] = ("number", "owner", "due", "closed", "status")
"""What is kept of a row that is over, beside its words."""


@dataclass(frozen=True)
class Around:
    """What is known beside the sheet: people, what is here already, what became of its rows, the day.

    Source: local.import
    """

    people: Mapping[str, Person]
    here: Mapping[str, str] = field(default_factory=dict)
    """Numbers of open actions by their words, plain."""
    done: Mapping[int, Became] = field(default_factory=dict)
    today: date = date.min
    kept: Mapping[str, str] = field(default_factory=dict)
    """From where a closed row was kept before, by its mark."""


def look(rows: Sequence[SheetRow], meant: Meant, around: Around) -> Looked:
    """What an import would do, row by row. A row with anything wrong is left whole.

    Source: local.import
    """
    names = headings(rows)
    seen: dict[str, int] = {}
    items: list[Item] = []
    over: dict[str, Over] = {}
    here: list[Fault] = []
    faults: list[Fault] = []
    unknown: dict[str, None] = {}
    for row in rows[heading_place(rows) + 1 :]:
        one = _Row(row, meant, names, around)
        if one.repeats_headings or not one.filled:
            continue
        if one.over:
            _over(one, over, here, faults)
            continue
        found = one.item()
        before = one.standing(seen)
        if before:
            here.append(before)
        elif isinstance(found, Item):
            items.append(found)
            seen[plain(found.what)] = row.number
        else:
            faults.extend(found)
            unknown.update(dict.fromkeys(one.strangers))
    return Looked(tuple(items), tuple(over.values()), tuple(here), tuple(faults), tuple(unknown))


def _over(one: "_Row", over: dict[str, Over], here: list[Fault], faults: list[Fault]) -> None:
    """A row that is over: to be kept, kept already, the same as another, or wrong in itself."""
    found = one.closed()
    if not isinstance(found, Over):
        faults.extend(found)
    elif before := one.kept(found, over):
        here.append(before)
    else:
        over[found.mark] = found


def nearest(name: str, people: Mapping[str, Person], most: int = 3) -> list[Person]:
    """Who of the directory may be meant by a name that stands in a tracker.

    Source: local.import
    """
    titles = {plain(one.title): one for one in people.values() if one.side in OWNING}
    close = difflib.get_close_matches(plain(name), titles, most, NEAR)
    words = set(plain(name).split())
    shared = sorted(titles, key=lambda title: -len(words & set(title.split())))
    also = [one for one in shared if words & set(one.split()) - {"of", "the", "and"}]
    return [titles[one] for one in dict.fromkeys([*close, *also])][:most]


class _Row:
    """One row, read by what its columns were said to mean."""

    def __init__(self, row: SheetRow, meant: Meant, names: Sequence[str], around: Around) -> None:
        self.row, self.meant, self.names, self.around = row, meant, names, around
        self.faults: list[Fault] = []
        self.strangers: list[str] = []

    @property
    def filled(self) -> bool:
        return any(self._cell(place).text for place, one in enumerate(self.meant.columns) if one != "leave")

    @property
    def repeats_headings(self) -> bool:
        said = [plain(one.text) for one in self.row.cells if one.text]
        return bool(said) and said == [plain(name) for name in self.names if plain(name) in said]

    @property
    def over(self) -> bool:
        """Whether the tracker says that this is over."""
        return plain(self._of("status").text) in OVER

    def standing(self, seen: Mapping[str, int]) -> Fault | None:
        """Where this row is here already: brought in before, open in the same words, or twice here."""
        what = plain(self._of("what").text)
        before = self.around.done.get(self.row.number)
        if before and before.became == "proposed":
            return self._fault("what", f"Brought in already, as action {before.action}.")
        if number := self.around.here.get(what):
            return self._fault("what", f"Action {number} is open with the same words.")
        if first := seen.get(what):
            return self._fault("what", f"Row {first} has the same words.")
        return None

    def item(self) -> Item | list[Fault]:
        what, owner, due_on = self._what(), self._owner(), self._due()
        status = self._of("status")
        if plain(status.text) not in OPEN:
            self._note("status", "It is not clear whether this is over. Write Open or Closed.")
        notes = self._notes()
        self._formulas()
        if len(what) + len(notes) > LONGEST:
            self._note("what", f"This is longer than {LONGEST:,} letters with its notes. Shorten it.")
        if self.faults or due_on is None:
            return self.faults
        was = self._of("due").text if due_on == self.meant.new_day else ""
        return Item(self.row.number, what, owner, due_on, self._of("number").text[:60], was[:60], notes)

    def closed(self) -> Over | list[Fault]:
        """What the tracker says of a row that is over. Owner and days stand as they are written there."""
        what, cell, notes = self._what("was"), self._of("closed"), self._notes()
        read = day_of(cell) if cell.text else None
        closed_on = read if isinstance(read, date) else None
        if closed_on and closed_on > self.around.today:
            self._note("closed", f"{closed_on.day} {closed_on:%B %Y} is still to come. Put the day right.")
        elif isinstance(read, str):
            self._note("closed", read)
        self._formulas()
        if len(what) + len(notes) > LONGEST:
            self._note("what", f"This is longer than {LONGEST:,} letters with its notes. Shorten it.")
        if self.faults:
            return self.faults
        said = {one: self._of(one).text.strip() for one in SAID}
        told = (said["number"], what) if said["number"] else (*said.values(), what, notes)
        mark = hashlib.sha256("\n".join(plain(one) for one in told).encode()).hexdigest()
        return Over(
            self.row.number, what, said["status"][:60], said["owner"][:200], said["number"][:60],
            said["due"][:60], said["closed"][:60], closed_on, notes, mark,
        )  # fmt: skip

    def kept(self, found: Over, others: Mapping[str, Over]) -> Fault | None:
        """Where a row that is over is kept already, or stands twice here."""
        if source := self.around.kept.get(found.mark):
            return self._fault("what", f"Kept as closed history already, from {source}.")
        if other := others.get(found.mark):
            return self._fault("what", f"Row {other.row} says the same.")
        return None

    def _what(self, when: str = "is") -> str:
        said = self._of("what").text.strip()
        if not said:
            to_do = "is to be" if when == "is" else "was"
            self._note("what", f"It says nothing. Write what {to_do} done.")
        return said

    def _owner(self) -> str:
        said = self._of("owner").text.strip()
        if not said:
            self._note("owner", "Nobody is named. Write the title or the mail address of the owner.")
            return ""
        found = self.meant.who.get(plain(said)) or _known(said, self.around.people)
        if found:
            return found
        self.strangers.append(said[:120])
        near = " or ".join(one.title for one in nearest(said, self.around.people))
        hint = f"Did you mean {near}?" if near else "Write the title as the directory has it."
        self._note("owner", f"Nobody in the directory is called so. {hint}")
        return ""

    def _due(self) -> date | None:
        cell = self._of("due")
        found = day_of(cell) if cell.text else "No day is given. Write one such as 27/3/2027."
        if isinstance(found, date) and found > self.around.today:
            return found
        if self.meant.new_day and (isinstance(found, date) or not cell.text):
            return self.meant.new_day
        if isinstance(found, date):
            found = f"{found.day} {found:%B %Y} is past. Give such rows a new day below."
        self._note("due", found)
        return None

    def _notes(self) -> str:
        places = [place for place, one in enumerate(self.meant.columns) if one == "notes"]
        return "\n".join(
            f"{self.names[place]}: {self._cell(place).text}" for place in places if self._cell(place).text
        )

    def _formulas(self) -> None:
        for place, meaning in enumerate(self.meant.columns):
            cell = self._cell(place)
            if meaning != "leave" and cell.kind in ("formula", "error"):
                why = "a formula whose result is not in the file" if cell.kind == "formula" else "an error"
                self._note(meaning, f"This is {why}. Copy the column and paste it as values.", place)

    def _of(self, meaning: Meaning) -> Cell:
        return self._cell(self.meant.columns.index(meaning)) if meaning in self.meant.columns else Cell()

    def _cell(self, place: int) -> Cell:
        return self.row.cells[place] if place < len(self.row.cells) else Cell()

    def _note(self, meaning: Meaning, message: str, place: int | None = None) -> None:
        self.faults.append(self._fault(meaning, message, place))

    def _fault(self, meaning: Meaning, message: str, place: int | None = None) -> Fault:
        if place is None:
            place = self.meant.columns.index(meaning) if meaning in self.meant.columns else None
        found = self._cell(place).text if place is not None else ""
        column = self.names[place] if place is not None and place < len(self.names) else meaning
        return Fault(self.row.number, column, found[:200], message)


def _known(said: str, people: Mapping[str, Person]) -> str | None:
    """The one person of either side who is called so, or reached so."""
    wanted = plain(re.sub(r"\s*\([^)]*\)$", "", said))
    for one in people.values():
        if one.side in OWNING and (
            wanted in (plain(one.title), plain(one.id)) or said.casefold() == one.address
        ):
            return one.id
    return None
