"""Who stands for an office, who may follow, and whose office has ended."""

from datetime import timedelta
from typing import Any

import pytest

from reference.bodies import bodies
from reference.catalogue import demonstration_people
from rules.acting.bodies import (
    check_announcement,
    check_ended,
    check_opening,
    check_succession,
    day_for,
    followed_by,
    line_of,
    standing,
    to_come,
    touched,
)
from schemas.outcomes import Refused
from schemas.people import Actor, Appointment, Person, Role
from tests import scenario as s
from tests.rules import acts, outcome_acts
from tests.rules.succession_acts import DEPUTY, NEW, NEW_NAME, OLD, OLD_NAME, announced, called, force
from tests.rules.table import MONDAY, opened, opening, refused

DAY = timedelta(days=1)
TODAY = MONDAY.date()
LATER = TODAY + 30 * DAY
PEOPLE = demonstration_people()


def test_what_can_be_is_announced() -> None:
    """For a day to come, for today, and for the successor of a successor."""
    assert check_announcement(announced(LATER), (), [OLD], TODAY) is None
    assert check_announcement(announced(TODAY), (), [OLD], TODAY) is None
    third = announced(LATER + DAY, was=NEW, was_name=NEW_NAME, to="a-board", to_name="A board")
    assert check_announcement(third, [announced(LATER)], [OLD], TODAY) is None


