"""An office's own tracker on its way in: its sheets, what columns mean, what rows give."""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from schemas.shape import Instant

Kind = Literal["text", "number", "day", "formula", "error"]
Meaning = Literal["what", "owner", "due", "closed", "status", "number", "notes", "leave"]
"""What a column says; `leave`: it is left out."""
Cells = tuple["Cell", ...]


@dataclass(frozen=True)
class Cell:
    """One cell as text, and what it was in the file; a day stands as 2027-03-27."""

    text: str = ""
    kind: Kind = "text"


@dataclass(frozen=True)
class SheetRow:
    """One row that is not empty, under the number that the spreadsheet shows beside it."""

    number: int
    cells: Cells


@dataclass(frozen=True)
class Sheet:
    """One sheet of a file."""

    name: str
    rows: tuple[SheetRow, ...]
    hidden: bool = False


@dataclass(frozen=True)
class Book:
    """A file that could be read."""

    sheets: tuple[Sheet, ...]


@dataclass(frozen=True)
class NotRead:
    """Why a file cannot be read, and what to do."""

    message: str


@dataclass(frozen=True)
class Meant:
    """What somebody said that a sheet means."""

    columns: tuple[Meaning, ...] = ()
    """By place; empty while nobody has said."""
    who: dict[str, str] = field(default_factory=dict)
    """People's ids by the names that stand in the sheet."""
    commitment: str = ""
    new_day: date | None = None
    """For rows whose day is past, or that have none."""


@dataclass(frozen=True)
class Fault:
    """What is wrong with a row: where, what was found there, and what to write in its place."""

    row: int
    column: str
    found: str
    message: str


@dataclass(frozen=True)
class Item:
    """An action as a row gives it."""

    row: int
    what: str
    owner: str
    due_on: date
    number: str = ""
    was_due: str = ""
    notes: str = ""


@dataclass(frozen=True)
class Over:
    """A row that the tracker has as over, in the tracker's own words: nothing of it was done here."""

    row: int
    what: str
    status: str
    owner: str = ""
    """As the tracker names them."""
    number: str = ""
    due: str = ""
    """As the tracker writes it."""
    closed: str = ""
    """When it was closed, as the tracker writes it."""
    closed_on: date | None = None
    notes: str = ""
    mark: str = ""
    """The same for the same row in another file."""


@dataclass(frozen=True)
class KeptOver:
    """A row that was over, as it was kept: what the tracker says, from which file, by whom."""

    over: Over
    file: str
    sheet: str
    digest: str
    by: str
    at: Instant


@dataclass(frozen=True)
class KeptPage:
    """Some of them, and how many there are."""

    rows: tuple[KeptOver, ...]
    all: int


@dataclass(frozen=True)
class Looked:
    """What an import would do: rows to bring in, rows that are over, rows already here, and what is wrong."""

    items: tuple[Item, ...] = ()
    over: tuple[Over, ...] = ()
    """To be kept as closed history, apart from the record."""
    here: tuple[Fault, ...] = ()
    faults: tuple[Fault, ...] = ()
    unknown: tuple[str, ...] = ()
    """Names of the sheet that the directory does not have."""

    @property
    def wrong_rows(self) -> tuple[int, ...]:
        """The rows with a fault."""
        return tuple(sorted({one.row for one in self.faults}))


@dataclass(frozen=True)
class Became:
    """What became of a row when it was handed in."""

    row: int
    became: Literal["proposed", "refused"]
    said: str
    cycle: str | None = None
    action: str | None = None


@dataclass(frozen=True)
class Import:
    """One sheet that was uploaded, with what it was said to mean."""

    number: int
    digest: str
    sheet: str
    name: str
    person: str
    at: Instant
    rows: tuple[SheetRow, ...]
    meant: Meant
    confirmed_at: Instant | None = None
