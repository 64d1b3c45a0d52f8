"""Lateness that overlaps is one outage, said in words and in working days."""

from datetime import UTC, datetime, timedelta
from typing import get_args

import pytest

from reference.outages import in_words, page_of, turned
from rules.duties.duty import Kind
from rules.duties.outages import length, named
from schemas.outages import LateRow, LateSpan

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)


def row(duty: str, planned: datetime, late_by: timedelta, cycle: str = "HTA-2026-01") -> LateRow:
    """Something that was late."""
    return LateRow(cycle=cycle, cycle_title="A cycle", duty=duty, planned_at=planned, late_by=late_by)


def hours(count: float) -> timedelta:
    """So many hours."""
    return timedelta(hours=count)


def test_what_overlaps_is_one_outage_and_the_newest_comes_first() -> None:
    """Two that touch through a third are one; one that began when all was done again is another."""
    rows = [
        row("remind/1", MONDAY, hours(3)),
        row("release/1", MONDAY + hours(2), hours(2), "HTA-2026-02"),
        row("wake/1", MONDAY + hours(4), hours(1)),
        row("miss/1", MONDAY + hours(5.1), hours(1)),
    ]
    newest, first = in_words(reversed(rows))
    assert [one.duty for one in first.late] == ["remind/1", "release/1", "wake/1"]
    assert (first.began_at, first.ended_at, first.lasted) == (MONDAY, MONDAY + hours(5), "5 hours")
    assert (first.cycles, newest.cycles) == (2, 1)
    assert [one.what for one in newest.late] == ["Due day of request 1 noted as missed"]


def test_a_long_lateness_inside_which_a_short_one_ends_holds_both() -> None:
    """The end is that of the longest, not of the last to begin."""
    rows = [row("miss/1", MONDAY, hours(10)), row("wake/1", MONDAY + hours(1), hours(1))]
    rows.append(row("remind/1", MONDAY + hours(9), hours(3)))
    [outage] = in_words(rows)
    assert outage.ended_at == MONDAY + hours(12)


def test_no_lateness_is_no_outage() -> None:
    """An empty office."""
    assert in_words([]) == ()


@pytest.mark.parametrize(
    ("late_by", "said"),
    [
        (hours(2) + timedelta(minutes=14, seconds=50), "2 hours 14 minutes"),
        (timedelta(minutes=6), "6 minutes"),
        (hours(1), "1 hour"),
        (timedelta(days=1, minutes=3), "1 day"),
        (timedelta(days=6, hours=3, minutes=20), "6 days 3 hours"),
        (timedelta(seconds=20), "less than a minute"),
    ],
)
def test_a_length_is_said_in_its_two_largest_units(late_by: timedelta, said: str) -> None:
    """Rounded down."""
    assert length(late_by) == said


@pytest.mark.parametrize(
    ("planned", "late_by", "said"),
    [
        (MONDAY, hours(24), "1 day"),
        (MONDAY, timedelta(days=4, hours=2), "4 days 2 hours (4 working days)"),
        (MONDAY + timedelta(days=4), timedelta(days=3), "3 days (1 working day)"),
        (datetime(2026, 12, 24, 9, tzinfo=UTC), timedelta(days=5), "5 days (1 working day)"),
        (datetime(2011, 12, 24, 9, tzinfo=UTC), timedelta(days=5), "5 days"),
    ],
)
def test_more_than_a_day_is_said_in_working_days_too(
    planned: datetime, late_by: timedelta, said: str
) -> None:
    """Weekends and bank holidays are left out; where the calendar does not reach, they are not guessed."""
    [outage] = in_words([row("wake/1", planned, late_by)])
    assert outage.late[0].by == said


def test_every_kind_of_duty_has_its_words() -> None:
    """None is shown by its name in the record; letters are told by what they are."""
    for kind in get_args(Kind):
        assert not named(f"{kind}/7").lower().startswith(f"{kind} ".replace("_", " ")), kind
    assert named("letter/evidence_requested/1") == "Letter: evidence requested (1)"
    assert named("letter/session_fixed") == "Letter: session fixed"
    assert named("miss/2026/015") == "Due day of 2026/015 noted as missed"
    assert named("remind/2") == "Reminder about request 2"


def test_a_page_of_outages_has_the_whole_in_numbers_and_only_its_own_lines_in_words() -> None:
    """What goes over the end of a page goes on on the next; on both it is one outage with one total."""
    spans = [LateSpan("HTA-2026-01", number, MONDAY + hours(number / 2), hours(1)) for number in range(5)]
    spans.append(LateSpan("HTA-2026-02", 9, MONDAY + hours(48), hours(1)))
    first, second, beyond = turned(spans, 4, 0), turned(spans, 4, 4), turned(spans, 4, 8)
    assert [one.version for one in first.wanted] == [9, 0, 1, 2]
    assert [one.version for one in second.wanted] == [3, 4]
    rows = [row(f"remind/{one.version}", one.planned_at, one.late_by, one.cycle) for one in second.wanted]
    page = page_of(second, rows)
    assert (page.count, page.outages, page.cycles) == (6, 2, 2)
    [part] = page.parts
    assert (part.count, part.first, part.last, part.cycles, part.lasted) == (5, 4, 5, 1, "3 hours")
    assert [one.what for one in part.late] == ["Reminder about request 3", "Reminder about request 4"]
    assert page_of(beyond, []).parts == ()
    assert [
        one.late for one in page_of(turned(spans, 9, 0), [*map(_said, turned(spans, 9, 0).wanted)]).parts
    ] == [one.late for one in in_words(map(_said, spans))]


def _said(one: LateSpan) -> LateRow:
    return row(f"remind/{one.version}", one.planned_at, one.late_by, one.cycle)
