"""Local standards of a cycle: set by an office for itself, labelled so, and never shown as law."""

from dataclasses import replace

from schemas.counting import Limit, NamedDay, Rule, WorkingDaysAfter, WorkingDaysBefore

ENGLAND = "england-and-wales"
BY_DECISION = "a decision of the office, with its reason"


def evidence_request() -> Rule:
    """The force's return to an evidence request, by the time that the commissioner specifies.

    The section gives the commissioner the setting of the time and no number; fifteen working days is the
    local standard until another time is specified.

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
        budget=WorkingDaysAfter(15),
        starts="the day on which the request was sent",
        owes="The chief constable gives the information in the form that was asked for.",
        silence="Ten working days after the due day it is recorded as a non-response and goes on the agenda.",
        silence_source="local.ladder",
        hour="17:00",
        stops=BY_DECISION,
        limit=Limit(10, 1, "local.extension"),
        set_by="the commissioner",
        also=("prsra-2011.s36",),
    )


def extension_limit() -> Rule:
    """The latest day to which an officer may extend a return: ten working days after it was first due.

    Source: local.extension
    Units: working days; the hour is London's.
    """
    return _local(
        ("extension-limit", "The latest day of an extension", "local.extension"),
        WorkingDaysAfter(10),
        "the day on which the return was first due",
        "Whoever extends chooses a day no later than this.",
        "A later day needs the commissioner.",
    )


def non_response() -> Rule:
    """When silence on an evidence request is recorded as a non-response: ten working days after it was due.

    Source: local.ladder
    Units: working days; the hour is London's.
    """
    return _local(
        ("non-response", "Deemed non-response to an evidence request", "local.ladder"),
        WorkingDaysAfter(10),
        "the day on which the return was due",
        "The force returns, or says why it does not.",
        "The non-response is recorded and put on the agenda.",
    )


def returns_due() -> Rule:
    """Returns before a session: five working days before it.

    Source: local.back-planning
    Units: working days; the hour is London's.
    """
    return _local(
        ("returns-due", "Returns due before a session", "local.back-planning"),
        WorkingDaysBefore(5),
        "the day of the session",
        "The force returns its evidence.",
        "The session is held with what there is, and what is missing is said.",
    )


def fact_check() -> Rule:
    """The force's corrections of fact in draft findings: ten working days.

    Source: local.fact-check
    Units: working days; the hour is London's.
    """
    return _local(
        ("fact-check", "Corrections of fact in draft findings", "local.fact-check"),
        WorkingDaysAfter(10),
        "the day on which the draft was sent",
        "The force says what is wrong in fact.",
        "No correction is taken to be asked for. The findings may go on.",
    )


def findings_draft() -> Rule:
    """Draft findings after a session: ten working days.

    Source: local.publication
    Units: working days; the hour is London's.
    """
    return _local(
        ("findings-draft", "Draft findings after a session", "local.publication"),
        WorkingDaysAfter(10),
        "the day of the session",
        "The office drafts the findings.",
        "The draft is shown as late.",
    )


def findings_published() -> Rule:
    """The publication window: findings published within twenty working days of a session.

    Source: local.publication
    Units: working days; the hour is London's.
    """
    return _local(
        ("findings-published", "Findings published after a session", "local.publication"),
        WorkingDaysAfter(20),
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


def _named(named: tuple[str, str, str], starts: str, owes: str, silence: str) -> Rule:
    return replace(
        _local(named, WorkingDaysAfter(0), starts, owes, silence), budget=NamedDay(), limit=None, stops=None
    )


def _local(
    named: tuple[str, str, str],
    budget: WorkingDaysAfter | WorkingDaysBefore,
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
        hour="17:00",
        stops=BY_DECISION,
        limit=Limit(10, 1, "local.extension"),
        set_by="the office",
    )
