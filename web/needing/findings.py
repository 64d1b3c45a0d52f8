"""What findings need of somebody: an answer about facts, a check of the copy, a signature, publication."""

from collections.abc import Iterator
from datetime import datetime

from rules.publishing.publishable import slot, slots, unchecked, unsigned
from rules.publishing.releasing import waiting
from schemas.cycle import FindingsVersion
from schemas.people import Person, Role
from schemas.rows import CyclePage
from web.needing.need import Need, need_of


def fact_checking(page: CyclePage, _person: Person, now: datetime) -> Iterator[Need]:
    """The force was asked what is wrong in fact, and has not answered."""
    for one in page.cycle.findings:
        check = one.fact_check
        if check and check.open and one.published_at is None:
            what = f"Say what is wrong in fact in the draft findings, by {check.due.on:%-d %B %Y}"
            state = "late" if check.due.at < now else "today"
            need = need_of(page, "SubmitFactCheck", what, "Answer", check.due.at)
            yield Need(**{**vars(need), "state": state})


def checking(page: CyclePage, person: Person, _now: datetime) -> Iterator[Need]:
    """A copy was redacted by somebody else and is to be compared with the draft."""
    newest = page.cycle.findings[-1] if page.cycle.findings else None
    made = newest.redaction if newest and newest.published_at is None else None
    if made and made.checked_by is None and made.by.person != person.id:
        yield need_of(page, "CheckRedactions", "Redacted findings are to be checked", "Check them", made.at)


def signing(page: CyclePage, person: Person, now: datetime) -> Iterator[Need]:
    """The newest version waits for this person's signature, and nothing else has to come first."""
    newest = _newest(page, person)
    signed = slots(newest) if newest else frozenset()
    ready = person.role == Role.CHIEF_EXECUTIVE or Role.CHIEF_EXECUTIVE in signed
    if newest and slot(person.role) not in signed and ready and not unchecked(page.cycle, newest, now):
        what = "The findings wait for your signature"
        yield need_of(page, "ApproveFindings", what, "Sign", newest.drafted_at)


def publishing(page: CyclePage, person: Person, now: datetime) -> Iterator[Need]:
    """The newest version is signed, and no release of it is timed."""
    newest = _newest(page, person)
    awaited = waiting(page.cycle)
    timed = awaited is not None and awaited.release is not None and awaited.release.at is not None
    if newest is None or timed or unsigned(newest) or unchecked(page.cycle, newest, now):
        return
    if page.cycle.published():
        what = "A correction is signed: publish it"
        yield need_of(page, "Correct", what, "Publish", newest.drafted_at)
    else:
        what = "The findings are signed: publish them"
        yield need_of(page, "Publish", what, "Publish", newest.drafted_at)


def _newest(page: CyclePage, person: Person) -> FindingsVersion | None:
    newest = page.cycle.findings[-1] if page.cycle.findings else None
    if newest is None or newest.published_at or newest.author.person == person.id:
        return None
    return newest
