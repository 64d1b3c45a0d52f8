"""The programme's doorway, who may do what, and the days on which nobody works."""

from datetime import date
from typing import Any

import pytest

from rules.clocks import instant
from rules.programme.authority import MAY_PROGRAMME, PROGRAMME_ACTS
from rules.programme.decide import PROGRAMME_DECISIONS
from schemas.people import Appointment, Role
from schemas.programme.commands import SlotMove
from tests import programme as p
from tests import scenario as s
from tests.editions import working
from tests.rules.programme.paper import OPENS, YEAR, Paper, known, planned

ONE_OF_EACH = p.one_of_each(OPENS)


@pytest.mark.parametrize(
    ("facts", "code", "field"),
    [
        ({"cycle_kind": "yearly"}, "no_such_kind", "cycle_kind"),
        ({"officer": "nobody"}, "no_such_officer", "officer"),
        ({"officer": "commissioner"}, "no_such_officer", "officer"),
        ({"requests": (s.draft("nobody"),)}, "no_such_person", "requests"),
        ({"theme": "soothing"}, "no_such_theme", "theme"),
        ({"commitments": ("SWM-REASSURE-99",)}, "no_such_commitment", "commitments"),
        ({"opens_on": date(2026, 10, 4)}, "no_working_day", "opens_on"),
        ({"session_at": instant(date(2026, 12, 25), "14:00")}, "no_working_day", "session_at"),
        ({"session_at": instant(date(2029, 1, 2), "14:00")}, "beyond_horizon", None),
        ({"opens_on": date(2029, 1, 2)}, "beyond_horizon", None),
        ({"session_at": instant(date(2026, 10, 30), "14:00")}, "too_little_time", "opens_on"),
    ],
)
def test_a_cycle_that_names_what_there_is_not_is_refused_at_the_door(
    facts: dict[str, Any], code: str, field: str | None
) -> None:
    """Each with its field: put in, planned differently, or made of a proposal."""
    draft = p.draft(OPENS).model_copy(update=facts)
    Paper().refused(p.propose(draft, year=YEAR), code, field)
    planned().refused(p.change("2026/01", draft), code, field)
    Paper().refused(p.accept(1, YEAR, draft), code, field)
    opens = p.outside(outcome="opens", opens=draft, proposed=None)
    Paper().refused(opens, code, field)


def test_without_a_plan_nothing_can_be_put_in() -> None:
    """The sentence says what to import."""
    paper = Paper()
    paper.known = known(plan=None)
    said = paper.refused(p.propose(p.draft(OPENS), year=YEAR), "no_plan")
    assert "starter.py plan import" in said


def test_a_session_on_a_day_off_can_be_meant() -> None:
    """An officer who says so may have it, but a cycle never opens on one."""
    saturday = instant(date(2026, 11, 14), "10:00")
    draft = p.draft(OPENS, session_at=saturday, confirmed=True)
    Paper().do(p.propose(draft, year=YEAR))
    opens = draft.model_copy(update={"opens_on": date(2026, 10, 3)})
    Paper().refused(p.propose(opens, year=YEAR), "no_working_day", "opens_on")


def test_the_time_between_opening_and_session_is_what_the_kind_needs() -> None:
    """Twenty working days for most kinds; fewer for a rapid one."""
    nineteen, twenty = (instant(p.working(OPENS, count), "14:00") for count in (19, 20))
    short = p.propose(p.draft(OPENS, session_at=nineteen), year=YEAR)
    said = Paper().refused(short, "too_little_time", "opens_on")
    assert "lie 19 working days" in said
    Paper().do(p.propose(p.draft(OPENS, session_at=twenty), year=YEAR))
    rapid = p.draft(OPENS, held_after=8, cycle_kind="rapid")
    assert Paper().do(p.propose(rapid, year=YEAR)).slots


def test_a_move_is_looked_at_like_a_plan() -> None:
    """Its new days must be days on which somebody works, and leave time."""
    paper = planned()
    christmas = SlotMove(
        slot="2026/01", opens_on=date(2026, 12, 25), session_at=instant(date(2027, 2, 3), "14:00")
    )
    paper.refused(p.move(christmas), "no_working_day", "opens_on")
    soon = SlotMove(slot="2026/01", opens_on=OPENS, session_at=instant(date(2026, 10, 12), "14:00"))
    paper.refused(p.move(soon), "too_little_time", "opens_on")
    paper.refused(p.move(SlotMove(slot="2026/09", opens_on=OPENS)), "no_such_slot", "slot")


def test_a_holiday_that_was_proclaimed_is_a_day_off_at_the_door() -> None:
    """With the newest edition of the calendar the same day is refused, by its name."""
    paper = Paper()
    paper.known = known(working(OPENS))
    said = paper.refused(p.propose(p.draft(OPENS), year=YEAR), "no_working_day", "opens_on")
    assert "a day that was proclaimed" in said.lower()


def test_an_officer_by_appointment_may_be_named() -> None:
    """Whoever holds the office on some day, past or to come: who opens it is looked at on the day."""
    paper = Paper()
    acting = Appointment(role=Role.POLICY_OFFICER, from_on=date(2026, 10, 1), to_on=None)
    people = dict(paper.known.people)
    people["press-officer"] = people["force-coordination"].model_copy(
        update={"id": "press-officer", "appointments": (acting,)}
    )
    paper.known = known(people=people)
    paper.do(p.propose(p.draft(OPENS, officer="press-officer"), year=YEAR))


@pytest.mark.parametrize("kind", MAY_PROGRAMME)
def test_who_is_not_named_may_not(kind: str) -> None:
    """Every command is refused to a lead of the force, with whom to ask."""
    command = ONE_OF_EACH[kind].model_copy(update={"actor": s.LEAD})
    said = planned().refused(command, "not_your_role")
    assert PROGRAMME_ACTS[kind] in said


def test_every_command_has_somebody_who_may_and_something_that_it_does() -> None:
    """The tables of authority, of words and of decisions name the same commands."""
    assert set(MAY_PROGRAMME) == set(PROGRAMME_ACTS) == {*PROGRAMME_DECISIONS, "OpenProgramme"}
    assert set(ONE_OF_EACH) == set(MAY_PROGRAMME)


def test_only_the_commissioner_adopts() -> None:
    """Not the officer who planned the year."""
    command = p.adopt(YEAR).model_copy(update={"actor": s.OFFICER})
    assert "acting commissioner or commissioner" in planned().refused(command, "not_your_role")
