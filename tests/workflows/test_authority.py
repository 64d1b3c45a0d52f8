"""The running engine refuses for a role what the rules' table refuses, whatever door was passed."""

import pytest

from reference.catalogue import calendar
from rules.acting.authority import MAY
from schemas.outcomes import Receipt, Refused
from schemas.people import Actor, Appointment, Person, Role
from store.keeping import Keeping
from store.pool import Pool
from tests import scenario as s
from tests.conftest import Office
from tests.rules import acts, outcome_acts
from tests.workflows.tools import cycle_of, done, entries, refused, send

pytestmark = pytest.mark.real


async def test_every_command_by_somebody_who_may_and_somebody_who_may_not(office: Office) -> None:
    """One cycle, every command twice: the wrong role is refused for it, the right one never is."""
    ref = s.fresh_reference()
    now = s.wall_now()
    await done(office, ref, s.open_cycle(ref, now))
    ends = {"Cancel"}
    commands = {**acts.one_of_each(now), "ChangeCalendar": acts.change_calendar(calendar().version)}
    for kind, command in commands.items():
        if kind == "OpenCycle":
            continue
        stranger = command.model_copy(update={"actor": Actor(person="stranger", role=Role.BOARD_MEMBER)})
        await refused(office, ref, stranger, "not_your_role")
        assert command.actor.role in MAY[kind]
        if kind in ends:
            continue
        outcome = await send(office, ref, command)
        assert isinstance(outcome, Receipt | Refused), (kind, outcome)
        assert not isinstance(outcome, Refused) or outcome.code not in ("not_your_role", "cycle_over"), kind


async def test_an_appointment_that_has_ended_a_deputy_and_a_basis(office: Office, pool: Pool) -> None:
    """What the directory and the register say is checked before the engine is asked."""
    ref = s.fresh_reference()
    now = s.wall_now()
    past = Appointment.model_validate(
        {"role": "policy_officer", "from_on": "2020-01-01", "to_on": "2020-12-31"}
    )
    left = Person(
        id="has-left", title="Has left", role=Role.POLICY_OFFICER, organisation="x", appointments=(past,)
    )
    await Keeping(pool).keep_people([left])
    assert (await office.reads.people())["has-left"] == left
    await done(office, ref, s.open_cycle(ref, now))
    await refused(
        office, ref, acts.pause(Actor(person="has-left", role=Role.POLICY_OFFICER)), "not_appointed"
    )
    wrong = s.OTHER_LEAD.model_copy(update={"deputising_for": "superintendent-custody"})
    await refused(office, ref, s.submit(ref, actor=wrong), "not_a_deputy")
    right = s.OTHER_LEAD.model_copy(update={"deputising_for": s.LEAD.person})
    await done(office, ref, s.submit(ref, actor=right))
    assert (await entries(office, ref, "ReturnSubmitted"))[0].actor == right
    await refused(office, ref, acts.record_decision("prsra-2011.s999"), "unknown_basis")
    await done(office, ref, acts.propose(s.date_after(now, 20)), acts.confirm())
    await refused(office, ref, outcome_acts.pass_on("policy-officer"), "other_side_owner")
    await refused(office, ref, outcome_acts.pass_on("nobody-here"), "unknown_person")


async def test_another_body_takes_over_and_the_cycle_goes_on(office: Office) -> None:
    """Entries from that day on carry its name."""
    ref = s.fresh_reference()
    await done(office, ref, s.open_cycle(ref, s.wall_now()))
    today = s.wall_now().date()
    await refused(office, ref, outcome_acts.succeed(today), "unknown_successor")
    named = outcome_acts.succeed(today, to_name=s.say("West Mercia Policing and Crime Board"))
    await done(office, ref, named, acts.pause())
    assert (await cycle_of(office, ref)).body == outcome_acts.BODY
    assert (await entries(office, ref, "CyclePaused"))[0].actor.on_behalf_of == outcome_acts.BODY
    assert (await entries(office, ref, "CycleOpened"))[0].actor.on_behalf_of is None
