"""Local standards of a cycle: set by an office for itself, labelled so, and never shown as law.

Their numbers, hour and limit stand in the standards of each kind of cycle (reference/kinds.yaml) and nowhere
else; `rules.windows` puts them in.
"""

from dataclasses import replace

from rules.law.calendars import ENGLAND
from schemas.counting import NamedDay, Rule, ToSet

AFTER = ToSet("working_days_after")
BY_DECISION = "a decision of the office, with its reason"


def evidence_request() -> Rule:
    """The force's return to an evidence request, by the time that the commissioner specifies.

    The section gives the commissioner the setting of the time and no number. Until another time is
    specified, it is the local standard for how long before its due day a request goes out.

    Source: local.back-planning
    Source: prsra-2011.s36
    Units: working days; the hour is London's.
    """
    return Rule(
        id="evidence-request",
        title="Return to an evidence request",
        kind="commissioner_set",
        source="local.back-planning",
        mark="not_verified",
        calendar=ENGLAND,
        budget=AFTER,
        starts="the day on which the request was sent",
        owes="The chief constable gives the information in the form that was asked for.",
        silence="After the time for a non-response it is recorded as one and goes on the agenda.",
        silence_source="local.ladder",
        stops=BY_DECISION,
        set_by="the commissioner",
        also=("prsra-2011.s36",),
    )


def extension_limit() -> Rule:
    """The latest day to which an officer may extend a return: so many working days after it was first due.

    Source: local.extension
    Units: working days; the hour is London's.
    """
    return _local(
        ("extension-limit", "The latest day of an extension", "local.extension"),
        AFTER,
        "the day on which the return was first due",
        "Whoever extends chooses a day no later than this.",
        "A later day needs the commissioner.",
    )


def non_response() -> Rule:
    """When silence on an evidence request is recorded as a non-response: so many working days late.

    Source: local.ladder
    Units: working days; the hour is London's.
    """
    return _local(
        ("non-response", "Deemed non-response to an evidence request", "local.ladder"),
        AFTER,
        "the day on which the return was due",
        "The force returns, or says why it does not.",
        "The non-response is recorded and put on the agenda.",
    )


def returns_due() -> Rule:
    """Returns before a session: so many working days before it.

    Source: local.back-planning
    Units: working days; the hour is London's.
    """
    return _local(
        ("returns-due", "Returns due before a session", "local.back-planning"),
        ToSet("working_days_before"),
        "the day of the session",
        "The force returns its evidence.",
        "The session is held with what there is, and what is missing is said.",
    )


def fact_check() -> Rule:
    """The force's corrections of fact in draft findings: so many working days.

    Source: local.fact-check
    Units: working days; the hour is London's.
    """
    return _local(
        ("fact-check", "Corrections of fact in draft findings", "local.fact-check"),
        AFTER,
        "the day on which the draft was sent",
        "The force says what is wrong in fact.",
        "No correction is taken to be asked for. The findings may go on.",
    )


def findings_draft() -> Rule:
    """Draft findings after a session: so many working days.

    Source: local.publication
    Units: working days; the hour is London's.
    """
    return _local(
        ("findings-draft", "Draft findings after a session", "local.publication"),
        AFTER,
        "the day of the session",
        "The office drafts the findings.",
        "The draft is shown as late.",
    )


def findings_published() -> Rule:
    """The publication window: findings published within so many working days of a session.

    Source: local.publication
    Units: working days; the hour is London's.
    """
    return _local(
        ("findings-published", "Findings published after a session", "local.publication"),
        AFTER,
        "the day of the session",
        "The office publishes the findings.",
        "The public page says that they are late.",
    )


def action() -> Rule:
    """An action's day: named by the side that proposes it and agreed by the other.

    Source: local.action
    Units: the day that is named; the hour is London's.
    """
    return _named(
        ("action", "Action agreed by both sides", "local.action"),
        "the day that both sides agreed",
        "Its owner does what was undertaken, and shows the proof.",
        "It is shown as late, to the public too.",
    )


def session() -> Rule:
    """A session's day: fixed by the office, and moved only by the office.

    Source: local.session
    Units: the day that is named; the hour is London's.
    """
    return _named(
        ("session", "Session", "local.session"),
        "the day for which the session is fixed",
        "The office holds the session.",
        "The session is shown as not held. What is planned from its day moves when it moves.",
    )


def written_answer() -> Rule:
    """The day of an answer in writing: named at the session at which it was promised.

    Source: local.session
    Units: the day that is named; the hour is London's.
    """
    return _named(
        ("written-answer", "Answer promised in writing", "local.session"),
        "the day that was named for it at the session",
        "Whoever promised it gives the answer, and the office records it.",
        "The question is shown as not answered, to the public too.",
    )


def _named(named: tuple[str, str, str], starts: str, owes: str, silence: str) -> Rule:
    return replace(_local(named, NamedDay(), starts, owes, silence), stops=None)


def _local(
    named: tuple[str, str, str],
    budget: ToSet | NamedDay,
    starts: str,
    owes: str,
    silence: str,
) -> Rule:
    return Rule(
        id=named[0],
        title=named[1],
        kind="local",
        source=named[2],
        mark="not_verified",
        calendar=ENGLAND,
        budget=budget,
        starts=starts,
        owes=owes,
        silence=silence,
        silence_source=named[2],
        stops=BY_DECISION,
        set_by="the office",
    )
