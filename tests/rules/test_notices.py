"""Whom an event concerns, and what they are told."""

from rules.apply import add_up
from rules.telling.notices import TOLD, notices
from schemas.commands import AnyCommand
from schemas.notices import Notice
from schemas.people import Role
from tests import scenario as s
from tests.rules import acts
from tests.rules.table import Table, held, opened, signed


def told(table: Table, *commands: AnyCommand) -> list[Notice]:
    """What is told because of these commands."""
    before = len(table.entries)
    table.do(*commands)
    found: list[Notice] = []
    for n in range(before, len(table.entries)):
        found += notices(table.entries[n], add_up(table.entries[: n + 1]))
    return found


def short(found: list[Notice]) -> list[tuple[str, tuple[str, ...], tuple[Role, ...]]]:
    """Template, people and roles."""
    return [(one.template, one.to, one.roles) for one in found]


def test_each_lead_is_told_of_each_request() -> None:
    """An opening tells the session's circle and every lead, in order."""
    found = told(Table(), s.open_cycle(acts.REF, Table().now, 2))
    assert [one.template for one in found] == ["session_fixed", "evidence_requested", "evidence_requested"]
    assert [one.request for one in found[1:]] == [1, 2]
    assert found[1].to == (s.LEAD.person,)
    assert found[1].due_on is not None


def test_the_evidence_goes_to_and_fro() -> None:
    """Returns and questions reach the officer; answers reach the lead."""
    table = opened()
    lead, officer = ((s.LEAD.person,), ()), ((s.OFFICER.person,), ())
    later = s.date_after(table.now, 28)
    found = told(
        table,
        acts.ask_time(later),
        acts.decide_time(granted=False),
        acts.ask_time(later),
        acts.decide_time(),
        s.submit(acts.REF),
        s.send_back(acts.REF),
        s.submit(acts.REF),
        s.accept(acts.REF),
    )
    assert short(found) == [
        ("extension_asked", *officer),
        ("extension_refused", *lead),
        ("extension_asked", *officer),
        ("extension_granted", *lead),
        ("return_received", *officer),
        ("return_sent_back", *lead),
        ("return_received", *officer),
        ("return_accepted", *lead),
    ]


def test_a_withdrawal_tells_the_lead() -> None:
    """Nobody works on what is no longer asked."""
    assert short(told(opened(), acts.withdraw())) == [("request_withdrawn", (s.LEAD.person,), ())]


def test_a_moved_session_tells_the_circle_and_every_lead_whose_day_moved() -> None:
    """Leads whose return is in hear nothing of it."""
    table = opened(requests=2)
    table.do(s.submit(acts.REF, 2))
    found = told(table, acts.move_session(table.after(45)))
    assert [(one.template, one.request) for one in found] == [("session_moved", None), ("due_moved", 1)]
    assert Role.COMMISSIONER in found[0].roles


def test_an_action_is_put_to_the_other_side() -> None:
    """Proposed by the office it reaches coordination; by the force, the officers."""
    table = opened()
    on = s.date_after(table.now, 20)
    found = told(table, acts.propose(on), acts.propose(on, "2026/016", s.COORDINATION), acts.confirm())
    assert [(one.template, one.roles) for one in found] == [
        ("action_proposed", (Role.FORCE_COORDINATION,)),
        ("action_proposed", (Role.POLICY_OFFICER,)),
        ("action_confirmed", ()),
    ]
    assert found[2].to == (s.LEAD.person, s.OFFICER.person)


def test_findings_go_from_hand_to_hand() -> None:
    """Draft to the chief executive, then the Commissioner, then whoever publishes, then out."""
    found = told(
        held(),
        s.findings(acts.REF),
        s.approve(acts.REF, s.CHIEF_EXECUTIVE),
        s.approve(acts.REF, s.COMMISSIONER),
        s.publish(acts.REF),
    )
    assert [(one.template, one.roles[0]) for one in found] == [
        ("findings_to_sign", Role.CHIEF_EXECUTIVE),
        ("findings_to_sign", Role.COMMISSIONER),
        ("findings_to_sign", Role.PUBLICATION_OFFICER),
        ("findings_published", Role.PANEL_SECRETARIAT),
    ]


def test_a_cancellation_reaches_every_lead_once() -> None:
    """Leads of withdrawn requests were told before."""
    table = opened(s.draft(), s.draft(), s.draft(lead=s.OTHER_LEAD.person))
    table.do(acts.withdraw(3))
    assert told(table, acts.cancel())[0].to == (s.LEAD.person,)


def test_what_concerns_nobody_is_told_to_nobody() -> None:
    """Judgements and attendance are read, not sent."""
    assert told(held(), s.judge(acts.REF)) == []


def test_every_notice_has_a_name_of_its_own() -> None:
    """Keys never repeat within a cycle, so that every notice is sent, and once."""
    table = Table()
    found = told(table, s.open_cycle(acts.REF, table.now, 3), acts.move_session(table.after(45)))
    found += told(signed(), s.publish(acts.REF))
    assert len({one.key for one in found}) == len(found)
    assert len(TOLD) >= 18
