"""What needs somebody: from the cycles as they stand to a list in order of need, one right button each."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from rules.clocks import civil
from schemas.cycle import Cycle, Session
from schemas.people import Person, Role
from schemas.rows import CyclePage
from web.needing.findings import checking, fact_checking, publishing, signing
from web.needing.need import Need, need_of
from web.needing.requests import certifying, claims, clarifying, uncertified

STATE = ("late", "today", "later")


Finder = Callable[[CyclePage, Person, datetime], Iterable[Need]]


def needs(pages: Iterable[CyclePage], person: Person, now: datetime, more: Iterable[Need] = ()) -> list[Need]:
    """What needs this person, the most urgent first; `more` is of the programme."""
    found = [
        need
        for page in pages
        if not page.cycle.over
        for finder in FINDERS.get(person.role, ())
        for need in finder(page, person, now)
    ]
    return sorted([*found, *more], key=lambda one: (STATE.index(one.state), one.at))


def sentence(found: list[Need], next_due: str | None) -> str:
    """Whether today is fine, in one sentence."""
    today = sum(1 for one in found if one.state != "later")
    if today:
        rest = "Everything else is on time." if today == len(found) else "The rest can wait."
        return f"{today} thing{' needs' if today == 1 else 's need'} you today. {rest}"
    if found:
        return "Nothing needs you today. What comes next is below."
    return f"Nothing needs you. {next_due}" if next_due else "Nothing needs you."


def _evidence(page: CyclePage, _person: Person, _now: datetime) -> Iterator[Need]:
    reference, title = page.cycle.reference, page.say(page.cycle.title)
    for one in page.cycle.requests:
        href = f"/cycles/{reference}/requests/{one.number}"
        named = f"request {one.number}, {page.say(one.draft.title)}"
        if one.extension:
            what = f"More time is asked for: {named}"
            yield need_of(page, "DecideExtension", what, "Decide", one.extension.at, request=one.number)
        elif one.state == "returned" and not (one.draft.certify and not one.returns[-1].certificate):
            at = one.returns[-1].received_at
            yield Need(f"A return is to be checked: {named}", reference, title, "Check it", href, at)
        elif one.open and one.late and one.due:
            what = f"Evidence is late: {named}"
            yield Need(what, reference, title, "See what was sent", href, one.due.at, "late")


def _next_session(cycle: Cycle) -> Session | None:
    return next((one for one in cycle.sessions if one.coming), None)


def _sessions(page: CyclePage, _person: Person, now: datetime) -> Iterator[Need]:
    cycle = page.cycle
    coming = _next_session(cycle)
    if coming is None and not cycle.sessions:
        need = need_of(page, "FixSession", "The session has no day yet", "Fix the day", cycle.opened_at)
        yield Need(**{**vars(need), "state": "later"})
    elif coming and civil(coming.starts_at) <= civil(now) and coming.starts_at <= now:
        what = "The session has begun: record who attended"
        yield need_of(page, "RecordAttendance", what, "Record", coming.starts_at)


def _drafting(page: CyclePage, person: Person, _now: datetime) -> Iterator[Need]:
    cycle = page.cycle
    held = [one.held_at for one in cycle.sessions if one.held_at]
    if held and not cycle.findings and _next_session(cycle) is None:
        yield need_of(page, "DraftFindings", "The findings are to be drafted", "Draft", held[-1])
    for action in cycle.actions:
        if action.state == "claimed_done" and action.claimed_at:
            what = f"Action {action.number} is said to be done: check the proof"
            yield need_of(page, "VerifyDone", what, "Check it", action.claimed_at, action=action.number)
        if action.date_asked:
            what = f"A later day is asked for action {action.number}: {page.say(action.what)}"
            at = action.date_asked.at
            yield need_of(page, "DecideActionDate", what, "Decide", at, action=action.number)
        if action.state == "disputed" and action.proposed_by.side == person.side:
            what = f"The other side disputes action {action.number}: {page.say(action.what)}"
            href = f"/cycles/{cycle.reference}/actions/{action.number}"
            title, since = page.say(cycle.title), action.clock.starts_at
            yield Need(what, cycle.reference, title, "Settle it", href, since)


def _deciding(page: CyclePage, _person: Person, _now: datetime) -> Iterator[Need]:
    for one in page.cycle.requests:
        if one.extension:
            what = f"More time is asked for: request {one.number}, {page.say(one.draft.title)}"
            yield need_of(page, "DecideExtension", what, "Decide", one.extension.at, request=one.number)


def _judging(page: CyclePage, _person: Person, _now: datetime) -> Iterator[Need]:
    cycle = page.cycle
    held = [one.held_at for one in cycle.sessions if one.held_at]
    if held and not cycle.judgements and not cycle.findings:
        yield need_of(page, "JudgeAssurance", "Say how assured you are", "Judge", held[-1])
    waiting = [one.at for one in cycle.judgements if not one.confirmed_by and not cycle.findings]
    if waiting:
        what = "A judgement was recorded for you: confirm it"
        yield need_of(page, "ConfirmAssurance", what, "Confirm", waiting[0])


def _proposals(page: CyclePage, person: Person, _now: datetime) -> Iterator[Need]:
    for action in page.cycle.actions:
        theirs = action.state == "proposed" and action.proposed_by.side != person.side
        if theirs and person.role == Role.THEMATIC_LEAD and action.owner != person.id:
            continue
        if theirs:
            what = f"Action {action.number} was proposed: {page.say(action.what)}"
            yield need_of(
                page, "ConfirmAction", what, "Confirm it", action.clock.starts_at, action=action.number
            )


FINDERS: dict[Role, tuple[Finder, ...]] = {
    Role.POLICY_OFFICER: (
        _evidence,
        clarifying,
        claims,
        uncertified,
        _sessions,
        _drafting,
        checking,
        _proposals,
    ),
    Role.COMMISSIONER: (_judging, signing),
    Role.ACTING_COMMISSIONER: (_judging, signing),
    Role.ACTING_COMMISSIONER: (_judging, signing),
    Role.CHIEF_EXECUTIVE: (_deciding, claims, checking, signing),
    Role.PUBLICATION_OFFICER: (checking, publishing),
    Role.THEMATIC_LEAD: (certifying, _proposals),
    Role.FORCE_COORDINATION: (certifying, fact_checking, _proposals),
    Role.CHIEF_CONSTABLE: (certifying, fact_checking, _proposals),
}
