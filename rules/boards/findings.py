"""What findings need of somebody: a draft, an answer about facts, a check of the copy, a signature."""

from collections.abc import Iterator
from datetime import UTC, datetime

from rules.boards.need import need
from rules.publishing.commenting import comments_at
from rules.publishing.publishable import slots, unchecked, unsigned
from rules.publishing.releasing import waiting
from schemas.boards import Needed
from schemas.cycle import Cycle, FindingsVersion
from schemas.people import Role

SOME_DAY = datetime(9999, 1, 1, tzinfo=UTC)
"""When every window for comments is over: what then still stands in the way is not a matter of waiting."""
CHECKERS = (Role.POLICY_OFFICER, Role.CHIEF_EXECUTIVE, Role.PUBLICATION_OFFICER)


def of_findings(cycle: Cycle) -> Iterator[Needed]:
    """What the findings of a cycle need.

    Source: process.commands
    """
    yield from _drafting(cycle)
    yield from _comments(cycle)
    for one in cycle.findings:
        check = one.fact_check
        if check and check.open and one.published_at is None:
            for role in (Role.FORCE_COORDINATION, Role.CHIEF_CONSTABLE):
                yield need(
                    role.value, "fact_check", check.due.at, one.version,
                    shows_at=one.drafted_at, late_at=check.due.at,
                )  # fmt: skip
    if cycle.findings and cycle.findings[-1].published_at is None:
        yield from _newest(cycle, cycle.findings[-1])


def _drafting(cycle: Cycle) -> Iterator[Needed]:
    held = [one.held_at for one in cycle.sessions if one.held_at]
    if held and not cycle.findings and not any(one.coming for one in cycle.sessions):
        yield need(Role.POLICY_OFFICER.value, "draft", held[-1])


def _comments(cycle: Cycle) -> Iterator[Needed]:
    """What the law owes on an inspection report: from the opening on, until it is published."""
    at = comments_at(cycle)
    if at and not cycle.published():
        yield need(
            Role.POLICY_OFFICER.value, "comments", at, shows_at=cycle.opened_at, can_wait=True, late_at=at
        )


def _newest(cycle: Cycle, newest: FindingsVersion) -> Iterator[Needed]:
    if newest.sent_back:
        yield need(Role.POLICY_OFFICER.value, "sent_back", newest.sent_back.at, newest.version)
    made = newest.redaction
    if made and made.checked_by is None:
        for role in CHECKERS:
            yield need(role.value, "redactions", made.at, newest.version, but_not=made.by.person)
    if unchecked(cycle, newest, SOME_DAY):
        return
    check = newest.fact_check
    shows_at = max(check.due.at, newest.drafted_at) if check and check.open else newest.drafted_at
    for whom, what in _next_hand(cycle, newest):
        yield need(
            whom.value, what, newest.drafted_at, newest.version,
            shows_at=shows_at, but_not=newest.author.person,
        )  # fmt: skip


def _next_hand(cycle: Cycle, newest: FindingsVersion) -> Iterator[tuple[Role, str]]:
    """Who signs next, or who publishes what is signed and has no time of release."""
    signed = slots(newest)
    if Role.CHIEF_EXECUTIVE not in signed:
        yield Role.CHIEF_EXECUTIVE, "signature"
    elif Role.COMMISSIONER not in signed:
        yield Role.COMMISSIONER, "signature"
    awaited = waiting(cycle)
    timed = awaited is not None and awaited.release is not None and awaited.release.at is not None
    if not timed and not unsigned(newest):
        yield Role.PUBLICATION_OFFICER, "correction" if cycle.published() else "publication"
