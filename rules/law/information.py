"""Information: requests, complaints, and what must be published."""

from rules.law.calendars import ENGLAND, UNION
from rules.law.local import BY_DECISION
from schemas.counting import CalendarDays, FixedDate, Limit, Months, Rule, ToSet, WorkingDaysAfter


def foi_response() -> Rule:
    """The answer to a request for information: the twentieth working day following the day of receipt.

    A bank holiday in any part of the United Kingdom is no working day. The request may come on any day.
    A fees notice stops the clock until the fee is received.

    Source: foia-2000.s10
    Source: foia-2000.s10-3
    Units: working days on the calendar of the whole union; the day of receipt is not counted.
    """
    return Rule(
        id="foi-response",
        title="Answer to a freedom of information request",
        kind="statutory",
        source="foia-2000.s10",
        mark="verified",
        calendar=UNION,
        budget=WorkingDaysAfter(20),
        starts="the day on which the request was received",
        owes="The authority answers promptly and at the latest on this day, or refuses with its reasons.",
        silence="The duty is breached and still owed; the requester may complain to the regulator.",
        silence_source="foia-2000.s10",
        stops="a fees notice, until the fee is received",
        limit=Limit(20, 1, "foia-2000.s10-3"),
        also=("foia-2000.s10-3",),
    )


def subject_access() -> Rule:
    """The answer to a person who asks for their own data: one month after receipt, two more where complex.

    Source: uk-gdpr.a12
    Units: calendar months; the limit of the extension is counted in days.
    """
    return Rule(
        id="subject-access",
        title="Answer to a subject access request",
        kind="statutory",
        source="uk-gdpr.a12",
        mark="not_verified",
        calendar=ENGLAND,
        budget=Months(1),
        starts="the day on which the request was received",
        owes="The controller answers.",
        silence="The duty is breached and still owed; the person may complain to the regulator.",
        silence_source="uk-gdpr.a12",
        limit=Limit(62, 1, "uk-gdpr.a12"),
    )


def complaint_review() -> Rule:
    """A complainant's application for a review: 28 days starting with the day after the outcome was given.

    Time that an application spends with the wrong body before it is forwarded is left out of account.

    Source: si-2020-2.r29
    Units: calendar days; the day on which the outcome was given is not counted.
    """
    return Rule(
        id="complaint-review",
        title="Application for a review of a complaint",
        kind="statutory",
        source="si-2020-2.r29",
        mark="verified",
        calendar=ENGLAND,
        budget=CalendarDays(28),
        starts="the day on which the complainant was told the outcome",
        owes="The complainant applies for a review to the local policing body, where it is the review body.",
        silence="The right to a review lapses, unless the body accepts a late application.",
        silence_source="si-2020-2.r29",
        stops="while an application sent to the wrong body waits to be forwarded",
    )


def complaint_referral() -> Rule:
    """A serious complaint about a commissioner, referred by the end of the day after it becomes clear.

    Source: si-2012-62.r13
    Units: calendar days.
    """
    return Rule(
        id="complaint-referral",
        title="Referral of a serious complaint about a commissioner",
        kind="statutory",
        source="si-2012-62.r13",
        mark="partly",
        calendar=ENGLAND,
        budget=CalendarDays(1),
        starts="the day on which it becomes clear that the complaint must be referred",
        owes="The panel refers the complaint to the Independent Office for Police Conduct.",
        silence="The duty is missed and still owed.",
        silence_source="si-2012-62.r13",
    )


def police_plan() -> Rule:
    """A police and crime plan within the financial year of an ordinary election: by 31 March.

    Source: prsra-2011.s5
    Units: a fixed day, through its end.
    """
    return Rule(
        id="police-plan",
        title="Police and crime plan after an election",
        kind="statutory",
        source="prsra-2011.s5",
        mark="partly",
        calendar=ENGLAND,
        budget=FixedDate(3, 31),
        starts="the day of the ordinary election",
        owes="The commissioner issues and publishes the plan, after consulting and answering the panel.",
        silence="The duty is missed and still owed; no sanction is named.",
        silence_source="prsra-2011.s5",
    )


def budget_published() -> Rule:
    """The budget, the precept and the sources of revenue, published before the financial year: by 31 March.

    Source: si-2011-3050
    Units: a fixed day, through its end.
    """
    return Rule(
        id="budget-published",
        title="Budget and precept published",
        kind="statutory",
        source="si-2011-3050",
        mark="verified",
        calendar=ENGLAND,
        budget=FixedDate(3, 31),
        starts="any day of the financial year before the one that the budget is for",
        owes="The commissioner publishes the budget, precept, revenue sources, spending plan and strategy.",
        silence="The duty is missed and still owed.",
        silence_source="si-2011-3050",
    )


def as_soon_as_practicable() -> Rule:
    """What the law wants as soon as practicable: it gives no number, so the number is a local window.

    Source: local.as-soon-as
    Source: prsra-2011.s11
    Source: prsra-2011.s12
    Source: si-2011-3050
    Units: working days, as a local standard.
    """
    return Rule(
        id="as-soon-as-practicable",
        title="As soon as practicable",
        kind="local",
        source="local.as-soon-as",
        mark="not_verified",
        calendar=ENGLAND,
        budget=ToSet("as_soon_as"),
        starts="the day from which it could be done, such as the end of the period reported on",
        owes="Whoever holds the duty does it as soon as practicable.",
        silence="The local standard is missed. Whether the law is broken depends on what was practicable.",
        silence_source="local.as-soon-as",
        stops=BY_DECISION,
        set_by="the office",
        also=("prsra-2011.s11", "prsra-2011.s12", "si-2011-3050"),
    )