@pytest.mark.parametrize(
    ("facts", "code", "field"),
    [
        ({"to_name": " "}, "without_successor", "to"),
        ({"was": "nobody-here"}, "unknown_predecessor", "was"),
        ({"to": OLD, "to_name": OLD_NAME}, "no_succession", "to"),
        ({"from_on": TODAY - DAY}, "succession_in_past", "from_on"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(facts: dict[str, Any], code: str, field: str) -> None:
    """Without a successor, by somebody unknown, to itself, or for a day that is past."""
    found = check_announcement(announced(LATER).model_copy(update=facts), (), [OLD], TODAY)
    assert refused(found, code).field == field


def test_a_day_that_is_past_is_recorded_with_the_reason_for_it() -> None:
    """Lateness is on record; it blocks nothing."""
    late = announced(TODAY - DAY, recorded_late="The order came out only today")
    assert check_announcement(late, (), [OLD], TODAY) is None
    blank = announced(TODAY - DAY, recorded_late="  ")
    refused(check_announcement(blank, (), [OLD], TODAY), "succession_in_past")


@pytest.mark.parametrize(
    "facts",
    [
        {"to": "another", "to_name": "Another"},
        {"was": NEW, "was_name": NEW_NAME, "to": "a-board", "to_name": "A board", "from_on": LATER},
        {"was": NEW, "was_name": NEW_NAME, "to": "a-board", "to_name": "A board", "from_on": LATER - DAY},
    ],
)
def test_a_second_one_that_overlaps_is_refused_and_names_the_first(facts: dict[str, Any]) -> None:
    """The same predecessor twice, or a day that is not after the one before."""
    found = check_announcement(
        announced(LATER + DAY).model_copy(update=facts), [announced(LATER)], [OLD], TODAY
    )
    assert NEW_NAME in refused(found, "overlapping_succession").message


def test_forces_and_bodies_do_not_stand_in_each_others_way() -> None:
    """Each part has its own line."""
    found = check_announcement(force(LATER), [announced(LATER)], ["west-mercia-police"], TODAY)
    assert found is None


def test_one_office_has_a_line_of_bodies() -> None:
    """So that its standards and cycles are found under every name."""
    made = [announced(LATER), announced(LATER + DAY, was=NEW, to="a-board"), force(LATER)]
    assert line_of(OLD, made) == (OLD, NEW, "a-board")
    assert [followed_by(OLD, made, "body", LATER + n * DAY) for n in (-1, 0, 1)] == [OLD, NEW, "a-board"]
    assert [one.to for one in to_come(made, LATER)] == ["a-board"]


def test_who_stands_on_a_day_is_known_once_something_was_announced() -> None:
    """The register until then, the successor from its day; nothing at all before any announcement."""
    assert standing(bodies(), [], OLD, TODAY) == {}
    found = standing(bodies(), [force(LATER)], OLD, LATER)
    assert found["body"] == (OLD, OLD_NAME)
    assert found["force"] == ("mercia-police", "Mercia Police")
    assert standing(bodies(), [force(LATER)], OLD, TODAY)["force"][0] == "west-mercia-police"


def test_a_cycle_is_not_opened_under_a_body_that_was_followed() -> None:
    """The refusal names the successor; before the day nothing is refused."""
    command, made = opening(), [announced(LATER)]
    assert check_opening(command, made, MONDAY) is None
    found = refused(check_opening(command, made, MONDAY + 30 * DAY), "body_followed")
    assert NEW_NAME in found.message
    assert NEW in found.message
    other = command.model_copy(update={"body": NEW})
    assert check_opening(other, made, MONDAY + 30 * DAY) is None


def test_one_cycle_is_handed_over_to_whom_somebody_knows() -> None:
    """In the register, or named in full; and not for a past day without a reason."""
    cycle = opened().cycle
    unknown = outcome_acts.succeed(LATER, "nobody-knows")
    refused(check_succession(unknown, {OLD}, cycle, MONDAY), "unknown_successor")
    named = outcome_acts.succeed(LATER, "nobody-knows", to_name=s.say("Now they do"))
    assert check_succession(named, {OLD}, cycle, MONDAY) is None
    past = outcome_acts.succeed(TODAY, NEW)
    refused(check_succession(past, {NEW}, cycle, MONDAY + DAY), "succession_in_past")
    late = outcome_acts.succeed(TODAY, NEW, recorded_late=s.say("We heard today"))
    assert check_succession(late, {NEW}, cycle, MONDAY + DAY) is None
    assert check_succession(acts.pause(), set(), cycle, MONDAY) is None


def ended(actor: Actor, person: Person | None = None, day: Any = LATER) -> Refused | None:
    """What somebody is told who acts after their body was followed."""
    people = {**PEOPLE, **({person.id: person} if person else {})}
    command = acts.pause(actor)
    return check_ended(command, people, [announced(LATER)], None, day)


def test_an_office_ends_with_its_body_and_staff_go_on() -> None:
    """The refusal names the successor; the day before nobody is refused."""
    for actor in (s.COMMISSIONER, DEPUTY):
        found = refused(ended(actor), "office_ended")
        assert f"Ask {NEW_NAME}" in found.message
        assert ended(actor, day=LATER - DAY) is None
    for actor in (s.OFFICER, s.CHIEF_EXECUTIVE, s.LEAD):
        assert ended(actor) is None


def test_an_appointment_from_the_day_lets_somebody_go_on() -> None:
    """One without end from long before does not: it ended with its body."""

    def appointed(**days: Any) -> Person:
        held = Appointment(role=Role.COMMISSIONER, **days)
        return PEOPLE["commissioner"].model_copy(update={"appointments": (held,)})

    assert ended(s.COMMISSIONER, appointed(from_on=LATER)) is None
    assert ended(s.COMMISSIONER, appointed(from_on=TODAY, to_on=LATER + 30 * DAY)) is None
    refused(ended(s.COMMISSIONER, appointed(from_on=TODAY)), "office_ended")


def test_an_office_holder_who_was_followed_is_sent_to_the_successor() -> None:
    """By the announcement, or by what one cycle alone was told."""
    one = announced(
        LATER, what="office_holder", was="commissioner", to="deputy-commissioner", to_name="The deputy"
    )
    found = check_ended(acts.pause(s.COMMISSIONER), PEOPLE, [one], None, LATER)
    assert "The deputy" in refused(found, "office_ended").message
    assert check_ended(acts.pause(DEPUTY), PEOPLE, [one], None, LATER) is None
    table = opened()
    told = {"what": "office_holder", "was": "commissioner"}
    table.do(outcome_acts.succeed(LATER, "deputy-commissioner", **told))
    found = check_ended(acts.pause(s.COMMISSIONER), PEOPLE, [], table.cycle, LATER)
    refused(found, "office_ended")


def test_a_succession_touches_the_cycles_of_its_predecessor_once() -> None:
    """Not those that know of it, and not those that were opened under the successor."""
    table, one = opened(), announced(LATER)
    assert touched(table.cycle, one) is True
    assert touched(table.cycle, force(LATER)) is True
    assert touched(table.cycle, announced(LATER, was=NEW, to="a-board")) is False
    table.do(outcome_acts.succeed(LATER, NEW))
    assert touched(table.cycle, one) is None
    assert touched(table.cycle, announced(LATER + DAY, was=NEW, to="a-board")) is True
    assert touched(opened(body=NEW, called=(called(),)).cycle, one) is None
    assert touched(opened(body="another").cycle, one) is False


def test_a_cycle_opened_after_the_day_is_handed_over_from_its_opening() -> None:
    """Where it was recorded late."""
    assert day_for(opened().cycle, announced(TODAY - 9 * DAY)) == TODAY
    assert day_for(opened().cycle, announced(LATER)) == LATER
