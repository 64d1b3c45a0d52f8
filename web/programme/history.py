"""The programme's ledger in words: the lines of one cycle to come, or of a year."""

from collections.abc import Iterable, Iterator
from typing import Any, Protocol

from rules.duties.lateness import spelled
from schemas.programme.records import ProgrammeEntry
from web.programme.board import Board
from web.programme.wording import TITLES
from web.showing import dates, words
from web.showing.history import Happened

TEXTS = ("reason", "because")


class ReadsEntries(Protocol):
    """Where the ledger and its words are read."""

    async def programme_entries(self, reference: str) -> tuple[ProgrammeEntry, ...]:
        """All entries, oldest first."""
        ...

    async def words(self, refs: set[str]) -> dict[str, str]:
        """The words of some texts."""
        ...


async def history_of(reads: ReadsEntries, board: Board, number: str) -> list[Happened]:
    """What happened to one slot, newest first."""
    entries = await reads.programme_entries(board.reference)
    concerned = [one for one in entries if getattr(one.event, "slot", None) == number]
    said = await reads.words({ref for one in concerned for ref in _texts(one.event)})
    return [_happened(one, board, said) for one in reversed(concerned)]


def _happened(entry: ProgrammeEntry, board: Board, said: dict[str, str]) -> Happened:
    by = entry.actor
    return Happened(
        title=TITLES[entry.event.kind],
        by=board.people[by.person].title if by.person in board.people else words.role(by.role),
        at=entry.at,
        facts=tuple(_facts(entry.event)),
        said=tuple(said[ref] for ref in _texts(entry.event) if ref in said),
    )


def _texts(event: Any) -> Iterable[str]:
    draft = getattr(event, "draft", None)
    named = [getattr(event, name, None) for name in TEXTS] + [getattr(draft, "title", None)]
    return [ref for ref in named if isinstance(ref, str)]


def _facts(event: Any) -> Iterator[str]:
    draft = getattr(event, "draft", event)
    if hasattr(draft, "opens_on"):
        yield f"Opens on {dates.day(draft.opens_on)}"
        if draft.session_at:
            yield f"Session {dates.moment(draft.session_at)}"
    if event.kind == "SlotMoved":
        before = f"Before: opened on {dates.day(event.opened_on_before)}"
        held = event.session_at_before
        yield f"{before}, session {dates.moment(held)}" if held else before
    if getattr(event, "again", False):
        yield "Something else is asked, so it has to be adopted again"
    if getattr(event, "cycle", None):
        yield f"As {event.cycle}"
    if getattr(event, "proposal", None):
        yield f"From proposal {event.proposal}"
    if late_by := getattr(event, "late_by", None):
        yield f"Planned {dates.moment(event.planned_at)}, opened {spelled(late_by)} later"
