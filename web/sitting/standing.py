"""Whether another has recorded the same just before, so that nobody records it twice unawares."""

from collections.abc import Iterator
from datetime import datetime

from starlette.requests import Request

from rules.clocks import civil
from rules.meeting.minutes import day_of
from schemas.people import Actor, Person
from web.door.rooms import rooms
from web.forms.posted import Posted
from web.showing import words as say
from web.showing.dates import moment
from web.sitting.place import Item

AT_ONCE, HOUR = 60, 3600
"""Seconds."""
Standing = tuple[Actor, datetime, str]
"""Who recorded it, when, and what it is called."""


async def stands_already(
    request: Request, item: Item, kind: str, posted: Posted, person: Person
) -> str | None:
    """A sentence where somebody else has recorded the same at this session.

    None where nobody has, or where this very entry is on record already.
    """
    found = [one for one in _like(item, kind, posted) if one[0].person != person.id]
    here = rooms(request)
    if not found or await here.reads.written(item.part.cycle, posted.key):
        return None
    by, at, what = found[-1]
    return (
        f"The {by.role.value.replace('_', ' ')} recorded {what} {ago(at, here.now())}. Nothing was lost: "
        "what you typed is still here. Record it as well only if it is something else."
    )


def ago(at: datetime, now: datetime) -> str:
    """How long ago something was, such as `2 minutes ago`; longer ago, the moment itself."""
    seconds = (now - at).total_seconds()
    if seconds < AT_ONCE:
        return "just now"
    return f"{say.plural(int(seconds // 60), 'minute')} ago" if seconds < HOUR else f"on {moment(at)}"


def _like(item: Item, kind: str, posted: Posted) -> Iterator[Standing]:
    if kind == "JudgeAssurance":
        yield from _judged(item)
    elif kind == "RecordDecision":
        yield from _decided(item, posted.typed.one("title"))
    elif kind == "ProposeAction":
        yield from _proposed(item, posted.typed.one("what"))


def _judged(item: Item) -> Iterator[Standing]:
    about = (item.part.session.number, item.request)
    for one in item.part.page.cycle.judgements:
        if (one.session, one.request) == about:
            yield one.by, one.at, f"“{say.ASSURANCE[one.judgement].lower()}” on this item"


def _decided(item: Item, title: str) -> Iterator[Standing]:
    page, day = item.part.page, day_of(item.part.session)
    for one in page.cycle.decisions:
        if civil(one.at) >= day and _same(page.say(one.title), title):
            yield one.by, one.at, "this decision"


def _proposed(item: Item, what: str) -> Iterator[Standing]:
    page, day = item.part.page, day_of(item.part.session)
    for one in page.cycle.actions:
        if civil(one.clock.starts_at) >= day and _same(page.say(one.what), what):
            yield one.proposed_by, one.clock.starts_at, "this action"


def _same(one: str, other: str) -> bool:
    return _plain(one) == _plain(other)


def _plain(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip(" .")
