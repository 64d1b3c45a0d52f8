"""Examples from the instruments and from the public record: the rules come to the dates that they must."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from reference.catalogue import session
from reference.explaining import table
from reference.windows import RULES
from rules.counting.due import due
from rules.counting.table import Table
from rules.law.elections import freeze, may_publish
from rules.law.meetings import papers_in_time, question_in_time
from rules.law.precept import revised_direction, revised_precept, veto_outcome
from rules.law.retention import Hold, disposal
from schemas.counting import Clock, Due, Entry, Extended, NamedDay, Superseded, Suspended
from schemas.outcomes import Refused

LONDON = ZoneInfo("Europe/London")
FACTS: dict[str, Any] = session("panel-and-precept")


def asked(rule: str, start: date | datetime, *ledger: Entry) -> Due | Refused:
    """When a rule is due on its own calendar."""
    calendar = table(RULES[rule].calendar)
    assert isinstance(calendar, Table)
    return due(Clock(RULES[rule], start, ledger), calendar)


def found(rule: str, start: date | datetime, *ledger: Entry) -> Due:
    """The same, where it must not be refused."""
    one = asked(rule, start, *ledger)
    assert isinstance(one, Due), one
    return one


def code(one: object) -> str:
    """The code of a refusal, which it must be."""
    assert isinstance(one, Refused), one
    return one.code


@pytest.mark.parametrize("one", FACTS["inspections"], ids=lambda one: one["report"])
def test_the_last_day_for_comments_on_real_reports(one: dict[str, Any]) -> None:
    """The days that the public record gives."""
    assert found("inspection-comments", one["published"]).due_on == one["last_day"]


@pytest.mark.parametrize(("meeting", "publish_by"), FACTS["publish_by_for_five_clear_days"].items())
def test_five_clear_days_of_real_meetings(meeting: date, publish_by: date) -> None:
    """The days that the public record gives."""
    assert found("panel-papers", meeting).due_on == publish_by


def test_the_cutoff_of_a_real_meeting() -> None:
    """For 5 February 2020: the day before at 09:00, to the second."""
    one = found("question-cutoff", date(2020, 2, 5))

    assert one.due_at == datetime(2020, 2, 4, 9, tzinfo=UTC)
    assert question_in_time(one, one.due_at) is True
    assert question_in_time(one, datetime(2020, 2, 4, 9, 0, 1, tzinfo=UTC)) is False
    assert code(question_in_time(one, one.due_at.replace(tzinfo=None))) == "instant_without_zone"


@pytest.mark.parametrize("one", FACTS["precepts"].values(), ids=FACTS["precepts"].keys())
def test_real_precept_meetings_fell_before_the_panels_day(one: dict[str, Any]) -> None:
    """Each panel met on or before 8 February of the year before the precept's."""
    due_on = found("precept-report", one["panel"]).due_on

    assert due_on == date(one["panel"].year, 2, 8)
    assert one["panel"] <= due_on


@pytest.mark.parametrize(
    ("rule", "start", "due_on", "advice_on"),
    [
        ("inspection-comments", date(2023, 10, 31), date(2023, 12, 25), date(2023, 12, 22)),
        ("precept-proposal", date(2026, 1, 12), date(2026, 2, 1), date(2026, 1, 30)),
        ("precept-report", date(2025, 4, 1), date(2026, 2, 8), date(2026, 2, 6)),
        ("precept-revised", date(2026, 2, 15), date(2026, 2, 15), date(2026, 2, 13)),
        ("precept-second-report", date(2026, 2, 16), date(2026, 2, 22), date(2026, 2, 20)),
        ("precept-issue", date(2028, 2, 29), date(2028, 3, 1), None),
        ("confirmation-hearing", date(2026, 1, 12), date(2026, 2, 1), date(2026, 1, 30)),
        ("removal-recommendation", date(2026, 1, 12), date(2026, 2, 22), date(2026, 2, 20)),
        ("foi-response", date(2026, 3, 10), date(2026, 4, 10), None),  # 17 March is left out
        ("foi-response", date(2026, 6, 6), date(2026, 7, 6), None),  # received on a Saturday; 15 June out
        ("foi-response", date(2022, 9, 1), date(2022, 9, 30), None),  # 19 September is left out
        ("complaint-review", date(2026, 1, 12), date(2026, 2, 9), None),
        ("complaint-referral", date(2026, 1, 16), date(2026, 1, 17), date(2026, 1, 16)),
        ("recommendation-immediately", date(2026, 1, 12), date(2026, 1, 12), None),
        ("recommendation-three-months", date(2022, 11, 30), date(2023, 2, 28), None),
        ("recommendation-six-months", date(2022, 8, 31), date(2023, 2, 28), None),
        ("recommendation-by-date", date(2023, 4, 30), date(2023, 4, 30), date(2023, 4, 28)),
        ("police-plan", date(2024, 5, 2), date(2025, 3, 31), None),
        ("budget-published", date(2025, 12, 1), date(2026, 3, 31), None),
        ("panel-papers", date(2026, 4, 8), date(2026, 3, 27), None),  # over Easter
        ("question-cutoff", date(2026, 4, 7), date(2026, 4, 2), None),  # a Tuesday after Easter
        ("question-cutoff", date(2026, 2, 8), date(2026, 2, 6), None),  # a meeting on a Sunday
        ("fact-check", date(2026, 12, 18), date(2027, 1, 6), None),
    ],
)  # fmt: skip
def test_the_rules_by_example(rule: str, start: date, due_on: date, advice_on: date | None) -> None:
    """Statutory dates never roll; the advice is the working day before."""
    one = found(rule, start)

    assert (one.due_on, one.advice_on) == (due_on, advice_on)


