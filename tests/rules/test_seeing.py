"""Who sees what, as a rule; tests/store/test_walls.py holds PostgreSQL to the same rule."""

from datetime import date, datetime, timedelta

import pytest

from reference.catalogue import demonstration_people
from rules.acting.seeing import keys_of, opens, parts_open, sees
from rules.acting.seen_parts import PARTS, part_of, seen
from schemas.cycle import Cycle
from schemas.people import Role
from schemas.viewing import Restriction, Viewer
from tests import scenario as s
from tests.rules import acts, findings_acts, request_acts
from tests.rules.table import MONDAY, Table, held, opened, signed

PEOPLE = demonstration_people()
TODAY = date(2026, 6, 1)


def looks(name: str, **facts: object) -> Viewer:
    """Somebody of the demonstration, in their own role."""
    one = PEOPLE[name]
    told = {"person": one.id, "role": one.role, "organisation": one.organisation, "on": TODAY}
    return Viewer.model_validate({**told, **facts})


def parts(
    table: Table, viewer: Viewer | None, at: datetime = MONDAY, restricted: Restriction | None = None
) -> frozenset[str]:
    """The parts of the table's cycle that are open to somebody."""
    return parts_open(opens(table.cycle, PEOPLE, restricted), keys_of(viewer, PEOPLE, ()), at)


def shown(table: Table, viewer: Viewer | None) -> Cycle:
    """The cycle as somebody sees it."""
    found = seen(table.cycle, parts(table, viewer))
    assert found is not None
    return found


def test_the_office_sees_the_whole_and_another_office_nothing() -> None:
    """The body decides, and nothing that is not published crosses to another."""
    table = opened(requests=2)
    assert shown(table, looks("policy-officer")) == table.cycle
    assert parts(table, looks("policy-officer", organisation="elsewhere")) == frozenset()


def test_a_lead_sees_their_own_request_and_no_draft() -> None:
    """Not another lead's request, not what is judged, planned or drafted."""
    table = signed()
    table.do(s.add_request(acts.REF, lead="superintendent-custody"))
    found = shown(table, looks("superintendent-custody"))
    assert [one.number for one in found.requests] == [2]
    assert (found.findings, found.judgements, found.decisions, found.planned) == ((), (), (), ())


def test_the_deputy_of_a_lead_sees_what_the_lead_sees() -> None:
    """As the directory has it on the day."""
    table = opened()
    assert "request/1" in parts(table, looks("acc-protecting-people"))
    assert "request/1" not in parts(table, looks("detective-lead-on-leave"))


def test_a_delegate_sees_the_request_up_to_the_last_day() -> None:
    """And not on the day after."""
    table = opened()
    table.do(request_acts.delegate(to="superintendent-custody", until=TODAY + timedelta(days=1)))
    viewer = looks("superintendent-custody")
    assert "request/1" in parts(table, viewer, MONDAY + timedelta(days=1))
    assert "request/1" not in parts(table, viewer, MONDAY + timedelta(days=2))


@pytest.mark.parametrize("name", ["force-coordination", "chief-constable"])
def test_the_force_as_a_whole_sees_all_that_it_is_asked(name: str) -> None:
    """Every request of its leads, and the draft once its facts are to be checked; another force nothing."""
    table = held()
    table.do(s.judge(acts.REF), s.findings(acts.REF))
    assert shown(table, looks(name)).findings == ()
    table.do(findings_acts.invite())
    assert [one.version for one in shown(table, looks(name)).findings] == [1]
    assert "request/1" not in parts(table, looks(name, organisation="another-force"))


def test_a_link_opens_one_request_and_nothing_beside() -> None:
    """Whatever else its holder may see with an account."""
    table = opened(requests=2)
    found = shown(table, looks("acc-local-policing", task=f"{acts.REF}/2"))
    assert [one.number for one in found.requests] == [2]


def test_everybody_sees_when_sessions_are_and_what_is_published() -> None:
    """Before that neither request nor action; after it the record without what was said beside it."""
    table = signed()
    before = shown(table, None)
    assert before.sessions
    assert (before.requests, before.findings) == ((), ())
    table.do(s.publish(acts.REF))
    after = shown(table, None)
    assert [one.number for one in after.requests] == [1]
    assert after.requests[0].returns == ()
    assert after.findings[0].approvals == ()


def test_a_restricted_cycle_is_for_those_who_are_named() -> None:
    """The rest of the office knows of it and sees nothing; whoever is asked goes on seeing their request."""
    table = opened()
    only = Restriction(
        cycle=acts.REF, named=("second-policy-officer",), reason="x", by="chief-executive", at=MONDAY
    )
    assert parts(table, looks("policy-officer"), restricted=only) == {"restricted"}
    assert seen(table.cycle, {"restricted"}) is None
    assert "whole" in parts(table, looks("second-policy-officer"), restricted=only)
    assert parts(table, None, restricted=only) == frozenset()
    assert "request/1" in parts(table, looks("acc-local-policing"), restricted=only)


@pytest.mark.parametrize("role", [Role.INSPECTORATE, Role.PUBLIC, Role.ENGINE])
def test_other_roles_see_what_everybody_sees(role: Role) -> None:
    """A role for which nothing is said has no key of its own."""
    assert keys_of(looks("policy-officer", role=role), PEOPLE, ()) == {"public"}


def test_what_is_not_named_is_the_offices_own() -> None:
    """Of every event, the part is known; drafts, signatures and judgements are in none that others see."""
    table = signed()
    own = {part_of(one.event) for one in table.entries if one.event.kind not in PARTS}
    assert own == {"whole", "request/1"}
    assert not sees({"request/1", "session", "any"}, "whole")
