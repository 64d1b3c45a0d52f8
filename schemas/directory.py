"""The directory as it is kept: what was changed of whom, and the acts of a record that is searched."""

from datetime import date, datetime
from typing import Literal

from schemas.people import Role
from schemas.shape import Shape, Slug

Book = Literal["cycles", "programme", "access", "directory"]
"""Which record an act stands in."""


class PersonChange(Shape):
    """One change of an entry of the directory, as it stays on record."""

    key: str
    at: datetime
    by: Slug
    role: Role
    person: Slug
    what: tuple[str, ...]
    """What changed, in words."""
    reason: str


class Lead(Shape):
    """A request that is open with somebody."""

    cycle: str
    number: int
    title: str
    due_at: datetime | None = None


class Sought(Shape):
    """What is looked for in the record: all of these, each left out where it is empty."""

    person: str = ""
    about: str = ""
    """A cycle, a programme, or a person whose entry was changed."""
    act: str = ""
    book: Book | None = None
    since: date | None = None
    until: date | None = None
    """Both days belong to it, as London has them."""


class Done(Shape):
    """One act of the record: who did what when, and about what."""

    at: datetime
    person: str
    role: str
    book: Book
    act: str
    about: str | None = None
    reason: str | None = None


class Standing(Shape):
    """How the store stands: how far the record has got, and what waits."""

    cycles_under_way: int
    acts: int
    """The newest position of the cycles' ledger."""
    last_act_at: datetime | None
    late: int
    """Duties of the engine and of people whose hour has passed and that are not done."""
    late_since: datetime | None
    mails_under_way: int
    mails_bounced: int
    files_waiting: int
    """Files that nobody has scanned yet."""
    files_waiting_since: datetime | None