def test_a_post_election_period_is_ignored() -> None:
    """Notified on 22 April 2024, poll on 2 May, accepted on 9 May: eight days are left out."""
    ledger = Suspended(date(2024, 5, 2), date(2024, 5, 9))

    assert found("confirmation-hearing", date(2024, 4, 22)).due_on == date(2024, 5, 12)
    assert found("confirmation-hearing", date(2024, 4, 22), ledger).due_on == date(2024, 5, 20)


def test_what_the_law_does_not_allow_is_refused_with_the_law() -> None:
    """Nothing stops or extends the 56 days; a period of law is not set anew."""
    start = date(2026, 1, 12)
    stopped = asked("inspection-comments", start, Suspended(date(2026, 1, 20), date(2026, 1, 21)))
    longer = asked("inspection-comments", start, Extended(days=1))
    anew = asked("inspection-comments", start, Superseded(start, NamedDay(date(2026, 5, 1))))

    assert [code(one) for one in (stopped, longer, anew)] == [
        "cannot_suspend",
        "extension_limit",
        "cannot_set",
    ]
    assert {one.source for one in (stopped, longer, anew) if isinstance(one, Refused)} == {
        "police-act-1996.s55"
    }
    assert code(asked("panel-papers", start, Extended(days=1))) == "cannot_move"


def test_a_period_that_the_panel_sets() -> None:
    """It takes the place of the suggestion, by a number or by a day."""
    day = Superseded(date(2026, 1, 12), NamedDay(date(2026, 2, 2)))

    assert found("panel-reply", date(2026, 1, 12), day).due_on == date(2026, 2, 2)


def test_no_deadline_is_none() -> None:
    """An area for improvement falls due on no day."""
    assert code(asked("recommendation-none", date(2026, 1, 12))) == "no_deadline"


def test_a_start_after_the_day_that_is_due() -> None:
    """A precept cannot be proposed on 10 February by 1 February."""
    assert code(asked("precept-proposal", date(2026, 2, 10))) == "start_after_due"


def test_a_late_veto_is_no_veto() -> None:
    """Reported on the day it stands; a day later, or never, the proposed precept may be issued."""
    one = found("precept-report", date(2026, 1, 12))

    assert veto_outcome(one, date(2026, 2, 8), vetoed=True).code == "vetoed"
    assert veto_outcome(one, date(2026, 2, 9), vetoed=True).code == "scrutiny_ended"
    assert veto_outcome(one, None, vetoed=True).code == "scrutiny_ended"
    assert veto_outcome(one, None, vetoed=False).code == "scrutiny_ended"
    assert veto_outcome(one, date(2026, 2, 9), vetoed=False).code == "reported"


def test_the_direction_of_a_revised_precept() -> None:
    """Too high goes lower, too low goes higher; the same amount goes neither way."""
    assert revised_direction("too_high") == "lower"
    assert revised_direction("too_low") == "higher"
    assert revised_precept("too_high", 24_020, 24_019) is None
    assert revised_precept("too_low", 24_020, 24_021) is None
    assert code(revised_precept("too_high", 24_020, 24_020)) == "wrong_direction"
    assert code(revised_precept("too_low", 24_020, 24_019)) == "wrong_direction"


