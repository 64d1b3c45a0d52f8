"""Appointments and removals: the panel's weeks, which begin with the day of notification."""

from rules.law.calendars import ENGLAND
from schemas.counting import Rule, Weeks

NOTIFIED = "the day on which the panel receives the notification"


def confirmation_hearing() -> Rule:
    """The panel's report on a proposed chief constable: three weeks beginning with the notification.

    A post-election period is ignored: give it as a suspension, from the day of the poll to the day on which
    the person elected accepts the office.

    Source: prsra-2011.sch8.p4
    Source: prsra-2011.sch8.p2
    Units: weeks of seven days; the day of notification is day 1.
    """
    return Rule(
        id="confirmation-hearing",
        title="Report on a proposed chief constable",
        kind="statutory",
        source="prsra-2011.sch8.p4",
        mark="verified",
        calendar=ENGLAND,
        budget=Weeks(3),
        starts=NOTIFIED,
        owes="The panel holds a public confirmation hearing and reports: a recommendation, or a veto by "
        "two-thirds of its members at the time.",
        silence="The confirmation process ends, and the commissioner may make the appointment.",
        silence_source="prsra-2011.sch8.p2",
        stops="a post-election period is ignored",
        also=("prsra-2011.sch8.p2",),
    )


def senior_staff_hearing() -> Rule:
    """The panel's report on a proposed chief executive, finance officer or deputy: three weeks, no veto.

    Source: prsra-2011.sch1
    Units: weeks of seven days; the day of notification is day 1.
    """
    return Rule(
        id="senior-staff-hearing",
        title="Report on a proposed senior appointment to the commissioner's staff",
        kind="statutory",
        source="prsra-2011.sch1",
        mark="not_verified",
        calendar=ENGLAND,
        budget=Weeks(3),
        starts=NOTIFIED,
        owes="The panel holds a public confirmation hearing and reports with a recommendation.",
        silence="The appointment may be made.",
        silence_source="prsra-2011.sch1",
        stops="a post-election period is ignored",
    )


def removal_recommendation() -> Rule:
    """The panel's recommendation on calling for a chief constable to go: six weeks from notification.

    Source: prsra-2011.sch8.p15
    Units: weeks of seven days; the day of notification is day 1.
    """
    return Rule(
        id="removal-recommendation",
        title="Recommendation on the removal of a chief constable",
        kind="statutory",
        source="prsra-2011.sch8.p15",
        mark="verified",
        calendar=ENGLAND,
        budget=Weeks(6),
        starts="the day on which the panel is notified",
        owes="The panel recommends whether the commissioner should call for the resignation or retirement.",
        silence="The scrutiny process ends, and the commissioner may decide.",
        silence_source="prsra-2011.sch8.p15",
    )
