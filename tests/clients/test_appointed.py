"""Whom a notice to a role reaches: those who hold it, by their appointments, on the day of the notice."""

from datetime import date, timedelta

import pytest

from clients.addressees import addressees_of
from schemas.people import Appointment, Person, Role
from tests.clients import built

TODAY = built.AT.date()
DAY = timedelta(days=1)


def people(**appointed: tuple[Appointment, ...]) -> dict[str, Person]:
    """The demonstration's people, some of them with appointments."""
    found = {name.replace("_", "-"): said for name, said in appointed.items()}
    return {
        one.id: one.model_copy(update={"appointments": found.get(one.id, ())})
        for one in built.PEOPLE.values()
    }


def held(role: Role, from_on: date = TODAY - DAY, to_on: date | None = None, **facts: str) -> Appointment:
    """A role from a day to a day."""
    return Appointment.model_validate({"role": role, "from_on": from_on, "to_on": to_on, **facts})


def reached(everybody: dict[str, Person], role: Role = Role.COMMISSIONER) -> list[str]:
    """Whom a notice to a role concerns."""
    notice = built.notice("findings_to_sign", to=(), roles=(role,))
    return [one.id for one in addressees_of(notice, everybody).concerned]


@pytest.mark.parametrize(
    ("from_on", "to_on", "reaches"),
    [(TODAY, TODAY, True), (TODAY + DAY, None, False), (TODAY - 9 * DAY, TODAY - DAY, False)],
)
def test_an_acting_commissioner_is_told_what_the_commissioner_is(
    from_on: date, to_on: date | None, *, reaches: bool
) -> None:
    """On the days of the appointment, both of which belong to it."""
    acting = (held(Role.CHIEF_EXECUTIVE), held(Role.ACTING_COMMISSIONER, from_on, to_on))
    found = reached(people(chief_executive=acting))
    assert found == ["chief-executive", "commissioner"] if reaches else found == ["commissioner"]


def test_whose_appointment_has_ended_is_told_nothing() -> None:
    """Not in the role that ended, and in no other."""
    ended = (held(Role.COMMISSIONER, TODAY - 9 * DAY, TODAY - DAY),)
    assert reached(people(commissioner=ended)) == []
    moved = (held(Role.COMMISSIONER, TODAY - 9 * DAY, TODAY - DAY), held(Role.POLICY_OFFICER))
    found = reached(people(commissioner=moved), Role.POLICY_OFFICER)
    assert found == ["commissioner", "policy-officer", "second-policy-officer"]


def test_a_deputy_is_told_on_the_days_of_the_appointment() -> None:
    """Whom an appointment names as deputy too, and a deputy whose days are over no more."""
    notice = built.notice("evidence_overdue", copy_deputies=True)
    of = "acc-local-policing"
    ended = people(acc_protecting_people=(held(Role.THEMATIC_LEAD, to_on=TODAY - DAY, deputises=of),))
    assert addressees_of(notice, ended).copied == ()
    other = people(chief_constable=(held(Role.CHIEF_CONSTABLE), held(Role.THEMATIC_LEAD, deputises=of)))
    assert {one.id for one in addressees_of(notice, other).copied} == {
        "acc-protecting-people",
        "chief-constable",
    }