def test_papers_that_were_late() -> None:
    """Urgency needs its reason; a meeting at shorter notice needs its papers when it was convened."""
    one = found("panel-papers", date(2020, 2, 5))

    assert isinstance(papers_in_time(one, date(2020, 1, 28), None, None), str)
    assert code(papers_in_time(one, date(2020, 1, 29), None, None)) == "not_five_clear_days"
    assert code(papers_in_time(one, date(2020, 1, 29), None, "  ")) == "not_five_clear_days"
    assert "settlement" in str(papers_in_time(one, date(2020, 1, 29), None, "the settlement was late"))
    assert isinstance(papers_in_time(one, date(2020, 1, 30), date(2020, 1, 30), None), str)
    assert code(papers_in_time(one, date(2020, 1, 31), date(2020, 1, 30), None)) == "not_five_clear_days"


def test_retention_and_its_hold() -> None:
    """Six years from the meeting, no horizon, and a hold that stops disposal whatever the age."""
    rule, met = RULES["retention-minutes"], date(2019, 9, 10)
    hold = Hold("a request for information", date(2025, 9, 1))

    assert disposal(rule, met, date(2025, 9, 11)) == date(2025, 9, 10)
    assert code(disposal(rule, met, date(2025, 9, 10))) == "still_kept"
    assert code(disposal(rule, met, date(2040, 1, 1), (hold,))) == "legal_hold"
    ended = replace(hold, to_on=date(2039, 1, 1))
    assert disposal(rule, date(2030, 2, 28), date(2040, 1, 1), (ended,)) == date(2036, 2, 28)
    assert code(disposal(RULES["fact-check"], met, met)) == "not_a_retention_rule"
    assert code(disposal(rule, date.max, date.max)) == "not_a_retention_rule"


def test_a_pre_election_freeze() -> None:
    """Both its days are frozen; a duty in law is not, and a period that runs backwards is none."""
    period = freeze(found("pre-election-freeze", date(2024, 5, 2)).due_on, date(2024, 5, 2))

    assert not isinstance(period, Refused)
    assert period.from_on == date(2024, 3, 26)
    assert code(may_publish(date(2024, 5, 2), period, statutory_duty=False)) == "pre_election"
    assert may_publish(date(2024, 5, 2), period, statutory_duty=True) is None
    assert may_publish(date(2024, 5, 3), period, statutory_duty=False) is None
    assert code(freeze(date(2024, 5, 3), date(2024, 5, 2))) == "start_after_due"


CHANGES = [
    date(2023, 3, 26), date(2023, 10, 29), date(2024, 3, 31), date(2024, 10, 27), date(2025, 3, 30),
    date(2025, 10, 26), date(2026, 3, 29), date(2026, 10, 25), date(2027, 3, 28), date(2027, 10, 31),
    date(2028, 3, 26), date(2028, 10, 29),
]  # fmt: skip
"""The Sundays on which the clocks really changed, and will."""


@pytest.mark.parametrize("sunday", CHANGES)
def test_the_end_of_a_day_on_which_the_clocks_change(sunday: date) -> None:
    """A statutory day ends at 23:59:59 as London shows it, whatever the offset then."""
    one = found("recommendation-by-date", sunday)
    offset = 1 if sunday.month == 3 else 0

    assert one.due_at.astimezone(LONDON).replace(tzinfo=None) == datetime(
        sunday.year, sunday.month, sunday.day, 23, 59, 59, tzinfo=UTC
    ).replace(tzinfo=None)
    assert one.due_at.hour == 23 - offset


@pytest.mark.parametrize("sunday", CHANGES)
def test_nine_in_the_morning_on_either_side_of_a_change(sunday: date) -> None:
    """For Thursday's meeting it is Wednesday's nine, for the next Wednesday's Tuesday's: an hour apart."""
    thursday, wednesday = (date.fromordinal(sunday.toordinal() + n) for n in (-3, 3))
    before, after = found("question-cutoff", thursday), found("question-cutoff", wednesday)
    spring = sunday.month == 3

    assert (before.due_on.weekday(), after.due_on.weekday()) == (2, 1)
    assert (before.due_at.hour, after.due_at.hour) == ((9, 8) if spring else (8, 9))


@pytest.mark.parametrize("sunday", CHANGES)
def test_an_instant_near_midnight_starts_on_londons_day(sunday: date) -> None:
    """23:30 in UTC is already tomorrow in London in summer, and still today in winter."""
    at = datetime(sunday.year, sunday.month, sunday.day, 23, 30, tzinfo=UTC)
    later = 1 if sunday.month == 3 else 0

    assert found("recommendation-immediately", at).due_on == date.fromordinal(sunday.toordinal() + later)
