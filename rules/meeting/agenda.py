"""The agenda that the record itself proposes: due, not returned, slipped, late, or doubted before."""

from collections.abc import Iterator, Sequence
from datetime import date

from schemas.cycle import Action, Cycle, Request
from schemas.sessions import AgendaItem, AgendaWhy
from schemas.shape import TextRef

WEAK = ("partly_assured", "not_assured")
"""Judgements after which an item of the same cycle comes back."""


def agenda(cycles: Sequence[Cycle], others: Sequence[Cycle], on: date) -> tuple[AgendaItem, ...]:
    """What the agenda of a meeting on a day would be: `cycles` are on it, `others` lend what they left open.

    What was doubted at earlier sessions comes first, then the evidence, what slipped or is late or falls due
    by then, and what the public asks. The office puts it in its own order and adds to it.

    Source: process.commands
    Units: a civil day in London.
    """
    items: dict[tuple[object, ...], AgendaItem] = {}
    for item in (
        *(one for cycle in cycles for one in _doubted(cycle, WEAK)),
        *(one for cycle in others for one in _doubted(cycle, ("not_assured",))),
        *(one for cycle in cycles for one in _evidence(cycle)),
        *(one for cycle in (*cycles, *others) for one in _actions(cycle, on)),
        *(one for cycle in cycles for one in _asked_by_public(cycle)),
    ):
        items.setdefault((item.cycle, item.request, item.action, item.question), item)
    return tuple(
        one.model_copy(update={"number": number}) for number, one in enumerate(items.values(), start=1)
    )


def agenda_with(cycles: Sequence[Cycle], lent: Sequence[AgendaItem], on: date) -> tuple[AgendaItem, ...]:
    """The same agenda, where what other cycles left open comes as rows (`rules.boards`) instead of cycles.

    Source: process.commands
    Units: a civil day in London.
    """
    own = agenda(cycles, (), on)
    doubted = [one for one in lent if one.why == "not_assured"]
    late = [one for one in lent if one.why != "not_assured"]
    first = [one for one in own if one.why == "not_assured"]
    asked = [one for one in own if one.why == "asked_by_public"]
    middle = [one for one in own if one not in first and one not in asked]
    return in_order((*first, *doubted, *middle, *late, *asked))


def in_order(items: Sequence[AgendaItem]) -> tuple[AgendaItem, ...]:
    """The same items numbered from 1 in the order in which they stand.

    Source: process.commands
    """
    return tuple(one.model_copy(update={"number": number}) for number, one in enumerate(items, start=1))


def _doubted(cycle: Cycle, judgements: tuple[str, ...]) -> Iterator[AgendaItem]:
    for one in cycle.judgements:
        request = cycle.request(one.request)
        if request and request.state != "withdrawn" and one.judgement in judgements:
            yield _item(request.draft.title, "not_assured", cycle, request=request.number)


def _evidence(cycle: Cycle) -> Iterator[AgendaItem]:
    settled = {one.request for one in cycle.judgements if one.judgement == "assured"}
    for one in cycle.requests:
        if one.state != "withdrawn" and one.number not in settled:
            why: AgendaWhy = "not_returned" if _missing(one) else "due"
            yield _item(one.draft.title, why, cycle, request=one.number)
    for planned in cycle.planned:
        yield _item(planned.draft.title, "due", cycle, request=planned.request)


def _missing(one: Request) -> bool:
    return one.non_response_at is not None or (one.open and one.late)


def _actions(cycle: Cycle, on: date) -> Iterator[AgendaItem]:
    for one in cycle.actions:
        if why := _why(one, on):
            yield _item(one.what, why, cycle, action=one.number)


def _why(one: Action, on: date) -> AgendaWhy | None:
    if one.state not in ("confirmed", "claimed_done"):
        return None
    if one.slips or one.escalations:
        return "slipped"
    if one.missed and one.state == "confirmed":
        return "overdue"
    return "due" if one.due.on <= on else None


def _asked_by_public(cycle: Cycle) -> Iterator[AgendaItem]:
    for session in cycle.sessions:
        for one in session.questions if session.coming else ():
            if one.asked_by == "public":
                yield _item(one.question, "asked_by_public", cycle, question=one.number)


def _item(title: TextRef, why: AgendaWhy, cycle: Cycle, **about: object) -> AgendaItem:
    return AgendaItem.model_validate(
        {"number": 1, "title": title, "why": why, "cycle": cycle.reference, **about}
    )
