"""What of the programme needs somebody, for their page of work."""

from collections.abc import Callable, Iterator

from rules.programme.years import label, opens_at
from schemas.people import Person, Role
from web.needing.need import Need
from web.programme.board import Board
from web.programme.wording import address
from web.showing.words import plural


def programme_needs(board: Board, person: Person) -> list[Need]:
    """What needs this person."""
    return list(FINDERS[person.role](board)) if person.role in FINDERS else []


def _officer(board: Board) -> Iterator[Need]:
    for slot in board.not_opened:
        place, title = address(slot.number), board.say(slot.draft.title)
        what = f"A cycle could not be opened: {board.say(slot.refused)}"
        yield Need(what, slot.number, title, "Put it right", place, opens_at(slot), "late", place)
    for slot in board.on_holidays:
        place, title = address(slot.number), board.say(slot.draft.title)
        href = f"/programme/move?how=holidays&slots={slot.number}"
        what = "A cycle is planned on a day on which nobody works"
        yield Need(what, slot.number, title, "Move it", href, board.now, "today", place)
    if board.waiting:
        href, count = "/programme/proposals", len(board.waiting)
        what = f"{plural(count, 'proposal')} from outside {'waits' if count == 1 else 'wait'} for a decision"
        yield Need(what, "Programme", "Proposals", "Decide", href, board.waiting[0].at, "today", href)


def _commissioner(board: Board) -> Iterator[Need]:
    programme = board.programme
    for year in programme.years if programme else ():
        waiting = board.to_adopt(year)
        if waiting and programme:
            late = any(one.draft.opens_on <= board.today for one in waiting)
            what = (
                f"{plural(len(waiting), 'cycle')} of {label(year)} {'waits' if len(waiting) == 1 else 'wait'}"
            )
            yield Need(
                f"{what} to be adopted", "Programme", label(year), "Read and adopt",
                f"/programme/adopt?year={year}",
                min(opens_at(one) for one in waiting) if late else programme.changed_at,
                "late" if late else "today", f"/programme?year={year}",
            )  # fmt: skip


FINDERS: dict[Role, Callable[[Board], Iterator[Need]]] = {
    Role.POLICY_OFFICER: _officer,
    Role.COMMISSIONER: _commissioner,
    Role.ACTING_COMMISSIONER: _commissioner,
}
