"""A session that was told to its end: what the record says of it beside what the product has."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from rules.apply import add_up
from schemas.cycle import Cycle, Request
from schemas.cycle import Session as Sitting
from schemas.records import Entry
from schemas.rows import CyclePage, PublicationRow
from schemas.sessions import AgendaItem
from store.pool import Pool

Happened = TypeVar("Happened")


@dataclass(frozen=True)
class Whole:
    """One session that was told to its end: what the record says, and what the product has."""

    name: str
    record: dict[str, Any]
    page: CyclePage
    entries: tuple[Entry, ...]
    published: PublicationRow
    pool: Pool
    """Where all of them are kept."""

    @property
    def cycle(self) -> Cycle:
        """The cycle as it ended."""
        return self.page.cycle

    @property
    def sitting(self) -> Sitting:
        """Its one session."""
        (one,) = self.cycle.sessions
        return one

    @property
    def agenda(self) -> tuple[AgendaItem, ...]:
        """The agenda as it was published, once."""
        (one,) = self.sitting.agendas
        return one.agenda

    def titled(self, title: str) -> list[Request]:
        """Its requests of a title."""
        return [one for one in self.cycle.requests if self.page.say(one.draft.title) == title]

    def at(self, until: datetime) -> Cycle:
        """The cycle as it stood just before an instant."""
        return add_up(tuple(one for one in self.entries if one.at < until), None)

    def events(self, kind: type[Happened]) -> list[tuple[datetime, Happened]]:
        """Everything of one kind that happened, and when."""
        return [(one.at, one.event) for one in self.entries if isinstance(one.event, kind)]

    def when(self, kind: str) -> datetime:
        """When something happened first."""
        return next(one.at for one in self.entries if one.event.kind == kind)
