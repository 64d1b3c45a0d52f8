"""Votes: how many are needed of the members at the moment, and whether a question is carried."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from schemas.counting import Majority, MajorityRule
from schemas.outcomes import Refused

TWO_THIRDS = "at least two-thirds of the persons who are members at the time"

MAJORITIES: Mapping[str, MajorityRule] = MappingProxyType(
    {
        one.id: one
        for one in (
            MajorityRule("precept-veto", "Veto of a proposed precept", "statutory",
                         "prsra-2011.sch5.p4", "verified", TWO_THIRDS),
            MajorityRule("appointment-veto", "Veto of a proposed chief constable", "statutory",
                         "prsra-2011.sch8.p5", "verified", TWO_THIRDS),
            MajorityRule("panel-decision", "Any other decision of the panel", "local",
                         "local.voting", "not_verified", "more votes for than against; at a tie the chair"),
            MajorityRule("panel-quorum", "Quorum of the panel", "local",
                         "local.quorum", "not_verified", "a quarter of the members, at least three"),
        )
    }
)  # fmt: skip
"""Every majority by its id."""

LEAST_QUORUM = 3


@dataclass(frozen=True, slots=True)
class Membership:
    """One seat held by somebody, from a day to a day; both days belong to it.

    Source: prsra-2011.sch5.p4
    """

    from_on: date
    to_on: date | None = None


def members_on(seats: Iterable[Membership], on: date) -> int:
    """How many seats are held on this day: the membership then in force, vacancies left out.

    Source: prsra-2011.sch5.p4
    Units: members.
    """
    return sum(1 for one in seats if one.from_on <= on and (one.to_on is None or on <= one.to_on))


def required(name: str, members: int) -> int | Refused:
    """How many votes (for a quorum, how many present) this question needs of so many members.

    Source: prsra-2011.sch5.p4
    Source: prsra-2011.sch8.p5
    Source: local.quorum
    Source: local.voting
    Units: votes.
    """
    if name not in MAJORITIES:
        return _refused(
            "unknown_rule", "There is no such majority. Choose an id from the list of rules.", "rule"
        )
    if members < 1:
        return _refused("wrong_input", "Give the number of members, 1 or more.", "members")
    if name == "panel-quorum":
        return max(LEAST_QUORUM, -(-members // 4))
    if name == "panel-decision":
        return members // 2 + 1
    return -(-2 * members // 3)


def majority(
    name: str,
    members: int,
    votes_for: int,
    votes_against: int | None = None,
    *,
    casting_for: bool | None = None,
) -> Majority | Refused:
    """Whether a question is carried, with the votes that it needed, of the members at that moment.

    A veto is measured against all members, present or not. An ordinary decision is measured against the
    votes that were cast; where those against are not told, every other member is taken to be against. At a
    tie the chair's casting vote decides, and without one the question is lost.

    Source: prsra-2011.sch5.p4
    Source: prsra-2011.sch8.p5
    Source: local.quorum
    Source: local.voting
    Units: votes.
    """
    needed = required(name, members)
    if isinstance(needed, Refused):
        return needed
    wrong = _wrong(members, votes_for, votes_against)
    if wrong:
        return wrong
    rule = MAJORITIES[name]
    if name != "panel-decision":
        return Majority(needed, votes_for >= needed, rule.source, members)
    against = members - votes_for if votes_against is None else votes_against
    tied = votes_for == against and bool(casting_for)
    return Majority((votes_for + against) // 2 + 1, tied or votes_for > against, rule.source, members)


def _wrong(members: int, votes_for: int, votes_against: int | None) -> Refused | None:
    if votes_for < 0 or (votes_against or 0) < 0:
        return _refused("negative_votes", "Give the number of votes, 0 or more.", "for")
    if votes_for + (votes_against or 0) > members:
        return _refused(
            "more_votes_than_members",
            f"There are {members} members, and more votes than that were given. Count again.",
            "for",
        )
    return None


def _refused(code: str, message: str, field: str) -> Refused:
    return Refused(code=code, message=message, source="prsra-2011.sch5.p4", field=field)
