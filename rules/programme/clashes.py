"""Clashes: what two cycles to come cannot both have, and days on which a cycle cannot begin or be held."""

from collections.abc import Iterable, Mapping
from datetime import date

from rules.clocks import civil, london
from schemas.outcomes import Refused
from schemas.programme import Slot, SlotDraft

ALONE = frozenset({"holding_to_account"})
"""Forums whose sessions are about one cycle. Meetings of the others may be shared by several."""


def first_clash(slots: Iterable[Slot], changed: Mapping[str, SlotDraft]) -> Refused | None:
    """The first clash that cycles to come would have, with `changed` in place of what stood; None without.

    Source: local.programme
    """
    drafts = {one.number: one.draft for one in slots if one.state != "dropped"} | dict(changed)
    for number, draft in changed.items():
        if refused := _with_itself(number, draft):
            return refused
        for other, theirs in drafts.items():
            if other != number and (refused := _of_two(number, draft, other, theirs)):
                return refused
    return None


def _with_itself(number: str, draft: SlotDraft) -> Refused | None:
    if draft.session_at is None or draft.opens_on < civil(draft.session_at):
        return None
    return _clash(
        f"{number} would open on {draft.opens_on:%A %-d %B %Y}, which is not before its session on "
        f"{civil(draft.session_at):%A %-d %B %Y}. Let it open earlier, or move its session.",
        "opens_on",
    )


def _of_two(number: str, ours: SlotDraft, other: str, theirs: SlotDraft) -> Refused | None:
    if _same_hour(ours, theirs) and ours.session_at:
        return _clash(
            f"{number} and {other} would both have their session on "
            f"{london(ours.session_at):%A %-d %B %Y at %H:%M}. Give one of them another day or hour.",
            "session_at",
        )
    shared = set(ours.commitments) & set(theirs.commitments)
    if shared and _overlap(_span(ours), _span(theirs)):
        return _clash(
            f"{number} and {other} would ask about {min(shared)} at the same time. "
            "Take it out of one of them, or move one behind the other.",
            "commitments",
        )
    return None


def _same_hour(ours: SlotDraft, theirs: SlotDraft) -> bool:
    if ours.session_at is None or ours.session_at != theirs.session_at:
        return False
    return ours.forum != theirs.forum or ours.forum in ALONE


def _span(draft: SlotDraft) -> tuple[date, date]:
    """From its opening to its session; without one, its opening alone."""
    return draft.opens_on, civil(draft.session_at) if draft.session_at else draft.opens_on


def _overlap(ours: tuple[date, date], theirs: tuple[date, date]) -> bool:
    return ours[0] <= theirs[1] and theirs[0] <= ours[1]


def _clash(message: str, field: str) -> Refused:
    return Refused(code="programme_clash", message=message, source="local.programme", field=field)
