"""Since when somebody holds a role, and when they held it last."""

from datetime import date

import pytest

from rules.acting.appointments import role_ended, role_since
from schemas.people import Appointment, Person, Role

SPELLS = (
    (date(2026, 1, 1), date(2026, 3, 31)),
    (date(2026, 4, 1), date(2026, 6, 30)),
    (date(2027, 1, 1), None),
)
HELD = tuple(Appointment(role=Role.COMMISSIONER, from_on=start, to_on=end) for start, end in SPELLS)
OTHER = Appointment(role=Role.POLICY_OFFICER, from_on=date(2020, 1, 1), to_on=date(2026, 9, 1))
HOLDER = Person(
    id="holder",
    title="Holder",
    role=Role.POLICY_OFFICER,
    organisation="office",
    appointments=(*HELD, OTHER),
)


@pytest.mark.parametrize(
    ("day", "ended"),
    [
        (date(2025, 12, 31), None),
        (date(2026, 3, 31), None),
        (date(2026, 4, 1), date(2026, 3, 31)),
        (date(2026, 7, 1), date(2026, 6, 30)),
        (date(2026, 12, 31), date(2026, 6, 30)),
    ],
)
def test_a_role_ended_on_its_last_day(day: date, ended: date | None) -> None:
    """The newest of the ends before the day, of that role alone; the last day itself still belongs to it."""
    assert role_ended(HOLDER, Role.COMMISSIONER, day) == ended


@pytest.mark.parametrize(
    ("day", "since"),
    [
        (date(2026, 2, 1), date(2026, 1, 1)),
        (date(2026, 4, 1), date(2026, 4, 1)),
        (date(2026, 8, 1), None),
        (date(2028, 1, 1), date(2027, 1, 1)),
    ],
)
def test_a_role_is_held_since_its_first_day(day: date, since: date | None) -> None:
    """The day on which the appointment in force began; None where none is."""
    assert role_since(HOLDER, Role.COMMISSIONER, day) == since


def test_who_has_no_appointments_holds_their_role_without_a_beginning() -> None:
    """Neither a first day nor a last one is known."""
    plain = HOLDER.model_copy(update={"appointments": ()})
    assert role_since(plain, Role.POLICY_OFFICER, date(2026, 1, 1)) is None
    assert role_ended(plain, Role.POLICY_OFFICER, date(2026, 1, 1)) is None
