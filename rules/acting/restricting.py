"""Restricting a cycle to named people, and opening one all the same, for a reason that stays on record."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from schemas.outcomes import Refused
from schemas.people import Person, Role
from schemas.viewing import Opening, Restriction

MAY_RESTRICT = frozenset({Role.CHIEF_EXECUTIVE, Role.POLICY_OFFICER})
MAY_OPEN = frozenset({Role.CHIEF_EXECUTIVE, Role.CHIEF_FINANCE_OFFICER})
"""The office's statutory officers: the chief executive, its monitoring officer, and its finance officer."""
MAY_READ_LOG = frozenset({Role.CHIEF_EXECUTIVE, Role.POLICY_OFFICER})
LASTS = timedelta(minutes=60)
"""How long somebody sees a cycle that they opened."""
TOLD_FOR = timedelta(days=7)
A_SENTENCE = 15
"""Letters and signs that a reason has at the least."""
LONGEST = 2_000


def restrict(
    cycle: str,
    named: Collection[str],
    reason: str,
    by: Person,
    *,
    people: Mapping[str, Person],
    at: datetime,
) -> Restriction | Refused:
    """The restriction of a cycle to some people of the office, or why it cannot be.

    Source: local.access
    """
    wrong = [one for one in named if one not in people or people[one].side != "opcc"]
    if by.role not in MAY_RESTRICT:
        return _refused("may_not_restrict", "Ask the chief executive or a policy officer to restrict it.")
    if not named or wrong:
        return _refused("nobody_named", "Choose who of the office may still see this cycle.", "named")
    if refused := reasoned(reason):
        return refused
    return Restriction(cycle=cycle, named=tuple(sorted(set(named))), reason=reason.strip(), by=by.id, at=at)


def open_all_the_same(cycle: str, by: Person, reason: str, at: datetime) -> Opening | Refused:
    """That somebody sees a restricted cycle for sixty minutes, or why they may not.

    Units: the opening lasts sixty minutes.

    Source: local.access
    """
    if by.role not in MAY_OPEN:
        return _refused(
            "may_not_open",
            "Only the chief executive or the chief finance officer can open a restricted cycle. "
            "Ask one of them, or ask those who are named.",
        )
    if refused := reasoned(reason):
        return refused
    return Opening(cycle=cycle, person=by.id, role=by.role, reason=reason.strip(), at=at, until=at + LASTS)


def told_of_since(now: datetime) -> datetime:
    """Since when the chief executive is told on their own page who opened a restricted cycle.

    Units: seven days.

    Source: local.access
    """
    return now - TOLD_FOR


def reasoned(reason: str) -> Refused | None:
    """A refusal where a reason is less than a sentence, or more than anybody reads.

    Source: local.access
    """
    if len(reason.strip()) < A_SENTENCE or " " not in reason.strip():
        return _refused("reason_too_short", "Say why in a sentence. It stays on record.", "reason")
    if len(reason.strip()) > LONGEST:
        return _refused("reason_too_long", f"Say why in {LONGEST:,} characters or fewer.", "reason")
    return None


def _refused(code: str, message: str, field: str | None = None) -> Refused:
    return Refused(code=code, message=message, source="local.access", field=field)
