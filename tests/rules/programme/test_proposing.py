"""Proposing a year: what most needs asking first, on days that are free and leave time to prepare."""

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, get_args

import pytest

from reference.catalogue import standards
from rules.clocks import civil, instant, london
from rules.programme.coverage import coverage
from rules.programme.doorway import preparation
from rules.programme.proposing import (
    MOST_IN_ONE,
    NEED,
    TO_SPARE,
    Wish,
    check_wish,
    room_in,
    suggest,
    taken_days,
)
from rules.programme.years import first_day, last_day
from schemas.outcomes import Refused
from schemas.programme import Ground, Programme
from schemas.programme.commands import MOST_SLOTS
from schemas.programme.rows import Coverage, ScrutinyRow, Suggestion
from tests import programme as p
from tests.editions import working
from tests.rules.programme.paper import PLAN, YEAR, planned, today

REFS = tuple(PLAN.commitments())
NEXT = 2027


def wish(year: int = NEXT, count: int = 12, **more: Any) -> Wish:
    """So many thematic cycles in a year, planned from the day on which things happen."""
    facts: dict[str, Any] = {"standards": standards()["thematic"], "calendar": p.days(), "today": today()}
    return Wish(year=year, count=count, **{**facts, **more})


def covered(*rows: ScrutinyRow, programme: Programme | None = None) -> tuple[Coverage, ...]:
    """What was asked about each commitment."""
    return coverage(PLAN, rows, programme, today())


def with_need(**grounds: Ground) -> list[Coverage]:
    """Coverage by place in the plan, such as `at_3="not_assured"`; the rest has no ground."""
    by_place = {int(name.removeprefix("at_")): ground for name, ground in grounds.items()}
    facts = {"judged_in": "HTA-2025-01", "overdue_in": "HTA-2025-02", "last": "HTA-2024-01"}
    return [
        one.model_copy(update={"ground": by_place.get(place), **facts}) for place, one in enumerate(covered())
    ]


def heard(suggestion: Suggestion) -> list[date]:
    """The days of its sessions, in its order."""
    return [civil(one.session_at) for one in suggestion.cycles]


def test_a_year_is_spread_over_the_year() -> None:
    """Twelve cycles: twelve months, each with one session or two, none on two days alike."""
    days = heard(suggest(PLAN, covered(), wish()))
    assert len(set(days)) == 12
    assert days == sorted(days)
    gaps = [later - before for before, later in pairwise(days)]
    assert max(gaps) - min(gaps) <= timedelta(days=14)
    assert len({(one.year, one.month) for one in days}) >= 11


def test_sessions_are_on_working_days_that_are_free_at_two_in_the_afternoon() -> None:
    """No weekend, no bank holiday, no day on which something else is held."""
    free = suggest(PLAN, covered(), wish(count=24))
    taken = frozenset(heard(free))
    holiday = working(*(day for day in p.days().working_days(first_day(NEXT), last_day(NEXT)) if day.day < 8))
    found = suggest(PLAN, covered(), wish(count=24, taken=taken, calendar=holiday))
    assert len(found.cycles) == len(free.cycles)
    assert not taken.intersection(heard(found))
    assert all(holiday.is_working(day) and day.day >= 8 for day in heard(found))
    assert {f"{london(one.session_at):%H:%M}" for one in found.cycles} == {"14:00"}


@pytest.mark.parametrize("kind", ["thematic", "rapid"])
def test_each_cycle_opens_early_enough_to_answer_and_read_and_a_week_to_spare(kind: str) -> None:
    """By working days, over Easter and Christmas as well."""
    found = suggest(PLAN, covered(), wish(standards=standards()[kind]))
    needed = preparation(standards()[kind]) + TO_SPARE
    assert {p.days().between(one.opens_on, civil(one.session_at)) for one in found.cycles} == {needed}


def test_nothing_opens_today_or_before() -> None:
    """In the year that has begun, what is left of it is used."""
    found = suggest(PLAN, covered(), wish(YEAR, 20))
    assert all(one.opens_on > today() for one in found.cycles)
    assert all(today() < day <= last_day(YEAR) for day in heard(found))


def test_what_most_needs_asking_comes_first() -> None:
    """By ground in the order of `NEED`; of equals, what the plan promises to hold the force to first."""
    grounds: tuple[Ground, ...] = ("long_ago", "never_asked", "partly_assured", "follow_up", "not_assured")
    of_theme = [place for place, one in enumerate(covered()) if one.theme == "reassuring"]
    need = {f"at_{place}": ground for place, ground in zip(of_theme, grounds, strict=False)}
    found = suggest(PLAN, with_need(**need), wish())
    assert [one.ground for one in found.cycles] == list(reversed(grounds))
    assert list(NEED) == list(reversed(grounds))
    kinds = {one.commitment: one.kind for one in covered()}
    every = suggest(PLAN, covered(), wish(count=60))
    asked = [kinds[one.commitments[0]] == "hold_to_account" for one in every.cycles]
    assert asked == sorted(asked, reverse=True)
    assert set(get_args(Ground)) - set(NEED) == {"outside", "chosen"}


def test_why_a_cycle_is_suggested_names_the_cycle_that_gave_reason() -> None:
    """The judgement's, the overdue action's, or the last; what nobody asked names none."""
    found = suggest(
        PLAN,
        with_need(at_0="not_assured", at_1="follow_up", at_2="never_asked", at_3="long_ago"),
        wish(),
    )
    by_ground = {one.ground: one for one in found.cycles}
    assert "HTA-2025-01" in by_ground["not_assured"].because
    assert "HTA-2025-02" in by_ground["follow_up"].because
    assert "HTA" not in by_ground["never_asked"].because
    assert [by_ground[one].after for one in ("not_assured", "follow_up")] == ["HTA-2025-01", "HTA-2025-02"]


