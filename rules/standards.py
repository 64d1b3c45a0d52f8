"""Local standards: what an office may set for itself, and what cannot be meant."""

from collections.abc import Mapping

from schemas.standards import Rung, Standards

MOST_DAYS = 260
"""Working days of a year: no local standard is longer."""


def fault(standards: Standards) -> tuple[str, str] | None:
    """The first thing in some standards that cannot be meant: the field and a sentence; None if sound.

    Source: local.ladder
    Units: working days.
    """
    for field, days in _days(standards).items():
        if not 0 < days <= MOST_DAYS:
            return field, f"it is {days}; write a number of working days from 1 to {MOST_DAYS}"
    if standards.extension.most_times < 0:
        return "extension.most_times", "it is negative; write 0 where nothing is extended"
    if standards.findings.publish_days < standards.findings.draft_days:
        return "findings.publish_days", "findings would be published before they are drafted"
    return _ladder_fault(standards.ladder)


def _days(standards: Standards) -> Mapping[str, int]:
    return {
        "returns_due_before_session": standards.returns_due_before_session,
        "requests_out_before_due": standards.requests_out_before_due,
        "review_days": standards.review_days,
        "extension.most_days": standards.extension.most_days,
        "findings.draft_days": standards.findings.draft_days,
        "findings.publish_days": standards.findings.publish_days,
        "overdue_escalates_after": standards.overdue_escalates_after,
        "fact_check_days": standards.fact_check_days,
        "progress_days": standards.progress_days,
    }


def _ladder_fault(ladder: tuple[Rung, ...]) -> tuple[str, str] | None:
    offsets = [rung.offset for rung in ladder]
    for place, rung in enumerate(ladder, start=1):
        if abs(rung.offset) > MOST_DAYS:
            return f"ladder.{place}.offset", f"it is {rung.offset}; the most is {MOST_DAYS} either way"
        if not rung.to:
            return f"ladder.{place}.to", "name at least one recipient: lead, deputy or coordination"
    if len(set(offsets)) != len(offsets):
        return "ladder", f"two rungs fall on one day: {', '.join(map(str, offsets))}"
    if offsets != sorted(offsets):
        return "ladder", f"write the rungs from the earliest to the latest: {', '.join(map(str, offsets))}"
    return None
