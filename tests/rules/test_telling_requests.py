"""Whom it concerns that a request is amended, delegated, clarified, certified or claimed sensitive."""

from rules.duties import reminder
from rules.telling.notices import notices
from schemas.clocks import WorkingDays
from schemas.events import SensitivityLapsed
from schemas.people import Role
from tests import scenario as s
from tests.rules import acts
from tests.rules import request_acts as r
from tests.rules.table import Table, opened
from tests.rules.test_notices import short, told

LEAD, OTHER, OFFICER = s.LEAD.person, s.OTHER_LEAD.person, s.OFFICER.person


def delegated() -> Table:
    """A request that the lead has let another answer too."""
    table = opened(s.draft(due=WorkingDays(days=10)))
    table.do(r.delegate(until=s.date_after(table.now, 8)))
    return table


def test_the_delegate_is_told_and_the_lead_too_where_somebody_else_delegates() -> None:
    """Whoever delegates knows it already."""
    assert short(told(opened(s.draft()), r.delegate())) == [("request_delegated", (OTHER,), ())]
    by_others = told(opened(s.draft()), r.delegate(actor=s.COORDINATION))
    assert by_others[0].to == (OTHER, LEAD)


def test_what_the_lead_is_told_the_delegate_is_told_while_the_delegation_lasts() -> None:
    """Reminders too; the lead stays the first."""
    table = delegated()
    assert short(told(table, r.amend(due=WorkingDays(days=10)))) == [("request_amended", (LEAD, OTHER), ())]
    found = told(table, r.ask_what(), r.say_what())
    assert short(found) == [
        ("clarification_asked", (OFFICER,), ()),
        ("clarification_answered", (LEAD, OTHER), ()),
    ]
    assert found[1].due_on
    table.now = table.after(8)
    on_the_day = reminder(table.cycle, 1, table.calendar, table.now)
    assert on_the_day
    assert on_the_day.to == (LEAD, OTHER)
    table.now = table.after(1)
    later = reminder(table.cycle, 1, table.calendar, table.now)
    assert later
    assert later.to == (LEAD,)


def test_both_leads_are_told_of_a_change_of_lead() -> None:
    """The new one first."""
    assert short(told(opened(s.draft()), r.reassign())) == [("request_reassigned", (OTHER, LEAD), ())]


def test_each_lead_of_a_campaign_is_told_of_their_own_request() -> None:
    """Under keys of their own."""
    found = told(opened(), r.ask_several())
    assert [(one.template, one.to, one.request) for one in found] == [
        ("evidence_requested", (LEAD,), 2),
        ("evidence_requested", (OTHER,), 3),
    ]
    assert len({one.key for one in found}) == 2


def test_whoever_certifies_is_told_of_a_return_and_the_officer_of_the_certificate() -> None:
    """The Chief Constable, unless the request names somebody."""
    draft = s.draft().model_copy(update={"certify": True})
    table = opened(draft, draft.model_copy(update={"certifier": OTHER}))
    assert short(told(table, s.submit(acts.REF), r.certify(), s.submit(acts.REF, 2))) == [
        ("return_received", (OFFICER,), ()),
        ("return_to_certify", (), (Role.CHIEF_CONSTABLE,)),
        ("return_certified", (OFFICER,), ()),
        ("return_received", (OFFICER,), ()),
        ("return_to_certify", (OTHER,), ()),
    ]


def test_claims_go_to_the_officer_and_decisions_to_the_lead() -> None:
    """And both hear when one has lapsed."""
    table = opened()
    table.do(s.submit(acts.REF))
    until = s.date_after(table.now, 20)
    assert short(told(table, r.claim_sensitive(until), r.decide_sensitive())) == [
        ("sensitivity_claimed", (OFFICER,), ()),
        ("sensitivity_decided", (LEAD,), ()),
    ]
    before = len(table.entries)
    table.engine(SensitivityLapsed(request=1, claim=1))
    found = notices(table.entries[before], table.cycle)
    assert short(list(found)) == [("sensitivity_lapsed", (LEAD, OFFICER), ())]


def test_more_time_beyond_the_standard_goes_to_the_chief_executive_too() -> None:
    """Who alone can grant it."""
    table = opened()
    table.do(acts.ask_time(s.date_after(table.now, 26)), acts.decide_time())
    assert short(told(table, acts.ask_time(s.date_after(table.now, 27)))) == [
        ("extension_asked", (OFFICER,), (Role.CHIEF_EXECUTIVE,))
    ]
