"""What may be supposed: every wrong input has one sentence, and the days that are supposed are right."""

from datetime import date, timedelta

import pytest

from reference.catalogue import calendar
from rules.acting.supposing import MAY_SUPPOSE, may_suppose
from rules.calendars import WorkingCalendar
from rules.supposing.asking import Said, check, supposition
from rules.supposing.days import moved_to, with_holidays
from schemas.commands import Cancel, Pause
from schemas.people import Role
from schemas.supposing import Supposition
from tests import scenario as s
from tests.rules.table import MONDAY, Table, opened, refused, working

FRIDAY = date(2026, 6, 5)


def codes(found: object) -> list[str]:
    """The codes of refusals, each with a sentence."""
    assert isinstance(found, tuple)
    for one in found:
        refused(one, one.code)
    return [one.code for one in found]


def checked(table: Table, **supposed: object) -> list[str]:
    """What is wrong with a supposition about the cycle on the table."""
    made = Supposition.model_validate(supposed)
    return codes(check(table.cycle, made, table.moment.today, working()))


def test_what_was_typed_is_read() -> None:
    """Numbers, the word silent, days in two ways of writing them, and twice the same day once."""
    said = Said(" 6 ", "+7", ("2026-12-24", "24 12 2026", "", "24.12.2026"), "3")
    assert supposition(said) == Supposition(
        force_late_days=6, session_moves_days=7, holidays=(date(2026, 12, 24),), office_late_days=3
    )
    assert supposition(Said("Silent", "-7")) == Supposition(force_late_days="silent", session_moves_days=-7)


@pytest.mark.parametrize(
    ("said", "code", "field"),
    [
        (Said(), "nothing_supposed", "force_late"),
        (Said(holidays=(" ",)), "nothing_supposed", "force_late"),
        (Said("0"), "late_wrong", "force_late"),
        (Said("61"), "late_wrong", "force_late"),
        (Said("9" * 5000), "late_wrong", "force_late"),
        (Said("six"), "late_wrong", "force_late"),
        (Said(office_late="-1"), "late_wrong", "office_late"),
        (Said(office_late="silent"), "late_wrong", "office_late"),
        (Said(session_moves="0"), "moves_wrong", "session_moves"),
        (Said(session_moves="400"), "moves_wrong", "session_moves"),
        (Said(session_moves="--7"), "moves_wrong", "session_moves"),
        (Said(session_moves="a week"), "moves_wrong", "session_moves"),
        (Said(holidays=("2026-02-30",)), "holiday_no_date", "holidays"),
        (Said(holidays=("31 2 2026",)), "holiday_no_date", "holidays"),
        (Said(holidays=("Christmas",)), "holiday_no_date", "holidays"),
        (Said(holidays=tuple(f"2026-12-{n:02d}" for n in range(1, 12))), "too_many_holidays", "holidays"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_field(said: Said, code: str, field: str) -> None:
    """One sentence, at the field in which it can be mended."""
    found = supposition(said)
    assert codes(found) == [code]
    assert isinstance(found, tuple)
    assert found[0].field == field


def test_everything_that_is_wrong_is_said_at_once() -> None:
    """Nobody mends one field to be told of the next."""
    found = supposition(Said("x", "y", ("z",), "w"))
    assert codes(found) == ["late_wrong", "moves_wrong", "holiday_no_date", "late_wrong"]


@pytest.mark.parametrize(
    ("day", "code"),
    [
        ("2026-06-01", "holiday_past"),
        ("2026-05-29", "holiday_past"),
        ("2026-06-06", "holiday_not_working"),
        ("2026-12-25", "holiday_not_working"),
        ("2190-06-01", "beyond_horizon"),
    ],
)
def test_a_holiday_is_a_working_day_to_come(day: str, code: str) -> None:
    """Not today or before, no weekend, no holiday already, and within the calendar."""
    assert checked(opened(), holidays=[day]) == [code]


def test_a_session_is_moved_only_where_there_is_one() -> None:
    """None is fixed; or it would move to a Saturday."""
    assert checked(opened(session=None), session_moves_days=7) == ["no_session_to_move"]
    table = opened()
    saturday = 5 - table.cycle.sessions[0].starts_at.weekday()
    assert checked(table, session_moves_days=saturday) == ["moves_to_no_working_day"]
    assert checked(table, session_moves_days=7) == []


def test_nobody_is_late_who_owes_nothing() -> None:
    """Every return is in and looked at: neither the force nor the office can be late."""
    table = opened()
    table.do(s.submit(table.cycle.reference), s.accept(table.cycle.reference))
    assert checked(table, force_late_days=6) == ["nothing_owed"]
    assert checked(table, office_late_days=6) == ["nothing_to_review"]
    assert checked(table, force_late_days="silent", office_late_days=1) == [
        "nothing_owed",
        "nothing_to_review",
    ]


def test_a_cycle_that_stands_still_is_not_asked_about() -> None:
    """Cancelled, or paused: one sentence and no more."""
    table = opened()
    facts = {"cycle": table.cycle.reference, "actor": s.OFFICER, "reason": s.say("Because.")}
    table.do(Pause(key=s.key(), **facts))
    assert checked(table, force_late_days=6, holidays=["2026-06-06"]) == ["cycle_paused"]
    table.do(Cancel(key=s.key(), **facts))
    assert checked(table, force_late_days=6) == ["cycle_over"]


def test_only_the_office_supposes() -> None:
    """The force and the panel are told whom to ask."""
    assert {Role.POLICY_OFFICER, Role.CHIEF_EXECUTIVE, Role.COMMISSIONER} <= MAY_SUPPOSE
    assert may_suppose(Role.POLICY_OFFICER) is None
    for role in (Role.THEMATIC_LEAD, Role.PANEL_SECRETARIAT, Role.PUBLIC):
        refused(may_suppose(role), "not_for_the_office")


def test_a_supposed_edition_is_newer_than_every_other_and_has_one_day_less() -> None:
    """It follows the known editions, whatever day it is, and counts the day no more."""
    base, today = calendar(), MONDAY.date()
    known = (base.version, "england-and-wales/2031-01-05", "scotland/2040-01-01")
    made = with_holidays(base, [FRIDAY], today, known)
    assert made.version == "england-and-wales/2031-01-06"
    before, after = WorkingCalendar(base), WorkingCalendar(made)
    thursday = FRIDAY - timedelta(days=1)
    assert (before.after(thursday, 1), after.after(thursday, 1)) == (FRIDAY, FRIDAY + timedelta(days=3))
    assert after.why_not(FRIDAY) == "A bank holiday, as is supposed"
    assert with_holidays(base, [FRIDAY], date(2035, 1, 1)).version == "england-and-wales/2035-01-02"


def test_a_moved_session_keeps_its_hour() -> None:
    """Also where the clocks change between the two days."""
    session = opened().cycle.sessions[0]
    moved = moved_to(session, 140)
    assert (moved.hour - session.starts_at.hour, (moved - session.starts_at).days) == (1, 140)
