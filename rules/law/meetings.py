"""Meetings of the panel: papers, questions, and replies in the time that the panel sets."""

from datetime import date, datetime

from rules.law.calendars import ENGLAND
from schemas.counting import ClearDays, Due, Rule, ToSet
from schemas.outcomes import Refused


def panel_papers() -> Rule:
    """Agenda and papers of a panel meeting, open to the public five clear days before it.

    The section says clear days; that weekends and bank holidays are not clear days is practice and case law.

    Source: lga-1972.s100b
    Source: lga-1972.clear-days
    Units: clear working days: neither the day of publication nor the day of the meeting counts.
    """
    return Rule(
        id="panel-papers",
        title="Papers of a panel meeting: five clear days",
        kind="statutory",
        source="lga-1972.s100b",
        mark="partly",
        calendar=ENGLAND,
        budget=ClearDays(5),
        starts="the day of the meeting",
        owes="The host authority gives notice and opens the agenda and its papers to the public.",
        silence="The item may not be considered, unless the chair finds it urgent and the minutes say why, "
        "or the meeting was convened at shorter notice and the papers were open when it was convened.",
        silence_source="lga-1972.urgency",
        also=("lga-1972.clear-days", "lga-1972.urgency"),
    )


def question_cutoff() -> Rule:
    """Notice of a public question to the panel, by an hour so many working days before the meeting.

    Each panel sets its own number and hour.

    Source: panel.public-participation
    Units: working days; the hour is London's.
    """
    return Rule(
        id="question-cutoff",
        title="Public questions to the panel",
        kind="panel_set",
        source="panel.public-participation",
        mark="verified",
        calendar=ENGLAND,
        budget=ToSet("working_days_before"),
        starts="the day of the meeting",
        owes="Whoever wants to ask gives notice.",
        silence="The question waits for the next meeting, unless the chair takes it.",
        silence_source="panel.public-participation",
        set_by="the panel",
    )


def panel_reply() -> Rule:
    """The commissioner's written answer to the panel, within the reasonable period that the panel sets.

    The section gives no number. Until the panel sets one, the window in the data is a suggestion.

    Source: local.panel-reply
    Source: prsra-2011.s29
    Units: working days.
    """
    return Rule(
        id="panel-reply",
        title="Written answer to the panel",
        kind="panel_set",
        source="local.panel-reply",
        mark="not_verified",
        calendar=ENGLAND,
        budget=ToSet("working_days_after"),
        starts="the day on which the panel asked",
        owes="The commissioner answers the panel's report or recommendations in writing.",
        silence="The answer is shown as outstanding, and the panel may require attendance.",
        silence_source="prsra-2011.s29",
        set_by="the panel",
        also=("prsra-2011.s29",),
    )


def papers_in_time(
    due: Due, opened_on: date, convened_on: date | None, urgent_reason: str | None
) -> str | Refused:
    """Why an item may be considered, in words; a refusal where nothing allows it.

    An urgent item needs the chair's reason in the minutes. A meeting convened at shorter notice needs its
    papers open when it was convened.

    Source: lga-1972.s100b
    Source: lga-1972.urgency
    """
    if opened_on <= due.due_on:
        return "The papers were open five clear days before the meeting."
    if convened_on and convened_on > due.due_on and opened_on <= convened_on:
        return (
            "The meeting was convened at shorter notice, and the papers were open from when it was convened."
        )
    if urgent_reason and urgent_reason.strip():
        return f"The chair found the item urgent, and the minutes say why: {urgent_reason.strip()}"
    return Refused(
        code="not_five_clear_days",
        message=f"The papers had to be open by {due.due_on:%A %-d %B %Y}. "
        "The chair may find the item urgent; the reason has to stand in the minutes.",
        source="lga-1972.s100b",
        field="urgent_reason",
    )


def question_in_time(due: Due, received_at: datetime) -> bool | Refused:
    """Whether a question came by the cut-off; the very instant of it is in time.

    Source: panel.public-participation
    """
    if received_at.tzinfo is None:
        return Refused(
            code="instant_without_zone",
            message="Give the time with its zone, such as 2027-03-27T14:00:00Z.",
            source="process.clocks",
            field="received_at",
        )
    return received_at <= due.due_at
