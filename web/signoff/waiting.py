"""What waits for whoever signs: their needs, sorted by what is wanted of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from starlette.requests import Request

from rules.acting.appointments import role_since
from rules.acting.authority import MAY
from rules.boards import whom_of
from rules.clocks import civil
from schemas.people import Person, Role
from schemas.reading import Seen
from web.door.rooms import rooms
from web.needing.need import Need
from web.needing.words import need_of
from web.programme.board import board_of
from web.programme.needs import programme_needs
from web.showing.pages import A_PAGE, skip

SIGNERS = MAY["ApproveFindings"]
"""Whose page this is."""
GROUPS = (
    ("Findings to sign", ("signature",)),
    ("How assured you are", ("judgement", "judgement_made")),
    ("More time, and what is claimed sensitive", ("extension", "claim")),
    ("The programme", ("programme",)),
)
REST = "Also yours"
ORDER = ("late", "today", "later")


@dataclass(frozen=True)
class Group:
    """What is wanted in one way."""

    title: str
    needs: tuple[Need, ...]


@dataclass(frozen=True)
class PutOff:
    """Something that was put off, and the day of the reminder."""

    need: Need
    until_on: date


@dataclass(frozen=True)
class Waiting:
    """Everything that waits for somebody, and how much there is."""

    groups: tuple[Group, ...]
    put_off: tuple[PutOff, ...]
    all: int
    rows: int
    """Of all, what comes from cycles: these are what is turned page by page."""

    @property
    def sentence(self) -> str:
        """How much waits, in one sentence."""
        here = sum(len(one.needs) for one in self.groups)
        if not self.all:
            return "Nothing waits for you."
        if not here:
            return "Nothing waits for you today: what there is, you put off."
        return f"{self.all} thing{' waits' if self.all == 1 else 's wait'} for you."


async def waiting_for(request: Request, person: Person, page: int = 1) -> Waiting:
    """What waits for somebody, the most urgent first within each group; a page of it."""
    here = rooms(request)
    found = await here.reads.needs(whom_of(person), person.id, here.now(), A_PAGE, skip(page))
    planned = programme_needs(await board_of(request), person)
    named = [(row.what, need_of(row)) for row in found.rows]
    to_sign = [row.cycle for row in found.rows if row.what == "signature"]
    read = await here.seen.seen(person.id, to_sign) if here.seen and to_sign else []
    later = _put_off(named, read, civil(here.now()))
    away = {one.need for one in later}
    beside = [("programme", one) for one in planned] if page == 1 else []
    return Waiting(
        groups=_grouped([pair for pair in (*named, *beside) if pair[1] not in away]),
        put_off=later,
        all=found.all + len(planned),
        rows=found.all,
    )


async def anything_waits(request: Request, person: Person) -> bool:
    """Whether somebody whose page this is has anything on it that they did not put off."""
    return person.role in SIGNERS and bool((await waiting_for(request, person)).groups)


def _put_off(named: Iterable[tuple[str, Need]], read: Sequence[Seen], today: date) -> tuple[PutOff, ...]:
    """Findings whose newest reading was put off to a day that is still to come."""
    newest = {one.cycle: one for one in read}
    return tuple(
        PutOff(need, until)
        for what, need in named
        if what == "signature" and (until := _until(newest.get(need.cycle))) and until > today
    )


def _until(one: Seen | None) -> date | None:
    return one.until_on if one else None


def _grouped(named: Sequence[tuple[str, Need]]) -> tuple[Group, ...]:
    known = {what for _title, kinds in GROUPS for what in kinds}
    parts = [*GROUPS, (REST, tuple({what for what, _need in named if what not in known}))]
    found = (
        Group(title, tuple(sorted((need for what, need in named if what in kinds), key=_urgency)))
        for title, kinds in parts
    )
    return tuple(one for one in found if one.needs)


def _urgency(one: Need) -> tuple[int, object]:
    return ORDER.index(one.state), one.at


def acts_for(person: Person, today: date) -> str:
    """On whose behalf somebody acts, in a sentence; empty where in their own office."""
    if person.role != Role.ACTING_COMMISSIONER:
        return ""
    since = role_since(person, person.role, today)
    begun = f" since {since:%A %-d %B %Y}" if since else ""
    return (
        f"You act for the Commissioner{begun} (Police Reform and Social Responsibility Act 2011, s.62). "
        "What you sign counts as signed in the Commissioner's place, and the record names you."
    )
