"""Performance at a glance: the figures that were taken in, against what is aimed at, and how sure we are."""

from collections.abc import Iterable

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from reference.measures import measures
from rules.clocks import civil
from schemas.calendar import MeasureFigure
from schemas.measures import Measure
from web.door.rooms import rooms
from web.pictures.cards import Card, Figure, card, number
from web.pictures.frame import Table, folded
from web.public.caching import everybody
from web.showing.dates import day
from web.showing.words import plural

router = APIRouter(include_in_schema=False)
SHOWN = 12
"""Figures of a measure that its line shows, the newest."""
SURE = {
    "checked": "Checked by the office",
    "reported": "As the force reported it",
    "provisional": "Provisional",
}
"""What whoever sends a figure may say of it; anything else is not said."""
NOT_SAID = "Not said how far it was checked"
TARGETS = {
    "verified": "the target was read in its source",
    "partly": "the target was read in part",
    "not_verified": "the target has not been verified",
}


@router.api_route("/performance", methods=["GET", "HEAD"])
async def at_a_glance(request: Request) -> Response:
    """Every measure with figures as a card and in a table, and those that wait for their first."""
    here = rooms(request)
    known = measures()
    found = await here.reads.figures([one.id for one in known])
    cards = [(one, made) for one in known if (made := card_of(one, found)).figures]
    return everybody(
        request, "public/performance.html", title="Performance at a glance", waiting=_waiting(known, cards),
        cards=[(card(made), folded(_table(one, found), f"{one.title}: figures")) for one, made in cards],
        sentence=_sentence(cards), known=known,
    )  # fmt: skip


def card_of(measure: Measure, figures: Iterable[MeasureFigure]) -> Card:
    """A measure with its figures, oldest first, the newest so many."""
    own = _own(measure, figures)[-SHOWN:]
    newest = own[-1] if own else None
    said = f"Received on {day(newest.received_at)}" if newest else ""
    return Card(
        name=measure.id,
        title=measure.title,
        unit=measure.unit,
        figures=tuple(Figure(one.period, one.value) for one in own),
        target=measure.target,
        higher_is_better=measure.better == "higher",
        source=f"Source: {newest.source}" if newest and newest.source else "Source: not named",
        received=said,
        sureness=_sure(measure, newest),
        href=f"/plan/{measure.commitments[0].lower()}" if measure.commitments else "",
    )


def _own(measure: Measure, figures: Iterable[MeasureFigure]) -> list[MeasureFigure]:
    return sorted((one for one in figures if one.measure == measure.id), key=lambda one: one.period)


def _sure(measure: Measure, newest: MeasureFigure | None) -> str:
    if newest is None:
        return ""
    figure = SURE.get(newest.sure, NOT_SAID)
    return f"{figure}; {TARGETS[measure.mark]}" if measure.target is not None else figure


def _table(measure: Measure, figures: Iterable[MeasureFigure]) -> Table:
    rows = tuple(
        (one.period, f"{number(one.value)}{measure.unit}", _aim(measure), one.as_at or "not said",
         day(civil(one.received_at)), one.source or "not named", SURE.get(one.sure, NOT_SAID))
        for one in reversed(_own(measure, figures))
    )  # fmt: skip
    heads = ("Period", "Figure", "Target", "As at", "Received", "Source", "How sure")
    return Table(measure.title, heads, rows)


def _aim(measure: Measure) -> str:
    if measure.target is None:
        return "none"
    return f"{'at least' if measure.better == 'higher' else 'at most'} {number(measure.target)}{measure.unit}"


def _waiting(known: tuple[Measure, ...], cards: list[tuple[Measure, Card]]) -> list[Measure]:
    shown = {one.id for one, _ in cards}
    return [one for one in known if one.id not in shown]


def _sentence(cards: list[tuple[Measure, Card]]) -> str:
    """How the newest figures stand against their targets, in one sentence."""
    judged = [made for _, made in cards if made.met is not None]
    if not judged:
        return ""
    met = sum(bool(one.met) for one in judged)
    return f"{met} of {plural(len(judged), 'measure')} with a target met it in the newest period."
