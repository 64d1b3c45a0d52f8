"""The register of clocks: every rule by its id, in the order in which it is read."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from rules.counting.words import budget_words, window_words
from rules.law import appointments, elections, information, inspection, local, meetings, precept, retention
from rules.meeting.votes import MAJORITIES
from schemas.counting import Rule
from schemas.outcomes import Refused

FUNCTIONS: tuple[Callable[[], Rule], ...] = (
    inspection.inspection_comments,
    inspection.chief_constable_comments,
    inspection.recommendation_immediately,
    inspection.recommendation_three_months,
    inspection.recommendation_six_months,
    inspection.recommendation_by_date,
    inspection.recommendation_none,
    precept.precept_proposal,
    precept.precept_report,
    precept.precept_revised,
    precept.precept_second_report,
    precept.precept_issue,
    appointments.confirmation_hearing,
    appointments.senior_staff_hearing,
    appointments.removal_recommendation,
    meetings.panel_papers,
    meetings.question_cutoff,
    meetings.panel_reply,
    information.foi_response,
    information.subject_access,
    information.complaint_review,
    information.complaint_referral,
    information.police_plan,
    information.budget_published,
    information.as_soon_as_practicable,
    local.evidence_request,
    local.extension_limit,
    local.non_response,
    local.returns_due,
    local.fact_check,
    local.findings_draft,
    local.findings_published,
    local.action,
    local.session,
    local.written_answer,
    elections.pre_election_freeze,
    retention.retention_minutes,
    retention.retention_background_papers,
    retention.retention_complaint,
    retention.retention_applications,
)

RULES: Mapping[str, Rule] = MappingProxyType({rule.id: rule for rule in (make() for make in FUNCTIONS)})
"""Every clock by its id. A number that no law gives is open here (`ToSet`); reference.windows puts it in."""


def rule(name: str) -> Rule | Refused:
    """The clock of this id, or a refusal that names where to find the ids.

    Source: process.clocks
    """
    found = RULES.get(name)
    if found:
        return found
    if name in MAJORITIES:
        return _unknown(name, "is a majority and not a clock: ask for it with `majority`.")
    return _unknown(name, "is no rule here. The list of rules has the ids.")


def listed(rules: Mapping[str, Rule] = RULES) -> tuple[dict[str, str | None], ...]:
    """Every rule and majority as rows for programs, each with the command that asks it.

    Source: process.clocks
    """
    clocks: list[dict[str, str | None]] = [
        {
            "id": one.id,
            "title": one.title,
            "kind": one.kind,
            "source": one.source,
            "mark": one.mark,
            "calendar": one.calendar,
            "asked_by": "explain",
            "counted": budget_words(one.budget),
            "window": window_words(one.window) if one.window else None,
        }
        for one in rules.values()
    ]
    votes: list[dict[str, str | None]] = [
        {
            "id": one.id,
            "title": one.title,
            "kind": one.kind,
            "source": one.source,
            "mark": one.mark,
            "calendar": None,
            "asked_by": "majority",
            "counted": one.share,
            "window": None,
        }
        for one in MAJORITIES.values()
    ]
    return (*clocks, *votes)


def _unknown(name: str, why: str) -> Refused:
    shown = name if name.isascii() and len(name) <= 60 else "this"  # noqa: PLR2004 - an id is shorter
    return Refused(code="unknown_rule", message=f"{shown} {why}", source="process.clocks", field="rule")
