"""Inspection reports: the comments that are owed on them, and the deadlines that recommendations set."""

from rules.law.calendars import ENGLAND
from schemas.counting import CalendarDays, Months, NamedDay, NoDeadline, Rule, ToSet

NOT_ORDERS = (
    "The recommendation stays open and is shown as late. An inspectorate advises: its recommendations are "
    "not orders, and only its own verification closes them."
)


def inspection_comments() -> Rule:
    """The commissioner's comments on a published inspection report, before 56 days beginning with its day.

    The day of publication is day 1, so the last day is 55 days later. Weekends and bank holidays count.

    Source: police-act-1996.s55
    Units: calendar days.
    """
    return Rule(
        id="inspection-comments",
        title="Comments on an inspection report",
        kind="statutory",
        source="police-act-1996.s55",
        mark="verified",
        calendar=ENGLAND,
        budget=CalendarDays(56, beginning_with=True),
        starts="the day on which the report was published",
        owes="The commissioner publishes comments, the chief constable's comments and any response to them, "
        "with the action taken or proposed on each recommendation or why there is none, and sends copies to "
        "the inspectors and the Secretary of State.",
        silence="The duty is missed and still owed. The section names no sanction; the record shows it.",
        silence_source="police-act-1996.s55",
    )


def chief_constable_comments() -> Rule:
    """The chief constable's comments on an inspection report, by the day that the commissioner sets.

    The section gives the commissioner the setting of the day and no number. The number is the office's own
    window, which leaves the commissioner time to answer within the 56 days.

    Source: police-act-1996.s55
    Source: local.inspection
    Units: working days.
    """
    return Rule(
        id="inspection-chief-constable",
        title="The chief constable's comments on an inspection report",
        kind="commissioner_set",
        source="local.inspection",
        mark="not_verified",
        calendar=ENGLAND,
        budget=ToSet("working_days_after"),
        starts="the day on which the commissioner invited the comments",
        owes="The chief constable sends comments on the report.",
        silence="The commissioner publishes without them and says that none came.",
        silence_source="local.inspection",
        set_by="the commissioner",
        also=("police-act-1996.s55",),
    )


def recommendation_immediately() -> Rule:
    """A recommendation that asks for action immediately: on the day of publication itself.

    Source: recommendations.deadlines
    Units: calendar days.
    """
    return _recommendation("recommendation-immediately", "Recommendation: immediately", CalendarDays(0))


def recommendation_three_months() -> Rule:
    """A recommendation within three months of publication: the day of the same number in the third month.

    Source: recommendations.deadlines
    Units: calendar months.
    """
    return _recommendation("recommendation-three-months", "Recommendation: within three months", Months(3))


def recommendation_six_months() -> Rule:
    """A recommendation within six months of publication: the day of the same number in the sixth month.

    Source: recommendations.deadlines
    Units: calendar months.
    """
    return _recommendation("recommendation-six-months", "Recommendation: within six months", Months(6))


def recommendation_by_date() -> Rule:
    """A recommendation by a day that it names; without another day named, the start day is that day.

    Source: recommendations.deadlines
    """
    return _recommendation("recommendation-by-date", "Recommendation: by a named day", NamedDay())


def recommendation_none() -> Rule:
    """An area for improvement: it sets no deadline, and none is invented.

    Source: recommendations.deadlines
    """
    return _recommendation("recommendation-none", "Area for improvement: no deadline", NoDeadline())


def _recommendation(name: str, title: str, budget: CalendarDays | Months | NamedDay | NoDeadline) -> Rule:
    return Rule(
        id=name,
        title=title,
        kind="local",
        source="recommendations.deadlines",
        mark="verified",
        calendar=ENGLAND,
        budget=budget,
        starts="the day on which the report was published",
        owes="Whoever the recommendation names carries it out.",
        silence=NOT_ORDERS,
        silence_source="recommendations.deadlines",
        set_by="the inspectorate",
    )
