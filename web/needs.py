"""What needs somebody: from the cycles as they stand to a list in order of need, one right button each."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from rules.clocks import civil
from schemas.cycle import Cycle, FindingsVersion, Session
from schemas.people import Person, Role
from schemas.rows import CyclePage

STATE = ("late", "today", "later")


@dataclass(frozen=True)
class Need:
    """One thing to do, why, since or by when, and where its button leads."""

    what: str
    cycle: str
    cycle_title: str
    button: str
    href: str
    at: datetime
    state: str = "today"
    """`late`, `today` or `later`."""


Finder = Callable[[CyclePage, Person, datetime], Iterable[Need]]


def needs(pages: Iterable[CyclePage], person: Person, now: datetime) -> list[Need]:
    """What needs this person, the most urgent first."""
    found = [
        need
        for page in pages
        if not page.cycle.over
        for finder in FINDERS.get(person.role, ())
        for need in finder(page, person, now)
    ]
    return sorted(found, key=lambda one: (STATE.index(one.state), one.at))


def sentence(found: list[Need], next_due: str | None) -> str:
    """Whether today is fine, in one sentence."""
    today = sum(1 for one in found if one.state != "later")
    if today:
        rest = "Everything else is on time." if today == len(found) else "The rest can wait."
        return f"{today} thing{' needs' if today == 1 else 's need'} you today. {rest}"
    if found:
        return "Nothing needs you today. What comes next is below."
    return f"Nothing needs you. {next_due}" if next_due else "Nothing needs you."


def _need(page: CyclePage, kind: str, what: str, button: str, at: datetime, **ask: object) -> Need:
    query = "&".join(f"{name}={quote(str(value), safe='')}" for name, value in ask.items())
    reference = page.cycle.reference
    href = f"/cycles/{reference}/act/{kind}" + (f"?{query}" if query else "")
    return Need(what, reference, page.say(page.cycle.title), button, href, at)


def _evidence(page: CyclePage, _person: Person, _now: datetime) -> Iterator[Need]:
    reference, title = page.cycle.reference, page.say(page.cycle.title)
    for one in page.cycle.requests:
        href = f"/cycles/{reference}/requests/{one.number}"
        named = f"request {one.number}, {page.say(one.draft.title)}"
        if one.extension:
            what = f"More time is asked for: {named}"
            yield _need(page, "DecideExtension", what, "Decide", one.extension.at, request=one.number)
        elif one.state == "returned":
            at = one.returns[-1].received_at
            yield Need(f"A return is to be checked: {named}", reference, title, "Check it", href, at)
        elif one.open and one.late and one.due:
            what = f"Evidence is late: {named}"
            yield Need(what, reference, title, "See what was sent", href, one.due.at, "late")


def _next_session(cycle: Cycle) -> Session | None:
    return next((one for one in cycle.sessions if one.held_at is None), None)


def _sessions(page: CyclePage, _person: Person, now: datetime) -> Iterator[Need]:
    cycle = page.cycle
    coming = _next_session(cycle)
    if coming is None and not cycle.sessions:
        need = _need(page, "FixSession", "The session has no day yet", "Fix the day", cycle.opened_at)
        yield Need(**{**vars(need), "state": "later"})
    elif coming and civil(coming.starts_at) <= civil(now) and coming.starts_at <= now:
        what = "The session has begun: record who attended"
        yield _need(page, "RecordAttendance", what, "Record", coming.starts_at)


def _drafting(page: CyclePage, _person: Person, _now: datetime) -> Iterator[Need]:
    cycle = page.cycle
    held = [one.held_at for one in cycle.sessions if one.held_at]
    if held and not cycle.findings and _next_session(cycle) is None:
        yield _need(page, "DraftFindings", "The findings are to be drafted", "Draft", held[-1])
    for action in cycle.actions:
        if action.state == "claimed_done" and action.claimed_at:
            what = f"Action {action.number} is said to be done: check the proof"
            yield _need(page, "VerifyDone", what, "Check it", action.claimed_at, action=action.number)


def _newest(page: CyclePage, person: Person) -> FindingsVersion | None:
    newest = page.cycle.findings[-1] if page.cycle.findings else None
    if newest is None or newest.published_at or newest.author.person == person.id:
        return None
    return newest


def _signing(page: CyclePage, person: Person, _now: datetime) -> Iterator[Need]:
    newest = _newest(page, person)
    signed = {one.by.role for one in newest.approvals} if newest else set()
    ready = person.role == Role.CHIEF_EXECUTIVE or Role.CHIEF_EXECUTIVE in signed
    if newest and person.role not in signed and ready:
        yield _need(
            page, "ApproveFindings", "The findings wait for your signature", "Sign", newest.drafted_at
        )


def _deciding(page: CyclePage, _person: Person, _now: datetime) -> Iterator[Need]:
    for one in page.cycle.requests:
        if one.extension:
            what = f"More time is asked for: request {one.number}, {page.say(one.draft.title)}"
            yield _need(page, "DecideExtension", what, "Decide", one.extension.at, request=one.number)


def _judging(page: CyclePage, _person: Person, _now: datetime) -> Iterator[Need]:
    cycle = page.cycle
    held = [one.held_at for one in cycle.sessions if one.held_at]
    if held and not cycle.judgements and not cycle.findings:
        yield _need(page, "JudgeAssurance", "Say how assured you are", "Judge", held[-1])


def _publishing(page: CyclePage, person: Person, _now: datetime) -> Iterator[Need]:
    newest = _newest(page, person)
    signed = {one.by.role for one in newest.approvals} if newest else set()
    if newest and {Role.CHIEF_EXECUTIVE, Role.COMMISSIONER} <= signed:
        yield _need(page, "Publish", "The findings are signed: publish them", "Publish", newest.drafted_at)


def _proposals(page: CyclePage, person: Person, _now: datetime) -> Iterator[Need]:
    for action in page.cycle.actions:
        theirs = action.state == "proposed" and action.proposed_by.side != person.side
        if theirs and person.role == Role.THEMATIC_LEAD and action.owner != person.id:
            continue
        if theirs:
            what = f"Action {action.number} was proposed: {page.say(action.what)}"
            yield _need(
                page, "ConfirmAction", what, "Confirm it", action.clock.starts_at, action=action.number
            )


FINDERS: dict[Role, tuple[Finder, ...]] = {
    Role.POLICY_OFFICER: (_evidence, _sessions, _drafting, _proposals),
    Role.COMMISSIONER: (_judging, _signing),
    Role.CHIEF_EXECUTIVE: (_deciding, _signing),
    Role.PUBLICATION_OFFICER: (_publishing,),
    Role.THEMATIC_LEAD: (_proposals,),
    Role.FORCE_COORDINATION: (_proposals,),
    Role.CHIEF_CONSTABLE: (_proposals,),
}