def test_a_cycle_asks_about_one_theme_and_no_more_than_a_session_can_hear() -> None:
    """At most six commitments, and no commitment in two cycles."""
    found = suggest(PLAN, covered(), wish(count=60))
    themes = {one.commitment: one.theme for one in covered()}
    for one in found.cycles:
        assert len(one.commitments) <= MOST_IN_ONE
        assert {themes[ref] for ref in one.commitments} == {one.theme}
    every = Counter(ref for one in found.cycles for ref in one.commitments)
    assert set(every) == set(REFS)
    assert max(every.values()) == 1
    assert found.left_out == 0


def test_titles_that_would_be_equal_are_numbered() -> None:
    """Those that stand alone are not."""
    titles = [one.title for one in suggest(PLAN, covered(), wish(count=60)).cycles]
    assert len(set(titles)) == len(titles)
    assert any(one.endswith("(2)") for one in titles)
    alone = suggest(PLAN, with_need(at_0="not_assured"), wish())
    assert alone.cycles[0].title == "Putting victims and survivors first: what left us not assured"


def test_the_question_quotes_the_plan_and_counts_the_rest() -> None:
    """One promise is quoted; the others of its theme are counted."""
    one = suggest(PLAN, with_need(at_0="never_asked"), wish()).cycles[0]
    text = covered()[0].text.rstrip(".;")
    assert one.question.endswith(f"“{text}”?")
    more = suggest(PLAN, with_need(at_0="never_asked", at_1="never_asked"), wish()).cycles[0]
    assert "and about 1 more of its theme?" in more.question


def test_what_is_planned_already_is_not_suggested_again() -> None:
    """Nor is what an open cycle is still to hear."""
    paper = planned(adopted=True)
    ref = paper.slot().draft.commitments[0]
    for _ in range(2):
        found = suggest(PLAN, covered(programme=paper.standing), wish(count=60))
        assert all(ref not in one.commitments for one in found.cycles)
        paper.do(p.opened("2026/01", paper.now))


def test_fewer_cycles_than_asked_for_say_why() -> None:
    """No ground for more, no days for more, or no day at all."""
    full = suggest(PLAN, covered(), wish(count=12))
    assert (full.why, full.left_out > 0) == ("", True)
    one = suggest(PLAN, with_need(at_0="not_assured"), wish())
    assert one.why == "What was asked so far gives ground for 1 cycle and no more."
    assert "no cycle and no more" in suggest(PLAN, with_need(), wish()).why
    every = p.days().working_days(first_day(NEXT), last_day(NEXT))
    few = suggest(PLAN, covered(), wish(taken=frozenset(every[:-3])))
    assert few.why.startswith("Only 3 session days could be found")
    single = suggest(PLAN, covered(), wish(taken=frozenset(every[:-1])))
    assert single.why.startswith("Only 1 session day could")
    none = suggest(PLAN, covered(), wish(taken=frozenset(every)))
    assert (none.cycles, none.left_out) == ((), len(REFS))
    assert none.why.startswith("No session days could be found")


def test_days_that_the_calendar_does_not_know_are_not_used() -> None:
    """The last year that it knows in part is filled up to its horizon."""
    found = suggest(PLAN, covered(), wish(2028, 24))
    assert max(heard(found)) <= p.days().horizon_on < last_day(2028)


@pytest.mark.parametrize(
    ("asked", "code", "field"),
    [
        (wish(count=0), "no_cycles", "count"),
        (wish(count=-3), "no_cycles", "count"),
        (wish(count=MOST_SLOTS + 1), "too_many_slots", "count"),
        (wish(count=13, room=12), "too_many_slots", "count"),
        (wish(2025), "year_over", "year"),
        (wish(-5), "year_over", "year"),
        (wish(2029), "year_not_known", "year"),
        (wish(99999), "year_not_known", "year"),
    ],
)
def test_a_wish_that_nobody_can_fulfil_is_refused(asked: Wish, code: str, field: str) -> None:
    """None, too many, a year that is over, or one whose bank holidays nobody knows."""
    found = check_wish(asked)
    assert isinstance(found, Refused)
    assert (found.code, found.field) == (code, field)
    assert check_wish(wish(YEAR)) is None
    assert check_wish(wish(2028, MOST_SLOTS)) is None


def test_the_room_in_a_year_is_what_was_not_taken_out() -> None:
    """Dropped cycles make room again; other years do not matter."""
    paper = planned()
    assert (room_in(None, YEAR), room_in(paper.standing, YEAR)) == (MOST_SLOTS, MOST_SLOTS - 1)
    paper.do(p.drop("2026/01"))
    assert room_in(paper.standing, YEAR) == MOST_SLOTS


def test_days_are_taken_by_whatever_is_held_on_them() -> None:
    """Sessions that are coming in any forum, and cycles to come that were not taken out, by London's day."""
    paper = planned()
    late = instant(date(2027, 6, 1), "00:15")
    session = paper.slot().draft.session_at
    assert session
    assert taken_days(paper.standing, [late]) == {civil(session), date(2027, 6, 1)}
    paper.do(p.drop("2026/01"))
    assert taken_days(paper.standing, ()) == taken_days(None, ()) == frozenset()
