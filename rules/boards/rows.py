"""All rows that the boards read of a cycle, as it stands."""

from rules.boards.asked import asked_about
from rules.boards.needs import needs_of
from schemas.boards import BoardRows, Colleague, CycleSession, LeftOpen, OpenAction
from schemas.cycle import Action, Cycle, Session
from schemas.sessions import AgendaWhy

EDITION = 2
"""One more whenever these rules change: `starter.py migrate` then makes all rows again."""


def board_rows(cycle: Cycle) -> BoardRows:
    """The rows of a cycle. They depend on how it stands alone: neither on the day nor on who looks.

    Source: process.events
    """
    open_still = [one for one in cycle.actions if one.open] if not cycle.over else []
    return BoardRows(
        edition=EDITION,
        needs=needs_of(cycle),
        actions=tuple(_action(cycle, one) for one in open_still),
        sessions=tuple(_session(one) for one in cycle.sessions),
        colleagues=_colleagues(cycle),
        left_open=() if cycle.over else (*_doubted(cycle), *_undone(cycle)),
        asked_about=asked_about(cycle),
    )


def _action(cycle: Cycle, one: Action) -> OpenAction:
    agreed = one.confirmed_at or one.clock.starts_at
    held = sorted(it.held_at for it in cycle.sessions if it.held_at and it.held_at > agreed)
    return OpenAction(
        number=one.number,
        what=one.what,
        owner=one.owner,
        state=one.state,
        due_at=one.due.at,
        due_on=one.due.on,
        missed=one.missed,
        moves=one.moves,
        slips=len(one.slips),
        assessment=one.progress[-1].assessment if one.progress else None,
        carried_at=held[0] if held else None,
    )


def _session(one: Session) -> CycleSession:
    return CycleSession(
        number=one.number,
        meeting=one.meeting,
        forum=one.forum,
        starts_at=one.starts_at,
        coming=one.coming,
        cancelled=one.cancelled_at is not None,
        given_at=one.agendas[-1].at if one.agendas else None,
        given_late=bool(one.agendas) and one.agendas[-1].late,
    )


def _colleagues(cycle: Cycle) -> tuple[Colleague, ...]:
    """The newest delegation of each request to each colleague: the one that counts."""
    if cycle.over:
        return ()
    found = {(one.number, lent.to): lent for one in cycle.requests for lent in one.delegations}
    return tuple(
        Colleague(number=number, person=person, until_on=lent.until_on)
        for (number, person), lent in found.items()
    )


def _doubted(cycle: Cycle) -> tuple[LeftOpen, ...]:
    """What the Commissioner is not assured of."""
    found = {}
    for one in cycle.judgements:
        request = cycle.request(one.request)
        if request and request.state != "withdrawn" and one.judgement == "not_assured":
            found[request.number] = request.draft.title
    return tuple(
        LeftOpen(key=f"request/{number}", title=title, why="not_assured", request=number)
        for number, title in found.items()
    )


def _undone(cycle: Cycle) -> tuple[LeftOpen, ...]:
    return tuple(
        LeftOpen(
            key=f"action/{one.number}", title=one.what, why=why, action=one.number,
            from_on=one.due.on if why == "due" else None,
        )
        for one in cycle.actions
        if one.state in ("confirmed", "claimed_done")
        for why in (_why(one),)
    )  # fmt: skip


def _why(one: Action) -> AgendaWhy:
    if one.slips or one.escalations:
        return "slipped"
    return "overdue" if one.missed and one.state == "confirmed" else "due"
